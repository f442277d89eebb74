/// Brightens.
#[node(id = "film_lab:tone:gain", group = TONE)]
#[output(same_as = image)]
pub fn gain(image: ImageView<'_>, #[input(default = 1.0, range = 0.0..=8.0, slider)] gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * gain)
}
