//! What a real shell completes with the script that the tool prints.

mod program;

use std::{env, fs, path::Path, process::Command};

use program::{checkout, said, tool};

/// What bash proposes for the last of the words.
fn proposals(directory: &Path, script: &Path, words: &[&str]) -> Vec<String> {
    let (cursor, line) = (words.len() - 1, words.join(" "));
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let program = format!(
        "source '{}'\nCOMP_WORDS=({})\nCOMP_CWORD={cursor}\nCOMP_LINE='{line}'\nCOMP_POINT=${{#COMP_LINE}}\n\
         function=$(complete -p '{}' | sed -n 's/.* -F \\([^ ]*\\).*/\\1/p')\n\
         \"$function\" '{}' '{}' '{}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        quoted.join(" "),
        words[0],
        words[0],
        words[cursor],
        words[cursor - 1],
    );
    let tool = Path::new(env!("CARGO_BIN_EXE_cargo-chainner")).parent().expect("a directory");
    let path = env::var_os("PATH").unwrap_or_default();
    let paths = [tool.to_owned()].into_iter().chain(env::split_paths(&path));
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", &program]).env("PATH", env::join_paths(paths).expect("a path"));
    said(&mut bash, directory).ended_with(0).stdout.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_values_and_nodes() {
    if Command::new("bash").arg("--version").output().is_err() {
        println!("skipped: there is no bash");
        return;
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let script = directory.path().join("completions.bash");
    fs::write(&script, tool(directory.path(), &["completions", "bash"]).ended_with(0).stdout).expect("written");
    let sdk = checkout().to_str().expect("Unicode");
    tool(directory.path(), &["new", "film-lab", "--template", "generator", "--sdk-path", sdk]).ended_with(0);
    let package = directory.path().join("film-lab");
    let complete = |words: &[&str]| proposals(&package, &script, words);

    assert_eq!(complete(&["cargo", "chainner", "verif"]), ["verify"]);
    assert_eq!(complete(&["cargo-chainner", "verif"]), ["verify"]);
    assert!(complete(&["cargo", "chainner", "ci", "init", "--"]).contains(&"--branch".to_owned()));
    assert!(complete(&["cargo", "chainner", "new", "x", "--template", "custom"]).contains(&"custom-type".to_owned()));
    assert_eq!(complete(&["cargo", "chainner", "run", ""]), ["checkerboard", "tiles"]);
    assert_eq!(complete(&["cargo-chainner", "run", "--debug", "-p", "film-lab", "ti"]), ["tiles"]);
    assert!(complete(&["cargo-chainner", "run", "--col"]).contains(&"--color".to_owned()));
}

#[test]
fn pages_of_the_manual_are_written_for_all_commands() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let said = tool(directory.path(), &["man", "--out", "man1"]).ended_with(0);
    assert!(said.stdout.lines().count() > 12, "{}", said.stdout);
    for page in said.stdout.lines() {
        let text = fs::read_to_string(directory.path().join(page)).expect("there");
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
    assert!(tool(directory.path(), &["man"]).ended_with(0).stdout.contains("cargo\\-chainner"));
}
