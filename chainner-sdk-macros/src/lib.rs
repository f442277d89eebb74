//! The macros of [chainner-sdk](https://docs.rs/chainner-sdk). Depend on that crate, not on this one.

mod attr;
mod docs;
mod error;
mod expand;
mod ide;
mod item;
mod keys;
mod macros;
mod model;
mod names;
#[cfg(test)]
mod snapshots;
mod validate;

use proc_macro::TokenStream;
use quote::quote;

/// Makes a function a node.
///
/// The function stays as it is: it can be called and tested like any other. Beside it, the macro declares the node. Names shown
/// come from identifiers, help from `///` on the function and on its arguments, the sort of each input from its type.
///
/// ```
/// use chainner_sdk::prelude::*;
/// # const FILM: Category = Category::new("Film Lab", "Looks of photographic film.");
/// # const LIGHT: Group = FILM.group("Light");
/// # #[derive(Choice)]
/// # pub enum Shape { Round, Oval }
///
/// /// Darkens the corners of an image, as a fast lens does.
/// #[node(id = "film_lab:light:vignette", group = LIGHT, icon = "MdVignette")]
/// #[output(same_as = image)]
/// pub fn vignette(
///     image: ImageView<'_>,
///     /// Darkening of the far corner, in stops.
///     #[input(default = 1.0, range = 0.0..=8.0, step = 0.1, unit = "EV", slider)]
///     amount: f32,
///     shape: Shape,
///     #[input(default = 1.0, range = 0.1..=10.0, when(shape == Shape::Oval))] aspect: f32,
/// ) -> Image {
/// #     let _ = (amount, shape, aspect);
///     Image::new(image.width(), image.height(), image.channels())
/// }
///
/// vignette(Image::new(4, 3, 1).view(), 2.0, Shape::Round, 1.0);
/// ```
///
/// A function that returns a `Generator`, or has an argument of type `Items`, works on a sequence, item by item: see
/// `chainner_sdk::sequence`.
///
/// # `#[node(…)]`
///
/// `id` and `group` are needed.
///
#[doc = include_str!("../docs/node.md")]
///
/// # `#[input(…)]`
///
/// On an argument; all keys are optional. Numbers are constant expressions of the argument's own type, checked when the crate is
/// compiled: `default = LIMIT` with a `const LIMIT` outside `range` does not compile.
///
#[doc = include_str!("../docs/input.md")]
///
/// Conditions ask about choices and `bool`s by the names of the arguments: `shape == Shape::Oval`, `!=`, `flag`, `!flag`,
/// `matches!(shape, Shape::A | Shape::B)`, and about the types of what is connected: `is(image, "Image { channels: 4 }")`, with
/// `or_unconnected` behind it also while nothing is. `&&`, `||`, parentheses, `true` and `false` put them together; `all(a, b, c)` and
/// `any(a, b, c)` are one group in the schema where `&&` and `||` are pairs.
///
/// *Navi* is the app's type language: text, in which `$name` stands for the type of an input, or parts written as Rust
/// expressions: `Image { width: image.width }`, `image.channels`, `"A" & "B"`, `[1, 3]`, `int(0..)`,
/// `match mode { Mode::A => image, _ => "never" }`.
///
/// # `#[layout(…)]`
///
/// On the function, below `#[node]`, where `when`, `required_when`, `optional_list` and `linked` on the inputs do not say it all. It
/// names every input once, in groups that may stand in each other:
///
/// ```
/// use chainner_sdk::prelude::*;
/// # const TEXT: Group = Category::new("Film Lab", "Looks of photographic film.").group("Text");
///
/// /// Sets a title.
/// #[node(id = "film_lab:text:title", group = TEXT)]
/// #[layout(text, menu_icons[icon_set("Style")[bold, italic]], when(shadow)[blur], shadow)]
/// fn title(
///     text: String,
///     #[input(icon = "FaBold")] bold: bool,
///     #[input(icon = "FaItalic")] italic: bool,
///     blur: f32,
///     shadow: bool,
/// ) -> Image {
/// #     let _ = (text, bold, italic, blur, shadow);
///     Image::new(1, 1, 4)
/// }
/// ```
///
/// The groups: `when(condition)[…]`, `required_when(condition)[…]`, `optional_list[…]`, `linked[…]`, `seed[…]`,
/// `icon_set("Label")[…]`, `menu_icons[…]`, `from_to[…]`, `ncnn_files[…]`.
///
/// # `#[output(…)]`
///
/// On the function, below `#[node]`: one for each output in the order of the returned tuple; the last ones may be left away.
///
#[doc = include_str!("../docs/output.md")]
///
/// `width`, `height` and `value` are computed by the app while the artist edits, so they know numbers, inputs,
/// `input.width`, `.height`, `.channels`, `+ - * /`, parentheses, and `min`, `max`, `abs`, `round`, `floor`, `ceil`:
///
/// ```
/// use chainner_sdk::prelude::*;
/// # const RESIZE: Group = Category::new("Film Lab", "Looks of photographic film.").group("Resize");
///
/// /// Adds a border.
/// #[node(id = "film_lab:resize:frame", group = RESIZE)]
/// #[output(width = image.width + 2 * border, height = image.height + 2 * border, channels = 3)]
/// #[output(label = "Area", value = (image.width + 2 * border) * (image.height + 2 * border))]
/// fn frame(#[input(channels = 3)] image: ImageView<'_>, #[input(default = 8)] border: u32) -> (Image, u32) {
///     let [width, height] = [image.width(), image.height()].map(|side| side + 2 * border as usize);
///     (Image::new(width, height, 3), (width * height) as u32)
/// }
/// ```
///
/// `CHAINNER_MACROS_DEBUG=1` in the environment of the compiler prints what the macros write.
#[proc_macro_attribute]
pub fn node(attr: TokenStream, item: TokenStream) -> TokenStream {
    macros::node(attr.into(), item.into()).into()
}

/// Refuses `#[output]` where `#[node]` has not taken it: above `#[node]`, or without it.
#[proc_macro_attribute]
pub fn output(_: TokenStream, item: TokenStream) -> TokenStream {
    macros::output(item.into()).into()
}

/// Declares the package that the nodes of a crate make up. A crate has one.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// package! {
///     name: "Film Lab",
///     description: "Film grain, halation and vignettes.",
///     icon: "MdCameraRoll",
///     color: "#B7791F",
///     categories: [FILM],
/// }
///
/// const FILM: Category = Category::new("Film Lab", "Looks of photographic film.").icon("MdCameraRoll").color("#B7791F");
/// # fn main() {}
/// ```
///
/// `name`, `description` and `categories` are needed.
///
#[doc = include_str!("../docs/package.md")]
///
/// Each of the `dependencies`:
///
#[doc = include_str!("../docs/dependency.md")]
#[proc_macro]
pub fn package(input: TokenStream) -> TokenStream {
    macros::package(input.into()).into()
}

/// Makes an enum without fields an input that artists choose a value of.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// /// Where the light falls in.
/// #[derive(Choice)]
/// #[choice(style = tabs)]
/// enum Leak {
///     TopLeft,
///     /// As in the cameras of the time.
///     #[choice(default, label = "Film door")]
///     Right,
/// }
///
/// assert_eq!(Leak::TABLE.variants[0].label, "Top Left");
/// assert_eq!(Leak::TABLE.default, 1);
/// ```
///
/// Derive `Clone` and `Copy` beside it if the function needs the value more than once.
///
/// # `#[choice(…)]` on the enum
///
#[doc = include_str!("../docs/choice.md")]
///
/// # `#[choice(…)]` on a variant
///
/// Rust's own `#[default]` is understood too.
///
#[doc = include_str!("../docs/variant.md")]
#[proc_macro_derive(Choice, attributes(choice, default))]
pub fn choice(input: TokenStream) -> TokenStream {
    macros::choice(input.into()).into()
}

/// Makes a type travel between nodes, inside a `Handle`.
///
/// ```
/// use chainner_sdk::prelude::*;
/// # const COLOR: Group = Category::new("Film Lab", "Looks of photographic film.").group("Color");
///
/// /// A table of colours.
/// #[derive(NaviType)]
/// #[navi(fields = [("size", "int(2..)")])]
/// pub struct Lut {
///     colors: Vec<[f32; 3]>,
/// }
///
/// /// Makes a table that changes nothing.
/// #[node(id = "film_lab:color:identity_lut", group = COLOR)]
/// #[output(navi = "film_lab::Lut { size: $size }")]
/// fn identity_lut(#[input(default = 33, range = 2..=129)] size: u32) -> Handle<Lut> {
///     Handle::new(Lut { colors: vec![[0.0; 3]; size.pow(3) as usize] })
/// }
///
/// /// Applies a table.
/// #[node(id = "film_lab:color:apply_lut", group = COLOR)]
/// #[output(same_as = image)]
/// fn apply_lut(image: ImageView<'_>, lut: Handle<Lut>) -> Image {
///     let _ = &lut.colors;
///     image.to_image()
/// }
/// ```
///
#[doc = include_str!("../docs/navi_type.md")]
#[proc_macro_derive(NaviType, attributes(navi))]
pub fn navi_type(input: TokenStream) -> TokenStream {
    macros::navi_type(input.into()).into()
}

/// Makes a struct the settings of a package: name it in `package!`, `settings: LabSettings`.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// #[derive(Settings)]
/// pub struct LabSettings {
///     /// Keeps developed films.
///     #[setting(default = true, label = "Keep films")]
///     keep: bool,
///     #[setting(default = 4, range = 1..=64)]
///     threads: u32,
///     #[setting(directory = "films")]
///     cache: Option<CacheDir>,
/// }
/// ```
///
/// A field is a `bool`, a number, an enum with `#[derive(Choice)]` or an `Option<CacheDir>`.
///
#[doc = include_str!("../docs/setting.md")]
#[proc_macro_derive(Settings, attributes(settings, setting))]
pub fn settings(input: TokenStream) -> TokenStream {
    macros::settings(input.into()).into()
}

/// The keys of `#[input(…)]` as const data for chainner-sdk.
#[doc(hidden)]
#[proc_macro]
pub fn __input_keys(_: TokenStream) -> TokenStream {
    table(keys::INPUT)
}

/// The keys of `#[output(…)]` as const data for chainner-sdk.
#[doc(hidden)]
#[proc_macro]
pub fn __output_keys(_: TokenStream) -> TokenStream {
    table(keys::OUTPUT)
}

/// The keys as items that editors can complete.
#[doc(hidden)]
#[proc_macro]
pub fn __ide_modules(_: TokenStream) -> TokenStream {
    ide::modules().into()
}

fn table(keys: &[keys::Key]) -> TokenStream {
    let rows = keys.iter().map(|key| {
        let (name, kinds) = (key.name, key.kinds);
        quote!((#name, &[#(#kinds),*]))
    });
    quote!(&[#(#rows),*]).into()
}
