//! What the expansions of the macros name. Not for authors: it changes without notice.

#[cfg(feature = "python")]
pub use crate::python;
pub use crate::{
    __export as export, __export_python as export_python,
    declare::*,
    enforce::InputSpec,
    error::{Mismatch, NodeError},
    input::{
        DefaultInput, NodeInput, NumberInput,
        choice::{condition_value, declare as declare_choice, default_value as default_choice, take as take_choice},
    },
    key::{key_fits, outputs_fit, within_range},
    library::ChoiceId,
    node::Arguments,
    output::NodeReturn,
    registry::{NodeEntry, PackageEntry, submit},
    value::{OutputValue, Value},
};
