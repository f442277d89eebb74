//! Calls through the one pipeline of values.

use std::fmt;

use chainner_sdk::{
    prelude::*,
    value::{OutputValue, Value},
};

use crate::{LIGHT, Shape, node};

#[derive(Debug)]
struct Empty;

impl fmt::Display for Empty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing to repeat")
    }
}

impl std::error::Error for Empty {}

#[node(id = "film_lab:calls:repeat", group = LIGHT)]
fn repeat(
    #[input(length = ..=4)] text: &str,
    #[input(range = 1..=3)] times: u8,
    shape: Shape,
    suffix: Option<String>,
) -> Result<(String, u8), Empty> {
    if text.is_empty() {
        return Err(Empty);
    }
    assert!(text != "panic", "asked to");
    let shape = if matches!(shape, Shape::Oval) { "()" } else { "" };
    Ok((format!("{}{shape}{}", text.repeat(times.into()), suffix.unwrap_or_default()), times))
}

#[node(id = "film_lab:calls:nothing", group = LIGHT)]
fn nothing() {}

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

#[test]
fn arguments_arrive_enforced_and_results_in_order() {
    let repeat = node("repeat");
    let results = repeat.call([text("abcdef"), Value::Float(7.6), text("oval"), text("!")]).expect("it works");
    assert_eq!(results, [OutputValue::Text("abcdabcdabcd()!".to_owned()), OutputValue::Integer(3)]);
    let results = repeat.call([text("ab"), Value::Integer(0), text("round")]).expect("the suffix may be missing");
    assert_eq!(results, [OutputValue::Text("ab".to_owned()), OutputValue::Integer(1)]);
    assert_eq!(node("nothing").call([]).expect("it works"), []);
}

#[test]
fn errors_name_node_and_input() {
    let message = |values: [Value<'static>; 3]| node("repeat").call(values).expect_err("it fails").to_string();
    assert_eq!(
        message([text("a"), Value::Integer(1), text("square")]),
        "Repeat, input 'Shape': expected one of 'round', 'oval', got text 'square'"
    );
    assert_eq!(message([text(""), Value::Integer(1), text("oval")]), "Repeat: nothing to repeat");
    let panicked = message([text("pani"), Value::Missing, text("oval")]);
    assert!(panicked.starts_with("Repeat, input 'Times': expected"), "{panicked}");
}

#[test]
fn images_pass_as_views() {
    let image = Image::new(4, 2, 3);
    let results =
        node("vignette").call([Value::Image(image.view()), Value::Float(100.0), text("oval"), Value::Float(0.0)]);
    let [OutputValue::Image(result)] = &results.expect("it works")[..] else { panic!("one image") };
    assert_eq!((result.width(), result.height()), (4, 2));
}
