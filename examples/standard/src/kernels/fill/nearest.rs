//! The colour of the nearest pixel that has one, smooth where two are equally near: nine points of a pixel are looked at.
//!
//! The nearest pixel of each column is known from above and from below; of these, that of a row is found on the lower envelope of
//! parabolas (P. F. Felzenszwalb, D. P. Huttenlocher, *Distance Transforms of Sampled Functions*, Theory of Computing 8, 2012).

use chainner_sdk::{image::for_each_row, prelude::*};

/// How far the points of a pixel are apart.
const APART: f32 = 0.333;
/// How near, in pixels, two pixels have to be to being equally near to a point for rounding to decide.
const SLACK: f64 = 1e-3;
/// No row.
const NONE: i32 = i32::MIN;

/// The colours of an image of four channels, filled; all black if there are none.
///
/// # Panics
/// When the image does not have four channels.
pub fn fill(image: ImageView<'_>) -> Image {
    let (mut colors, known) = super::opaque_colors(image);
    let (width, height) = (image.width(), image.height());
    if !known.contains(&true) || !known.contains(&false) {
        return colors;
    }
    let above = nearest_rows(&known, width, 0..height);
    let below = nearest_rows(&known, width, (0..height).rev());
    let from = colors.clone();
    let from = from.view();
    for_each_row(colors.samples_mut(), width * 3, |y, to| {
        let row = y * width..(y + 1) * width;
        let (known, above, below) = (&known[row.clone()], &above[row.clone()], &below[row]);
        if !known.contains(&false) {
            return;
        }
        for (to, _) in to.as_chunks_mut::<3>().0.iter_mut().zip(known).filter(|(_, known)| !**known) {
            *to = [0.0; 3];
        }
        let mut envelope = Envelope::default();
        for down in [-APART, 0.0, APART] {
            let at = y as f32 + down;
            envelope.lay(at, above, below);
            let mut walk = 0;
            for (x, to) in to.as_chunks_mut::<3>().0.iter_mut().enumerate().filter(|(x, _)| !known[*x]) {
                for right in [-APART, 0.0, APART] {
                    let (x, y) = envelope.nearest(x as f32 + right, &mut walk);
                    to.iter_mut().zip(from.pixel(x, y)).for_each(|(to, sample)| *to += sample / 9.0);
                }
            }
        }
    });
    colors
}

/// For each pixel the last row up to its own, in the given order, in which its column is known.
fn nearest_rows(known: &[bool], width: usize, rows: impl Iterator<Item = usize>) -> Vec<i32> {
    let mut nearest = vec![NONE; known.len()];
    let mut last = vec![NONE; width];
    for y in rows {
        let row = y * width..(y + 1) * width;
        for ((to, last), known) in nearest[row.clone()].iter_mut().zip(&mut last).zip(&known[row]) {
            *last = if *known { y as i32 } else { *last };
            *to = *last;
        }
    }
    nearest
}

/// The pixels that are nearest to some point of a row, from left to right.
#[derive(Default)]
struct Envelope {
    /// Column, row, and the square of how far the row is.
    pixels: Vec<(usize, i32, f32)>,
    /// Where each begins to be the nearest.
    from: Vec<f64>,
}

impl Envelope {
    /// Of the nearest pixels of the columns, seen from a row.
    fn lay(&mut self, at: f32, above: &[i32], below: &[i32]) {
        self.pixels.clear();
        self.from.clear();
        let square = |row: i32| (row as f32 - at) * (row as f32 - at);
        for (x, (&above, &below)) in above.iter().zip(below).enumerate() {
            let (row, far) = match (above, below) {
                (NONE, NONE) => continue,
                (NONE, row) | (row, NONE) => (row, square(row)),
                // The upper one of two that are equally far.
                (above, below) if square(below) < square(above) => (below, square(below)),
                (above, _) => (above, square(above)),
            };
            let begin = loop {
                let (Some(&(other, _, other_far)), Some(&other_from)) = (self.pixels.last(), self.from.last()) else {
                    break f64::NEG_INFINITY;
                };
                let (a, b) = (other as f64, x as f64);
                let meet = ((f64::from(far) + b * b) - (f64::from(other_far) + a * a)) / (2.0 * (b - a));
                if meet >= other_from - SLACK {
                    break meet.max(other_from);
                }
                self.pixels.pop();
                self.from.pop();
            };
            self.pixels.push((x, row, far));
            self.from.push(begin);
        }
    }

    /// Column and row of the pixel nearest to a point; points come from left to right. Of several, the leftmost.
    fn nearest(&self, at: f32, walk: &mut usize) -> (usize, usize) {
        while self.from.get(*walk + 1).is_some_and(|from| *from <= f64::from(at)) {
            *walk += 1;
        }
        let (mut first, mut last) = (*walk, *walk);
        while first > 0 && self.from[first] >= f64::from(at) - SLACK {
            first -= 1;
        }
        while self.from.get(last + 1).is_some_and(|from| *from <= f64::from(at) + SLACK) {
            last += 1;
        }
        // Which one is nearer is decided in the precision of the app.
        let far = |&(x, _, far): &(usize, i32, f32)| far + (x as f32 - at) * (x as f32 - at);
        let near = self.pixels[first..=last].iter();
        let best = near.min_by(|a, b| far(a).total_cmp(&far(b))).expect("some pixel is known");
        (best.0, best.1 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::fill::{opaque_colors, tests::holes};

    /// All pixels looked at from each point.
    fn plain(image: ImageView<'_>) -> Image {
        let (mut colors, known) = opaque_colors(image);
        let from = colors.clone();
        let width = image.width();
        let pixels: Vec<(usize, usize)> = (0..width)
            .flat_map(|x| (0..image.height()).map(move |y| (x, y)))
            .filter(|(x, y)| known[y * width + x])
            .collect();
        for i in (0..known.len()).filter(|&i| !known[i]) {
            let mut sum = [0.0; 3];
            for (down, right) in
                [-APART, 0.0, APART].iter().flat_map(|down| [-APART, 0.0, APART].map(|right| (down, right)))
            {
                let (at_x, at_y) = ((i % width) as f32 + right, (i / width) as f32 + down);
                let far = |&(x, y): &(usize, usize)| {
                    let (dx, dy) = (x as f32 - at_x, y as f32 - at_y);
                    dy * dy + dx * dx
                };
                let (x, y) = *pixels.iter().min_by(|a, b| far(a).total_cmp(&far(b))).expect("some");
                sum.iter_mut().zip(from.view().pixel(x, y)).for_each(|(sum, sample)| *sum += sample / 9.0);
            }
            colors.samples_mut()[i * 3..][..3].copy_from_slice(&sum);
        }
        colors
    }

    #[test]
    fn the_nearest_of_all_pixels_is_found() {
        for (width, height, one_in) in [(20, 15, 3), (33, 41, 30), (50, 30, 400), (1, 9, 4), (17, 1, 3)] {
            let image = holes(width, height, one_in);
            let (fast, plain) = (fill(image.view()), plain(image.view()));
            for (i, (fast, plain)) in fast.view().samples().iter().zip(plain.view().samples()).enumerate() {
                assert!((fast - plain).abs() < 1e-6, "{width}×{height}, sample {i}: {fast} {plain}");
            }
        }
    }
}
