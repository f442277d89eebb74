//! What the nodes compute with, one algorithm a file. Nothing here knows of nodes; each file names its source and has, beside the
//! fast version, a plain one that it is tested against.

pub mod angle;
pub mod blend;
pub mod channels;
pub mod cineon;
pub mod color;
pub mod contrast;
pub mod extent;
pub mod fold;
pub mod gradient;
pub mod grayness;
pub mod histogram;
pub mod hls;
pub mod levels;
pub mod local_threshold;
pub mod luma;
pub mod map;
pub mod material;
pub mod mix;
pub mod moving;
pub mod noise;
pub mod normals;
pub mod palette;
pub mod power;
pub mod quantile;
pub mod random;
pub mod rank;
pub mod rotation;
pub mod similarity;
pub mod stack;
pub mod subpixel;
pub mod threshold;
