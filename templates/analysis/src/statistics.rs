//! Numbers and texts about an image.

use chainner_sdk::prelude::*;

use crate::MEASURE;

/// Measures how bright an image is, and how much of it is clipped.
#[node(id = "{{module}}:measure:statistics", group = MEASURE)]
#[output(label = "Mean", navi = "0..1", docs = "Mean brightness, from 0 to 1.")]
#[output(
    label = "Deviation",
    navi = "0..1",
    docs = "Standard deviation of the brightness: the contrast."
)]
#[output(
    label = "Clipped",
    navi = "0..100",
    docs = "Pixels that are black or white, in per cent."
)]
#[output(label = "Report")]
pub fn statistics(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    /// How close to black or white a pixel counts as clipped.
    #[input(default = 0.5, range = 0.0..=10.0, step = 0.1, unit = "%", slider)]
    tolerance: f32,
) -> (f64, f64, f64, String) {
    let margin = tolerance / 100.0;
    let (mut count, mut sum, mut squares, mut clipped) = (0_u64, 0.0, 0.0, 0_u64);
    for y in 0..image.height() {
        for pixel in image.row(y).chunks_exact(image.channels()) {
            let luma = brightness(pixel);
            count += 1;
            sum += f64::from(luma);
            squares += f64::from(luma).powi(2);
            clipped += u64::from(luma <= margin || luma >= 1.0 - margin);
        }
    }
    let all = count.max(1) as f64;
    let mean = (sum / all).clamp(0.0, 1.0);
    let deviation = (squares / all - mean.powi(2)).max(0.0).sqrt().min(1.0);
    let clipped = 100.0 * clipped as f64 / all;
    let report = format!(
        "{}×{}, mean {mean:.3}, deviation {deviation:.3}, {clipped:.1} % clipped",
        image.width(),
        image.height()
    );
    (mean, deviation, clipped, report)
}

/// Brightness of a pixel of 1, 3 or 4 channels.
fn brightness(pixel: &[f32]) -> f32 {
    match *pixel {
        [b, g, r, ..] => Bgr { b, g, r }.luma(),
        _ => pixel[0],
    }
}
