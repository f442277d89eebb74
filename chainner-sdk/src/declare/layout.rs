//! The visual layout of a node's inputs.

use super::Condition;

/// A place in the layout.
#[derive(Debug, Clone, Copy)]
pub enum LayoutItem {
    /// An input, by its index.
    Input(usize),
    /// A group of places.
    Group {
        /// What it does.
        kind: GroupKind,
        /// What stands in it.
        items: &'static [LayoutItem],
    },
}

/// What a group does.
#[derive(Debug, Clone, Copy)]
pub enum GroupKind {
    /// Shows its items while the condition holds.
    Conditional(Condition),
    /// Asks for its optional items while the condition holds.
    Required(Condition),
    /// Shows one optional item more at a time.
    OptionalList,
    /// A number with a button that rolls a new one.
    Seed,
    /// Keeps its numbers equal until they are unlinked.
    LinkedInputs,
    /// A row of icons to switch on and off, under a label.
    IconSet(&'static str),
    /// A row of icon sets and of choices drawn as icons.
    MenuIconRow,
    /// Two choices with an arrow between.
    FromToDropdowns,
    /// The two files of an NCNN model, of which one finds the other.
    NcnnFileInputs,
}

impl GroupKind {
    /// The host's word for it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Conditional(_) => "conditional",
            Self::Required(_) => "required",
            Self::OptionalList => "optional-list",
            Self::Seed => "seed",
            Self::LinkedInputs => "linked-inputs",
            Self::IconSet(_) => "icon-set",
            Self::MenuIconRow => "menu-icon-row",
            Self::FromToDropdowns => "from-to-dropdowns",
            Self::NcnnFileInputs => "ncnn-file-inputs",
        }
    }
}
