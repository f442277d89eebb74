//! The guide "Port a node": what it says is done, and the new node is the same as the old one.

use std::{fs, process::Command};

use system_tests::{Environment, interpreters, root, run, schema_of, scratch, target_dir, tool};

const GUIDE: &str = include_str!("../../chainner-sdk/docs/porting.md");

/// The block of code that starts with a line, without what the guide hides.
fn block(language: &str, has: &str) -> String {
    let fence = format!("```{language}\n");
    let block =
        GUIDE.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).find(|code| code.contains(has));
    let block = block.unwrap_or_else(|| panic!("the guide has no {language} with {has}"));
    block
        .lines()
        .filter(|line| !line.starts_with('#') || language == "python")
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn the_guide_leads_to_a_node_that_is_the_same() {
    let directory = scratch("porting");
    // The node of the example has the declaration of the app's.
    let app = schema_of(&root().join("examples/standard")).replace("\"chainner_native:", "\"chainner:");
    fs::write(directory.join("app.json"), app).expect("files can be written");
    let mut port = Command::new(tool());
    port.args(["port", "--schema", "app.json", "--node", "chainner:image:brightness_and_contrast"]);
    run(port.args(["--new", "studio-grading", "--sdk-path"]).arg(root()).current_dir(&directory)).succeeded();
    let package = directory.join("studio-grading");
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock can be copied");

    // As the guide shows it, but for the paths that it hides.
    let source = fs::read_to_string(package.join("src/lib.rs")).expect("the port");
    let declaration = source.split("#[node(").nth(1).expect("a node").split("todo!()").next().expect("a body");
    let words = |text: &str| text.split_whitespace().collect::<String>();
    let hidden: String = GUIDE.lines().filter_map(|line| line.strip_prefix("# ")).collect::<Vec<_>>().join("\n");
    assert!(words(&hidden).contains(&words(declaration)), "the guide shows another declaration than {declaration}");
    let body = block("standalone_crate", "slope");
    fs::write(package.join("src/lib.rs"), source.replace("todo!()", body.trim())).expect("files can be written");

    let mut build = Command::new(tool());
    build.args(["build", "--debug", "--target-dir"]).arg(target_dir().join("system").join("new-target"));
    run(build.current_dir(&package).env("CARGO_NET_OFFLINE", "true")).succeeded();
    let wheel = fs::read_dir(package.join("dist")).expect("dist").filter_map(Result::ok).map(|entry| entry.path());
    let wheel = wheel.into_iter().find(|path| path.extension().is_some_and(|end| end == "whl")).expect("a wheel");
    fs::write(directory.join("reference.py"), block("python", "# reference.py")).expect("files can be written");
    fs::write(directory.join("parity.py"), block("python", "# parity.py")).expect("files can be written");
    let environment = Environment::with(&interpreters()[0], &["numpy"]);
    let parity = |build: &std::path::Path| {
        let installed = directory.join("installed");
        let mut pip = environment.python();
        pip.args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--upgrade", "--target"]);
        run(pip.arg(&installed).arg(build)).succeeded();
        run(environment.python().arg("parity.py").env("PYTHONPATH", &installed).current_dir(&directory))
    };
    assert!(parity(&wheel).succeeded().stdout.starts_with("largest difference: "));

    let speed = block("python", "# speed.py").replace("(1080, 1920), (2160, 3840)", "(27, 48), (54, 96)");
    fs::write(directory.join("speed.py"), speed).expect("files can be written");
    let mut speed = environment.python();
    let speed =
        run(speed.arg("speed.py").env("PYTHONPATH", directory.join("installed")).current_dir(&directory)).succeeded();
    let printed = speed.stdout.replace("48 × 27", "1920 × 1080").replace("96 × 54", "3840 × 2160");
    let shown = GUIDE.split("# speed.py\n").nth(1).and_then(|rest| rest.split("\n```\n").nth(1)).expect("a table");
    let heads = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.starts_with("| image") || line.contains(" channels |"));
        rows.filter_map(|row| row.split(" | ").next().map(str::to_owned)).collect()
    };
    assert_eq!(heads(&printed), heads(shown));

    // The proof can fail.
    let reference = fs::read_to_string(directory.join("reference.py")).expect("there").replace("259 *", "258 *");
    fs::write(directory.join("reference.py"), reference).expect("files can be written");
    assert!(parity(&wheel).ended_with(1).stderr.contains("AssertionError"));
}
