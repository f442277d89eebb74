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

    use ::{chainner_sdk as sdk, core::option::Option as Maybe, core::primitive::f64 as double};
    use sdk::prelude::{
        Any, CacheDir, Category, Choice, Feature, FeatureState, Group, Handle, Image, ImageView, NaviType, Settings,
        node, package,
    };

    package! {
        name: "Hygiene",
        description: "Tests.",
        categories: [CATEGORY],
        features: [FEATURE],
        settings: Kept,
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

    /// What a node needs.
    const FEATURE: Feature = Feature::new("hygiene", "Hygiene", "Tests.", FeatureState::enabled);

    /// What the app keeps.
    #[derive(Debug, Settings)]
    #[settings(crate = sdk)]
    pub struct Kept {
        /// A switch.
        #[setting(default = true)]
        pub switch: bool,
        /// A number.
        #[setting(default = 2, range = 1..=3)]
        pub number: u8,
        /// A choice.
        pub shape: Shape,
        /// A folder.
        pub cache: Maybe<CacheDir>,
    }

    /// What travels.
    #[derive(Debug, NaviType)]
    #[navi(fields = [("size", "uint")], crate = sdk)]
    pub struct Parcel;

    /// A node with every rare key.
    #[node(
        id = "hygiene:rare",
        group = GROUP,
        crate = sdk,
        key_info = value,
        features = [FEATURE],
        limited_to_8bit,
        replaces = "chainner:image:rare",
        suggestions = [("+", name = "Rare: Plus", parse = value, set(shape = Shape::Oval, flag = true))],
    )]
    #[output(navi = "$value | 1", passthrough = value, id = 3)]
    #[output(kind = tagged, handle = false)]
    #[output(navi = Image { width: image.width }, kind = large_image)]
    #[layout(
        when(is(image, "Image") && all(flag, shape == Shape::Oval))[required_when(true)[image]],
        icon_set("Set")[flag],
        from_to[shape, other],
        value,
        parcel,
        any,
    )]
    #[must_use]
    pub fn rare(
        #[input(fused = 0, navi = "int", conversions = [("number", "round(Input)")], adapt = "Input")] value: i64,
        image: Maybe<ImageView<'_>>,
        flag: bool,
        #[input(option_when(Shape::Oval, flag))] shape: Shape,
        other: Shape,
        parcel: Handle<Parcel>,
        any: Any,
    ) -> (i64, Handle<Parcel>, Image) {
        let _ = (image, flag, shape, other, any);
        (value, parcel, Image::new(1, 1, 1))
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
    ::core::assert_eq!(ids, ["hygiene:node", "hygiene:old", "hygiene:rare"]);
}
