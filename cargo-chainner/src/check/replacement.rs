//! Nodes that run in place of others: saved chains know inputs and outputs by their ids, and requests by their places.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Node, list, text},
};

/// What a package says of its own nodes, whatever they replace.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let mut met = BTreeMap::new();
    for (node, original) in replacing(subject) {
        if subject.nodes().any(|other| other.id() == original) {
            let message = format!("{} is to run in place of `{original}`, a node of the same package", node.called());
            let help = "`replaces` is the id of another package's node, e.g. one of the app's";
            findings.warning(Code::Replacement, message).at(node.place()).help(help);
        } else if let Some(first) = met.insert(original, node) {
            let message = format!("{} and {} are to run in place of `{original}`", first.called(), node.called());
            let help = "take `replaces` from one of them: only the first runs";
            findings.warning(Code::Replacement, message).at(node.place()).at(first.place()).help(help);
        }
    }
}

/// Whether nodes fit those that they replace, as far as these are known: from an app's answer to `/nodes`, or packages beside.
pub(super) fn fit(subjects: &[Subject<'_>], app: Option<&Value>, findings: &mut Findings) {
    let known = |schema| list(schema, "nodes").iter().map(|node| (text(node, "schemaId"), node));
    let mut originals: BTreeMap<&str, &Value> = subjects.iter().flat_map(|subject| known(subject.schema)).collect();
    originals.extend(app.into_iter().flat_map(known));
    for (node, original) in subjects.iter().flat_map(|subject| replacing(*subject)) {
        let Some(theirs) = originals.get(original) else { continue };
        if let Some(misfit) = misfit(theirs, node.schema) {
            let message = format!("{} cannot run in place of `{original}`: {misfit}", node.called());
            let help = "declare it as the original, or take `replaces` away: the app would go on running the original";
            findings.warning(Code::Replacement, message).at(node.place()).help(help);
        }
    }
}

/// The nodes that replace others, and which.
fn replacing<'a>(subject: Subject<'a>) -> impl Iterator<Item = (Node<'a>, &'a str)> {
    subject.nodes().filter_map(|node| Some((node, node.described?.replaces.as_deref()?)))
}

/// The first difference that a saved chain, or the app, would stumble over.
fn misfit(theirs: &Value, ours: &Value) -> Option<String> {
    let kinds = [theirs, ours].map(|node| text(node, "kind"));
    if kinds[0] != kinds[1] {
        return Some(format!("that is a {}, and this a {}", kinds[0], kinds[1]));
    }
    for (what, one) in [("inputs", "input"), ("outputs", "output")] {
        let ports = [theirs, ours].map(|node| list(node, what));
        if ports[0].len() != ports[1].len() {
            return Some(format!("that has {} {what}, and this {}", ports[0].len(), ports[1].len()));
        }
        let misfits = ports[0].iter().zip(ports[1]).enumerate().find_map(|(place, (theirs, ours))| {
            let found = misfit_of_ports(theirs, ours)?;
            Some(format!("its {one} {} (\"{}\") {found}", place + 1, text(theirs, "label")))
        });
        if misfits.is_some() {
            return misfits;
        }
    }
    for (what, key) in [("inputs", "iteratorInputs"), ("outputs", "iteratorOutputs")] {
        let iterated = |node| list(node, key).iter().map(|of: &Value| &of[what]).collect::<Vec<_>>();
        if iterated(theirs) != iterated(ours) {
            return Some(format!("other {what} of it are given item by item"));
        }
    }
    let features = list(theirs, "features");
    let more = list(ours, "features").iter().find(|feature| !features.contains(feature))?;
    Some(format!("this needs the feature {more}, and that does not"))
}

fn misfit_of_ports(theirs: &Value, ours: &Value) -> Option<String> {
    for key in ["id", "kind"] {
        if theirs[key] != ours[key] {
            return Some(format!("has the {key} {}, and here {}", theirs[key], ours[key]));
        }
    }
    if theirs["optional"] == true && ours["optional"] != true {
        return Some("may stay empty, and here not".to_owned());
    }
    let known: Vec<&Value> = list(ours, "options").iter().map(|option| &option["value"]).collect();
    let unknown = list(theirs, "options").iter().map(|option| &option["value"]).find(|value| !known.contains(value))?;
    Some(format!("has the option {unknown}, and here not"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, warnings};

    use super::*;

    const ORIGINAL: &str = "chainner:image:vignette";

    fn replacing(original: &str) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.description.nodes[0].replaces = Some(original.to_owned());
        fixture
    }

    /// What is found beside an app whose node differs in this.
    fn beside(pointer: &str, key: &str, value: Value) -> Vec<String> {
        let fixture = replacing(ORIGINAL);
        let mut node = fixture.description.schema["nodes"][0].clone();
        node["schemaId"] = ORIGINAL.into();
        node.pointer_mut(pointer).expect("a part of the node")[key] = value;
        let mut findings = Findings::default();
        fit(&[fixture.subject()], Some(&json!({"nodes": [node]})), &mut findings);
        findings.0.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_node_has_the_ports_of_the_one_it_replaces() {
        assert_eq!(beside("", "name", "Another".into()), [""; 0]);
        let told = |pointer: &str, key: &str, value: Value, part: &str| {
            let found = beside(pointer, key, value);
            assert!(found.len() == 1 && found[0].contains(part), "{found:?}");
        };
        told("/inputs/1", "id", json!(7), "its input 2 (\"Amount\") has the id 7, and here 1");
        told("/inputs/1", "kind", json!("number"), "has the kind \"number\", and here \"slider\"");
        told("/inputs/0", "optional", json!(true), "may stay empty, and here not");
        let options = json!([{"option": "Flat", "value": "flat"}]);
        told("/inputs/2", "options", options, "has the option \"flat\", and here not");
        told("", "outputs", json!([]), "that has 0 outputs, and this 1");
        told("/outputs/0", "id", json!(3), "its output 1");
        told("", "kind", json!("generator"), "that is a generator, and this a regularNode");
        told("", "iteratorInputs", json!([{"inputs": [0]}]), "other inputs of it are given item by item");
    }

    #[test]
    fn what_is_not_known_is_not_judged() {
        let fixture = replacing(ORIGINAL);
        let mut findings = Findings::default();
        fit(&[fixture.subject()], None, &mut findings);
        assert_eq!(findings.0, []);
        assert_eq!(warnings(&fixture), []);
    }

    #[test]
    fn two_nodes_cannot_run_in_place_of_one() {
        let mut fixture = replacing(ORIGINAL);
        fixture.repeat_node();
        assert!(warnings(&fixture).contains(&Code::Replacement));
    }

    #[test]
    fn a_node_of_the_same_package_is_not_replaced() {
        assert_eq!(warnings(&replacing("film_lab:light:vignette")), [Code::Replacement]);
    }
}
