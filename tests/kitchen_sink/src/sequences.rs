//! Sequences: of every kind, made, folded and changed.

use chainner_sdk::prelude::*;

use crate::{Plate, SEQUENCES};

/// As many as told, with a length that is computed.
#[node(
    id = "kitchen_sink:sequences:made",
    group = SEQUENCES,
    length = "let n = $many; if $limited { min(n, 3) } else { n }",
)]
#[output(navi = "min(uint, max(0, IterOutput0.length - 1))")]
fn made(many: u32, limited: bool) -> Generator<u32> {
    Generator::from_iter(0..if limited { many.min(3) } else { many })
}

/// One of two.
#[node(id = "kitchen_sink:sequences:chosen", group = SEQUENCES)]
#[output(navi = "$first | $second")]
fn chosen(first: Items<Any>, second: Items<Any>, take_first: Items<bool>) -> Generator<Any> {
    let both = first.zip(second).zip(take_first);
    Generator::new(None, both.map(|((first, second), take_first)| if take_first { first } else { second }))
}

/// Each with its weight.
#[node(id = "kitchen_sink:sequences:weighted", group = SEQUENCES)]
#[output(label = "Value")]
#[output(label = "Weight")]
fn weighted(values: Items<f32>, weights: Items<f32>) -> Generator<(f32, f32)> {
    Generator::new(None, values.zip(weights))
}

/// What is given without a connection is a sequence of one.
#[node(id = "kitchen_sink:sequences:typed", group = SEQUENCES)]
fn typed(#[input(control, placeholder = "plate", fused = 0)] words: Items<String>) -> String {
    words.collect()
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:integers", group = SEQUENCES)]
fn count_integers(#[input(items = "$many * 2")] items: Items<i32>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:floats", group = SEQUENCES)]
fn count_floats(#[input(items = "$many * 2")] items: Items<f32>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:texts", group = SEQUENCES)]
fn count_texts(#[input(items = "$many * 2")] items: Items<String>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:bools", group = SEQUENCES)]
fn count_bools(#[input(items = "$many * 2")] items: Items<bool>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:images", group = SEQUENCES)]
fn count_images(#[input(items = "$many * 2")] items: Items<Image>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:colors", group = SEQUENCES)]
fn count_colors(#[input(items = "$many * 2")] items: Items<Color>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:files", group = SEQUENCES)]
fn count_files(#[input(items = "$many * 2")] items: Items<FilePath>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:directories", group = SEQUENCES)]
fn count_directories(#[input(items = "$many * 2")] items: Items<DirPath>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:seeds", group = SEQUENCES)]
fn count_seeds(#[input(items = "$many * 2")] items: Items<Seed>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:relative_paths", group = SEQUENCES)]
fn count_relative_paths(#[input(items = "$many * 2")] items: Items<RelativePath>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:anything", group = SEQUENCES)]
fn count_anything(#[input(items = "$many * 2")] items: Items<Any>, many: u32) -> u32 {
    items.count() as u32
}

/// Counts them.
#[node(id = "kitchen_sink:sequences:plates", group = SEQUENCES)]
fn count_plates(#[input(items = "$many * 2")] items: Items<Handle<Plate>>, many: u32) -> u32 {
    items.count() as u32
}
