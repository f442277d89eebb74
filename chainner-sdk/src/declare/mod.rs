//! Declarations: the const tables that `#[node]`, `package!` and `#[derive(Choice)]` write, and that can be written by hand.
//!
//! They hold const data and function pointers only; nothing of them runs before the library is asked.

mod category;
mod choice;
mod condition;
mod input;
mod node;
mod output;
mod package;

pub use chainner_sdk_macros::Choice;

pub use category::{Category, Group};
pub use choice::{Choice, ChoiceStyle, ChoiceTable, Variant, VariantId};
pub use condition::{Condition, ConditionValue};
pub use input::{DefaultValue, InputDecl, InputOptions, Kind, LabelStyle, Precision, Scale};
pub use node::{NodeDecl, NodeKind, Place, RunFn};
pub use output::{OutputKind, OutputOptions};
pub use package::{Dependency, PackageDecl};
