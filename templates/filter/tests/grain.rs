//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::{Stock, grain};

fn gray() -> Image {
    Image::from_pixels(32, 32, |_, _| Gray { value: 0.5 })
}

#[test]
fn no_amount_leaves_the_image_as_it_is() {
    let image = gray();
    assert_eq!(grain(image.view(), 0.0, Stock::Fine, 1, Seed(1)), image);
}

#[test]
fn the_seed_decides_the_grain() {
    let image = gray();
    let with = |seed| grain(image.view(), 10.0, Stock::Fine, 1, Seed(seed));
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}

#[test]
fn coarse_grains_are_three_pixels_wide() {
    let image = grain(gray().view(), 10.0, Stock::Coarse, 1, Seed(1));
    assert_eq!(image.view().pixel(0, 0), image.view().pixel(2, 2));
    assert_ne!(image.view().pixel(2, 2), image.view().pixel(3, 3));
}

#[test]
fn an_amount_beyond_its_range_is_the_end_of_the_range() {
    let image = gray();
    let with = |amount| {
        let node = testing::node("grain").set("image", &image);
        node.set("amount", amount).call().image("Image").clone()
    };
    assert_eq!(with(1000.0), with(100.0));
    assert_ne!(with(100.0), with(10.0));
}
