//! Nodes are functions: tests call them. `testing` calls them as the app does, and compares
//! what comes out with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::checkerboard;

#[test]
fn squares_alternate() {
    let (light, dark) = (Color::rgb(1.0, 0.5, 0.0), Color::rgb(0.0, 0.0, 0.0));
    let image = checkerboard(5, 4, 2, light, dark);
    assert_eq!((image.width(), image.height()), (5, 4));
    let view = image.view();
    for (x, y, color) in [
        (0, 0, light),
        (1, 1, light),
        (2, 0, dark),
        (0, 2, dark),
        (2, 2, light),
        (4, 0, light),
    ] {
        let Bgr { b, g, r } = color.bgr();
        assert_eq!(view.pixel(x, y), [b, g, r], "{x}, {y}");
    }
}

#[test]
fn a_new_node_makes_what_its_declaration_says() {
    let made = testing::node("checkerboard").set("width", 9).call();
    let image = made.image("Image");
    assert_eq!((image.width(), image.height()), (9, 512));
}
