//! What node crates use: `use chainner_sdk::prelude::*;`.

pub use chainner_sdk_macros::{node, output, package};

pub use crate::{
    ImageOrColor, NodeError,
    context::{Aborted, Context},
    declare::{CacheDir, Category, Choice, Feature, FeatureState, Group, NaviType, Settings},
    image::{Bgr, Bgra, Gray, Image, ImageView, Pixel, Pixels},
    sequence::{Generator, Items},
    value::{Any, Clipboard, Color, DirPath, ExecutionNumber, FilePath, Handle, Lazy, RelativePath, Seed},
};
