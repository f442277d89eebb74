//! Giving an image the coarse colours of another: the difference of both, made small, is spread smoothly over the image.
//!
//! It is spread by Keys' cubic convolution (*Cubic Convolution Interpolation for Digital Image Processing*, IEEE Transactions on
//! Acoustics, Speech and Signal Processing 29, 1981) with the parameter −0.75.

use chainner_sdk::{
    image::{FreshRow, WrittenRow, for_each_row},
    prelude::*,
};
use multiversion::multiversion;

use super::{
    area,
    border::Border,
    taps::{self, Tap},
};

/// Parameter of the cubic.
const A: f64 = -0.75;
/// Channels that are corrected.
const COLORS: usize = 3;

/// Corrects the first three channels of `image` by those of `reference`, compared in `width` × `height` pixels, which neither
/// image is smaller than. Further channels stay.
///
/// # Panics
/// When an image has less than three channels, or is smaller than that.
pub fn correct(image: ImageView<'_>, reference: ImageView<'_>, width: usize, height: usize) -> Image {
    let difference = difference(image, reference, width, height);
    let (across, down) = (Cubic::new(width, image.width()), Cubic::new(height, image.height()));
    let (channels, wide_len) = (image.channels(), image.width() * COLORS);
    // Each of the few rows is made wide once; then a row of the image is its own plus a weighed sum of four of these.
    let mut wide = vec![0.0; height * wide_len];
    for_each_row(&mut wide, wide_len, |y, to| widen(&difference[y * width * COLORS..][..width * COLORS], &across, to));
    let taps = |y: usize| {
        let (places, weights) = &down.terms[y];
        let row = |place: usize| &wide[place * wide_len..][..wide_len];
        std::array::from_fn::<Tap<'_>, 4, _>(|i| (row(places[i]), weights[i]))
    };
    if channels == COLORS {
        return Image::from_fresh_rows(image.width(), image.height(), COLORS, |y, to| add(image.row(y), taps(y), to));
    }
    let begin = |_| vec![0.0; wide_len];
    Image::from_runs(image.width(), image.height(), channels, 1, begin, |colors, y, to| {
        taps::sum(&taps(y), colors);
        to.copy_from_slice(image.row(y));
        match channels {
            // A known length is walked faster.
            4 => add_colors(to.as_chunks_mut::<4>().0, colors),
            _ => add_colors(to.chunks_exact_mut(channels), colors),
        }
    })
}

/// Interpolates along a row.
fn widen(narrow: &[f32], across: &Cubic, to: &mut [f32]) {
    let (narrow, _) = narrow.as_chunks::<COLORS>();
    for (to, (places, weights)) in to.as_chunks_mut::<COLORS>().0.iter_mut().zip(&across.terms) {
        let [p, q, r, s] = places.map(|place| narrow[place]);
        *to =
            std::array::from_fn(|c| (p[c] * weights[0] + q[c] * weights[1]) + (r[c] * weights[2] + s[c] * weights[3]));
    }
}

/// A row and the weighed sum of others.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn add<'a>(from: &[f32], [p, q, r, s]: [Tap<'_>; 4], to: FreshRow<'a>) -> WrittenRow<'a> {
    let sums = p.0.iter().zip(q.0).zip(r.0.iter().zip(s.0));
    to.write(from.iter().zip(sums).map(|(from, ((a, b), (c, d)))| from + ((a * p.1 + b * q.1) + (c * r.1 + d * s.1))))
}

/// Adds colours to the first channels of pixels.
fn add_colors<P: AsMut<[f32]>>(pixels: impl IntoIterator<Item = P>, colors: &[f32]) {
    for (mut pixel, color) in pixels.into_iter().zip(colors.as_chunks::<COLORS>().0) {
        pixel.as_mut().iter_mut().zip(color).for_each(|(to, color)| *to += color);
    }
}

/// What `reference` has more than `image`, in colours.
fn difference(image: ImageView<'_>, reference: ImageView<'_>, width: usize, height: usize) -> Vec<f32> {
    let small = |image: ImageView<'_>| match (image.width(), image.height()) == (width, height) {
        true => image.to_image(),
        false => area::downscale_opaque(image, width, height),
    };
    let (from, to) = (small(image), small(reference));
    let pixels = |image: &Image| -> Vec<[f32; 4]> {
        let opaque = |pixel: &[f32]| if image.channels() == 4 { pixel[3] } else { 1.0 };
        let pixels = image.view().samples().chunks_exact(image.channels()).map(|p| [p[0], p[1], p[2], opaque(p)]);
        pixels.collect()
    };
    let from_to = pixels(&from).into_iter().zip(pixels(&to));
    from_to
        .flat_map(|(from, to)| match from[3] == 0.0 || to[3] == 0.0 {
            // There is nothing to compare. The app takes the difference for 0 in blue only, and for the reference in the others.
            true => [0.0, to[1], to[2]],
            false => [to[0] - from[0], to[1] - from[1], to[2] - from[2]],
        })
        .collect()
}

/// Cubic interpolation from few pixels to more, centres on centres; beyond the edges the last pixels go on.
struct Cubic {
    terms: Vec<([usize; 4], [f32; 4])>,
}

impl Cubic {
    fn new(small: usize, large: usize) -> Self {
        let scale = small as f64 / large as f64;
        let near = |t: f64| ((A + 2.0) * t - (A + 3.0)) * t * t + 1.0;
        let far = |t: f64| ((A * t - 5.0 * A) * t + 8.0 * A) * t - 4.0 * A;
        let terms = (0..large).map(|i| {
            let at = (i as f64 + 0.5) * scale - 0.5;
            let (before, t) = (at.floor(), at - at.floor());
            let places = [-1, 0, 1, 2].map(|k| Border::Replicate.index(before as isize + k, small));
            (places, [far(1.0 + t), near(t), near(1.0 - t), far(2.0 - t)].map(|weight| weight as f32))
        });
        Self { terms: terms.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    #[test]
    fn cubics_go_through_their_pixels_and_keep_straight_lines_sums() {
        let cubic = Cubic::new(5, 15);
        for (places, weights) in &cubic.terms {
            assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-6);
            assert!(places.iter().all(|&place| place < 5));
        }
        assert_eq!(cubic.terms[7].1, [0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn coarse_colours_become_those_of_the_reference() {
        for channels in [3, 4, 5] {
            let image = Image::from_rows(40, 30, channels, |_, row| row.fill(0.25));
            let reference = Image::from_rows(20, 15, 3, |_, row| row.fill(0.75));
            let corrected = correct(image.view(), reference.view(), 5, 4);
            for pixel in corrected.view().samples().chunks_exact(channels) {
                assert!(pixel[..3].iter().all(|sample| (sample - 0.75).abs() < 1e-6));
                assert!(pixel[3..].iter().all(|sample| *sample == 0.25));
            }
        }
    }

    #[test]
    fn transparent_colours_are_not_compared() {
        let mut image = Image::from_rows(8, 8, 4, |_, row| row.fill(0.5));
        image.samples_mut()[..4].copy_from_slice(&[0.0, 0.0, 0.0, 0.0]);
        let reference = Image::from_rows(4, 4, 3, |_, row| row.fill(0.6));
        let corrected = correct(image.view(), reference.view(), 4, 4);
        assert!(
            corrected.view().samples()[4..].chunks(4).all(|pixel| (pixel[0] - 0.6).abs() < 1e-6 && pixel[3] == 0.5)
        );
    }

    #[test]
    fn an_image_that_agrees_with_its_reference_stays() {
        let image = noise(40, 30, 3);
        let reference = area::downscale(image.view(), 20, 15);
        let corrected = correct(image.view(), reference.view(), 10, 5);
        for (to, from) in corrected.view().samples().iter().zip(image.view().samples()) {
            assert!((to - from).abs() < 1e-6);
        }
    }
}
