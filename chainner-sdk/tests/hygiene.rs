//! Expansions depend on nothing in the author's scope and trip none of the author's lints.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    unused,
    unused_qualifications,
    unreachable_pub,
    elided_lifetimes_in_paths,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    missing_debug_implementations,
    non_ascii_idents,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo,
    clippy::absolute_paths,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    clippy::min_ident_chars,
    clippy::shadow_unrelated,
    clippy::unwrap_used,
    clippy::exhaustive_enums,
    clippy::missing_inline_in_public_items
)]
#![allow(
    clippy::exhaustive_enums,
    clippy::missing_inline_in_public_items,
    clippy::cargo,
    reason = "about the enum and functions"
)]
#![no_implicit_prelude]

pub mod author {
    //! An author with unusual names.

    use ::{chainner_sdk as sdk, core::primitive::f64 as double};
    use sdk::prelude::{Category, Choice, Group, Image, ImageView, node, package};

    package! {
        name: "Hygiene",
        description: "Tests.",
        categories: [CATEGORY],
        crate: sdk,
    }

    /// Where the nodes are listed.
    const CATEGORY: Category = Category::new("Hygiene", "Tests.");
    /// Where the nodes are listed.
    const GROUP: Group = CATEGORY.group("Hygiene");

    /// Names of the prelude that mean something else here.
    #[allow(dead_code, non_camel_case_types, missing_docs, clippy::missing_docs_in_private_items, reason = "traps")]
    mod traps {
        pub(super) struct Option;
        pub(super) struct Result;
        pub(super) struct Some;
        pub(super) struct f64;
        pub(super) mod core {}
        pub(super) mod chainner_sdk {}
    }
    #[allow(unused_imports, reason = "traps")]
    use traps::*;

    /// A choice.
    #[derive(Debug, Clone, Copy, Choice)]
    #[choice(crate = sdk)]
    pub enum Shape {
        /// One.
        Round,
        /// Another.
        #[default]
        Oval,
    }

    /// A node.
    #[node(id = "hygiene:node", group = GROUP, crate = sdk)]
    #[output(same_as = image)]
    #[must_use]
    pub fn run(
        image: ImageView<'_>,
        #[input(default = 0, range = 0..=8, step = 1, slider, slider_step = 2)] value: u8,
        #[input(default = 0.5, range = 0.0..=8.0, step = 0.1)] fraction: f32,
        #[input(default = 0.5, range = 0.0..=8.0)] double: double,
        #[input(when(shape == Shape::Oval || matches!(shape, Shape::Round)), length = 0..=3, default = "a")] text: &str,
        #[input(default = Shape::Round)] shape: Shape,
        #[input(when(!flag))] arguments: i64,
        flag: bool,
    ) -> Image {
        let _ = (value, fraction, double, text.len(), shape, arguments, flag);
        Image::new(image.width(), image.height(), image.channels())
    }

    /// An old node.
    #[node(id = "hygiene:old", group = GROUP, crate = sdk)]
    #[deprecated = "use the other one"]
    pub const fn old() {}

    /// Not on this system.
    #[node(id = "hygiene:cfg", group = GROUP, crate = sdk)]
    #[cfg(any())]
    pub fn absent() {}
}

#[test]
#[allow(clippy::absolute_paths, reason = "there is no prelude")]
fn all_nodes_are_registered() {
    let package = ::core::env!("CARGO_PKG_NAME");
    let ids: ::std::vec::Vec<&str> = ::core::iter::Iterator::collect(::core::iter::Iterator::map(
        ::chainner_sdk::registry::nodes_of(package).iter(),
        |node| node.id,
    ));
    ::core::assert_eq!(ids, ["hygiene:node", "hygiene:old"]);
}
