//! Shapes of Dilate and Erode.

use chainner_sdk::prelude::*;

use crate::kernels::morphology::Shape;

/// What is around a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "MorphShape")]
pub enum MorphShape {
    /// All of a square.
    #[choice(label = "Square", id = 0)]
    Rectangle,
    /// A disc.
    #[choice(label = "Circle", id = 2)]
    Ellipse,
    /// A row and a column.
    #[choice(id = 1)]
    Cross,
}

impl From<MorphShape> for Shape {
    fn from(shape: MorphShape) -> Self {
        match shape {
            MorphShape::Rectangle => Self::Square,
            MorphShape::Ellipse => Self::Circle,
            MorphShape::Cross => Self::Cross,
        }
    }
}
