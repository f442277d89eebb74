//! The one table of keys: it drives the parser, "did you mean", the checks of chainner-sdk, completion and the documentation.

/// A key of an attribute or of `package!`.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Kinds of inputs, or of outputs, that it is allowed on.
    pub(crate) kinds: &'static [&'static str],
    pub(crate) form: Form,
    pub(crate) meaning: &'static str,
    pub(crate) example: &'static str,
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Bare, or `= true`, `= false`.
    Flag,
    /// `= "…"`
    Text,
    /// `= ["…", "…"]`
    Texts,
    /// `= 3`
    Integer,
    /// `= 3` or `= [1, 3]`
    Integers,
    /// `= "…"` or `= 3`
    Stored,
    /// `= …`, any Rust expression
    Expression,
    /// `= [a, b]`, Rust expressions
    Expressions,
    /// `= a..=b`, `= a..`, `= ..=b`
    Range,
    /// `= 3` or `= unlimited`
    Precision,
    /// `= ("…", "…")`, either `None`
    Ends,
    /// `= word`
    Word(&'static [&'static str]),
    /// `(condition over inputs)`
    Condition,
    /// `= name of an input`
    Input,
    /// `= expression over inputs`
    Formula,
    /// `= ::path`
    Path,
    /// `= [{ … }]`
    Structs,
}

macro_rules! keys {
    ($($name:literal [$kinds:expr] $form:expr, $meaning:literal, $example:literal;)*) => {
        &[$(Key { name: $name, kinds: $kinds, form: $form, meaning: $meaning, example: $example }),*]
    };
}

/// Every kind of input.
pub(crate) const ALL: &[&str] =
    &["integer", "float", "text", "bool", "choice", "image", "color", "file", "directory", "seed"];
const STARTING: &[&str] = &["integer", "float", "text", "bool", "choice", "color", "seed"];
const PLUGGABLE: &[&str] = &["text", "bool", "file", "directory"];
const NUMBER: &[&str] = &["integer", "float"];
const FLOAT: &[&str] = &["float"];
const TEXT: &[&str] = &["text"];
const PIXELS: &[&str] = &["image", "color"];
const LABELLED: &[&str] = &["integer", "float", "text", "choice", "directory"];
const ANY: &[&str] = &["image", "integer", "float", "text", "bool", "color", "directory", "seed"];
const NARROWED: &[&str] = &["image", "integer", "float", "text", "bool", "color", "directory"];

pub(crate) const STYLES: &[&str] = &["dropdown", "checkbox", "tabs", "icons", "anchor"];

/// Keys of `#[input(…)]`.
pub(crate) const INPUT: &[Key] = keys! {
    "label" [ALL] Form::Text, "text shown beside the input; from the argument's name otherwise", r#"label = "Radius""#;
    "id" [ALL] Form::Integer, "id in saved chains; the position otherwise", "id = 3";
    "default" [STARTING] Form::Expression, "value of a new node: a constant expression of the argument's type", "default = 1.0";
    "when" [ALL] Form::Condition, "the input is shown only while this holds", "when(shape == Shape::Oval)";
    "hint" [ALL] Form::Flag, "the help is also a tooltip on the node", "hint";
    "suggest" [ALL] Form::Flag, "the node is suggested for connections that fit here", "suggest";
    "handle" [PLUGGABLE] Form::Flag, "whether an edge can be plugged in", "handle = false";
    "range" [NUMBER] Form::Range, "least and greatest value, both inclusive", "range = 0.0..=8.0";
    "step" [NUMBER] Form::Expression, "step of the arrows; its digits are kept unless `precision` says otherwise", "step = 0.1";
    "slider_step" [NUMBER] Form::Expression, "step of the slider", "slider_step = 0.5";
    "precision" [FLOAT] Form::Precision, "digits kept after the point", "precision = 2";
    "unit" [NUMBER] Form::Text, "text behind the number", r#"unit = "px""#;
    "slider" [NUMBER] Form::Flag, "a slider instead of a box", "slider";
    "scale" [NUMBER] Form::Word(&["linear", "log", "log_offset", "sqrt"]), "how the slider maps its position", "scale = log";
    "ends" [NUMBER] Form::Ends, "captions left and right of the slider", r#"ends = ("soft", "hard")"#;
    "gradient" [NUMBER] Form::Texts, "CSS colours of the slider's track", r##"gradient = ["#000", "#fff"]"##;
    "note" [NUMBER] Form::Text, "JavaScript expression over `value`, `min`, `max`, shown under the slider", r#"note = "`${value * 100} %`""#;
    "trailing_zeros" [FLOAT] Form::Flag, "whether `1.50` is shown as such", "trailing_zeros";
    "length" [TEXT] Form::Range, "least and greatest number of characters, both inclusive", "length = 1..=80";
    "placeholder" [TEXT] Form::Text, "text of the empty box", r#"placeholder = "name""#;
    "multiline" [TEXT] Form::Flag, "an area instead of a line", "multiline";
    "allow_empty" [TEXT] Form::Flag, "the emptied box is a value", "allow_empty";
    "invalid_pattern" [TEXT] Form::Text, "JavaScript regular expression of characters that cannot be typed", r#"invalid_pattern = "[^0-9]""#;
    "channels" [PIXELS] Form::Integers, "accepted numbers of channels", "channels = [1, 3]";
    "filetypes" [&["file"]] Form::Texts, "accepted extensions, lower case with the dot", r#"filetypes = [".cube"]"#;
    "file_kind" [&["file"]] Form::Text, "the app's tag of the file", r#"file_kind = "image""#;
    "primary" [&["file"]] Form::Flag, "dropping such a file on the canvas creates the node", "primary";
    "must_exist" [&["directory"]] Form::Flag, "whether the directory has to be there", "must_exist = false";
    "style" [&["choice"]] Form::Word(STYLES), "how the choice is drawn", "style = tabs";
    "icon" [&["bool"]] Form::Text, "icon of the check box", r#"icon = "MdFlip""#;
    "label_style" [LABELLED] Form::Word(&["default", "inline", "hidden"]), "where the label stands", "label_style = hidden";
};

/// Keys of `#[input(…)]` that mean something on a slider only.
pub(crate) const SLIDER_ONLY: &[&str] = &["slider_step", "scale", "ends", "gradient", "note"];

/// Keys of `#[output(…)]`.
pub(crate) const OUTPUT: &[Key] = keys! {
    "label" [ANY] Form::Text, "text shown beside the output", r#"label = "Mask""#;
    "docs" [ANY] Form::Text, "help", r#"docs = "White where the corners are.""#;
    "same_as" [NARROWED] Form::Input, "the input whose size and channels (or value) the output has", "same_as = image";
    "size_as" [&["image"]] Form::Input, "the image input whose width and height the output has", "size_as = image";
    "channels" [PIXELS] Form::Integer, "number of channels", "channels = 1";
    "width" [&["image"]] Form::Formula, "width, from the inputs", "width = image.width * 2";
    "height" [&["image"]] Form::Formula, "height, from the inputs", "height = max(a.height, b.height)";
    "value" [NUMBER] Form::Formula, "the number, from the inputs", "value = round(amount * 100)";
    "never_reason" [ANY] Form::Text, "shown when the inputs leave no possible output", r#"never_reason = "The sizes differ.""#;
    "suggest" [ANY] Form::Flag, "the node is suggested for connections that start here", "suggest";
};

/// Keys of `#[node(…)]`.
pub(crate) const NODE: &[Key] = keys! {
    "id" [&[]] Form::Text, "id in saved chains: package, area and name", r#"id = "film_lab:light:vignette""#;
    "group" [&[]] Form::Expression, "the `Group` it is listed in", "group = LIGHT";
    "name" [&[]] Form::Text, "name shown; from the function's name otherwise", r#"name = "Vignette""#;
    "icon" [&[]] Form::Text, "icon; that of the category otherwise", r#"icon = "MdVignette""#;
    "length" [&[]] Form::Text, "number of items of a returned `Generator`, in the app's type language with `$` before inputs", r#"length = "$count + 1""#;
    "see_also" [&[]] Form::Texts, "ids of related nodes", r#"see_also = ["film_lab:light:halation"]"#;
    "deprecated" [&[]] Form::Flag, "not offered any more, but still run", "deprecated";
    "side_effects" [&[]] Form::Flag, "runs even when nothing uses its outputs", "side_effects";
    "crate" [&[]] Form::Path, "where chainner-sdk is, if not at `::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// Keys of `#[choice(…)]` on an enum.
pub(crate) const CHOICE: &[Key] = keys! {
    "style" [&[]] Form::Word(STYLES), "how the choice is drawn", "style = tabs";
    "type_name" [&[]] Form::Text, "name in the app's type language; `package::Enum` otherwise", r#"type_name = "BlendMode""#;
    "crate" [&[]] Form::Path, "where chainner-sdk is, if not at `::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// Keys of `#[choice(…)]` on a variant.
pub(crate) const VARIANT: &[Key] = keys! {
    "label" [&[]] Form::Text, "text shown; from the variant's name otherwise", r#"label = "Oval (fit)""#;
    "id" [&[]] Form::Stored, "what saved chains hold; the name in snake case otherwise", r#"id = "oval""#;
    "icon" [&[]] Form::Text, "icon; needed by the style `icons`", r#"icon = "MdCircle""#;
    "default" [&[]] Form::Flag, "a new node starts with this one; with the first otherwise", "default";
};

/// Keys of `package!`, behind `:`.
pub(crate) const PACKAGE: &[Key] = keys! {
    "name" [&[]] Form::Text, "name shown", r#"name: "Film Lab""#;
    "description" [&[]] Form::Text, "what it is, in a sentence or two", r#"description: "Film grain and vignettes.""#;
    "icon" [&[]] Form::Text, "icon: a react-icons name", r#"icon: "MdCameraRoll""#;
    "color" [&[]] Form::Text, "colour: `#` and six digits", r##"color: "#B7791F""##;
    "categories" [&[]] Form::Expressions, "the `Category`s in the order shown", "categories: [FILM]";
    "groups" [&[]] Form::Expressions, "the `Group`s in the order shown; those not listed follow by name", "groups: [LIGHT, GRAIN]";
    "id" [&[]] Form::Text, "key of the package; the crate's name with `_` otherwise", r#"id: "film_lab""#;
    "dependencies" [&[]] Form::Structs, "what pip has to install with it", r#"dependencies: [{ name: "ONNX", pypi: "onnx", version: "1.17.0", size: 16_000_000 }]"#;
    "crate" [&[]] Form::Path, "where chainner-sdk is, if not at `::chainner_sdk`", "crate: ::my_sdk::chainner_sdk";
};

/// The fields of one of the `dependencies`.
pub(crate) const DEPENDENCY: &[Key] = keys! {
    "name" [&[]] Form::Text, "name shown", r#"name: "ONNX""#;
    "pypi" [&[]] Form::Text, "name on PyPI", r#"pypi: "onnx""#;
    "version" [&[]] Form::Text, "version", r#"version: "1.17.0""#;
    "size" [&[]] Form::Expression, "size of the download in bytes, about", "size: 16_000_000";
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as Markdown.
    fn markdown(keys: &[Key]) -> String {
        let has_kinds = keys.iter().any(|key| !key.kinds.is_empty());
        let mut text = String::from(if has_kinds {
            "| key | on | meaning |\n|---|---|---|\n"
        } else {
            "| key | meaning |\n|---|---|\n"
        });
        for key in keys {
            let kinds = match key.kinds {
                [] => String::new(),
                kinds if kinds.len() == ALL.len() || kinds == ANY => "all | ".to_owned(),
                kinds => format!("{} | ", kinds.join(", ")),
            };
            // A `|` would end the cell.
            let example = key.example.replace('|', "\\|");
            let ticks = if example.contains('`') { "``" } else { "`" };
            let blank = if example.contains('`') { " " } else { "" };
            let words = match key.form {
                Form::Word(words) => format!(": `{}`", words.join("`, `")),
                _ => String::new(),
            };
            text += &format!("| {ticks}{blank}{example}{blank}{ticks} | {kinds}{}{words} |\n", key.meaning);
        }
        text
    }

    /// `UPDATE_TABLES=1 cargo test -p chainner-sdk-macros` writes them anew.
    #[test]
    fn the_tables_of_the_documentation_are_up_to_date() {
        let tables = [
            ("node", NODE),
            ("input", INPUT),
            ("output", OUTPUT),
            ("choice", CHOICE),
            ("variant", VARIANT),
            ("package", PACKAGE),
        ];
        for (name, keys) in tables {
            let path = format!("{}/docs/{name}.md", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("UPDATE_TABLES").is_some() {
                std::fs::write(&path, markdown(keys)).expect("the directory can be written to");
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(written.replace("\r\n", "\n"), markdown(keys), "{path} is stale");
        }
    }

    #[test]
    fn every_example_is_of_its_keys_own_form() {
        use crate::{
            attr::{Keys, Separator},
            error::Errors,
        };
        for (table, separator) in [
            (NODE, Separator::Equals),
            (INPUT, Separator::Equals),
            (OUTPUT, Separator::Equals),
            (CHOICE, Separator::Equals),
            (VARIANT, Separator::Equals),
            (PACKAGE, Separator::Colon),
            (DEPENDENCY, Separator::Colon),
        ] {
            for key in table {
                let mut errors = Errors::default();
                let tokens = key.example.parse().expect("the example is made of tokens");
                let keys = Keys::parse(tokens, table, separator, "a test", &mut errors);
                assert_eq!(errors.messages(), [""; 0], "{}", key.example);
                assert!(keys.get(key.name).is_some(), "{}", key.example);
            }
        }
    }
}
