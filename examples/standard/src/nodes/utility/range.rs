//! Whole numbers one after another.

use chainner_sdk::prelude::*;

use crate::categories::utility::VALUE;

/// Gives the whole numbers from one to another.
#[node(
    id = "chainner_native:utility:range",
    group = VALUE,
    icon = "MdCalculate",
    key_info = r#"
        let first = if $start_inclusive { $start } else { $start + 1 };
        let last = if $stop_inclusive { $stop } else { $stop - 1 };
        string::concat(toString(first), "..", toString(last))
    "#,
    length = r"
        let first = if $start_inclusive { $start } else { $start + 1 };
        let last = if $stop_inclusive { $stop } else { $stop - 1 };
        max(0, last - first + 1)
    ",
)]
#[output(
    navi = r"
        let first = if $start_inclusive { $start } else { $start + 1 };
        let last = if $stop_inclusive { $stop } else { $stop - 1 };
        max(int, first) & min(int, last)
    ",
    never_reason = "There is no number between the two."
)]
pub fn range(
    start: i64,
    /// Whether the first number is given, too.
    #[input(default = true)]
    start_inclusive: bool,
    #[input(default = 10)] stop: i64,
    /// Whether the last number is given, too.
    stop_inclusive: bool,
) -> Generator<i64> {
    let first = if start_inclusive { start } else { start.saturating_add(1) };
    let end = if stop_inclusive { stop.saturating_add(1) } else { stop };
    let length = usize::try_from(end.saturating_sub(first)).unwrap_or(0);
    Generator::new(length, first..end)
}
