//! The categories and groups of the app that the nodes are listed in, by the same names.

use chainner_sdk::prelude::*;

/// Read, make and take apart images.
pub const IMAGE: Category =
    Category::new("Image", "Read, make and take apart images.").icon("BsFillImageFill").color("#C53030");
/// Change how large an image is.
pub const DIMENSIONS: Category = Category::new("Image (Dimensions)", "Change how large an image is.")
    .icon("MdOutlinePhotoSizeSelectLarge")
    .color("#3182CE");
/// Change colours and brightness, pixel by pixel.
pub const ADJUSTMENTS: Category =
    Category::new("Image (Adjustments)", "Change colours and brightness, pixel by pixel.")
        .icon("BsSliders")
        .color("#319795");
/// Change pixels by what is around them.
pub const FILTERS: Category =
    Category::new("Image (Filters)", "Change pixels by what is around them.").icon("MdFilterAlt").color("#38A169");
/// Move, combine and measure images.
pub const UTILITIES: Category =
    Category::new("Image (Utilities)", "Move, combine and measure images.").icon("BsGear").color("#00A3C4");
/// Take colour and opacity apart and put them together.
pub const CHANNELS: Category =
    Category::new("Image (Channels)", "Take colour and opacity apart and put them together.")
        .icon("MdAllOut")
        .color("#D69E2E");
/// Maps of materials: normals, metalness, gloss.
pub const TEXTURES: Category = Category::new("Material Textures", "Maps of materials: normals, metalness, gloss.")
    .icon("GiRolledCloth")
    .color("#827DFB");
/// Numbers, texts, colours and sequences.
pub const UTILITY: Category =
    Category::new("Utility", "Numbers, texts, colours and sequences.").icon("BsGearFill").color("#718096");

/// Groups of [`IMAGE`].
pub mod image {
    use super::Group;

    /// Input & Output.
    pub const INPUT_AND_OUTPUT: Group = super::IMAGE.group("Input & Output");
    /// Batch Processing.
    pub const BATCH_PROCESSING: Group = super::IMAGE.group("Batch Processing").order(&[
        "chainner_native:image:load_images",
        "chainner_native:image:load_image_pairs",
        "chainner_native:image:split_spritesheet",
        "chainner_native:image:merge_spritesheet",
    ]);
    /// Video Frames.
    pub const VIDEO_FRAMES: Group = super::IMAGE.group("Video Frames");
    /// Create Images.
    pub const CREATE_IMAGES: Group = super::IMAGE.group("Create Images");
}

/// Groups of [`DIMENSIONS`].
pub mod dimensions {
    use super::Group;

    /// Padding.
    pub const PADDING: Group = super::DIMENSIONS.group("Padding");
    /// Crop.
    pub const CROP: Group = super::DIMENSIONS.group("Crop");
    /// Resize.
    pub const RESIZE: Group = super::DIMENSIONS
        .group("Resize")
        .order(&["chainner_native:image:resize", "chainner_native:image:resize_to_side"]);
    /// Utility.
    pub const UTILITY: Group = super::DIMENSIONS.group("Utility");
}

/// Groups of [`ADJUSTMENTS`].
pub mod adjustments {
    use super::Group;

    /// Adjustments.
    pub const ADJUSTMENTS: Group = super::ADJUSTMENTS.group("Adjustments");
    /// Threshold.
    pub const THRESHOLD: Group = super::ADJUSTMENTS.group("Threshold");
    /// Gamma.
    pub const GAMMA: Group = super::ADJUSTMENTS.group("Gamma");
    /// Arithmetic.
    pub const ARITHMETIC: Group = super::ADJUSTMENTS.group("Arithmetic");
}

/// Groups of [`FILTERS`].
pub mod filters {
    use super::Group;

    /// Blur.
    pub const BLUR: Group = super::FILTERS.group("Blur");
    /// Sharpen.
    pub const SHARPEN: Group = super::FILTERS.group("Sharpen");
    /// Noise.
    pub const NOISE: Group = super::FILTERS.group("Noise");
    /// Quantize.
    pub const QUANTIZE: Group = super::FILTERS.group("Quantize");
    /// Correction.
    pub const CORRECTION: Group = super::FILTERS.group("Correction");
    /// Miscellaneous.
    pub const MISCELLANEOUS: Group = super::FILTERS.group("Miscellaneous");
}

/// Groups of [`UTILITIES`].
pub mod utilities {
    use super::Group;

    /// Modification.
    pub const MODIFICATION: Group = super::UTILITIES.group("Modification");
    /// Compositing.
    pub const COMPOSITING: Group = super::UTILITIES.group("Compositing");
    /// Miscellaneous.
    pub const MISCELLANEOUS: Group = super::UTILITIES.group("Miscellaneous");
}

/// Groups of [`CHANNELS`].
pub mod channels {
    use super::Group;

    /// All.
    pub const ALL: Group = super::CHANNELS.group("All");
    /// Transparency.
    pub const TRANSPARENCY: Group = super::CHANNELS.group("Transparency");
    /// Miscellaneous.
    pub const MISCELLANEOUS: Group = super::CHANNELS.group("Miscellaneous");
}

/// Groups of [`TEXTURES`].
pub mod textures {
    use super::Group;

    /// Normal Map.
    pub const NORMAL_MAP: Group = super::TEXTURES.group("Normal Map");
    /// Conversion.
    pub const CONVERSION: Group = super::TEXTURES.group("Conversion");
}

/// Groups of [`UTILITY`].
pub mod utility {
    use super::Group;

    /// Clipboard.
    pub const CLIPBOARD: Group = super::UTILITY.group("Clipboard");
    /// Value.
    pub const VALUE: Group = super::UTILITY.group("Value");
    /// Math.
    pub const MATH: Group = super::UTILITY.group("Math");
    /// Text.
    pub const TEXT: Group = super::UTILITY.group("Text");
    /// Color.
    pub const COLOR: Group = super::UTILITY.group("Color");
    /// Random.
    pub const RANDOM: Group = super::UTILITY.group("Random");
    /// Directory.
    pub const DIRECTORY: Group = super::UTILITY.group("Directory");
    /// Sequence.
    pub const SEQUENCE: Group = super::UTILITY.group("Sequence");
}
