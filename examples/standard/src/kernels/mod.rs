//! What the nodes compute with, one algorithm a file. Nothing here knows of nodes; each file names its source and has, beside the
//! fast version, a plain one that it is tested against.

pub mod area;
pub mod average_color;
pub mod blur;
pub mod border;
pub mod contrast;
pub mod convolve;
pub mod edges;
pub mod frame;
pub mod high_boost;
pub mod local_palette;
pub mod map;
pub mod pixelate;
pub mod taps;
pub mod unsharp;
pub mod window;
