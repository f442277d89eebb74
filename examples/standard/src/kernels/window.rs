//! Rows of an image as a filter of a few pixels sees them: with what lies beyond the edges.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};

use super::border::Border;

/// How far a filter looks from each pixel, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// To the left.
    pub left: usize,
    /// To the right.
    pub right: usize,
    /// Up.
    pub above: usize,
    /// Down.
    pub below: usize,
}

impl Reach {
    /// The same to all sides.
    pub fn square(radius: usize) -> Self {
        Self { left: radius, right: radius, above: radius, below: radius }
    }
}

/// Rows with what lies beyond their ends, each put together once while they are asked for in order.
struct Ring<'a> {
    image: ImageView<'a>,
    reach: Reach,
    border: Border,
    rows: Vec<Vec<f32>>,
    /// The row after the last that is there.
    end: Option<isize>,
}

impl<'a> Ring<'a> {
    /// For `count` rows at a time.
    fn new(image: ImageView<'a>, reach: Reach, border: Border, count: usize) -> Self {
        let len = (reach.left + image.width() + reach.right) * image.channels();
        Self { image, reach, border, rows: vec![vec![0.0; len]; reach.above + count + reach.below], end: None }
    }

    /// From `reach.above` above row `y` on.
    fn around(&mut self, y: usize) -> Vec<&[f32]> {
        let count = self.rows.len() as isize;
        let first = y as isize - self.reach.above as isize;
        for at in self.end.map_or(first, |end| end.max(first))..first + count {
            self.fill(at);
        }
        self.end = Some(first + count);
        (first..first + count).map(|at| &self.rows[at.rem_euclid(count) as usize][..]).collect()
    }

    fn fill(&mut self, at: isize) {
        let (width, height, channels) = (self.image.width(), self.image.height(), self.image.channels());
        let count = self.rows.len() as isize;
        let (from, to) = (self.image.row(self.border.index(at, height)), &mut self.rows[at.rem_euclid(count) as usize]);
        let left = self.reach.left;
        to[left * channels..][..from.len()].copy_from_slice(from);
        for x in (0..left).chain(left + width..left + width + self.reach.right) {
            let near = self.border.index(x as isize - left as isize, width) * channels;
            to[x * channels..][..channels].copy_from_slice(&from[near..near + channels]);
        }
    }
}

/// An image each row of which is written by `f(rows, y, to)`: what stands for the sample at `i` of the row `y` with `dx` pixels to
/// the right and `dy` down is `rows[above + dy][i + (left + dx) * channels]`.
pub fn rows(
    image: ImageView<'_>,
    reach: Reach,
    border: Border,
    f: impl for<'a> Fn(&[&[f32]], usize, FreshRow<'a>) -> WrittenRow<'a> + Sync,
) -> Image {
    Image::from_fresh_runs(
        image.width(),
        image.height(),
        image.channels(),
        4 * (reach.above + reach.below),
        |_| Ring::new(image, reach, border, 1),
        |ring, y, to| f(&ring.around(y), y, to),
    )
}

/// An image `N` rows of which are made at once, so that they share what they have in common, by `f(rows, to)`: what stands for the
/// sample of `to[j][i]` with `dx` pixels to the right and `dy` down is `rows[above + j + dy][i + (left + dx) * channels]`.
pub fn bands<const N: usize>(
    image: ImageView<'_>,
    reach: Reach,
    border: Border,
    f: impl Fn(&[&[f32]], [&mut [f32]; N]) + Sync,
) -> Image {
    let len = image.width() * image.channels();
    Image::from_fresh_runs(
        image.width(),
        image.height(),
        image.channels(),
        4 * (reach.above + N + reach.below),
        |rows| (Ring::new(image, reach, border, N), vec![0.0; N * len], rows.start..rows.start),
        |(ring, band, made), y, to| {
            if !made.contains(&y) {
                let mut rows = band.chunks_exact_mut(len);
                f(&ring.around(y), std::array::from_fn(|_| rows.next().expect("a band has as many rows")));
                *made = y..y + N;
            }
            to.copy([&band[(y - made.start) * len..][..len]])
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_bands_see_what_is_around_them() {
        for (width, height) in [(1, 1), (3, 2), (4, 5), (9, 14)] {
            let image = Image::from_rows(width, height, 2, |y, row| {
                row.iter_mut().enumerate().for_each(|(i, sample)| *sample = (i + y * 18) as f32 / 256.0);
            });
            let image = image.view();
            let reach = Reach { left: 2, right: 1, above: 1, below: 2 };
            for border in [Border::Reflect, Border::Mirror, Border::Replicate] {
                for (dx, dy) in [(0, 0), (-2, -1), (1, 2), (-1, 1)] {
                    let start = (2 + dx) as usize * 2;
                    let by_rows = rows(image, reach, border, |rows, _, to| {
                        to.copy([&rows[(1 + dy) as usize][start..][..width * 2]])
                    });
                    let by_bands = bands::<3>(image, reach, border, |rows, to| {
                        assert_eq!(rows.len(), 6);
                        for (j, to) in to.into_iter().enumerate() {
                            to.copy_from_slice(&rows[(1 + dy) as usize + j][start..][..width * 2]);
                        }
                    });
                    let expected = Image::from_rows(width, height, 2, |y, row| {
                        let y = border.index(y as isize + dy, height);
                        for (x, to) in row.chunks_exact_mut(2).enumerate() {
                            to.copy_from_slice(image.pixel(border.index(x as isize + dx, width), y));
                        }
                    });
                    assert_eq!(by_rows, expected);
                    assert_eq!(by_bands, expected);
                }
            }
        }
    }
}
