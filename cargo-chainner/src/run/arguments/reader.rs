//! The value of one input, as a command line gives it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chainner_sdk::{
    library::{ChoiceDescription, ChoiceId, InputDescription, InputValues, NodeDescription, WireValue},
    value::Color,
};

use crate::{
    child::Argument,
    codes::Code,
    error::{Failure, did_you_mean},
    project::listed,
};

use super::super::picture;
use super::command::{either, id_text, option_name, range, value_name};

pub(super) fn see_help(node: &NodeDescription) -> String {
    format!("`cargo chainner run {} --help` lists the inputs", node.function)
}

/// Reads the value of one input.
pub(super) struct Reader<'a> {
    pub(super) node: &'a NodeDescription,
    pub(super) input: &'a InputDescription,
}

impl Reader<'_> {
    fn failure(&self, code: Code, said: impl std::fmt::Display) -> Failure {
        Failure::new(code, format!("--{} {said} (node {})", option_name(self.input), self.node.function))
    }

    /// What stands for an input that is not given.
    pub(super) fn without(&self) -> Result<Argument, Failure> {
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

    /// That there is nothing to work on.
    pub(super) fn no_items(&self) -> Failure {
        let (name, value) = (option_name(self.input), value_name(&self.input.kind));
        let help = match self.input.kind {
            InputValues::Image { .. } => format!("add files or a directory, or `--{name} {value}...`"),
            _ => format!("add `--{name} {value}...`"),
        };
        self.failure(Code::MissingValue, "is a sequence, and there are no items").help(help)
    }

    /// The pictures that one word stands for: those of a directory, or of a pattern that the shell has left as it is. Nothing if it is
    /// neither.
    pub(super) fn pictures(&self, given: &Path) -> Result<Option<Vec<PathBuf>>, Failure> {
        let is_picture = |path: &PathBuf| picture::Format::of(path).is_ok() && path.is_file();
        let mut found: Vec<PathBuf> = if given.is_dir() {
            let entries = fs::read_dir(given).map_err(|error| Failure::unreadable(given, &error))?;
            entries.flatten().map(|entry| entry.path()).filter(is_picture).collect()
        } else {
            let pattern = given.to_str().filter(|text| text.contains(['*', '?']) && !given.exists());
            let Some(pattern) = pattern else { return Ok(None) };
            let Ok(paths) = glob::glob(pattern) else { return Ok(None) };
            paths.flatten().filter(is_picture).collect()
        };
        found.sort();
        if found.is_empty() {
            let what = if given.is_dir() { "holds no PNG or JPEG file" } else { "stands for no PNG or JPEG file" };
            let failure = self.failure(Code::BadValue, format_args!("= {} {what}", given.display()));
            return Err(failure.help("check the path"));
        }
        Ok(Some(found))
    }

    pub(super) fn picture(&self, given: &Path, colors: bool) -> Result<Argument, Failure> {
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

    pub(super) fn path(&self, given: &Path) -> Result<Argument, Failure> {
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

    pub(super) fn value(&self, kind: &InputValues, text: &str) -> Result<WireValue, Failure> {
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
    use super::{
        super::fixture::{input, node, number, read, shape},
        *,
    };

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
}
