//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::invert;

#[test]
fn black_becomes_white() {
    let black = Image::new(1, 1, 3);
    assert_eq!(invert(black.view()).view().samples(), [1.0, 1.0, 1.0]);
}

#[test]
fn opacity_stays() {
    let clear = Image::new(1, 1, 4);
    assert_eq!(invert(clear.view()).view().samples(), [1.0, 1.0, 1.0, 0.0]);
}

#[test]
fn the_result_has_the_size_and_the_channels_of_the_image() {
    for channels in 1..=4 {
        let image = Image::new(7, 5, channels);
        testing::node("invert").set("image", &image).call();
    }
}
