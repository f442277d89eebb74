//! What node crates use: `use chainner_sdk::prelude::*;`.

pub use chainner_sdk_macros::{node, output, package};

pub use crate::{
    ImageOrColor, NodeError,
    declare::{Category, Choice, Group},
    image::{Bgr, Bgra, Gray, Image, ImageView, Pixel, Pixels},
    sequence::{Generator, Items},
    value::{Color, DirPath, FilePath, Seed},
};
