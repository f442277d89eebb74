//! Colours of handles: one for each type that has one, grey for all others.

use chainner_sdk::library::{InputValues, OutputValues};

/// What a value is, as far as a handle shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Hue {
    Image,
    Number,
    Text,
    Bool,
    Color,
    Directory,
    Other,
}

impl Hue {
    /// Class of its colour in the style sheets.
    pub(in super::super) fn class(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Number => "number",
            Self::Text => "text",
            Self::Bool => "bool",
            Self::Color => "color",
            Self::Directory => "directory",
            Self::Other => "other",
        }
    }

    /// Its colour, the same in the dark and in the light.
    pub(super) fn paint(self) -> &'static str {
        match self {
            Self::Image => "#d3942c",
            Self::Number => "#4a8fdb",
            Self::Text => "#2fa37c",
            Self::Bool => "#9070de",
            Self::Color => "#d95f8d",
            Self::Directory => "#a4794b",
            Self::Other => "#8790a0",
        }
    }
}

/// What an input takes: the word for it, and its colours.
pub(in super::super) fn of_input(kind: &InputValues) -> (String, Vec<Hue>) {
    let (word, hues): (&str, &[Hue]) = match kind {
        InputValues::Integer { .. } | InputValues::Float { .. } => ("Number", &[Hue::Number]),
        InputValues::Text { .. } | InputValues::RelativePath { .. } => ("Text", &[Hue::Text]),
        InputValues::Bool { .. } => ("Yes/no", &[Hue::Bool]),
        InputValues::Choice { .. } => ("Choice", &[Hue::Other]),
        InputValues::Image { colors: false, .. } => ("Image", &[Hue::Image]),
        InputValues::Image { colors: true, .. } => ("Image or Color", &[Hue::Image, Hue::Color]),
        InputValues::Color { .. } => ("Color", &[Hue::Color]),
        InputValues::File { .. } => ("File", &[Hue::Other]),
        InputValues::Directory { .. } => ("Directory", &[Hue::Directory]),
        InputValues::Seed { .. } => ("Seed", &[Hue::Other]),
        InputValues::Clipboard => ("Image or Text", &[Hue::Image, Hue::Text]),
        InputValues::Any => ("Any", &[Hue::Other]),
        InputValues::Handle { type_name } => {
            return (type_name.rsplit("::").next().unwrap_or(type_name).to_owned(), vec![Hue::Other]);
        }
        InputValues::ExecutionNumber => ("Number", &[Hue::Number]),
    };
    (word.to_owned(), hues.to_vec())
}

/// What an output gives: the word for it, and its colour. `ty` is its type, for those of the author's.
pub(in super::super) fn of_output(kind: OutputValues, ty: &str) -> (String, Hue) {
    let (word, hue) = match kind {
        OutputValues::Image => ("Image", Hue::Image),
        OutputValues::Integer | OutputValues::Float => ("Number", Hue::Number),
        OutputValues::Text => ("Text", Hue::Text),
        OutputValues::Bool => ("Yes/no", Hue::Bool),
        OutputValues::Color => ("Color", Hue::Color),
        OutputValues::Directory => ("Directory", Hue::Directory),
        OutputValues::Seed => ("Seed", Hue::Other),
        OutputValues::Any => ("Any", Hue::Other),
        OutputValues::Handle => {
            // A name of the author's, without what else the type may say.
            let name: String = ty.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
            let name = name.rsplit("::").next().unwrap_or_default().to_owned();
            return (if name.is_empty() { "Object".to_owned() } else { name }, Hue::Other);
        }
    };
    (word.to_owned(), hue)
}
