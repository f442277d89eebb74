//! Colour models.

pub mod hue;
