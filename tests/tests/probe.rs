//! The Python half with nodes that take and give everything, and that fail in every way; built as `--debug` builds it.

use system_tests::{Environment, interpreters, probe_wheel, root, run};

#[test]
fn every_value_and_every_failure_crosses_into_python() {
    let environment = Environment::with(&interpreters()[0], &["numpy", "pytest==9.2.0"]);
    let mut pip = environment.python();
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall"]);
    run(pip.arg(probe_wheel())).succeeded();
    let tested = run(environment
        .python()
        .args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
        .arg(root().join("tests/python/probe"))
        .env_remove("RUST_BACKTRACE")
        .current_dir(root().join("tests")))
    .succeeded();
    println!("{}", tested.stdout);
}
