//! Blurs.

pub mod bilateral;
pub mod r#box;
pub mod gaussian;
pub mod lens;
pub mod median;
mod median_counts;
mod median_histograms;
pub mod separable;
