//! Nodes are functions: tests call them.

use chainner_sdk::prelude::*;

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
