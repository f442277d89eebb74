//! `cargo chainner dev` as developers use it: an app that goes on running takes each good build, and nothing is left behind.
//!
//! With `CHAINNER_REPO` (checkouts of chaiNNer, separated as in `PATH`) the app is the real one, too.

use std::{
    process::Command,
    sync::{Mutex, PoisonError},
};

use system_tests::{Environment, interpreters, quiet_package, root, run, scratch, target_dir, tool};

/// What the tests need, beside the SDK's Python half of this checkout.
const TOOLS: [&str; 2] = ["pytest==9.2.0", "hatchling==1.33.0"];

/// The tests in Python. They share a package and where it is compiled, so that one must wait for the other.
fn tested(environment: &Environment, chosen: impl FnOnce(&mut Command) -> &mut Command) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    environment.install(&[root().join("python")]);
    let package = quiet_package("dev-package");
    let mut command = environment.python();
    command.args(["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--basetemp"]).arg(scratch("dev"));
    command.current_dir(root().join("tests/python/dev")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("DEV_TOOL", tool()).env("DEV_PACKAGE", package).env("DEV_TARGET", target_dir());
    let said = run(chosen(command.env_remove("RUST_BACKTRACE"))).succeeded();
    println!("{}", said.stdout);
}

#[test]
fn a_running_app_takes_each_good_build_and_nothing_is_left() {
    let environment = Environment::with(&interpreters()[0], &[&["numpy"], &TOOLS[..]].concat());
    tested(&environment, |tests| tests.env_remove("CHAINNER_REPO"));
}

#[test]
fn real_backends_take_each_good_build() {
    let (environment, repositories) = match Environment::of_the_app(&TOOLS) {
        Ok(found) => found,
        Err(reason) => return println!("skipped: {reason}"),
    };
    tested(&environment, |tests| tests.args(["-k", "takes_each_good_build"]).env("CHAINNER_REPO", repositories));
}
