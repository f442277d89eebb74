//! Enums with `#[derive(Choice)]`.

#![allow(unused_variables, reason = "the declarations are what is tested")]

use chainner_sdk::{
    declare::{ChoiceStyle, VariantId},
    prelude::*,
};
use serde_json::json;

use crate::{LIGHT, Shape, node_schema};

/// Without any attribute, and already `Copy`.
#[allow(clippy::upper_case_acronyms, reason = "to see what becomes of them")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
enum Plain {
    TopLeft,
    Bc1,
    RGBA,
    r#Final,
}

#[derive(Default, Choice)]
#[choice(style = icons, type_name = "Corner")]
enum Corner {
    #[choice(icon = "MdNorthWest", id = 4)]
    TopLeft,
    /// The usual one.
    #[default]
    #[choice(icon = "MdNorthEast", id = -1, label = "NE")]
    TopRight,
    #[choice(icon = "MdSouthEast", id = "se")]
    BottomRight,
}

#[derive(Choice)]
#[choice(style = checkbox)]
enum Fast {
    Yes,
    #[choice(default)]
    No,
}

#[node(id = "film_lab:choices:choices", group = LIGHT)]
fn choices(plain: Plain, corner: Corner, fast: Fast, #[input(default = Shape::Oval, style = checkbox)] shape: Shape) {}

#[test]
fn labels_and_ids_come_from_the_names() {
    let seen: Vec<_> = Plain::TABLE.variants.iter().map(|variant| (variant.name, variant.label, variant.id)).collect();
    let text = VariantId::Text;
    assert_eq!(
        seen,
        [
            ("TopLeft", "Top Left", text("top_left")),
            ("Bc1", "Bc 1", text("bc1")),
            ("RGBA", "RGBA", text("rgba")),
            ("Final", "Final", text("final")),
        ]
    );
    assert_eq!((Plain::TABLE.name, Plain::TABLE.type_name, Plain::TABLE.default), ("Plain", None, 0));
}

#[test]
fn attributes_override_them() {
    let table = Corner::TABLE;
    assert_eq!((table.type_name, table.style, table.default), (Some("Corner"), ChoiceStyle::Icons, 1));
    let [first, second, third] = table.variants else { panic!("three variants") };
    assert_eq!((first.id, first.icon), (VariantId::Number(4), Some("MdNorthWest")));
    assert_eq!((second.id, second.label, second.docs), (VariantId::Number(-1), "NE", "The usual one."));
    assert_eq!(third.id, VariantId::Text("se"));
    assert_eq!(Fast::TABLE.default, 1);
}

#[test]
fn variants_and_indices_are_each_others_inverse() {
    for (index, variant) in [Plain::TopLeft, Plain::Bc1, Plain::RGBA, Plain::r#Final].into_iter().enumerate() {
        assert_eq!((variant.index(), Plain::from_index(index)), (index, Some(variant)));
    }
    assert_eq!(Plain::from_index(4), None);
}

#[test]
fn the_schema_has_options_and_types() {
    let inputs = node_schema("choices")["inputs"].take();
    assert_eq!(inputs[0]["type"], "chainner_sdk::Plain");
    assert_eq!(inputs[1]["type"], "Corner");
    assert_eq!(
        inputs[1]["typeDefinitions"],
        "let Corner = Corner::TopLeft | Corner::TopRight | Corner::BottomRight;\nstruct Corner::TopLeft;\nstruct Corner::TopRight;\nstruct Corner::BottomRight;"
    );
    assert_eq!((&inputs[1]["def"], &inputs[1]["preferredStyle"]), (&json!(-1), &json!("icons")));
    assert_eq!(inputs[3]["preferredStyle"], "checkbox");
}
