//! Contrast as large as it can be.

use chainner_sdk::prelude::*;

use crate::{
    categories::adjustments::ADJUSTMENTS,
    kernels::{map, quantile},
};

/// What is made black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "StretchMode", style = tabs)]
pub enum StretchMode {
    /// The darkest and the brightest sample.
    #[choice(id = 0)]
    Auto,
    /// Leaves a share of the samples out on either side.
    #[choice(id = 1)]
    Percentile,
    /// As given.
    #[choice(id = 2)]
    Manual,
}

/// Stretches the range of brightness that an image uses to all there is.
///
/// Opacity stays as it is. An image without any range becomes black.
#[node(id = "chainner_native:image:stretch_contrast", group = ADJUSTMENTS, icon = "ImContrast")]
#[output(navi = r#"
    match $stretch_mode {
        StretchMode::Manual => if $minimum < $maximum { $image } else { error("The minimum has to be below the maximum.") },
        _ => $image
    }
"#)]
pub fn stretch_contrast(
    #[input(channels = [1, 3, 4])] image: ImageView<'_>,
    stretch_mode: StretchMode,
    /// One range for all channels; else each is stretched by itself, which changes colours.
    #[input(default = true, when(matches!(stretch_mode, StretchMode::Auto | StretchMode::Percentile)))]
    keep_colors: bool,
    #[input(
        default = 1.0,
        range = 0.0..=50.0,
        step = 0.01,
        slider,
        scale = log,
        when(stretch_mode == StretchMode::Percentile)
    )]
    percentile: f32,
    #[input(range = 0.0..=255.0, step = 0.1, slider, when(stretch_mode == StretchMode::Manual))] minimum: f32,
    #[input(default = 255.0, range = 0.0..=255.0, step = 0.1, slider, when(stretch_mode == StretchMode::Manual))]
    maximum: f32,
) -> Result<Image, NodeError> {
    let colors = image.color_channels();
    let one = |[low, high]: [f32; 2]| vec![[low, high]; colors];
    let ranges = match stretch_mode {
        StretchMode::Manual if minimum > maximum => {
            return Err(NodeError::new(format!("the minimum ({minimum}) has to be below the maximum ({maximum})")));
        }
        StretchMode::Manual => one([minimum / 255.0, maximum / 255.0]),
        StretchMode::Auto => {
            let ranges = quantile::ranges(image);
            if keep_colors {
                let all = |a: [f32; 2], b: &[f32; 2]| [a[0].min(b[0]), a[1].max(b[1])];
                one(ranges.iter().fold([f32::INFINITY, f32::NEG_INFINITY], all))
            } else {
                ranges
            }
        }
        StretchMode::Percentile => {
            let share = f64::from(percentile) / 100.0;
            let of = |picked: &(dyn Fn(usize) -> bool + Sync)| {
                quantile::quantiles(image, picked, [share, 1.0 - share]).unwrap_or([0.0, 1.0])
            };
            if keep_colors {
                one(of(&|channel| channel < colors))
            } else {
                (0..colors).map(|wanted| of(&|channel| channel == wanted)).collect()
            }
        }
    };
    let mut lines = [[1.0, 0.0]; 4];
    for (line, [low, high]) in lines.iter_mut().zip(ranges) {
        let factor = if high > low { 1.0 / (f64::from(high) - f64::from(low)) } else { 0.0 };
        *line = [factor as f32, (-f64::from(low) * factor) as f32];
    }
    Ok(map::lines(image, lines))
}
