//! Inputs: ids, labels, ranges, defaults, lengths, file types.

use chainner_sdk::library::InputValues;
use serde_json::Value;

use crate::{codes::Code, run::arguments::range};

use super::{
    Findings, Subject,
    subject::{Input, Node, first_twice, list, text},
};

/// Each input, and the inputs of a node beside each other.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        let inputs: Vec<Input<'_>> = node.inputs().collect();
        for (first, second) in first_twice(&inputs, |input| input.schema["id"].clone()) {
            let message = format!("two inputs of node `{}` have the id {}", node.described.id, second.schema["id"]);
            findings
                .error(Code::DuplicateInputId, message)
                .help("give one of them another `id = …`, or leave it out")
                .at(&second.described.place)
                .at(&first.described.place);
        }
        for (first, second) in first_twice(&inputs, |input| text(input.schema, "label")) {
            let message =
                format!("two inputs of node `{}` are labelled \"{}\"", node.described.id, second.described.label);
            findings
                .warning(Code::DuplicateLabel, message)
                .help("give one of them another `label = \"…\"`")
                .at(&second.described.place)
                .at(&first.described.place);
        }
        for input in &inputs {
            let called = format!("input \"{}\" of node `{}`", input.described.label, node.described.id);
            words(&node, input, &called, findings);
            match text(input.schema, "kind") {
                "number" | "slider" => number(input, &called, findings),
                "text" => length(input, &called, findings),
                "file" => file_types(input, &called, findings),
                "color" => color(input, &called, findings),
                _ => {}
            }
        }
    }
}

fn words(node: &Node<'_>, input: &Input<'_>, called: &str, findings: &mut Findings) {
    let place = &input.described.place;
    if text(input.schema, "label").trim().is_empty() {
        let message = format!("input `{}` of node `{}` has no label", input.described.name, node.described.id);
        findings
            .error(Code::EmptyName, message)
            .at(place)
            .help("write `label = \"…\"` in `#[input(…)]`, or leave it out");
    }
    let explains_itself = matches!(input.described.kind, InputValues::Image { .. } | InputValues::Seed { .. });
    if text(input.schema, "description").is_empty() && !explains_itself {
        let help = "write a `///` comment on the argument";
        findings.note(Code::NoDocs, format!("{called} has no documentation")).at(place).help(help);
    }
}

fn number(input: &Input<'_>, called: &str, findings: &mut Findings) {
    let place = &input.described.place;
    let [min, max, default] = ["min", "max", "def"].map(|key| input.schema[key].as_f64());
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format!("the range {min}..={max} of {called} is empty");
        findings.error(Code::Range, message).at(place).help(format!("write `range = {max}..={min}`"));
        return;
    }
    if text(input.schema, "kind") == "slider" && (min.is_none() || max.is_none()) {
        let message = format!("the slider of {called} has no end");
        findings
            .error(Code::Range, message)
            .at(place)
            .help("write `range = …..=…` with both ends, or leave `slider` out");
    }
    if input.schema["controlsStep"].as_f64().is_none_or(|step| step <= 0.0) {
        let message = format!("the step of {called} is not above 0");
        findings.error(Code::Range, message).at(place).help("write `step = …` with a number above 0");
    }
    match default {
        Some(default) if min.is_some_and(|min| default < min) || max.is_some_and(|max| default > max) => {
            let range = range(min, max).unwrap_or_default();
            let message = format!("the default {default} of {called} lies outside {range}");
            findings.error(Code::Default, message).at(place).help("change `default` or `range`");
        }
        None if !input.described.optional => {
            let message = format!("{called} has no default");
            findings.error(Code::Default, message).at(place).help("write `default = …`");
        }
        _ => {}
    }
}

fn length(input: &Input<'_>, called: &str, findings: &mut Findings) {
    let place = &input.described.place;
    let [min, max] = ["minLength", "maxLength"].map(|key| input.schema[key].as_u64());
    let least = min.unwrap_or(0);
    if let Some(max) = max
        && (least > max || max == 0)
    {
        let message = format!("no text is {least} to {max} characters long: {called}");
        findings.error(Code::TextLength, message).at(place).help("change `length`");
        return;
    }
    let Some(default) = input.schema["def"].as_str() else { return };
    let count = default.chars().count() as u64;
    if count < least || max.is_some_and(|max| count > max) {
        let range = range(Some(least), max).unwrap_or_default();
        let message = format!("the default \"{default}\" of {called} has {count} characters, outside {range}");
        findings.error(Code::Default, message).at(place).help("change `default` or `length`");
    }
}

fn file_types(input: &Input<'_>, called: &str, findings: &mut Findings) {
    for extension in list(input.schema, "filetypes").iter().filter_map(Value::as_str) {
        if extension.len() > 1 && extension.starts_with('.') && extension.to_lowercase() == extension {
            continue;
        }
        let right = format!(".{}", extension.trim_start_matches('.').to_lowercase());
        findings
            .error(Code::FileType, format!("the file type \"{extension}\" of {called} would match no file"))
            .at(&input.described.place)
            .help(format!("write \"{right}\""));
    }
}

fn color(input: &Input<'_>, called: &str, findings: &mut Findings) {
    let channels: Vec<u64> = list(input.schema, "channels").iter().filter_map(Value::as_u64).collect();
    let default: Value = serde_json::from_str(text(input.schema, "def")).unwrap_or_default();
    let components = list(&default, "values").len() as u64;
    let fits = match text(&default, "kind") {
        "grayscale" => components == 1,
        "rgb" => components == 3,
        "rgba" => components == 4,
        _ => false,
    };
    if !fits || !(channels.is_empty() || channels.contains(&components)) {
        let message =
            format!("the default colour of {called} has {components} components, which the input does not take");
        findings.error(Code::Default, message).at(&input.described.place).help("change `default` or `channels`");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        check::fixture::{AMOUNT, Fixture, IMAGE, SHAPE, errors, warnings},
        shell::Level,
    };

    use super::*;

    fn with(input: usize, changes: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.change_input(input, changes);
        fixture
    }

    #[test]
    fn ids_and_labels_are_unique() {
        let mut fixture = with(AMOUNT, json!({"id": 0}));
        fixture.schema_at("/nodes/0")["groupLayout"] = json!([0, 2, 3]);
        assert_eq!(errors(&fixture), [Code::DuplicateInputId]);
        assert_eq!(warnings(&with(AMOUNT, json!({"label": "Image"}))), [Code::DuplicateLabel]);
        assert_eq!(errors(&with(AMOUNT, json!({"label": ""}))), [Code::EmptyName]);
    }

    #[test]
    fn missing_documentation_is_only_noted() {
        let notes = |input| with(input, json!({"description": null})).findings().count(Level::Note);
        assert_eq!([notes(AMOUNT), notes(IMAGE)], [1, 0]);
    }

    #[test]
    fn ranges_hold_something_and_the_default() {
        assert_eq!(errors(&with(AMOUNT, json!({"min": 8, "max": 0}))), [Code::Range]);
        assert_eq!(errors(&with(AMOUNT, json!({"max": null}))), [Code::Range]);
        assert_eq!(errors(&with(AMOUNT, json!({"kind": "number", "max": null}))), []);
        assert_eq!(errors(&with(AMOUNT, json!({"controlsStep": 0}))), [Code::Range]);
        assert_eq!(errors(&with(AMOUNT, json!({"def": 9}))), [Code::Default]);
        assert_eq!(errors(&with(AMOUNT, json!({"def": null}))), [Code::Default]);
    }

    #[test]
    fn texts_fit_their_length() {
        let text = |min: u32, max: Value, default: Value| {
            errors(&with(AMOUNT, json!({"kind": "text", "minLength": min, "maxLength": max, "def": default})))
        };
        assert_eq!(text(0, json!(null), json!("anything")), []);
        assert_eq!(text(3, json!(2), json!(null)), [Code::TextLength]);
        assert_eq!(text(0, json!(0), json!(null)), [Code::TextLength]);
        assert_eq!(text(2, json!(3), json!("äöüß")), [Code::Default]);
    }

    #[test]
    fn file_types_are_lower_case_with_a_dot() {
        let types = |types: Value| errors(&with(AMOUNT, json!({"kind": "file", "filetypes": types})));
        assert_eq!(types(json!([".png", ".tar.gz"])), []);
        assert_eq!(types(json!(["png", ".PNG", "."])), [Code::FileType; 3]);
    }

    #[test]
    fn default_colours_have_components_that_the_input_takes() {
        let color = |channels: Value, default: &str| {
            errors(&with(
                SHAPE,
                json!({"kind": "color", "channels": channels, "def": default, "typeDefinitions": null}),
            ))
        };
        let rgb = r#"{"kind": "rgb", "values": [0, 0, 0]}"#;
        let none: [Code; 0] = [];
        // The condition asks the choice that the colour stands in for.
        let own = |codes: Vec<Code>| codes.into_iter().filter(|code| *code != Code::Condition).collect::<Vec<_>>();
        assert_eq!(own(color(json!([3, 4]), rgb)), none);
        assert_eq!(own(color(json!(null), rgb)), none);
        assert_eq!(own(color(json!([1]), rgb)), [Code::Default]);
        assert_eq!(own(color(json!(null), "black")), [Code::Default]);
    }
}
