//! The layout of inputs: each stands in it once.

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject, group,
    subject::{Node, list, whole},
};

/// The layout of each node, and its groups.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let mut layout = Layout { node, inputs: Vec::new(), groups: Vec::new() };
        for (index, item) in list(node.schema, "groupLayout").iter().enumerate() {
            layout.walk(item, &format!("/groupLayout/{index}"), findings);
        }
        for input in node.inputs() {
            if input.id().is_none_or(|id| !layout.inputs.contains(&id)) {
                let rule = format!("leaves out input \"{}\", which nobody would see", input.label());
                layout.refuse(&rule, "/groupLayout", "name each input in the layout once", findings);
            }
        }
    }
}

/// What has been met of a layout.
struct Layout<'a> {
    node: Node<'a>,
    inputs: Vec<u64>,
    groups: Vec<u64>,
}

impl Layout<'_> {
    fn walk(&mut self, item: &Value, pointer: &str, findings: &mut Findings) {
        if item.is_object() {
            if let Some(id) = whole(&item["id"]) {
                if self.groups.contains(&id) {
                    let message = format!("two groups of {} have the id {id}", self.node.called());
                    let finding = findings.warning(Code::DuplicateGroupId, message);
                    finding.at(self.node.part(pointer)).help("number the groups from the outside in: 0, 1, 2, …");
                }
                self.groups.push(id);
            }
            group::check(&self.node, item, pointer, findings);
            for (index, inner) in list(item, "items").iter().enumerate() {
                self.walk(inner, &format!("{pointer}/items/{index}"), findings);
            }
            return;
        }
        let Some(id) = whole(item).filter(|id| self.node.input(*id).is_some()) else {
            let help = "the items of a layout are ids of inputs, and groups";
            return self.refuse(&format!("names the unknown input {item}"), pointer, help, findings);
        };
        if self.inputs.contains(&id) {
            self.refuse(&format!("names input {id} twice"), pointer, "take one of them out", findings);
        }
        self.inputs.push(id);
    }

    fn refuse(&self, rule: &str, pointer: &str, help: &str, findings: &mut Findings) {
        let message = format!("the layout of {} {rule}", self.node.called());
        findings.error(Code::Layout, message).at(self.node.part(pointer)).help(help);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(layout: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0")["groupLayout"] = layout;
        fixture
    }

    #[test]
    fn each_input_stands_in_it_once() {
        assert_eq!(errors(&with(json!([3, 2, 1, 0]))), []);
        assert_eq!(errors(&with(json!([0, 1, 2]))), [Code::Layout]);
        assert_eq!(errors(&with(json!([0, 1, 2, 3, 3]))), [Code::Layout]);
        assert_eq!(errors(&with(json!([0, 1, 2, 3, 9]))), [Code::Layout]);
    }

    #[test]
    fn groups_have_ids_of_their_own() {
        let group = |item: u32| json!({"id": 0, "kind": "conditional", "options": {"condition": {"kind": "and", "items": []}}, "items": [item]});
        assert_eq!(warnings(&with(json!([0, 1, group(2), group(3)]))), [Code::DuplicateGroupId]);
    }
}
