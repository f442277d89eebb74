//! Choices: their variants and how they are drawn.

use crate::codes::Code;

use super::{
    Findings, Subject, icon,
    subject::{Input, first_twice, list, same_value, text},
};

/// Each choice.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for node in subject.nodes() {
        for input in node.inputs().filter(|input| text(input.schema, "kind") == "dropdown") {
            let called = format!("choice \"{}\" of node `{}`", input.label(), node.id());
            options(&input, &called, findings);
            style(&input, &called, findings);
        }
    }
}

fn options(input: &Input<'_>, called: &str, findings: &mut Findings) {
    let place = &input.place();
    let options = list(input.schema, "options");
    if options.is_empty() {
        findings.error(Code::NoChoices, format!("{called} has no variants")).at(place).help("add variants to the enum");
        return;
    }
    for (first, second) in first_twice(options, |option| option["value"].clone()) {
        let message = format!(
            "the variants \"{}\" and \"{}\" of {called} have the same id {}",
            text(first, "option"),
            text(second, "option"),
            second["value"]
        );
        findings.error(Code::DuplicateChoice, message).at(place).help("give one of them another `#[choice(id = …)]`");
    }
    for (_, second) in first_twice(options, |option| text(option, "option")) {
        let message = format!("two variants of {called} are labelled \"{}\"", text(second, "option"));
        let help = "give one of them another `#[choice(label = \"…\")]`";
        findings.warning(Code::DuplicateLabel, message).at(place).help(help);
    }
    for option in options {
        if text(option, "option").trim().is_empty() {
            let message = format!("a variant of {called} has no label");
            findings.error(Code::EmptyName, message).at(place).help("write `#[choice(label = \"…\")]`");
        }
        if let Some(name) = option["icon"].as_str() {
            icon::check(name, &format!("a variant of {called}"), place, findings);
        }
    }
    if !options.iter().any(|option| same_value(&option["value"], &input.schema["def"])) {
        let message = format!("the default {} of {called} is none of its variants", input.schema["def"]);
        findings.error(Code::Default, message).at(place).help("change `default`");
    }
}

fn style(input: &Input<'_>, called: &str, findings: &mut Findings) {
    let options = list(input.schema, "options");
    let (style, count) = (text(input.schema, "preferredStyle"), options.len());
    let without_icon = options.iter().filter(|option| !option["icon"].is_string()).count();
    let (message, help) = match style {
        "checkbox" if count != 2 => (
            format!("{called} has {count} variants, and a check box needs two"),
            "leave the style out, or keep two variants, the first meaning yes",
        ),
        "anchor" if count != 9 => (
            format!("{called} has {count} variants, and the grid needs nine"),
            "leave the style out, or list the nine places row by row",
        ),
        "icons" if without_icon > 0 => (
            format!("{without_icon} of the {count} variants of {called} have no icon"),
            "write `#[choice(icon = \"…\")]` on each variant",
        ),
        _ => return,
    };
    findings.warning(Code::ChoiceStyle, message).at(input.place()).help(help);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::fixture::{Fixture, SHAPE, errors, warnings};

    use super::*;

    fn with(changes: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.change_input(SHAPE, changes);
        fixture
    }

    fn option(label: &str, value: &str) -> Value {
        json!({"option": label, "value": value, "icon": null, "condition": null})
    }

    #[test]
    fn there_is_something_to_choose_and_to_start_with() {
        let mut fixture = with(json!({"options": []}));
        fixture.schema_at("/nodes/0")["groupLayout"] = json!([0, 1, 2, 3]);
        assert_eq!(errors(&fixture), [Code::NoChoices]);
        assert_eq!(errors(&with(json!({"def": "square"}))), [Code::Default]);
    }

    #[test]
    fn variants_are_told_apart() {
        let twins = json!([option("Round", "oval"), option("Oval", "oval")]);
        assert_eq!(errors(&with(json!({"options": twins, "def": "oval"}))), [Code::DuplicateChoice]);
        let alike = json!([option("Round", "round"), option("Round", "oval")]);
        assert_eq!(warnings(&with(json!({"options": alike}))), [Code::DuplicateLabel]);
        let silent = json!([option("Round", "round"), option("", "oval")]);
        assert_eq!(errors(&with(json!({"options": silent}))), [Code::EmptyName]);
    }

    #[test]
    fn styles_have_the_variants_they_need() {
        for style in ["anchor", "icons"] {
            assert_eq!(warnings(&with(json!({"preferredStyle": style}))), [Code::ChoiceStyle], "{style}");
        }
        assert_eq!(warnings(&with(json!({"preferredStyle": "checkbox"}))), []);
        let three = json!([option("A", "round"), option("B", "oval"), option("C", "c")]);
        assert_eq!(warnings(&with(json!({"preferredStyle": "checkbox", "options": three}))), [Code::ChoiceStyle]);
    }
}
