//! Promises of the date stamp.

mod support;

use chainner_sdk::prelude::*;
use film_lab::date_stamp::{Place, date_stamp};
use support::{assert_filters_everything, assert_identity, flat, gray_of};

const AMBER: Color = Color::rgb(1.0, 0.45, 0.1);

/// Columns and rows, first and last, in which something changed.
fn changed(before: &Image, after: &Image) -> Option<[usize; 4]> {
    let mut bounds: Option<[usize; 4]> = None;
    for (x, y) in (0..before.height()).flat_map(|y| (0..before.width()).map(move |x| (x, y))) {
        if before.view().pixel(x, y) != after.view().pixel(x, y) {
            let [left, right, top, bottom] = bounds.unwrap_or([x, x, y, y]);
            bounds = Some([left.min(x), right.max(x), top.min(y), bottom.max(y)]);
        }
    }
    bounds
}

#[test]
fn no_text_changes_nothing() {
    assert_identity(|image| date_stamp(image.view(), "", Place::Center, 10, 5.0, AMBER, true));
}

#[test]
fn every_image_is_taken() {
    assert_filters_everything(|image| date_stamp(image.view(), "'98 10 24", Place::BottomRight, 4, 5.0, AMBER, true));
    assert_filters_everything(|image| date_stamp(image.view(), &"x".repeat(60), Place::Left, 50, 50.0, AMBER, false));
}

#[test]
fn the_caption_has_its_size_and_stands_in_its_place() {
    let image = flat(300, 200, gray_of(0.2));
    let stamped = |place| date_stamp(image.view(), "H", place, 10, 5.0, AMBER, false);
    // 20 pixels high, 10 from the edges.
    let [left, right, top, bottom] = changed(&image, &stamped(Place::BottomRight)).expect("a caption");
    assert!(right.abs_diff(289) <= 1 && bottom.abs_diff(189) <= 1 && (bottom - top).abs_diff(19) <= 2);
    assert!(right - left < bottom - top);
    let [left, _, top, _] = changed(&image, &stamped(Place::TopLeft)).expect("a caption");
    assert!(left.abs_diff(10) <= 1 && top.abs_diff(10) <= 1);
    let [left, right, top, bottom] = changed(&image, &stamped(Place::Center)).expect("a caption");
    assert!((left + right).abs_diff(299) <= 2 && (top + bottom).abs_diff(199) <= 2);
}

#[test]
fn a_long_caption_is_set_smaller_to_fit_between_the_margins() {
    let image = flat(300, 200, gray_of(0.2));
    let stamped = date_stamp(image.view(), "a caption much too long", Place::Top, 30, 5.0, AMBER, false);
    let [left, right, top, bottom] = changed(&image, &stamped).expect("a caption");
    assert!(left >= 9 && right <= 290 && right - left > 250 && bottom - top < 40);
}

#[test]
fn dots_have_the_colour_and_glow_shines_around_them() {
    let image = flat(300, 200, gray_of(0.1));
    let [dull, glowing] = [false, true].map(|glow| date_stamp(image.view(), "8", Place::Center, 50, 5.0, AMBER, glow));
    let lit = Bgr { b: 0.1, g: 0.45, r: 1.0 };
    let pixels = dull.view();
    let pixels = pixels.as_pixels::<Bgr>().expect("three channels");
    assert!(pixels.iter().any(|p| (p.b - lit.b).abs() + (p.g - lit.g).abs() + (p.r - lit.r).abs() < 1e-3));
    assert!(support::mean(&glowing) > support::mean(&dull) + 1e-3);
}
