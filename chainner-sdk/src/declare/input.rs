//! Declarations of inputs.

use crate::{enforce::InputSpec, sequence::ItemFn, value::Color};

use super::{ChoiceStyle, Condition, Navi, Place};
use crate::library::ChoiceId;

/// One input of a node.
#[derive(Debug, Clone, Copy)]
pub struct InputDecl {
    /// Name of the argument, without `r#`.
    pub name: &'static str,
    /// Id in saved chains; the position among the inputs unless the author fixed one.
    pub id: u32,
    /// Text shown beside the input.
    pub label: &'static str,
    /// Help in Markdown, from `///`.
    pub docs: &'static str,
    /// What sort of input it is.
    pub kind: Kind,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Makes the specification that values are enforced against.
    pub declare: fn(&InputOptions) -> InputSpec,
    /// How a value becomes an item, if the input is given item by item.
    pub item: Option<ItemFn>,
    /// Whether its value is worked out when the node asks.
    pub lazy: bool,
    /// What the author wrote in `#[input(…)]`.
    pub options: InputOptions,
    /// When the input is shown; always if `None`.
    pub when: Option<Condition>,
    /// When an optional input is asked for; never if `None`.
    pub required_when: Option<Condition>,
    /// Shown only once its neighbours are filled.
    pub optional_list: bool,
    /// Name of the set of inputs that are kept equal.
    pub linked: Option<&'static str>,
    /// When single options of a choice can be selected.
    pub option_conditions: &'static [OptionCondition],
    /// Where the argument stands.
    pub place: Place,
}

impl InputDecl {
    /// Whether values come through a connection only, since there is no control to give one with.
    pub fn connected_only(&self) -> bool {
        !self.options.control.unwrap_or(self.item.is_none())
    }
}

/// When an option of a choice can be selected.
#[derive(Debug, Clone, Copy)]
pub struct OptionCondition {
    /// What saved chains hold for it.
    pub option: fn() -> ChoiceId,
    /// While this holds.
    pub condition: Condition,
}

/// The sorts of inputs. Which keys of `#[input(…)]` are allowed depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Float,
    /// Text.
    Text,
    /// Yes or no.
    Bool,
    /// An enum.
    Choice,
    /// Pixels.
    Image,
    /// A colour.
    Color,
    /// Path of a file.
    File,
    /// Path of a directory.
    Directory,
    /// Seed of a random sequence.
    Seed,
    /// Path of a file or directory below another one.
    RelativePath,
    /// What can be put onto the clipboard.
    Clipboard,
    /// Anything, as the host has it.
    Any,
    /// A value of a type of the author's.
    Handle,
    /// How often the chain was run.
    ExecutionNumber,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Integer,
        Self::Float,
        Self::Text,
        Self::Bool,
        Self::Choice,
        Self::Image,
        Self::Color,
        Self::File,
        Self::Directory,
        Self::Seed,
        Self::RelativePath,
        Self::Clipboard,
        Self::Any,
        Self::Handle,
        Self::ExecutionNumber,
    ];

    /// Its name in messages and in the table of keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Text => "text",
            Self::Bool => "bool",
            Self::Choice => "choice",
            Self::Image => "image",
            Self::Color => "color",
            Self::File => "file",
            Self::Directory => "directory",
            Self::Seed => "seed",
            Self::RelativePath => "relative_path",
            Self::Clipboard => "clipboard",
            Self::Any => "any",
            Self::Handle => "handle",
            Self::ExecutionNumber => "execution_number",
        }
    }
}

/// The keys of `#[input(…)]`, all optional. Numbers are as written by the author, widened to `f64`.
#[derive(Debug, Clone, Copy)]
pub struct InputOptions {
    /// `default`: the value a new node starts with.
    pub default: Option<fn() -> DefaultValue>,
    /// `range`: lower end, inclusive.
    pub min: Option<f64>,
    /// `range`: upper end, inclusive.
    pub max: Option<f64>,
    /// `step` of the arrows and, unless `slider_step` is given, of the slider.
    pub step: Option<f64>,
    /// `slider_step`.
    pub slider_step: Option<f64>,
    /// `precision`.
    pub precision: Option<Precision>,
    /// `unit`: text behind the number.
    pub unit: Option<&'static str>,
    /// `slider`.
    pub slider: bool,
    /// `scale` of the slider.
    pub scale: Scale,
    /// `ends`: captions left and right of the slider.
    pub ends: [Option<&'static str>; 2],
    /// `gradient`: CSS colours of the slider's track.
    pub gradient: &'static [&'static str],
    /// `note`: JavaScript expression over `value`, `min`, `max`, shown under a slider.
    pub note: Option<&'static str>,
    /// `trailing_zeros`: whether `1.50` is shown as such.
    pub trailing_zeros: Option<bool>,
    /// `length`: least number of characters.
    pub min_length: Option<u32>,
    /// `length`: greatest number of characters.
    pub max_length: Option<u32>,
    /// `placeholder`: text of the empty box.
    pub placeholder: Option<&'static str>,
    /// `multiline`.
    pub multiline: bool,
    /// `allow_empty`: whether the emptied box is a value.
    pub allow_empty: bool,
    /// `invalid_pattern`: JavaScript regular expression of characters that cannot be typed.
    pub invalid_pattern: Option<&'static str>,
    /// `channels`: accepted numbers of channels; any if empty.
    pub channels: &'static [u32],
    /// Whether they were written as a list; in the schema, one is a number otherwise.
    pub channels_listed: bool,
    /// `filetypes`: accepted extensions, lower case with the dot.
    pub filetypes: &'static [&'static str],
    /// `file_kind`: the host's tag of the file, e.g. `image`.
    pub file_kind: Option<&'static str>,
    /// `primary`: dropping such a file on the canvas creates the node.
    pub primary: bool,
    /// `must_exist`: whether the directory has to be there already.
    pub must_exist: Option<bool>,
    /// `handle`: whether an edge can be plugged in.
    pub handle: Option<bool>,
    /// `style` of a choice.
    pub style: Option<ChoiceStyle>,
    /// `icon` of a check box.
    pub icon: Option<&'static str>,
    /// `label_style`.
    pub label_style: Option<LabelStyle>,
    /// `hint`: help is also a tooltip on the node itself.
    pub hint: bool,
    /// `suggest`: the node is suggested when a connection that fits here is dropped.
    pub suggest: bool,
    /// `allow_numbers`: whether numbers can be connected to a text input.
    pub allow_numbers: Option<bool>,
    /// `navi`: the type, or for images what is narrowed to an image.
    pub navi: Option<Navi>,
    /// `conversions`: types that are accepted too, each with what becomes of it.
    pub conversions: Option<&'static [(Navi, Navi)]>,
    /// `adapt`: the type of the stored value.
    pub adapt: Option<Navi>,
    /// `definitions` that types of the node need.
    pub definitions: Option<&'static str>,
    /// `control`: whether a value can be given without a connection; so for single values, and not for items, if `None`.
    pub control: Option<bool>,
    /// `items`: number of items of the sequence.
    pub items: Option<Navi>,
    /// `fused`: place in what the function returns of the output that is drawn in the input's row.
    pub fused: Option<u32>,
}

impl InputOptions {
    /// No key given.
    pub const EMPTY: Self = Self {
        default: None,
        min: None,
        max: None,
        step: None,
        slider_step: None,
        precision: None,
        unit: None,
        slider: false,
        scale: Scale::Linear,
        ends: [None, None],
        gradient: &[],
        note: None,
        trailing_zeros: None,
        min_length: None,
        max_length: None,
        placeholder: None,
        multiline: false,
        allow_empty: false,
        invalid_pattern: None,
        channels: &[],
        channels_listed: false,
        filetypes: &[],
        file_kind: None,
        primary: false,
        must_exist: None,
        handle: None,
        style: None,
        icon: None,
        label_style: None,
        hint: false,
        suggest: false,
        allow_numbers: None,
        navi: None,
        conversions: None,
        adapt: None,
        definitions: None,
        control: None,
        items: None,
        fused: None,
    };
}

/// The value a new node starts with.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// Of a number or seed.
    Integer(i64),
    /// Of a number.
    Float(f64),
    /// Of a text.
    Text(&'static str),
    /// Of a yes/no input.
    Bool(bool),
    /// Of a choice: index of the variant.
    Choice(usize),
    /// Of a colour.
    Color(Color),
}

/// Digits after the point that a number keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// As many as there are.
    Unlimited,
    /// So many; values are rounded to them before the node sees them.
    Digits(u8),
}

/// How a slider maps its position to the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Evenly.
    #[default]
    Linear,
    /// By the logarithm of `1 + value − min`.
    Log,
    /// By the logarithm of `0.66 + value − min`.
    LogOffset,
    /// By the square root of `value − min`.
    Sqrt,
}

impl Scale {
    /// The host's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
            Self::LogOffset => "log-offset",
            Self::Sqrt => "sqrt",
        }
    }
}

/// Where a label is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelStyle {
    /// Above the control.
    Default,
    /// In the control's row.
    Inline,
    /// Nowhere.
    Hidden,
}

impl LabelStyle {
    /// The host's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Inline => "inline",
            Self::Hidden => "hidden",
        }
    }
}
