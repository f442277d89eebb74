//! Outputs: ids, labels, pass-through.

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Output, first_twice, whole},
};

/// Each output, and the outputs of a node beside each other.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let outputs: Vec<Output<'_>> = node.outputs().collect();
        for (first, second) in first_twice(&outputs, Output::id) {
            let message = format!("two outputs of {} have the id {}", node.called(), second.schema["id"]);
            let finding = findings.error(Code::DuplicateOutputId, message);
            finding.at(second.place()).help("number the outputs by their order: 0, 1, 2, …");
            if first.place() != second.place() {
                finding.at(first.place());
            }
        }
        for (_, second) in first_twice(&outputs, Output::label) {
            let message = format!("two outputs of {} are labelled \"{}\"", node.called(), second.label());
            let help = "write `#[output(label = \"…\")]` for each output, in their order";
            findings.warning(Code::DuplicateLabel, message).at(second.place()).help(help);
        }
        for output in outputs {
            if output.label().trim().is_empty() {
                let message = format!("an output of {} has no label", node.called());
                findings.error(Code::EmptyName, message).at(output.place()).help("write `#[output(label = \"…\")]`");
            }
            let passed = &output.schema["passthroughOf"];
            if !passed.is_null() && whole(passed).and_then(|id| node.input(id)).is_none() {
                let message = format!("{} passes the unknown input {passed} through", output.called());
                let help = "name an input of the node in `same_as`";
                findings.error(Code::PassThrough, message).at(output.part("/passthroughOf")).help(help);
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
