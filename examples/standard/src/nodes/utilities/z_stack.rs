//! Many images, pixel by pixel.

use chainner_sdk::prelude::*;

use crate::{
    categories::utilities::COMPOSITING,
    kernels::{fold, rank},
    nodes::require_same_shape,
};

/// What is made of the samples of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Expression {
    /// The middle one. Takes away what is in few of the images, such as people who walk by.
    Median,
    /// The average. Takes away noise.
    Mean,
    /// The darkest.
    #[choice(id = "minimum")]
    Min,
    /// The lightest.
    #[choice(id = "maximum")]
    Max,
}

/// Makes one image of several, sample by sample.
#[node(id = "chainner_native:image:z_stack", group = COMPOSITING, name = "Z-Stack Images", icon = "BsLayersHalf")]
#[output(
    navi = r"
        def given(image: Image | null) = match image { null => any, _ as image => image };
        $image_a & $image_b & given($image_c) & given($image_d) & given($image_e) & given($image_f) & given($image_g)
            & given($image_h) & given($image_i) & given($image_j) & given($image_k) & given($image_l) & given($image_m)
            & given($image_n)
    ",
    never_reason = "The images must have the same size and the same number of channels."
)]
#[allow(clippy::too_many_arguments, reason = "the inputs of the app's node")]
pub fn z_stack(
    expression: Expression,
    image_a: ImageView<'_>,
    image_b: ImageView<'_>,
    #[input(optional_list)] image_c: Option<ImageView<'_>>,
    #[input(optional_list)] image_d: Option<ImageView<'_>>,
    #[input(optional_list)] image_e: Option<ImageView<'_>>,
    #[input(optional_list)] image_f: Option<ImageView<'_>>,
    #[input(optional_list)] image_g: Option<ImageView<'_>>,
    #[input(optional_list)] image_h: Option<ImageView<'_>>,
    #[input(optional_list)] image_i: Option<ImageView<'_>>,
    #[input(optional_list)] image_j: Option<ImageView<'_>>,
    #[input(optional_list)] image_k: Option<ImageView<'_>>,
    #[input(optional_list)] image_l: Option<ImageView<'_>>,
    #[input(optional_list)] image_m: Option<ImageView<'_>>,
    #[input(optional_list)] image_n: Option<ImageView<'_>>,
) -> Result<Image, NodeError> {
    let others =
        [image_c, image_d, image_e, image_f, image_g, image_h, image_i, image_j, image_k, image_l, image_m, image_n];
    let images: Vec<ImageView<'_>> = [image_a, image_b].into_iter().chain(others.into_iter().flatten()).collect();
    require_same_shape(images.iter().copied())?;
    Ok(Image::from_rows(image_a.width(), image_a.height(), image_a.channels(), |y, to| {
        let rows: Vec<&[f32]> = images.iter().map(|image| image.row(y)).collect();
        match expression {
            Expression::Median => rank::medians(&rows, to),
            Expression::Mean => fold::means(&rows, to),
            Expression::Min => fold::minima(&rows, to),
            Expression::Max => fold::maxima(&rows, to),
        }
    }))
}
