//! A node's schema, made into Rust and compiled, is the node's schema.

mod program;

use std::{
    collections::HashSet,
    env, fs,
    path::{Path, PathBuf},
};

use cargo_chainner::diff::likeness::{Likeness, differences};
use serde_json::Value as Json;

use program::{Said, checkout, tool};

/// A package made from a schema, what the tool said of it, and the schema that the package has.
fn there_and_back(schema: &Path, name: &str) -> (tempfile::TempDir, Said, Json) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let [schema, sdk] = [schema, checkout()].map(|path| path.to_str().expect("Unicode"));
    let said = tool(directory.path(), &["port", "--schema", schema, "--new", name, "--sdk-path", sdk]).ended_with(0);
    let package = directory.path().join(name);
    fs::copy(checkout().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    // A directory of its own: cargo would put its library where that of the package with the same name belongs.
    let target = program::target().join("ported");
    let target = target.to_str().expect("Unicode");
    let described = tool(&package, &["schema", "--debug", "--target-dir", target]).ended_with(0);
    assert!(!described.stderr.contains("warning"), "{}", described.stderr);
    let described = serde_json::from_str(&described.stdout).expect("JSON");
    (directory, said, described)
}

/// Compares each node of a schema with that of the package; returns the ids of those that are the same, and of those left out.
fn compared(schema: &Json, package: &Json, prefix: &str) -> (Vec<String>, Vec<String>) {
    let nodes = |of: &Json| of["nodes"].as_array().expect("nodes").clone();
    let id = |node: &Json| node["schemaId"].as_str().expect("an id").to_owned();
    let here = |id: &str| id.strip_prefix("chainner:").map_or(id.to_owned(), |rest| format!("{prefix}:{rest}"));
    let there: HashSet<String> = nodes(package).iter().map(id).collect();
    let renamed: HashSet<String> = nodes(schema).iter().map(id).filter(|id| there.contains(&here(id))).collect();
    let none = HashSet::new();
    let (own, given) = (Likeness { renamed: &none, prefix }, Likeness { renamed: &renamed, prefix });
    let (mut same, mut left_out, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for node in nodes(schema) {
        let node_id = id(&node);
        let of_package = nodes(package).into_iter().find(|other| id(other) == here(&node_id));
        match of_package {
            None => left_out.push(node_id),
            Some(other) => {
                found.extend(differences(&node_id, &given.comparable(&node), &own.comparable(&other)));
                same.push(node_id);
            }
        }
    }
    for (a, b) in category_pairs(schema, package) {
        found.extend(differences("categories", &given.comparable(&a), &own.comparable(&b)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    (same, left_out)
}

/// The categories that both have, with the groups that both have.
fn category_pairs(schema: &Json, package: &Json) -> Vec<(Json, Json)> {
    let list = |of: &Json, key: &str| of[key].as_array().expect("a list").clone();
    let mut pairs = Vec::new();
    for own in list(package, "categories") {
        let given = list(schema, "categories").into_iter().find(|given| given["id"] == own["id"]);
        let mut given = given.expect("the category is one of the schema");
        let ids: HashSet<Json> = list(&own, "groups").iter().map(|group| group["id"].clone()).collect();
        let groups = list(&given, "groups").into_iter().filter(|group| ids.contains(&group["id"]));
        given["groups"] = groups.collect();
        pairs.push((given, own));
    }
    pairs
}

#[test]
fn nodes_of_the_app_come_back_as_they_were() {
    let path = checkout().join("../shared/corpus/nodes_public.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: the recording of the app's nodes is missing");
        return;
    };
    let schema: Json = serde_json::from_str(&text).expect("the recording is JSON");
    let (_keep, said, package) = there_and_back(&path, "port-app");
    let (same, left_out) = compared(&schema, &package, "port_app");
    let all = same.len() + left_out.len();
    said.tells(&[&format!("ported {} of {all} nodes", same.len())]);
    println!("public nodes ported {}/{all}", same.len());
    // For `tests/tests/coverage.rs`, which needs not compile the package once more.
    if let Some(file) = env::var_os("PORTED_SCHEMA") {
        fs::write(file, package.to_string()).expect("written");
    }
    assert_eq!(left_out, [""; 0]);
}

#[test]
fn a_package_of_ours_comes_back_as_it_was() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let example = checkout().join("examples/film_lab");
    let schema = tool(&example, &["schema", "--debug"]).ended_with(0).stdout;
    let file = directory.path().join("schema.json");
    fs::write(&file, &schema).expect("written");
    let (_keep, said, package) = there_and_back(&file, "film-lab");
    let schema: Json = serde_json::from_str(&schema).expect("JSON");
    let (same, left_out) = compared(&schema, &package, "film_lab");
    assert_eq!(left_out, [""; 0]);
    said.tells(&[&format!("ported {0} of {0} nodes", same.len())]);
    let none = HashSet::new();
    let likeness = Likeness { renamed: &none, prefix: "" };
    let [schema, package] = [schema, package].map(|of| likeness.comparable(&of["package"]));
    let found = differences("package", &schema, &package);
    assert_eq!(found, [""; 0]);
}

/// One node: an image made brighter.
const SMALL: &str = r##"{"categories": [{"id": "acme", "name": "Acme", "description": "Nodes.", "icon": "MdTune", "color": "#777777",
    "installHint": null, "groups": [{"id": "acme/tone", "category": "acme", "name": "Tone", "order": []}]}],
  "nodes": [{"schemaId": "acme:tone:gain", "name": "Gain", "category": "acme", "nodeGroup": "acme/tone", "description": "Brightens.",
    "seeAlso": [], "icon": "MdExposure", "kind": "regularNode", "hasSideEffects": false, "deprecated": false, "features": [],
    "keyInfo": null, "suggestions": [], "iteratorInputs": [], "iteratorOutputs": [], "groupLayout": [0], "outputs": [],
    "inputs": [{"id": 0, "type": {"type": "interval", "min": 0, "max": 8}, "conversions": [], "adapt": null, "typeDefinitions": null,
      "kind": "number", "label": "Gain", "optional": false, "hasHandle": true, "description": null, "hint": false, "suggest": false,
      "fused": null, "min": 0, "max": 8, "noteExpression": null, "def": 1, "precision": 2, "controlsStep": 0.01, "unit": "x",
      "hideTrailingZeros": true, "labelStyle": "inline"}]}]}"##;

#[test]
fn one_file_is_written_for_a_package_that_is_there() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let here = directory.path();
    fs::write(here.join("nodes.json"), SMALL).expect("written");
    let words = ["port", "--schema", "nodes.json", "--node", "gain", "--into", "src/tone.rs"];
    tool(here, &words).ended_with(0).tells(&["ported 1 of 1 node", "mod tone;", "tone::ACME"]);
    let text = fs::read_to_string(here.join("src/tone.rs")).expect("written");
    for part in [
        "pub const TONE: Group = ACME.group(\"Tone\");",
        "/// Brightens.",
        "#[node(id = \"acme:tone:gain\", group = TONE, icon = \"MdExposure\")]",
        "#[input(default = 1.0, range = 0.0..=8.0, step = 0.01, unit = \"x\")]",
        "gain: f32",
        "todo!()",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }

    fs::write(here.join("src/tone.rs"), "mine").expect("written");
    tool(here, &words).ended_with(2).tells(&["error[CH0703]", "add `--force`"]);
    assert_eq!(fs::read_to_string(here.join("src/tone.rs")).expect("there"), "mine");
    tool(here, &[&words[..], &["--force"]].concat()).ended_with(0);
    assert_eq!(fs::read_to_string(here.join("src/tone.rs")).expect("there"), text);
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_written() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let here = directory.path();
    let refused = |text: Option<&str>, words: &[&str], parts: &[&str]| {
        let file = here.join("schema.json");
        let _ = fs::remove_file(&file);
        if let Some(text) = text {
            fs::write(&file, text).expect("written");
        }
        let words = [&["port", "--schema", "schema.json", "--new", "acme-nodes"], words].concat();
        tool(here, &words).ended_with(2).tells(parts);
        let left: Vec<PathBuf> = fs::read_dir(here).expect("there").flatten().map(|entry| entry.path()).collect();
        assert!(left.iter().all(|path| *path == file), "{left:?}");
    };
    refused(None, &[], &["error[CH0701]: cannot read `schema.json`"]);
    refused(Some("nodes"), &[], &["error[CH0701]: `schema.json` is not JSON"]);
    refused(Some("{}"), &[], &["error[CH0701]: `schema.json` is no schema: it has no list `categories`"]);
    let broken = SMALL.replace("\"groupLayout\": [0], ", "");
    refused(Some(&broken), &[], &["error[CH0701]", "in `acme:tone:gain`", "groupLayout"]);
    refused(Some(SMALL), &["--node", "acme:tone:gian"], &["error[CH0702]", "did you mean `acme:tone:gain`?"]);
    refused(Some(SMALL), &["--node", "gian"], &["error[CH0702]", "did you mean `acme:tone:gain`?"]);
    refused(Some(SMALL), &["--into", "a.rs"], &["cannot be used with"]);
    fs::write(here.join("schema.json"), SMALL).expect("written");
    let named = |name: &str, parts: &[&str]| {
        tool(here, &["port", "--schema", "schema.json", "--new", name]).ended_with(2).tells(parts);
    };
    named("Acme Nodes", &["error[CH0301]", "acme-nodes"]);
    tool(here, &["port", "--schema", "schema.json"]).ended_with(2).tells(&["--new"]);
    fs::create_dir(here.join("taken")).expect("made");
    fs::write(here.join("taken/file"), "").expect("written");
    named("taken", &["error[CH0302]"]);
}
