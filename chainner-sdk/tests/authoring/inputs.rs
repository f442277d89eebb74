//! Every kind of input with every key.

#![allow(unused_variables, reason = "the declarations are what is tested")]

use chainner_sdk::{
    declare::{DefaultValue, InputDecl, InputOptions, Kind, LabelStyle, Precision, Scale},
    prelude::*,
    value::{OutputValue, Value},
};
use serde_json::json;

use crate::{LIGHT, Shape, decl, node, node_schema};

type Amount = f32;
const MIDDLE: Amount = 0.5;
const MOST: f32 = 9.0;

#[node(id = "film_lab:inputs:numbers", group = LIGHT)]
fn numbers(
    plain: f64,
    #[input(default = MIDDLE, range = 0.0..=1.0, precision = 3)] alias: Amount,
    #[input(range = ..=MOST, step = 2.0, unit = "px", trailing_zeros = false)] bounded: f32,
) {
}

#[node(id = "film_lab:inputs:sliders", group = LIGHT)]
fn sliders(
    #[input(
        default = -2,
        range = -4..=4,
        step = 1,
        slider_step = 2,
        unit = "EV",
        slider,
        scale = sqrt,
        ends = ("dark", None),
        gradient = ["#000", "#fff"],
        note = "value * 2",
        label_style = hidden,
    )]
    stops: i32,
    #[input(slider, scale = log_offset, precision = unlimited, ends = (_, "far"), trailing_zeros, range = 1.0..=9.0)]
    distance: f64,
    #[input(slider = false, precision = 0)] plain: f32,
) {
}

#[node(id = "film_lab:inputs:texts", group = LIGHT)]
fn texts(
    #[input(
        default = "äöü",
        length = 1..=3,
        placeholder = "name",
        multiline,
        allow_empty,
        invalid_pattern = "[^a-z]",
        handle = false,
        label_style = inline
    )]
    first: &str,
    #[input(length = ..=80)] second: String,
    #[input(length = 2..)] third: Option<String>,
) {
}

#[node(id = "film_lab:inputs:others", group = LIGHT)]
fn others(
    #[input(default = true, icon = "MdFlip")] flip: bool,
    #[input(handle)] plugged: bool,
    #[input(default = Shape::Oval, style = tabs, label_style = default)] shape: Shape,
    #[input(channels = 3)] image: ImageView<'_>,
    #[input(channels = [1, 3])] mask: Option<ImageView>,
    fill: ImageOrColor<'_>,
    #[input(default = Color::rgb(1.0, 0.5, 0.0), channels = [3, 4])] tint: Color,
    #[input(filetypes = [".cube", ".3dl"], file_kind = "lut", primary)] lut: FilePath,
    #[input(must_exist = false, handle = false)] folder: DirPath,
    #[input(default = Seed(7), suggest)] seed: Seed,
) {
}

/// Names, labels and help.
#[node(id = "film_lab:inputs:names", group = LIGHT, name = "Names & Labels", deprecated, side_effects,
       see_also = ["film_lab:light:vignette"])]
fn names(
    radius_x: f32,
    r#type: f32,
    /// One line.
    ///
    /// Another paragraph,
    ///  indented.
    #[input(label = "Höhe", hint, id = 9)]
    #[allow(unused_mut)]
    mut height: f32,
    #[doc = concat!("Put ", "together.")] together: f32,
    _unused: f32,
) {
    height += radius_x + r#type + together;
    let _ = height;
}

/// Lifetimes of every sort.
#[node(id = "film_lab:inputs:lifetimes", group = LIGHT)]
fn lifetimes<'a, 'b>(a: &'a str, b: Option<&'b str>, c: Option<ImageView<'a>>, e: ImageOrColor<'b>) -> &'a str {
    let _ = (b, c, e);
    a
}

macro_rules! written_by_a_macro {
    ($name:ident, $id:literal, $ty:ty, $default:expr, $range:expr, $doc:expr, $flag:ident) => {
        #[node(id = $id, group = LIGHT)]
        #[doc = $doc]
        fn $name(
            #[input(default = $default, range = $range, slider)] amount: $ty,
            $flag: bool,
            #[input(when(!$flag))] other: Option<$ty>,
        ) {
        }
    };
}
written_by_a_macro!(made, "film_lab:inputs:made", f32, 1.0 + 1.0, 0.0..=4.0, "Made.", fast);

#[test]
fn a_macro_of_the_authors_can_write_nodes() {
    let node = decl("made");
    assert_eq!((node.function, node.docs, node.inputs.len()), ("made", "Made.", 3));
    let amount = node.inputs[0].options;
    assert_eq!((default(&amount), amount.max), (Some(DefaultValue::Float(2.0)), Some(4.0)));
    assert!(node.inputs[2].optional && node.inputs[2].when.is_some());
}

fn input(node: &str, name: &str) -> &'static InputDecl {
    decl(node).inputs.iter().find(|input| input.name == name).expect("the input is declared")
}

fn default(options: &InputOptions) -> Option<DefaultValue> {
    options.default.map(|default| default())
}

#[test]
fn numbers_keep_what_was_written() {
    let plain = input("numbers", "plain");
    assert_eq!((plain.kind, plain.optional, plain.options.min), (Kind::Float, false, None));
    let alias = input("numbers", "alias").options;
    assert_eq!((default(&alias), alias.min, alias.max), (Some(DefaultValue::Float(0.5)), Some(0.0), Some(1.0)));
    assert_eq!(alias.precision, Some(Precision::Digits(3)));
    let bounded = input("numbers", "bounded").options;
    assert_eq!((bounded.min, bounded.max, bounded.step), (None, Some(9.0), Some(2.0)));
    assert_eq!((bounded.unit, bounded.trailing_zeros), (Some("px"), Some(false)));
}

#[test]
fn sliders_keep_what_was_written() {
    let stops = input("sliders", "stops").options;
    assert_eq!((stops.min, stops.max), (Some(-4.0), Some(4.0)));
    assert_eq!((stops.step, stops.slider_step, stops.slider), (Some(1.0), Some(2.0), true));
    assert_eq!((stops.scale, stops.ends), (Scale::Sqrt, [Some("dark"), None]));
    assert_eq!((stops.gradient, stops.note), (&["#000", "#fff"][..], Some("value * 2")));
    assert_eq!((stops.label_style, default(&stops)), (Some(LabelStyle::Hidden), Some(DefaultValue::Integer(-2))));
    let distance = input("sliders", "distance").options;
    assert_eq!((distance.scale, distance.ends), (Scale::LogOffset, [None, Some("far")]));
    assert_eq!((distance.precision, distance.min, distance.max), (Some(Precision::Unlimited), Some(1.0), Some(9.0)));
    let plain = input("sliders", "plain").options;
    assert_eq!((plain.slider, plain.precision), (false, Some(Precision::Digits(0))));
}

#[test]
fn texts_keep_what_was_written() {
    let first = input("texts", "first").options;
    assert_eq!((first.min_length, first.max_length, first.placeholder), (Some(1), Some(3), Some("name")));
    assert_eq!((first.multiline, first.allow_empty, first.handle), (true, true, Some(false)));
    assert_eq!((first.invalid_pattern, first.label_style), (Some("[^a-z]"), Some(LabelStyle::Inline)));
    assert_eq!(default(&first), Some(DefaultValue::Text("äöü")));
    let second = input("texts", "second").options;
    assert_eq!((second.min_length, second.max_length), (None, Some(80)));
    assert!(input("texts", "third").optional);
}

#[test]
fn the_schema_has_the_keys_of_every_kind() {
    let inputs = node_schema("others")["inputs"].take();
    let part = |index: usize, key: &str| inputs[index][key].clone();
    assert_eq!(part(0, "def"), 1);
    assert_eq!(part(0, "options")[0]["icon"], "MdFlip");
    assert_eq!((part(1, "kind"), part(1, "hasHandle")), (json!("generic"), json!(true)));
    assert_eq!((part(2, "def"), part(2, "preferredStyle")), (json!("oval"), json!("tabs")));
    assert!(part(3, "type").to_string().contains(r#""channels":3"#));
    assert_eq!(part(4, "optional"), true);
    assert!(part(4, "type").to_string().contains(r#""channels":[1,3]"#));
    assert!(part(5, "type").to_string().contains("Color"));
    assert_eq!(part(6, "channels"), json!([3, 4]));
    assert_eq!((part(7, "filetypes"), part(7, "fileKind")), (json!([".cube", ".3dl"]), json!("lut")));
    assert_eq!(part(7, "primaryInput"), true);
    assert_eq!((part(8, "kind"), part(8, "hasHandle")), (json!("directory"), json!(false)));
    assert_eq!((part(9, "def"), part(9, "suggest")), (json!(7), json!(true)));
}

#[test]
fn names_labels_and_help_come_from_the_code() {
    let node = decl("names");
    assert_eq!((node.name, node.function, node.docs), ("Names & Labels", "names", "Names, labels and help."));
    assert_eq!((node.deprecated, node.side_effects, node.see_also), (true, true, &["film_lab:light:vignette"][..]));
    let seen: Vec<_> = node.inputs.iter().map(|input| (input.name, input.label, input.id)).collect();
    assert_eq!(
        seen,
        [
            ("radius_x", "Radius X", 0),
            ("type", "Type", 1),
            ("height", "Höhe", 9),
            ("together", "Together", 3),
            ("_unused", "Unused", 4)
        ]
    );
    assert_eq!(node.inputs[2].docs, "One line.\n\nAnother paragraph,\n indented.");
    assert_eq!(node.inputs[3].docs, "Put together.");
    assert!(node.inputs[2].options.hint);
}

#[test]
fn places_are_those_of_the_names() {
    let source = include_str!("inputs.rs");
    let node = decl("names");
    assert!(node.place.file.ends_with("inputs.rs"));
    for (name, place) in [("names(", node.place), ("height: f32", node.inputs[2].place)] {
        let line = source.lines().nth(place.line as usize - 1).expect("the line exists");
        assert!(line[place.column as usize - 1..].starts_with(name), "{line}");
    }
}

#[test]
fn lifetimes_are_left_to_the_call() {
    let optional: Vec<bool> = decl("lifetimes").inputs.iter().map(|input| input.optional).collect();
    assert_eq!(optional, [false, true, true, false]);
}

/// One of every kind that may stay empty.
#[node(id = "film_lab:inputs:empty", group = LIGHT)]
fn empty(
    whole: Option<u8>,
    fraction: Option<f32>,
    text: Option<&str>,
    owned: Option<String>,
    image: Option<ImageView<'_>>,
    picture: Option<ImageOrColor<'_>>,
    file: Option<FilePath>,
    directory: Option<DirPath>,
    path: Option<RelativePath>,
    any: Option<Any>,
) -> u32 {
    let numbers = u32::from(whole.is_none()) + u32::from(fraction.is_none());
    let texts = u32::from(text.is_none()) + u32::from(owned.is_none()) + u32::from(path.is_none());
    let images = u32::from(image.is_none()) + u32::from(picture.is_none());
    numbers + texts + images + u32::from(file.is_none()) + u32::from(directory.is_none()) + u32::from(any.is_none())
}

#[test]
fn what_may_stay_empty_arrives_as_none() {
    assert_eq!(node("empty").call([]).expect("nothing is needed"), [OutputValue::Integer(10)]);
    let nothing = std::iter::repeat_n(Value::Missing, 9).chain([Value::Integer(1)]);
    assert_eq!(node("empty").call(nothing).expect("nothing is needed"), [OutputValue::Integer(9)]);
    let some = [Value::Integer(1), Value::Float(0.5), Value::Text("a".into()), Value::Text("b".into())];
    assert_eq!(node("empty").call(some).expect("some are given"), [OutputValue::Integer(6)]);
}
