//! Nodes for the tests of this room.

use chainner_sdk::library::{
    ChoiceDescription, ChoiceId, InputDescription, InputValues, NodeDescription, OutputDescription, OutputValues, Place,
};

use crate::error::Failure;

use super::{Request, command};

fn place() -> Place {
    Place { file: "src/lib.rs".to_owned(), line: 1, column: 1 }
}

pub(super) fn input(name: &str, optional: bool, kind: InputValues) -> InputDescription {
    InputDescription {
        name: name.to_owned(),
        label: name.to_owned(),
        docs: String::new(),
        id: 0,
        optional,
        iterated: false,
        place: place(),
        kind,
    }
}

pub(super) fn number(min: f64, max: f64) -> InputValues {
    InputValues::Float { default: Some(1.0), min: Some(min), max: Some(max), unit: Some("EV".to_owned()) }
}

pub(super) fn shape() -> InputValues {
    let choice = |id: &str, label: &str| ChoiceDescription {
        id: ChoiceId::Text(id.to_owned()),
        label: label.to_owned(),
        docs: String::new(),
    };
    let choices = vec![choice("round", "Round"), choice("oval", "Oval (fit)")];
    InputValues::Choice { default: ChoiceId::Text("round".to_owned()), choices }
}

pub(super) fn node(inputs: Vec<InputDescription>, outputs: &[OutputValues]) -> NodeDescription {
    let output = |&kind| OutputDescription { label: format!("{kind:?}"), docs: String::new(), iterated: false, kind };
    NodeDescription {
        id: "film_lab:light:vignette".to_owned(),
        function: "vignette".to_owned(),
        name: "Vignette".to_owned(),
        docs: "Darkens.\n\nMore.".to_owned(),
        place: place(),
        replaces: None,
        inputs,
        outputs: outputs.iter().map(output).collect(),
    }
}

pub(super) fn read(node: &NodeDescription, words: &[&str]) -> Result<Request, Failure> {
    let command = command(node);
    command.clone().debug_assert();
    Request::new(node, &command.try_get_matches_from(words).expect("clap takes them"))
}
