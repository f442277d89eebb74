//! Promises of the halation.

mod support;

use chainner_sdk::prelude::*;
use film_lab::{halation::halation, kernels::srgb::decode};
use support::{assert_filters_everything, assert_identity, flat, gray_of};

const TINT: Color = Color::rgb(1.0, 0.35, 0.12);

/// The glow, in a run that nobody stops.
fn glow(image: ImageView<'_>, amount: f32, radius: f32, threshold: f32, tint: Color) -> Image {
    let ctx = Context::new();
    let glowing = halation(&ctx, image, amount, radius, threshold, tint).expect("nobody aborts");
    assert!(amount == 0.0 || ctx.fraction() > 0.5, "it tells its progress");
    glowing
}

#[test]
fn a_stopped_run_gives_no_image() {
    let ctx = Context::new();
    ctx.abort();
    assert_eq!(halation(&ctx, lamp().view(), 200.0, 16.0, 60.0, TINT), Err(Aborted));
}

/// A lamp of 9×9 pixels in the dark.
fn lamp() -> Image {
    Image::from_pixels(101, 101, |x, y| gray_of(if x.abs_diff(50) <= 4 && y.abs_diff(50) <= 4 { 1.0 } else { 0.1 }))
}

#[test]
fn no_amount_changes_nothing() {
    assert_identity(|image| glow(image.view(), 0.0, 20.0, 50.0, TINT));
}

#[test]
fn every_image_is_taken() {
    assert_filters_everything(|image| glow(image.view(), 300.0, 500.0, 0.0, TINT));
    assert_filters_everything(|image| glow(image.view(), 100.0, 0.5, 100.0, TINT));
}

#[test]
fn light_spreads_and_fades_with_distance() {
    let glowing = glow(lamp().view(), 200.0, 16.0, 60.0, TINT);
    let red = |distance: usize| glowing.view().pixel(50 + distance, 50)[2];
    assert!(red(6) > red(10) && red(10) > red(16) && red(16) > 0.101 && (red(50) - 0.1).abs() < 1e-3);
}

#[test]
fn the_glow_is_red_orange() {
    let glowing = glow(lamp().view(), 200.0, 16.0, 60.0, TINT);
    let [b, g, r] = *glowing.view().pixel(57, 50) else { panic!("three channels") };
    assert!(r > g && g > b && r > 0.15, "{b} {g} {r}");
}

#[test]
fn light_is_only_added_and_what_is_evenly_lit_stays() {
    let image = support::photograph("portrait.png");
    let glowing = glow(image.view(), 150.0, 20.0, 60.0, TINT);
    let (before, after) = (image.view(), glowing.view());
    assert!(before.samples().iter().zip(after.samples()).all(|(before, after)| after + 1e-5 >= *before));

    let bright = flat(64, 64, gray_of(0.9));
    let glowing = glow(bright.view(), 200.0, 30.0, 50.0, TINT);
    assert!(glowing.view().samples().iter().all(|sample| (sample - 0.9).abs() < 1e-4));
}

#[test]
fn a_wider_radius_moves_light_outwards() {
    let [near, far] = [8.0, 40.0].map(|radius| glow(lamp().view(), 200.0, radius, 60.0, TINT));
    let red = |image: &Image, distance: usize| decode(image.view().pixel(50 + distance, 50)[2]);
    assert!(red(&near, 6) > red(&far, 6) && red(&near, 25) < red(&far, 25));
}
