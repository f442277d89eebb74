//! Images side by side.

use chainner_sdk::prelude::*;

use super::channels;

/// Where the next image goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the right.
    Right,
    /// Below.
    Down,
}

/// One image of all, which are scaled to the same height (side by side) or width (one below another), that of the largest. Pixels are
/// repeated or left out. The result is a colour image, with opacity if one of them has it.
///
/// Images have 1, 3 or 4 channels. `None` if there are none.
pub fn stack(images: &[ImageView<'_>], direction: Direction) -> Option<Image> {
    let channels = images.iter().map(|image| image.channels()).max()?.max(3);
    let across = |image: &ImageView<'_>| match direction {
        Direction::Right => image.height(),
        Direction::Down => image.width(),
    };
    let side = images.iter().map(across).max()?;
    // Sizes along the direction, and where each begins.
    let mut ends = Vec::new();
    let mut end = 0;
    for image in images {
        let [wide, high] = [image.width(), image.height()];
        let along = if direction == Direction::Right { wide } else { high };
        end += ((along as f64 * side as f64 / across(image) as f64).round() as usize).max(1);
        ends.push(end);
    }
    let begin = |i: usize| if i == 0 { 0 } else { ends[i - 1] };
    let place = |to: usize, size: usize, from_size: usize| (to * from_size / size).min(from_size - 1);
    let scaled_row = |image: &ImageView<'_>, from: &[f32], width: usize, to: &mut [f32]| {
        let own = image.channels();
        if width == image.width() {
            return channels::widen(from, own, to, channels);
        }
        for (x, to) in to.chunks_exact_mut(channels).enumerate() {
            let x = place(x, width, image.width());
            channels::widen(&from[x * own..(x + 1) * own], own, to, channels);
        }
    };
    Some(match direction {
        Direction::Right => Image::from_rows(end, side, channels, |y, row| {
            for (i, image) in images.iter().enumerate() {
                let (start, end) = (begin(i), ends[i]);
                let from = image.row(place(y, side, image.height()));
                scaled_row(image, from, end - start, &mut row[start * channels..end * channels]);
            }
        }),
        Direction::Down => Image::from_rows(side, end, channels, |y, row| {
            let i = ends.partition_point(|&end| end <= y);
            let from = images[i].row(place(y - begin(i), ends[i] - begin(i), images[i].height()));
            scaled_row(&images[i], from, side, row);
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_scaled_to_the_same_side() {
        let gray = Image::from_rows(2, 2, 1, |y, row| row.copy_from_slice(&[[0.1, 0.2], [0.3, 0.4]][y]));
        let color = Image::from_pixels(3, 1, |x, _| Bgra { b: 0.9, g: x as f32 / 10.0, r: 0.5, a: 0.5 });
        let right = stack(&[gray.view(), color.view()], Direction::Right).expect("images");
        assert_eq!((right.width(), right.height(), right.channels()), (2 + 6, 2, 4));
        assert_eq!(right.view().pixel(1, 1), [0.4, 0.4, 0.4, 1.0]);
        for x in 0..6 {
            assert_eq!(right.view().pixel(2 + x, 1), color.view().pixel(x / 2, 0));
        }
        let down = stack(&[color.view(), gray.view()], Direction::Down).expect("images");
        assert_eq!((down.width(), down.height()), (3, 1 + 3));
        assert_eq!(down.view().pixel(2, 3), [0.4, 0.4, 0.4, 1.0]);
        assert_eq!(down.view().pixel(1, 2), [0.1, 0.1, 0.1, 1.0]);
        assert!(stack(&[], Direction::Down).is_none());
        // Half a pixel more is a whole one.
        let [low, high] = [Image::new(3, 2, 1), Image::new(2, 3, 1)];
        assert_eq!(stack(&[low.view(), high.view()], Direction::Right).expect("images").width(), 5 + 2);
    }
}
