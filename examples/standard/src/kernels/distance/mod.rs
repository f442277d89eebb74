//! How far each pixel is from the edge of a shape: positive inside, negative outside, in pixels.

pub mod chamfer;
pub mod subpixel;
