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
