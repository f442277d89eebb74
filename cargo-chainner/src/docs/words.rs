//! What inputs and outputs are, in words.

use chainner_sdk::library::InputValues;
use serde_json::{Value, json};

use crate::run::arguments::facts;

use super::{
    book::{Input, Node, number, text},
    card::hexadecimal,
    condition::{either, navi},
};

/// What an input takes.
pub(super) fn takes(input: &Input<'_>) -> String {
    let channels = |channels: &Option<Vec<u32>>| {
        let names = channels.iter().flatten().map(|count| match count {
            1 => "gray".to_owned(),
            3 => "RGB".to_owned(),
            4 => "RGBA".to_owned(),
            count => format!("{count} channels"),
        });
        let names: Vec<String> = names.collect();
        if names.is_empty() { String::new() } else { format!(", {}", either(&names)) }
    };
    let what = match &input.described.kind {
        InputValues::Choice { .. } => "one of a list".to_owned(),
        InputValues::Image { channels: of, colors: false } => format!("image{}", channels(of)),
        InputValues::Image { channels: of, colors: true } => format!("image or color{}", channels(of)),
        InputValues::Color { channels: of, .. } => format!("color{}", channels(of)),
        InputValues::Clipboard => "image, text or number".to_owned(),
        InputValues::Any => "anything".to_owned(),
        // Limits and unit stand with the range.
        InputValues::Integer { .. } | InputValues::Seed { .. } => "whole number".to_owned(),
        InputValues::Float { .. } => "number".to_owned(),
        InputValues::Text { .. } => "text".to_owned(),
        other => facts(other).join(", "),
    };
    if input.described.iterated { format!("sequence of {what}") } else { what }
}

/// The default of an input; nothing if it has none.
pub(super) fn default(input: &Input<'_>) -> Option<String> {
    let stored = &input.schema["def"];
    let quoted = |text: &Option<String>| text.as_ref().map(|text| format!("“{text}”"));
    let value = match &input.described.kind {
        InputValues::Integer { default, .. } => default.map(|value| number(&json!(value))),
        InputValues::Float { default, .. } => default.map(|value| number(&json!(value))),
        InputValues::Text { default, .. } | InputValues::RelativePath { default } => quoted(default),
        InputValues::Bool { default } => default.map(|yes| if yes { "on" } else { "off" }.to_owned()),
        InputValues::Choice { .. } => Some(input.option_label(stored)),
        InputValues::Color { default, .. } => Some(hexadecimal(default)).filter(|text| !text.is_empty()),
        InputValues::Seed { default } => Some(default.to_string()),
        InputValues::ExecutionNumber => Some("number of the run".to_owned()),
        InputValues::Image { .. }
        | InputValues::File { .. }
        | InputValues::Directory { .. }
        | InputValues::Clipboard
        | InputValues::Any
        | InputValues::Handle { .. } => None,
    };
    value.map(|value| format!("{value}{}", unit(input, matches!(stored, Value::Number(_)))))
}

/// The unit behind a number.
fn unit(input: &Input<'_>, is_number: bool) -> String {
    match text(input.schema, "unit").trim() {
        _ if !is_number => String::new(),
        "" => String::new(),
        unit @ ("%" | "°") => unit.to_owned(),
        unit => format!(" {unit}"),
    }
}

/// Which values an input lets through, and in which steps; nothing if there is no limit.
pub(super) fn limits(input: &Input<'_>) -> Vec<String> {
    let schema = input.schema;
    let mut limits = Vec::new();
    match &input.described.kind {
        InputValues::Integer { .. } | InputValues::Float { .. } => {
            let end = |key: &str| Some(number(&schema[key])).filter(|_| schema[key].is_number());
            let unit = unit(input, true);
            match (end("min"), end("max")) {
                (Some(min), Some(max)) => limits.push(format!("{min} to {max}{unit}")),
                (Some(min), None) => limits.push(format!("{min}{unit} and more")),
                (None, Some(max)) => limits.push(format!("up to {max}{unit}")),
                (None, None) if schema["controlsStep"].is_number() => limits.push(format!("any{unit}")),
                (None, None) => {}
            }
            let (step, slider) = (&schema["controlsStep"], &schema["sliderStep"]);
            let whole = matches!(input.described.kind, InputValues::Integer { .. });
            if step.is_number() && !(whole && step.as_f64() == Some(1.0)) {
                limits.push(format!("steps of {}", number(step)));
            }
            if slider.is_number() && slider != step {
                limits.push(format!("slider in steps of {}", number(slider)));
            }
            if let Some(scale @ ("log" | "log-offset" | "sqrt")) = schema["scale"].as_str() {
                let scale = if scale == "sqrt" { "square root" } else { "logarithmic" };
                limits.push(format!("{scale} scale"));
            }
        }
        InputValues::Text { min_length, max_length, .. } if *min_length > 0 || max_length.is_some() => {
            let range = match (*min_length, *max_length) {
                (0, Some(max)) => format!("up to {max}"),
                (min, None) => format!("{min} or more"),
                (min, Some(max)) if min == max => min.to_string(),
                (min, Some(max)) => format!("{min} to {max}"),
            };
            limits.push(format!("{range} characters"));
        }
        _ => {}
    }
    limits
}

/// A type as Navi writes it. What the app writes around every narrowed type, so that errors pass through it, is left out.
pub(super) fn type_text(ty: &Value) -> String {
    let items = |value: &Value, kind: &str| -> Option<Vec<Value>> {
        (value["type"] == kind).then(|| value["items"].as_array().cloned()).flatten()
    };
    if let Some([narrowed, left, right]) = items(ty, "union").as_deref()
        && let Some([base, to]) = items(narrowed, "intersection").as_deref()
        && items(left, "intersection").as_deref() == Some(&[json!("Error"), base.clone()])
        && items(right, "intersection").as_deref() == Some(&[json!("Error"), to.clone()])
    {
        let (base, to) = (type_text(base), type_text(to));
        return if base == to { base } else { format!("{base} & {}", bracketed(&to)) };
    }
    navi(ty)
}

/// A type that binds as tightly as a part of an intersection has to.
fn bracketed(ty: &str) -> String {
    if ty.contains(" | ") && !ty.starts_with('(') { format!("({ty})") } else { ty.to_owned() }
}

/// The inputs that a type speaks of, by the names it has for them.
pub(super) fn named_in<'n, 'a>(ty: &str, node: &'n Node<'a>) -> Vec<(String, &'n Input<'a>)> {
    let words: Vec<&str> = ty.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let named = node.inputs.iter().map(|input| (format!("Input{}", input.schema["id"]), input));
    named.filter(|(name, _)| words.contains(&name.as_str())).collect()
}
