//! Numbers about brightness.

use chainner_sdk::{parallel, prelude::*};

use crate::{
    categories::utilities::MISCELLANEOUS,
    kernels::{
        extent::{self, Extent},
        quantile,
    },
};

/// Measures how dark and how light an image is, from 0 to 255.
#[node(id = "chainner_native:image:image_statistics", group = MISCELLANEOUS, icon = "MdOutlineAssessment")]
#[output(label = "Minimum", navi = "0..255")]
#[output(label = "Maximum", navi = "0..255")]
#[output(label = "Arithmetic Mean", navi = "0..255")]
#[output(label = "Percentile", navi = "0..255")]
pub fn image_statistics(
    #[input(channels = 1)] image: ImageView<'_>,
    /// The share of pixels that are darker than the fourth number.
    #[input(default = 50.0, range = 0.0..=100.0, step = 1.0, precision = 2, slider, trailing_zeros = false)]
    percentile: f64,
) -> (f64, f64, f64, f64) {
    let samples = image.samples();
    // Rows are put together in their order, so that the sum does not depend on who is ready first.
    let rows = parallel::map(image.height(), |y| extent::of(image.row(y)));
    let all = rows.into_iter().fold(Extent::default(), Extent::and);
    let shown = |sample: f64| (sample * 255.0 * 1e4).round() / 1e4;
    (
        shown(all.least.into()),
        shown(all.most.into()),
        shown(all.sum / samples.len() as f64),
        quantile::quantiles(image, |_| true, [percentile / 100.0]).map_or(0.0, |[sample]| shown(sample.into())),
    )
}
