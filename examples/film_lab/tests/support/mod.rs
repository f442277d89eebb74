//! Pictures for the tests.
#![allow(dead_code, reason = "each test binary uses some of them")]

use std::path::Path;

use chainner_sdk::prelude::*;

/// A photograph if the corpus is there, else a picture with flat areas, ramps, lights and texture.
pub(crate) fn photograph(name: &str) -> Image {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/images").join(name);
    match image::open(&path) {
        Ok(decoded) => {
            println!("picture: {}", path.display());
            let rgb = decoded.to_rgb32f();
            let (width, height) = (rgb.width() as usize, rgb.height() as usize);
            Image::from_pixels(width, height, |x, y| {
                let [r, g, b] = rgb.get_pixel(x as u32, y as u32).0;
                Bgr { b, g, r }
            })
        }
        Err(error) => {
            println!("picture: made by the test, as {} cannot be read: {error}", path.display());
            made()
        }
    }
}

fn made() -> Image {
    let (width, height) = (320, 240);
    Image::from_pixels(width, height, |x, y| {
        let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
        let light = if (u - 0.7).hypot(v - 0.3) < 0.08 { 1.0 } else { 0.0_f32 };
        let texture = 0.05 * ((x * 7 + y * 13) % 11) as f32 / 11.0;
        Bgr {
            b: (0.2 + 0.5 * v).max(light),
            g: (0.3 + 0.4 * u * v).max(light),
            r: (0.1 + 0.7 * u + texture).max(light),
        }
    })
}

/// The portrait as a gray, a colour and a colour image with opacity.
pub(crate) fn portraits() -> [Image; 3] {
    let color = photograph("portrait.png");
    let (width, height) = (color.width(), color.height());
    let pixels = color.view();
    let pixels = pixels.as_pixels::<Bgr>().expect("a colour image");
    let gray = Image::from_pixels(width, height, |x, y| Gray { value: pixels[y * width + x].luma() });
    let opacity = Image::from_pixels(width, height, |x, y| pixels[y * width + x].with_alpha(x as f32 / width as f32));
    [gray, color, opacity]
}

/// An image of one colour.
pub(crate) fn flat(width: usize, height: usize, color: Bgr) -> Image {
    Image::from_pixels(width, height, |_, _| color)
}

pub(crate) fn gray_of(value: f32) -> Bgr {
    Bgr { b: value, g: value, r: value }
}

/// Odd sizes: one pixel, and very thin ones.
pub(crate) fn odd_images() -> Vec<Image> {
    [(1, 1), (1, 5000), (5000, 1), (2, 3)]
        .into_iter()
        .flat_map(|(width, height)| {
            [1, 3, 4].map(|channels| Image::from_rows(width, height, channels, |_, row| row.fill(0.5)))
        })
        .collect()
}

/// A colour image in which everything is that must not be: NaN, infinities, and values outside 0..1.
pub(crate) fn broken() -> Image {
    let samples: Vec<f32> = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -0.5, 1.5, 0.5].repeat(64 * 4);
    let mut image = Image::new(32, 16, 3);
    image.samples_mut().copy_from_slice(&samples);
    image
}

pub(crate) fn mean(image: &Image) -> f64 {
    let view = image.view();
    view.samples().iter().map(|&sample| f64::from(sample)).sum::<f64>() / view.samples().len() as f64
}

/// Asserts what every filter promises: shape and opacity are kept, all samples are within 0..1.
#[track_caller]
pub(crate) fn assert_filtered(from: &Image, to: &Image) {
    assert_eq!((from.width(), from.height(), from.channels()), (to.width(), to.height(), to.channels()));
    assert!(to.view().samples().iter().all(|sample| (0.0..=1.0).contains(sample)), "samples outside 0..1 in {to}");
    if from.channels() == 4 {
        let alphas = |image: &Image| image.view().samples().iter().skip(3).step_by(4).copied().collect::<Vec<_>>();
        assert_eq!(alphas(from), alphas(to), "opacity changed");
    }
}

/// Asserts that a filter keeps its promises on ordinary, odd and broken images.
#[track_caller]
pub(crate) fn assert_filters_everything(filter: impl Fn(&Image) -> Image) {
    for image in portraits().iter().chain(&odd_images()) {
        assert_filtered(image, &filter(image));
    }
    let broken = broken();
    assert!(filter(&broken).view().samples().iter().all(|sample| (0.0..=1.0).contains(sample)));
}

/// Asserts that a filter gives back what it was given, to the bit.
#[track_caller]
pub(crate) fn assert_identity(filter: impl Fn(&Image) -> Image) {
    for image in portraits() {
        assert_eq!(filter(&image), image);
    }
}
