//! Colours and brightness, pixel by pixel.

pub mod arithmetic;
pub mod brightness_and_contrast;
pub mod clamp;
pub mod color_levels;
pub mod gamma;
pub mod generate_threshold;
pub mod hue_and_saturation;
pub mod invert;
pub mod log2lin;
pub mod opacity;
pub mod premultiplied_alpha;
pub mod stretch_contrast;
pub mod threshold;
pub mod threshold_adaptive;
