//! How large an image is.

pub mod crop;
pub mod crop_content;
pub mod get_bbox;
pub mod get_dims;
pub mod pad;
pub mod remove_border;
pub mod resize;
pub mod resize_pixel_art;
pub mod resize_to_side;
