//! The one table of keys: it drives the parser, "did you mean", the checks of chainner-sdk, completion and the documentation.

/// A key of an attribute or of `package!`.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Kinds of inputs, or of outputs, that it is allowed on.
    pub(crate) kinds: &'static [&'static str],
    pub(crate) form: Form,
    pub(crate) meaning: &'static str,
    /// What holds without it; empty where it is simply absent or off.
    pub(crate) default: &'static str,
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
    /// `(option, condition over inputs)`, as often as wanted
    OptionCondition,
    /// `= name of an input`
    Input,
    /// `= expression over inputs`
    Formula,
    /// `= "…"`, or the type in parts
    Navi,
    /// `= [("…", "…")]`
    Pairs,
    /// `= name of an input`, or as `Navi`
    KeyInfo,
    /// `= [("+", …)]`
    Suggestions,
    /// Bare, or `= "…"`
    Note,
    /// `= ::path`
    Path,
    /// `= [{ … }]`
    Structs,
}

impl Key {
    /// The kinds it is allowed on, a bit each, in the order of [`ALL`].
    pub(crate) fn mask(&self) -> u32 {
        let bit = |kind: &&str| ALL.iter().position(|of| of == kind).map_or(0, |bit| 1 << bit);
        self.kinds.iter().map(bit).sum()
    }
}

impl Form {
    /// What can stand behind the key, in the documentation.
    #[cfg(test)]
    fn words(self) -> String {
        match self {
            Self::Flag => "flag".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Texts => "texts".to_owned(),
            Self::Integer => "whole number".to_owned(),
            Self::Integers => "whole numbers".to_owned(),
            Self::Stored => "text or whole number".to_owned(),
            Self::Expression => "expression".to_owned(),
            Self::Expressions => "expressions".to_owned(),
            Self::Range => "range".to_owned(),
            Self::Precision => "digits or `unlimited`".to_owned(),
            Self::Ends => "two texts".to_owned(),
            Self::Word(words) => format!("`{}`", words.join("`, `")),
            Self::Condition => "condition".to_owned(),
            Self::OptionCondition => "variant and condition".to_owned(),
            Self::Input => "input".to_owned(),
            Self::Formula => "formula".to_owned(),
            Self::Navi => "Navi".to_owned(),
            Self::Pairs => "pairs of Navi".to_owned(),
            Self::KeyInfo => "input or Navi".to_owned(),
            Self::Suggestions => "suggestions".to_owned(),
            Self::Note => "flag or text".to_owned(),
            Self::Path => "path".to_owned(),
            Self::Structs => "structs".to_owned(),
        }
    }
}

macro_rules! keys {
    ($($name:literal [$kinds:expr] $form:expr, $meaning:literal, $default:literal, $example:literal;)*) => {
        &[$(Key { name: $name, kinds: $kinds, form: $form, meaning: $meaning, default: $default, example: $example }),*]
    };
}

/// Every kind of input.
pub(crate) const ALL: &[&str] = &[
    "integer",
    "float",
    "text",
    "bool",
    "choice",
    "image",
    "color",
    "file",
    "directory",
    "seed",
    "relative_path",
    "clipboard",
    "any",
    "handle",
    "execution_number",
];
const STARTING: &[&str] = &["integer", "float", "text", "bool", "choice", "color", "seed", "relative_path"];
const PLUGGABLE: &[&str] =
    &["integer", "float", "text", "bool", "color", "file", "directory", "seed", "relative_path", "clipboard"];
/// Inputs whose type is not given by a Rust type of the author's.
const TYPED: &[&str] = &[
    "integer",
    "float",
    "text",
    "bool",
    "image",
    "color",
    "file",
    "directory",
    "seed",
    "relative_path",
    "clipboard",
    "any",
    "execution_number",
];
const OPTIONAL: &[&str] = &["integer", "float", "text", "image", "file", "directory", "relative_path", "any", "handle"];
/// Inputs with a box, a slider or the like, that can do without.
const CONTROLLED: &[&str] = &["integer", "float", "text", "color", "file", "directory", "relative_path"];
/// Inputs that a sequence can be made of.
const ITEM: &[&str] = &[
    "integer",
    "float",
    "text",
    "bool",
    "image",
    "color",
    "file",
    "directory",
    "seed",
    "relative_path",
    "any",
    "handle",
];
const REQUIRED: &[&str] = &["image", "any", "handle"];
const NUMBER: &[&str] = &["integer", "float"];
const FLOAT: &[&str] = &["float"];
const TEXT: &[&str] = &["text"];
const WRITTEN: &[&str] = &["text", "relative_path"];
const PIXELS: &[&str] = &["image", "color"];
const LABELLED: &[&str] = &["integer", "float", "text", "choice", "directory", "relative_path"];
/// Every kind of output.
pub(crate) const OUTPUTS: &[&str] =
    &["image", "integer", "float", "text", "bool", "color", "directory", "seed", "any", "handle"];
const NARROWED: &[&str] = &["image", "integer", "float", "text", "bool", "color", "directory"];

pub(crate) const STYLES: &[&str] = &["dropdown", "checkbox", "tabs", "icons", "anchor"];

/// Keys of `#[input(…)]`.
pub(crate) const INPUT: &[Key] = keys! {
    "label" [ALL] Form::Text, "text shown beside the input", "from the argument's name", r#"label = "Radius""#;
    "id" [ALL] Form::Integer, "id in saved chains", "the position", "id = 3";
    "default" [STARTING] Form::Expression, "value of a new node: a constant expression of the argument's type", "", "default = 1.0";
    "when" [ALL] Form::Condition, "the input is shown only while this holds", "", "when(shape == Shape::Oval)";
    "required_when" [REQUIRED] Form::Condition, "the optional input is asked for while this holds", "", "required_when(mode == Mode::Custom)";
    "optional_list" [OPTIONAL] Form::Flag, "shown only once its neighbours in the list are filled", "", "optional_list";
    "linked" [NUMBER] Form::Text, "kept equal to its neighbours with this name, until the artist unlinks them", "", r#"linked = "size""#;
    "option_when" [&["choice"]] Form::OptionCondition, "the option can be selected only while this holds", "always", "option_when(Encoder::Ffv1, container == Container::Mkv)";
    "hint" [ALL] Form::Flag, "the help is also a tooltip on the node", "", "hint";
    "suggest" [ALL] Form::Flag, "the node is suggested for connections that fit here", "", "suggest";
    "handle" [PLUGGABLE] Form::Flag, "whether an edge can be plugged in", "yes for text and directories", "handle = false";
    "range" [NUMBER] Form::Range, "least and greatest value, both inclusive", "unsigned types: `0..`", "range = 0.0..=8.0";
    "step" [NUMBER] Form::Expression, "step of the arrows; its digits are kept unless `precision` says otherwise", "1; for fractions by the range", "step = 0.1";
    "slider_step" [NUMBER] Form::Expression, "step of the slider", "`step`", "slider_step = 0.5";
    "precision" [FLOAT] Form::Precision, "digits kept after the point", "the digits of `step`; without `step`, unlimited", "precision = 2";
    "unit" [NUMBER] Form::Text, "text behind the number", "", r#"unit = "px""#;
    "slider" [NUMBER] Form::Flag, "a slider instead of a box", "", "slider";
    "scale" [NUMBER] Form::Word(&["linear", "log", "log_offset", "sqrt"]), "how the slider maps its position", "`linear`", "scale = log";
    "ends" [NUMBER] Form::Ends, "captions left and right of the slider", "", r#"ends = ("soft", "hard")"#;
    "gradient" [NUMBER] Form::Texts, "CSS colours of the slider's track", "", r##"gradient = ["#000", "#fff"]"##;
    "note" [NUMBER] Form::Text, "JavaScript expression over `value`, `min`, `max`, shown under the slider", "", r#"note = "`${value * 100} %`""#;
    "trailing_zeros" [FLOAT] Form::Flag, "whether `1.50` is shown as such", "yes for sliders", "trailing_zeros";
    "length" [WRITTEN] Form::Range, "least and greatest number of characters, both inclusive", "`0..`", "length = 1..=80";
    "placeholder" [WRITTEN] Form::Text, "text of the empty box", "", r#"placeholder = "name""#;
    "multiline" [WRITTEN] Form::Flag, "an area instead of a line", "", "multiline";
    "allow_empty" [WRITTEN] Form::Flag, "the emptied box is a value", "", "allow_empty";
    "invalid_pattern" [TEXT] Form::Text, "JavaScript regular expression of characters that cannot be typed", "", r#"invalid_pattern = "[^0-9]""#;
    "allow_numbers" [WRITTEN] Form::Flag, "whether numbers can be connected", "yes", "allow_numbers = false";
    "channels" [PIXELS] Form::Integers, "accepted numbers of channels", "any", "channels = [1, 3]";
    "filetypes" [&["file"]] Form::Texts, "accepted extensions, lower case with the dot", "", r#"filetypes = [".cube"]"#;
    "file_kind" [&["file"]] Form::Text, "the app's tag of the file", r#"`"file"`"#, r#"file_kind = "image""#;
    "primary" [&["file"]] Form::Flag, "dropping such a file on the canvas creates the node", "", "primary";
    "must_exist" [&["directory"]] Form::Flag, "whether the directory has to be there", "yes", "must_exist = false";
    "style" [&["choice"]] Form::Word(STYLES), "how the choice is drawn", "the choice's own", "style = tabs";
    "icon" [&["bool"]] Form::Text, "icon of the check box", "", r#"icon = "MdFlip""#;
    "label_style" [LABELLED] Form::Word(&["default", "inline", "hidden"]), "where the label stands", "`inline` for numbers with short labels, else `default`", "label_style = hidden";
    "fused" [ALL] Form::Integer, "place in the returned tuple of the output that is drawn in this row", "", "fused = 0";
    "control" [CONTROLLED] Form::Flag, "whether the artist can give a value without a connection", "yes; no for `Items<…>`", "control = false";
    "items" [ITEM] Form::Navi, "number of items of the sequence (`Items<…>`) that the function takes", "`uint`", r#"items = "$rows * $columns""#;
    "navi" [TYPED] Form::Navi, "the type; for images, what is narrowed to an image", "by the Rust type", r#"navi = "AudioStream""#;
    "conversions" [ALL] Form::Pairs, "types that are accepted too, each with what `Input` becomes", "by the Rust type", r#"conversions = [("number", "toString(Input)")]"#;
    "adapt" [ALL] Form::Navi, "the type of the stored value `Input`", "by the Rust type", r#"adapt = "match Input { string as path => File { path }, _ => never }""#;
    "definitions" [TYPED] Form::Text, "Navi definitions that types of the node need", "", r#"definitions = "def half(n: number) = n / 2;""#;
};

/// Keys of `#[input(…)]` that mean something on a slider only.
pub(crate) const SLIDER_ONLY: &[&str] = &["slider_step", "scale", "ends", "gradient", "note"];

/// Keys of `#[input(…)]` that are about its control. By itself, an input that is given item by item has none.
pub(crate) const CONTROL: &[&str] = &[
    "default",
    "linked",
    "slider_step",
    "unit",
    "slider",
    "scale",
    "ends",
    "gradient",
    "note",
    "trailing_zeros",
    "placeholder",
    "multiline",
    "invalid_pattern",
    "primary",
    "icon",
    "label_style",
];

/// Keys of `#[output(…)]`.
pub(crate) const OUTPUT: &[Key] = keys! {
    "label" [OUTPUTS] Form::Text, "text shown beside the output", "", r#"label = "Mask""#;
    "docs" [OUTPUTS] Form::Text, "help", "", r#"docs = "White where the corners are.""#;
    "same_as" [NARROWED] Form::Input, "the input whose size and channels (or value) the output has", "", "same_as = image";
    "size_as" [&["image"]] Form::Input, "the image input whose width and height the output has", "", "size_as = image";
    "channels" [PIXELS] Form::Integer, "number of channels", "", "channels = 1";
    "width" [&["image"]] Form::Formula, "width, from the inputs", "", "width = image.width * 2";
    "height" [&["image"]] Form::Formula, "height, from the inputs", "", "height = max(a.height, b.height)";
    "value" [NUMBER] Form::Formula, "the number, from the inputs", "", "value = round(amount * 100)";
    "never_reason" [OUTPUTS] Form::Text, "shown when the inputs leave no possible output", "", r#"never_reason = "The sizes differ.""#;
    "suggest" [OUTPUTS] Form::Flag, "the node is suggested for connections that start here", "", "suggest";
    "navi" [OUTPUTS] Form::Navi, "the type, narrowed to what the function returns", "by the Rust type", r#"navi = "0..255""#;
    "bare" [NARROWED] Form::Flag, "the type of `navi` is not narrowed", "", "bare";
    "of" [&["text", "directory"]] Form::Input, "the file input whose name, or directory, this is", "", "of = file";
    "passthrough" [OUTPUTS] Form::Input, "the input that is passed through while the node is switched off", "that of `same_as`", "passthrough = image";
    "kind" [OUTPUTS] Form::Word(&["generic", "large_image", "tagged"]), "how the output is drawn", "`generic`", "kind = large_image";
    "handle" [OUTPUTS] Form::Flag, "whether an edge can be plugged in", "yes", "handle = false";
    "id" [OUTPUTS] Form::Integer, "id in saved chains", "the position", "id = 2";
    "position" [OUTPUTS] Form::Integer, "place among the outputs, for those beside a `Generator`", "as in the returned tuple", "position = 1";
};

/// Keys of `#[node(…)]`.
pub(crate) const NODE: &[Key] = keys! {
    "id" [&[]] Form::Text, "id in saved chains: package, area and name", "", r#"id = "film_lab:light:vignette""#;
    "group" [&[]] Form::Expression, "the `Group` it is listed in", "", "group = LIGHT";
    "name" [&[]] Form::Text, "name shown", "from the function's name", r#"name = "Vignette""#;
    "icon" [&[]] Form::Text, "icon", "that of the category", r#"icon = "MdVignette""#;
    "length" [&[]] Form::Navi, "number of items of a returned `Generator`", "`uint`", r#"length = "$count + 1""#;
    "see_also" [&[]] Form::Texts, "ids of related nodes", "", r#"see_also = ["film_lab:light:halation"]"#;
    "replaces" [&[]] Form::Text, "id of a node that this one can run in place of, where the artist links the package so", "by `replaces` of the package", r#"replaces = "chainner:image:blend""#;
    "deprecated" [&[]] Form::Flag, "not offered any more, but still run", "", "deprecated";
    "side_effects" [&[]] Form::Flag, "runs even when nothing uses its outputs", "", "side_effects";
    "key_info" [&[]] Form::KeyInfo, "what the collapsed node shows: the value of an input, or a text", "", "key_info = amount";
    "suggestions" [&[]] Form::Suggestions, "searches for which the node is offered, with inputs set", "", r#"suggestions = [("+", name = "Math: Add", parse = b, set(operation = Operation::Add))]"#;
    "features" [&[]] Form::Expressions, "the `Feature`s it needs", "", "features = [SCANNER]";
    "limited_to_8bit" [&[]] Form::Note, "says in the help that it computes with 8 bits per channel, in these words", "usual words", "limited_to_8bit";
    "crate" [&[]] Form::Path, "where chainner-sdk is", "`::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// Keys of `#[choice(…)]` on an enum.
pub(crate) const CHOICE: &[Key] = keys! {
    "style" [&[]] Form::Word(STYLES), "how the choice is drawn", "`dropdown`", "style = tabs";
    "type_name" [&[]] Form::Text, "name in the app's type language", "`package::Enum`", r#"type_name = "BlendMode""#;
    "host_type" [&[]] Form::Text, "a type of the app's own; nothing is defined then", "", r#"host_type = "TileSize""#;
    "definitions" [&[]] Form::Text, "Navi definitions that go with the type", "", r#"definitions = "def Fill::channels(f: Fill): uint = 4;""#;
    "headings" [&[]] Form::Texts, "order of the headings in the schema, where it matters", "by the variants", r#"headings = ["Basic", "Advanced"]"#;
    "crate" [&[]] Form::Path, "where chainner-sdk is", "`::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// Keys of `#[choice(…)]` on a variant.
pub(crate) const VARIANT: &[Key] = keys! {
    "label" [&[]] Form::Text, "text shown", "from the variant's name", r#"label = "Oval (fit)""#;
    "id" [&[]] Form::Stored, "what saved chains hold", "the name in snake case", r#"id = "oval""#;
    "icon" [&[]] Form::Text, "icon; needed by the style `icons`", "", r#"icon = "MdCircle""#;
    "default" [&[]] Form::Flag, "a new node starts with this one", "the first", "default";
    "heading" [&[]] Form::Text, "text above it in the list", "", r#"heading = "Advanced""#;
    "divider" [&[]] Form::Flag, "line above it in the list", "", "divider";
    "navi" [&[]] Form::Navi, "its type", "`Enum::Variant`; none with `host_type`", r#"navi = "TileSize { value: 0 }""#;
};

/// Keys of `package!`, behind `:`.
pub(crate) const PACKAGE: &[Key] = keys! {
    "name" [&[]] Form::Text, "name shown", "", r#"name: "Film Lab""#;
    "description" [&[]] Form::Text, "what it is, in a sentence or two", "", r#"description: "Film grain and vignettes.""#;
    "icon" [&[]] Form::Text, "icon: a react-icons name", "a question mark", r#"icon: "MdCameraRoll""#;
    "color" [&[]] Form::Text, "colour: `#` and six digits", "grey", r##"color: "#B7791F""##;
    "categories" [&[]] Form::Expressions, "the `Category`s in the order shown", "", "categories: [FILM]";
    "groups" [&[]] Form::Expressions, "the `Group`s in the order shown; those not listed follow by name", "", "groups: [LIGHT, GRAIN]";
    "id" [&[]] Form::Text, "key of the package", "the crate's name with `_`", r#"id: "film_lab""#;
    "dependencies" [&[]] Form::Structs, "what pip has to install with it", "", r#"dependencies: [{ name: "ONNX", pypi: "onnx", version: "1.17.0", size: 16_000_000 }]"#;
    "features" [&[]] Form::Expressions, "the `Feature`s that nodes need", "", "features: [SCANNER]";
    "settings" [&[]] Form::Path, "the struct with `#[derive(Settings)]`", "", "settings: LabSettings";
    "replaces" [&[]] Form::Text, "each node can run in place of the one whose id starts with this instead, and is the same behind the first `:`", "", r#"replaces: "chainner""#;
    "disabled" [&[]] Form::Note, "greyed out in the dependency manager, for this reason", "", r#"disabled: "Needs macOS.""#;
    "crate" [&[]] Form::Path, "where chainner-sdk is", "`::chainner_sdk`", "crate: ::my_sdk::chainner_sdk";
};

/// Keys of a dependency that are needed.
pub(crate) const DEPENDENCY_NEEDS: [&str; 4] = ["name", "pypi", "version", "size"];

/// Keys of `#[settings(…)]` on a struct.
pub(crate) const SETTINGS: &[Key] = keys! {
    "crate" [&[]] Form::Path, "where chainner-sdk is", "`::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// Keys of `#[setting(…)]` on a field.
pub(crate) const SETTING: &[Key] = keys! {
    "label" [&[]] Form::Text, "text shown", "from the field's name", r#"label = "GPU""#;
    "key" [&[]] Form::Text, "what the app stores it under", "the field's name", r#"key = "gpu_index""#;
    "default" [&[]] Form::Expression, "value at first", "`false`, 0, the first variant", "default = true";
    "range" [&[]] Form::Range, "least and greatest value of a number", "`0..=100`", "range = 1..=64";
    "directory" [&[]] Form::Text, "name of the folder of a cache", "", r#"directory = "films""#;
    "disabled" [&[]] Form::Flag, "shown, but not to be changed", "", "disabled";
};

/// Keys of `#[navi(…)]` on a type that travels between nodes.
pub(crate) const NAVI_TYPE: &[Key] = keys! {
    "type_name" [&[]] Form::Text, "name in the app's type language", "`package::Type`", r#"type_name = "acme::Lut""#;
    "fields" [&[]] Form::Pairs, "fields of the type with their types", "none", r#"fields = [("size", "int(1..)")]"#;
    "crate" [&[]] Form::Path, "where chainner-sdk is", "`::chainner_sdk`", "crate = ::my_sdk::chainner_sdk";
};

/// The fields of one of the `dependencies`.
pub(crate) const DEPENDENCY: &[Key] = keys! {
    "name" [&[]] Form::Text, "name shown", "", r#"name: "ONNX""#;
    "pypi" [&[]] Form::Text, "name on PyPI", "", r#"pypi: "onnx""#;
    "version" [&[]] Form::Text, "version", "", r#"version: "1.17.0""#;
    "size" [&[]] Form::Expression, "size of the download in bytes, about", "", "size: 16_000_000";
    "auto_update" [&[]] Form::Flag, "whether the app replaces another version without asking", "yes", "auto_update: false";
    "find_link" [&[]] Form::Text, "an index of packages besides PyPI", "", r#"find_link: "https://download.pytorch.org/whl/cu128""#;
};

/// All tables, each with the name of its page.
#[cfg(test)]
pub(crate) const TABLES: [(&str, &[Key]); 10] = [
    ("node", NODE),
    ("input", INPUT),
    ("output", OUTPUT),
    ("choice", CHOICE),
    ("variant", VARIANT),
    ("package", PACKAGE),
    ("dependency", DEPENDENCY),
    ("settings", SETTINGS),
    ("setting", SETTING),
    ("navi_type", NAVI_TYPE),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as Markdown.
    fn markdown(keys: &[Key]) -> String {
        let has_kinds = keys.iter().any(|key| !key.kinds.is_empty());
        let mut text = String::from(if has_kinds {
            "| key | on | type | default | meaning | example |\n|---|---|---|---|---|---|\n"
        } else {
            "| key | type | default | meaning | example |\n|---|---|---|---|---|\n"
        });
        for key in keys {
            let kinds = match key.kinds {
                [] => String::new(),
                kinds if kinds.len() == ALL.len() || kinds == OUTPUTS => "all | ".to_owned(),
                kinds => format!("{} | ", kinds.join(", ")),
            };
            // A `|` would end the cell.
            let example = key.example.replace('|', "\\|");
            let ticks = if example.contains('`') { "``" } else { "`" };
            let blank = if example.contains('`') { " " } else { "" };
            let default = if key.default.is_empty() { "–" } else { key.default };
            text += &format!(
                "| `{}` | {kinds}{} | {default} | {} | {ticks}{blank}{example}{blank}{ticks} |\n",
                key.name,
                key.form.words(),
                key.meaning
            );
        }
        text
    }

    /// Each table's place in the reference: a heading, where its keys stand, and an example of that.
    const PLACES: [(&str, &str, &str); 10] = [
        ("Nodes", "`#[node(…)]` on a function", "#[node(id = \"film_lab:light:vignette\", group = LIGHT)]"),
        ("Inputs", "`#[input(…)]` on an argument", "#[input(default = 1.0, range = 0.0..=8.0)] amount: f32"),
        ("Outputs", "`#[output(…)]` below `#[node]`, one for each output", "#[output(same_as = image)]"),
        ("Choices", "`#[choice(…)]` on an enum with `#[derive(Choice)]`", "#[choice(style = tabs)]"),
        ("Variants of choices", "`#[choice(…)]` on a variant", "#[choice(label = \"Oval (fit)\")]"),
        ("The package", "`package! { … }`", "package! { name: \"Film Lab\", … }"),
        ("Dependencies of the package", "in `dependencies: [{ … }]`", "{ name: \"ONNX\", pypi: \"onnx\", … }"),
        (
            "Settings of the package",
            "`#[settings(…)]` on a struct with `#[derive(Settings)]`",
            "#[settings(crate = …)]",
        ),
        ("Single settings", "`#[setting(…)]` on a field", "#[setting(default = true)] keep: bool"),
        (
            "Types between nodes",
            "`#[navi(…)]` on a type with `#[derive(NaviType)]`",
            "#[navi(fields = [(\"size\", \"int(1..)\")])]",
        ),
    ];

    /// All tables on one page, each row with the place where its key is allowed.
    fn reference() -> String {
        let mut text = String::from(
            "Every key of every attribute: where it is allowed, what stands behind it, what holds without it, what it means, and an \
             example.\n\n\
             Made of the table that the macros themselves read; a key that is not here does not exist.\n\n",
        );
        for (heading, ..) in PLACES {
            text += &format!("* [{heading}](#{})\n", heading.to_lowercase().replace(' ', "-"));
        }
        text += "* [Groups of inputs](#groups-of-inputs)\n";
        for ((_, keys), (heading, place, example)) in TABLES.iter().zip(PLACES) {
            text += &format!("\n# {heading}\n\n{place}: `{example}`\n\n");
            text += "| key | allowed on | type | default | meaning | example |\n|---|---|---|---|---|---|\n";
            for row in markdown(keys).lines().skip(2) {
                let (key, rest) = row[2..].split_once(" | ").expect("a row has cells");
                let has_kinds = keys.iter().any(|key| !key.kinds.is_empty());
                let everywhere = if has_kinds {
                    String::new()
                } else {
                    format!("{} | ", place.split(" on ").last().unwrap_or(place))
                };
                text += &format!("| {key} | {everywhere}{rest}\n");
            }
        }
        text += "\n# Groups of inputs\n\n`#[layout(…)]` below `#[node]`, and the keys of the same name on the inputs.\n\n\
                 | group | holds | example |\n|---|---|---|\n";
        for (word, holds, example) in crate::attr::GROUPS {
            text += &format!("| `{word}` | {holds} | `{example}` |\n");
        }
        text
    }

    /// `UPDATE_TABLES=1 cargo test -p chainner-sdk-macros` writes them anew.
    #[test]
    fn the_tables_of_the_documentation_are_up_to_date() {
        let tables = TABLES.map(|(name, keys)| (format!("docs/{name}.md"), markdown(keys)));
        for (path, text) in tables.into_iter().chain([("../chainner-sdk/docs/reference.md".to_owned(), reference())]) {
            let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("UPDATE_TABLES").is_some() {
                std::fs::write(&path, &text).expect("the directory can be written to");
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(written.replace("\r\n", "\n"), text, "{path} is stale");
        }
    }

    #[test]
    fn every_row_of_the_reference_has_every_column() {
        let reference = reference();
        let rows = reference.lines().filter(|line| line.starts_with("| `"));
        let keys: usize = TABLES.iter().map(|(_, keys)| keys.len()).sum();
        assert_eq!(rows.clone().count(), keys + crate::attr::GROUPS.len());
        for row in rows.take(keys) {
            // A `|` within a cell is escaped.
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            assert_eq!(cells.len(), 6, "{row}");
            assert!(cells.iter().all(|cell| !cell.is_empty()), "{row}");
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
            (SETTING, Separator::Equals),
            (NAVI_TYPE, Separator::Equals),
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

    /// The keys of the attributes `name` among these.
    fn written(attrs: &[syn::Attribute], name: &str, keys: &'static [Key]) -> Vec<&'static str> {
        let mut errors = crate::error::Errors::default();
        let keys = crate::attr::Keys::of(attrs, name, keys, "a test", &mut errors);
        assert_eq!(errors.messages(), [""; 0]);
        keys.iter().map(|entry| entry.key.name).collect()
    }

    /// The kind of an input or output, told from its type as it is written in the kitchen sink.
    fn kind(ty: &syn::Type) -> &'static str {
        let text = quote::ToTokens::to_token_stream(ty).to_string().replace([' ', '\''], "");
        let inner = |of: &str| text.strip_prefix(of).and_then(|rest| rest.strip_suffix('>')).map(str::to_owned);
        let text = inner("Option<").or_else(|| inner("Items<")).unwrap_or(text);
        match text.trim_end_matches("<_>") {
            "i32" | "i64" | "u8" | "u32" => "integer",
            "f32" | "f64" => "float",
            "&str" | "String" => "text",
            "bool" => "bool",
            "Size" | "Tiles" | "Corner" | "Drained" => "choice",
            "Image" | "ImageView" | "ImageOrColor" => "image",
            "Color" => "color",
            "FilePath" => "file",
            "DirPath" => "directory",
            "Seed" => "seed",
            "RelativePath" => "relative_path",
            "Clipboard" => "clipboard",
            "Any" => "any",
            "Handle<Plate>" => "handle",
            "ExecutionNumber" => "execution_number",
            other => panic!("what kind is `{other}`?"),
        }
    }

    /// The outputs of a function, in order.
    fn outputs(returns: &syn::ReturnType) -> Vec<syn::Type> {
        fn of(ty: &syn::Type) -> Vec<syn::Type> {
            match ty {
                syn::Type::Tuple(tuple) => tuple.elems.iter().flat_map(of).collect(),
                syn::Type::Path(path) => {
                    let last = path.path.segments.last().expect("a path has segments");
                    match (&last.arguments, last.ident.to_string().as_str()) {
                        (syn::PathArguments::AngleBracketed(inner), "Result" | "Generator") => match &inner.args[0] {
                            syn::GenericArgument::Type(ty) => of(ty),
                            other => panic!("{other:?}"),
                        },
                        _ => vec![ty.clone()],
                    }
                }
                other => panic!("{other:?}"),
            }
        }
        match returns {
            syn::ReturnType::Default => Vec::new(),
            syn::ReturnType::Type(_, ty) => of(ty),
        }
    }

    /// `tests/kitchen_sink` declares everything that can be declared; its schema is compared with a stored one elsewhere.
    #[test]
    fn the_kitchen_sink_has_every_key_of_every_kind() {
        use std::collections::HashSet;

        let sources = format!("{}/../tests/kitchen_sink/src", env!("CARGO_MANIFEST_DIR"));
        let mut found: HashSet<(&str, &str, &str)> = HashSet::new();
        for file in std::fs::read_dir(sources).expect("the kitchen sink is there") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("readable");
            for item in syn::parse_file(&text).expect("Rust").items {
                let mut note = |table: &'static str, kind: &'static str, keys: Vec<&'static str>| {
                    found.extend(keys.into_iter().map(|key| (table, kind, key)));
                };
                match item {
                    syn::Item::Fn(function) => {
                        note("node", "", written(&function.attrs, "node", NODE));
                        for argument in &function.sig.inputs {
                            let syn::FnArg::Typed(argument) = argument else { panic!("a method") };
                            note("input", kind(&argument.ty), written(&argument.attrs, "input", INPUT));
                        }
                        let outputs = outputs(&function.sig.output);
                        let attrs = function.attrs.iter().filter(|attr| attr.path().is_ident("output"));
                        for (attr, ty) in attrs.zip(&outputs) {
                            note("output", kind(ty), written(std::slice::from_ref(attr), "output", OUTPUT));
                        }
                    }
                    syn::Item::Enum(choice) => {
                        note("choice", "", written(&choice.attrs, "choice", CHOICE));
                        for variant in &choice.variants {
                            note("variant", "", written(&variant.attrs, "choice", VARIANT));
                        }
                    }
                    syn::Item::Struct(of) => {
                        note("navi_type", "", written(&of.attrs, "navi", NAVI_TYPE));
                        note("settings", "", written(&of.attrs, "settings", SETTINGS));
                        for field in &of.fields {
                            note("setting", "", written(&field.attrs, "setting", SETTING));
                        }
                    }
                    syn::Item::Macro(package) if package.mac.path.is_ident("package") => {
                        let mut errors = crate::error::Errors::default();
                        let package = crate::attr::package::read(package.mac.tokens, &mut errors);
                        assert_eq!(errors.messages(), [""; 0]);
                        note("package", "", package.keys.iter().map(|entry| entry.key.name).collect());
                        for pip in &package.dependencies {
                            note("dependency", "", pip.iter().map(|entry| entry.key.name).collect());
                        }
                    }
                    _ => {}
                }
            }
        }
        let mut missing = Vec::new();
        for (table, keys) in TABLES {
            for key in keys {
                let kinds = if key.kinds.is_empty() { &[""] } else { key.kinds };
                let lacks = kinds.iter().filter(|kind| !found.contains(&(table, **kind, key.name)));
                missing.extend(lacks.map(|kind| format!("{table} {kind} {}", key.name)));
            }
        }
        assert_eq!(missing, [""; 0]);
    }
}
