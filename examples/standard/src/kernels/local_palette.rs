//! Quantizing to the colours that a smaller image has at about the same place.
//!
//! For each pixel the palette is what lies within a radius of the pixel it comes from. The nearest colour is taken, by the sum of
//! squares of differences; with a spatial weight the square of the distance is added, for which both images are laid over each other
//! corner pixel on corner pixel and the longer side of the small one is the unit. Of equally near ones the last counts.

use chainner_sdk::prelude::*;
use multiversion::multiversion;

/// Quantizes an image that is a whole number of times as wide and as high as `reference` and has as many channels.
/// `radius` is in pixels of the reference, `spatial_weight` is 0..1.
///
/// # Panics
/// When the sizes do not fit.
pub fn quantize(image: ImageView<'_>, reference: ImageView<'_>, radius: usize, spatial_weight: f64) -> Image {
    match image.channels() {
        3 => quantize_n::<3>(image, reference, radius, spatial_weight),
        4 => quantize_n::<4>(image, reference, radius, spatial_weight),
        channels => panic!("an image of {channels} channels has no colours"),
    }
}

fn quantize_n<const N: usize>(
    image: ImageView<'_>,
    reference: ImageView<'_>,
    radius: usize,
    spatial_weight: f64,
) -> Image {
    let (width, height) = (image.width(), image.height());
    let scale_x = width / reference.width();
    let scale_y = height / reference.height();
    assert!(
        reference.channels() == N && scale_x * reference.width() == width && scale_y * reference.height() == height
    );
    let places = Places::new(image, reference, spatial_weight);
    Image::from_runs(
        width,
        height,
        N,
        scale_y,
        |_| Scratch::<N>::new(width),
        |scratch, y, to| {
            let row = y / scale_y;
            let rows = row.saturating_sub(radius)..(row + radius + 1).min(reference.height());
            scratch.nearest.fill(f32::INFINITY);
            split::<N>(image.row(y), &mut scratch.planes);
            for from_row in rows {
                let colors = reference.row(from_row).as_chunks::<N>().0;
                let from_y = places.square(places.y(y, from_row));
                for dx in -(radius as isize)..=radius as isize {
                    // The palette's colour for each pixel of the image, spread out; cells without one are not looked at.
                    let first = (-dx).max(0) as usize;
                    let last = (reference.width() as isize - dx.max(0)).max(0) as usize;
                    if first >= last {
                        continue;
                    }
                    for column in first..last {
                        let from = (column as isize + dx) as usize;
                        let cell = column * scale_x..(column + 1) * scale_x;
                        if places.weight == 0.0 {
                            nearer::<N>(&scratch.planes, cell, colors[from], &mut scratch.nearest, &mut scratch.chosen);
                        } else {
                            for x in cell {
                                let near = places.square(places.x(x, from)) + from_y;
                                let color: [f32; N] = std::array::from_fn(|c| scratch.planes[c][x]);
                                let distance = distance(color, colors[from]) + near;
                                if distance <= scratch.nearest[x] {
                                    scratch.nearest[x] = distance;
                                    (0..N).for_each(|c| scratch.chosen[c][x] = colors[from][c]);
                                }
                            }
                        }
                    }
                }
            }
            for (x, to) in to.as_chunks_mut::<N>().0.iter_mut().enumerate() {
                (0..N).for_each(|c| to[c] = scratch.chosen[c][x]);
            }
        },
    )
}

fn distance<const N: usize>(a: [f32; N], b: [f32; N]) -> f32 {
    (0..N).map(|c| (a[c] - b[c]) * (a[c] - b[c])).sum()
}

/// A row of the image, what of the palette is nearest so far, and how near it is.
struct Scratch<const N: usize> {
    planes: [Vec<f32>; N],
    chosen: [Vec<f32>; N],
    nearest: Vec<f32>,
}

impl<const N: usize> Scratch<N> {
    fn new(width: usize) -> Self {
        let planes = || std::array::from_fn(|_| vec![0.0; width]);
        Self { planes: planes(), chosen: planes(), nearest: vec![0.0; width] }
    }
}

fn split<const N: usize>(row: &[f32], planes: &mut [Vec<f32>; N]) {
    for (x, pixel) in row.as_chunks::<N>().0.iter().enumerate() {
        (0..N).for_each(|c| planes[c][x] = pixel[c]);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn nearer<const N: usize>(
    planes: &[Vec<f32>; N],
    cell: std::ops::Range<usize>,
    color: [f32; N],
    nearest: &mut [f32],
    chosen: &mut [Vec<f32>; N],
) {
    let nearest = &mut nearest[cell.clone()];
    let len = nearest.len();
    let planes: [&[f32]; N] = std::array::from_fn(|c| &planes[c][cell.clone()][..len]);
    let chosen = chosen.each_mut().map(|plane| &mut plane[cell.clone()][..len]);
    for i in 0..len {
        let mut sum = 0.0;
        for c in 0..N {
            let difference = planes[c][i] - color[c];
            sum += difference * difference;
        }
        let is_nearer = sum <= nearest[i];
        nearest[i] = if is_nearer { sum } else { nearest[i] };
        for c in 0..N {
            chosen[c][i] = if is_nearer { color[c] } else { chosen[c][i] };
        }
    }
}

/// Where the pixels of both images lie.
struct Places {
    image: [f64; 2],
    reference: [f64; 2],
    unit: f64,
    weight: f64,
}

impl Places {
    fn new(image: ImageView<'_>, reference: ImageView<'_>, spatial_weight: f64) -> Self {
        let last = |image: ImageView<'_>| [image.width() - 1, image.height() - 1].map(|last| last.max(1) as f64);
        Self {
            image: last(image),
            reference: last(reference),
            unit: reference.width().max(reference.height()) as f64,
            weight: spatial_weight.powi(4),
        }
    }

    fn x(&self, x: usize, from: usize) -> f64 {
        x as f64 / self.image[0] - from as f64 / self.reference[0]
    }

    fn y(&self, y: usize, from: usize) -> f64 {
        y as f64 / self.image[1] - from as f64 / self.reference[1]
    }

    fn square(&self, distance: f64) -> f32 {
        ((distance * self.unit).powi(2) * self.weight) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// Every colour of the palette for every pixel.
    fn plain(
        image: ImageView<'_>,
        reference: ImageView<'_>,
        radius: isize,
        weight: f64,
        x: usize,
        y: usize,
    ) -> Vec<f32> {
        let places = Places::new(image, reference, weight);
        let column = (x / (image.width() / reference.width())) as isize;
        let row = (y / (image.height() / reference.height())) as isize;
        let (mut nearest, mut chosen) = (f32::INFINITY, Vec::new());
        for from_y in (row - radius).max(0)..=(row + radius).min(reference.height() as isize - 1) {
            for from_x in (column - radius).max(0)..=(column + radius).min(reference.width() as isize - 1) {
                let (from_x, from_y) = (from_x as usize, from_y as usize);
                let color = reference.pixel(from_x, from_y);
                let squares = image.pixel(x, y).iter().zip(color).map(|(a, b)| (a - b) * (a - b));
                let near = places.square(places.x(x, from_x)) + places.square(places.y(y, from_y));
                let distance = squares.sum::<f32>() + near;
                if distance <= nearest {
                    (nearest, chosen) = (distance, color.to_vec());
                }
            }
        }
        chosen
    }

    #[test]
    fn fast_and_plain_searches_choose_the_same() {
        for channels in [3, 4] {
            for (columns, rows, scale_x, scale_y) in [(9, 7, 4, 3), (1, 1, 5, 5), (2, 6, 1, 1), (40, 30, 3, 4)] {
                let reference = noise(columns, rows, channels);
                let image = noise(columns * scale_x, rows * scale_y, channels);
                for radius in [1, 2, 5] {
                    for weight in [0.0, 0.3, 1.0] {
                        let fast = quantize(image.view(), reference.view(), radius, weight);
                        for y in (0..image.height()).step_by(2) {
                            for x in 0..image.width() {
                                let plain = plain(image.view(), reference.view(), radius as isize, weight, x, y);
                                assert_eq!(fast.view().pixel(x, y), plain);
                            }
                        }
                    }
                }
            }
        }
    }
}
