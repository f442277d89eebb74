//! Blurs.

pub mod r#box;
pub mod gaussian;
pub mod separable;
