//! The mean of a rectangle whose outermost pixels may count in part.
//!
//! Small rectangles are summed pixel by pixel, large ones by running sums along columns and rows, at a cost that does not depend on
//! their size (McDonnell, *Box-filtering techniques*, Computer Graphics and Image Processing 17, 1981).

use chainner_sdk::prelude::*;

use super::separable::{self, Symmetric};
use crate::kernels::border::{Border, pad_in_place};

/// What the image is beyond its edges.
const BORDER: Border = Border::Mirror;
/// Up to this radius pixels are summed one by one.
const SMALL: usize = 7;

/// Blurs by radii in pixels, each 0 or more; the rectangle is `2 · radius + 1` wide.
pub fn blur(image: ImageView<'_>, radius_x: f64, radius_y: f64) -> Image {
    let (x, y) = (Side::new(radius_x), Side::new(radius_y));
    if x.reach <= SMALL && y.reach <= SMALL {
        return separable::filter(image, &x.kernel(), &y.kernel(), BORDER, |_, _| ());
    }
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let pad = x.reach.max(1);
    Image::from_runs(
        width,
        height,
        channels,
        // Before its first row a run sums up all rows of the rectangle.
        2 * y.reach + 1,
        |rows| Running::new(image, y, rows.start, pad),
        |running, row_number, to| {
            running.next_row(image, y, row_number, pad);
            pad_in_place(&mut running.padded, channels, pad, BORDER);
            match channels {
                1 => x.along_row::<1>(&running.padded, pad, to),
                3 => x.along_row::<3>(&running.padded, pad, to),
                4 => x.along_row::<4>(&running.padded, pad, to),
                _ => (0..channels).for_each(|channel| {
                    let one: Vec<f32> = running.padded.iter().skip(channel).step_by(channels).copied().collect();
                    let mut blurred = vec![0.0; width];
                    x.along_row::<1>(&one, pad, &mut blurred);
                    to[channel..].iter_mut().step_by(channels).zip(blurred).for_each(|(to, from)| *to = from);
                }),
            }
        },
    )
}

/// One side of the rectangle: pixels up to `reach`, of which the last counts `outer` of `inner`.
#[derive(Debug, Clone, Copy)]
struct Side {
    reach: usize,
    inner: f64,
    outer: f64,
}

impl Side {
    fn new(radius: f64) -> Self {
        let reach = radius.ceil();
        let share = if reach > 0.0 { radius - (reach - 1.0) } else { 1.0 };
        let total = 2.0 * radius + 1.0;
        Self { reach: reach as usize, inner: 1.0 / total, outer: share / total }
    }

    fn kernel(self) -> Symmetric {
        let mut half = vec![self.inner; self.reach + 1];
        if self.reach > 0 {
            half[self.reach] = self.outer;
        }
        Symmetric::normalized(&half)
    }

    /// The mean around each pixel of a row with `pad` pixels on both sides.
    fn along_row<const N: usize>(self, padded: &[f32], pad: usize, to: &mut [f32]) {
        let (padded, _) = padded.as_chunks::<N>();
        let (to, _) = to.as_chunks_mut::<N>();
        let reach = self.reach;
        if reach == 0 {
            to.copy_from_slice(&padded[pad..pad + to.len()]);
            return;
        }
        // All but the two outermost, in double precision: what has been added is taken away again without a trace.
        let mut sums = [0.0_f64; N];
        for pixel in &padded[pad + 1 - reach..pad + reach] {
            (0..N).for_each(|c| sums[c] += f64::from(pixel[c]));
        }
        let (before, after) = (&padded[pad - reach..], &padded[pad + reach..]);
        for (((to, first), gone), last) in to.iter_mut().zip(before).zip(&before[1..]).zip(after) {
            for c in 0..N {
                to[c] = (sums[c] * self.inner + f64::from(first[c] + last[c]) * self.outer) as f32;
                sums[c] += f64::from(last[c]) - f64::from(gone[c]);
            }
        }
    }
}

/// The sums along columns.
struct Running {
    /// All but the two outermost rows around the row to come.
    sums: Vec<f64>,
    padded: Vec<f32>,
}

impl Running {
    fn new(image: ImageView<'_>, side: Side, y: usize, pad: usize) -> Self {
        let len = image.width() * image.channels();
        let mut sums = vec![0.0; len];
        let inner = side.reach.saturating_sub(1) as isize;
        for k in -inner..=inner {
            let row = image.row(BORDER.index(y as isize + k, image.height()));
            sums.iter_mut().zip(row).for_each(|(sum, sample)| *sum += f64::from(*sample));
        }
        Self { sums, padded: vec![0.0; len + 2 * pad * image.channels()] }
    }

    /// Writes the means of the columns at row `y`, and moves on.
    fn next_row(&mut self, image: ImageView<'_>, side: Side, y: usize, pad: usize) {
        let row = |k: isize| image.row(BORDER.index(y as isize + k, image.height()));
        let start = pad * image.channels();
        let means = &mut self.padded[start..start + self.sums.len()];
        if side.reach == 0 {
            means.copy_from_slice(row(0));
            return;
        }
        let reach = side.reach as isize;
        let (first, gone, last) = (row(-reach), row(1 - reach), row(reach));
        for i in 0..means.len() {
            means[i] = (self.sums[i] * side.inner + f64::from(first[i] + last[i]) * side.outer) as f32;
            self.sums[i] += f64::from(last[i]) - f64::from(gone[i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::{noise, plain};

    fn kernel(radius: f64) -> Vec<f64> {
        let reach = radius.ceil() as isize;
        (-reach..=reach).map(|k| (radius + 1.0 - k.abs() as f64).min(1.0) / (2.0 * radius + 1.0)).collect()
    }

    #[test]
    fn sums_of_any_length_are_as_if_multiplied_out() {
        for (width, height, channels) in [(1, 1, 3), (40, 33, 1), (37, 21, 3), (30, 22, 4), (19, 31, 2)] {
            let image = noise(width, height, channels);
            for (x, y) in [(0.0, 0.0), (1.0, 2.3), (0.2, 9.5), (12.0, 0.0), (8.0, 30.7), (60.5, 3.0)] {
                let plain = plain(image.view(), &kernel(x), &kernel(y), BORDER);
                for (fast, plain) in blur(image.view(), x, y).view().samples().iter().zip(plain) {
                    assert!((f64::from(*fast) - plain).abs() < 1e-6, "{width}x{height}x{channels} by {x}, {y}");
                }
            }
        }
    }
}
