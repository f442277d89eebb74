//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::{Mode, blend};

fn flat(value: f32) -> Image {
    Image::from_pixels(4, 3, |_, _| Bgr {
        b: value,
        g: value,
        r: value,
    })
}

fn blended(mode: Mode, opacity: f32) -> f32 {
    let (image, layer) = (flat(0.5), flat(0.25));
    let result = blend(
        image.view(),
        ImageOrColor::Image(layer.view()),
        mode,
        opacity,
    )
    .expect("the sizes are equal");
    result.view().pixel(1, 1)[0]
}

#[test]
fn each_mode_has_its_formula() {
    assert_eq!(blended(Mode::Normal, 100.0), 0.25);
    assert_eq!(blended(Mode::Multiply, 100.0), 0.125);
    assert_eq!(blended(Mode::Screen, 100.0), 0.625);
}

#[test]
fn opacity_fades_the_layer() {
    assert_eq!(blended(Mode::Normal, 0.0), 0.5);
    assert_eq!(blended(Mode::Normal, 50.0), 0.375);
}

#[test]
fn a_colour_is_a_layer_too() {
    let image = flat(0.5);
    let result = blend(
        image.view(),
        ImageOrColor::Color(Color::rgb(1.0, 0.0, 0.0)),
        Mode::Normal,
        100.0,
    );
    assert_eq!(
        result.expect("a colour has every size").view().pixel(0, 0),
        [0.0, 0.0, 1.0]
    );
}

#[test]
fn sizes_that_differ_are_refused() {
    let (image, layer) = (flat(0.5), Image::new(9, 9, 3));
    let refusal = blend(
        image.view(),
        ImageOrColor::Image(layer.view()),
        Mode::Normal,
        100.0,
    );
    assert!(
        refusal
            .expect_err("the sizes differ")
            .to_string()
            .contains("9×9")
    );
}

#[test]
fn the_result_has_the_size_and_the_channels_of_the_image() {
    for channels in [1, 3, 4] {
        let image = Image::new(7, 5, channels);
        let node = testing::node("blend").set("image", &image);
        node.set("layer", "#ff8000").call();
    }
}
