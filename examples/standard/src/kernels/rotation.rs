//! Images turned by any angle.
//!
//! Each pixel of the result is looked up where it came from. Between pixels the image is read by cubic convolution (R. G. Keys, *Cubic
//! Convolution Interpolation for Digital Image Processing*, 1981, with a = −1), in a straight line, or at the nearest pixel. Colours are
//! weighted by their opacity.

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

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"), dispatcher = "direct")]
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
    let pixel = |x: isize, y: isize| {
        let x = x.clamp(0, width as isize - 1) as usize;
        let y = y.clamp(0, height as isize - 1) as usize;
        let mut pixel = samples[y * width + x];
        if N == 4 {
            let opacity = pixel[N - 1];
            pixel[..3].iter_mut().for_each(|sample| *sample *= opacity);
        }
        pixel
    };
    // The nearest pixel is found in whole steps of 1/65536, so that halves fall on the same side everywhere.
    let fixed = |value: f64| (value * 65_536.0 + 0.5).floor() as i64;
    let start = turn.source(0.0, 0.0).map(fixed);
    let (right, down) = (turn.right.map(fixed), turn.down.map(fixed));
    for (x, to) in row.as_chunks_mut::<M>().0.iter_mut().enumerate() {
        let found = if reading == Reading::Nearest {
            let [from_x, from_y] =
                [0, 1].map(|axis| ((start[axis] + right[axis] * x as i64 + down[axis] * y as i64) >> 16) as isize);
            let inside = (0..width as isize).contains(&from_x) && (0..height as isize).contains(&from_y);
            inside.then(|| samples[from_y as usize * width + from_x as usize])
        } else {
            let [from_x, from_y] = turn.source(x as f64, y as f64);
            let inside = from_x >= 0.0 && from_x < width as f64 && from_y >= 0.0 && from_y < height as f64;
            inside.then(|| {
                let (from_x, from_y) = (from_x - 0.5, from_y - 0.5);
                let (cell_x, cell_y) = (from_x.floor(), from_y.floor());
                let shares = [(from_x - cell_x) as f32, (from_y - cell_y) as f32];
                let cell = [cell_x as isize, cell_y as isize];
                let read =
                    if reading == Reading::Linear { linear(&pixel, cell, shares) } else { cubic(&pixel, cell, shares) };
                shown(read)
            })
        };
        match found {
            None => to.copy_from_slice(free),
            Some(pixel) => {
                for i in 0..M {
                    to[i] = match (N, i) {
                        (1, 3) | (3, 3) => 1.0,
                        (1, _) => pixel[0],
                        _ => pixel[i],
                    };
                }
            }
        }
    }
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

#[inline(always)]
fn weighted<const N: usize, const COUNT: usize>(pixels: [[f32; N]; COUNT], weights: [f32; COUNT]) -> [f32; N] {
    let mut sum = [0.0; N];
    for (pixel, weight) in pixels.into_iter().zip(weights) {
        for (sum, sample) in sum.iter_mut().zip(pixel) {
            *sum += sample * weight;
        }
    }
    sum
}

#[inline(always)]
fn linear<const N: usize>(pixel: &impl Fn(isize, isize) -> [f32; N], [x, y]: [isize; 2], shares: [f32; 2]) -> [f32; N] {
    let weights = shares.map(|share| [1.0 - share, share]);
    weighted([0, 1].map(|down| weighted([pixel(x, y + down), pixel(x + 1, y + down)], weights[0])), weights[1])
}

#[inline(always)]
fn cubic<const N: usize>(pixel: &impl Fn(isize, isize) -> [f32; N], [x, y]: [isize; 2], shares: [f32; 2]) -> [f32; N] {
    let weights = shares.map(keys);
    weighted(
        [-1, 0, 1, 2].map(|down| weighted([-1, 0, 1, 2].map(|right| pixel(x + right, y + down)), weights[0])),
        weights[1],
    )
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
