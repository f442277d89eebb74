//! Images turned by any angle.
//!
//! Each pixel of the result is looked up where it came from. Between pixels the image is read by cubic convolution (R. G. Keys, *Cubic
//! Convolution Interpolation for Digital Image Processing*, 1981, with a = −1), in a straight line, or at the nearest pixel. Colours are
//! weighted by their opacity.

use std::ops::Range;

use chainner_sdk::prelude::*;
use multiversion::multiversion;

/// How the image is read between its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Sixteen pixels around.
    Cubic,
    /// Four pixels around.
    Linear,
    /// One pixel.
    Nearest,
}

/// Where the pixels of a turned image came from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// Pixels across and down.
    pub size: [usize; 2],
    /// Steps in the original, to the right and down, for a step to the right; for one down; and where the corner lies.
    right: [f64; 2],
    down: [f64; 2],
    corner: [f64; 2],
}

impl Turn {
    /// A turn of an image of `size` (width, height) by an angle in degrees, against the clock. The result has the same size, or holds the
    /// whole image if `expand` is set.
    pub fn new(size: [usize; 2], degrees: f64, expand: bool) -> Self {
        let [width, height] = size.map(|size| size as f64);
        // Of right angles, sine and cosine should be whole numbers.
        let exact = |value: f64| (value * 1e15).round() / 1e15;
        let (sin, cos) = (-degrees.rem_euclid(360.0).to_radians()).sin_cos();
        let (sin, cos) = (exact(sin), exact(cos));
        let turned =
            |[x, y]: [f64; 2], corner: [f64; 2]| [cos * x + sin * y + corner[0], -sin * x + cos * y + corner[1]];
        let middle = [width / 2.0, height / 2.0];
        let back = turned([-middle[0], -middle[1]], [0.0, 0.0]);
        let mut corner = [back[0] + middle[0], back[1] + middle[1]];
        let mut new = size;
        if expand {
            let ends = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]].map(|end| turned(end, corner));
            for axis in 0..2 {
                let ends = ends.map(|end| end[axis]);
                let (least, most) =
                    ends.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &end| (a.min(end), b.max(end)));
                new[axis] = (most.ceil() - least.floor()) as usize;
            }
            let more = [(new[0] as f64 - width) / 2.0, (new[1] as f64 - height) / 2.0];
            corner = turned([-more[0], -more[1]], corner);
        }
        Self { size: new, right: [cos, -sin], down: [sin, cos], corner }
    }

    /// The pixels of row `y` that came from within an image of this size, of so many: those of a straight line in it, one run.
    fn seen(&self, [width, height]: [usize; 2], y: usize, count: usize) -> Range<usize> {
        let is_within = |x: usize| {
            let [from_x, from_y] = self.source(x as f64, y as f64);
            from_x >= 0.0 && from_x < width as f64 && from_y >= 0.0 && from_y < height as f64
        };
        let start = self.source(0.0, y as f64);
        let (mut least, mut most) = (0.0_f64, count as f64);
        for axis in 0..2 {
            let (step, size) = (self.right[axis], [width, height][axis] as f64);
            if step != 0.0 {
                let ends = [-start[axis] / step, (size - start[axis]) / step];
                least = least.max(ends[0].min(ends[1]));
                most = most.min(ends[0].max(ends[1]));
            }
        }
        // Rounded, the ends may be a pixel off.
        let mut end = (most.ceil() as usize).saturating_add(1).min(count);
        let mut first = (least.floor() as usize).saturating_sub(1).min(end);
        while first < end && !is_within(first) {
            first += 1;
        }
        while end > first && !is_within(end - 1) {
            end -= 1;
        }
        first..end
    }

    /// Where the middle of a pixel came from.
    fn source(&self, x: f64, y: f64) -> [f64; 2] {
        [0, 1].map(|axis| self.right[axis] * (x + 0.5) + self.down[axis] * (y + 0.5) + self.corner[axis])
    }
}

/// Turns an image; where it does not reach, `free` is seen. The result has as many channels as `free`, those of the image or more.
pub fn rotate(image: ImageView<'_>, turn: &Turn, reading: Reading, free: &[f32]) -> Image {
    let [width, height] = turn.size;
    Image::from_rows(width, height, free.len(), |y, row| match (image.channels(), free.len()) {
        (1, 1) => rotate_row::<1, 1>(image, turn, reading, y, free, row),
        (1, 4) => rotate_row::<1, 4>(image, turn, reading, y, free, row),
        (3, 3) => rotate_row::<3, 3>(image, turn, reading, y, free, row),
        (3, 4) => rotate_row::<3, 4>(image, turn, reading, y, free, row),
        (4, 4) => rotate_row::<4, 4>(image, turn, reading, y, free, row),
        (from, to) => unreachable!("an image of {from} channels is not turned to one of {to}"),
    })
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn rotate_row<const N: usize, const M: usize>(
    image: ImageView<'_>,
    turn: &Turn,
    reading: Reading,
    y: usize,
    free: &[f32],
    row: &mut [f32],
) {
    let samples = image.samples().as_chunks::<N>().0;
    let (width, height) = (image.width(), image.height());
    let row = row.as_chunks_mut::<M>().0;
    if reading == Reading::Nearest {
        // The nearest pixel is found in whole steps of 1/65536, so that halves fall on the same side everywhere.
        let fixed = |value: f64| (value * 65_536.0 + 0.5).floor() as i64;
        let start = turn.source(0.0, 0.0).map(fixed);
        let (right, down) = (turn.right.map(fixed), turn.down.map(fixed));
        for (x, to) in row.iter_mut().enumerate() {
            let [from_x, from_y] =
                [0, 1].map(|axis| ((start[axis] + right[axis] * x as i64 + down[axis] * y as i64) >> 16) as isize);
            if (0..width as isize).contains(&from_x) && (0..height as isize).contains(&from_y) {
                *to = widened(samples[from_y as usize * width + from_x as usize]);
            } else {
                to.copy_from_slice(free);
            }
        }
        return;
    }
    let seen = turn.seen([width, height], y, row.len());
    if free.iter().any(|sample| *sample != 0.0) {
        row[..seen.start].iter_mut().for_each(|to| to.copy_from_slice(free));
        row[seen.end..].iter_mut().for_each(|to| to.copy_from_slice(free));
    }
    for (x, to) in seen.clone().zip(&mut row[seen]) {
        let [from_x, from_y] = turn.source(x as f64, y as f64).map(|at| at - 0.5);
        let (cell_x, cell_y) = (from_x.floor(), from_y.floor());
        let shares = [(from_x - cell_x) as f32, (from_y - cell_y) as f32];
        let cell = [cell_x as isize, cell_y as isize];
        *to = widened(shown(match reading {
            Reading::Cubic => read(samples, [width, height], cell.map(|at| at - 1), shares.map(keys)),
            _ => read(samples, [width, height], cell, shares.map(|share| [1.0 - share, share])),
        }));
    }
}

/// A pixel with as many channels as the result has: grey in all colours, opaque.
#[inline(always)]
fn widened<const N: usize, const M: usize>(pixel: [f32; N]) -> [f32; M] {
    std::array::from_fn(|i| match (N, i) {
        (1, 3) | (3, 3) => 1.0,
        (1, _) => pixel[0],
        _ => pixel[i],
    })
}

/// The sum of a square of pixels, weighted across and down; colours are weighted by their opacity, too. Beyond the edges the outermost
/// pixels go on.
#[inline(always)]
fn read<const N: usize, const SIDE: usize>(
    samples: &[[f32; N]],
    [width, height]: [usize; 2],
    [x, y]: [isize; 2],
    [across, down]: [[f32; SIDE]; 2],
) -> [f32; N] {
    let mut columns = [[0.0; N]; SIDE];
    let mut add = |pixels: &[[f32; N]; SIDE], weight: f32| {
        for (sums, pixel) in columns.iter_mut().zip(pixels) {
            let color_weight = if N == 4 { weight * pixel[N - 1] } else { weight };
            for c in 0..N {
                sums[c] += pixel[c] * if N == 4 && c == N - 1 { weight } else { color_weight };
            }
        }
    };
    let is_within = x >= 0 && y >= 0 && x + SIDE as isize <= width as isize && y + SIDE as isize <= height as isize;
    if is_within {
        let start = y as usize * width + x as usize;
        for (row, weight) in down.into_iter().enumerate() {
            add(samples[start + row * width..].first_chunk().expect("the square is within the image"), weight);
        }
    } else {
        for (row, weight) in down.into_iter().enumerate() {
            let row = (y + row as isize).clamp(0, height as isize - 1) as usize * width;
            let column = |i: usize| (x + i as isize).clamp(0, width as isize - 1) as usize;
            add(&std::array::from_fn(|i| samples[row + column(i)]), weight);
        }
    }
    let mut sum = [0.0; N];
    for (column, weight) in columns.into_iter().zip(across) {
        (0..N).for_each(|c| sum[c] += column[c] * weight);
    }
    sum
}

/// A pixel that was read, its colours no longer weighted.
#[inline(always)]
fn shown<const N: usize>(mut pixel: [f32; N]) -> [f32; N] {
    if N == 4 {
        let opacity = pixel[N - 1].clamp(0.0, 1.0);
        let share = if opacity > 0.0 { 1.0 / opacity } else { 0.0 };
        pixel[..3].iter_mut().for_each(|sample| *sample *= share);
    }
    pixel
}

/// The weights of the four pixels around a place that is so far from the second to the third.
#[inline(always)]
fn keys(t: f32) -> [f32; 4] {
    let (square, cube) = (t * t, t * t * t);
    [-t + 2.0 * square - cube, 1.0 - 2.0 * square + cube, t + square - cube, cube - square]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pixel by itself, in double precision.
    fn plain(image: ImageView<'_>, turn: &Turn, reading: Reading, free: &[f32], [x, y]: [usize; 2]) -> Vec<f64> {
        let [width, height] = [image.width(), image.height()].map(|size| size as isize);
        let [from_x, from_y] = turn.source(x as f64, y as f64);
        if from_x < 0.0 || from_x >= width as f64 || from_y < 0.0 || from_y >= height as f64 {
            return free.iter().map(|&sample| sample.into()).collect();
        }
        let kernel = |distance: f64| match reading {
            Reading::Linear => (1.0 - distance).max(0.0),
            // Keys, with a = -1.
            _ if distance < 1.0 => distance.powi(3) - 2.0 * distance.powi(2) + 1.0,
            _ if distance < 2.0 => -distance.powi(3) + 5.0 * distance.powi(2) - 8.0 * distance + 4.0,
            _ => 0.0,
        };
        let mut sums = vec![0.0; image.channels()];
        for dy in -2..=2 {
            for dx in -2..=2 {
                let (i, j) = (from_x.floor() as isize + dx, from_y.floor() as isize + dy);
                let weight = kernel((i as f64 + 0.5 - from_x).abs()) * kernel((j as f64 + 0.5 - from_y).abs());
                let pixel = image.pixel(i.clamp(0, width - 1) as usize, j.clamp(0, height - 1) as usize);
                let opacity = if pixel.len() == 4 { f64::from(pixel[3]) } else { 1.0 };
                for (c, (sum, sample)) in sums.iter_mut().zip(pixel).enumerate() {
                    *sum += weight * if c == 3 { opacity } else { opacity * f64::from(*sample) };
                }
            }
        }
        if let [colors @ .., opacity] = &mut sums[..]
            && colors.len() == 3
        {
            let share = if *opacity > 0.0 { opacity.min(1.0) } else { f64::INFINITY };
            colors.iter_mut().for_each(|color| *color /= share);
        }
        sums.into_iter().map(|sample| sample.clamp(0.0, 1.0)).collect()
    }

    #[test]
    fn fast_and_plain_turns_agree() {
        for channels in [1, 3, 4] {
            let image = crate::kernels::blur::separable::noise(23, 17, channels);
            let free = [0.25, 0.5, 0.75, 1.0];
            let free = &free[..channels];
            for (degrees, expand) in
                [(0.0, false), (30.0, true), (90.0, true), (135.0, false), (211.3, true), (359.9, true)]
            {
                for reading in [Reading::Linear, Reading::Cubic] {
                    let turn = Turn::new([23, 17], degrees, expand);
                    let turned = rotate(image.view(), &turn, reading, free);
                    for y in 0..turn.size[1] {
                        for x in 0..turn.size[0] {
                            let plain = plain(image.view(), &turn, reading, free, [x, y]);
                            for (fast, plain) in turned.view().pixel(x, y).iter().zip(plain) {
                                assert!((f64::from(*fast) - plain).abs() < 1e-4, "{degrees} {reading:?} at {x}, {y}");
                            }
                        }
                    }
                }
            }
        }
    }

    fn ramp(width: usize, height: usize) -> Image {
        Image::from_pixels(width, height, |x, y| Bgr {
            b: x as f32 / width as f32,
            g: y as f32 / height as f32,
            r: ((x * 7 + y * 3) % 5) as f32 / 5.0,
        })
    }

    #[test]
    fn weights_add_up_and_pixels_keep_their_values() {
        assert_eq!(keys(0.0), [0.0, 1.0, 0.0, 0.0]);
        for i in 0..=10 {
            assert!((keys(i as f32 / 10.0).iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn right_angles_move_pixels() {
        let image = ramp(5, 3);
        for reading in [Reading::Cubic, Reading::Linear, Reading::Nearest] {
            let half = rotate(image.view(), &Turn::new([5, 3], 180.0, true), reading, &[0.0; 3]);
            let quarter = rotate(image.view(), &Turn::new([5, 3], 90.0, true), reading, &[0.0; 3]);
            assert_eq!([(half.width(), half.height()), (quarter.width(), quarter.height())], [(5, 3), (3, 5)]);
            for y in 0..3 {
                for x in 0..5 {
                    let same = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
                    assert!(same(half.view().pixel(4 - x, 2 - y), image.view().pixel(x, y)));
                    // Against the clock: what was at the right is at the top.
                    assert!(same(quarter.view().pixel(y, 4 - x), image.view().pixel(x, y)), "{reading:?}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_seen_lends_no_colour() {
        let image = Image::from_pixels(8, 8, |x, _| {
            if x < 4 { Bgra { b: 1.0, g: 0.0, r: 0.0, a: 0.0 } } else { Bgra { b: 0.0, g: 0.5, r: 0.0, a: 1.0 } }
        });
        let turned = rotate(image.view(), &Turn::new([8, 8], 30.0, false), Reading::Linear, &[0.0; 4]);
        for pixel in turned.view().samples().as_chunks::<4>().0.iter().filter(|pixel| pixel[3] > 0.0) {
            assert!(pixel[0] == 0.0 && (pixel[1] - 0.5).abs() < 1e-5, "{pixel:?}");
        }
    }

    #[test]
    fn expanded_images_hold_all_corners() {
        assert_eq!(Turn::new([128, 96], 45.0, true).size, [160, 160]);
        assert_eq!(Turn::new([128, 96], 45.0, false).size, [128, 96]);
        assert_eq!(Turn::new([128, 96], 12.5, true).size, [146, 122]);
    }
}
