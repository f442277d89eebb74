//! What the nodes compute with, one algorithm a file. Nothing here knows of nodes; each file names its source and has, beside the
//! fast version, a plain one that it is tested against.

pub mod add_noise;
pub mod angle;
pub mod area;
pub mod average_color;
pub mod blend;
pub mod blur;
pub mod border;
pub mod canny;
pub mod channels;
pub mod cineon;
pub mod color;
pub mod color_transfer;
pub mod content;
pub mod contrast;
pub mod convolve;
pub mod denoise;
pub mod distance;
pub mod dither;
pub mod edges;
pub mod extent;
pub mod files;
pub mod fill;
pub mod fold;
pub mod frame;
pub mod gradient;
pub mod grayness;
pub mod high_boost;
pub mod histogram;
pub mod hls;
pub mod keying;
pub mod levels;
pub mod local_palette;
pub mod local_threshold;
pub mod luma;
pub mod map;
pub mod material;
pub mod matting;
pub mod mix;
pub mod morphology;
pub mod moving;
pub mod noise;
pub mod normals;
pub mod palette;
pub mod pixel_art;
pub mod pixelate;
pub mod place;
pub mod planes;
pub mod power;
pub mod quantile;
pub mod random;
pub mod rank;
pub mod resample;
pub mod rotation;
pub mod sheet;
pub mod similarity;
pub mod slopes;
pub mod stack;
pub mod subpixel;
pub mod taps;
pub mod threshold;
pub mod unsharp;
pub mod window;

/// Clamps to 0..1; NaN becomes 0, which `f32::clamp` would keep.
#[allow(clippy::manual_clamp, reason = "`max` gives 0 for NaN")]
pub fn unit(value: f32) -> f32 {
    value.max(0.0).min(1.0)
}
