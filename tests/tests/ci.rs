//! The workflows that `ci init` writes, judged by other people's tools.

use std::{env, fs, path::PathBuf, process::Command};

use system_tests::{Environment, interpreters, root, run, scratch, target_dir, tool};

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

/// The commands of a workflow for a workspace of two packages, one after the other, on this machine and into a directory.
#[test]
fn what_the_workflow_runs_publishes_each_package_of_a_workspace() {
    // Outside of this repository, whose cargo knows `chainner` as an alias.
    let repository = tempfile::tempdir().expect("a temporary directory can be made");
    fs::create_dir(repository.path().join(".git")).expect("made");
    let package = repository.path().join("studio-nodes");
    let mut new = Command::new(tool());
    new.args(["new", "studio-nodes", "--template", "workspace", "--sdk-path"]).arg(root());
    run(new.arg("--path").arg(&package)).succeeded();
    // The versions that are at hand.
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    run(Command::new("cargo").args(["update", "--workspace", "--offline"]).current_dir(&package)).succeeded();
    let mut init = Command::new(tool());
    let text = run(init.args(["ci", "init", "github", "--print"]).current_dir(&package)).succeeded().stdout;

    let (_, jobs) = text.split_once("\n  build:\n").expect("a job that builds");
    let script: String = jobs
        .lines()
        .filter_map(|line| line.split_once("cargo chainner ").map(|(_, command)| format!("cargo chainner {command}\n")))
        // Which linker there is for which system is not what is rehearsed.
        .map(|line| line.replace(" --target \"$TARGET\"", ""))
        // Nor is where the index stands, nor optimisation.
        .map(|line| line.replace("--to pypi --skip-existing", "--to dir:index"))
        .map(|line| line.replace(" --locked", " --locked --offline --debug"))
        .collect();
    let commands: Vec<&str> = script.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    let publish = ["publish"; 4];
    assert_eq!(commands, [&["build", "verify", "build", "verify", "sdist", "sdist"][..], &publish].concat());

    let path = env::var_os("PATH").unwrap_or_default();
    let paths = [tool().parent().expect("a directory").to_owned()].into_iter();
    let paths = paths.chain(env::split_paths(&path));
    let mut shell = Command::new("bash");
    shell.args(["-eo", "pipefail", "-c", &script]).current_dir(&package).env("CARGO_TARGET_DIR", target_dir());
    run(shell.env("PATH", env::join_paths(paths).expect("paths"))).succeeded();

    for name in ["studio-nodes-tone", "studio-nodes-detail"] {
        let mut files: Vec<String> = fs::read_dir(package.join("index").join(name))
            .unwrap_or_else(|error| panic!("{name} was not published: {error}"))
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .filter(|file| file.ends_with(".whl") || file.ends_with(".tar.gz"))
            .collect();
        files.sort();
        let stem = format!("{}-0.1.0", name.replace('-', "_"));
        assert_eq!(files.len(), 3, "{files:?}");
        assert!(files[0].starts_with(&format!("{stem}-cp310-abi3-")), "{files:?}");
        assert_eq!(files[1..], [format!("{stem}-py3-none-any.whl"), format!("{stem}.tar.gz")]);
    }
}
