//! Resampling with a tent filter that widens when the picture shrinks, so that nothing is skipped.
//!
//! Source: Schumacher, *General filtered image rescaling*, Graphics Gems III (1992).

use std::ops::Range;

use chainner_sdk::image::{Bgra, ImageView, for_each_row};

use super::unit;

/// Samples of a [`Bgra`] pixel.
const CHANNELS: usize = 4;

/// A picture with opacity, its colours premultiplied by it.
#[derive(Debug, Clone)]
pub struct Picture {
    samples: Vec<f32>,
    width: usize,
}

impl Picture {
    /// A copy of a gray, BGR or BGRA image.
    pub fn new(image: ImageView<'_>) -> Self {
        let (width, channels) = (image.width(), image.channels());
        let mut samples = vec![0.0; width * image.height() * CHANNELS];
        for_each_row(&mut samples, width * CHANNELS, |y, row| {
            for (from, to) in image.row(y).chunks_exact(channels).zip(row.chunks_exact_mut(CHANNELS)) {
                let (b, g, r, a) = match *from {
                    [b, g, r, a] => (b, g, r, a),
                    [b, g, r] => (b, g, r, 1.0),
                    [gray, ..] => (gray, gray, gray, 1.0),
                    [] => return,
                };
                let [b, g, r, a] = [b, g, r, a].map(unit);
                to.copy_from_slice(&[b * a, g * a, r * a, a]);
            }
        });
        Self { samples, width }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.samples.len() / (self.width * CHANNELS)
    }

    /// The pixel at column `x` of row `y`, not premultiplied.
    pub fn pixel(&self, x: usize, y: usize) -> Bgra {
        match self.samples[(y * self.width + x) * CHANNELS..][..CHANNELS] {
            [b, g, r, a] if a > 0.0 => Bgra { b: b / a, g: g / a, r: r / a, a },
            _ => Bgra::default(),
        }
    }

    /// The part of the picture within `columns` and `rows`, at a size of `width` by `height`.
    pub fn scaled(&self, columns: Range<f32>, rows: Range<f32>, width: usize, height: usize) -> Self {
        let across = taps(columns, self.width, width);
        let mut narrowed = vec![0.0; width * self.height() * CHANNELS];
        for_each_row(&mut narrowed, width * CHANNELS, |y, row| {
            let source = &self.samples[y * self.width * CHANNELS..][..self.width * CHANNELS];
            for (to, tap) in row.chunks_exact_mut(CHANNELS).zip(&across) {
                for (from, weight) in source[tap.first * CHANNELS..].chunks_exact(CHANNELS).zip(&tap.weights) {
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += weight * from);
                }
            }
        });
        let down = taps(rows, self.height(), height);
        let mut samples = vec![0.0; width * height * CHANNELS];
        for_each_row(&mut samples, width * CHANNELS, |y, row| {
            let tap = &down[y];
            let sources = narrowed[tap.first * row.len()..].chunks_exact(row.len());
            for (source, weight) in sources.zip(&tap.weights) {
                row.iter_mut().zip(source).for_each(|(to, from)| *to += weight * from);
            }
        });
        Self { samples, width }
    }
}

/// The samples one new sample is made of.
struct Tap {
    first: usize,
    weights: Vec<f32>,
}

fn taps(range: Range<f32>, old: usize, new: usize) -> Vec<Tap> {
    let scale = (range.end - range.start) / new as f32;
    let reach = scale.max(1.0);
    let tap = |i: usize| {
        let center = range.start + (i as f32 + 0.5) * scale - 0.5;
        let first = ((center - reach).ceil().max(0.0) as usize).min(old - 1);
        let last = ((center + reach).floor().max(0.0) as usize).clamp(first, old - 1);
        let tent = |j: usize| (1.0 - (j as f32 - center).abs() / reach).max(1e-6);
        let mut weights: Vec<f32> = (first..=last).map(tent).collect();
        let total: f32 = weights.iter().sum();
        weights.iter_mut().for_each(|weight| *weight /= total);
        Tap { first, weights }
    };
    (0..new).map(tap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: usize, height: usize) -> Picture {
        let samples: Vec<f32> = (0..width * height).map(|i| (i % width) as f32 / width as f32).collect();
        Picture::new(ImageView::new(&samples, width, height, 1).expect("one sample each"))
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let picture = ramp(7, 5);
        let same = picture.scaled(0.0..7.0, 0.0..5.0, 7, 5);
        for (a, b) in picture.samples.iter().zip(&same.samples) {
            assert!((a - b).abs() < 1e-5);
        }
    }

    #[test]
    fn shrinking_averages_and_keeps_flat_areas_flat() {
        let shrunk = ramp(100, 80).scaled(0.0..100.0, 0.0..80.0, 2, 1);
        assert!(shrunk.pixel(0, 0).g > 0.2 && shrunk.pixel(0, 0).g < 0.45);
        assert!((shrunk.pixel(0, 0).a - 1.0).abs() < 1e-5);
        let one = ramp(1, 1).scaled(0.0..1.0, 0.0..1.0, 9, 9);
        assert!((one.pixel(8, 8).a - 1.0).abs() < 1e-5);
    }

    #[test]
    fn transparent_pixels_lend_no_colour_to_their_neighbours() {
        let samples = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0];
        let picture = Picture::new(ImageView::new(&samples, 2, 1, 4).expect("two pixels"));
        let blended = picture.scaled(0.0..2.0, 0.0..1.0, 1, 1).pixel(0, 0);
        assert!(blended.b < 1e-6 && (blended.r - 1.0).abs() < 1e-5 && (blended.a - 0.5).abs() < 1e-5);
    }
}
