//! Declarations of nodes.

use crate::{error::NodeError, node::Arguments, output::Returned};

use super::{Group, InputDecl, OutputKind, OutputOptions};

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
    /// Inputs in the order of the arguments.
    pub inputs: &'static [InputDecl],
    /// What the function returns.
    pub outputs: &'static [OutputKind],
    /// What `#[output(…)]` says of the outputs, in order; may be shorter than `outputs`.
    pub output_options: &'static [OutputOptions],
    /// How many of the outputs, from the first on, are given item by item.
    pub iterated_outputs: usize,
    /// Length of the sequence given, as Navi text; `uint` if `None`.
    pub length: Option<&'static str>,
    /// Ids of related nodes.
    pub see_also: &'static [&'static str],
    /// Not offered any more, but still run.
    pub deprecated: bool,
    /// Does something besides returning values (writes a file, say): the app runs it even when nothing uses its outputs.
    pub side_effects: bool,
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

impl From<Place> for crate::library::Place {
    fn from(place: Place) -> Self {
        Self { file: place.file.to_owned(), line: place.line, column: place.column }
    }
}
