//! How much of each pixel is foreground, and the colour of it.

pub mod closed_form;
pub mod foreground;
mod sparse;
