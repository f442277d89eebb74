//! `ci` as its users have it: workflows written for real packages, then spoilt in one way a row.

mod program;

use std::{
    fs,
    path::{Path, PathBuf},
};

use cargo_chainner::cli::{Cli, arguments};
use clap::Parser as _;
use program::{Said, checkout, tool};
use serde_json::Value;

/// A repository with a new package in it.
fn repository(template: &str, below: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    fs::create_dir(directory.path().join(".git")).expect("made");
    let package = directory.path().join(below);
    let sdk = checkout().to_str().expect("Unicode");
    let path = package.join("nodes");
    let path = path.to_str().expect("Unicode");
    tool(directory.path(), &["new", "studio-nodes", "--template", template, "--sdk-path", sdk, "--path", path])
        .ended_with(0);
    (directory, package.join("nodes"))
}

fn ci(package: &Path, words: &[&str]) -> Said {
    tool(package, &[&["ci"], words].concat())
}

const FILES: [(&str, &str); 2] = [("github", ".github/workflows/package.yml"), ("gitlab", ".gitlab-ci.yml")];

#[test]
fn what_is_written_fits() {
    let (directory, package) = repository("workspace", "");
    for (provider, file) in FILES {
        ci(&package, &["check"]).ended_with(if provider == "github" { 1 } else { 0 });
        let said = ci(&package, &["init", provider]).ended_with(0).tells(&["Wrote", "Next: commit"]);
        assert_eq!(said.stdout.trim(), directory.path().canonicalize().expect("there").join(file).to_str().unwrap());
        ci(&package, &["check", said.stdout.trim()]).ended_with(0).tells(&["0 errors, 0 warnings"]);
        ci(&package, &["init", provider]).ended_with(0).tells(&["Unchanged"]);
        ci(&package, &["init", provider, "--branch", "trunk"]).ended_with(2).tells(&["error[CH1302]", "--force"]);
        let printed = ci(&package, &["init", provider, "--branch", "trunk", "--print"]).ended_with(0).stdout;
        assert!(printed.contains("trunk"), "{printed}");
    }
    ci(&package, &["check"]).ended_with(0).tells(&["package.yml: 0 errors", ".gitlab-ci.yml: 0 errors"]);
}

#[test]
fn what_no_longer_fits_is_told() {
    let (directory, package) = repository("workspace", "");
    let rows: &[(&str, &str, &str, &str)] = &[
        (
            "github",
            "CH1306",
            "actions/checkout@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0",
            "actions/checkout@v7",
        ),
        ("github", "CH1306", "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae", "actions/cache@27d5ce7"),
        ("github", "CH1307", "permissions: {}\n", ""),
        ("github", "CH1307", "permissions: {}", "permissions: write-all"),
        ("github", "CH1307", "      contents: read\n    strategy", "      contents: write\n    strategy"),
        ("github", "CH1307", "      contents: read\n    strategy", "      id-token: write\n    strategy"),
        ("github", "CH1308", "          - target: x86_64-apple-darwin\n            runner: macos-15\n", ""),
        ("github", "CH1308", "target: x86_64-apple-darwin", "target: x86_64-unknown-linux-musl"),
        ("github", "CH1308", "compare \"crates/tone\"", "compare \"crates/tones\""),
        (
            "github",
            "CH1308",
            "-p studio-nodes-tone --to pypi --skip-existing\n",
            "-p studio --to pypi --skip-existing\n",
        ),
        ("github", "CH1308", "CHAINNER: \"0.1.0\"", "CHAINNER: \"0.0.9\""),
        ("github", "CH1308", "  CHAINNER: \"0.1.0\"\n", ""),
        ("github", "CH1305", "jobs:\n", "jobs: [\n"),
        ("github", "CH1305", "# chainner-ci: github ", "# chainner-ci: jenkins "),
        ("gitlab", "CH1306", "image: rust:1.88-bookworm", "image: rust:latest"),
        ("gitlab", "CH1306", "image: rust:1.88-bookworm", "image: registry.lan:5000/rust"),
        ("gitlab", "CH1308", "          - x86_64-apple-darwin\n", ""),
        ("gitlab", "CH1308", "CHAINNER: \"0.1.0\"", "CHAINNER: \"0.0.9\""),
        ("gitlab", "CH1308", "    - cargo chainner publish -p studio-nodes-tone --to pypi --skip-existing\n", ""),
    ];
    for (provider, file) in FILES {
        ci(&package, &["init", provider]).ended_with(0);
        let file = directory.path().join(file);
        let good = fs::read_to_string(&file).expect("there");
        for (_, code, from, to) in rows.iter().filter(|row| row.0 == provider) {
            assert!(good.contains(from), "{from:?} in\n{good}");
            fs::write(&file, good.replacen(from, to, 1)).expect("written");
            let path = file.to_str().expect("Unicode");
            let said = ci(&package, &["check", path, "--message-format", "json"]).ended_with(1);
            let records: Vec<Value> =
                said.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
            let errors: Vec<&str> = records
                .iter()
                .filter(|record| record["level"] == "error")
                .map(|record| record["id"].as_str().expect("a code"))
                .collect();
            assert!(!errors.is_empty() && errors.iter().all(|id| id == code), "{from:?} -> {to:?}: {}", said.stdout);
        }
        fs::write(&file, format!("{good}# mine\n")).expect("written");
        ci(&package, &["check", file.to_str().expect("Unicode")]).ended_with(0).tells(&["warning[CH1309]", "# mine"]);
        fs::remove_file(&file).expect("removed");
    }
    ci(&package, &["check"]).ended_with(1).tells(&["error[CH1301]", "cargo chainner ci init"]);
}

#[test]
fn a_package_that_is_renamed_or_moved_no_longer_fits() {
    let (_directory, package) = repository("minimal", "deep/below");
    let written = ci(&package, &["init", "github"]).ended_with(0).stdout;
    let text = fs::read_to_string(written.trim()).expect("there");
    for part in [
        "working-directory: \"deep/below/nodes\"",
        "url: https://pypi.org/p/studio-nodes",
        "path: \"deep/below/nodes/dist/*.whl\"",
        "compare \".\"",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    let manifest = package.join("Cargo.toml");
    let old = fs::read_to_string(&manifest).expect("there");
    fs::write(&manifest, old.replace("studio-nodes", "studio-looks")).expect("written");
    ci(&package, &["check"]).ended_with(1).tells(&["error[CH1308]", "https://pypi.org/p/studio-looks"]);
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is_written() {
    let (directory, package) = repository("minimal", "");
    let init = |words: &[&str]| ci(&package, &[&["init"], words].concat());
    init(&["github", "--target", "x86_64-unknown-linux"]).ended_with(2).tells(&["error[CH1303]", "did you mean"]);
    init(&["gitlab", "--target", "x86_64-pc-windows-msvc"]).ended_with(2).tells(&["error[CH1303]", "windows-gnu"]);
    init(&["github", "--to", "https://x/$(id)"]).ended_with(2).tells(&["error[CH1304]"]);
    init(&["jenkins"]).ended_with(2).tells(&["error[CH0020]", "github"]);
    tool(directory.path(), &["ci", "init", "github"]).ended_with(1).tells(&["error[CH0002]"]);
    assert!(!directory.path().join(".github").exists() && !directory.path().join(".gitlab-ci.yml").exists());
}

/// The words of a line of a workflow, as the shell would hand them over.
fn words(line: &str) -> Vec<String> {
    let unquoted = |word: &str| word.replace(['"', '\''], "").replace("$TARGET", "x86_64-unknown-linux-gnu");
    line.split_whitespace().map(unquoted).collect()
}

#[test]
fn every_command_of_a_workflow_is_one_of_the_tool() {
    let mut seen = std::collections::BTreeSet::new();
    for (template, below) in [("workspace", ""), ("minimal", "deep/below")] {
        let (_directory, package) = repository(template, below);
        for (provider, to) in [
            ("github", "pypi"),
            ("github", "https://pypi.studio.lan/legacy/"),
            ("gitlab", "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/pypi"),
        ] {
            let text = ci(&package, &["init", provider, "--to", to, "--print"]).ended_with(0).stdout;
            let commands = text.lines().filter(|line| !line.starts_with('#'));
            for line in commands.filter_map(|line| line.split_once("cargo chainner ").map(|(_, command)| command)) {
                let all = [vec!["cargo-chainner".to_owned()], words(line)].concat();
                let parsed = Cli::try_parse_from(arguments(all.into_iter().map(Into::into).collect()));
                assert!(parsed.is_ok(), "{line}: {}", parsed.expect_err("checked"));
                seen.insert(words(line)[0].clone());
            }
        }
    }
    let all = ["build", "check", "diff", "publish", "sdist", "test", "verify"].map(str::to_owned);
    assert_eq!(seen, all.into());
    assert!(Cli::try_parse_from(["cargo-chainner", "publish", "--upon", "pypi"]).is_err(), "the judge does judge");
}
