//! What authors write, and what comes of it: the declaration, the schema, and real calls.

#![allow(missing_docs, reason = "the nodes here are examples, some of them without help on purpose")]

mod calls;
mod choices;
mod conditions;
mod context;
mod faults;
mod inputs;
mod layouts;
mod objects;
mod outputs;
mod package;
mod sequences;
mod testing;
mod types;

use chainner_sdk::{declare::NodeDecl, node::Node, prelude::*, registry};
use serde_json::Value as Json;

package! {
    name: "Film Lab",
    description: "Film grain, halation and vignettes.",
    icon: "MdCameraRoll",
    color: "#B7791F",
    categories: [FILM],
    groups: [LIGHT],
    id: "film_lab",
    dependencies: [
        { name: "ONNX", pypi: "onnx", version: "1.17.0", size: 16 * 1024 * 1024 },
        Dependency { name: "Pillow", pypi: "pillow", version: "11.0.0", size: 4_000_000, auto_update: false, find_link: "https://example.org/whl" },
    ],
    features: [package::SCANNER],
    settings: package::LabSettings,
}

pub const FILM: Category = Category::new("Film Lab", "Looks of photographic film.")
    .icon("MdCameraRoll")
    .color("#B7791F")
    .install_hint("Insert a film.");
pub const LIGHT: Group = FILM.group("Light").order(&["film_lab:light:vignette"]);

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
    let reach = if matches!(shape, Shape::Oval) { aspect } else { 1.0 };
    assert!((0.0..=8.0).contains(&amount) && reach > 0.0);
    Image::new(image.width(), image.height(), image.channels())
}

/// The declaration of the node whose id ends so.
fn decl(name: &str) -> &'static NodeDecl {
    let mut nodes = registry::nodes_of(env!("CARGO_PKG_NAME"));
    nodes.retain(|node| node.id.ends_with(&format!(":{name}")));
    nodes.pop().unwrap_or_else(|| panic!("{name} is registered"))
}

fn node(name: &str) -> Node {
    Node::new(decl(name))
}

/// The whole schema.
fn schema() -> Json {
    let nodes: Vec<Node> = registry::nodes_of(env!("CARGO_PKG_NAME")).into_iter().map(Node::new).collect();
    chainner_sdk::schema::document(registry::packages_of(env!("CARGO_PKG_NAME"))[0], &nodes)
}

/// The schema of the node whose id ends so.
fn node_schema(name: &str) -> Json {
    let id = decl(name).id;
    let nodes = schema()["nodes"].take();
    let mut nodes = nodes.as_array().expect("nodes are a list").clone();
    nodes.retain(|node| node["schemaId"] == id);
    nodes.remove(0)
}

#[test]
fn the_function_stays_an_ordinary_function() {
    let image = Image::new(3, 2, 3);
    let result = vignette(image.view(), 1.0, Shape::Oval, 2.0);
    assert_eq!((result.width(), result.height(), result.channels()), (3, 2, 3));
}
