//! What a node says about itself by ids: fused outputs, suggestions, features.

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Node, first_twice, list, text, whole},
};

/// Ids that lead nowhere, which the app takes and then misbehaves.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let features = list(subject.package(), "features");
    for (first, _) in first_twice(features, |feature| text(feature, "id")) {
        let message = format!("two features have the id `{}`", text(first, "id"));
        let help = "give one of them another id; ids of features are shared by all packages";
        findings.error(Code::DuplicateFeature, message).at(subject.place("/package/features")).help(help);
    }
    for node in subject.nodes() {
        fused(&node, findings);
        suggestions(&node, findings);
        // A `/nodes` answer does not say which features there are.
        if !subject.package().is_object() {
            continue;
        }
        for id in list(node.schema, "features").iter().filter_map(|id| id.as_str()) {
            if !features.iter().any(|feature| text(feature, "id") == id) {
                let message = format!("{} needs the feature `{id}`, which the package does not list", node.called());
                let help = "add the feature to `features: […]` of `package!`: without it, the node refuses to run";
                findings.error(Code::NodeFeature, message).at(node.part("/features")).help(help);
            }
        }
    }
}

fn fused(node: &Node<'_>, findings: &mut Findings) {
    for input in node.inputs().filter(|input| input.schema["fused"].is_object()) {
        let output = &input.schema["fused"]["outputId"];
        if whole(output).and_then(|id| node.output(id)).is_none() {
            let message = format!("{} shares its row with the unknown output {output}", input.called());
            findings.warning(Code::Fused, message).at(input.part("/fused")).help("name an output of the node");
        }
    }
}

fn suggestions(node: &Node<'_>, findings: &mut Findings) {
    for (index, suggestion) in list(node.schema, "suggestions").iter().enumerate() {
        let mut told = Vec::new();
        let parsed = &suggestion["parseInput"];
        match whole(parsed).and_then(|id| node.input(id)) {
            _ if parsed.is_null() => {}
            None => told.push(format!("reads a number into the unknown input {parsed}")),
            Some(input) if input.kind() != "number" => {
                told.push(format!("reads a number into \"{}\", an input of kind `{}`", input.label(), input.kind()));
            }
            Some(_) => {}
        }
        let keys = suggestion["inputs"].as_object().into_iter().flat_map(|inputs| inputs.keys());
        for key in keys.filter(|key| key.parse().ok().and_then(|id| node.input(id)).is_none()) {
            told.push(format!("sets the unknown input {key}"));
        }
        for message in told {
            let message = format!("the suggestion \"{}\" of {} {message}", text(suggestion, "query"), node.called());
            let help = "name an input of the node by its id, and let numbers be read into one of kind `number`";
            findings.warning(Code::Suggestion, message).at(node.part(&format!("/suggestions/{index}"))).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    #[test]
    fn ids_lead_somewhere() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/inputs/0")["fused"] = json!({"outputId": 3});
        assert_eq!(warnings(&fixture), [Code::Fused]);
        for suggestion in [json!({"parseInput": 9}), json!({"parseInput": 0}), json!({"inputs": {"9": 1}})] {
            let mut fixture = Fixture::sound();
            fixture.schema_at("/nodes/0")["suggestions"] = json!([suggestion]);
            assert_eq!(warnings(&fixture), [Code::Suggestion]);
        }
    }

    #[test]
    fn features_are_listed_once() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0")["features"] = json!(["webui"]);
        assert_eq!(errors(&fixture), [Code::NodeFeature]);
        fixture.schema_at("/package")["features"] = json!([{"id": "webui"}]);
        assert_eq!(errors(&fixture), []);
        fixture.schema_at("/package")["features"] = json!([{"id": "webui"}, {"id": "webui"}]);
        assert_eq!(errors(&fixture), [Code::DuplicateFeature]);
    }
}
