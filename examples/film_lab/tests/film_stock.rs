//! Promises of the film stocks.

mod support;

use std::{fs, path::PathBuf};

use chainner_sdk::prelude::*;
use film_lab::film_stock::{Stock, film_stock};
use support::{assert_filters_everything, assert_identity, flat, gray_of};

const STOCKS: [Stock; 5] = [Stock::Marigold, Stock::Saltmarsh, Stock::Glacier, Stock::Nocturne, Stock::Anthracite];

/// A file of this test's own.
fn file(name: &str, text: &str) -> FilePath {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the directory of the tests can be written");
    FilePath(path)
}

fn through(image: &Image, lut: FilePath) -> Result<(Image, String), NodeError> {
    film_stock(image.view(), Stock::FromFile, Some(lut), 0.0, 100.0)
}

fn developed(image: &Image, stock: Stock) -> Image {
    film_stock(image.view(), stock, None, 0.0, 100.0).expect("a stock on the shelf").0
}

#[test]
fn no_strength_changes_nothing() {
    for stock in STOCKS {
        assert_identity(|image| film_stock(image.view(), stock, None, 2.0, 0.0).expect("a stock on the shelf").0);
    }
}

#[test]
fn every_image_is_taken() {
    for stock in STOCKS {
        assert_filters_everything(|image| film_stock(image.view(), stock, None, 4.0, 100.0).expect("a stock").0);
    }
}

#[test]
fn stocks_keep_the_order_of_greys() {
    for stock in STOCKS {
        let lightness: Vec<f32> =
            (0..=20).map(|i| developed(&flat(1, 1, gray_of(i as f32 / 20.0)), stock).view().pixel(0, 0)[1]).collect();
        assert!(lightness.windows(2).all(|pair| pair[0] < pair[1]), "{stock:?}: {lightness:?}");
    }
}

#[test]
fn the_stocks_look_different_and_anthracite_is_gray() {
    let image = support::photograph("flower.png");
    let looks = STOCKS.map(|stock| developed(&image, stock));
    for (i, look) in looks.iter().enumerate() {
        assert!(looks[..i].iter().all(|other| other != look));
    }
    let anthracite = looks[4].view();
    assert!(anthracite.samples().chunks_exact(3).all(|pixel| (pixel[0] - pixel[2]).abs() < 1e-5));
}

#[test]
fn pushing_brightens() {
    let image = flat(1, 1, gray_of(0.4));
    let [pulled, pushed] = [-1.0, 1.0].map(|push| {
        film_stock(image.view(), Stock::Saltmarsh, None, push, 100.0).expect("a stock").0.view().pixel(0, 0)[1]
    });
    assert!(pulled + 0.1 < pushed);
}

#[test]
fn the_identity_table_changes_nothing_visible_and_gives_its_title() {
    let lut = file(
        "identity.cube",
        "TITLE \"Nothing\"\nLUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n",
    );
    let image = support::photograph("flower.png");
    let (same, title) = through(&image, lut).expect("a valid table");
    assert_eq!(title, "Nothing");
    let (before, after) = (image.view(), same.view());
    assert!(before.samples().iter().zip(after.samples()).all(|(before, after)| (before - after).abs() < 1e-5));
}

#[test]
fn red_changes_fastest_in_a_table() {
    // Swaps nothing but keeps red alone.
    let lut = file("red.cube", "LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 0 0\n1 0 0\n0 0 0\n1 0 0\n0 0 0\n1 0 0\n");
    let (red, name) = through(&flat(1, 1, Bgr { b: 0.2, g: 0.5, r: 0.7 }), lut).expect("a valid table");
    assert_eq!(name, "red");
    let [b, g, r] = *red.view().pixel(0, 0) else { panic!("three channels") };
    assert!(b == 0.0 && g == 0.0 && (r - 0.7).abs() < 1e-6);
}

#[test]
fn errors_name_the_input_the_file_and_the_line() {
    let image = flat(1, 1, gray_of(0.5));
    for (error, expected) in [
        (
            film_stock(image.view(), Stock::FromFile, None, 0.0, 100.0),
            "input 'LUT file': choose a .cube file, or one of the other films",
        ),
        (
            through(&image, file("broken.cube", "LUT_1D_SIZE 2\n0 0 0\n1 one 1\n")),
            "input 'LUT file': 'broken.cube', line 3: expected three numbers, got '1 one 1'",
        ),
    ] {
        assert_eq!(error.map_err(|error| error.to_string()), Err(expected.to_owned()));
    }
}
