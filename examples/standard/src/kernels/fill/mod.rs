//! Colours where an image is transparent, made of those around.

pub mod fragments;
pub mod nearest;
pub mod spread;

use chainner_sdk::{parallel, prelude::*};

/// What is less opaque than this has no colour of its own.
const OPAQUE: f32 = 0.05;

/// The colours of an image of four channels, and which of them count. What is transparent is black.
///
/// # Panics
/// When the image does not have four channels.
fn opaque_colors(image: ImageView<'_>) -> (Image, Vec<bool>) {
    assert_eq!(image.channels(), 4, "the caller asks for the channels first");
    let mut colors = Image::new(image.width(), image.height(), 3);
    let mut known = vec![false; image.width() * image.height()];
    let rows = colors.samples_mut().chunks_mut(image.width().max(1) * 3).zip(known.chunks_mut(image.width().max(1)));
    parallel::for_each_item(&mut rows.collect::<Vec<_>>(), |y, (to, known)| {
        let pixels = to.as_chunks_mut::<3>().0.iter_mut().zip(known.iter_mut()).zip(image.row(y).as_chunks::<4>().0);
        for ((to, known), &[b, g, r, a]) in pixels {
            *known = a >= OPAQUE;
            *to = if *known { [b, g, r] } else { [0.0; 3] };
        }
    });
    (colors, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An image with holes, whose colours tell the place.
    pub(super) fn holes(width: usize, height: usize, one_in: usize) -> Image {
        Image::from_pixels(width, height, |x, y| {
            let i = x * 7919 + y * 104_729 + x * y * 31;
            let a = if i % one_in == 0 { 0.2 + (i % 5) as f32 * 0.2 } else { (i % 3) as f32 * 0.02 };
            Bgra { b: x as f32 / width as f32, g: y as f32 / height as f32, r: (i % 17) as f32 / 17.0, a }
        })
    }

    #[test]
    fn what_is_opaque_stays_and_all_else_is_filled() {
        for (width, height, one_in) in [(40, 30, 3), (70, 90, 200), (1, 8, 3), (9, 1, 4)] {
            let image = holes(width, height, one_in);
            for fill in [spread::fill, fragments::fill, nearest::fill] {
                let filled = fill(image.view());
                for (from, to) in image.view().samples().chunks(4).zip(filled.view().samples().chunks(3)) {
                    assert!(from[3] < OPAQUE || to == &from[..3]);
                }
            }
        }
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        let empty = Image::from_rows(5, 4, 4, |_, row| row.fill(0.04));
        for fill in [spread::fill, fragments::fill, nearest::fill] {
            assert_eq!(fill(empty.view()), Image::new(5, 4, 3));
            assert_eq!(fill(Image::new(0, 3, 4).view()), Image::new(0, 3, 3));
        }
    }
}
