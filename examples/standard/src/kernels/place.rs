//! Images cut out of others, and others around them.

use chainner_sdk::prelude::*;

/// A part of an image, in pixels; `right` and `bottom` are the first column and row outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by what they are")]
pub struct Rect {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Rect {
    /// All of an image.
    pub fn of(image: ImageView<'_>) -> Self {
        Self { left: 0, top: 0, right: image.width(), bottom: image.height() }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// Larger by a margin on each side, as far as the image reaches.
    pub fn grown(&self, margin: usize, image: ImageView<'_>) -> Self {
        Self {
            left: self.left.saturating_sub(margin),
            top: self.top.saturating_sub(margin),
            right: (self.right + margin).min(image.width()),
            bottom: (self.bottom + margin).min(image.height()),
        }
    }
}

/// A copy of a part of an image.
///
/// # Panics
/// When the part is not within the image.
pub fn crop(image: ImageView<'_>, part: Rect) -> Image {
    if part == Rect::of(image) {
        return image.to_image();
    }
    let channels = image.channels();
    Image::from_fresh_rows(part.width(), part.height(), channels, |y, to| {
        to.copy([&image.row(part.top + y)[part.left * channels..part.right * channels]])
    })
}

/// What is around an image.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Around {
    /// The image again and again, mirrored at its outermost pixels, which are not repeated.
    Reflected,
    /// The image again and again.
    Tiled,
    /// The outermost pixels.
    Edges,
    /// One colour: as many components as the image has channels, B, G, R(, A).
    Color([f32; 4]),
}

impl Around {
    /// The column or row of the image that stands at a place, counted from its start; `None` for a colour.
    fn source(self, at: i64, length: usize) -> Option<usize> {
        let length = length as i64;
        let inside = (0..length).contains(&at);
        Some(match self {
            _ if inside => at as usize,
            Self::Color(_) => return None,
            Self::Edges => at.clamp(0, length - 1) as usize,
            Self::Tiled => at.rem_euclid(length) as usize,
            Self::Reflected if length == 1 => 0,
            Self::Reflected => {
                let period = 2 * (length - 1);
                let at = at.rem_euclid(period);
                at.min(period - at) as usize
            }
        })
    }
}

/// An image of the given size in which another one lies, `left` and `top` pixels from its corner; what does not fit is cut off.
pub fn pad(image: ImageView<'_>, [left, top]: [usize; 2], [width, height]: [usize; 2], around: Around) -> Image {
    let channels = image.channels();
    let columns: Vec<Option<usize>> =
        (0..width).map(|x| around.source(x as i64 - left as i64, image.width())).collect();
    let rows: Vec<Option<usize>> = (0..height).map(|y| around.source(y as i64 - top as i64, image.height())).collect();
    // The image itself is copied in one piece.
    let inside = left.min(width)..(left + image.width()).min(width);
    let fill = |to: &mut [f32], columns: &[Option<usize>], row: Option<&[f32]>| {
        for (pixel, column) in to.chunks_exact_mut(channels).zip(columns) {
            match (row, column, around) {
                (Some(row), Some(column), _) => pixel.copy_from_slice(&row[column * channels..][..channels]),
                (_, _, Around::Color(color)) => pixel.iter_mut().zip(color).for_each(|(to, value)| *to = value),
                _ => {}
            }
        }
    };
    // Rows and margins without anything of the image are all the same.
    let mut empty = vec![0.0; width * channels];
    fill(&mut empty, &columns, None);
    let is_color = matches!(around, Around::Color(_));
    Image::from_fresh_rows(width, height, channels, |y, to| {
        let Some(row) = rows[y].map(|y| image.row(y)) else { return to.copy([&empty, &[], &[]]) };
        let (start, end) = (inside.start * channels, inside.end * channels);
        let middle = &row[..end - start];
        if is_color {
            return to.copy([&empty[..start], middle, &empty[end..]]);
        }
        let (mut before, mut after) = (vec![0.0; start], vec![0.0; empty.len() - end]);
        fill(&mut before, &columns[..inside.start], Some(row));
        fill(&mut after, &columns[inside.end..], Some(row));
        to.copy([&before, middle, &after])
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ramp(width: usize, height: usize, channels: usize) -> Image {
        Image::from_rows(width, height, channels, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, sample)| *sample = ((x * 7 + y * 13) % 101) as f32 / 100.0);
        })
    }

    /// One step at a time: mirrored, moved by whole images, or held at the edge, until it is inside.
    fn plain(around: Around, mut at: i64, length: i64) -> Option<i64> {
        while !(0..length).contains(&at) {
            at = match around {
                Around::Color(_) => return None,
                Around::Edges => at.clamp(0, length - 1),
                Around::Tiled if at < 0 => at + length,
                Around::Tiled => at - length,
                Around::Reflected if length == 1 => 0,
                Around::Reflected if at < 0 => -at,
                Around::Reflected => 2 * (length - 1) - at,
            };
        }
        Some(at)
    }

    proptest! {
        #[test]
        fn padded_images_agree_pixel_by_pixel(
            size in prop::array::uniform2(1_usize..9), at in prop::array::uniform2(0_usize..25),
            out in prop::array::uniform2(1_usize..40), channels in 1_usize..=4, kind in 0_usize..4,
        ) {
            let around = [Around::Reflected, Around::Tiled, Around::Edges, Around::Color([0.1, 0.2, 0.3, 0.4])][kind];
            let image = ramp(size[0], size[1], channels);
            let padded = pad(image.view(), at, out, around);
            for y in 0..out[1] {
                for x in 0..out[0] {
                    let source = |at: usize, by: usize, length: usize| plain(around, at as i64 - by as i64, length as i64);
                    let expected = match (source(x, at[0], size[0]), source(y, at[1], size[1])) {
                        (Some(x), Some(y)) => image.view().pixel(x as usize, y as usize).to_vec(),
                        _ => [0.1, 0.2, 0.3, 0.4][..channels].to_vec(),
                    };
                    let padded = padded.view();
                    prop_assert_eq!(padded.pixel(x, y), &expected[..], "at {}, {}", x, y);
                }
            }
        }
    }

    #[test]
    fn parts_are_cut_out_and_grow_no_farther_than_the_image() {
        let image = ramp(10, 8, 3);
        let part = Rect { left: 2, top: 3, right: 6, bottom: 5 };
        let cut = crop(image.view(), part);
        assert_eq!((cut.width(), cut.height()), (4, 2));
        assert_eq!(cut.view().pixel(1, 1), image.view().pixel(3, 4));
        assert_eq!(crop(image.view(), Rect::of(image.view())), image);
        assert_eq!(part.grown(3, image.view()), Rect { left: 0, top: 0, right: 9, bottom: 8 });
    }
}
