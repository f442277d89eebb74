//! `build --target` says at once what is missing, and how to get it.

use std::{env, path::Path, process::Command};

mod program;

use program::{checkout, said, tool};

const NODES: &str = "benches/nodes";

#[test]
fn an_unknown_target_is_told_with_the_likely_one() {
    tool(checkout(), &["build", "-p", NODES, "--target", "aarch64-aple-darwin"]).ended_with(2).tells(&[
        "error[CH0511]",
        "`aarch64-aple-darwin`",
        "help: did you mean `aarch64-apple-darwin`?",
    ]);
}

#[test]
fn missing_standard_libraries_are_told_together() {
    let targets = ["s390x-unknown-linux-gnu", "riscv64gc-unknown-linux-gnu"];
    let installed = Command::new("rustc").args(["--print", "target-libdir", "--target", targets[0]]).output();
    let installed = installed.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    if installed.is_ok_and(|directory| Path::new(&directory).is_dir()) {
        eprintln!("note: skipped, the standard library for {} is installed", targets[0]);
        return;
    }
    let words = ["build", "-p", NODES, "--target", targets[0], targets[1]];
    tool(checkout(), &words)
        .ended_with(1)
        .tells(&["error[CH0512]", "help: run `rustup target add s390x-unknown-linux-gnu riscv64gc-unknown-linux-gnu`"]);
}

/// Runs the tool where nothing is at hand but Rust.
fn without_zig(words: &[&str]) -> program::Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
    let rust = Path::new(env!("CARGO")).parent().expect("cargo lies in a directory").to_owned();
    let path = env::join_paths([rust, "/usr/bin".into(), "/bin".into()]).expect("a path");
    command
        .args(words)
        .env("PATH", path)
        .env("CARGO_HOME", cargo_home())
        .env("HOME", "/nowhere")
        .env_remove("VIRTUAL_ENV");
    said(&mut command, checkout())
}

fn cargo_home() -> std::ffi::OsString {
    env::var_os("CARGO_HOME").unwrap_or_else(|| env::home_dir().expect("a home").join(".cargo").into_os_string())
}

#[cfg(target_os = "linux")]
#[test]
fn a_missing_linker_is_told_with_the_command_that_installs_it() {
    if Path::new(&cargo_home()).join("bin/cargo-zigbuild").exists() || Path::new("/usr/bin/cargo-zigbuild").exists() {
        eprintln!("note: skipped, cargo-zigbuild is installed for all");
        return;
    }
    let host = concat!("build -p benches/nodes --target ", "x86_64-unknown-linux-gnu");
    if env::consts::ARCH == "x86_64" {
        without_zig(&host.split(' ').collect::<Vec<_>>()).ended_with(1).tells(&[
            "error[CH0513]",
            "python3 -m pip install ziglang cargo-zigbuild",
            "without `--target`, the wheel is linked against this machine's C library",
        ]);
    }
}
