//! Distances added up of steps to neighbours: G. Borgefors, *Distance Transformations in Digital Images* (Computer Vision, Graphics, and
//! Image Processing 34, 1986), with steps of 5×5 pixels and the weights that OpenCV uses with them, in 65536ths of a pixel.
//!
//! Two passes, of which the larger part, that from other rows, goes on without waiting for the pixel before.

use chainner_sdk::prelude::*;
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

/// How far each pixel of an image of one channel is from the nearest that is on the other side of `INSIDE`, times `scale`, and `middle`
/// more. Negative distances are outside.
///
/// # Panics
/// When the image does not have one channel.
pub fn signed(image: ImageView<'_>, scale: f32, middle: f32) -> Image {
    assert_eq!(image.channels(), 1, "the caller asks for the channels first");
    let (inside, outside) = rayon::join(|| Field::new(image, false), || Field::new(image, true));
    Image::from_rows(image.width(), image.height(), 1, |y, to| {
        let pixels = |steps: u32| if steps < FAR { steps as f32 / UNIT as f32 } else { f32::INFINITY };
        for ((to, inside), outside) in to.iter_mut().zip(inside.row(y)).zip(outside.row(y)) {
            *to = (pixels(*inside) - pixels(*outside)) * scale + middle;
        }
    })
}

/// Distances, with a frame of [`FAR`] around.
struct Field {
    steps: Vec<u32>,
    stride: usize,
}

impl Field {
    /// To the nearest pixel that is inside, or not.
    fn new(image: ImageView<'_>, to_inside: bool) -> Self {
        let (width, height) = (image.width(), image.height());
        let stride = width + 2 * REACH;
        let mut steps = vec![FAR; stride * (height + 2 * REACH)];
        for y in 0..height {
            let (before, rest) = steps.split_at_mut((y + REACH) * stride);
            let (row, above) = (&mut rest[..stride], &before[before.len() - 2 * stride..]);
            for (to, sample) in row[REACH..].iter_mut().zip(image.row(y)) {
                *to = if (*sample >= INSIDE) == to_inside { 0 } else { FAR };
            }
            from_rows(&above[stride..], &above[..stride], row);
            for x in REACH..REACH + width {
                row[x] = row[x].min(row[x - 1] + SIDE);
            }
        }
        for y in (0..height).rev() {
            let (rest, after) = steps.split_at_mut((y + REACH + 1) * stride);
            let start = rest.len() - stride;
            let row = &mut rest[start..];
            from_rows(&after[..stride], &after[stride..2 * stride], row);
            for x in (REACH..REACH + width).rev() {
                row[x] = row[x].min(row[x + 1] + SIDE);
            }
        }
        Self { steps, stride }
    }

    fn row(&self, y: usize) -> &[u32] {
        &self.steps[(y + REACH) * self.stride + REACH..][..self.stride - 2 * REACH]
    }
}

/// Steps from the next row and the one after that.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
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
        for (width, height) in [(31, 23), (1, 60), (44, 1)] {
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
