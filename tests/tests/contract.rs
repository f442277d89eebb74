//! `cargo chainner test`: names each seeded mistake by its code and its node, and finds nothing in sound nodes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use serde_json::Value as Json;
use system_tests::{Run, root, run, scratch, target_dir, tool};

/// The mistakes of `tests/seeded`: the node, and the codes that name what is wrong with it.
const SEEDED: &[(&str, &[&str])] = &[
    ("abort", &["CH0801"]),
    ("axes", &["CH0805"]),
    ("black", &["CH0806"]),
    ("channels", &["CH0804"]),
    ("choice", &["CH0803"]),
    ("declared_length", &["CH0813"]),
    ("each", &["CH0804"]),
    ("eight_bit", &["CH0808"]),
    ("empty", &["CH0803"]),
    ("endless", &["CH0802"]),
    ("exit", &["CH0801"]),
    ("file", &["CH0803"]),
    ("input", &["CH0810"]),
    ("items", &["CH0804"]),
    ("length", &["CH0813"]),
    ("look_up", &["CH0803"]),
    ("memory", &["CH0801"]),
    ("none", &["CH0803"]),
    ("opacity_gain", &["CH0809"]),
    ("opacity_stretched", &["CH0809"]),
    ("panic", &["CH0803"]),
    ("python", &["CH0816"]),
    ("random", &["CH0811"]),
    ("scale", &["CH0807"]),
    ("size", &["CH0804"]),
    ("threads", &["CH0812"]),
    ("unicode", &["CH0803"]),
];

fn test(words: &[&str]) -> Run {
    let mut command = Command::new(tool());
    command.args(["test", "-p"]).arg(root().join("tests/seeded")).args(["--no-cargo", "--debug", "--time-limit", "5"]);
    command.arg("--target-dir").arg(target_dir()).args(words).current_dir(root()).env_remove("CARGO_TERM_COLOR");
    run(&mut command)
}

fn lines(run: &Run) -> Vec<Json> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[test]
fn each_seeded_mistake_is_named_and_sound_twins_give_no_finding() {
    let tested = test(&["--message-format", "json"]).ended_with(3);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let lines = lines(&tested);
    for line in lines.iter().filter(|line| line["reason"] == "chainner-test") {
        let [node, code] = ["node", "id"].map(|key| line[key].as_str().expect("a text").to_owned());
        found.entry(node).or_default().insert(code);
        assert!(line["command"].as_str().is_some_and(|command| command.contains(" --case ")), "{line}");
        assert!(line["file"].as_str().is_some_and(|file| file.starts_with("src/")), "{line}");
        assert!(line["help"].is_string() && line["expected"].is_string() && line["got"].is_string(), "{line}");
    }
    let expected: BTreeMap<String, BTreeSet<String>> = SEEDED
        .iter()
        .map(|(node, codes)| (format!("seeded:buggy:{node}"), codes.iter().map(|code| (*code).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected, "{}", tested.stderr);
    let summary = lines.iter().find(|line| line["reason"] == "chainner-tested").expect("a summary");
    assert_eq!(
        (&summary["errors"], &summary["warnings"]),
        (&26.into(), &1.into()),
        "a generator's own length is a warning"
    );

    let black = lines.iter().find(|line| line["node"] == "seeded:buggy:black").expect("it was found above");
    assert_eq!(black["case"]["image"], "1x1x1:black", "the case is the smallest there is");
}

#[test]
fn a_finding_is_reproduced_by_its_own_case_and_by_no_other() {
    let of = |case: &str, code: i32| {
        let words = ["--node", "abort_buggy", "--case", case];
        test(&words).ended_with(code).stderr
    };
    assert!(
        of(r#"{"image":"1x1x1:black"}"#, 3)
            .contains("error[CH0801]: node `abort_buggy` takes its process down (signal 6")
    );
    assert!(!of(r#"{"image":"1x1x1:gray"}"#, 0).contains("CH08"));
    assert!(of("0", 0).contains("1 node in 1 case, 0 errors"));
    for (case, told) in [
        (r#"{"picture":"1x1x1:black"}"#, "has no input `picture`"),
        (r#"{"image":"black"}"#, "WIDTHxHEIGHTxCHANNELS:PATTERN"),
        ("black", "no JSON object"),
        ("9999", "there is no case 9999"),
    ] {
        let said = of(case, 2);
        assert!(said.contains("error[CH0817]") && said.contains(told), "{said}");
    }
}

#[test]
fn what_cargo_toml_allows_is_no_finding_and_what_it_allows_in_vain_is_told() {
    let package = scratch("allowed");
    let source = root().join("tests/seeded");
    fs::create_dir_all(package.join("src")).expect("a directory can be made");
    for file in [
        "Cargo.lock",
        "src/lib.rs",
        "src/images.rs",
        "src/process.rs",
        "src/texts.rs",
        "src/files.rs",
        "src/sequences.rs",
    ] {
        fs::copy(source.join(file), package.join(file)).expect("the file can be copied");
    }
    let manifest = fs::read_to_string(source.join("Cargo.toml")).expect("it can be read");
    let sdk = root().join("chainner-sdk");
    let manifest = manifest.replace("../../chainner-sdk", sdk.to_str().expect("Unicode"));
    let (before, _) = manifest.split_once("allow = ").expect("it allows something");
    let with = |entries: &str| {
        fs::write(package.join("Cargo.toml"), format!("{before}allow = [{entries}]\n\n[workspace]\n"))
            .expect("written");
        let mut command = Command::new(tool());
        command.args([
            "test",
            "--no-cargo",
            "--no-wheel",
            "--debug",
            "--node",
            "clock_sound",
            "black_buggy",
            "--target-dir",
        ]);
        run(command.arg(target_dir()).current_dir(&package).env_remove("CARGO_TERM_COLOR"))
    };
    let clock = r#"{ node = "clock_sound", code = "CH0811", reason = "tells the time" }"#;
    let black = r#"{ node = "seeded:buggy:black", code = "CH0806", reason = "black is not asked for" }"#;
    with(&format!("{clock}, {black}")).succeeded();
    let said = with(clock).ended_with(3).stderr;
    assert!(said.contains("CH0806") && !said.contains("CH0811"), "{said}");
    let vain = r#"{ node = "black_buggy", code = "CH0803", reason = "it used to panic" }"#;
    let said = with(&format!("{clock}, {black}, {vain}")).succeeded().stderr;
    assert!(said.contains("warning[CH0818]") && said.contains("does nothing of the sort"), "{said}");
    for wrong in [r#"{ node = "clock_sound" }"#, r#"{ node = "clock_sound", code = "CH0101", reason = "none" }"#] {
        let said = with(wrong).ended_with(2).stderr;
        assert!(said.contains("error[CH0818]"), "{said}");
    }
}

#[test]
fn the_examples_pass() {
    let mut command = Command::new(tool());
    command.args(["test", "-p", "film-lab", "--no-cargo", "--no-wheel", "--debug", "--message-format", "json"]);
    let tested = run(command.current_dir(root())).succeeded();
    let lines = lines(&tested);
    assert!(lines.iter().all(|line| line["reason"] != "chainner-test"), "{}", tested.stdout);
    let summary = lines.iter().find(|line| line["reason"] == "chainner-tested").expect("a summary");
    assert!(summary["nodes"].as_u64() >= Some(8) && summary["cases"].as_u64() >= Some(400), "{summary}");
}
