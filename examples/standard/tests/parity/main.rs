//! The nodes against the recordings of the app's own: `cargo test -p chainner-native --test parity -- --nocapture`.
//!
//! The recordings are read from `../shared/corpus` beside the workspace, or from where `CHAINNER_CORPUS` says; without them the test
//! is skipped and says so. `CHAINNER_NODES` names a file with the app's whole answer to `/nodes`, for the schemas of nodes that the
//! public file leaves out.

mod arrays;
mod cases;
mod corpus;
mod exceptions;
mod one_file;
mod run;
mod schemas;
mod tolerance;

// Links the package's nodes into this test.
use chainner_native as _;
use chainner_sdk::{node::Node, registry};

use corpus::Corpus;
use exceptions::{CASES, Ledger, SCHEMAS};

/// Cargo name of the package.
const PACKAGE: &str = "chainner-native";
/// What the ids of the app start with, and ours.
const PREFIXES: [&str; 2] = ["chainner", "chainner_native"];

/// Our id of a node of the app.
fn own_id(id: &str) -> String {
    id.replacen(PREFIXES[0], PREFIXES[1], 1)
}

#[test]
fn the_nodes_are_those_of_the_app() {
    let corpus = match Corpus::find() {
        Ok(corpus) => corpus,
        Err(why) => return eprintln!("skipped: {why}"),
    };
    let only = std::env::var("CHAINNER_ONLY").ok();
    let wanted = |id: &str| only.as_ref().is_none_or(|only| id.contains(only.as_str()));
    let nodes: Vec<Node> =
        registry::nodes_of(PACKAGE).into_iter().map(Node::new).filter(|node| wanted(node.decl().id)).collect();
    assert!(!nodes.is_empty(), "no node of {PACKAGE} is registered under that name");

    let mut schemas = Ledger::new("schema", SCHEMAS);
    let unknown = schemas::compare(&corpus, &nodes, &mut schemas);
    let mut golden = Ledger::new("case", CASES);
    let not_ported = cases::compare(&corpus, &nodes, &mut golden);

    for line in schemas.exceptions.iter().chain(&golden.exceptions) {
        println!("exception: {line}");
    }
    if !unknown.is_empty() {
        println!("{} schemas are not in the recording: {}", unknown.len(), unknown.join(", "));
    }
    println!(
        "not ported: {} nodes of the recording with {} cases",
        not_ported.len(),
        not_ported.values().sum::<usize>()
    );
    println!("schemas {schemas}, golden cases {golden} within tolerance");
    let faults: Vec<&String> = schemas.faults.iter().chain(&golden.faults).collect();
    let stale = if only.is_none() { [schemas.stale(), golden.stale()].concat() } else { Vec::new() };
    let told: Vec<String> = faults.into_iter().cloned().chain(stale).collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}
