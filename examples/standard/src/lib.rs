//! The standard nodes of chaiNNer, natively: the same inputs, the same results, several times faster.
//!
//! Each node is an ordinary function in a file of [`nodes`], declared like the app's own node of the same name; what it computes
//! with is in [`kernels`], one algorithm a file.

use chainner_sdk::prelude::*;

pub mod categories;
pub mod kernels;
pub mod nodes;

use categories::*;

package! {
    name: "chaiNNer native",
    description: "The standard nodes, several times faster.",
    icon: "MdBolt",
    color: "#2C7A7B",
    replaces: "chainner",
    categories: [IMAGE, DIMENSIONS, ADJUSTMENTS, FILTERS, UTILITIES, CHANNELS, TEXTURES, UTILITY],
    groups: [
        image::INPUT_AND_OUTPUT,
        image::BATCH_PROCESSING,
        image::VIDEO_FRAMES,
        image::CREATE_IMAGES,
        dimensions::PADDING,
        dimensions::CROP,
        dimensions::RESIZE,
        dimensions::UTILITY,
        adjustments::ADJUSTMENTS,
        adjustments::THRESHOLD,
        adjustments::GAMMA,
        adjustments::ARITHMETIC,
        filters::BLUR,
        filters::SHARPEN,
        filters::NOISE,
        filters::QUANTIZE,
        filters::CORRECTION,
        filters::MISCELLANEOUS,
        utilities::MODIFICATION,
        utilities::COMPOSITING,
        utilities::MISCELLANEOUS,
        channels::ALL,
        channels::TRANSPARENCY,
        channels::MISCELLANEOUS,
        textures::NORMAL_MAP,
        textures::CONVERSION,
        utility::CLIPBOARD,
        utility::VALUE,
        utility::MATH,
        utility::TEXT,
        utility::COLOR,
        utility::RANDOM,
        utility::DIRECTORY,
        utility::SEQUENCE,
    ],
}
