//! Promises of the film grain.

mod support;

use chainner_sdk::prelude::*;
use film_lab::grain::{Material, grain};
use support::{assert_filters_everything, assert_identity, flat, gray_of, mean};

fn deviation(image: &Image) -> f64 {
    let mean = mean(image);
    let view = image.view();
    let squares: f64 = view.samples().iter().map(|&sample| (f64::from(sample) - mean).powi(2)).sum();
    (squares / view.samples().len() as f64).sqrt()
}

fn grain_on(gray: f32, amount: f32) -> Image {
    grain(flat(256, 256, gray_of(gray)).view(), Material::Silver, amount, 1.0, 0.0, Seed(3))
}

#[test]
fn no_amount_changes_nothing() {
    assert_identity(|image| grain(image.view(), Material::Dye, 0.0, 2.0, 50.0, Seed(1)));
}

#[test]
fn every_image_is_taken() {
    assert_filters_everything(|image| grain(image.view(), Material::Silver, 50.0, 20.0, 0.0, Seed(-1)));
    assert_filters_everything(|image| grain(image.view(), Material::Dye, 8.0, 0.5, 100.0, Seed(i64::MAX)));
}

#[test]
fn the_same_seed_gives_the_same_grain_and_another_seed_another() {
    let image = support::photograph("portrait.png");
    let grained = |seed| grain(image.view(), Material::Dye, 6.0, 1.5, 40.0, Seed(seed));
    assert_eq!(grained(7), grained(7));
    assert_ne!(grained(7), grained(8));
}

#[test]
fn grain_does_not_depend_on_how_rows_are_shared_out() {
    // The small one is worked on by one thread, the large one by several.
    let [small, large] =
        [40, 400].map(|height| grain(flat(300, height, gray_of(0.5)).view(), Material::Silver, 6.0, 1.5, 0.0, Seed(5)));
    assert_eq!(small.view().row(17), large.view().row(17));
}

#[test]
fn mid_grey_varies_by_the_amount_and_keeps_its_mean() {
    let grained = grain_on(0.5, 6.0);
    assert!((deviation(&grained) - 0.06).abs() < 0.003, "{}", deviation(&grained));
    assert!((mean(&grained) - 0.5).abs() < 0.001);
}

#[test]
fn grain_is_strongest_in_the_midtones_and_absent_from_black_and_white() {
    let [black, dark, middle, light, white] = [0.0, 0.1, 0.5, 0.9, 1.0].map(|gray| deviation(&grain_on(gray, 6.0)));
    assert_eq!((black, white), (0.0, 0.0));
    assert!(middle > 1.4 * dark && middle > 1.4 * light && dark > 0.01);
}

#[test]
fn each_layer_is_as_strong_however_independent_it_is() {
    let image = flat(256, 256, gray_of(0.5));
    for color in [0.0, 40.0, 100.0] {
        let grained = grain(image.view(), Material::Dye, 6.0, 1.0, color, Seed(4));
        let red: Vec<f32> = grained.view().samples().iter().skip(2).step_by(3).copied().collect();
        let red = Image::from_samples(&red, 256, 256, 1).expect("one sample a pixel");
        assert!((deviation(&red) - 0.06).abs() < 0.003, "{color}: {}", deviation(&red));
    }
}

#[test]
fn silver_is_gray_and_dye_is_not() {
    let image = flat(64, 64, gray_of(0.5));
    let colorful = |image: &Image| {
        let view = image.view();
        view.samples().chunks_exact(3).filter(|pixel| (pixel[0] - pixel[2]).abs() > 0.02).count()
    };
    assert_eq!(colorful(&grain(image.view(), Material::Silver, 10.0, 1.0, 100.0, Seed(2))), 0);
    assert_eq!(colorful(&grain(image.view(), Material::Dye, 10.0, 1.0, 0.0, Seed(2))), 0);
    assert!(colorful(&grain(image.view(), Material::Dye, 10.0, 1.0, 100.0, Seed(2))) > 3000);
}
