//! What chaiNNer adds to Navi: its names, and how it evaluates the types of a node.

mod assign;
mod evaluation;
mod function;
mod node;
mod path;
mod pattern;
mod references;
mod regex;
mod scope;
mod text;

pub use assign::assign;
pub use evaluation::{Assignment, Evaluated, InputError, InputValue, OutputError, SequenceError};
pub use function::NodeFunction;
pub use node::{Conversion, IteratorGroup, Node, NodeInput, NodeOutput, OptionType, main_scope};
pub use references::{hidden_references, references};
pub use scope::scope;
