//! Images put together, moved and measured.

pub mod blend;
pub mod change_colorspace;
pub mod flip;
pub mod image_metrics;
pub mod image_statistics;
pub mod is_grayscale;
pub mod lut;
pub mod palette_from_image;
pub mod pick_color;
pub mod rotate;
pub mod shift;
pub mod stack;
pub mod z_stack;
