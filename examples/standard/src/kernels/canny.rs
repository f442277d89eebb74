//! Edges one pixel wide: Canny, *A Computational Approach to Edge Detection* (PAMI 8, 1986).
//!
//! On samples of 8 bits: Sobel gradients of each channel, of which the strongest counts, measured by the sum of its parts' absolute
//! values; what is strongest across the edge is kept; what exceeds the upper threshold is an edge, with all that exceeds the lower one
//! and is connected to it. Directions are told apart by the tangent of 22.5 degrees, in 15 bits after the binary point.

use chainner_sdk::{
    image::{FreshRow, WrittenRow, for_each_row},
    prelude::*,
};
use multiversion::multiversion;

use super::{border::Border, power, unit};

/// The tangent of 22.5 degrees times 2¹⁵.
const TAN_22: i32 = 13573;

/// 1 for edges, 0 else, of one channel. Thresholds are in whole steps of 8-bit samples and need not be in order.
pub fn edges(image: ImageView<'_>, one: u32, other: u32) -> Image {
    let (width, height) = (image.width(), image.height());
    if width == 0 || height == 0 {
        return Image::new(width, height, 1);
    }
    // Strengths are at most 2040.
    let as_threshold = |value: u32| i16::try_from(value).unwrap_or(i16::MAX);
    let (low, high) = (as_threshold(one.min(other)), as_threshold(one.max(other)));
    let mut classes = classify(image, low, high);
    follow(&mut classes, width);
    let stride = width + 2;
    Image::from_fresh_rows(width, height, 1, |y, row| found(&classes[(y + 1) * stride + 1..][..width], row))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn found<'a>(classes: &[u8], to: FreshRow<'a>) -> WrittenRow<'a> {
    to.write(classes.iter().map(|class| f32::from(u8::from(*class == EDGE))))
}

/// No edge.
const NONE: u8 = 0;
/// An edge if it is connected to one.
const MAYBE: u8 = 1;
/// An edge.
const EDGE: u8 = 2;

/// The class of each pixel, with a frame of one pixel without edges.
fn classify(image: ImageView<'_>, low: i16, high: i16) -> Vec<u8> {
    /// Rows that are worked on together.
    const BAND: usize = 64;
    let (width, height) = (image.width(), image.height());
    let stride = width + 2;
    let mut classes = vec![NONE; stride * (height + 2)];
    for_each_row(&mut classes[stride..stride * (height + 1)], stride * BAND.min(height), |band, rows| {
        classify_rows(image, band * BAND.min(height), low, high, rows);
    });
    // Rows after the last whole band.
    let done = height / BAND.min(height) * BAND.min(height);
    classify_rows(image, done, low, high, &mut classes[stride * (done + 1)..stride * (height + 1)]);
    classes
}

fn classify_rows(image: ImageView<'_>, first: usize, low: i16, high: i16, classes: &mut [u8]) {
    let (width, stride) = (image.width(), image.width() + 2);
    let count = classes.len() / stride;
    let mut gradients = Gradients::new(image);
    // Rings of three rows, each with a pixel of strength 0 on both sides.
    let mut ring: [Row; 3] = std::array::from_fn(|_| Row::new(width));
    let fill = |gradients: &mut Gradients<'_>, y: isize, row: &mut Row| match usize::try_from(y) {
        Ok(y) if y < image.height() => gradients.row(y, row),
        _ => row.strength.fill(0),
    };
    fill(&mut gradients, first as isize - 1, &mut ring[0]);
    fill(&mut gradients, first as isize, &mut ring[1]);
    for i in 0..count {
        fill(&mut gradients, (first + i) as isize + 1, &mut ring[(i + 2) % 3]);
        let (above, row, below) = (&ring[i % 3], &ring[(i + 1) % 3], &ring[(i + 2) % 3]);
        let classes = &mut classes[i * stride + 1..][..width];
        if candidates(&row.strength[1..=width], low) {
            thin(&above.strength, row, &below.strength, low, high, classes);
        }
    }
}

/// Whether anything exceeds the lower threshold.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn candidates(strength: &[i16], low: i16) -> bool {
    strength.iter().fold(false, |any, strength| any | (*strength > low))
}

/// Keeps what is strongest across its direction.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn thin(above: &[i16], row: &Row, below: &[i16], low: i16, high: i16, classes: &mut [u8]) {
    let len = classes.len();
    let (nw, n, ne) = (&above[..len], &above[1..=len], &above[2..len + 2]);
    let (w, center, e) = (&row.strength[..len], &row.strength[1..=len], &row.strength[2..len + 2]);
    let (sw, s, se) = (&below[..len], &below[1..=len], &below[2..len + 2]);
    let (x, y) = (&row.x[..len], &row.y[..len]);
    for i in 0..len {
        let (m, gx, gy) = (center[i], x[i], y[i]);
        let (ax, ay) = (gx.abs(), gy.abs());
        // Without its fraction, by which the bound is never met but where there is no gradient.
        let flat = ((i32::from(2 * ax) * TAN_22) >> 16) as i16;
        let (is_flat, is_steep) = (ay <= flat, ay > 2 * ax + flat);
        let horizontal = (m > w[i]) & (m >= e[i]);
        let vertical = (m > n[i]) & (m >= s[i]);
        let falling = (m > nw[i]) & (m > se[i]);
        let rising = (m > ne[i]) & (m > sw[i]);
        let rises = (gx ^ gy) < 0;
        let diagonal = (rises & rising) | (!rises & falling);
        let strongest = (is_flat & horizontal) | (is_steep & vertical) | (!(is_flat | is_steep) & diagonal);
        let maybe = strongest & (m > low);
        classes[i] = u8::from(maybe) + u8::from(maybe & (m > high));
    }
}

/// Gradients of a row.
struct Row {
    /// |x| + |y|, with a pixel more on both sides.
    strength: Vec<i16>,
    x: Vec<i16>,
    y: Vec<i16>,
}

impl Row {
    fn new(width: usize) -> Self {
        Self { strength: vec![0; width + 2], x: vec![0; width], y: vec![0; width] }
    }
}

/// Makes gradients row by row, from rows of 8 bits that are kept while they are needed.
struct Gradients<'a> {
    image: ImageView<'a>,
    /// Rows of whole numbers with a pixel more on both sides, and which they are.
    bytes: [(Option<usize>, Vec<i16>); 3],
    x: Vec<i16>,
    y: Vec<i16>,
}

impl<'a> Gradients<'a> {
    fn new(image: ImageView<'a>) -> Self {
        let len = image.width() * image.channels();
        let padded = len + 2 * image.channels();
        let bytes = std::array::from_fn(|_| (None, vec![0; padded]));
        Self { image, bytes, x: vec![0; len], y: vec![0; len] }
    }

    fn row(&mut self, y: usize, to: &mut Row) {
        let (height, channels) = (self.image.height(), self.image.channels());
        let rows = [-1, 0, 1].map(|dy| Border::Replicate.index(y as isize + dy, height));
        for &row in &rows {
            let (known, bytes) = &mut self.bytes[row % 3];
            if *known != Some(row) {
                *known = Some(row);
                let len = self.x.len();
                quantize(self.image.row(row), &mut bytes[channels..][..len]);
                bytes.copy_within(channels..2 * channels, 0);
                bytes.copy_within(len..len + channels, len + channels);
            }
        }
        let [above, row, below] = rows.map(|row| &self.bytes[row % 3].1[..]);
        if channels == 1 {
            return sobel_of_one(above, row, below, to);
        }
        sobel(above, row, below, channels, &mut self.x, &mut self.y);
        match channels {
            3 => strongest::<3>(&self.x, &self.y, to),
            4 => strongest::<4>(&self.x, &self.y, to),
            _ => strongest_of_any(&self.x, &self.y, channels, to),
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn quantize(from: &[f32], to: &mut [i16]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = power::nearest(unit(*from) * 255.0) as i16;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn sobel(above: &[i16], row: &[i16], below: &[i16], channels: usize, x: &mut [i16], y: &mut [i16]) {
    let len = x.len();
    let (nw, n, ne) = (&above[..len], &above[channels..channels + len], &above[2 * channels..2 * channels + len]);
    let (w, e) = (&row[..len], &row[2 * channels..2 * channels + len]);
    let (sw, s, se) = (&below[..len], &below[channels..channels + len], &below[2 * channels..2 * channels + len]);
    let y = &mut y[..len];
    for i in 0..len {
        x[i] = (ne[i] - nw[i]) + 2 * (e[i] - w[i]) + (se[i] - sw[i]);
        y[i] = (sw[i] - nw[i]) + 2 * (s[i] - n[i]) + (se[i] - ne[i]);
    }
}

/// As [`sobel`] and [`strongest`], of one channel.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn sobel_of_one(above: &[i16], row: &[i16], below: &[i16], to: &mut Row) {
    let len = to.x.len();
    let (nw, n, ne) = (&above[..len], &above[1..1 + len], &above[2..2 + len]);
    let (w, e) = (&row[..len], &row[2..2 + len]);
    let (sw, s, se) = (&below[..len], &below[1..1 + len], &below[2..2 + len]);
    let (strength, x, y) = (&mut to.strength[1..=len], &mut to.x[..len], &mut to.y[..len]);
    for i in 0..len {
        let across = (ne[i] - nw[i]) + 2 * (e[i] - w[i]) + (se[i] - sw[i]);
        let down = (sw[i] - nw[i]) + 2 * (s[i] - n[i]) + (se[i] - ne[i]);
        (strength[i], x[i], y[i]) = (across.abs() + down.abs(), across, down);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn strongest<const N: usize>(x: &[i16], y: &[i16], to: &mut Row) {
    let pixels = x.as_chunks::<N>().0.iter().zip(y.as_chunks::<N>().0);
    let strengths = to.strength[1..].iter_mut().zip(&mut to.x).zip(&mut to.y);
    for ((x, y), ((strength, to_x), to_y)) in pixels.zip(strengths) {
        let (mut best, mut best_x, mut best_y) = (i16::MIN, 0, 0);
        for c in 0..N {
            let sum = x[c].abs() + y[c].abs();
            let better = sum > best;
            best = if better { sum } else { best };
            best_x = if better { x[c] } else { best_x };
            best_y = if better { y[c] } else { best_y };
        }
        (*strength, *to_x, *to_y) = (best, best_x, best_y);
    }
}

/// As [`strongest`], for any number of channels.
fn strongest_of_any(x: &[i16], y: &[i16], channels: usize, to: &mut Row) {
    for (i, (x, y)) in x.chunks_exact(channels).zip(y.chunks_exact(channels)).enumerate() {
        let mut best = i16::MIN;
        for (&x, &y) in x.iter().zip(y) {
            let sum = x.abs() + y.abs();
            if sum > best {
                (best, to.x[i], to.y[i]) = (sum, x, y);
            }
        }
        to.strength[i + 1] = best;
    }
}

/// Makes edges of all that may be one and is connected to one.
fn follow(classes: &mut [u8], width: usize) {
    /// Most runs of as many pixels have no edge.
    const RUN: usize = 256;
    let stride = width + 2;
    let mut edges: Vec<usize> = Vec::new();
    let (row, one) = (stride as isize, 1);
    let around = [-one, one, -row - one, -row, one - row, row - one, row, row + one];
    for start in (0..classes.len()).step_by(RUN) {
        let run = start..(start + RUN).min(classes.len());
        if !has_edges(&classes[run.clone()]) {
            continue;
        }
        for i in run {
            if classes[i] == EDGE {
                edges.push(i);
            }
            while let Some(i) = edges.pop() {
                for step in around {
                    let neighbor = i.wrapping_add_signed(step);
                    if classes[neighbor] == MAYBE {
                        classes[neighbor] = EDGE;
                        edges.push(neighbor);
                    }
                }
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn has_edges(classes: &[u8]) -> bool {
    classes.iter().fold(NONE, |all, class| all | class) & EDGE != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    /// Step by step, on whole images.
    fn plain(image: ImageView<'_>, low: i32, high: i32) -> Vec<f32> {
        let (width, height, channels) = (image.width() as isize, image.height() as isize, image.channels());
        let byte = |x: isize, y: isize, c: usize| {
            let (x, y) = (x.clamp(0, width - 1) as usize, y.clamp(0, height - 1) as usize);
            (image.pixel(x, y)[c] * 255.0).round_ties_even() as i32
        };
        let gradient = |x: isize, y: isize| {
            (0..channels)
                .map(|c| {
                    let p = |dx: isize, dy: isize| byte(x + dx, y + dy, c);
                    let gx = p(1, -1) + 2 * p(1, 0) + p(1, 1) - p(-1, -1) - 2 * p(-1, 0) - p(-1, 1);
                    let gy = p(-1, 1) + 2 * p(0, 1) + p(1, 1) - p(-1, -1) - 2 * p(0, -1) - p(1, -1);
                    (gx, gy)
                })
                .rev()
                .max_by_key(|(x, y)| x.abs() + y.abs())
                .expect("a channel")
        };
        let there = |x: isize, y: isize| (0..width).contains(&x) && (0..height).contains(&y);
        let strength = |x: isize, y: isize| {
            let (gx, gy) = if there(x, y) { gradient(x, y) } else { (0, 0) };
            gx.abs() + gy.abs()
        };
        let strongest = |x: isize, y: isize| {
            let (gx, gy) = gradient(x, y);
            let m = strength(x, y);
            let angle = f64::from(gy.abs()).atan2(f64::from(gx.abs())).to_degrees();
            m > low
                && if angle < 22.5 {
                    m > strength(x - 1, y) && m >= strength(x + 1, y)
                } else if angle > 67.5 {
                    m > strength(x, y - 1) && m >= strength(x, y + 1)
                } else {
                    let side = if (gx ^ gy) < 0 { -1 } else { 1 };
                    m > strength(x - side, y - 1) && m > strength(x + side, y + 1)
                }
        };
        let places: Vec<(isize, isize)> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).collect();
        let maybe: Vec<bool> = places.iter().map(|&(x, y)| strongest(x, y)).collect();
        let mut edge: Vec<bool> =
            places.iter().zip(&maybe).map(|(&(x, y), maybe)| *maybe && strength(x, y) > high).collect();
        loop {
            let grown: Vec<bool> = places
                .iter()
                .enumerate()
                .map(|(i, &(x, y))| {
                    let near = || (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (x + dx, y + dy)));
                    edge[i] || maybe[i] && near().any(|(x, y)| there(x, y) && edge[(y * width + x) as usize])
                })
                .collect();
            if grown == edge {
                break;
            }
            edge = grown;
        }
        edge.into_iter().map(|edge| f32::from(u8::from(edge))).collect()
    }

    #[test]
    fn fast_and_plain_edges_are_the_same() {
        for (width, height, channels) in [(1, 1, 1), (40, 71, 3), (33, 20, 4), (25, 30, 2), (90, 64, 1)] {
            let image = crate::kernels::blur::gaussian::blur(noise(width, height, channels).view(), 1.2, 1.2);
            for (low, high) in [(100, 300), (20, 150), (0, 0)] {
                let found = edges(image.view(), high, low);
                assert_eq!(
                    found.view().samples(),
                    plain(image.view(), low as i32, high as i32),
                    "{image} {low} {high}"
                );
            }
        }
    }
}
