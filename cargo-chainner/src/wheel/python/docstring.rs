//! Documentation of modules and functions: a docstring in the sections `Args` and `Returns`.

use chainner_sdk::library::{InputDescription, InputValues, OutputDescription, OutputValues};

use super::annotation::choice_id;
use super::function::Function;
use super::literal;

/// A docstring of these lines, each indented by `indent`.
pub(super) fn print(text: &str, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_matches('\n').lines() {
        let line = escaped(line.trim_end());
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        lines.push(line);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    // White space before the first line, and a quote next to the opening quotes, would be read as part of them.
    let first = lines.first().map(|line| line.trim_start().to_owned()).unwrap_or_default();
    let gap = if first.starts_with('"') { " " } else { "" };
    if lines.len() <= 1 && !first.ends_with(['"', '\\']) {
        return format!("{indent}\"\"\"{gap}{first}\"\"\"\n");
    }
    let mut docstring = format!("{indent}\"\"\"{gap}{first}\n");
    for line in lines.iter().skip(1) {
        if line.is_empty() {
            docstring.push('\n');
        } else {
            docstring.push_str(&format!("{indent}{line}\n"));
        }
    }
    docstring.push_str(&format!("{indent}\"\"\"\n"));
    docstring
}

fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for character in line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"").chars() {
        match character {
            '\t' => escaped.push_str("    "),
            _ => literal::push_visible(&mut escaped, character),
        }
    }
    escaped
}

/// What a function does, takes and returns.
pub(super) fn of_function(function: &Function<'_>) -> String {
    let node = function.node;
    let mut text = match node.docs.trim() {
        "" => sentence(&node.name),
        docs => docs.to_owned(),
    };
    if !function.parameters.is_empty() {
        text.push_str("\n\nArgs:\n");
        for parameter in &function.parameters {
            text.push_str(&item(&parameter.name, &documentation_of_input(parameter.input)));
        }
    }
    let (given, fixed): (Vec<_>, Vec<_>) = node.outputs.iter().partition(|output| output.iterated);
    if !given.is_empty() {
        let of = if given.len() == 1 { "" } else { " tuples of" };
        text.push_str(&format!("\n\nReturns:\n    An iterator over{of}:\n"));
        text.push_str(&bullets(&given));
        if !fixed.is_empty() {
            text.push_str("    Its attribute `statics` is a tuple of:\n");
            text.push_str(&bullets(&fixed));
        }
        return text;
    }
    match node.outputs.as_slice() {
        [] => {}
        [output] => {
            text.push_str("\n\nReturns:\n");
            text.push_str(&indented(&documentation_of_output(output), 4));
        }
        several => {
            text.push_str("\n\nReturns:\n    A tuple of:\n");
            text.push_str(&bullets(&several.iter().collect::<Vec<_>>()));
        }
    }
    text
}

fn bullets(outputs: &[&OutputDescription]) -> String {
    outputs.iter().map(|output| indented(&format!("- {}", documentation_of_output(output)), 4)).collect()
}

/// `name: text`, further lines indented.
fn item(name: &str, text: &str) -> String {
    let text = indented(&format!("{name}: {text}"), 8);
    text.get(4..).unwrap_or_default().to_owned()
}

fn indented(text: &str, width: usize) -> String {
    let line = |line: &str| if line.trim().is_empty() { "\n".to_owned() } else { format!("{:width$}{line}\n", "") };
    text.lines().map(line).collect()
}

/// The text with a full stop, if it lacks an end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…', '`', '|']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Adds facts to documentation: on its line if it is one, otherwise below.
fn with_facts(docs: &str, facts: &str) -> String {
    let separator = match (docs.is_empty() || facts.is_empty(), docs.contains('\n')) {
        (true, _) => "",
        (false, true) => "\n",
        (false, false) => " ",
    };
    format!("{docs}{separator}{facts}")
}

fn documentation_of_input(input: &InputDescription) -> String {
    let docs = if input.docs.trim().is_empty() { &input.label } else { &input.docs };
    let mut facts = facts(&input.kind);
    if input.iterated {
        let each = if facts.is_empty() { "An iterable." } else { "An iterable; each item:" };
        facts = with_facts(each, &facts);
    }
    if input.optional {
        facts = with_facts("May be None.", &facts);
    }
    let mut text = with_facts(&sentence(docs), &facts);
    if let InputValues::Choice { choices, .. } = &input.kind {
        text.push_str(" One of:");
        for choice in choices {
            let docs = with_facts(&sentence(&choice.label), choice.docs.trim());
            text.push_str(&format!("\n- {}: {}", choice_id(&choice.id), docs.replace('\n', "\n  ")));
        }
    }
    text
}

fn facts(kind: &InputValues) -> String {
    match kind {
        InputValues::Integer { min, max, unit, .. } => {
            numbers(min.map(|min| min.to_string()), max.map(|max| max.to_string()), unit.as_deref())
        }
        InputValues::Float { min, max, unit, .. } => {
            numbers(min.map(literal::float), max.map(literal::float), unit.as_deref())
        }
        InputValues::Text { min_length, max_length, .. } => match (min_length, max_length) {
            (0, None) => String::new(),
            (0, Some(max)) => format!("At most {max} characters."),
            (min, None) => format!("At least {min} characters."),
            (min, Some(max)) => format!("{min} to {max} characters."),
        },
        InputValues::Bool { .. } | InputValues::Choice { .. } => String::new(),
        InputValues::Image { channels, colors } => {
            let channels =
                channels.as_deref().map(|channels| format!(", with {}", counted(channels))).unwrap_or_default();
            let colors = if *colors { ", or a colour" } else { "" };
            format!("Pixels in the order B, G, R(, A), each 0 to 1{channels}{colors}.")
        }
        InputValues::Color { channels, .. } => {
            let channels =
                channels.as_deref().map(|channels| format!(", with {}", counted(channels))).unwrap_or_default();
            format!("\"#rrggbb\", or numbers in the order R, G, B(, A) or a grey one, each 0 to 1{channels}.")
        }
        InputValues::File { extensions } if extensions.is_empty() => "Path of an existing file.".to_owned(),
        InputValues::File { extensions } => format!("Path of an existing file: {}.", extensions.join(", ")),
        InputValues::Directory { must_exist: true } => "Path of an existing directory.".to_owned(),
        InputValues::Directory { must_exist: false } => "Path of a directory.".to_owned(),
        InputValues::Seed { .. } => "The same seed gives the same result.".to_owned(),
        InputValues::RelativePath { .. } => "A relative path.".to_owned(),
        InputValues::Clipboard => "Pixels in the order B, G, R(, A), each 0 to 1, or a text.".to_owned(),
        InputValues::Any => String::new(),
        InputValues::Handle { type_name } => format!("A {type_name}, as other functions of this package return it."),
        InputValues::ExecutionNumber => "How often the chain was run.".to_owned(),
    }
}

fn numbers(min: Option<String>, max: Option<String>, unit: Option<&str>) -> String {
    let unit = unit.map(str::trim).filter(|unit| !unit.is_empty());
    let after = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    match (min, max) {
        (None, None) => unit.map(|unit| format!("In {unit}.")).unwrap_or_default(),
        (Some(min), None) => format!("At least {min}{after}."),
        (None, Some(max)) => format!("At most {max}{after}."),
        (Some(min), Some(max)) => format!("{min} to {max}{after}."),
    }
}

fn counted(channels: &[u32]) -> String {
    let numbers = channels.iter().map(u32::to_string).collect::<Vec<_>>().join(" or ");
    format!("{numbers} {}", if channels == [1] { "channel" } else { "channels" })
}

fn documentation_of_output(output: &OutputDescription) -> String {
    let facts = match output.kind {
        OutputValues::Image => "Pixels in the order B, G, R(, A), each 0 to 1; a 2-D array if there is one channel.",
        OutputValues::Color => "Numbers in the order R, G, B(, A) or a grey one, each 0 to 1.",
        _ => "",
    };
    let docs = match output.docs.trim() {
        "" => sentence(&output.label),
        docs => with_facts(&sentence(&output.label), &sentence(docs)),
    };
    with_facts(&docs, facts)
}
