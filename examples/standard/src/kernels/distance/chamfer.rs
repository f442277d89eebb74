//! Distances added up of steps to neighbours: G. Borgefors, *Distance Transformations in Digital Images* (Computer Vision, Graphics, and
//! Image Processing 34, 1986), with steps of 5×5 pixels and the weights that OpenCV uses with them, in 65536ths of a pixel.
//!
//! Two passes. Along a row, steps are doubled instead of taken one after the other (W. D. Hillis, G. L. Steele, *Data Parallel
//! Algorithms*, Communications of the ACM 29, 1986), up to the distance from which on all is the same. No farther are rows looked at, so
//! that the parts of an image do not have to wait for each other.

use std::ops::Range;

use chainner_sdk::{parallel, prelude::*};
use multiversion::multiversion;

/// From what value on a pixel is inside.
const INSIDE: f32 = 0.5;
/// A pixel.
const UNIT: u32 = 1 << 16;
/// A step to a pixel at a side, at a corner, and by a knight's move.
const SIDE: u32 = UNIT;
const CORNER: u32 = 91_750;
const KNIGHT: u32 = 143_976;
/// More than any distance, and room for a step.
const FAR: u32 = u32::MAX - KNIGHT;
/// Pixels beyond the edges.
const REACH: usize = 2;
/// The least rows worked on at once.
const ROWS: usize = 128;

/// How far each pixel of an image of one channel is from the nearest that is on the other side of `INSIDE`, times `scale`, and `middle`
/// more. Negative distances are outside.
///
/// # Panics
/// When the image does not have one channel.
pub fn signed(image: ImageView<'_>, scale: f32, middle: f32) -> Image {
    assert_eq!(image.channels(), 1, "the caller asks for the channels first");
    let (width, height) = (image.width(), image.height());
    // From here on, results are white or black; a number that is not one reaches everywhere.
    let reach = middle.max(1.0 - middle) / scale.abs() + 1.0;
    let reach = if reach < height.max(width) as f32 { reach as usize + 1 } else { height.max(width) };
    let band = ROWS.max(2 * reach);
    let begin = |rows: Range<usize>| Band {
        image,
        reach,
        rows: rows.start..rows.start,
        end: rows.end,
        fields: [Field::default(), Field::default()],
    };
    Image::from_runs(width, height, 1, band, begin, |fields, y, to| {
        if y >= fields.rows.end {
            fields.go_on(band);
        }
        write(to, fields.row(y), scale, middle);
    })
}

/// Rows of a run whose distances are known.
struct Band<'a> {
    image: ImageView<'a>,
    reach: usize,
    rows: Range<usize>,
    /// Of the run.
    end: usize,
    /// To the nearest pixel that is outside, and inside.
    fields: [Field; 2],
}

impl Band<'_> {
    /// Up to as many rows more.
    fn go_on(&mut self, rows: usize) {
        self.rows = self.rows.end..(self.rows.end + rows).min(self.end);
        let around = self.rows.start.saturating_sub(self.reach)..(self.rows.end + self.reach).min(self.image.height());
        let (image, reach) = (self.image, self.reach);
        parallel::for_each_item(&mut self.fields, |i, field| field.measure(image, around.clone(), reach, i == 1));
    }

    fn row(&self, y: usize) -> [&[u32]; 2] {
        let y = y - self.rows.start.saturating_sub(self.reach);
        self.fields.each_ref().map(|field| field.row(y))
    }
}

/// Distances, with a frame of [`FAR`] around.
#[derive(Default)]
struct Field {
    steps: Vec<u32>,
    stride: usize,
}

impl Field {
    /// To the nearest pixel of some rows that is inside, or not; what is farther than `reach` need not be right.
    fn measure(&mut self, image: ImageView<'_>, rows: Range<usize>, reach: usize, to_inside: bool) {
        let (width, height) = (image.width(), rows.len());
        let stride = width + 2 * REACH;
        let len = stride * (height + 2 * REACH);
        if self.steps.len() != len {
            // Else the frame is where it was.
            self.stride = stride;
            self.steps.clear();
            self.steps.resize(len, FAR);
        }
        let mut spare = vec![FAR; stride];
        for y in 0..height {
            let (before, rest) = self.steps.split_at_mut((y + REACH) * stride);
            let (row, above) = (&mut rest[..stride], &before[before.len() - 2 * stride..]);
            start(image.row(rows.start + y), to_inside, &mut row[REACH..]);
            from_rows(&above[stride..], &above[..stride], row);
            from_left(&mut row[REACH..REACH + width], &mut spare[..width], reach);
        }
        for y in (0..height).rev() {
            let (rest, after) = self.steps.split_at_mut((y + REACH + 1) * stride);
            let start = rest.len() - stride;
            let row = &mut rest[start..];
            from_rows(&after[..stride], &after[stride..2 * stride], row);
            from_right(&mut row[REACH..REACH + width], &mut spare[..width], reach);
        }
    }

    fn row(&self, y: usize) -> &[u32] {
        &self.steps[(y + REACH) * self.stride + REACH..][..self.stride - 2 * REACH]
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn start(samples: &[f32], to_inside: bool, row: &mut [u32]) {
    for (to, sample) in row.iter_mut().zip(samples) {
        *to = if (*sample >= INSIDE) == to_inside { 0 } else { FAR };
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn write(to: &mut [f32], [to_outside, to_inside]: [&[u32]; 2], scale: f32, middle: f32) {
    for ((to, to_outside), to_inside) in to.iter_mut().zip(to_outside).zip(to_inside) {
        let pixels = |steps: u32| if steps < FAR { steps as f32 / UNIT as f32 } else { f32::INFINITY };
        *to = (pixels(*to_outside) - pixels(*to_inside)) * scale + middle;
    }
}

/// Steps from the next row and the one after that.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn from_rows(next: &[u32], second: &[u32], row: &mut [u32]) {
    let width = row.len() - 2 * REACH;
    let (next, second, row) = (&next[..width + 4], &second[..width + 4], &mut row[REACH..REACH + width]);
    for (x, to) in row.iter_mut().enumerate() {
        let sides = next[x + 2] + SIDE;
        let corners = next[x + 1].min(next[x + 3]) + CORNER;
        let knights = next[x].min(next[x + 4]).min(second[x + 1]).min(second[x + 3]) + KNIGHT;
        *to = (*to).min(sides).min(corners).min(knights);
    }
}

/// Steps to the right: of one pixel, then of two, four and so on.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn from_left(row: &mut [u32], spare: &mut [u32], reach: usize) {
    let (mut from, mut to, mut by) = (row, spare, 1);
    let mut is_spare = false;
    while by < from.len() && by <= reach {
        let way = SIDE.saturating_mul(by as u32);
        to[..by].copy_from_slice(&from[..by]);
        for ((to, own), other) in to[by..].iter_mut().zip(&from[by..]).zip(&*from) {
            *to = (*own).min(other.saturating_add(way));
        }
        std::mem::swap(&mut from, &mut to);
        (is_spare, by) = (!is_spare, 2 * by);
    }
    if is_spare {
        to.copy_from_slice(from);
    }
}

/// The same to the left.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn from_right(row: &mut [u32], spare: &mut [u32], reach: usize) {
    let (mut from, mut to, mut by) = (row, spare, 1);
    let mut is_spare = false;
    while by < from.len() && by <= reach {
        let way = SIDE.saturating_mul(by as u32);
        let len = from.len() - by;
        to[len..].copy_from_slice(&from[len..]);
        for ((to, own), other) in to[..len].iter_mut().zip(&*from).zip(&from[by..]) {
            *to = (*own).min(other.saturating_add(way));
        }
        std::mem::swap(&mut from, &mut to);
        (is_spare, by) = (!is_spare, 2 * by);
    }
    if is_spare {
        to.copy_from_slice(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots(width: usize, height: usize) -> Image {
        Image::from_rows(width, height, 1, |y, row| {
            for (x, to) in row.iter_mut().enumerate() {
                *to = if (x * 31 + y * 17 + x * y) % 43 == 0 { 0.2 } else { 0.9 };
            }
        })
    }

    /// The cheapest way to a pixel on the other side, in the steps of each pixel by itself.
    fn plain(image: ImageView<'_>, x: usize, y: usize) -> f32 {
        let inside = |x: usize, y: usize| image.pixel(x, y)[0] >= INSIDE;
        let own = inside(x, y);
        let mut best = FAR;
        for (other_x, other_y) in (0..image.width()).flat_map(|x| (0..image.height()).map(move |y| (x, y))) {
            if inside(other_x, other_y) != own {
                let (dx, dy) = (other_x.abs_diff(x) as u32, other_y.abs_diff(y) as u32);
                let (most, least) = (dx.max(dy), dx.min(dy));
                // Knight's moves with steps to the side, or with steps to the corner.
                let way = if most >= 2 * least {
                    least * KNIGHT + (most - 2 * least) * SIDE
                } else {
                    (most - least) * KNIGHT + (2 * least - most) * CORNER
                };
                best = best.min(way);
            }
        }
        (if own { best as f32 } else { -(best as f32) }) / UNIT as f32
    }

    #[test]
    fn distances_are_those_of_the_cheapest_way() {
        for (width, height) in [(31, 23), (1, 60), (44, 1), (3, 400)] {
            let image = dots(width, height);
            let signed = signed(image.view(), 0.01, 0.5);
            for (x, y) in (0..width).flat_map(|x| (0..height).map(move |y| (x, y))) {
                let (fast, plain) = (signed.view().pixel(x, y)[0], plain(image.view(), x, y) * 0.01 + 0.5);
                assert!((fast - plain.clamp(0.0, 1.0)).abs() < 1e-5, "{x} {y}: {fast} {plain}");
            }
        }
    }

    #[test]
    fn without_an_edge_it_is_far() {
        let all = Image::from_rows(5, 3, 1, |_, row| row.fill(1.0));
        assert!(signed(all.view(), 0.1, 0.5).view().samples().iter().all(|sample| *sample == 1.0));
        assert!(signed(Image::new(5, 3, 1).view(), 0.1, 0.5).view().samples().iter().all(|sample| *sample == 0.0));
        assert_eq!(signed(Image::new(0, 3, 1).view(), 0.1, 0.5), Image::new(0, 3, 1));
    }
}
