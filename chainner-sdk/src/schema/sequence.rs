//! Sequences in the schema: one of all iterated inputs, and one of all iterated outputs.

use serde_json::{Map, Value as Json, json};

use crate::{
    declare::{Navi, NodeKind},
    node::Node,
};

use super::{navi, output};

/// The host's word for a sort of node.
pub(super) fn node_kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Regular => "regularNode",
        other => other.as_str(),
    }
}

/// `iteratorInputs`.
pub(super) fn inputs(node: &Node) -> Vec<Json> {
    let iterated = || node.inputs().iter().filter(|input| input.decl.item.is_some());
    let length = iterated().find_map(|input| input.decl.options.items.as_ref());
    iterator("inputs", iterated().map(|input| json!(input.decl.id)).collect(), length)
}

/// `iteratorOutputs`.
pub(super) fn outputs(node: &Node) -> Vec<Json> {
    let iterated = node.outputs().iter().enumerate().filter(|(_, of)| of.iterated);
    let ids = iterated.map(|(index, of)| json!(output::id(index, of)));
    iterator("outputs", ids.collect(), node.decl().length.as_ref())
}

fn iterator(of: &str, ids: Vec<Json>, length: Option<&Navi>) -> Vec<Json> {
    if ids.is_empty() {
        return Vec::new();
    }
    let length = Map::from_iter([("length".to_owned(), length.map_or(json!("uint"), navi::expression))]);
    vec![json!({"id": 0, of: ids, "sequenceType": navi::named("Sequence", length)})]
}
