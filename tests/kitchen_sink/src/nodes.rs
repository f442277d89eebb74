//! Every key of `#[node(…)]`.

use chainner_sdk::prelude::*;

use crate::{KEYS, Size, TAP};

/// Washes.
///
/// With water, and with soap.
#[node(
    id = "kitchen_sink:nodes:keys",
    group = KEYS,
    name = "All keys",
    icon = "ImDroplet",
    see_also = ["kitchen_sink:nodes:computed", "kitchen_sink:nodes:plain"],
    replaces = "chainner:utility:keys",
    deprecated,
    side_effects,
    key_info = size,
    suggestions = [("+", name = "Wash: More", parse = times, set(size = Size::Large)), ("wash", set(times = 2))],
    features = [TAP],
    limited_to_8bit,
    crate = ::chainner_sdk,
)]
fn keys(size: Size, times: u32) {}

/// Computes what the collapsed node shows.
#[node(
    id = "kitchen_sink:nodes:computed",
    group = KEYS,
    icon = "BsDroplet",
    see_also = ["kitchen_sink:nodes:plain"],
    key_info = "string::concat(\"×\", toString($times))",
    limited_to_8bit = "Of each plate.",
)]
fn computed(times: u32) -> u32 {
    times
}

/// Shows a number when collapsed.
#[node(id = "kitchen_sink:nodes:plain", group = KEYS, icon = "CgDrop", key_info = times)]
fn plain(times: u32) -> u32 {
    times
}
