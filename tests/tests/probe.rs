//! The Python half with nodes that take and give everything, and that fail in every way; built as `--debug` builds it.

use std::process::Command;

use system_tests::{Environment, interpreters, root, run, scratch, target_dir, tool};

#[test]
fn every_value_and_every_failure_crosses_into_python() {
    let out = scratch("probe");
    let mut build = Command::new(tool());
    build.args(["build", "--debug", "--package"]).arg(root().join("tests/probe")).arg("--out").arg(&out);
    let built = run(build.arg("--target-dir").arg(target_dir()).current_dir(root())).succeeded();
    let wheel = built.stdout.lines().find(|line| line.ends_with(".whl")).expect("the wheel is named on stdout");

    let environment = Environment::with(&interpreters()[0], &["numpy", "pytest==9.2.0"]);
    let mut pip = environment.python();
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall"]);
    run(pip.arg(root().join(wheel))).succeeded();
    let tested = run(environment
        .python()
        .args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
        .arg(root().join("tests/python/probe"))
        .env_remove("RUST_BACKTRACE")
        .current_dir(root().join("tests")))
    .succeeded();
    println!("{}", tested.stdout);
}
