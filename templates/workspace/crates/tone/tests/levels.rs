//! Nodes are functions: tests call them.

use chainner_sdk::prelude::*;

use {{module}}_tone::levels;

#[test]
fn tones_are_stretched() {
    let image = Image::from_pixels(3, 1, |x, _| Gray {
        value: 0.25 + 0.25 * x as f32,
    });
    assert_eq!(
        levels(image.view(), 25.0, 75.0, 1.0).view().samples(),
        [0.0, 0.5, 1.0]
    );
}

#[test]
fn white_below_black_is_no_reason_to_fail() {
    let image = Image::from_pixels(1, 1, |_, _| Gray { value: 0.5 });
    assert_eq!(
        levels(image.view(), 60.0, 10.0, 1.0).view().samples(),
        [0.0]
    );
}
