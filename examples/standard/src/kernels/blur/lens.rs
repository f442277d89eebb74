//! The blur of a lens: a disc, as a sum of a few filters of complex numbers, each a row filter and a column filter.
//!
//! O. Niemitalo, *Circularly symmetric convolution and lens blur* (2010), whence the parameters; K. Garcia, *Circular separable
//! convolution depth of field* (SIGGRAPH 2017 Talks). The light of an image is taken to be a power of its samples, so that what is
//! bright counts for more.

use std::ops::Range;

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::kernels::{
    border::Border,
    power,
    taps::{self, Pair},
};

/// What the image is beyond its edges.
const BORDER: Border = Border::Mirror;

/// a, b, A and B of a component: `exp(-a x²) · (cos(b x²) + i sin(b x²))`, of which the real part counts A and the imaginary one B.
type Component = [f64; 4];

const ONE: &[Component] = &[[0.862325, 1.624835, 0.767583, 1.862321]];
const TWO: &[Component] = &[[0.886528, 5.268909, 0.411259, -0.548794], [1.960518, 1.558213, 0.513282, 4.56111]];
const THREE: &[Component] = &[
    [2.17649, 5.043495, 1.621035, -2.105439],
    [1.019306, 9.027613, -0.28086, -0.162882],
    [2.81511, 1.597273, -0.366471, 10.300301],
];
const FOUR: &[Component] = &[
    [4.338459, 1.553635, -5.767909, 46.164397],
    [3.839993, 4.693183, 9.795391, -15.227561],
    [2.791880, 8.178137, -3.048324, 0.302959],
    [1.342190, 12.328289, 0.010001, 0.244650],
];
const FIVE: &[Component] = &[
    [4.892608, 1.685979, -22.356787, 85.91246],
    [4.71187, 4.998496, 35.918936, -28.875618],
    [4.052795, 8.244168, -13.212253, -1.578428],
    [2.929212, 11.900859, 0.507991, 1.816328],
    [1.512961, 16.116382, 0.138051, -0.01],
];
const SIX: &[Component] = &[
    [5.143778, 2.079813, -82.326596, 111.231024],
    [5.612426, 6.153387, 113.878661, 58.004879],
    [5.982921, 9.802895, 39.479083, -162.028887],
    [6.505167, 11.059237, -71.286026, 95.027069],
    [3.869579, 14.81052, 1.405746, -3.704914],
    [2.201904, 19.032909, -0.152784, -0.107988],
];

/// The parts of a disc: for each, halves of column filters, and of the row filters of what they give.
struct Disc {
    radius: usize,
    parts: Vec<Part>,
}

/// A column filter, and the row filter of what it gives.
struct Part {
    column: Vec<f32>,
    row: Vec<f32>,
}

impl Disc {
    fn new(radius: usize, components: usize) -> Self {
        let (components, scale) = match components {
            0 | 1 => (ONE, 1.4),
            2 => (TWO, 1.2),
            3 => (THREE, 1.2),
            4 => (FOUR, 1.2),
            5 => (FIVE, 1.2),
            _ => (SIX, 1.2),
        };
        let wave = |&[a, b, ..]: &Component, k: usize| {
            let x2 = (k as f64 * scale / radius as f64).powi(2);
            let size = (-a * x2).exp();
            (size * (b * x2).cos(), size * (b * x2).sin())
        };
        let total = |half: &[f64]| half[0] + 2.0 * half[1..].iter().sum::<f64>();
        let mut sum = 0.0;
        let mut halves: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for component @ &[_, _, by_real, by_imaginary] in components {
            let (real, imaginary): (Vec<f64>, Vec<f64>) = (0..=radius).map(|k| wave(component, k)).unzip();
            // The product of both filters, its parts weighed, is the sum of two real filters of each column filter's parts.
            let of_real =
                real.iter().zip(&imaginary).map(|(re, im)| by_real * re + by_imaginary * im).collect::<Vec<_>>();
            let of_imaginary =
                real.iter().zip(&imaginary).map(|(re, im)| by_imaginary * re - by_real * im).collect::<Vec<_>>();
            sum += total(&real) * total(&of_real) + total(&imaginary) * total(&of_imaginary);
            halves.push((real, of_real));
            halves.push((imaginary, of_imaginary));
        }
        let narrow = |half: Vec<f64>, by: f64| half.into_iter().map(|weight| (weight * by) as f32).collect();
        let parts = halves
            .into_iter()
            .map(|(column, row)| Part { column: narrow(column, 1.0), row: narrow(row, 1.0 / sum) })
            .collect();
        Self { radius, parts }
    }
}

/// Rows that are made together.
const BAND: usize = 8;
/// Samples of a row that are made at once: what they are made of stays in the second nearest cache.
const STRIP: usize = 1024;

/// Blurs by a disc of `radius` pixels made of 1 to 6 components; light is the power `gamma` of the samples. Opacity too.
pub fn blur(image: ImageView<'_>, radius: usize, components: usize, gamma: f32) -> Image {
    if radius == 0 || image.samples().is_empty() {
        return image.to_image();
    }
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let (len, disc) = (width * channels, Disc::new(radius, components));
    Image::from_runs(
        width,
        height,
        channels,
        // Before its first row a run takes the power of all rows of the disc.
        2 * radius + 1,
        |rows| Band::new(image, &disc, rows),
        |band, y, to| {
            if y == band.end {
                band.make(image, &disc, gamma);
            }
            to.copy_from_slice(&band.made[(y - band.rows.start) % BAND * len..][..len]);
            power::raise(to, 1.0 / gamma);
        },
    )
}

/// Some rows of the result, and the light of those around them.
struct Band {
    rows: Range<usize>,
    end: usize,
    made: Vec<f32>,
    /// The light of rows up to `light_end`, in a ring.
    light: Vec<f32>,
    light_end: isize,
    /// What the column filters give of a strip and what is around it, one part after the other.
    parts: Vec<f32>,
}

impl Band {
    fn new(image: ImageView<'_>, disc: &Disc, rows: Range<usize>) -> Self {
        let len = image.width() * image.channels();
        Self {
            end: rows.start,
            made: vec![0.0; len * BAND],
            light: vec![0.0; len * (2 * disc.radius + BAND)],
            light_end: rows.start as isize - disc.radius as isize,
            parts: vec![0.0; (STRIP + 2 * disc.radius * image.channels()) * disc.parts.len()],
            rows,
        }
    }

    /// Makes the next rows.
    fn make(&mut self, image: ImageView<'_>, disc: &Disc, gamma: f32) {
        let (height, channels) = (image.height(), image.channels());
        let (len, reach) = (image.width() * channels, disc.radius * channels);
        let ring = 2 * disc.radius + BAND;
        let rows = self.end..(self.end + BAND).min(self.rows.end);
        self.end = rows.end;
        let slot = |y: isize| y.rem_euclid(ring as isize) as usize * len;
        while self.light_end < (rows.end + disc.radius) as isize {
            let to = &mut self.light[slot(self.light_end)..][..len];
            to.copy_from_slice(image.row(BORDER.index(self.light_end, height)));
            power::raise(to, gamma);
            self.light_end += 1;
        }
        for start in (0..len).step_by(STRIP / channels.min(STRIP) * channels) {
            let strip = start..(start + STRIP.max(channels) / channels * channels).min(len);
            // The columns around the strip that are there.
            let around = strip.start.saturating_sub(reach)..(strip.end + reach).min(len);
            let padded = strip.len() + 2 * reach;
            let before = around.start + reach - strip.start;
            for (y, made) in rows.clone().zip(self.made.chunks_exact_mut(len)) {
                let row = |k: isize| &self.light[slot(y as isize + k)..][around.clone()];
                let pairs: Vec<(&[f32], &[f32])> = (1..=disc.radius as isize).map(|k| (row(-k), row(k))).collect();
                let parts = &mut self.parts[..padded * disc.parts.len()];
                for (filters, to) in disc.parts.as_chunks::<2>().0.iter().zip(parts.chunks_exact_mut(2 * padded)) {
                    let (one, two) = to.split_at_mut(padded);
                    let filters = filters.each_ref().map(|part| &part.column[..]);
                    down(row(0), &pairs, filters, [&mut one[before..], &mut two[before..]]);
                }
                for part in parts.chunks_exact_mut(padded) {
                    pad_around(part, channels, &strip, &around, reach, image.width());
                }
                let place = |part: usize, k: isize| {
                    let from = part * padded + (reach as isize + k * channels as isize) as usize;
                    &parts[from..from + strip.len()]
                };
                let pairs: Vec<Pair<'_>> = disc
                    .parts
                    .iter()
                    .enumerate()
                    .flat_map(|(part, Part { row, .. })| {
                        let sides =
                            (1..row.len()).map(move |k| (place(part, -(k as isize)), place(part, k as isize), row[k]));
                        sides.chain([(place(part, 0), place(part, 0), row[0] / 2.0)])
                    })
                    .collect();
                taps::sum_pairs((place(0, 0), 0.0), &pairs, &mut made[strip.clone()]);
            }
        }
    }
}

/// Fills what is beyond the image on either side of a strip.
fn pad_around(
    part: &mut [f32],
    channels: usize,
    strip: &Range<usize>,
    around: &Range<usize>,
    reach: usize,
    width: usize,
) {
    let first = strip.start as isize - reach as isize;
    let last = first + part.len() as isize;
    let beyond = (first..around.start as isize).chain(around.end as isize..last);
    for at in beyond.step_by(channels) {
        let from = (BORDER.index(at.div_euclid(channels as isize), width) * channels) as isize - first;
        part.copy_within(from as usize..from as usize + channels, (at - first) as usize);
    }
}

/// Two column filters side by side: each pair of rows is read once for both.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn down(middle: &[f32], pairs: &[(&[f32], &[f32])], filters: [&[f32]; 2], [one, two]: [&mut [f32]; 2]) {
    /// Samples whose sums are in registers.
    const BLOCK: usize = 64;
    let whole = middle.len() / BLOCK * BLOCK;
    for start in (0..whole).step_by(BLOCK) {
        let from: &[f32; BLOCK] = middle[start..].first_chunk().expect("a block");
        let (mut first, mut second) = ([0.0; BLOCK], [0.0; BLOCK]);
        for i in 0..BLOCK {
            first[i] = from[i] * filters[0][0];
            second[i] = from[i] * filters[1][0];
        }
        for (k, (above, below)) in (1..).zip(pairs) {
            let above: &[f32; BLOCK] = above[start..].first_chunk().expect("a block");
            let below: &[f32; BLOCK] = below[start..].first_chunk().expect("a block");
            let weights = [filters[0][k], filters[1][k]];
            for i in 0..BLOCK {
                let both = above[i] + below[i];
                first[i] += both * weights[0];
                second[i] += both * weights[1];
            }
        }
        one[start..][..BLOCK].copy_from_slice(&first);
        two[start..][..BLOCK].copy_from_slice(&second);
    }
    for (filter, to) in filters.into_iter().zip([one, two]) {
        for i in whole..middle.len() {
            let sides = filter[1..].iter().zip(pairs).map(|(weight, (above, below))| (above[i] + below[i]) * weight);
            to[i] = sides.fold(middle[i] * filter[0], |sum, side| sum + side);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// The disc as a matrix, by complex numbers.
    fn matrix(radius: isize, components: &[Component], scale: f64) -> Vec<f64> {
        let wave = |[a, b, ..]: Component, k: isize| {
            let x2 = (k as f64 * scale / radius as f64).powi(2);
            ((-a * x2).exp(), b * x2)
        };
        let places = || (-radius..=radius).flat_map(|y| (-radius..=radius).map(move |x| (x, y)));
        let weight = |(x, y): (isize, isize)| -> f64 {
            let of = |&component: &Component| {
                let ((size_x, angle_x), (size_y, angle_y)) = (wave(component, x), wave(component, y));
                let angle = angle_x + angle_y;
                size_x * size_y * (component[2] * angle.cos() + component[3] * angle.sin())
            };
            components.iter().map(of).sum()
        };
        let total: f64 = places().map(weight).sum();
        places().map(|place| weight(place) / total).collect()
    }

    #[test]
    fn parts_make_up_the_disc() {
        for (radius, components, table, scale) in [
            (1, 1, ONE, 1.4),
            (3, 2, TWO, 1.2),
            (4, 3, THREE, 1.2),
            (2, 4, FOUR, 1.2),
            (3, 5, FIVE, 1.2),
            (3, 6, SIX, 1.2),
        ] {
            let disc = matrix(radius, table, scale);
            for (width, height, channels, gamma) in
                [(1, 1, 3, 1.0), (20, 9, 1, 1.0), (90, 8, 3, 2.5), (7, 12, 4, 5.0), (700, 9, 3, 1.0)]
            {
                let image = noise(width, height, channels);
                let blurred = blur(image.view(), radius as usize, components, gamma);
                for y in 0..height {
                    for x in (0..width).step_by(3) {
                        for c in 0..channels {
                            let mut sum = 0.0;
                            for (i, weight) in disc.iter().enumerate() {
                                let (dx, dy) =
                                    (i as isize % (2 * radius + 1) - radius, i as isize / (2 * radius + 1) - radius);
                                let pixel = image
                                    .view()
                                    .pixel(BORDER.index(x as isize + dx, width), BORDER.index(y as isize + dy, height));
                                sum += weight * f64::from(pixel[c]).powf(gamma.into());
                            }
                            let exact = sum.max(0.0).powf(1.0 / f64::from(gamma)).min(1.0);
                            let found = f64::from(blurred.view().pixel(x, y)[c]);
                            // Roots of what is nearly 0 show every rounding.
                            let tolerance = if gamma == 1.0 { 3e-5 } else { 1e-3 };
                            assert!(
                                (found - exact).abs() < tolerance,
                                "{radius} {components} {gamma}: {found} {exact}"
                            );
                        }
                    }
                }
            }
        }
    }
}
