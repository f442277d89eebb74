//! Edge Detection.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::{
        blur::gaussian,
        edges::{self, Component, Gradient},
        unsharp,
    },
};

/// How edges are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "Algorithm")]
pub enum Algorithm {
    /// Differences smoothed 1 : 2 : 1.
    #[choice(id = 1)]
    Sobel,
    /// Differences that are the same in all directions.
    #[choice(id = 2)]
    Scharr,
    /// Differences from the pixel before.
    #[choice(id = 3)]
    Gradient,
    /// Differences in squares of four pixels.
    #[choice(id = 4)]
    Differential,
    /// Differences along diagonals.
    #[choice(id = 5)]
    Roberts,
    /// The strongest of eight directions.
    #[choice(id = 6)]
    PrewittCompass,
    /// Where a pixel is darker than those around it.
    #[choice(id = 7)]
    Laplacian,
    /// The same, with slight differences held back.
    #[choice(id = 8)]
    LaplacianDenoise,
    /// What a narrow blur leaves and a wide one does not.
    #[choice(id = 9)]
    DifferenceOfGaussian,
}

/// What is shown of a gradient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(type_name = "GradientComponent")]
pub enum GradientComponent {
    /// Its length.
    #[choice(id = 1)]
    Magnitude,
    /// Its part to the right.
    #[choice(id = 2)]
    X,
    /// Its part upwards.
    #[choice(id = 3)]
    Y,
}

/// Finds the edges of an image, each channel by itself.
///
/// Opacity stays as it is.
#[node(id = "chainner_native:image:edge_detection", group = MISCELLANEOUS, icon = "MdAutoFixHigh")]
#[output(same_as = image)]
pub fn edge_detection(
    image: ImageView<'_>,
    #[input(default = 1.0, range = 0.0..=10.0, step = 0.01, slider, scale = log)] amount: f32,
    algorithm: Algorithm,
    #[input(
        when(matches!(algorithm, Algorithm::Sobel | Algorithm::Scharr | Algorithm::Gradient
            | Algorithm::Differential)),
    )]
    gradient_component: GradientComponent,
    #[input(
        default = 1.0,
        range = 0.0..=10.0,
        step = 0.001,
        slider,
        when(algorithm == Algorithm::DifferenceOfGaussian),
    )]
    radius_1: f64,
    #[input(
        default = 2.0,
        range = 0.0..=20.0,
        step = 0.001,
        slider,
        when(algorithm == Algorithm::DifferenceOfGaussian),
    )]
    radius_2: f64,
) -> Image {
    let component = match gradient_component {
        GradientComponent::Magnitude => Component::Magnitude,
        GradientComponent::X => Component::X,
        GradientComponent::Y => Component::Y,
    };
    let gradient = |gradient| edges::gradient(image, gradient, component, amount);
    match algorithm {
        Algorithm::Sobel => gradient(Gradient::Sobel),
        Algorithm::Scharr => gradient(Gradient::Scharr),
        Algorithm::Gradient => gradient(Gradient::Backward),
        Algorithm::Differential => gradient(Gradient::Square),
        Algorithm::Roberts => edges::gradient(image, Gradient::Roberts, Component::Magnitude, amount),
        Algorithm::PrewittCompass => edges::prewitt_compass(image, amount),
        Algorithm::Laplacian => edges::laplacian(image, amount),
        Algorithm::LaplacianDenoise => edges::laplacian_denoised(image, amount),
        Algorithm::DifferenceOfGaussian => difference_of_gaussians(image, radius_1, radius_2, amount),
    }
}

fn difference_of_gaussians(image: ImageView<'_>, radius_1: f64, radius_2: f64, amount: f32) -> Image {
    let wide = gaussian::blur(image, radius_2, radius_2);
    gaussian::blur_and(image, radius_1, radius_1, |y, row| {
        unsharp::difference(wide.view().row(y), row, amount);
        if image.channels() == 4 {
            let alphas = image.row(y).iter().skip(3).step_by(4);
            row.iter_mut().skip(3).step_by(4).zip(alphas).for_each(|(to, alpha)| *to = *alpha);
        }
    })
}
