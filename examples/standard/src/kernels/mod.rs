//! What the nodes compute with, one algorithm a file. Nothing here knows of nodes; each file names its source and has, beside the
//! fast version, a plain one that it is tested against.

pub mod contrast;
pub mod map;
