#[node(id = "film_lab:light:vignette", group = LIGHT, key_info = amount, suggestions = [("dark", set(shape = Shape::Oval))])]
#[output(label = "Area", value = image.width * image.height)]
#[layout(image, when(shape == Shape::Oval && is(image, "Image { channels: 4 }"))[linked[amount, aspect]], shape)]
fn vignette(
    image: ImageView<'_>,
    #[input(default = LIMIT, range = 0.0..=LIMIT)] amount: f32,
    #[input(option_when(Shape::Oval, amount == true))] shape: Shape,
    aspect: f32,
) -> u32 {
    0
}
