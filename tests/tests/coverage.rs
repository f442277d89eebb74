//! How much of what the app knows can be declared: one command prints it.
//!
//! `cargo test -p system-tests --test coverage -- --nocapture`

#[path = "coverage/features.rs"]
mod features;
#[path = "coverage/runtime.rs"]
mod runtime;
#[path = "coverage/texts.rs"]
mod texts;

use std::{fs, path::Path, process::Command};

use features::Features;
use runtime::Proof;
use serde_json::Value as Json;
use system_tests::{Run, root, run, schema_of, scratch, tool};

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
    kind: String,
    option: String,
    value: String,
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
                kind,
                option,
                value,
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
fn declared(found: &mut Features) -> (String, Json) {
    let ported = scratch("coverage").join("ported.json");
    let port =
        child("cargo-chainner", "port", "nodes_of_the_app_come_back_as_they_were", &[("PORTED_SCHEMA", &ported)]);
    let count = port.stdout.lines().find(|line| line.starts_with("public nodes ported"));
    found.add(&json(&fs::read_to_string(&ported).expect("the port is written")));
    let sink = json(&schema_of(&root().join("tests/kitchen_sink")));
    found.add(&sink);
    (count.expect("it is counted").to_owned(), sink)
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("a schema is JSON")
}

/// A node of the kitchen sink with another text in it: one of the checklist's, which are not for this repository.
///
/// `None` for features that are more than a text.
fn variation(sink: &Json, feature: &Wanted, number: usize) -> Option<Json> {
    let nodes = sink["nodes"].as_array().expect("nodes");
    let mut node = match (feature.scope.as_str(), feature.option.as_str()) {
        ("input", option @ ("placeholder" | "noteExpression" | "unit" | "invalidPattern" | "fileKind")) => {
            let has = |input: &Json| input["kind"] == feature.kind.as_str() && input[option].is_string();
            let inputs = |node: &Json| node["inputs"].as_array().into_iter().flatten().position(has);
            let (node, input) = nodes.iter().find_map(|node| Some((node, inputs(node)?)))?;
            let mut node = node.clone();
            node["inputs"][input][option] = feature.value.as_str().into();
            node
        }
        ("navi", _) if feature.kind == "function called in text" => {
            let mut node = nodes.iter().find(|node| node["schemaId"] == "kitchen_sink:values:any")?.clone();
            node["outputs"][1]["type"] = format!("def {0}(n: any): any {{ n }} {0}(Input0)", feature.option).into();
            node
        }
        _ => return None,
    };
    node["schemaId"] = format!("variations:{}:{}_{number}", feature.scope, feature.kind.replace(' ', "_")).into();
    Some(node)
}

/// Declares the variations: a schema with them is ported and compiled, and what has become of them is added.
fn declare(sink: &Json, variations: Vec<Json>, found: &mut Features) {
    if variations.is_empty() {
        return;
    }
    let directory = scratch("variations");
    let mut schema = sink.clone();
    schema["nodes"] = variations.into();
    fs::write(directory.join("schema.json"), schema.to_string()).expect("written");
    let mut port = Command::new(tool());
    port.args(["port", "--schema", "schema.json", "--new", "variations", "--sdk-path"]).arg(root());
    run(port.current_dir(&directory)).succeeded();
    let package = directory.join("variations");
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    found.add(&json(&schema_of(&package)));
}

/// Runs tests of another package, and shows what they print.
fn child(package: &str, program: &str, filter: &str, variables: &[(&str, &Path)]) -> Run {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--quiet", "--package", package, "--test", program, "--", "--nocapture", filter]);
    run(cargo.envs(variables.iter().copied()).current_dir(root())).succeeded()
}

/// `agree/all` of the lines that the vectors print: `file: what good/all, …`.
fn vectors() -> (usize, usize) {
    let printed = child("chainner-navi", "vectors", "", &[]).stdout;
    let counts = printed.lines().filter_map(|line| line.split_once(": ")).flat_map(|(_, counts)| counts.split(", "));
    let fractions = counts.filter_map(|count| count.rsplit_once(' ')?.1.split_once('/'));
    let numbers = fractions.filter_map(|(good, all)| Some((good.parse::<usize>().ok()?, all.parse::<usize>().ok()?)));
    numbers.fold((0, 0), |(good, all), (of_line, of_all)| (good + of_line, all + of_all))
}

/// The command that tells how far everything is: vectors of the type language, nodes ported, features that can be declared.
#[test]
fn everything_the_app_knows_can_be_declared() {
    let Some(checklist) = recorded("coverage_checklist.json") else { return };
    let (agree, vectors) = vectors();
    println!("vectors {agree}/{vectors}");
    let mut found = Features::default();
    let (ported, sink) = declared(&mut found);
    println!("{ported}");
    let wanted = wanted(&checklist);
    let shown = |feature: &&Wanted| feature.scope != "runtimeOnly";
    let others = wanted.iter().filter(shown).filter(|feature| !found.has(&feature.id)).enumerate();
    let variations = others.filter_map(|(number, feature)| variation(&sink, feature, number)).collect();
    declare(&sink, variations, &mut found);
    let (mut expressible, mut reasons, mut missing) = (0, Vec::new(), Vec::new());
    for feature in &wanted {
        let proof = runtime::proof(&feature.kind, &feature.option, &feature.value);
        match (feature.scope.as_str(), proof) {
            ("runtimeOnly", Some(Proof::Test(file, test))) if runtime::exists(file, test) => expressible += 1,
            ("runtimeOnly", Some(Proof::Test(file, test))) => {
                missing.push(format!("{}: no `{test}` in {file}", feature.id))
            }
            ("runtimeOnly", Some(Proof::Reason(why))) => reasons.push(format!("{}: {why}", feature.id)),
            (scope, _) if scope != "runtimeOnly" && found.has(&feature.id) => expressible += 1,
            _ => missing.push(feature.id.clone()),
        }
    }
    let all = wanted.len();
    println!("coverage checklist features expressible {expressible}/{all}");
    reasons.iter().for_each(|reason| println!("  not declared: {reason}"));
    missing.iter().for_each(|feature| println!("  missing: {feature}"));
    assert_eq!(agree, vectors);
    assert!(missing.is_empty(), "{} of {all} features cannot be declared", missing.len());
}
