//! {{title}} Tone: nodes for chaiNNer.

use chainner_sdk::prelude::*;

use {{module}}_kernels::levels::Levels;

package! {
    name: "{{title}} Tone",
    description: "Sets the tones of an image.",
    icon: "MdTonality",
    color: "#B7791F",
    categories: [CATEGORY],
}

const CATEGORY: Category =
    Category::new("{{title}} Tone", "Sets the tones of an image.").icon("MdTonality");
const TONE: Group = CATEGORY.group("Tone");

/// Sets what becomes black, what becomes white, and how light the middle is.
#[node(id = "{{module}}_tone:tone:levels", group = TONE)]
#[output(same_as = image)]
pub fn levels(
    image: ImageView<'_>,
    /// What becomes black.
    #[input(default = 0.0, range = 0.0..=99.0, unit = "%", slider)]
    black: f32,
    /// What becomes white; at least one per cent above black.
    #[input(default = 100.0, range = 1.0..=100.0, unit = "%", slider)]
    white: f32,
    /// Above 1 lightens the middle tones.
    #[input(default = 1.0, range = 0.1..=10.0, step = 0.01, slider, scale = log)]
    gamma: f32,
) -> Image {
    let levels = Levels {
        black: black / 100.0,
        white: white.max(black + 1.0) / 100.0,
        gamma,
    };
    image.map_colors(|_, _, sample| levels.apply(sample))
}
