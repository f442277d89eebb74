//! The beginning of a sequence.

use chainner_sdk::prelude::*;

use crate::categories::utility::SEQUENCE;

/// Lets the first items of a sequence through, and leaves out the rest.
#[node(id = "chainner_native:utility:limit_sequence", group = SEQUENCE, icon = "MdFilterList", length = "$limit")]
#[output(label = "Sequence", navi = "$sequence")]
pub fn limit_sequence(
    sequence: Items<Any>,
    /// How many items there are at most.
    #[input(default = 10)]
    limit: u32,
) -> Generator<Any> {
    Generator::new(limit as usize, sequence.take(limit as usize))
}
