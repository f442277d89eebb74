//! Random textures.

pub mod blue;
pub mod lattice;
pub mod simplex;
pub mod tiling;
pub mod value;
