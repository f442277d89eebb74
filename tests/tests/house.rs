//! The house is in order: formatted, without warnings, documented; Python too.

use std::process::Command;

use system_tests::{Environment, interpreters, root, run};

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(root());
    command
}

#[test]
fn rust_is_formatted() {
    run(&mut cargo(&["fmt", "--all", "--check"])).succeeded();
}

#[test]
fn clippy_has_nothing_to_say() {
    run(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])).succeeded();
}

#[test]
fn clippy_has_nothing_to_say_about_the_python_half() {
    let mut command =
        cargo(&["clippy", "--quiet", "-p", "chainner-sdk", "--features", "python", "--", "-D", "warnings"]);
    run(command.env("PYO3_BUILD_EXTENSION_MODULE", "1").env("PYO3_NO_PYTHON", "1")).succeeded();
}

#[test]
fn rustdoc_has_no_warnings() {
    let mut command = cargo(&["doc", "--quiet", "--workspace", "--no-deps"]);
    run(command.env("RUSTDOCFLAGS", "-D warnings")).succeeded();
}

#[test]
fn python_is_formatted_and_without_lint() {
    let environment = Environment::with(&interpreters()[0], &["ruff==0.17.6"]);
    for arguments in [&["check", "--quiet"][..], &["format", "--quiet", "--check"]] {
        run(Command::new(environment.program("ruff")).args(arguments).arg(root())).succeeded();
    }
}
