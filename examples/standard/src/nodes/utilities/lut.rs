//! Colours for shades of grey.

use chainner_sdk::{
    image::{FreshRow, WrittenRow},
    prelude::*,
};

use crate::{categories::utilities::MISCELLANEOUS, kernels::power};

/// Gives each shade of grey a colour of a palette: black its first, white its last.
///
/// The palette is the top row of an image.
#[node(
    id = "chainner_native:image:lut",
    group = MISCELLANEOUS,
    name = "Apply Palette",
    icon = "MdGradient",
    see_also = ["chainner_native:image:palette_from_image"],
)]
#[output(navi = Image { width: image.width, height: image.height, channels: palette.channels })]
pub fn lut(#[input(channels = 1)] image: ImageView<'_>, palette: ImageView<'_>) -> Image {
    fn paint<'a, const N: usize>(shades: &[f32], colors: &[f32], to: FreshRow<'a>) -> WrittenRow<'a> {
        let colors = colors.as_chunks::<N>().0;
        let last = colors.len() - 1;
        to.write_pixels(shades.iter().map(|shade| colors[(power::nearest(shade * last as f32) as usize).min(last)]))
    }
    let colors = palette.row(0);
    let channels = palette.channels();
    let (width, height, last) = (image.width(), image.height(), palette.width() - 1);
    match channels {
        1 => Image::from_fresh_rows(width, height, 1, |y, to| paint::<1>(image.row(y), colors, to)),
        3 => Image::from_fresh_rows(width, height, 3, |y, to| paint::<3>(image.row(y), colors, to)),
        4 => Image::from_fresh_rows(width, height, 4, |y, to| paint::<4>(image.row(y), colors, to)),
        _ => Image::from_rows(width, height, channels, |y, to| {
            for (to, shade) in to.chunks_exact_mut(channels).zip(image.row(y)) {
                let place = (power::nearest(shade * last as f32) as usize).min(last);
                to.copy_from_slice(&colors[place * channels..(place + 1) * channels]);
            }
        }),
    }
}
