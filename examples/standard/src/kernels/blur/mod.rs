//! Blurs.

pub mod bilateral;
pub mod r#box;
pub mod gaussian;
pub mod lens;
pub mod median;
pub mod separable;
