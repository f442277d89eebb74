/// How it falls off.
#[derive(Choice)]
#[choice(style = tabs)]
pub enum Shape {
    Round,
    /// Follows the image.
    #[choice(default, label = "Oval (fit)", navi = "number")]
    Oval,
}
