//! Colours for shades of grey.

use chainner_sdk::prelude::*;

use crate::categories::utilities::MISCELLANEOUS;

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
    fn paint<const N: usize>(shades: &[f32], colors: &[f32], to: &mut [f32]) {
        let colors = colors.as_chunks::<N>().0;
        let last = (colors.len() - 1) as f32;
        for (to, shade) in to.as_chunks_mut::<N>().0.iter_mut().zip(shades) {
            *to = colors[((shade * last).round_ties_even() as usize).min(colors.len() - 1)];
        }
    }
    let colors = palette.row(0);
    let channels = palette.channels();
    Image::from_rows(image.width(), image.height(), channels, |y, to| {
        let shades = image.row(y);
        match channels {
            1 => paint::<1>(shades, colors, to),
            3 => paint::<3>(shades, colors, to),
            4 => paint::<4>(shades, colors, to),
            _ => {
                let last = palette.width() - 1;
                for (to, shade) in to.chunks_exact_mut(channels).zip(shades) {
                    let place = ((shade * last as f32).round_ties_even() as usize).min(last);
                    to.copy_from_slice(&colors[place * channels..(place + 1) * channels]);
                }
            }
        }
    })
}
