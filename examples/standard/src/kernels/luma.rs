//! Brightness: the weights of ITU-R BT.601.

use std::borrow::Cow;

use chainner_sdk::{image::for_each_row, prelude::*};
use multiversion::multiversion;

/// The brightness of a colour.
#[inline(always)]
pub fn of(b: f32, g: f32, r: f32) -> f32 {
    0.114 * b + 0.587 * g + 0.299 * r
}

/// The brightness of each pixel; the first channel of images that have no colours.
pub fn plane(image: ImageView<'_>) -> Cow<'_, [f32]> {
    let channels = image.channels();
    if channels == 1 {
        return Cow::Borrowed(image.samples());
    }
    let mut samples = vec![0.0; image.width() * image.height()];
    for_each_row(&mut samples, image.width(), |y, to| match channels {
        3 => row::<3>(image.row(y), to),
        4 => row::<4>(image.row(y), to),
        _ => to.iter_mut().zip(image.row(y).chunks_exact(channels)).for_each(|(to, pixel)| *to = pixel[0]),
    });
    Cow::Owned(samples)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn row<const N: usize>(pixels: &[f32], to: &mut [f32]) {
    for (to, pixel) in to.iter_mut().zip(pixels.as_chunks::<N>().0) {
        *to = of(pixel[0], pixel[1], pixel[2]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn green_counts_most_and_opacity_not() {
        let image = Image::from_pixels(2, 1, |x, _| Bgra { b: 0.0, g: x as f32, r: 1.0 - x as f32, a: 0.5 });
        assert_eq!(*plane(image.view()), [0.299, 0.587]);
        let gray = Image::from_rows(2, 1, 1, |_, row| row.copy_from_slice(&[0.0, 1.0]));
        assert_eq!(*plane(gray.view()), [0.0, 1.0]);
    }
}
