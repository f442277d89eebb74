//! Blurs.

pub mod bilateral;
pub mod r#box;
pub mod gaussian;
pub mod lens;
pub mod separable;
