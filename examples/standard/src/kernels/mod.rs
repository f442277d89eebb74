//! What the nodes compute with, one algorithm a file. Nothing here knows of nodes; each file names its source and has, beside the
//! fast version, a plain one that it is tested against.

pub mod cineon;
pub mod content;
pub mod contrast;
pub mod histogram;
pub mod hls;
pub mod levels;
pub mod local_threshold;
pub mod map;
pub mod place;
pub mod planes;
pub mod power;
pub mod quantile;
pub mod resample;
pub mod subpixel;
pub mod threshold;
