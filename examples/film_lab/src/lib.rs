//! Looks of photographic film.
pub mod kernels;
