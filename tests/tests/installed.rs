//! The wheels of the examples in fresh environments of every interpreter at hand.

use std::path::{Path, PathBuf};

use system_tests::{Environment, example_wheels, interpreters, root, run};

/// An environment with numpy and pytest, and the wheels freshly installed by its own pip.
fn installed(python: &Path) -> Environment {
    let environment = Environment::with(python, &["numpy", "pytest==9.2.0"]);
    let mut pip = environment.python();
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall"]);
    run(pip.args(example_wheels())).succeeded();
    environment
}

#[test]
fn python_users_get_what_they_expect_on_every_interpreter() {
    for python in interpreters() {
        println!("{}", python.display());
        let environment = installed(&python);
        let tests: PathBuf = root().join("tests/python/installed");
        let said = run(environment
            .python()
            .args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
            .arg(&tests)
            .env_remove("RUST_BACKTRACE")
            .current_dir(root().join("tests")))
        .succeeded();
        println!("{}", said.stdout);
    }
}

#[test]
fn installing_adds_one_distribution_and_needs_no_other() {
    let python = &interpreters()[0];
    let directory = system_tests::scratch("plain").join("environment");
    let environment = Environment::fresh_at(python, directory);
    let listed = || run(environment.python().args(["-m", "pip", "list", "--format", "freeze"])).succeeded().stdout;
    for wheel in example_wheels() {
        let (count, wheels) = (listed().lines().count(), wheel.display());
        run(environment.python().args(["-m", "pip", "install", "--quiet", "--no-index"]).arg(wheel)).succeeded();
        assert_eq!(listed().lines().count(), count + 1, "{wheels}");
    }
}

#[test]
fn importing_costs_little_over_a_bare_interpreter_with_numpy() {
    let environment = installed(&interpreters()[0]);
    // Told, not judged: timed checks never decide a test.
    let script = "\
import time, numpy
start = time.perf_counter()
import film_lab
print(f'import film_lab: {(time.perf_counter() - start) * 1e3:.2f} ms')";
    for _ in 0..2 {
        print!("{}", run(environment.python().args(["-c", script])).succeeded().stdout);
    }
}
