//! Rows of an image as a filter of a few pixels sees them: with what lies beyond the edges.

use chainner_sdk::prelude::*;

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

/// Calls `f(rows, to)` for stretches `to` of the row of the result at `y`, such that what stands for the sample of `to[i]` with
/// `dx` pixels to the right and `dy` down is `rows[above + dy][i + (left + dx) * channels]`.
///
/// All but the pixels near the edges are one stretch, whose rows are those of the image themselves.
pub fn over_row(
    image: ImageView<'_>,
    y: usize,
    reach: Reach,
    border: Border,
    to: &mut [f32],
    f: impl Fn(&[&[f32]], &mut [f32]),
) {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let Reach { left, right, above, below } = reach;
    let rows: Vec<&[f32]> =
        (-(above as isize)..=below as isize).map(|dy| image.row(border.index(y as isize + dy, height))).collect();
    // The stretch from column `start` to `end`, of rows put together from what is there and what is beyond.
    let edge = |start: usize, end: usize, to: &mut [f32]| {
        let column = |x: isize| border.index(x, width) * channels;
        let columns = start as isize - left as isize..(end + right) as isize;
        let pieces: Vec<Vec<f32>> = rows
            .iter()
            .map(|row| columns.clone().flat_map(|x| &row[column(x)..][..channels]).copied().collect())
            .collect();
        let pieces: Vec<&[f32]> = pieces.iter().map(Vec::as_slice).collect();
        f(&pieces, to);
    };
    if width <= left + right {
        return edge(0, width, to);
    }
    let (before, rest) = to.split_at_mut(left * channels);
    let (inside, after) = rest.split_at_mut((width - left - right) * channels);
    f(&rows, inside);
    if left > 0 {
        edge(0, left, before);
    }
    if right > 0 {
        edge(width - right, width, after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_sees_what_is_around_it() {
        for (width, height) in [(1, 1), (3, 2), (4, 5), (9, 4)] {
            let image = Image::from_pixels(width, height, |x, y| Bgr {
                b: x as f32 / 16.0,
                g: y as f32 / 16.0,
                r: (x + y) as f32 / 32.0,
            });
            let image = image.view();
            let reach = Reach { left: 2, right: 1, above: 1, below: 2 };
            for border in [Border::Reflect, Border::Mirror, Border::Replicate] {
                for y in 0..height {
                    for (dx, dy) in [(0, 0), (-2, -1), (1, 2), (-1, 1)] {
                        let mut to = vec![f32::NAN; width * 3];
                        over_row(image, y, reach, border, &mut to, |rows, to| {
                            let row = rows[(1 + dy) as usize];
                            assert_eq!(row.len(), to.len() + 3 * 3);
                            to.iter_mut().enumerate().for_each(|(i, to)| *to = row[i + (2 + dx) as usize * 3]);
                        });
                        let expected: Vec<f32> = (0..width)
                            .flat_map(|x| {
                                image.pixel(border.index(x as isize + dx, width), border.index(y as isize + dy, height))
                            })
                            .copied()
                            .collect();
                        assert_eq!(to, expected);
                    }
                }
            }
        }
    }
}
