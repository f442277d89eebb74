//! Files of images: which of a directory there are, in which order, and what is in them.

pub mod ahead;
pub mod decode;
pub mod find;
pub mod glob;
pub mod order;
