//! Declarations of outputs.

use super::{Navi, NaviStruct};

/// What an output gives, known from the type the function returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// Pixels.
    Image,
    /// A whole number; `unsigned` ones are never negative.
    Integer {
        /// Never negative.
        unsigned: bool,
    },
    /// A number with a fraction.
    Float,
    /// Text.
    Text,
    /// Yes or no.
    Bool,
    /// A colour.
    Color,
    /// Path of a directory.
    Directory,
    /// Seed of a random sequence.
    Seed,
    /// Anything, as the host has it.
    Any,
    /// A value of a type of the author's.
    Handle(&'static NaviStruct),
}

impl OutputKind {
    /// Label of an output that the author gave none.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Image => "Image",
            Self::Integer { .. } | Self::Float => "Number",
            Self::Text => "Text",
            Self::Bool => "Bool",
            Self::Color => "Color",
            Self::Directory => "Directory",
            Self::Seed => "Seed",
            Self::Any => "Any",
            Self::Handle(of) => of.name,
        }
    }
}

/// How an output is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutputStyle {
    /// A label beside a handle.
    #[default]
    Generic,
    /// A large preview of the image.
    LargeImage,
    /// A row of tags.
    Tagged,
}

impl OutputStyle {
    /// The host's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::LargeImage => "large-image",
            Self::Tagged => "tagged",
        }
    }
}

/// The keys of `#[output(…)]`, all optional.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutputOptions {
    /// `label`.
    pub label: Option<&'static str>,
    /// Help in Markdown: `docs`.
    pub docs: &'static str,
    /// `same_as`: id of the input whose size and channels (or type) the output has; also its pass-through.
    pub same_as: Option<u32>,
    /// `size_as`: id of the image input whose width and height the output has.
    pub size_as: Option<u32>,
    /// `channels`: number of channels of the image or colour.
    pub channels: Option<u32>,
    /// `width` as Navi text over `Input<id>`.
    pub width: Option<&'static str>,
    /// `height` as Navi text over `Input<id>`.
    pub height: Option<&'static str>,
    /// `value` of a number as Navi text over `Input<id>`.
    pub value: Option<&'static str>,
    /// `never_reason`: shown when the type cannot be for the connected inputs.
    pub never_reason: Option<&'static str>,
    /// `suggest`.
    pub suggest: bool,
    /// `id` in saved chains; the position if `None`.
    pub id: Option<u32>,
    /// `navi`: the type, narrowed to what the function returns unless `bare`.
    pub navi: Option<Navi>,
    /// `bare`: the type is not narrowed.
    pub bare: bool,
    /// `of`: id of the file input whose directory or name this is.
    pub of: Option<u32>,
    /// `passthrough`: id of the input that is passed through while the node is switched to do nothing.
    pub passthrough: Option<u32>,
    /// `handle`: whether an edge can be plugged in.
    pub handle: bool,
    /// `position`: where it stands among the outputs; in the order returned if `None`. Only for outputs beside a `Generator`.
    pub position: Option<u32>,
    /// `kind`: how it is drawn.
    pub style: OutputStyle,
}

impl OutputOptions {
    /// No key given.
    pub const EMPTY: Self = Self {
        label: None,
        docs: "",
        same_as: None,
        size_as: None,
        channels: None,
        width: None,
        height: None,
        value: None,
        never_reason: None,
        suggest: false,
        id: None,
        navi: None,
        bare: false,
        of: None,
        passthrough: None,
        handle: true,
        position: None,
        style: OutputStyle::Generic,
    };
}
