//! Commands that alternate compile nothing anew: what cargo itself makes, what the tool makes, and what an editor makes lie side by
//! side.

use std::{fs, path::Path, process::Command};

use serde_json::Value as Json;
use system_tests::{Run, quiet_package, run, target_dir, tool};

/// Crates that cargo compiled, by its own words.
fn compiled_by_cargo(said: &Run) -> Vec<String> {
    let messages = said.stdout.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    let artifacts = messages.filter(|message| message["reason"] == "compiler-artifact" && message["fresh"] == false);
    artifacts.map(|artifact| artifact["target"]["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Crates that the tool had compiled, by its own words (`--verbose`): `    Compiled 2 of 40 crates a b`.
fn compiled_by_tool(said: &Run) -> Vec<String> {
    let lines: Vec<&str> = said.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("Compiled ")).collect();
    assert!(!lines.is_empty(), "the tool tells what was compiled:\n{}", said.stderr);
    let names = lines.iter().filter_map(|line| line.split_once(" crates ")).flat_map(|(_, names)| names.split(' '));
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn commands_that_alternate_compile_nothing_anew() {
    let directory = quiet_package("rebuilds");
    let target = target_dir().join("system").join("rebuilds-target");
    let within = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(&directory).env("CARGO_TARGET_DIR", &target).env("CARGO_NET_OFFLINE", "true");
        command.env_remove("PYO3_PYTHON").env_remove("VIRTUAL_ENV");
        command
    };
    let cargo = |words: &[&str]| {
        let said = run(within(Path::new(env!("CARGO"))).args(words).args(["--message-format", "json"])).succeeded();
        compiled_by_cargo(&said)
    };
    let with_tool = |words: &[&str], python: &str| {
        let mut command = within(tool());
        // An environment of Python that is active now, and was not before.
        command.env("VIRTUAL_ENV", python).env("PYO3_PYTHON", python);
        let said = run(command.arg("--verbose").args(words)).succeeded();
        compiled_by_tool(&said)
    };
    let each = |python: &str| {
        let out = target.join("dist");
        let build = ["build", "--out", out.to_str().expect("a path in Unicode")];
        let debug = [&build[..], &["--debug"]].concat();
        vec![
            ("cargo build", cargo(&["build"])),
            ("cargo chainner build", with_tool(&build, python)),
            ("cargo check --all-targets (an editor)", cargo(&["check", "--all-targets"])),
            ("cargo chainner run", with_tool(&["run", "add", "--a", "1", "--b", "2"], python)),
            ("cargo test --no-run", cargo(&["test", "--no-run"])),
            ("cargo chainner build --debug", with_tool(&debug, python)),
            ("cargo build --release", cargo(&["build", "--release"])),
            ("cargo chainner schema", with_tool(&["schema"], python)),
            ("cargo chainner check", with_tool(&["check"], python)),
            ("cargo check --all-features", cargo(&["check", "--features", "chainner-sdk/python"])),
        ]
    };
    each("/one");
    // Once each, then in turns, with another Python active.
    for python in ["/one", "/another"] {
        for (command, compiled) in each(python) {
            println!("{command}: {} crates", compiled.len());
            assert!(compiled.is_empty(), "`{command}` compiled {compiled:?}");
        }
    }
    // The count can count: what was touched is compiled, and nothing else.
    let source = fs::read_to_string(directory.join("src/lib.rs")).expect("the source");
    fs::write(directory.join("src/lib.rs"), source).expect("files can be written");
    let out = target.join("dist");
    let compiled = with_tool(&["build", "--out", out.to_str().expect("a path in Unicode")], "/one");
    assert_eq!(compiled, ["quiet"]);
}
