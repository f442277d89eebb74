//! The command line, with its help.

use std::path::PathBuf;

use chainner_sdk::library::{ChoiceId, InputDescription, InputValues, NodeDescription, OutputValues};
use clap::{
    Arg, ArgAction, Command,
    builder::{EnumValueParser, PossibleValuesParser},
    value_parser,
};

use crate::{run::conveyor::NUMBER, shell::MessageFormat};

/// Id of the positional argument.
pub(super) const FILES: &str = "FILES";
pub(super) const OUTPUT: &str = "output";
pub(super) const DEPTH: &str = "depth";
pub(super) const FORMAT: &str = "message-format";
/// Long options that are the same for all nodes.
const TAKEN: &[&str] = &[OUTPUT, DEPTH, FORMAT, "help"];

/// The command line of a node.
pub fn command(node: &NodeDescription) -> Command {
    let name = format!("cargo chainner run {}", node.function);
    let mut usage = name.clone();
    let images: Vec<&InputDescription> = node.inputs.iter().filter(|input| is_image(input)).collect();
    for input in &images {
        let value = input.name.to_uppercase();
        usage += &if input.optional { format!(" [{value}]") } else { format!(" <{value}>") };
        usage += if input.iterated { "..." } else { "" };
    }
    usage += " [OPTIONS]";
    let pictures = picture_outputs(node);
    for (_, iterated) in &pictures {
        usage += if *iterated { " -o <PATTERN>" } else { " -o <FILE>" };
    }

    let (about, long_about) = documentation(&node.docs);
    let mut command = Command::new(name.clone())
        .bin_name(name)
        .no_binary_name(true)
        .override_usage(usage)
        .about(about)
        .long_about(long_about)
        .term_width(100);
    if !images.is_empty() {
        let names: Vec<String> = images.iter().map(|input| input.name.to_uppercase()).collect();
        command = command.arg(Arg::new(FILES).value_name(names.join(" ")).num_args(0..).help(
            match images.iter().any(|input| input.iterated) {
                false => "Pictures (PNG or JPEG), in the order of the image inputs below".to_owned(),
                true => format!("Pictures (PNG or JPEG), in the order of the image inputs below; {DIRECTORIES}"),
            },
        ));
    }
    for input in &node.inputs {
        command = command.arg(option(input));
    }
    if !pictures.is_empty() {
        command = command
            .arg(
                Arg::new(OUTPUT)
                    .short('o')
                    .long(OUTPUT)
                    .value_name(if pictures.iter().any(|(_, iterated)| *iterated) { "FILE|DIR" } else { "FILE" })
                    .value_parser(value_parser!(PathBuf))
                    .action(ArgAction::Append)
                    .help_heading("Output")
                    .help(output_help(&pictures)),
            )
            .arg(
                Arg::new(DEPTH)
                    .long(DEPTH)
                    .value_name("BITS")
                    .value_parser(PossibleValuesParser::new(["8", "16"]))
                    .help_heading("Output")
                    .help("Bits of a sample [default: as the deepest input, else 8]"),
            );
    }
    command.arg(
        Arg::new(FORMAT)
            .long(FORMAT)
            .value_name("FORMAT")
            .value_parser(EnumValueParser::<MessageFormat>::new())
            .help_heading("Output")
            .help("How other values are printed on stdout [default: human]"),
    )
}

/// Summary and whole text of a documentation.
fn documentation(docs: &str) -> (String, String) {
    let first = docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    (first, docs.to_owned())
}

/// What stands for several pictures.
const DIRECTORIES: &str = "a directory stands for its pictures, in the order of their names";

fn output_help(pictures: &[(&str, bool)]) -> String {
    let labels = |is_wanted: fn(&bool) -> bool| -> Vec<&str> {
        pictures.iter().filter(|(_, iterated)| is_wanted(iterated)).map(|(label, _)| *label).collect()
    };
    let items = format!("with `{NUMBER}` for its number, or a directory");
    match (labels(|iterated| !iterated).is_empty(), labels(|iterated| *iterated)) {
        (_, sequences) if sequences.is_empty() => {
            format!("PNG or JPEG file for {}; `-` leaves it out", each(&labels(|_| true)))
        }
        (true, sequences) => {
            format!("PNG or JPEG file for each item of {}, {items}; `-` leaves them out", each(&sequences))
        }
        (false, sequences) => format!(
            "PNG or JPEG file for {}; for each item of {}, {items}; `-` leaves it out",
            each(&labels(|_| true)),
            each(&sequences)
        ),
    }
}

fn each(labels: &[&str]) -> String {
    match labels {
        [only] => format!("the output \"{only}\""),
        several => {
            let quoted: Vec<String> = several.iter().map(|label| format!("\"{label}\"")).collect();
            format!("each of the outputs {}, in this order", quoted.join(", "))
        }
    }
}

/// Labels of the image outputs, and whether they are sequences.
pub(super) fn picture_outputs(node: &NodeDescription) -> Vec<(&str, bool)> {
    let images = node.outputs.iter().filter(|output| output.kind == OutputValues::Image);
    images.map(|output| (output.label.as_str(), output.iterated)).collect()
}

pub(super) fn is_image(input: &InputDescription) -> bool {
    matches!(input.kind, InputValues::Image { .. })
}

/// The long option of an input.
pub(crate) fn option_name(input: &InputDescription) -> String {
    let name = input.name.replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("input-{name}") } else { name }
}

/// Id of an input's option in clap, which no option of ours has.
pub(super) fn option_id(input: &InputDescription) -> String {
    format!("input {}", input.name)
}

fn option(input: &InputDescription) -> Arg {
    let name = option_name(input);
    let (help, long_help) = help(input);
    let mut arg =
        Arg::new(option_id(input)).long(name.clone()).value_name(value_name(&input.kind)).help_heading("Inputs");
    if name.contains('-') {
        arg = arg.alias(name.replace('-', "_"));
    }
    match &input.kind {
        // What follows may be options again, so that only numbers may begin with a hyphen.
        _ if input.iterated => {
            arg = arg.num_args(1..).action(ArgAction::Append).allow_negative_numbers(true);
        }
        InputValues::Bool { .. } => arg = arg.num_args(0..=1).require_equals(true).default_missing_value("true"),
        InputValues::Integer { .. } | InputValues::Float { .. } | InputValues::Seed { .. } => {
            arg = arg.allow_hyphen_values(true);
        }
        _ => {}
    }
    if matches!(input.kind, InputValues::Image { .. } | InputValues::File { .. } | InputValues::Directory { .. }) {
        arg = arg.value_parser(value_parser!(PathBuf));
    }
    arg.help(help).long_help(long_help)
}

pub(super) fn value_name(kind: &InputValues) -> String {
    let numbers = |range: Option<String>, kind: &str| range.unwrap_or_else(|| kind.to_owned());
    match kind {
        InputValues::Integer { min, max, .. } => numbers(range(*min, *max), "INTEGER"),
        InputValues::Float { min, max, .. } => numbers(range(*min, *max), "NUMBER"),
        InputValues::Text { .. } => "TEXT".to_owned(),
        InputValues::Bool { .. } => "true|false".to_owned(),
        InputValues::Choice { choices, .. } => {
            let ids: Vec<String> = choices.iter().map(|choice| id_text(&choice.id)).collect();
            let all = ids.join("|");
            if all.len() <= 40 { all } else { "CHOICE".to_owned() }
        }
        InputValues::Image { colors: false, .. } | InputValues::File { .. } => "FILE".to_owned(),
        InputValues::Image { colors: true, .. } => "FILE|COLOR".to_owned(),
        InputValues::Color { .. } => "COLOR".to_owned(),
        InputValues::Directory { .. } => "DIR".to_owned(),
        InputValues::Seed { .. } => "SEED".to_owned(),
        InputValues::RelativePath { .. } => "PATH".to_owned(),
        InputValues::Clipboard | InputValues::Any => "TEXT".to_owned(),
        InputValues::Handle { .. } => "-".to_owned(),
        InputValues::ExecutionNumber => "INTEGER".to_owned(),
    }
}

/// `0..=8`, `0..` or `..=8`; `None` if unbounded.
pub fn range<T: ToString>(min: Option<T>, max: Option<T>) -> Option<String> {
    let text = |end: Option<T>| end.map(|end| end.to_string());
    match (text(min), text(max)) {
        (Some(min), Some(max)) => Some(format!("{min}..={max}")),
        (Some(min), None) => Some(format!("{min}..")),
        (None, Some(max)) => Some(format!("..={max}")),
        (None, None) => None,
    }
}

/// Help of an option: its documentation and what it takes, short and long.
fn help(input: &InputDescription) -> (String, String) {
    let (first, whole) = documentation(&input.docs);
    let first = if first.is_empty() { input.label.clone() } else { first };
    let whole = if whole.is_empty() { first.clone() } else { whole };
    let mut facts = facts(&input.kind);
    if input.iterated {
        let several = if is_image(input) { format!("; {DIRECTORIES}") } else { String::new() };
        facts.insert(0, format!("one for each item{several}"));
    }
    if input.optional {
        facts.push("optional".to_owned());
    } else if let Some(default) = default_text(&input.kind) {
        facts.push(format!("default: {default}"));
    } else if !is_image(input) {
        facts.push("required".to_owned());
    }
    let facts = facts.iter().map(|fact| format!(" [{fact}]")).collect::<String>();
    let facts = facts.trim_start();
    let mut long = format!("{whole}\n\n{facts}");
    if let InputValues::Choice { choices, .. } = &input.kind {
        long += "\n";
        for choice in choices {
            let docs = if choice.docs.is_empty() { &choice.label } else { &choice.docs };
            long += &format!("\n- {}: {}", id_text(&choice.id), docs.replace('\n', " "));
        }
    }
    (format!("{first} {facts}"), long)
}

/// What an input takes, in words.
pub(crate) fn facts(kind: &InputValues) -> Vec<String> {
    let unit = |word: &str, unit: &Option<String>| match unit {
        Some(unit) => format!("{word} in {}", unit.trim()),
        None => word.to_owned(),
    };
    let fact = match kind {
        InputValues::Integer { unit: of, .. } => unit("whole number", of),
        InputValues::Float { unit: of, .. } => unit("number", of),
        InputValues::Text { min_length, max_length, .. } => match range(Some(*min_length), *max_length) {
            Some(range) if *min_length > 0 || max_length.is_some() => format!("text of {range} characters"),
            _ => "text".to_owned(),
        },
        InputValues::Bool { .. } => "yes or no".to_owned(),
        InputValues::Choice { choices, .. } => {
            let ids: Vec<String> = choices.iter().map(|choice| id_text(&choice.id)).collect();
            format!("possible values: {}", ids.join(", "))
        }
        InputValues::Image { channels, colors } => {
            let what = if *colors { "picture or colour" } else { "picture" };
            match channels {
                Some(channels) => format!("{what} of {} channels", either(channels)),
                None => what.to_owned(),
            }
        }
        InputValues::Color { channels, .. } => match channels {
            Some(channels) => format!("#rrggbb or r,g,b of 0..=1; {} components", either(channels)),
            None => "#rrggbb or r,g,b of 0..=1".to_owned(),
        },
        InputValues::File { extensions } if extensions.is_empty() => "file".to_owned(),
        InputValues::File { extensions } => format!("file: {}", extensions.join(", ")),
        InputValues::Directory { .. } => "directory".to_owned(),
        InputValues::Seed { .. } => "whole number".to_owned(),
        InputValues::RelativePath { .. } => "relative path".to_owned(),
        InputValues::Clipboard | InputValues::Any => "text here; anything in the app".to_owned(),
        InputValues::Handle { type_name } => format!("{type_name}, which only nodes of the package make"),
        InputValues::ExecutionNumber => "number of the run".to_owned(),
    };
    vec![fact]
}

/// `1, 3 or 4`.
pub(super) fn either(numbers: &[u32]) -> String {
    let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
    match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => texts.concat(),
    }
}

fn default_text(kind: &InputValues) -> Option<String> {
    match kind {
        InputValues::Integer { default, .. } => default.map(|value| value.to_string()),
        InputValues::Float { default, .. } => default.map(|value| value.to_string()),
        InputValues::Text { default, .. } => default.as_ref().map(|text| format!("\"{text}\"")),
        InputValues::Bool { default } => default.map(|value| value.to_string()),
        InputValues::Choice { default, .. } => Some(id_text(default)),
        InputValues::Color { default, .. } => Some(default.iter().map(f64::to_string).collect::<Vec<_>>().join(",")),
        InputValues::Seed { default } => Some(default.to_string()),
        InputValues::RelativePath { default } => default.as_ref().map(|text| format!("\"{text}\"")),
        InputValues::ExecutionNumber => Some("1".to_owned()),
        InputValues::Image { .. }
        | InputValues::File { .. }
        | InputValues::Directory { .. }
        | InputValues::Clipboard
        | InputValues::Any
        | InputValues::Handle { .. } => None,
    }
}

pub(super) fn id_text(id: &ChoiceId) -> String {
    match id {
        ChoiceId::Number(number) => number.to_string(),
        ChoiceId::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{input, node, number, shape},
        *,
    };

    #[test]
    fn help_tells_range_unit_default_and_choices() {
        let inputs = vec![input("amount", false, number(0.0, 8.0)), input("shape", false, shape())];
        let text = command(&node(inputs, &[OutputValues::Image])).render_long_help().to_string();
        for part in
            ["--amount <0..=8>", "[number in EV] [default: 1]", "--shape <round|oval>", "- oval: Oval (fit)", "More."]
        {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}
