//! Every key of `#[output(…)]`, on every kind of output that may have it.

use chainner_sdk::prelude::*;

use crate::{OF_IMAGES, OF_VALUES, Plate};

/// Gives it in every way.
#[node(id = "kitchen_sink:images:image", group = OF_IMAGES)]
#[output(
    label = "Washed",
    docs = "What comes out.",
    never_reason = "It does not fit the sink.",
    suggest,
    navi = "match $image { Image { channels: 3 } as i => i, _ => if true { Image } else { never } }",
    bare,
    passthrough = image,
    kind = large_image,
    handle = false,
    id = 9,
)]
#[output(label = "Same", same_as = image, channels = 3, never_reason = "It has other channels.")]
#[output(label = "As large", size_as = image, channels = 1)]
#[output(label = "Computed", width = image.width * 2 + by, height = max(image.height - floor(by / 2), 1))]
#[output(label = "Tagged", kind = tagged)]
fn give_image(image: ImageView<'_>, by: u32) -> (Image, Image, Image, Image, Image) {
    [(); 5].map(|()| image.to_image()).into()
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:integer", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It is too many.",
    suggest,
    navi = "let n = $n; match n { 0 => 1, _ => n }",
    bare,
    passthrough = n,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = n)]
#[output(label = "C", value = (n + 1) * 2)]
fn give_integer(n: i32) -> (i32, i32, i32) {
    (n, n, (n + 1) * 2)
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:float", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It is too much.",
    suggest,
    navi = "if $x >= 1 and not ($x > 5) { $x ** 2 } else { 0.5..1.5 }",
    bare,
    passthrough = x,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = x)]
#[output(label = "C", value = round(x * 100) / 100)]
#[output(label = "D", navi = -0.5..=1.5)]
fn give_float(x: f32) -> (f32, f64, f32, f32) {
    (x, x.into(), x, x)
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:text", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It cannot be said.",
    suggest,
    navi = "regexReplace($words, \"a+\", \"b\", inf)",
    bare,
    passthrough = words,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = words)]
#[output(label = "C", of = file)]
fn give_text(words: String, file: FilePath) -> (String, String, String) {
    (words.clone(), words, String::new())
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:bool", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It cannot be said.",
    suggest,
    navi = "match $yes { true => false, false => true }",
    bare,
    passthrough = yes,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = yes)]
fn give_boolean(yes: bool) -> (bool, bool) {
    (!yes, yes)
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:color", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It has no colour.",
    suggest,
    navi = "$color & Color { channels: 3 }",
    bare,
    passthrough = color,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = color)]
#[output(label = "C", channels = 4)]
fn give_color(color: Color) -> (Color, Color, Color) {
    (color, color, color)
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:directory", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It is nowhere.",
    suggest,
    navi = "Directory { path: getParentDirectory($folder.path, 1) }",
    bare,
    passthrough = folder,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", same_as = folder)]
#[output(label = "C", of = file)]
fn give_directory(folder: DirPath, file: FilePath) -> (DirPath, DirPath, DirPath) {
    (folder.clone(), folder.clone(), folder)
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:seed", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It does not begin.",
    suggest,
    navi = "Seed",
    passthrough = seed,
    kind = tagged,
    handle = false,
    id = 9,
)]
fn give_seed(seed: Seed) -> Seed {
    seed
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:any", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It is nothing.",
    suggest,
    navi = match thing { "AudioStream" => thing, size @ "int(1..)" => Image { width: "size" }, _ => "never" },
    passthrough = thing,
    kind = tagged,
    handle = false,
    id = 9,
)]
#[output(label = "B", navi = "let low = 1; if true { low } else { 2 }")]
#[output(
    label = "C",
    never_reason = "It is no number.",
    navi = "match $thing { number as n => if n < 1 { 1 } else { n }, _ => never }"
)]
#[output(label = "D", never_reason = "It is no number.", navi = "match $thing { number => 1, _ => never }")]
#[output(
    label = "E",
    never_reason = "It is no number.",
    navi = "def halved(n: number): number { n / 2 } match $thing { number as n => halved(n), _ => never }"
)]
fn give_any(thing: Any) -> (Any, Any, Any, Any, Any) {
    [(); 5].map(|()| thing.clone()).into()
}

/// Gives it in every way.
#[node(id = "kitchen_sink:values:handle", group = OF_VALUES)]
#[output(
    label = "A",
    docs = "What comes out.",
    never_reason = "It is broken.",
    suggest,
    navi = kitchen_sink::Plate { diameter: diameter },
    passthrough = plate,
    kind = tagged,
    handle = false,
    id = 9,
)]
fn give_handle(plate: Handle<Plate>, #[input(range = 1..)] diameter: u32) -> Handle<Plate> {
    plate
}

/// What is no sequence stands between what is.
#[node(id = "kitchen_sink:values:position", group = OF_VALUES)]
#[output(label = "Item")]
#[output(label = "Number")]
#[output(label = "A", position = 0)]
#[output(label = "B", position = 1)]
#[output(label = "C", position = 2)]
#[output(label = "D", position = 3)]
#[output(label = "E", position = 4)]
#[output(label = "F", position = 5)]
#[output(label = "G", position = 7)]
#[output(label = "H", position = 8)]
#[output(label = "I", position = 9)]
#[output(label = "J", position = 10)]
#[allow(clippy::type_complexity, reason = "one of every kind")]
fn give_position(
    image: Image,
    thing: Any,
    plate: Handle<Plate>,
) -> (Generator<(u32, String)>, Image, i32, f32, String, bool, Color, DirPath, Seed, Any, Handle<Plate>) {
    let items = [1_u32].map(|number| (number, number.to_string()));
    let (color, folder) = (Color::gray(0.5), DirPath("here".into()));
    (Generator::from_iter(items), image, 1, 1.0, String::new(), true, color, folder, Seed(1), thing, plate)
}
