//! Values that pass through: anything, numbers, paths, the clipboard; and searches that find a node.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

type Anything<'a> = Any<'a>;
type Maybe<'a> = Option<Any<'a>>;

#[node(id = "film_lab:host:pass_through", group = LIGHT, icon = "MdDoubleArrow")]
#[output(label = "Value 1", navi = "$value_1")]
#[output(label = "Value 2", navi = "$value_2")]
#[output(label = "Value 3", navi = "$value_3")]
#[output(label = "Value 4", navi = "$value_4")]
#[output(label = "Value 5", navi = "$value_5")]
#[output(label = "Value 6", navi = "$value_6")]
#[output(label = "Value 7", navi = "$value_7")]
#[output(label = "Value 8", navi = "$value_8")]
#[output(label = "Value 9", navi = "$value_9")]
#[output(label = "Value 10", navi = "$value_10")]
fn pass_through<'a>(
    #[input(fused = 0)] value_1: Anything<'a>,
    #[input(fused = 1, optional_list)] value_2: Maybe<'a>,
    #[input(fused = 2, optional_list)] value_3: Maybe<'a>,
    #[input(fused = 3, optional_list)] value_4: Maybe<'a>,
    #[input(fused = 4, optional_list)] value_5: Maybe<'a>,
    #[input(fused = 5, optional_list)] value_6: Maybe<'a>,
    #[input(fused = 6, optional_list)] value_7: Maybe<'a>,
    #[input(fused = 7, optional_list)] value_8: Maybe<'a>,
    #[input(fused = 8, optional_list)] value_9: Maybe<'a>,
    #[input(fused = 9, optional_list)] value_10: Maybe<'a>,
) -> (Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>, Any<'a>) {
    let or = |value: Maybe<'a>| value.unwrap_or_else(|| value_1.clone());
    (
        value_1.clone(),
        or(value_2),
        or(value_3),
        or(value_4),
        or(value_5),
        or(value_6),
        or(value_7),
        or(value_8),
        or(value_9),
        or(value_10),
    )
}

#[node(id = "film_lab:host:conditional", group = LIGHT, icon = "BsShuffle", see_also = ["chainner:utility:switch"])]
#[output(label = "Value", navi = "if $condition { $if_true } else { $if_false }", passthrough = if_true)]
fn conditional<'a>(#[input(handle)] condition: bool, if_true: Any<'a>, if_false: Any<'a>) -> Any<'a> {
    if condition { if_true } else { if_false }
}

#[node(id = "film_lab:host:copy_to_clipboard", group = LIGHT, icon = "BsClipboard", side_effects)]
fn copy_to_clipboard(#[input(label = "Clipboard input")] content: Clipboard<'_>) {}

#[node(id = "film_lab:host:number", group = LIGHT, icon = "MdCalculate", key_info = number)]
#[output(label = "Number", navi = number, suggest)]
fn number(#[input(fused = 0, precision = unlimited, step = 1.0, label_style = hidden)] number: f64) -> f64 {
    number
}

#[node(id = "film_lab:host:directory", group = LIGHT, icon = "BsFolder")]
#[output(navi = "$directory", suggest)]
fn directory(#[input(fused = 0, label_style = hidden, must_exist = false)] directory: DirPath) -> DirPath {
    directory
}

#[node(id = "film_lab:host:into_directory", group = LIGHT, icon = "BsFolder", name = "Directory Go Into")]
fn into_directory(
    #[input(label_style = hidden)] directory: DirPath,
    folder: RelativePath,
    #[input(optional_list)] folder_2: Option<RelativePath>,
    #[input(optional_list)] folder_3: Option<RelativePath>,
    #[input(optional_list)] folder_4: Option<RelativePath>,
    #[input(optional_list)] folder_5: Option<RelativePath>,
    #[input(optional_list)] folder_6: Option<RelativePath>,
    #[input(optional_list)] folder_7: Option<RelativePath>,
    #[input(optional_list)] folder_8: Option<RelativePath>,
    #[input(optional_list)] folder_9: Option<RelativePath>,
    #[input(optional_list)] folder_10: Option<RelativePath>,
) -> DirPath {
    directory
}

#[derive(Choice)]
#[choice(type_name = "MathOperation")]
enum MathOperation {
    #[choice(label = "Add: a + b")]
    Add,
    #[choice(label = "Subtract: a - b", id = "sub")]
    Subtract,
    #[choice(label = "Multiply: a × b", id = "mul")]
    Multiply,
    #[choice(label = "Divide: a ÷ b", id = "div")]
    Divide,
    #[choice(label = "Exponent: a ^ b", id = "pow")]
    Power,
    #[choice(label = "Logarithm: log a of b")]
    Log,
    #[choice(label = "Maximum: max(a, b)", id = "max")]
    Maximum,
    #[choice(label = "Minimum: min(a, b)", id = "min")]
    Minimum,
    #[choice(label = "Modulo: a mod b", id = "mod")]
    Modulo,
    #[choice(label = "Percent: a × b ÷ 100")]
    Percent,
}

#[node(
    id = "film_lab:host:math",
    group = LIGHT,
    icon = "MdCalculate",
    see_also = ["chainner:utility:math_round", "chainner:utility:number"],
    suggestions = [
        ("+", name = "Math: Add", parse = b, set(math_operation = MathOperation::Add)),
        ("-", name = "Math: Subtract", parse = b, set(math_operation = MathOperation::Subtract)),
        ("*", name = "Math: Multiply", parse = b, set(math_operation = MathOperation::Multiply, b = 1.0)),
        ("/", name = "Math: Divide", parse = b, set(math_operation = MathOperation::Divide, b = 1.0)),
        ("**", name = "Math: Power", parse = b, set(math_operation = MathOperation::Power, b = 1.0)),
        ("^", name = "Math: Power", parse = b, set(math_operation = MathOperation::Power, b = 1.0)),
    ],
)]
#[output(label = "Result", passthrough = a)]
fn math(
    #[input(id = 1, label_style = hidden)] math_operation: MathOperation,
    #[input(id = 0, precision = unlimited, step = 1.0)] a: f64,
    #[input(precision = unlimited, step = 1.0)] b: f64,
) -> f64 {
    a + b
}

#[test]
fn plumbing_is_declared_as_the_app_has_it() {
    assert_mirrors("pass_through", "chainner:utility:pass_through", &[]);
    assert_mirrors("conditional", "chainner:utility:conditional", &[]);
    assert_mirrors("copy_to_clipboard", "chainner:utility:copy_to_clipboard", &["name"]);
    assert_mirrors("number", "chainner:utility:number", &["icon"]);
    assert_mirrors("directory", "chainner:utility:directory", &["icon"]);
    assert_mirrors("into_directory", "chainner:utility:into_directory", &["outputs/0/type"]);
    let of_the_app = ["outputs/0/type", "outputs/0/neverReason"];
    assert_mirrors("math", "chainner:utility:math", &of_the_app);
}
