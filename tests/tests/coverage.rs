//! How much of what the app knows can be declared: one command prints it.
//!
//! `cargo test -p system-tests --test coverage -- --nocapture`

#[path = "coverage/features.rs"]
mod features;
#[path = "coverage/texts.rs"]
mod texts;

use std::{fs, path::Path, process::Command};

use features::Features;
use serde_json::Value as Json;
use system_tests::{Run, root, run, schema_of, scratch};

/// A file of the recordings of the app; `None` where they are missing.
fn recorded(name: &str) -> Option<Json> {
    let text = fs::read_to_string(root().join("../shared/corpus").join(name)).ok();
    if text.is_none() {
        eprintln!("skipped: the recordings of the app are missing");
    }
    Some(serde_json::from_str(&text?).expect("a recording is JSON"))
}

/// A feature of the checklist.
struct Wanted {
    id: String,
    scope: String,
    examples: Vec<String>,
}

fn wanted(checklist: &Json) -> Vec<Wanted> {
    let features = checklist["features"].as_array().expect("features are a list");
    let text = |of: &Json| of.as_str().expect("a text").to_owned();
    features
        .iter()
        .map(|of| {
            let [scope, kind, option, value] = ["scope", "kind", "option", "value"].map(|key| text(&of[key]));
            Wanted {
                id: features::id(&scope, &kind, &option, &value),
                scope,
                examples: of["examples"].as_array().expect("examples").iter().map(text).collect(),
            }
        })
        .collect()
}

/// The extractor finds what the checklist says is there, where it says it is.
#[test]
fn features_are_found_where_the_checklist_says_they_are() {
    let Some(checklist) = recorded("coverage_checklist.json") else { return };
    let (Some(nodes), Some(packages)) = (recorded("nodes_public.json"), recorded("packages.json")) else { return };
    let mut found = Features::default();
    found.add(&nodes);
    found.add(&packages);
    let all =
        |of: &Json, key: &str| of.as_array().expect("a list").iter().map(|of| of[key].to_string()).collect::<Vec<_>>();
    let mut there = all(&nodes["nodes"], "schemaId");
    there.extend(all(&packages, "id"));
    let mut missing = Vec::new();
    for feature in wanted(&checklist) {
        // The recordings are without prose.
        if feature.scope == "runtimeOnly" || feature.id.contains("/description=") {
            continue;
        }
        for at in feature.examples.iter().filter(|at| there.contains(&format!("{at:?}"))) {
            if !found.has_at(&feature.id, at) {
                missing.push(format!("{} at {at}", feature.id));
            }
        }
    }
    assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
}

/// What can be declared: the app's own nodes, ported and compiled, and all that the kitchen sink declares.
fn declared() -> Option<Features> {
    let mut found = Features::default();
    let ported = scratch("coverage").join("ported.json");
    let port =
        child("cargo-chainner", "port", "nodes_of_the_app_come_back_as_they_were", &[("PORTED_SCHEMA", &ported)]);
    println!("{}", port.stdout.lines().find(|line| line.starts_with("public nodes ported"))?);
    found.add(&serde_json::from_str(&fs::read_to_string(&ported).ok()?).expect("a schema is JSON"));
    found.add(&serde_json::from_str(&schema_of(&root().join("tests/kitchen_sink"))).expect("a schema is JSON"));
    Some(found)
}

/// Runs tests of another package, and shows what they print.
fn child(package: &str, program: &str, filter: &str, variables: &[(&str, &Path)]) -> Run {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--quiet", "--package", package, "--test", program, "--", "--nocapture", filter]);
    run(cargo.envs(variables.iter().copied()).current_dir(root())).succeeded()
}

#[test]
fn everything_the_app_knows_can_be_declared() {
    let Some(checklist) = recorded("coverage_checklist.json") else { return };
    let Some(found) = declared() else { return };
    let missing: Vec<String> = wanted(&checklist)
        .into_iter()
        .filter(|feature| feature.scope != "runtimeOnly" && !found.has(&feature.id))
        .map(|feature| feature.id)
        .collect();
    assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
}
