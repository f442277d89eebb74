//! The blur of a lens: a disc, as a sum of a few filters of complex numbers, each a row filter and a column filter.
//!
//! O. Niemitalo, *Circularly symmetric convolution and lens blur* (2010), whence the parameters; K. Garcia, *Circular separable
//! convolution depth of field* (SIGGRAPH 2017 Talks). The light of an image is taken to be a power of its samples, so that what is
//! bright counts for more.

use chainner_sdk::prelude::*;

use crate::kernels::{
    border::{Border, pad},
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

/// The parts of a disc: for each, halves of row filters, and of the column filters of what they give.
struct Disc {
    radius: usize,
    parts: Vec<Part>,
}

/// A row filter, and the column filter of what it gives.
struct Part {
    row: Vec<f32>,
    column: Vec<f32>,
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
            // The product of both filters, its parts weighed, is the sum of two real filters of each row filter's parts.
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
            .map(|(row, column)| Part { row: narrow(row, 1.0), column: narrow(column, 1.0 / sum) })
            .collect();
        Self { radius, parts }
    }
}

/// Blurs by a disc of `radius` pixels made of 1 to 6 components; light is the power `gamma` of the samples. Opacity too.
pub fn blur(image: ImageView<'_>, radius: usize, components: usize, gamma: f32) -> Image {
    if radius == 0 || image.samples().is_empty() {
        return image.to_image();
    }
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let (len, disc) = (width * channels, Disc::new(radius, components));
    let ring_rows = 2 * radius + 1;
    Image::from_runs(
        width,
        height,
        channels,
        ring_rows,
        |_| Ring {
            first: 0,
            end: 0,
            rows: vec![vec![0.0; len * disc.parts.len()]; ring_rows],
            light: Vec::new(),
            padded: Vec::new(),
        },
        |ring, y, to| {
            let start = y as isize - radius as isize;
            if ring.end == ring.first {
                (ring.first, ring.end) = (start, start);
            }
            while ring.end <= y as isize + radius as isize {
                let row = BORDER.index(ring.end, height);
                ring.make(image.row(row), channels, &disc, gamma);
            }
            let row = |part: usize, k: isize| {
                let at = (y as isize + k).rem_euclid(ring_rows as isize) as usize;
                &ring.rows[at][part * len..(part + 1) * len]
            };
            let pairs: Vec<Pair<'_>> = disc
                .parts
                .iter()
                .enumerate()
                .flat_map(|(part, Part { column, .. })| {
                    let sides = (1..=radius as isize).map(move |k| (row(part, -k), row(part, k), column[k as usize]));
                    sides.chain([(row(part, 0), row(part, 0), column[0] / 2.0)])
                })
                .collect();
            taps::sum_pairs((row(0, 0), 0.0), &pairs, to);
            power::raise(to, 1.0 / gamma);
        },
    )
}

/// The rows around one, filtered along.
struct Ring {
    first: isize,
    end: isize,
    /// The parts of a row, one after the other.
    rows: Vec<Vec<f32>>,
    light: Vec<f32>,
    padded: Vec<f32>,
}

impl Ring {
    fn make(&mut self, row: &[f32], channels: usize, disc: &Disc, gamma: f32) {
        self.light.clear();
        self.light.extend_from_slice(row);
        power::raise(&mut self.light, gamma);
        pad(&self.light, channels, disc.radius, BORDER, &mut self.padded);
        let at = self.end.rem_euclid(self.rows.len() as isize) as usize;
        let reach = disc.radius;
        for (Part { row: half, .. }, to) in disc.parts.iter().zip(self.rows[at].chunks_exact_mut(row.len())) {
            let place = |k: isize| &self.padded[(reach as isize + k) as usize * channels..];
            let pairs: Vec<Pair<'_>> = (1..=reach as isize).map(|k| (place(-k), place(k), half[k as usize])).collect();
            taps::sum_pairs((place(0), half[0]), &pairs, to);
        }
        self.end += 1;
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
            for (width, height, channels, gamma) in [(1, 1, 3, 1.0), (20, 9, 1, 1.0), (90, 8, 3, 2.5), (7, 12, 4, 5.0)]
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
