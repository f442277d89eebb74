//! What the expansions of the macros name. Not for authors: it changes without notice.

#[cfg(feature = "python")]
pub use crate::python;
/// The keys of the attributes, for editors to complete.
pub mod ide {
    chainner_sdk_macros::__ide_modules!();
}

pub use crate::{
    __export as export, __export_python as export_python,
    declare::*,
    enforce::InputSpec,
    error::{Mismatch, NodeError},
    function::{FlagInput, InputFacts, ReturnFacts, StyledInput, asks_a_flag, input, input_index, inputs, returns},
    input::{
        DefaultInput, NodeInput, NumberInput,
        choice::{condition_value, declare as declare_choice, default_value as default_choice, take as take_choice},
    },
    key::{
        characters, context_stands_first, context_takes_no_keys, control_fits, end_is_finite, fused_fits, group_fits,
        handle_fits, input_has_pixels, input_is_number, items_fit, items_key_fits, key_fits, key_info_fits,
        length_fits, of_fits, output_key_fits, outputs_fit, position_fits, range_ascends, same_as_fits, size_as_fits,
        step_is_positive, style_fits, within_length, within_range,
    },
    library::ChoiceId,
    node::Arguments,
    output::NodeReturn,
    registry::{NodeEntry, PackageEntry, submit},
    value::{OutputValue, Value},
};
