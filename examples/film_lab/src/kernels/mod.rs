//! The arithmetic of the nodes. Nothing here knows of nodes, and each file names its source.

pub mod blend;
pub mod box_blur;
pub mod cosine_fourth;
pub mod cube;
pub mod dot_matrix;
pub mod emulsion;
pub mod glow;
pub mod negative;
pub mod noise;
pub mod resample;
pub mod srgb;

/// Clamps to 0..1; NaN becomes 0, which `f32::clamp` would keep.
#[allow(clippy::manual_clamp, reason = "`max` gives 0 for NaN")]
pub fn unit(value: f32) -> f32 {
    value.max(0.0).min(1.0)
}
