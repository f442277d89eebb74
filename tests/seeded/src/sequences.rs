//! Mistakes with sequences.

use chainner_sdk::prelude::*;

use crate::{BUGGY, SOUND};

/// Gives one item fewer than it says.
#[node(id = "seeded:buggy:length", group = BUGGY)]
pub fn length_buggy(#[input(default = 3, range = 0..=20)] count: u32) -> Generator<u32> {
    Generator::new(count as usize, (1..count).collect::<Vec<_>>())
}

/// Gives as many items as it says, and as its declaration says.
#[node(id = "seeded:sound:length", group = SOUND, length = "$count")]
pub fn length_sound(#[input(default = 3, range = 0..=20)] count: u32) -> Generator<u32> {
    Generator::new(count as usize, 0..count)
}

/// Says `count` in its declaration, and means one more.
#[node(id = "seeded:buggy:declared_length", group = BUGGY, length = "$count")]
pub fn declared_length_buggy(#[input(default = 3, range = 0..=20)] count: u32) -> Generator<u32> {
    Generator::new(count as usize + 1, 0..=count)
}

/// Makes items that grow, where all are declared to be of one size.
#[node(id = "seeded:buggy:items", group = BUGGY, length = "$count")]
#[output(same_as = image)]
pub fn items_buggy(image: Image, #[input(default = 3, range = 0..=20)] count: u32) -> Generator<Image> {
    let grown = move |step: u32| Image::new(image.width() + step as usize, image.height(), image.channels());
    Generator::new(count as usize, (0..count).map(grown))
}

/// Makes items of one size.
#[node(id = "seeded:sound:items", group = SOUND, length = "$count")]
#[output(same_as = image)]
pub fn items_sound(image: Image, #[input(default = 3, range = 0..=20)] count: u32) -> Generator<Image> {
    let darker = move |step: u32| image.view().map_colors(|_, _, sample| sample / (step + 1) as f32);
    Generator::new(count as usize, (0..count).map(darker))
}

/// Cannot do without a first item.
#[node(id = "seeded:buggy:none", group = BUGGY)]
pub fn none_buggy(numbers: Items<f32>) -> f32 {
    numbers.reduce(f32::max).unwrap()
}

/// Says what it cannot do without.
#[node(id = "seeded:sound:none", group = SOUND)]
pub fn none_sound(numbers: Items<f32>) -> Result<f32, NodeError> {
    numbers.reduce(f32::max).ok_or_else(|| NodeError::new("the sequence is empty"))
}

/// Turns images around, one by one.
#[node(id = "seeded:buggy:each", group = BUGGY)]
#[output(same_as = images)]
pub fn each_buggy(images: Items<Image>) -> Generator<Image> {
    Generator::new(None, images.map(|image| Image::new(image.height() + 7, image.width(), image.channels())))
}

/// Inverts images, one by one.
#[node(id = "seeded:sound:each", group = SOUND)]
#[output(same_as = images)]
pub fn each_sound(images: Items<Image>) -> Generator<Image> {
    Generator::new(None, images.map(|image| image.view().map_colors(|_, _, sample| 1.0 - sample)))
}
