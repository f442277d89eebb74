//! Promises of the double exposure.

mod support;

use chainner_sdk::prelude::*;
use film_lab::double_exposure::{Blend, Fit, MaskUse, double_exposure};
use support::{assert_filtered, assert_filters_everything, assert_identity, flat, gray_of};

const AMBER: Color = Color::rgb(1.0, 0.5, 0.0);

fn laid(image: &Image, layer: ImageOrColor<'_>, blend: Blend, opacity: u32) -> Image {
    double_exposure(image.view(), layer, blend, opacity, Fit::Fill, None, MaskUse::AsIs)
}

#[test]
fn no_opacity_changes_nothing() {
    assert_identity(|image| laid(image, ImageOrColor::Color(AMBER), Blend::Normal, 0));
}

#[test]
fn every_image_takes_every_layer() {
    let [_, _, with_opacity] = support::portraits();
    assert_filters_everything(|image| laid(image, ImageOrColor::Image(with_opacity.view()), Blend::SoftLight, 80));
    let small = flat(7, 5, gray_of(0.3));
    for layer in support::odd_images() {
        assert_filtered(&small, &laid(&small, ImageOrColor::Image(layer.view()), Blend::ColorDodge, 100));
    }
    let broken = support::broken();
    assert_filters_everything(|image| laid(image, ImageOrColor::Image(broken.view()), Blend::ColorBurn, 100));
}

#[test]
fn a_colour_is_blended_by_the_formula() {
    let image = flat(2, 2, Bgr { b: 0.25, g: 0.5, r: 0.75 });
    let pixel = |blend, opacity| {
        let laid = laid(&image, ImageOrColor::Color(Color::rgb(0.4, 0.4, 0.4)), blend, opacity);
        <[f32; 3]>::try_from(laid.view().pixel(1, 1)).expect("three channels")
    };
    let assert_near = |found: [f32; 3], expected: [f32; 3]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?}, not {expected:?}");
    };
    assert_near(pixel(Blend::Multiply, 100), [0.1, 0.2, 0.3]);
    assert_near(pixel(Blend::Screen, 100), [0.55, 0.7, 0.85]);
    assert_near(pixel(Blend::Difference, 100), [0.15, 0.1, 0.35]);
    assert_near(pixel(Blend::Normal, 50), [0.325, 0.45, 0.575]);
}

#[test]
fn opacity_of_a_colour_counts() {
    let image = flat(1, 1, gray_of(0.0));
    let laid = laid(&image, ImageOrColor::Color(Color::rgba(1.0, 1.0, 1.0, 0.25)), Blend::Normal, 100);
    assert!((laid.view().pixel(0, 0)[0] - 0.25).abs() < 1e-6);
}

#[test]
fn the_mask_lets_through_or_protects() {
    let image = flat(40, 10, gray_of(0.0));
    let mask = Image::from_pixels(40, 10, |x, _| Gray { value: if x < 20 { 1.0 } else { 0.0 } });
    let masked = |mask_use| {
        let layer = ImageOrColor::Color(Color::WHITE);
        double_exposure(image.view(), layer, Blend::Normal, 100, Fit::Fill, Some(mask.view()), mask_use)
    };
    let (through, protected) = (masked(MaskUse::AsIs), masked(MaskUse::Inverted));
    assert_eq!((through.view().pixel(3, 3)[0], through.view().pixel(33, 3)[0]), (1.0, 0.0));
    assert_eq!((protected.view().pixel(3, 3)[0], protected.view().pixel(33, 3)[0]), (0.0, 1.0));
}

#[test]
fn layers_are_cut_stretched_or_repeated() {
    let image = flat(40, 20, gray_of(0.0));
    // Left half white.
    let layer = Image::from_pixels(20, 20, |x, _| gray_of(if x < 10 { 1.0 } else { 0.0 }));
    let fitted = |fit| {
        let layer = ImageOrColor::Image(layer.view());
        double_exposure(image.view(), layer, Blend::Normal, 100, fit, None, MaskUse::AsIs)
    };
    let row = |image: &Image| [5, 15, 25, 35].map(|x| image.view().pixel(x, 10)[0].round());
    assert_eq!(row(&fitted(Fit::Stretch)), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(row(&fitted(Fit::Fill)), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(row(&fitted(Fit::Tile)), [1.0, 0.0, 1.0, 0.0]);
    // A tall layer is cut at top and bottom: the same half stays.
    let tall = Image::from_pixels(40, 80, |_, y| gray_of(if (30..50).contains(&y) { 1.0 } else { 0.0 }));
    let cut = laid(&image, ImageOrColor::Image(tall.view()), Blend::Normal, 100);
    assert!(support::mean(&cut) > 0.99);
}
