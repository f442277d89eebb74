//! Every key of `#[input(…)]`, on every kind of input that may have it.

use chainner_sdk::prelude::*;

use crate::{Corner, Drained, OF_NUMBERS, OF_OTHERS, OF_TEXTS, Plate, Size, Tiles};

/// Takes it in every way.
#[node(id = "kitchen_sink:numbers:integer", group = OF_NUMBERS)]
fn integer(
    flag: bool,
    /// In a few words.
    ///
    /// And in some more.
    #[input(
        label = "Whole",
        id = 10,
        default = 3,
        when(flag),
        hint,
        suggest,
        handle = false,
        range = -5..=50,
        step = 5,
        slider_step = 10,
        unit = "px",
        slider,
        scale = sqrt,
        ends = ("few", "many"),
        gradient = ["#000", "#888", "#fff"],
        note = "`${value} of ${max}`",
        label_style = inline,
        fused = 0,
    )]
    value: i32,
    #[input(navi = "int(0..)", conversions = [("string", "string::len(Input)")], adapt = "match Input { number => 1, _ => never }", definitions = "def kitchen_sink::half(n: number): number { n / 2 }")]
    typed: i64,
    /// Beside its height.
    ///
    /// They are equal, until they are unlinked.
    #[input(linked = "size")]
    width: u32,
    #[input(linked = "size")] height: u32,
    #[input(control = false)] plugged: u8,
    #[input(optional_list)] first: Option<i32>,
    #[input(optional_list)] second: Option<i32>,
) -> i64 {
    typed
}

/// Takes it in every way.
#[node(id = "kitchen_sink:numbers:float", group = OF_NUMBERS)]
fn float(
    flag: bool,
    /// In a few words.
    #[input(
        label = "Fraction",
        id = 10,
        default = 0.25,
        when(!flag),
        hint,
        suggest,
        handle = false,
        range = -0.5..=8.5,
        step = 0.05,
        slider_step = 0.5,
        precision = 3,
        unit = "EV",
        slider,
        scale = log_offset,
        ends = (None, "much"),
        gradient = ["#000", "#fff"],
        note = "`${value * 100} %`",
        trailing_zeros = false,
        label_style = hidden,
        fused = 0,
    )]
    value: f32,
    #[input(navi = "0..1", conversions = [("string", "number::parseInt(Input, 10)")], adapt = "match Input { number => 0..1, _ => never }", definitions = "def kitchen_sink::third(n: number): number { n / 3 }")]
    typed: f64,
    #[input(linked = "size", range = 0.5..=100.5, default = 12.5)] width: f32,
    #[input(linked = "size", range = 0.5..=100.5, default = 12.5)] height: f32,
    #[input(control = false)] plugged: f64,
    #[input(optional_list)] first: Option<f32>,
    #[input(optional_list)] second: Option<f32>,
    #[input(precision = unlimited, slider, range = 0.0..=1.0, scale = log)] exact: f64,
) -> f64 {
    typed
}

/// Takes it in every way.
#[node(id = "kitchen_sink:texts:text", group = OF_TEXTS)]
fn text(
    flag: bool,
    /// In a few words.
    ///
    /// And in some more.
    #[input(
        label = "Words",
        id = 10,
        default = "soap",
        when(flag == true),
        hint,
        suggest,
        handle = false,
        length = 1..=80,
        placeholder = "soap",
        multiline,
        allow_empty,
        invalid_pattern = "[^a-z]",
        label_style = inline,
        fused = 0,
    )]
    value: &str,
    #[input(navi = "\"a\" | \"b\"", conversions = [("number", "toString(Input)"), ("Seed", "\"a\"")], adapt = "match Input { string as s => s, _ => never }", definitions = "def kitchen_sink::twice(s: string): string { string::concat(s, s) }")]
    typed: String,
    #[input(allow_numbers = false, length = ..=3)] words_only: String,
    #[input(control = false)] plugged: String,
    #[input(optional_list)] first: Option<String>,
    #[input(optional_list)] second: Option<&str>,
) -> String {
    typed
}

/// Takes it in every way.
#[node(id = "kitchen_sink:texts:relative_path", group = OF_TEXTS)]
fn relative_path(
    flag: bool,
    /// In a few words.
    #[input(
        label = "Where to",
        id = 10,
        default = "plates",
        when(flag),
        hint,
        suggest,
        handle = false,
        length = 1..=80,
        placeholder = "plates",
        multiline,
        allow_empty,
        label_style = hidden,
        fused = 0,
    )]
    value: RelativePath,
    #[input(navi = "\"a\" | \"b\"", conversions = [("number", "toString(Input)")], adapt = "match Input { string as s => s, _ => never }", definitions = "def kitchen_sink::parent(s: string): string { s }")]
    typed: RelativePath,
    #[input(allow_numbers = false)] words_only: RelativePath,
    #[input(control = false)] plugged: RelativePath,
    #[input(optional_list)] first: Option<RelativePath>,
    #[input(optional_list)] second: Option<RelativePath>,
) -> String {
    String::new()
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:bool", group = OF_OTHERS)]
fn boolean(
    flag: bool,
    /// In a few words.
    #[input(label = "Whether", id = 10, default = true, when(flag), hint, suggest, icon = "FaBold", fused = 0)]
    value: bool,
    #[input(handle, navi = "true", conversions = [("number", "true")], adapt = "Input", definitions = "def kitchen_sink::no(b: bool): bool { not b }")]
    typed: bool,
) -> bool {
    typed
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:choice", group = OF_OTHERS)]
fn choice(
    flag: bool,
    tiles: Tiles,
    /// In a few words.
    ///
    /// And in some more.
    #[input(
        label = "Which",
        id = 10,
        default = Size::Huge,
        when(tiles != Tiles::Auto),
        hint,
        suggest,
        style = icons,
        label_style = hidden,
        fused = 0,
        option_when(Size::Small, flag),
        option_when(Size::Huge, !(tiles == Tiles::Whole)),
        option_when(Size::Unknown, flag && tiles == Tiles::Auto),
        conversions = [("string", "kitchen_sink::Sizes::Large")],
        adapt = "match Input { _ => kitchen_sink::Sizes }",
    )]
    size: Size,
    #[input(label_style = inline)] corner: Corner,
    drained: Drained,
) -> u32 {
    0
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:image", group = OF_OTHERS)]
fn image(
    flag: bool,
    /// In a few words.
    ///
    /// And in some more.
    #[input(label = "Pixels", id = 10, when(flag), hint, suggest, channels = [1, 3], fused = 0)]
    value: ImageView<'_>,
    #[input(navi = Image { channels: value.channels, width: int(1..=64) }, conversions = [("string", "Image")], adapt = "Image", definitions = "def kitchen_sink::area(i: Image): number { i.width * i.height }")]
    typed: ImageOrColor<'_>,
    #[input(required_when(flag))] mask: Option<Image>,
    #[input(optional_list)] first: Option<ImageView<'_>>,
    #[input(optional_list)] second: Option<ImageOrColor<'_>>,
) -> Image {
    value.to_image()
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:color", group = OF_OTHERS)]
fn color(
    flag: bool,
    /// In a few words.
    #[input(label = "Soap", id = 10, default = Color::rgb(0.5, 0.25, 1.0), when(flag), hint, suggest, handle = false, channels = [3], fused = 0)]
    value: Color,
    #[input(default = Color::gray(0.5), navi = "Color { channels: 1 }", conversions = [("number", "Color { channels: 1 }")], adapt = "match Input { string => parseColorJson(Input), _ => never }", definitions = "def kitchen_sink::parts(c: Color): number { c.channels }")]
    typed: Color,
    #[input(control = false)] plugged: Color,
) -> Color {
    value
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:file", group = OF_OTHERS)]
fn file(
    flag: bool,
    /// In a few words.
    ///
    /// And in some more.
    #[input(
        label = "Recipe",
        id = 10,
        when(flag),
        hint,
        suggest,
        handle,
        filetypes = [".txt", ".md"],
        file_kind = "recipe",
        primary,
        fused = 0,
    )]
    value: FilePath,
    #[input(navi = "File { kind: \"recipe\" }", conversions = [("Directory", "File")], adapt = "match Input { string as path => File { path }, _ => never }", definitions = "def kitchen_sink::path(f: File): string { f.path }")]
    typed: FilePath,
    #[input(control = false)] plugged: FilePath,
    #[input(optional_list)] first: Option<FilePath>,
    #[input(optional_list)] second: Option<FilePath>,
) -> Result<String, NodeError> {
    Ok(String::new())
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:directory", group = OF_OTHERS)]
fn directory(
    flag: bool,
    /// In a few words.
    #[input(
        label = "Cupboard",
        id = 10,
        when(flag),
        hint,
        suggest,
        handle = false,
        must_exist = false,
        label_style = hidden,
        fused = 0,
    )]
    value: DirPath,
    #[input(navi = "Directory { path: \"a\" }", conversions = [("File", "Directory")], adapt = "match Input { string as path => Directory { path }, _ => never }", definitions = "def kitchen_sink::inside(d: Directory): string { d.path }")]
    typed: DirPath,
    #[input(control = false)] plugged: DirPath,
    #[input(optional_list)] first: Option<DirPath>,
    #[input(optional_list)] second: Option<DirPath>,
) -> DirPath {
    value
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:seed", group = OF_OTHERS)]
fn seed(
    flag: bool,
    /// In a few words.
    #[input(label = "Start", id = 10, default = Seed(7), when(flag), hint, suggest, handle = false, fused = 0)]
    value: Seed,
    #[input(navi = "Seed | int(0..)", conversions = [("int", "Seed")], adapt = "match Input { int => Seed, _ => never }", definitions = "def kitchen_sink::seed(n: int): Seed { Seed }")]
    typed: Seed,
) -> Seed {
    value
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:clipboard", group = OF_OTHERS)]
fn clipboard(
    flag: bool,
    /// In a few words.
    #[input(label = "Copied", id = 10, when(flag), hint, suggest, handle = false, fused = 0)]
    value: Clipboard<'_>,
    #[input(navi = ["Image", "string"], conversions = [("number", "toString(Input)")], adapt = "Input", definitions = "def kitchen_sink::copied(s: string): string { s }")]
    typed: Clipboard<'_>,
) -> String {
    String::new()
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:any", group = OF_OTHERS)]
fn anything(
    flag: bool,
    /// In a few words.
    #[input(label = "Thing", id = 10, when(flag), hint, suggest, fused = 0)]
    value: Any,
    #[input(navi = "AudioStream", conversions = [("number", "AudioStream")], adapt = "AudioStream", definitions = "def kitchen_sink::thing(n: any): any { n }")]
    typed: Any,
    #[input(required_when(flag))] needed: Option<Any>,
    #[input(optional_list)] first: Option<Any>,
    #[input(optional_list)] second: Option<Any>,
) -> Any {
    typed
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:handle", group = OF_OTHERS)]
fn handle(
    flag: bool,
    /// In a few words.
    #[input(
        label = "Washed",
        id = 10,
        when(flag),
        hint,
        suggest,
        fused = 0,
        conversions = [("int(1..)", "kitchen_sink::Plate { diameter: Input }")],
        adapt = "kitchen_sink::Plate",
    )]
    value: Handle<Plate>,
    #[input(required_when(flag))] needed: Option<Handle<Plate>>,
    #[input(optional_list)] first: Option<Handle<Plate>>,
    #[input(optional_list)] second: Option<Handle<Plate>>,
) -> u32 {
    value.diameter
}

/// Takes it in every way.
#[node(id = "kitchen_sink:others:execution_number", group = OF_OTHERS)]
fn execution_number(
    flag: bool,
    /// In a few words.
    #[input(label = "Washed already", id = 10, when(flag), hint, suggest, fused = 0)]
    value: ExecutionNumber,
    #[input(navi = "int(1..9)", conversions = [("string", "1")], adapt = "Input", definitions = "def kitchen_sink::next(n: int): int { n + 1 }")]
    typed: ExecutionNumber,
) -> u32 {
    0
}
