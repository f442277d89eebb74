//! What node crates use: `use chainner_sdk::prelude::*;`.

pub use crate::{
    ImageOrColor, NodeError,
    declare::{Category, Choice, Group},
    image::{Bgr, Bgra, Gray, Image, ImageView, Pixel, Pixels},
    node, package,
    value::{Color, DirPath, FilePath, Seed},
};
