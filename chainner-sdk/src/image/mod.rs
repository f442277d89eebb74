//! Images: float32 samples, rows from top to bottom, B, G, R(, A) within a pixel, 0..1.
//!
//! Memory of freed images is kept for the next ones, within a bound: 256 MiB for each package, or as many MiB as the environment
//! variable `CHAINNER_SDK_POOL_MIB` says, where 0 is none.

pub(crate) mod copies;
mod fresh;
pub(crate) mod memory;
pub(crate) mod observe;
mod owned;
mod pixel;
mod pool;
mod rows;
mod stream;
mod view;

pub use fresh::{FreshRow, WrittenRow};
pub use memory::SampleBuffer;
pub use observe::Observed;
pub use owned::Image;
pub use pixel::{Bgr, Bgra, Gray, Pixel};
pub use rows::for_each as for_each_row;
pub use view::{ImageView, Pixels};

/// Words for a shape, as the app says it: `RGB image 640×480`.
pub(crate) fn describe(width: usize, height: usize, channels: usize) -> String {
    match channels {
        1 => format!("Grayscale image {width}×{height}"),
        3 => format!("RGB image {width}×{height}"),
        4 => format!("RGBA image {width}×{height}"),
        channels => format!("{channels}-channel image {width}×{height}"),
    }
}
