//! The node as a command line that a person can type.

use std::collections::BTreeSet;

use chainner_sdk::library::{InputValues, OutputValues};

use crate::run::arguments::{file_name, option_name};

use super::{
    book::{Input, Node, text},
    card::hexadecimal,
    given::WORDS,
};

/// What `run` would be given, for a person to type: a file for each image, the defaults of what is shown.
pub(super) fn command_line(node: &Node<'_>) -> String {
    let mut line = format!("cargo chainner run {}", node.described.function);
    let mut parts = Vec::new();
    for input in &node.inputs {
        let name = option_name(input.described);
        if let InputValues::Image { .. } = input.described.kind {
            if !input.described.optional {
                line += &format!(" {}.png", input.described.name.replace('_', "-"));
            }
        } else if !input.described.optional && input.is_shown(node) {
            // A switch without a value is on.
            let join = if let InputValues::Bool { .. } = input.described.kind { '=' } else { ' ' };
            parts.extend(typed(input).map(|value| format!("--{name}{join}{value}")));
        }
    }
    let pictures = node.outputs.iter().filter(|output| output.described.kind == OutputValues::Image);
    let names: Vec<String> = pictures.map(|output| file_name(text(output.schema, "label"))).collect();
    let given: BTreeSet<&str> = line.split(' ').collect();
    let names: Vec<String> = names
        .iter()
        .map(|name| if given.contains(name.as_str()) { "out.png".to_owned() } else { name.clone() })
        .collect();
    parts.extend(names.iter().map(|name| format!("-o {name}")));
    for part in parts {
        line += &format!(" \\\n    {part}");
    }
    line
}

/// The default of an input as it is typed, or what stands for one.
fn typed(input: &Input<'_>) -> Option<String> {
    let quoted = |text: &str| match text {
        "" => "\"\"".to_owned(),
        text if text.chars().all(|c| c.is_alphanumeric() || "-_.,:/+".contains(c)) => text.to_owned(),
        text => format!("'{}'", text.replace('\'', "'\\''")),
    };
    match &input.described.kind {
        InputValues::Integer { default, .. } => Some(default.map_or("1".to_owned(), |value| value.to_string())),
        InputValues::Float { default, .. } => Some(default.map_or("1".to_owned(), |value| value.to_string())),
        InputValues::Text { default, .. } | InputValues::RelativePath { default } => {
            Some(default.as_deref().map_or(WORDS.to_owned(), quoted))
        }
        InputValues::Bool { default } => Some(default.unwrap_or(true).to_string()),
        InputValues::Choice { .. } => {
            let stored = &input.schema["def"];
            Some(quoted(&stored.as_str().map_or_else(|| stored.to_string(), str::to_owned)))
        }
        InputValues::Color { default, .. } if default.is_empty() => Some("'#b7791f'".to_owned()),
        InputValues::Color { default, .. } => match default.as_slice() {
            [gray] => Some(gray.to_string()),
            _ => Some(format!("'{}'", hexadecimal(default))),
        },
        InputValues::File { extensions } => Some(format!("file{}", extensions.first().map_or("", String::as_str))),
        InputValues::Directory { .. } => Some("directory".to_owned()),
        InputValues::Seed { default } => Some(default.to_string()),
        InputValues::Clipboard => Some(WORDS.to_owned()),
        InputValues::Image { .. } | InputValues::Any | InputValues::Handle { .. } | InputValues::ExecutionNumber => {
            None
        }
    }
}
