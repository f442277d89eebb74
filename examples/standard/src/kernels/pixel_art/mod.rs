//! Small pictures drawn by hand, made larger with their lines kept: each pixel becomes a block of pixels, chosen or mixed from those
//! around it by which of them are alike.

mod blocks;
mod diagonals;
pub mod eagle;
pub mod epx;
pub mod hq;
mod pixel;
pub mod sai;
pub mod super_eagle;
pub mod super_sai;

#[cfg(test)]
mod tests {
    use chainner_sdk::prelude::*;

    use super::*;

    type Filter = fn(ImageView<'_>) -> Image;

    /// All filters, of RGB images, with their scales.
    pub(super) const FILTERS: [(&str, usize, Filter); 11] = [
        ("EPX", 2, epx::double::<3>),
        ("EPX", 3, epx::triple::<3>),
        ("EPX", 4, epx::quadruple::<3>),
        ("Eagle", 2, eagle::double::<3>),
        ("Eagle", 3, eagle::triple::<3>),
        ("Super Eagle", 2, super_eagle::double::<3>),
        ("2xSaI", 2, sai::double::<3>),
        ("Super 2xSaI", 2, super_sai::double::<3>),
        ("HQ", 2, hq::double::<3>),
        ("HQ", 3, hq::triple::<3>),
        ("HQ", 4, hq::quadruple::<3>),
    ];

    /// Pixels of a few colours, scattered.
    pub(super) fn scattered(width: usize, height: usize, channels: usize, colors: u32) -> Image {
        Image::from_rows(width, height, channels, |y, row| {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                let place = (x as u32).wrapping_mul(374_761_393) ^ (y as u32).wrapping_mul(668_265_263);
                let mixed = place.wrapping_mul(1_274_126_177);
                let color = (mixed >> 16) % colors;
                let samples = (0..).map(|c| ((color * 5 + c * 3) % 7) as f32 / 7.0);
                pixel.iter_mut().zip(samples).for_each(|(to, sample)| *to = sample);
            }
        })
    }

    /// Each block of the result is the same as that of the pixel cut out with what is around it, where no edge is in sight.
    #[test]
    fn what_rows_carry_is_what_lies_around_each_pixel() {
        let image = scattered(41, 67, 3, 3);
        for (name, scale, filter) in FILTERS {
            let whole = filter(image.view());
            assert_eq!([whole.width(), whole.height()], [41 * scale, 67 * scale]);
            for (x, y) in [(3, 3), (20, 31), (20, 32), (37, 63), (9, 50)] {
                let part = Image::from_rows(7, 7, 3, |v, row| {
                    row.copy_from_slice(&image.view().row(y + v - 3)[(x - 3) * 3..(x + 4) * 3]);
                });
                let part = filter(part.view());
                for (u, v) in (0..scale * scale).map(|i| (i % scale, i / scale)) {
                    assert_eq!(
                        whole.view().pixel(x * scale + u, y * scale + v),
                        part.view().pixel(3 * scale + u, 3 * scale + v),
                        "{name} {scale}x"
                    );
                }
            }
        }
    }

    #[test]
    fn one_colour_stays_as_it_is() {
        for (width, height) in [(1, 1), (1, 5), (5, 1), (2, 2), (0, 3), (3, 0)] {
            let image = Image::from_pixels(width, height, |_, _| Bgr { b: 0.1, g: 0.7, r: 0.3 });
            for (name, scale, filter) in FILTERS {
                let enlarged = filter(image.view());
                assert_eq!([enlarged.width(), enlarged.height()], [width * scale, height * scale]);
                let (pixels, _) = enlarged.view().samples().as_chunks::<3>();
                assert!(pixels.iter().all(|pixel| *pixel == [0.1, 0.7, 0.3]), "{name} {scale}x");
            }
        }
    }

    /// Turned by a quarter, the image becomes the turned result; of 2xSaI and Super 2xSaI, which have a direction, it does not.
    #[test]
    fn images_may_be_turned() {
        let turn = |image: &Image| {
            let (width, height) = (image.height(), image.width());
            Image::from_pixels(width, height, |x, y| {
                let &[b, g, r] = image.view().pixel(y, width - 1 - x) else { unreachable!("images of three channels") };
                Bgr { b, g, r }
            })
        };
        for colors in [2, 3, 6] {
            let image = scattered(29, 23, 3, colors);
            for (name, scale, filter) in FILTERS {
                if name == "EPX" || name == "Eagle" || name == "HQ" {
                    let [a, b] = [turn(&filter(image.view())), filter(turn(&image).view())];
                    let apart = a.view().samples().iter().zip(b.view().samples()).map(|(a, b)| (a - b).abs());
                    assert!(apart.fold(0.0, f32::max) < 1e-6, "{name} {scale}x");
                }
            }
        }
    }
}
