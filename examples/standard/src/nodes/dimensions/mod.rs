//! How large an image is.

pub mod get_dims;
