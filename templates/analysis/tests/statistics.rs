//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::statistics;

#[test]
fn a_flat_image_has_no_contrast() {
    let image = Image::from_pixels(8, 8, |_, _| Bgr {
        b: 0.5,
        g: 0.5,
        r: 0.5,
    });
    let (mean, deviation, clipped, report) = statistics(image.view(), 0.5);
    assert!((mean - 0.5).abs() < 1e-6 && deviation < 1e-3, "{report}");
    assert_eq!(clipped, 0.0);
    assert_eq!(report, "8×8, mean 0.500, deviation 0.000, 0.0 % clipped");
}

#[test]
fn half_black_and_half_white_is_all_clipped() {
    let image = Image::from_pixels(8, 8, |x, _| Gray {
        value: if x < 4 { 0.0 } else { 1.0 },
    });
    let (mean, deviation, clipped, _) = statistics(image.view(), 0.0);
    assert_eq!((mean, deviation, clipped), (0.5, 0.5, 100.0));
}

#[test]
fn an_empty_image_is_no_reason_to_fail() {
    assert_eq!(statistics(Image::new(0, 0, 3).view(), 0.5).0, 0.0);
}

#[test]
fn numbers_stay_within_their_declared_ranges() {
    for value in [0.0, 0.3, 1.0] {
        let image = Image::from_pixels(3, 2, |_, _| Gray { value });
        let measured = testing::node("statistics").set("image", &image).call();
        assert!((measured.number("Mean") - f64::from(value)).abs() < 1e-6);
    }
}
