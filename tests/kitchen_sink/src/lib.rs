//! Every key of every kind, once: what can be declared, and in `schema.json` beside this, what comes of it.
//!
//! A test compares the two, and another one that no key is forgotten. It is no example of good taste.

#![allow(unused_variables, reason = "only the declarations matter")]

mod inputs;
mod layouts;
mod nodes;
mod outputs;
mod sequences;

use chainner_sdk::prelude::*;

package! {
    name: "Kitchen Sink",
    description: "Every key of every kind, once.",
    icon: "MdKitchen",
    color: "#336699",
    id: "kitchen_sink",
    categories: [INPUTS, OUTPUTS, NODES],
    groups: [OF_NUMBERS, OF_TEXTS, OF_OTHERS, OF_IMAGES, OF_VALUES, KEYS, LAYOUTS, SEQUENCES],
    dependencies: [
        { name: "ONNX", pypi: "onnx", version: "1.17.0", size: 16 * 1024 * 1024 },
        {
            name: "Pillow",
            pypi: "pillow",
            version: "11.0.0",
            size: 4_000_000,
            auto_update: false,
            find_link: "https://example.org/whl",
        },
    ],
    features: [TAP],
    settings: SinkSettings,
    disabled: "It is only looked at.",
    replaces: "chainner",
    crate: ::chainner_sdk,
}

const INPUTS: Category = Category::new("Inputs", "Keys of inputs.").icon("MdInput").color("#884422");
const OF_NUMBERS: Group = INPUTS.group("Numbers");
const OF_TEXTS: Group = INPUTS.group("Texts").order(&["kitchen_sink:texts:relative_path", "kitchen_sink:texts:text"]);
const OF_OTHERS: Group = INPUTS.group("Others");
const OUTPUTS: Category =
    Category::new("Outputs", "Keys of outputs.").icon("MdOutput").color("#228844").install_hint("Turn on the tap.");
const OF_IMAGES: Group = OUTPUTS.group("Images");
const OF_VALUES: Group = OUTPUTS.group("Values");
const NODES: Category = Category::new("Nodes", "Keys of nodes.").icon("ONNX").color("#442288");
const KEYS: Group = NODES.group("Keys");
const LAYOUTS: Group = NODES.group("Layouts");
const SEQUENCES: Group = NODES.group("Sequences");

const TAP: Feature =
    Feature::new("kitchen_sink_tap", "Tap", "Running water.", || FeatureState::disabled("There is no water."));

/// What a package can ask its users for.
#[derive(Settings)]
#[settings(crate = ::chainner_sdk)]
#[allow(dead_code, reason = "only the declarations matter")]
struct SinkSettings {
    /// Lets the water run.
    #[setting(label = "Let it run", key = "run", default = true)]
    running: bool,
    #[setting(disabled)]
    shut: bool,
    #[setting(default = 4, range = 1..=64)]
    taps: u32,
    #[setting(default = Size::Large)]
    size: Size,
    #[setting(directory = "plates")]
    plates: Option<CacheDir>,
    #[setting(directory = "cups", disabled)]
    cups: Option<CacheDir>,
}

/// Texts as ids, headings in another order, definitions of its own.
#[derive(Choice)]
#[choice(
    style = tabs,
    type_name = "kitchen_sink::Sizes",
    definitions = "def kitchen_sink::double(n: number): number { n * 2 }",
    headings = ["Extreme", "Usual"],
    crate = ::chainner_sdk,
)]
enum Size {
    #[choice(heading = "Usual", icon = "MdCircle")]
    Small,
    /// As most are.
    #[choice(label = "Large (as most)", id = "big", default, icon = "MdCircle")]
    Large,
    #[choice(heading = "Extreme", navi = "kitchen_sink::Sizes::Large", icon = "MdCircle")]
    Huge,
    #[choice(divider, icon = "MdCircle")]
    Unknown,
}

/// A type that the app has; whole numbers as ids.
#[derive(Clone, Copy, Choice)]
#[choice(host_type = "TileSize")]
enum Tiles {
    #[choice(id = 0, navi = TileSize { value: 0 })]
    Auto,
    #[choice(id = -1, label = "Whole image")]
    Whole,
    #[choice(id = 256, navi = "TileSize { value: 128 + 128 }")]
    Size256,
}

/// Row by row.
#[derive(Choice)]
#[choice(style = anchor)]
enum Corner {
    TopLeft,
    Top,
    TopRight,
    Left,
    Centre,
    Right,
    BottomLeft,
    Bottom,
    BottomRight,
}

/// Yes or no.
#[derive(Choice)]
#[choice(style = checkbox)]
enum Drained {
    Yes,
    No,
}

/// What a washed thing is.
#[derive(NaviType)]
#[navi(type_name = "kitchen_sink::Plate", fields = [("diameter", "int(1..)"), ("name", "string")], crate = ::chainner_sdk)]
pub struct Plate {
    diameter: u32,
}
