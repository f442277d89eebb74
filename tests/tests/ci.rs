//! The workflows that `ci init` writes, judged by other people's tools.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use system_tests::{Environment, interpreters, root, run, scratch, tool};

/// The judges, pinned: the schemas of GitHub and GitLab, and an auditor of workflows.
const VALIDATORS: &[&str] = &["check-jsonschema==0.39.0", "zizmor==1.32.0"];

/// Each way to make a workflow, written for a workspace of two packages and for a package below the root.
fn workflows(test: &str, provider: &str) -> Vec<PathBuf> {
    let indices = match provider {
        "github" => ["pypi", "https://pypi.studio.lan/legacy/"],
        _ => ["pypi", "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/pypi"],
    };
    let mut files = Vec::new();
    for (template, below) in [("workspace", ""), ("minimal", "deep below/nodes")] {
        for (number, to) in indices.iter().enumerate() {
            let repository = scratch(&format!("ci {test} {provider} {template} {number}"));
            fs::create_dir(repository.join(".git")).expect("made");
            let package = repository.join(below).join("studio-nodes");
            let mut new = Command::new(tool());
            new.args(["new", "studio-nodes", "--template", template, "--sdk-path"]).arg(root());
            run(new.arg("--path").arg(&package)).succeeded();
            let written =
                run(Command::new(tool()).args(["ci", "init", provider, "--to", to]).current_dir(&package)).succeeded();
            files.push(PathBuf::from(written.stdout.trim()));
        }
    }
    files
}

#[test]
fn workflows_have_the_form_that_github_and_gitlab_ask_for() {
    let environment = Environment::with(&interpreters()[0], VALIDATORS);
    for (provider, schema) in [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")] {
        let mut judge = Command::new(environment.program("check-jsonschema"));
        let judged =
            judge.args(["--builtin-schema", schema, "--data-transform", "gitlab-ci"]).args(workflows("form", provider));
        run(judged).succeeded();
        // The judge does judge.
        let broken = scratch(&format!("ci broken {provider}")).join("broken.yml");
        fs::write(&broken, "jobs: 3\nstages: 3\n").expect("written");
        let mut judge = Command::new(environment.program("check-jsonschema"));
        run(judge.args(["--builtin-schema", schema]).arg(&broken)).ended_with(1);
    }
}

#[test]
fn the_auditor_of_workflows_finds_nothing() {
    let environment = Environment::with(&interpreters()[0], VALIDATORS);
    for file in workflows("audit", "github") {
        let mut auditor = Command::new(environment.program("zizmor"));
        run(auditor.args(["--offline", "--no-config", "--persona", "pedantic", "--min-severity", "low"]).arg(&file))
            .succeeded();
        let text = fs::read_to_string(&file).expect("there");
        let loose = file.with_file_name("loose.yml");
        fs::write(&loose, text.replace("@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0", "@v7")).expect("written");
        let mut auditor = Command::new(environment.program("zizmor"));
        let said = run(auditor
            .args(["--offline", "--no-config", "--persona", "pedantic", "--min-severity", "low"])
            .arg(&loose));
        assert!(said.code != Some(0) && said.stdout.contains("unpinned-uses"), "{}", said.stdout);
    }
}

/// What the workflows use before the tool has it.
const AWAITED: &[&str] = &["publish", "build --target"];

/// What a workflow runs is there, with the options that it gives.
#[test]
fn the_commands_of_the_workflows_are_commands_of_the_tool() {
    let mut seen = 0;
    let mut missing = BTreeSet::new();
    for provider in ["github", "gitlab"] {
        for file in workflows("commands", provider) {
            let text = fs::read_to_string(file).expect("there");
            for line in text.lines().filter_map(|line| line.split("cargo chainner ").nth(1)) {
                if line.starts_with("ci ") || line.contains('`') {
                    continue;
                }
                let command = line.split(' ').next().unwrap_or_default();
                let help = run(Command::new(tool()).args([command, "--help"]));
                if help.code != Some(0) {
                    missing.insert(command.to_owned());
                }
                for option in line.split(' ').filter(|word| word.starts_with("--")) {
                    if help.code == Some(0) && !help.stdout.contains(option) {
                        missing.insert(format!("{command} {option}"));
                    }
                }
                seen += 1;
            }
        }
    }
    assert!(seen >= 20, "{seen} commands");
    for later in AWAITED {
        if missing.remove(*later) {
            println!("`{later}` is not there yet");
        }
    }
    assert_eq!(missing, BTreeSet::new());
}
