//! What a run tells: the summary for a person, the values for a program.

use std::fmt::Write as _;

use chainner_sdk::library::{Description, NodeDescription, WireFloat, WireValue};
use serde_json::{Value, json};

use crate::child::{Called, Output};

/// `vignette: 640×480 RGB -> 640×480 RGB in 3.2 ms`, `tiles: 640×480 RGB -> 6 items of 320×160 RGB, number in 3.2 ms`.
pub fn summary(node: &NodeDescription, called: &Called) -> String {
    let mut inputs = called.inputs.clone();
    if node.inputs.iter().any(|input| input.iterated) {
        inputs.push(counted(called.taken));
    }
    let mut outputs = Vec::new();
    if node.outputs.iter().any(|output| output.iterated) {
        let first = called.items.iter().find_map(|item| item.as_ref().ok()).map(|item| kinds(item));
        let what = first.map(|kinds| format!(" of {}", kinds.join(", "))).unwrap_or_default();
        outputs.push(format!("{}{what}", counted(called.items.len())));
    }
    outputs.extend(kinds(&called.outputs).into_iter().map(str::to_owned));
    let inputs = if inputs.is_empty() { String::new() } else { format!("{} ", inputs.join(", ")) };
    let outputs = if outputs.is_empty() { String::new() } else { format!("-> {} ", outputs.join(", ")) };
    format!("{}: {inputs}{outputs}in {}", node.function, duration(called.seconds))
}

fn counted(items: usize) -> String {
    if items == 1 { "1 item".to_owned() } else { format!("{items} items") }
}

fn kinds(outputs: &[Output]) -> Vec<&str> {
    let outputs = outputs.iter().map(|output| match output {
        Output::Picture(shape) => shape.as_str(),
        Output::Value(value) => kind(value),
    });
    outputs.collect()
}

fn kind(value: &WireValue) -> &'static str {
    match value {
        WireValue::Missing => "nothing",
        WireValue::Bool(_) => "yes/no",
        WireValue::Integer(_) | WireValue::Unsigned(_) | WireValue::Float(_) => "number",
        WireValue::Text(_) => "text",
        WireValue::Path(_) => "path",
        WireValue::Image(_) => "image",
        WireValue::Color(_) => "colour",
        WireValue::Seed(_) => "seed",
        WireValue::Object(_) | WireValue::Kept(_) => "object",
    }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

/// The outputs that are not pictures, for a person: `label: value` lines, those of an item behind its number.
pub fn values(node: &NodeDescription, called: &Called) -> String {
    let mut text = String::new();
    for (index, item) in called.items.iter().enumerate() {
        for (label, value) in item.iter().flat_map(|item| plain_values(node, true, item)) {
            text += &format!("{}: {label}: {}\n", index + 1, self::text(value));
        }
    }
    for (label, value) in plain_values(node, false, &called.outputs) {
        text += &format!("{label}: {}\n", self::text(value));
    }
    text
}

fn plain_values<'a>(
    node: &'a NodeDescription,
    iterated: bool,
    outputs: &'a [Output],
) -> impl Iterator<Item = (&'a str, &'a WireValue)> {
    labelled(node, iterated, outputs).filter_map(|(label, output)| match output {
        Output::Picture(_) => None,
        Output::Value(value) => Some((label, value)),
    })
}

/// What programs get: all outputs, and how long the node took, in seconds.
pub fn keys(node: &NodeDescription, called: &Called) -> Value {
    let output = |(label, output): (&str, &Output)| match output {
        Output::Picture(shape) => json!({"label": label, "image": shape}),
        Output::Value(value) => json!({"label": label, "value": plain(value)}),
    };
    let outputs: Vec<Value> = labelled(node, false, &called.outputs).map(output).collect();
    let mut keys = json!({"node": node.id, "seconds": called.seconds, "outputs": outputs});
    if node.outputs.iter().any(|output| output.iterated) {
        let item = |item: &Result<Vec<Output>, String>| match item {
            Ok(item) => json!({"outputs": labelled(node, true, item).map(output).collect::<Vec<_>>()}),
            Err(why) => json!({"error": why}),
        };
        keys["items"] = called.items.iter().map(item).collect();
    }
    keys
}

fn labelled<'a>(
    node: &'a NodeDescription,
    iterated: bool,
    outputs: &'a [Output],
) -> impl Iterator<Item = (&'a str, &'a Output)> {
    let labels = node.outputs.iter().filter(move |output| output.iterated == iterated);
    labels.map(|output| output.label.as_str()).zip(outputs)
}

/// A value as a person reads it.
pub(crate) fn text(value: &WireValue) -> String {
    match value {
        WireValue::Missing => String::new(),
        WireValue::Bool(value) => value.to_string(),
        WireValue::Integer(value) | WireValue::Seed(value) => value.to_string(),
        WireValue::Unsigned(value) => value.to_string(),
        WireValue::Float(value) => f64::from(value).to_string(),
        WireValue::Text(text) | WireValue::Path(text) | WireValue::Object(text) => text.clone(),
        WireValue::Image(_) | WireValue::Kept(_) => String::new(),
        WireValue::Color(components) => components.iter().map(f32::to_string).collect::<Vec<_>>().join(","),
    }
}

fn plain(value: &WireValue) -> Value {
    match value {
        WireValue::Missing | WireValue::Image(_) | WireValue::Kept(_) => Value::Null,
        WireValue::Bool(value) => json!(value),
        WireValue::Integer(value) | WireValue::Seed(value) => json!(value),
        WireValue::Unsigned(value) => json!(value),
        WireValue::Float(WireFloat::Finite(value)) => json!(value),
        WireValue::Float(WireFloat::Other(text)) => json!(text),
        WireValue::Text(text) | WireValue::Path(text) | WireValue::Object(text) => json!(text),
        // Through the shortest decimal text: 0.1f32 is 0.1, not 0.10000000149.
        WireValue::Color(components) => {
            components.iter().map(|c| c.to_string().parse::<f64>().map_or(Value::Null, |c| json!(c))).collect()
        }
    }
}

/// The nodes of a package, one a line: what to type, and what it does.
pub fn list(description: &Description) -> String {
    let width = description.nodes.iter().map(|node| node.function.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for node in &description.nodes {
        let first = node.docs.lines().next().filter(|line| !line.is_empty()).unwrap_or(&node.name);
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:width$}  {first}", node.function);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_fitting_unit() {
        assert_eq!([2.5e-5, 0.0032, 12.345].map(duration), ["25 µs", "3.2 ms", "12.35 s"]);
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        assert_eq!(text(&WireValue::Float(0.1.into())), "0.1");
        assert_eq!(text(&WireValue::Float(f64::NAN.into())), "NaN");
        assert_eq!(text(&WireValue::Color(vec![1.0, 0.5, 0.1])), "1,0.5,0.1");
        assert_eq!(plain(&WireValue::Color(vec![0.1])), json!([0.1]));
    }
}
