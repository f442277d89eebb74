//! Nodes are functions: tests call them, one after the other as in a chain. `testing` calls
//! them as the app does.

use chainner_sdk::{prelude::*, testing};

use {{module}}::{Palette, apply_palette, extract_palette};

const RED: Bgr = Bgr {
    b: 0.0,
    g: 0.0,
    r: 1.0,
};
const BLUE: Bgr = Bgr {
    b: 1.0,
    g: 0.0,
    r: 0.0,
};

/// Three quarters red, one quarter blue.
fn flag() -> Image {
    Image::from_pixels(8, 2, |x, _| if x < 6 { RED } else { BLUE })
}

#[test]
fn frequent_colours_come_first() {
    let palette = extract_palette(flag().view(), 8).expect("not empty");
    assert_eq!(
        *palette,
        Palette {
            colors: vec![RED, BLUE]
        }
    );
    assert_eq!(
        extract_palette(flag().view(), 1).expect("not empty").colors,
        [RED]
    );
}

#[test]
fn pixels_take_the_nearest_colour() {
    let palette = Handle::new(Palette {
        colors: vec![RED, BLUE],
    });
    let image = Image::from_pixels(2, 1, |x, _| {
        if x == 0 {
            Bgr { r: 0.6, ..BLUE }
        } else {
            Bgr { b: 0.4, ..RED }
        }
    });
    let result = apply_palette(image.view(), palette);
    assert_eq!(
        result.view().as_pixels::<Bgr>(),
        Some([BLUE, RED].as_slice())
    );
}

#[test]
fn an_image_keeps_the_colours_of_its_own_palette() {
    let palette = extract_palette(flag().view(), 8).expect("not empty");
    assert_eq!(apply_palette(flag().view(), palette), flag());
}

#[test]
fn a_palette_travels_from_node_to_node() {
    let palette = Handle::new(Palette { colors: vec![RED] });
    let image = flag();
    let node = testing::node("apply_palette").set("image", &image);
    let red = node.set("palette", palette).call();
    assert_eq!(
        red.image("Image").view().as_pixels::<Bgr>(),
        Some([RED; 16].as_slice())
    );
}
