//! The visual layout: which inputs stand in a conditional or seed group.

use serde_json::{Value as Json, json};

use crate::{
    declare::{Condition, Kind},
    node::{Input, Node},
};

/// The layout tree of a node. Neighbours under the same condition share a group; a seed stands in a group of its own.
pub(super) fn layout(node: &Node) -> Vec<Json> {
    let mut groups = Groups { next: 0 };
    let conditions: Vec<Option<Json>> =
        node.inputs().iter().map(|input| input.decl.when.map(|when| condition(node, &when))).collect();
    let mut items = Vec::new();
    let mut start = 0;
    while start < conditions.len() {
        let end = start + conditions[start..].iter().take_while(|condition| **condition == conditions[start]).count();
        let inputs = &node.inputs()[start..end];
        match &conditions[start] {
            None => items.extend(groups.items(inputs)),
            Some(condition) => items.push(groups.conditional(condition, inputs)),
        }
        start = end;
    }
    items
}

/// Numbers the groups from the outside in, as the host does.
struct Groups {
    next: u32,
}

impl Groups {
    fn conditional(&mut self, condition: &Json, inputs: &[Input]) -> Json {
        let id = self.id();
        json!({"id": id, "kind": "conditional", "options": {"condition": condition}, "items": self.items(inputs)})
    }

    fn items(&mut self, inputs: &[Input]) -> Vec<Json> {
        inputs
            .iter()
            .map(|input| match input.decl.kind {
                Kind::Seed => json!({"id": self.id(), "kind": "seed", "options": {}, "items": [input.decl.id]}),
                _ => json!(input.decl.id),
            })
            .collect()
    }

    fn id(&mut self) -> u32 {
        let id = self.next;
        self.next += 1;
        id
    }
}

fn condition(node: &Node, condition: &Condition) -> Json {
    let all =
        |conditions: &[Condition]| conditions.iter().map(|inner| self::condition(node, inner)).collect::<Vec<_>>();
    match condition {
        Condition::All(items) => json!({"kind": "and", "items": all(items)}),
        Condition::Any(items) => json!({"kind": "or", "items": all(items)}),
        Condition::Not(inner) => json!({"kind": "not", "condition": self::condition(node, inner)}),
        Condition::Is { input, values } => json!({
            "kind": "enum",
            "enum": node.decl().inputs[*input].id,
            "values": values.iter().map(|value| value()).collect::<Vec<_>>(),
        }),
    }
}
