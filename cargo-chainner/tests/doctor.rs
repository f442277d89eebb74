//! `doctor` on machines that are not as they should be: each made of a few programs and settings.
#![cfg(unix)]

mod program;

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use program::{Said, checkout, said, tool};
use serde_json::Value;

/// A machine: programs, a home and a place to be in.
struct Machine {
    directory: tempfile::TempDir,
}

impl Machine {
    /// With the real Rust and a linker, and nothing else.
    fn new() -> Self {
        let machine = Self { directory: tempfile::tempdir().expect("a temporary directory") };
        for directory in ["bin", "home", "here"] {
            fs::create_dir(machine.path(directory)).expect("made");
        }
        for name in ["cargo", "rustc"] {
            let found = env::split_paths(&env::var_os("PATH").unwrap_or_default())
                .map(|directory| directory.join(name))
                .find(|path| path.is_file())
                .expect("Rust is installed");
            symlink(found, machine.path("bin").join(name)).expect("linked");
        }
        machine.program("cc", "echo cc 13.2.0");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A program of a few lines of shell.
    fn program(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        // What is there may be a link to the real one.
        let _ = fs::remove_file(&path);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("may be run");
    }

    fn without(&self, name: &str) {
        fs::remove_file(self.path("bin").join(name)).expect("removed");
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn doctor(&self, words: &[&str], variables: &[(&str, &str)]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
        command.arg("doctor").args(words).env("PATH", self.path("bin"));
        for name in ["CARGO", "RUSTC", "RUSTFLAGS", "VIRTUAL_ENV", "CARGO_HOME"] {
            command.env_remove(name);
        }
        // The real toolchains, wherever rustup keeps them.
        let rustup = env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".rustup")));
        command.env("HOME", self.path("home")).env("RUSTUP_HOME", rustup.expect("a home"));
        command.env("XDG_CONFIG_HOME", self.path("home/.config"));
        said(command.envs(variables.iter().copied()), &self.path("here"))
    }

    /// The codes of the lines of a state.
    #[track_caller]
    fn finds(&self, state: &str, variables: &[(&str, &str)]) -> Vec<String> {
        let said = self.doctor(&["--message-format", "json"], variables);
        let records: Vec<Value> =
            said.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        let finished = records.last().expect("a last line");
        let failed = records.iter().any(|record| record["state"] == "fail");
        assert_eq!((finished["reason"].as_str(), finished["success"] == false), (Some("chainner-finished"), failed));
        assert_eq!(said.code, Some(i32::from(failed)), "{}", said.stdout);
        let lines = records.iter().filter(|record| record["reason"] == "chainner-doctor");
        let mut found = Vec::new();
        for line in lines.filter(|line| line["state"] == state) {
            assert!(line["help"].as_str().is_some_and(|help| !help.is_empty()), "{line} has no help");
            found.push(line["id"].as_str().expect("a code").to_owned());
        }
        found
    }
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_bare_machine_with_rust_is_enough() {
    let machine = Machine::new();
    assert_eq!(machine.finds("fail", &[]), NOTHING);
    assert_eq!(machine.finds("warn", &[]), NOTHING);
    // Zig, MinGW, an uploader, a project and Python.
    assert_eq!(machine.finds("note", &[]), ["CH1327", "CH1327", "CH1327", "CH0002", "CH1327"]);
    let said = machine.doctor(&["--brief"], &[]).ended_with(0).tells(&["Examined"]).prints(&["  ok  rust "]);
    assert!(!said.stdout.contains("note"), "{}", said.stdout);
}

#[test]
fn what_is_wrong_with_the_machine_is_named() {
    let broken = |change: &dyn Fn(&Machine)| {
        let machine = Machine::new();
        change(&machine);
        machine.finds("fail", &[])
    };
    assert_eq!(broken(&|machine| machine.without("rustc")), ["CH1321"]);
    assert_eq!(broken(&|machine| machine.program("rustc", "echo rustc 1.70.0; echo host: x"))[0], "CH1321");
    assert_eq!(broken(&|machine| machine.without("cc")), ["CH1322"]);
    assert_eq!(
        broken(&|machine| machine.write("here/.cargo/config.toml", "build.rustflags = [\"-Ctarget-cpu=native\"]")),
        ["CH1324"]
    );
    assert_eq!(broken(&|machine| machine.write("home/.cargo/config.toml", "build = [")), ["CH1324"]);
    let machine = Machine::new();
    assert_eq!(machine.finds("warn", &[("PYO3_PYTHON", "python3")]), ["CH1323"]);
    assert_eq!(machine.finds("fail", &[("RUSTFLAGS", "-C target-cpu=native")]), ["CH1324"]);
    machine.write("here/.cargo/config.toml", "[env]\nPYO3_CONFIG_FILE = \"pyo3.txt\"\n[build]\ntarget = \"wasm32\"\n");
    assert_eq!(machine.finds("warn", &[]), ["CH1324", "CH1323"]);
    machine.program("cargo", "echo cargo 1.60.0");
    assert!(machine.finds("warn", &[]).contains(&"CH1321".to_owned()));
}

#[test]
fn what_is_wrong_with_the_project_is_named() {
    let machine = Machine::new();
    let sdk = checkout().to_str().expect("Unicode");
    let here = machine.path("here");
    fs::remove_dir(&here).expect("removed");
    tool(machine.directory.path(), &["new", "film-lab", "--path", "here", "--sdk-path", sdk]).ended_with(0);
    assert_eq!(machine.finds("fail", &[]), NOTHING);
    machine
        .doctor(&[], &[])
        .ended_with(0)
        .prints(&["package      film-lab 0.1.0, 1 node in its sources", "Cargo.lock"]);

    let manifest = fs::read_to_string(here.join("Cargo.toml")).expect("there");
    let with = |from: &str, to: &str| {
        assert!(manifest.contains(from), "{manifest}");
        machine.write("here/Cargo.toml", &manifest.replace(from, to));
    };
    with("[dependencies]", "[profile.release]\npanic = \"abort\"\n\n[dependencies]");
    assert_eq!(machine.finds("fail", &[]), ["CH1324"]);
    with("edition = \"2024\"", "edition = \"2024\"\nrust-version = \"1.999\"");
    assert_eq!(machine.finds("fail", &[]), ["CH1321"]);
    with("\" }", "\", features = [\"python\"] }");
    assert_eq!(machine.finds("warn", &[]), ["CH1325"]);
    with("edition = \"2024\"", "edition = 2024");
    assert_eq!(machine.finds("fail", &[]), ["CH0009"]);
}

/// An interpreter that answers as one with the SDK's Python half does.
fn python(report: &str) -> String {
    format!(
        "case \"$*\" in\n*platform*) echo 3.11.5 /opt/python3;;\n*find_spec*) exit 0;;\n*doctor*) cat <<'END'\n{report}\nEND\n\
         exit 1;;\nesac"
    )
}

#[test]
fn environments_of_the_app_speak_for_themselves() {
    let machine = Machine::new();
    machine.program("python3", "case \"$*\" in *platform*) echo 3.12.1 /opt/python3;; *) exit 1;; esac");
    symlink("/bin/cat", machine.path("bin/cat")).expect("linked");
    let said = machine.doctor(&[], &[]).ended_with(0);
    said.prints(&["python       3.12.1, /opt/python3", "/opt/python3 -m pip install chainner-sdk"]);

    let facts = r#""facts": {"sdk": "0.1.0", "numpy": "1.24.4", "link": "not linked"}, "packages": ["film-lab 0.1.0"]"#;
    machine.program("python3", &python(&format!("{{{facts}, \"problems\": []}}")));
    let said = machine.doctor(&[], &[]).ended_with(0);
    said.prints(&["chainner-sdk 0.1.0, numpy 1.24.4, 1 package, not linked"]);

    let problem = r#"{"what": "the library does not load", "where": "/site/film_lab", "fix": "reinstall it"}"#;
    machine.program("python3", &python(&format!("{{{facts}, \"problems\": [{problem}]}}")));
    assert_eq!(machine.finds("fail", &[]), ["CH1326"]);
    machine.doctor(&[], &[]).prints(&["the library does not load (/site/film_lab) [CH1326]", "help: reinstall it"]);

    machine.program("python3", &python("no JSON"));
    assert_eq!(machine.finds("fail", &[]), ["CH1326"]);
    machine.program("python3", "case \"$*\" in *platform*) echo 3.8.2 /opt/python3;; esac");
    assert_eq!(machine.finds("warn", &[]), ["CH1326"]);
    let absent = machine.path("bin/no-python");
    machine.doctor(&["--python", path(&absent)], &[]).ended_with(1).prints(&["is no Python that answers [CH1326]"]);
}

fn path(path: &Path) -> &str {
    path.to_str().expect("Unicode")
}
