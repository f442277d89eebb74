//! Colours and brightness, pixel by pixel.

pub mod brightness_and_contrast;
pub mod invert;
