//! Outputs: ids, labels, pass-through.

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{first_twice, list, text},
};

/// Each output, and the outputs of a node beside each other.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let outputs = list(node.schema, "outputs");
        let (id, place) = (&node.described.id, &node.described.place);
        for (_, second) in first_twice(outputs, |output| output["id"].clone()) {
            let message = format!("two outputs of node `{id}` have the id {}", second["id"]);
            findings.error(Code::DuplicateOutputId, message).at(place).help("upgrade chainner-sdk");
        }
        for (_, second) in first_twice(outputs, |output| text(output, "label")) {
            let message = format!("two outputs of node `{id}` are labelled \"{}\"", text(second, "label"));
            let help = "write `#[output(label = \"…\")]` for each output, in their order";
            findings.warning(Code::DuplicateLabel, message).at(place).help(help);
        }
        for output in outputs {
            let label = text(output, "label");
            if label.trim().is_empty() {
                let message = format!("an output of node `{id}` has no label");
                findings.error(Code::EmptyName, message).at(place).help("write `#[output(label = \"…\")]`");
            }
            if let Some(input) = output["passthroughOf"].as_u64()
                && node.input(input).is_none()
            {
                let message = format!("output \"{label}\" of node `{id}` passes the unknown input {input} through");
                findings.error(Code::PassThrough, message).at(place).help("name an input of the node in `same_as`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(key: &str, value: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/outputs/0")[key] = value;
        fixture
    }

    fn with_second(id: u32, label: &str) -> Fixture {
        let mut fixture = Fixture::sound();
        let mut output = fixture.schema_at("/nodes/0/outputs/0").clone();
        (output["id"], output["label"]) = (json!(id), json!(label));
        fixture.schema_at("/nodes/0/outputs").as_array_mut().expect("a list").push(output);
        fixture
    }

    #[test]
    fn ids_and_labels_are_unique() {
        assert_eq!(errors(&with_second(0, "Mask")), [Code::DuplicateOutputId]);
        assert_eq!(warnings(&with_second(1, "Image")), [Code::DuplicateLabel]);
        assert_eq!(errors(&with("label", json!(""))), [Code::EmptyName]);
    }

    #[test]
    fn what_is_passed_through_is_there() {
        assert_eq!(errors(&with("passthroughOf", json!(0))), []);
        assert_eq!(errors(&with("passthroughOf", json!(9))), [Code::PassThrough]);
    }
}
