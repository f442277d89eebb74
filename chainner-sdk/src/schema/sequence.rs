//! Sequences in the schema: one of all iterated inputs, and one of all iterated outputs.

use serde_json::{Map, Value as Json, json};

use crate::{declare::NodeKind, node::Node};

use super::navi;

/// The host's word for a sort of node.
pub(super) fn node_kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Regular => "regularNode",
        other => other.as_str(),
    }
}

/// `iteratorInputs`.
pub(super) fn inputs(node: &Node) -> Vec<Json> {
    let ids = node.inputs().iter().filter(|input| input.decl.item.is_some()).map(|input| json!(input.decl.id));
    iterator("inputs", ids.collect(), None)
}

/// `iteratorOutputs`.
pub(super) fn outputs(node: &Node) -> Vec<Json> {
    let ids = (0..node.decl().iterated_outputs).map(|id| json!(id));
    iterator("outputs", ids.collect(), node.decl().length)
}

fn iterator(of: &str, ids: Vec<Json>, length: Option<&str>) -> Vec<Json> {
    if ids.is_empty() {
        return Vec::new();
    }
    let length = Map::from_iter([("length".to_owned(), json!(length.unwrap_or("uint")))]);
    vec![json!({"id": 0, of: ids, "sequenceType": navi::named("Sequence", length)})]
}
