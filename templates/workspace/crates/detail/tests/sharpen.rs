//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}_detail::sharpen;

#[test]
fn edges_become_steeper_and_flat_parts_stay() {
    let image = Image::from_pixels(4, 1, |x, _| Gray {
        value: if x < 2 { 0.25 } else { 0.75 },
    });
    let sharp = sharpen(image.view(), 30.0);
    let row = sharp.view().row(0).to_vec();
    assert_eq!((row[0], row[3]), (0.25, 0.75));
    assert!(row[1] < 0.25 && row[2] > 0.75, "{row:?}");
}

#[test]
fn no_amount_leaves_the_image_as_it_is() {
    let image = Image::from_pixels(4, 2, |x, _| Gray {
        value: x as f32 / 3.0,
    });
    assert_eq!(sharpen(image.view(), 0.0), image);
}

#[test]
fn the_result_has_the_size_and_the_channels_of_the_image() {
    for channels in [1, 3] {
        let image = Image::new(7, 5, channels);
        testing::node("sharpen").set("image", &image).call();
    }
}
