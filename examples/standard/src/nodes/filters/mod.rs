//! Pixels by what is around them.

pub mod add_noise;
pub mod average_color_fix;
pub mod bilateral_blur;
pub mod blur;
pub mod canny_edge_detection;
pub mod color_transfer;
pub mod dilate;
pub mod distance_transform;
pub mod dither;
pub mod edge_detection;
pub mod erode;
pub mod error_diffusion_map;
pub mod fast_nlmeans;
pub mod gaussian_blur;
pub mod high_pass;
pub mod image_convolve;
pub mod lens_blur;
pub mod median_blur;
pub mod morph_shape;
pub mod palette_dither;
pub mod pixelate;
pub mod quantize_to_referece;
pub mod sharpen;
pub mod sharpen_hbf;
