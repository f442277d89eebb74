//! The nodes, in the groups of the app: one file a node, or a family of them.

pub mod adjustments;
pub mod channels;
pub mod dimensions;
pub mod filters;
pub mod image;
pub mod textures;
pub mod utilities;
pub mod utility;
