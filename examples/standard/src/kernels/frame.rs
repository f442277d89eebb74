//! A black frame around an image.

use chainner_sdk::prelude::*;

/// The image with `wide` black pixels around it (with four channels: fully transparent ones); `None` if that does not fit into the
/// address space.
pub fn around(image: ImageView<'_>, wide: usize) -> Option<Image> {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let framed = |len: usize| wide.checked_mul(2)?.checked_add(len);
    let (wider, higher) = (framed(width)?, framed(height)?);
    let bytes = wider.checked_mul(higher)?.checked_mul(channels)?.checked_mul(size_of::<f32>())?;
    isize::try_from(bytes).ok()?;
    Some(Image::from_rows(wider, higher, channels, |y, to| {
        if (wide..wide + height).contains(&y) {
            to[wide * channels..][..width * channels].copy_from_slice(image.row(y - wide));
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_is_in_the_middle_of_black() {
        let image = Image::from_rows(2, 1, 3, |_, row| row.fill(0.5));
        let framed = around(image.view(), 2).expect("a small image");
        assert_eq!((framed.width(), framed.height()), (6, 5));
        let inside = |x: usize, y: usize| (2..4).contains(&x) && y == 2;
        for (x, y) in (0..5).flat_map(|y| (0..6).map(move |x| (x, y))) {
            assert_eq!(framed.view().pixel(x, y), [if inside(x, y) { 0.5 } else { 0.0 }; 3]);
        }
        assert!(around(image.view(), usize::MAX / 4).is_none());
    }
}
