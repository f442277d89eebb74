//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

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

#[test]
fn a_new_node_leaves_the_image_as_it_is() {
    let image = Image::from_pixels(5, 1, |x, _| Gray {
        value: x as f32 / 4.0,
    });
    let same = testing::node("levels").set("image", &image).call();
    assert_eq!(*same.image("Image"), image);
}
