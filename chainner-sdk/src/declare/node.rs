//! Declarations of nodes.

use crate::{error::NodeError, node::Arguments, output::Returned};

use super::{DefaultValue, Feature, Group, InputDecl, LayoutItem, Navi, OutputKind, OutputOptions};

/// Calls the author's function with enforced values.
pub type RunFn = for<'a> fn(Arguments<'a>) -> Result<Returned, NodeError>;

/// One node: const data and one function pointer.
#[derive(Debug, Clone, Copy)]
pub struct NodeDecl {
    /// Schema id, stored in saved chains, e.g. `film_lab:light:vignette`.
    pub id: &'static str,
    /// Name of the Rust function, without `r#`.
    pub function: &'static str,
    /// Name shown in the app.
    pub name: &'static str,
    /// Help in Markdown, from `///`; the first paragraph is the tooltip.
    pub docs: &'static str,
    /// Icon; that of the category if `None`.
    pub icon: Option<&'static str>,
    /// Where it is listed.
    pub group: Group,
    /// Whether the first argument is the context of the run, which is no input.
    pub takes_context: bool,
    /// Inputs in the order of the arguments.
    pub inputs: &'static [InputDecl],
    /// What the function returns.
    pub outputs: &'static [OutputKind],
    /// What `#[output(…)]` says of the outputs, in order; may be shorter than `outputs`.
    pub output_options: &'static [OutputOptions],
    /// How many of the outputs, from the first on, are given item by item.
    pub iterated_outputs: usize,
    /// Length of the sequence given; `uint` if `None`.
    pub length: Option<Navi>,
    /// Ids of related nodes.
    pub see_also: &'static [&'static str],
    /// Id of the node that it can run in place of; as [`PackageDecl::replaces`](super::PackageDecl::replaces) has it if `None`.
    pub replaces: Option<&'static str>,
    /// Not offered any more, but still run.
    pub deprecated: bool,
    /// Does something besides returning values (writes a file, say): the app runs it even when nothing uses its outputs.
    pub side_effects: bool,
    /// Where the inputs stand; in order, grouped by their own keys, if `None`.
    pub layout: Option<&'static [LayoutItem]>,
    /// What the collapsed node shows.
    pub key_info: Option<KeyInfo>,
    /// What else finds it in the search.
    pub suggestions: &'static [Suggestion],
    /// What it needs to run.
    pub features: &'static [Feature],
    /// Says that it computes with 8 bits a channel; an empty text stands for the usual one.
    pub limited_to_8bit: Option<&'static str>,
    /// Calls the function.
    pub run: RunFn,
    /// Where the function stands.
    pub place: Place,
    /// Cargo name of the declaring package.
    pub package: &'static str,
}

impl NodeDecl {
    /// The sort of node that its types make it.
    pub fn kind(&self) -> NodeKind {
        NodeKind::of(self.inputs.iter().any(|input| input.item.is_some()), self.iterated_outputs > 0)
    }
}

/// The sorts of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// Values in, values out.
    Regular,
    /// Makes a sequence.
    Generator,
    /// Folds a sequence.
    Collector,
    /// Turns one sequence into another.
    Transformer,
}

impl NodeKind {
    /// The sort of a node that takes, and gives, item by item.
    pub const fn of(takes_items: bool, gives_items: bool) -> Self {
        match (takes_items, gives_items) {
            (false, false) => Self::Regular,
            (false, true) => Self::Generator,
            (true, false) => Self::Collector,
            (true, true) => Self::Transformer,
        }
    }

    /// Its name in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "node",
            Self::Generator => "generator",
            Self::Collector => "collector",
            Self::Transformer => "transformer",
        }
    }
}

/// What the header of a collapsed node shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KeyInfo {
    /// The value of a choice, `bool` or number, by its index.
    Input(usize),
    /// A text, computed.
    Type(Navi),
}

/// An input by its index, and the value that it is set to.
pub type SetInput = (usize, fn() -> DefaultValue);

/// A search for which the node is offered, with inputs already set.
#[derive(Debug, Clone, Copy)]
pub struct Suggestion {
    /// What is searched for.
    pub query: &'static str,
    /// What is offered; the node's name if `None`.
    pub name: Option<&'static str>,
    /// Index of the number that the rest of the search is taken for.
    pub parse: Option<usize>,
    /// Inputs that are set, by their indices.
    pub inputs: &'static [SetInput],
}

/// A place in the author's sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path as the compiler was given it.
    pub file: &'static str,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Place {
    /// The place of the caller.
    #[track_caller]
    pub const fn here() -> Self {
        let here = std::panic::Location::caller();
        Self { file: here.file(), line: here.line(), column: here.column() }
    }
}

impl From<Place> for crate::library::Place {
    fn from(place: Place) -> Self {
        Self { file: place.file.to_owned(), line: place.line, column: place.column }
    }
}
