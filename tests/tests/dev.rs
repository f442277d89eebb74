//! `cargo chainner dev` as developers use it: an app that goes on running takes each good build, and nothing is left behind.
//!
//! With `CHAINNER_REPO` (checkouts of chaiNNer, separated as in `PATH`) the app is the real one, too.

use std::{env, process::Command};

use system_tests::{
    Environment, NEEDS_OF_THE_APP, interpreter_for_the_app, interpreters, quiet_package, root, run, scratch,
    target_dir, tool,
};

/// What the tests need, beside the SDK's Python half of this checkout.
const TOOLS: [&str; 2] = ["pytest==9.2.0", "hatchling==1.33.0"];

/// The tests in Python, in an environment with these packages.
fn tests(environment: &Environment) -> Command {
    environment.install(&[root().join("python")]);
    let package = quiet_package("dev-package");
    let mut command = environment.python();
    command.args(["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--basetemp"]).arg(scratch("dev"));
    command.current_dir(root().join("tests/python/dev")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("DEV_TOOL", tool()).env("DEV_PACKAGE", package).env("DEV_TARGET", target_dir());
    command.env_remove("RUST_BACKTRACE");
    command
}

#[test]
fn a_running_app_takes_each_good_build_and_nothing_is_left() {
    let environment = Environment::with(&interpreters()[0], &[&["numpy"], &TOOLS[..]].concat());
    let said = run(tests(&environment).env_remove("CHAINNER_REPO")).succeeded();
    println!("{}", said.stdout);
}

#[test]
fn real_backends_take_each_good_build() {
    let Some(repositories) = env::var_os("CHAINNER_REPO") else {
        println!("skipped: CHAINNER_REPO names no checkout of chaiNNer");
        return;
    };
    let Some(python) = interpreter_for_the_app() else {
        println!("skipped: the app needs Python 3.10 or 3.11");
        return;
    };
    let environment = Environment::with(&python, &[&NEEDS_OF_THE_APP[..], &TOOLS].concat());
    let mut tests = tests(&environment);
    let said = run(tests.args(["-k", "takes_each_good_build"]).env("CHAINNER_REPO", repositories)).succeeded();
    println!("{}", said.stdout);
}
