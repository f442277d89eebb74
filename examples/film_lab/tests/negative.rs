//! Promises of the developed negative.

mod support;

use chainner_sdk::prelude::*;
use film_lab::{
    kernels::srgb::{decode, encode},
    negative::{Base, negative},
};
use support::{assert_filtered, broken, odd_images, photograph};

const MASK: Color = Color::rgb(0.9, 0.62, 0.45);

/// A photograph as a scan of the negative that was exposed with it.
fn scanned(picture: &Image) -> Image {
    let base = MASK.bgr().map(decode);
    picture.view().map_bgr(|_, _, color| {
        let through = |base: f32, sample: f32| encode(base * (1.0 + 19.0 * decode(sample)).powf(-0.6));
        Bgr { b: through(base.b, color.b), g: through(base.g, color.g), r: through(base.r, color.r) }
    })
}

#[test]
fn a_scan_comes_back_as_the_picture_it_was_made_from() {
    // Black and white are in the picture, so that base and white point can be found.
    let mut picture = photograph("flower.png");
    let pixels = picture.pixels_mut::<Bgr>().expect("three channels");
    let count = pixels.len();
    pixels[..count / 50].fill(Bgr::default());
    pixels[count - count / 50..].fill(Bgr { b: 1.0, g: 1.0, r: 1.0 });
    for base in [Base::Measured, Base::Picked] {
        let (positive, found, _) = negative(scanned(&picture).view(), base, MASK, 0.6, true);
        let errors = picture.view().samples().iter().zip(positive.view().samples()).map(|(a, b)| (a - b).abs());
        let mean = errors.sum::<f32>() / (count * 3) as f32;
        assert!(mean < 0.02, "{base:?}: off by {mean}");
        let (found, mask) = (found.bgr(), MASK.bgr());
        assert!((found.r - mask.r).abs() < 0.02 && (found.b - mask.b).abs() < 0.02, "{found:?}");
    }
}

#[test]
fn without_balance_a_picture_of_one_colour_keeps_it() {
    // From dark to light magenta.
    let picture =
        Image::from_pixels(256, 16, |x, _| Bgr { b: x as f32 / 255.0, g: x as f32 / 510.0, r: x as f32 / 255.0 });
    let developed = |balance| negative(scanned(&picture).view(), Base::Picked, MASK, 0.6, balance).0;
    let green = |image: &Image| image.view().pixel(250, 8)[1];
    assert!((green(&developed(false)) - green(&picture)).abs() < 0.03);
    assert!(green(&developed(true)) > 0.9);
}

#[test]
fn every_scan_is_taken() {
    for scan in odd_images().iter().filter(|image| image.channels() > 1) {
        assert_filtered(scan, &negative(scan.view(), Base::Measured, MASK, 0.2, true).0);
    }
    let (positive, _, density) = negative(broken().view(), Base::Measured, MASK, 2.0, false);
    assert!(density.is_finite() && positive.view().samples().iter().all(|sample| (0.0..=1.0).contains(sample)));
}
