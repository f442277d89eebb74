//! Iterators: how many a node of its kind has, and what they name.

use crate::{codes::Code, error::did_you_mean};

use super::{
    Findings, Subject,
    subject::{Node, list, text, whole},
};

/// The kinds of nodes, each with how many iterators of inputs and outputs it has.
const KINDS: &[(&str, usize, usize)] =
    &[("regularNode", 0, 0), ("generator", 0, 1), ("collector", 1, 0), ("transformer", 1, 1)];

/// The kind of each node, and its iterators.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let kind = text(node.schema, "kind");
        let Some((_, inputs, outputs)) = KINDS.iter().find(|(known, ..)| *known == kind) else {
            let names = || KINDS.iter().map(|(known, ..)| *known);
            let help = match did_you_mean(kind, names()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the kinds are `{}`", names().collect::<Vec<_>>().join("`, `")),
            };
            let message = format!("{} is of the unknown kind `{kind}`", node.called());
            findings.error(Code::UnknownKind, message).at(node.part("/kind")).help(help);
            continue;
        };
        for (key, wanted) in [("iteratorInputs", *inputs), ("iteratorOutputs", *outputs)] {
            let found = list(node.schema, key).len();
            if found != wanted && node.schema[key].is_array() {
                let message = format!("{}, a `{kind}`, has {found} `{key}`, and has to have {wanted}", node.called());
                let help = "a generator has one of outputs, a collector one of inputs, a transformer one of each, any other none";
                findings.error(Code::IteratorCount, message).at(node.part(&format!("/{key}"))).help(help);
            }
        }
        members(&node, "iteratorInputs", "inputs", findings);
        members(&node, "iteratorOutputs", "outputs", findings);
    }
}

fn members(node: &Node<'_>, key: &str, of: &str, findings: &mut Findings) {
    for (index, iterator) in list(node.schema, key).iter().enumerate() {
        let place = node.part(&format!("/{key}/{index}"));
        let mut refuse = |message: String, help: &str| {
            let message = format!("`{key}` of {} {message}", node.called());
            findings.error(Code::IteratorMember, message).at(&place).help(help);
        };
        if whole(&iterator["id"]) != Some(index as u64) {
            refuse(format!("has the id {}", iterator["id"]), "the id of an iterator is 0");
        }
        let members = list(iterator, of);
        if members.is_empty() {
            refuse(format!("names no {of}"), "an iterator has one or more: name their ids");
        }
        for id in members {
            let is_known = whole(id).is_some_and(|id| match of {
                "inputs" => node.input(id).is_some(),
                _ => node.output(id).is_some(),
            });
            if !is_known {
                refuse(format!("names {id}, which is none of the node's {of}"), "name ids of the node");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::fixture::{Fixture, errors};

    use super::*;

    fn with(kind: &str, inputs: Value, outputs: Value) -> Vec<Code> {
        let mut fixture = Fixture::sound();
        let node = fixture.schema_at("/nodes/0");
        (node["kind"], node["iteratorInputs"], node["iteratorOutputs"]) = (json!(kind), inputs, outputs);
        errors(&fixture)
    }

    #[test]
    fn each_kind_has_its_number() {
        let of = |key: &str| json!([{"id": 0, key: [0], "sequenceType": "Sequence"}]);
        assert_eq!(with("generator", json!([]), of("outputs")), []);
        assert_eq!(with("collector", of("inputs"), json!([])), []);
        assert_eq!(with("transformer", of("inputs"), of("outputs")), []);
        assert_eq!(with("regularNode", json!([]), of("outputs")), [Code::IteratorCount]);
        assert_eq!(with("transformer", json!([]), json!([])), [Code::IteratorCount; 2]);
        assert_eq!(with("regularnode", json!([]), json!([])), [Code::UnknownKind]);
    }

    #[test]
    fn members_are_there() {
        let of = |id: u32, outputs: Value| json!([{"id": id, "outputs": outputs, "sequenceType": "Sequence"}]);
        assert_eq!(with("generator", json!([]), of(0, json!([7]))), [Code::IteratorMember]);
        assert_eq!(with("generator", json!([]), of(0, json!([]))), [Code::IteratorMember]);
        assert_eq!(with("generator", json!([]), of(1, json!([0]))), [Code::IteratorMember]);
    }
}
