//! Colour and opacity, taken apart and put together.

pub mod chroma_key;
pub mod combine_rgba;
pub mod fill_alpha;
pub mod merge_channels;
pub mod merge_transparency;
pub mod split_channels;
pub mod split_transparency;
