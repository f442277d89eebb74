//! Declarations whose schema has to be that of the app's own nodes, as recorded from it.
//!
//! Each mirrors one node. Long texts of the app's are not repeated here; those parts are left out of the comparison by name. Where
//! the recording is missing, the tests say so and pass.

#![allow(unused_variables, reason = "the declarations are what is tested")]

mod color;
mod compare;
mod files;
mod filters;
mod models;
mod plumbing;
mod resize;
mod save;
mod text;

use std::{fs, path::Path};

use serde_json::Value as Json;

use crate::node_schema;

/// The schema of the declared node is that of the app's node, but for prose and the parts left out.
#[track_caller]
fn assert_mirrors(declared: &str, real: &str, left_out: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/nodes_public.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: the recording of the app's nodes is missing ({})", path.display());
        return;
    };
    let recorded: Json = serde_json::from_str(&text).expect("the recording is JSON");
    let nodes = recorded["nodes"].as_array().expect("it has a list of nodes");
    let real = nodes.iter().find(|node| node["schemaId"] == real).unwrap_or_else(|| panic!("{real} is recorded"));
    let differences = compare::differences(real, &node_schema(declared), left_out);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
