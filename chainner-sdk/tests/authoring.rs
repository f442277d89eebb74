//! What authors write, and what comes of it.

use chainner_sdk::prelude::*;

package! {
    name: "Film Lab",
    description: "Film grain, halation and vignettes.",
    icon: "MdCameraRoll",
    color: "#B7791F",
    categories: [FILM],
}

pub const FILM: Category =
    Category::new("Film Lab", "Looks of photographic film.").icon("MdCameraRoll").color("#B7791F");
pub const LIGHT: Group = FILM.group("Light");

/// How the darkening falls off towards the corners.
#[derive(Choice)]
pub enum Shape {
    Round,
    /// Follows the proportions of the image.
    #[choice(label = "Oval (fit)")]
    Oval,
}

/// Darkens the corners of an image, as a fast lens does.
///
/// The centre is left as it is.
#[node(id = "film_lab:light:vignette", group = LIGHT, icon = "MdVignette")]
#[output(same_as = image)]
pub fn vignette(
    image: ImageView<'_>,
    /// Darkening of the far corner, in stops.
    #[input(default = 1.0, range = 0.0..=8.0, step = 0.1, unit = "EV", slider)]
    amount: f32,
    shape: Shape,
    #[input(default = 1.0, range = 0.1..=10.0, slider, scale = log, when(shape == Shape::Oval))] aspect: f32,
) -> Image {
    let _ = (amount, matches!(shape, Shape::Oval), aspect);
    Image::new(image.width(), image.height(), image.channels())
}

#[test]
fn example() {
    let nodes = chainner_sdk::registry::nodes_of("chainner-sdk");
    println!("{:#?}", nodes);
    let package = chainner_sdk::registry::packages_of("chainner-sdk")[0];
    let nodes: Vec<_> = nodes.into_iter().map(chainner_sdk::node::Node::new).collect();
    println!("{:#}", chainner_sdk::schema::document(package, &nodes));
}
