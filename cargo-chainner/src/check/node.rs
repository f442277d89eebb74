//! Nodes: ids, names, where they are listed, what they point to.

use crate::{codes::Code, error::did_you_mean};

use super::{
    Findings, Subject, icon,
    subject::{Node, first_twice, list, text},
};

/// Each node, and the nodes beside each other.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let nodes: Vec<Node<'_>> = subject.nodes().collect();
    for node in &nodes {
        listing(subject, node, findings);
        face(node, findings);
        pointers(subject, node, findings);
    }
    let reported = |code: Code| {
        subject.built().is_some_and(|package| package.description.faults.iter().any(|fault| fault.code == code.id()))
    };
    if !reported(Code::DuplicateNodeId) {
        for (first, second) in first_twice(&nodes, Node::id) {
            let message = format!("two nodes have the id `{}`", second.id());
            findings
                .error(Code::DuplicateNodeId, message)
                .help("give one of them another id; saved chains know nodes by it")
                .at(second.place())
                .at(first.place());
        }
    }
    for (first, second) in first_twice(&nodes, |node| (text(node.schema, "nodeGroup"), text(node.schema, "name"))) {
        findings
            .warning(
                Code::DuplicateLabel,
                format!("two nodes of one group are called \"{}\"", text(second.schema, "name")),
            )
            .help("give one of them another `name`")
            .at(second.place())
            .at(first.place());
    }
}

fn listing(subject: Subject<'_>, node: &Node<'_>, findings: &mut Findings) {
    let (category, group) = (text(node.schema, "category"), text(node.schema, "nodeGroup"));
    let known = subject.categories().iter().find(|known| text(known, "id") == category);
    let message = match known {
        None => format!("node `{}` stands in the unknown category `{category}`", node.id()),
        Some(known) if !list(known, "groups").iter().any(|known| text(known, "id") == group) => {
            format!("node `{}` stands in the unknown group `{group}`", node.id())
        }
        Some(_) => return,
    };
    let help = "add the category to `categories: […]` of `package!`";
    findings.error(Code::UnknownCategory, message).at(node.place()).help(help);
}

fn face(node: &Node<'_>, findings: &mut Findings) {
    let place = &node.place();
    let called = format!("node `{}`", node.id());
    if text(node.schema, "name").trim().is_empty() {
        findings
            .error(Code::EmptyName, format!("{called} has no name"))
            .at(place)
            .help("write `name = \"…\"` in `#[node(…)]`");
    }
    if text(node.schema, "description").trim().is_empty() {
        findings
            .warning(Code::NoDescription, format!("{called} has no description"))
            .at(place)
            .help("write a `///` comment on the function: its first paragraph is the tooltip");
    }
    icon::check(text(node.schema, "icon"), &called, place, findings);
    let has_effect = node.schema["hasSideEffects"].as_bool().unwrap_or_default();
    if list(node.schema, "outputs").is_empty() && !has_effect {
        findings
            .error(Code::NoOutputs, format!("{called} has no outputs and no side effects, so the app never runs it"))
            .at(place)
            .help("return something, or write `side_effects` in `#[node(…)]`");
    }
}

fn pointers(subject: Subject<'_>, node: &Node<'_>, findings: &mut Findings) {
    let prefix = format!("{}:", text(subject.package(), "id"));
    for id in list(node.schema, "seeAlso").iter().filter_map(|id| id.as_str()) {
        let known = || subject.nodes().map(|node| node.id());
        let is_ours = id.starts_with(&prefix) || !id.contains(':');
        if id != node.id() && (!is_ours || known().any(|known| known == id)) {
            continue;
        }
        let place = &node.place();
        let finding = match id == node.id() {
            true => findings.warning(Code::SeeAlso, format!("node `{id}` names itself in `see_also`")),
            false => {
                findings.warning(Code::SeeAlso, format!("`see_also` of node `{}` names the unknown `{id}`", node.id()))
            }
        };
        finding.at(place).help(match did_you_mean(id, known().filter(|known| *known != node.id())) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "take it out".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(key: &str, value: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0")[key] = value;
        fixture
    }

    #[test]
    fn twins_are_found() {
        let mut fixture = Fixture::sound();
        fixture.repeat_node();
        assert_eq!(errors(&fixture), [Code::DuplicateNodeId]);
        assert_eq!(warnings(&fixture), [Code::DuplicateLabel]);
        assert_eq!(fixture.findings().0[0].places.len(), 2);
    }

    #[test]
    fn nodes_stand_where_the_app_finds_them() {
        assert_eq!(errors(&with("category", json!("other"))), [Code::UnknownCategory]);
        assert_eq!(errors(&with("nodeGroup", json!("film lab/other"))), [Code::UnknownCategory]);
    }

    #[test]
    fn the_face_of_a_node_is_looked_at() {
        assert_eq!(errors(&with("name", json!(" "))), [Code::EmptyName]);
        assert_eq!(warnings(&with("description", json!(""))), [Code::NoDescription]);
        assert_eq!(warnings(&with("icon", json!("MdNothing"))), [Code::Icon]);
    }

    #[test]
    fn a_node_without_any_effect_is_refused() {
        let mut fixture = with("outputs", json!([]));
        assert_eq!(errors(&fixture), [Code::NoOutputs]);
        fixture.schema_at("/nodes/0")["hasSideEffects"] = json!(true);
        assert_eq!(errors(&fixture), []);
    }

    #[test]
    fn see_also_names_other_nodes_that_are_there() {
        assert_eq!(warnings(&with("seeAlso", json!(["film_lab:light:vignete"]))), [Code::SeeAlso]);
        assert_eq!(warnings(&with("seeAlso", json!(["film_lab:light:vignette"]))), [Code::SeeAlso]);
        assert_eq!(warnings(&with("seeAlso", json!(["chainner:image:blur"]))), []);
    }
}
