//! Colour models.
//!
//! Every model is three or four numbers of 0..1 in the order of the app: reversed, as blue comes before red. So HSV is (V, S, H).

pub mod cmyk;
pub mod hue;
pub mod lab;
pub mod yuv;

use multiversion::multiversion;

/// Writes `f` of each pixel of `N` samples, of which the rows may have more: strides are samples from pixel to pixel.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn convert<
    const N: usize,
    const FROM: usize,
    const M: usize,
    const TO: usize,
    F: Fn([f32; N]) -> [f32; M] + Copy,
>(
    from: &[f32],
    to: &mut [f32],
    f: F,
) {
    for (to, from) in to.as_chunks_mut::<TO>().0.iter_mut().zip(from.as_chunks::<FROM>().0) {
        let mut pixel = [0.0; N];
        pixel.copy_from_slice(&from[..N]);
        to[..M].copy_from_slice(&f(pixel));
    }
}
