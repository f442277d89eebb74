//! The command line of a node: made from its description, and turned into the values of a call.

use std::path::{Path, PathBuf};

use chainner_sdk::{
    library::{ChoiceDescription, ChoiceId, InputDescription, InputValues, NodeDescription, OutputValues, WireValue},
    value::Color,
};
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};

use crate::{
    child::{Argument, Call},
    codes::Code,
    error::{Failure, did_you_mean},
    project::listed,
};

use super::{
    picture::{self, Depth},
    report,
};

/// Id of the positional argument.
const FILES: &str = "FILES";
const OUTPUT: &str = "output";
const DEPTH: &str = "depth";
const FORMAT: &str = "message-format";
/// Long options that are the same for all nodes.
const TAKEN: &[&str] = &[OUTPUT, DEPTH, FORMAT, "help"];

/// What the command line of a node asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The call.
    pub call: Call,
    /// How values are printed.
    pub format: report::Format,
}

/// The command line of a node.
pub fn command(node: &NodeDescription) -> Command {
    let name = format!("cargo chainner run {}", node.function);
    let mut usage = name.clone();
    let images: Vec<&InputDescription> = node.inputs.iter().filter(|input| is_image(input)).collect();
    for input in &images {
        let value = input.name.to_uppercase();
        usage += &if input.optional { format!(" [{value}]") } else { format!(" <{value}>") };
    }
    usage += " [OPTIONS]";
    let pictures = picture_outputs(node);
    usage += &" -o <FILE>".repeat(pictures.len());

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
        command = command.arg(
            Arg::new(FILES)
                .value_name(names.join(" "))
                .num_args(0..)
                .help("Pictures (PNG or JPEG), in the order of the image inputs below"),
        );
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
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .action(ArgAction::Append)
                    .help_heading("Output")
                    .help(format!("PNG or JPEG file for {}; `-` leaves it out", each(&pictures))),
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
            .value_parser(PossibleValuesParser::new(["human", "json"]))
            .default_value("human")
            .help_heading("Output")
            .help("How other values are printed on stdout"),
    )
}

/// Summary and whole text of a documentation.
fn documentation(docs: &str) -> (String, String) {
    let first = docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    (first, docs.to_owned())
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

/// Labels of the image outputs.
fn picture_outputs(node: &NodeDescription) -> Vec<&str> {
    let images = node.outputs.iter().filter(|output| output.kind == OutputValues::Image);
    images.map(|output| output.label.as_str()).collect()
}

fn is_image(input: &InputDescription) -> bool {
    matches!(input.kind, InputValues::Image { .. })
}

/// The long option of an input.
fn option_name(input: &InputDescription) -> String {
    let name = input.name.replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("input-{name}") } else { name }
}

/// Id of an input's option in clap, which no option of ours has.
fn option_id(input: &InputDescription) -> String {
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

fn value_name(kind: &InputValues) -> String {
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

fn facts(kind: &InputValues) -> Vec<String> {
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
fn either(numbers: &[u32]) -> String {
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

fn id_text(id: &ChoiceId) -> String {
    match id {
        ChoiceId::Number(number) => number.to_string(),
        ChoiceId::Text(text) => text.clone(),
    }
}

impl Request {
    /// Reads the values of a command line.
    ///
    /// # Errors
    /// A value is missing, or not one that its input takes; files do not match inputs or outputs.
    pub fn new(node: &NodeDescription, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut files = match matches.try_get_many::<String>(FILES) {
            Ok(files) => files.into_iter().flatten(),
            Err(_) => None.into_iter().flatten(),
        };
        let mut arguments = Vec::with_capacity(node.inputs.len());
        for input in &node.inputs {
            let reader = Reader { node, input };
            arguments.push(match &input.kind {
                InputValues::Image { colors, .. } => {
                    let option = matches.get_one::<PathBuf>(&option_id(input));
                    let given = option.map(PathBuf::as_path).or_else(|| files.next().map(Path::new));
                    match given {
                        Some(file) => reader.picture(file, *colors)?,
                        None => reader.without()?,
                    }
                }
                InputValues::File { .. } | InputValues::Directory { .. } => {
                    match matches.get_one::<PathBuf>(&option_id(input)) {
                        Some(path) => reader.path(path)?,
                        None => reader.without()?,
                    }
                }
                kind => match matches.get_one::<String>(&option_id(input)) {
                    Some(text) => Argument::Value(reader.value(kind, text)?),
                    None => reader.without()?,
                },
            });
        }
        if let Some(surplus) = files.next() {
            let count = node.inputs.iter().filter(|input| is_image(input)).count();
            let message = format!("`{surplus}` is one file too many: node {} has {count} image inputs", node.function);
            return Err(Failure::new(Code::TooManyFiles, message).help(see_help(node)));
        }
        let depth = matches.try_get_one::<String>(DEPTH).ok().flatten();
        let depth = depth.map(|bits| if bits == "16" { Depth::Sixteen } else { Depth::Eight });
        let format = match matches.get_one::<String>(FORMAT).map(String::as_str) {
            Some("json") => report::Format::Json,
            _ => report::Format::Human,
        };
        let files = outputs(node, matches, depth)?;
        Ok(Self { call: Call { node: node.id.clone(), arguments, files, depth, progress: None }, format })
    }
}

fn see_help(node: &NodeDescription) -> String {
    format!("`cargo chainner run {} --help` lists the inputs", node.function)
}

/// The files for the image outputs.
fn outputs(
    node: &NodeDescription,
    matches: &ArgMatches,
    depth: Option<Depth>,
) -> Result<Vec<Option<PathBuf>>, Failure> {
    let labels = picture_outputs(node);
    let given: Vec<&PathBuf> = match matches.try_get_many::<PathBuf>(OUTPUT) {
        Ok(files) => files.into_iter().flatten().collect(),
        Err(_) => Vec::new(),
    };
    if given.len() != labels.len() {
        let names: Vec<String> = labels.iter().map(|label| file_name(label)).collect();
        let help = format!("add {}", names.iter().map(|name| format!("`-o {name}`")).collect::<Vec<_>>().join(" "));
        let message = match (labels.as_slice(), given.len()) {
            ([label], 0) => format!("there is no file for the output \"{label}\" of node {}", node.function),
            (labels, count) => format!(
                "node {} has {} image outputs ({}), and there are {count} `-o`",
                node.function,
                labels.len(),
                labels.join(", ")
            ),
        };
        return Err(Failure::new(Code::Outputs, message).help(help));
    }
    let mut files: Vec<Option<PathBuf>> = Vec::new();
    for file in given {
        if file.as_os_str() == "-" {
            files.push(None);
            continue;
        }
        let format = picture::Format::of(file)?;
        if format == picture::Format::Jpeg && depth == Some(Depth::Sixteen) {
            let message = format!("JPEG has 8 bits for each sample: `{}`", file.display());
            let help = format!("write a PNG: `-o {}`", file.with_extension("png").display());
            return Err(Failure::new(Code::PictureFormat, message).help(help));
        }
        let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
            let message = format!("there is no directory `{}` for `{}`", directory.display(), file.display());
            return Err(
                Failure::new(Code::Outputs, message).help(format!("make it: `mkdir -p {}`", directory.display()))
            );
        }
        if files.iter().flatten().any(|other| other == file) {
            let message = format!("two outputs would be written to `{}`", file.display());
            return Err(Failure::new(Code::Outputs, message).help("give each `-o` a file of its own"));
        }
        files.push(Some(file.clone()));
    }
    Ok(files)
}

/// A file name made from a label: `Color Mask` is `color-mask.png`.
fn file_name(label: &str) -> String {
    let words: Vec<String> = label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("{}.png", if words.is_empty() { "out".to_owned() } else { words.join("-") })
}

/// Reads the value of one input.
struct Reader<'a> {
    node: &'a NodeDescription,
    input: &'a InputDescription,
}

impl Reader<'_> {
    fn failure(&self, code: Code, said: impl std::fmt::Display) -> Failure {
        Failure::new(code, format!("--{} {said} (node {})", option_name(self.input), self.node.function))
    }

    /// What stands for an input that is not given.
    fn without(&self) -> Result<Argument, Failure> {
        if self.input.optional {
            return Ok(Argument::Value(WireValue::Missing));
        }
        let value = match &self.input.kind {
            InputValues::Integer { default, .. } => default.map(WireValue::Integer),
            InputValues::Float { default, .. } => default.map(|value| WireValue::Float(value.into())),
            InputValues::Text { default, .. } => default.clone().map(WireValue::Text),
            InputValues::Bool { default } => default.map(WireValue::Bool),
            InputValues::Choice { default, .. } => Some(wire_id(default)),
            InputValues::Color { default, .. } => {
                Some(WireValue::Color(default.iter().map(|&component| component as f32).collect()))
            }
            InputValues::Seed { default } => Some(WireValue::Seed(*default)),
            InputValues::RelativePath { default } => default.clone().map(WireValue::Text),
            InputValues::ExecutionNumber => Some(WireValue::Integer(1)),
            InputValues::Any => Some(WireValue::Missing),
            InputValues::Image { .. }
            | InputValues::File { .. }
            | InputValues::Directory { .. }
            | InputValues::Clipboard
            | InputValues::Handle { .. } => None,
        };
        value.map(Argument::Value).ok_or_else(|| {
            let name = option_name(self.input);
            let value = value_name(&self.input.kind);
            let help = match self.input.kind {
                InputValues::Image { .. } => format!("add a file, or `--{name} {value}`"),
                InputValues::Bool { .. } => format!("add `--{name}` or `--{name}=false`"),
                InputValues::Handle { .. } => {
                    "such a value only comes from another node; call the node in a test, or from Python".to_owned()
                }
                _ => format!("add `--{name} {value}`"),
            };
            self.failure(Code::MissingValue, "is missing").help(help)
        })
    }

    fn picture(&self, given: &Path, colors: bool) -> Result<Argument, Failure> {
        if given.is_file() {
            return Ok(Argument::Picture(given.to_owned()));
        }
        let color = given.to_str().and_then(|text| text.parse::<Color>().ok());
        match color {
            Some(color) if colors => Ok(Argument::Value(WireValue::Color(color.components()))),
            Some(_) => Err(self
                .failure(
                    Code::BadValue,
                    format_args!("= {} is a colour, and the input takes pictures only", given.display()),
                )
                .help("give the path of a PNG or JPEG file")),
            None => {
                let what = if given.is_dir() { "is a directory" } else { "is no file" };
                Err(self.failure(Code::BadValue, format_args!("= {} {what}", given.display())).help(if colors {
                    "give the path of a PNG or JPEG file, or a colour such as #b7791f"
                } else {
                    "give the path of a PNG or JPEG file"
                }))
            }
        }
    }

    fn path(&self, given: &Path) -> Result<Argument, Failure> {
        let Some(text) = given.to_str() else {
            return Err(self.failure(Code::BadValue, format_args!("= {} is not Unicode", given.display())));
        };
        let refused =
            |what: &str, help: &str| Err(self.failure(Code::BadValue, format_args!("= {text} {what}")).help(help));
        match &self.input.kind {
            InputValues::File { .. } if !given.is_file() => refused("is no file", "check the path"),
            InputValues::File { extensions } => {
                let name = text.to_lowercase();
                if extensions.is_empty() || extensions.iter().any(|extension| name.ends_with(extension.as_str())) {
                    Ok(Argument::Value(WireValue::Path(text.to_owned())))
                } else {
                    let help = format!("give a file that ends with {}", extensions.join(", "));
                    refused("is a file of another type", &help)
                }
            }
            InputValues::Directory { must_exist: true } if !given.is_dir() => {
                refused("is no directory", "check the path, or make the directory")
            }
            _ => Ok(Argument::Value(WireValue::Path(text.to_owned()))),
        }
    }

    fn value(&self, kind: &InputValues, text: &str) -> Result<WireValue, Failure> {
        match kind {
            InputValues::Integer { min, max, .. } => {
                let value: i64 = text.trim().parse().map_err(|_| self.not_a("a whole number", text))?;
                self.within(value, *min, *max)?;
                Ok(WireValue::Integer(value))
            }
            InputValues::Float { min, max, .. } => {
                let value: f64 = text.trim().parse().map_err(|_| self.not_a("a number", text))?;
                if !value.is_finite() {
                    return Err(self.not_a("a finite number", text));
                }
                self.within(value, *min, *max)?;
                Ok(WireValue::Float(value.into()))
            }
            InputValues::Seed { .. } => {
                let value = text.trim().parse().map_err(|_| self.not_a("a whole number", text))?;
                Ok(WireValue::Seed(value))
            }
            InputValues::Text { min_length, max_length, .. } => {
                let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                if length < *min_length || max_length.is_some_and(|max| length > max) {
                    let range = range(Some(*min_length), *max_length).unwrap_or_default();
                    let said = format!("= \"{text}\" has {length} characters, outside {range}");
                    return Err(self.failure(Code::OutOfRange, said).help("give a text of that length"));
                }
                Ok(WireValue::Text(text.to_owned()))
            }
            InputValues::Bool { .. } => match text.to_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Ok(WireValue::Bool(true)),
                "false" | "no" | "off" | "0" => Ok(WireValue::Bool(false)),
                _ => Err(self.not_a("yes or no", text)),
            },
            InputValues::Choice { choices, .. } => self.choice(choices, text),
            InputValues::Color { channels, .. } => {
                let color: Color = text.parse().map_err(|_| {
                    let failure = self.failure(Code::BadValue, format_args!("= {text} is not a colour"));
                    failure.help("write #rrggbb, or components from 0 to 1: r,g,b")
                })?;
                match channels {
                    Some(accepted) if !accepted.contains(&color.channels()) => {
                        let said =
                            format!("= {text} has {} components, expected {}", color.channels(), either(accepted));
                        Err(self.failure(Code::BadValue, said).help("write as many components, separated by commas"))
                    }
                    _ => Ok(WireValue::Color(color.components())),
                }
            }
            InputValues::RelativePath { .. } | InputValues::Clipboard | InputValues::Any => {
                Ok(WireValue::Text(text.to_owned()))
            }
            InputValues::ExecutionNumber => {
                let value = text.trim().parse().map_err(|_| self.not_a("a whole number", text))?;
                Ok(WireValue::Integer(value))
            }
            InputValues::Handle { type_name } => {
                let said = format!("takes a {type_name}, which cannot be written on a command line");
                Err(self.failure(Code::BadValue, said).help("call the node in a test, or from Python"))
            }
            InputValues::Image { .. } | InputValues::File { .. } | InputValues::Directory { .. } => {
                Err(self.not_a("a value", text))
            }
        }
    }

    fn not_a(&self, expected: &str, text: &str) -> Failure {
        self.failure(Code::BadValue, format_args!("= {text} is not {expected}")).help(see_help(self.node))
    }

    fn within<T: PartialOrd + ToString + Copy>(&self, value: T, min: Option<T>, max: Option<T>) -> Result<(), Failure> {
        if min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max) {
            return Ok(());
        }
        let range = range(min, max).unwrap_or_default();
        let nearest = [min, max].into_iter().flatten().find(|end| match min {
            Some(min) if value < min => *end == min,
            _ => Some(*end) == max,
        });
        let failure = self.failure(Code::OutOfRange, format_args!("= {} is outside {range}", value.to_string()));
        Err(match nearest {
            Some(end) => {
                failure.help(format!("the nearest value is `--{} {}`", option_name(self.input), end.to_string()))
            }
            None => failure,
        })
    }

    fn choice(&self, choices: &[ChoiceDescription], text: &str) -> Result<WireValue, Failure> {
        let wanted = text.trim();
        let same = |choice: &&ChoiceDescription| id_text(&choice.id) == wanted;
        let alike = |choice: &&ChoiceDescription| {
            let id = id_text(&choice.id);
            id.eq_ignore_ascii_case(wanted)
                || id.replace('_', "-") == wanted
                || choice.label.eq_ignore_ascii_case(wanted)
        };
        if let Some(choice) = choices.iter().find(same).or_else(|| choices.iter().find(alike)) {
            return Ok(wire_id(&choice.id));
        }
        let ids: Vec<String> = choices.iter().map(|choice| id_text(&choice.id)).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let failure = self.failure(Code::BadValue, format_args!("= {text} is none of {}", listed(&ids)));
        Err(match did_you_mean(wanted, ids) {
            Some(id) => failure.help(format!("did you mean `{id}`?")),
            None => failure.help(see_help(self.node)),
        })
    }
}

fn wire_id(id: &ChoiceId) -> WireValue {
    match id {
        ChoiceId::Number(number) => WireValue::Integer(*number),
        ChoiceId::Text(text) => WireValue::Text(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::{OutputDescription, Place};

    use super::*;

    fn place() -> Place {
        Place { file: "src/lib.rs".to_owned(), line: 1, column: 1 }
    }

    fn input(name: &str, optional: bool, kind: InputValues) -> InputDescription {
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

    fn number(min: f64, max: f64) -> InputValues {
        InputValues::Float { default: Some(1.0), min: Some(min), max: Some(max), unit: Some("EV".to_owned()) }
    }

    fn shape() -> InputValues {
        let choice = |id: &str, label: &str| ChoiceDescription {
            id: ChoiceId::Text(id.to_owned()),
            label: label.to_owned(),
            docs: String::new(),
        };
        let choices = vec![choice("round", "Round"), choice("oval", "Oval (fit)")];
        InputValues::Choice { default: ChoiceId::Text("round".to_owned()), choices }
    }

    fn node(inputs: Vec<InputDescription>, outputs: &[OutputValues]) -> NodeDescription {
        let output =
            |&kind| OutputDescription { label: format!("{kind:?}"), docs: String::new(), iterated: false, kind };
        NodeDescription {
            id: "film_lab:light:vignette".to_owned(),
            function: "vignette".to_owned(),
            name: "Vignette".to_owned(),
            docs: "Darkens.\n\nMore.".to_owned(),
            place: place(),
            inputs,
            outputs: outputs.iter().map(output).collect(),
        }
    }

    fn read(node: &NodeDescription, words: &[&str]) -> Result<Request, Failure> {
        let command = command(node);
        command.clone().debug_assert();
        Request::new(node, &command.try_get_matches_from(words).expect("clap takes them"))
    }

    fn value(kind: InputValues, words: &[&str]) -> Result<Argument, Failure> {
        read(&node(vec![input("edge_width", false, kind)], &[]), words)
            .map(|mut request| request.call.arguments.remove(0))
    }

    fn refusal(kind: InputValues, words: &[&str]) -> (Code, String, String) {
        let failure = value(kind, words).expect_err("refused");
        (failure.code, failure.message, failure.help.expect("help"))
    }

    #[test]
    fn numbers_are_read_in_their_range() {
        let float = |value: f64| Argument::Value(WireValue::Float(value.into()));
        assert_eq!(value(number(-2.0, 8.0), &["--edge-width", "-1.5"]), Ok(float(-1.5)));
        assert_eq!(value(number(0.0, 8.0), &["--edge_width=8"]), Ok(float(8.0)));
        assert_eq!(value(number(0.0, 8.0), &[]), Ok(float(1.0)));
        let (code, message, help) = refusal(number(0.0, 100.0), &["--edge-width", "180"]);
        assert_eq!(code, Code::OutOfRange);
        assert_eq!(message, "--edge-width = 180 is outside 0..=100 (node vignette)");
        assert_eq!(help, "the nearest value is `--edge-width 100`");
        for text in ["wide", "nan", "inf", ""] {
            assert_eq!(refusal(number(0.0, 1.0), &["--edge-width", text]).0, Code::BadValue, "{text}");
        }
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        let kind = || InputValues::Integer { default: Some(2), min: Some(1), max: None, unit: None };
        assert_eq!(value(kind(), &[]), Ok(Argument::Value(WireValue::Integer(2))));
        assert_eq!(refusal(kind(), &["--edge-width", "2.5"]).0, Code::BadValue);
        assert_eq!(refusal(kind(), &["--edge-width", "0"]).1, "--edge-width = 0 is outside 1.. (node vignette)");
    }

    #[test]
    fn choices_are_read_by_id_and_label() {
        for (text, id) in [("oval", "oval"), ("Oval (fit)", "oval"), ("ROUND", "round")] {
            assert_eq!(value(shape(), &["--edge-width", text]), Ok(Argument::Value(WireValue::Text(id.to_owned()))));
        }
        let (code, message, help) = refusal(shape(), &["--edge-width", "ovla"]);
        assert_eq!((code, help.as_str()), (Code::BadValue, "did you mean `oval`?"));
        assert!(message.contains("none of `round` and `oval`"), "{message}");
    }

    #[test]
    fn switches_need_no_value() {
        let kind = |default| InputValues::Bool { default };
        let yes = |value| Ok(Argument::Value(WireValue::Bool(value)));
        assert_eq!(value(kind(Some(false)), &["--edge-width"]), yes(true));
        assert_eq!(value(kind(Some(true)), &["--edge-width=no"]), yes(false));
        assert_eq!(value(kind(Some(true)), &[]), yes(true));
        assert_eq!(refusal(kind(None), &[]).0, Code::MissingValue);
        assert_eq!(refusal(kind(None), &["--edge-width=maybe"]).0, Code::BadValue);
    }

    #[test]
    fn texts_have_their_length_and_colours_their_components() {
        let text = || InputValues::Text { default: None, min_length: 1, max_length: Some(3) };
        assert_eq!(value(text(), &["--edge-width", "äöü"]), Ok(Argument::Value(WireValue::Text("äöü".to_owned()))));
        assert_eq!(refusal(text(), &["--edge-width", "four"]).0, Code::OutOfRange);
        assert_eq!(refusal(text(), &[]).0, Code::MissingValue);
        let color = || InputValues::Color { default: vec![0.0; 3], channels: Some(vec![3]) };
        let amber = Ok(Argument::Value(WireValue::Color(vec![1.0, 0.5, 0.0])));
        assert_eq!(value(color(), &["--edge-width", "1,0.5,0"]), amber);
        assert_eq!(
            value(color(), &["--edge-width", "#ff0000"]),
            Ok(Argument::Value(WireValue::Color(vec![1.0, 0.0, 0.0])))
        );
        assert_eq!(refusal(color(), &["--edge-width", "0.5"]).0, Code::BadValue);
        assert_eq!(refusal(color(), &["--edge-width", "red"]).0, Code::BadValue);
    }

    #[test]
    fn files_go_to_the_image_inputs_in_order() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let [a, b] = ["a.png", "b.png"].map(|name| {
            let path = directory.path().join(name);
            std::fs::write(&path, "").expect("written");
            path
        });
        let [a_text, b_text] = [&a, &b].map(|path| path.to_str().expect("Unicode"));
        let image = |colors| InputValues::Image { channels: None, colors };
        let inputs = || {
            vec![
                input("base", false, image(false)),
                input("over", false, image(true)),
                input("mask", true, image(false)),
            ]
        };
        let node = node(inputs(), &[]);
        let picture = |path: &PathBuf| Argument::Picture(path.clone());
        let missing = Argument::Value(WireValue::Missing);
        let given = |words: &[&str]| read(&node, words).map(|request| request.call.arguments);
        assert_eq!(given(&[a_text, b_text]), Ok(vec![picture(&a), picture(&b), missing.clone()]));
        assert_eq!(given(&[b_text, "--base", a_text]), Ok(vec![picture(&a), picture(&b), missing.clone()]));
        let white = Argument::Value(WireValue::Color(vec![1.0; 3]));
        assert_eq!(given(&[a_text, "#fff"]), Ok(vec![picture(&a), white, missing]));
        let code = |words: &[&str]| given(words).expect_err("refused").code;
        assert_eq!(code(&[a_text]), Code::MissingValue);
        assert_eq!(code(&["#fff", a_text]), Code::BadValue);
        assert_eq!(code(&[a_text, "none.png"]), Code::BadValue);
        assert_eq!(code(&[a_text, a_text, a_text, a_text]), Code::TooManyFiles);
    }

    #[test]
    fn each_image_output_has_its_file() {
        let two = node(vec![], &[OutputValues::Image, OutputValues::Float, OutputValues::Image]);
        let files = read(&two, &["-o", "a.png", "-o", "-"]).expect("read").call.files;
        assert_eq!(files, [Some(PathBuf::from("a.png")), None]);
        let failure = |words: &[&str]| read(&two, words).expect_err("refused");
        assert_eq!(failure(&["-o", "a.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.png", "-o", "a.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.png", "-o", "no/such/b.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.webp", "-o", "-"]).code, Code::PictureFormat);
        assert_eq!(failure(&["-o", "a.jpg", "-o", "-", "--depth", "16"]).code, Code::PictureFormat);
        let none = node(vec![], &[OutputValues::Text]);
        assert!(command(&none).try_get_matches_from(["-o", "a.png"]).is_err());
    }

    #[test]
    fn paths_exist_and_have_the_right_type() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("a.CUBE");
        std::fs::write(&file, "").expect("written");
        let text = file.to_str().expect("Unicode");
        let lut = |extension: &str| InputValues::File { extensions: vec![extension.to_owned()] };
        assert!(value(lut(".cube"), &["--edge-width", text]).is_ok());
        assert_eq!(refusal(lut(".png"), &["--edge-width", text]).0, Code::BadValue);
        assert_eq!(refusal(lut(".cube"), &["--edge-width", "none.cube"]).0, Code::BadValue);
        let existing = |must_exist| InputValues::Directory { must_exist };
        assert_eq!(refusal(existing(true), &["--edge-width", text]).0, Code::BadValue);
        assert!(value(existing(false), &["--edge-width", "new"]).is_ok());
    }

    #[test]
    fn names_that_are_taken_give_way() {
        let kind = || InputValues::Seed { default: 0 };
        let inputs = ["output", "depth", "help", "message_format"].map(|name| input(name, false, kind()));
        let node = node(inputs.to_vec(), &[OutputValues::Image]);
        let request = read(&node, &["--input-depth", "-5", "-o", "a.png"]).expect("read");
        assert_eq!(request.call.arguments[1], Argument::Value(WireValue::Seed(-5)));
    }

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
