//! The visual layout: which inputs stand in which groups.

use serde_json::{Value as Json, json};

use crate::{
    declare::{Condition, GroupKind, InputDecl, Kind, LayoutItem},
    node::Node,
};

/// The layout tree of a node: the author's own, or what the inputs say for themselves. A seed stands in a group of its own.
pub(super) fn layout(node: &Node) -> Vec<Json> {
    let mut groups = Groups { node, next: 0 };
    match node.decl().layout {
        Some(items) => groups.items(items),
        None => {
            let inputs: Vec<&InputDecl> = node.inputs().iter().map(|input| input.decl).collect();
            groups.neighbours(&inputs, &LEVELS)
        }
    }
}

/// What puts neighbours with the same key into one group, from the outside in.
const LEVELS: [fn(&InputDecl) -> Option<GroupKind>; 4] = [
    |input| input.when.map(GroupKind::Conditional),
    |input| input.required_when.map(GroupKind::Required),
    |input| input.optional_list.then_some(GroupKind::OptionalList),
    |input| input.linked.map(|_| GroupKind::LinkedInputs),
];

/// Numbers the groups from the outside in, as the host does.
struct Groups<'a> {
    node: &'a Node,
    next: u32,
}

impl Groups<'_> {
    fn items(&mut self, items: &[LayoutItem]) -> Vec<Json> {
        items
            .iter()
            .map(|item| match item {
                LayoutItem::Input(index) => self.input(self.node.inputs()[*index].decl),
                LayoutItem::Group { kind: GroupKind::Seed, items: [LayoutItem::Input(index)] } => {
                    self.group(&GroupKind::Seed, |groups| vec![json!(groups.node.inputs()[*index].decl.id)])
                }
                LayoutItem::Group { kind, items } => self.group(kind, |groups| groups.items(items)),
            })
            .collect()
    }

    fn neighbours(&mut self, inputs: &[&InputDecl], levels: &[fn(&InputDecl) -> Option<GroupKind>]) -> Vec<Json> {
        let Some((level, deeper)) = levels.split_first() else {
            return inputs.iter().map(|input| self.input(input)).collect();
        };
        let keys: Vec<Option<(Json, Option<&str>)>> = inputs
            .iter()
            .map(|input| level(input).map(|kind| (self.options(&kind), input.linked)))
            .map(|key| key.map(|(options, linked)| (options, linked.filter(|_| deeper.is_empty()))))
            .collect();
        let mut items = Vec::new();
        let mut start = 0;
        while start < inputs.len() {
            let end = start + keys[start..].iter().take_while(|key| **key == keys[start]).count();
            let run = &inputs[start..end];
            match level(run[0]) {
                None => items.extend(self.neighbours(run, deeper)),
                Some(kind) => items.push(self.group(&kind, |groups| groups.neighbours(run, deeper))),
            }
            start = end;
        }
        items
    }

    fn input(&mut self, input: &InputDecl) -> Json {
        match input.kind {
            // The group has the controls of a seed; what has none stands alone.
            Kind::Seed if !input.connected_only() => self.group(&GroupKind::Seed, |_| vec![json!(input.id)]),
            _ => json!(input.id),
        }
    }

    fn group(&mut self, kind: &GroupKind, items: impl FnOnce(&mut Self) -> Vec<Json>) -> Json {
        let id = self.next;
        self.next += 1;
        json!({"id": id, "kind": kind.as_str(), "options": self.options(kind), "items": items(self)})
    }

    fn options(&self, kind: &GroupKind) -> Json {
        match kind {
            GroupKind::Conditional(condition) | GroupKind::Required(condition) => {
                json!({"condition": self::condition(self.node, condition)})
            }
            GroupKind::IconSet(label) => json!({"label": label}),
            GroupKind::OptionalList
            | GroupKind::Seed
            | GroupKind::LinkedInputs
            | GroupKind::MenuIconRow
            | GroupKind::FromToDropdowns
            | GroupKind::NcnnFileInputs => json!({}),
        }
    }
}

/// A condition as the host knows it.
pub(super) fn condition(node: &Node, condition: &Condition) -> Json {
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
        Condition::Type { input, ty, unconnected } => json!({
            "kind": "type",
            "input": node.decl().inputs[*input].id,
            "condition": ty,
            "ifNotConnected": unconnected,
        }),
    }
}
