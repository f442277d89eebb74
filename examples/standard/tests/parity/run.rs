//! Makes a recorded call again, through the SDK's ordinary pipeline.

use std::{path::PathBuf, rc::Rc};

use chainner_sdk::{
    NodeError,
    image::ImageView,
    node::Node,
    sequence::{Run, Step},
    value::{Color, OutputValue, Value},
};
use serde_json::Value as Json;

use crate::{
    arrays::Array,
    corpus::{Case, Corpus},
};

/// What a node gave.
#[derive(Default)]
pub(crate) struct Results {
    /// One for each output, in order.
    pub(crate) values: Vec<OutputValue>,
    /// The iterated outputs of each item.
    pub(crate) items: Vec<Vec<OutputValue>>,
}

/// A recorded value, with what it borrows.
enum Given {
    Value(Value<'static>),
    Image(Rc<Array>),
    Sequence(Vec<Given>),
}

impl Given {
    fn of(corpus: &Corpus, json: &Json) -> Result<Self, String> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        Ok(match json {
            Json::Null => Self::Value(Value::Missing),
            Json::Bool(yes) => Self::Value(Value::Bool(*yes)),
            Json::Number(number) => Self::Value(match number.as_i64() {
                Some(whole) => Value::Integer(whole),
                None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
            }),
            Json::String(name) => match name.strip_prefix('@') {
                Some(name) => Self::Image(corpus.input(name)?),
                None => Self::Value(Value::Text(name.clone().into())),
            },
            _ if json.get("$color").is_some() => {
                let color = Color::from_json(&json["$color"].to_string()).map_err(|error| error.to_string())?;
                Self::Value(Value::Color(color))
            }
            _ if let Some(path) = text("$path").or(text("$dir")) => {
                Self::Value(Value::Path(corpus.golden().join(PathBuf::from(path))))
            }
            _ if let Some(items) = json.get("$seq").and_then(Json::as_array) => {
                Self::Sequence(items.iter().map(|item| Self::of(corpus, item)).collect::<Result<_, _>>()?)
            }
            other => return Err(format!("the recording has an input that cannot be read: {other}")),
        })
    }

    fn value(&self) -> Result<Value<'_>, String> {
        Ok(match self {
            Self::Value(value) => value.clone(),
            Self::Image(array) => {
                let [width, height, channels] = array.size()?;
                Value::Image(ImageView::new(&array.samples, width, height, channels).ok_or("not an image")?)
            }
            Self::Sequence(_) => Value::Missing,
        })
    }
}

/// Calls the node; the outer error is that of the recording.
pub(crate) fn case(corpus: &Corpus, node: &Node, case: &Case) -> Result<Result<Results, NodeError>, String> {
    let missing = Json::Null;
    let mut given = Vec::new();
    for input in node.inputs() {
        given.push(Given::of(corpus, case.inputs.get(&input.decl.id).unwrap_or(&missing))?);
    }
    let values = given.iter().map(Given::value).collect::<Result<Vec<_>, _>>()?;
    let mut sequences: Vec<Vec<Given>> = Vec::new();
    if let Some(items) = &case.sequence {
        sequences.push(items.iter().map(|item| Given::of(corpus, item)).collect::<Result<_, _>>()?);
    } else {
        sequences.extend(
            given
                .iter()
                .filter_map(|given| match given {
                    Given::Sequence(items) => Some(items.iter().map(|item| match item {
                        Given::Value(value) => Given::Value(value.clone()),
                        Given::Image(array) => Given::Image(Rc::clone(array)),
                        Given::Sequence(_) => Given::Value(Value::Missing),
                    })),
                    _ => None,
                })
                .map(Iterator::collect),
        );
    }
    let lengths: Vec<usize> = sequences.iter().map(Vec::len).collect();
    let item = |index: usize| -> Result<Vec<Value<'_>>, String> {
        sequences.iter().map(|sequence| sequence[index].value()).collect()
    };
    let length = lengths.iter().copied().min().unwrap_or(0);
    stepped(node, values, length, &item)
}

fn stepped<'a>(
    node: &Node,
    values: Vec<Value<'a>>,
    length: usize,
    item: &dyn Fn(usize) -> Result<Vec<Value<'a>>, String>,
) -> Result<Result<Results, NodeError>, String> {
    let items = (0..length).map(item).collect::<Result<Vec<_>, _>>()?;
    Ok((|| {
        let mut items = items.into_iter();
        match node.start(values)? {
            Run::Values(values) => Ok(Results { values, items: Vec::new() }),
            Run::Generator(mut run) => {
                let values = run.take_statics();
                Ok(Results { values, items: run.collect::<Result<_, _>>()? })
            }
            Run::Collector(mut run) => {
                items.try_for_each(|values| run.push(values))?;
                Ok(Results { values: run.finish()?, items: Vec::new() })
            }
            Run::Transformer(mut run) => {
                let mut made = Vec::new();
                loop {
                    match run.step(None)? {
                        Some(Step::Wants) => match items.next() {
                            Some(values) => run.push(values)?,
                            None => run.end(),
                        },
                        Some(Step::Item(item)) => made.push(item?),
                        Some(Step::Over) | None => break,
                    }
                }
                Ok(Results { values: run.take_statics(), items: made })
            }
        }
    })())
}

/// A result as a number.
pub(crate) fn number(value: &OutputValue) -> Option<f64> {
    match value {
        OutputValue::Integer(number) => Some(*number as f64),
        OutputValue::Unsigned(number) => Some(*number as f64),
        OutputValue::Float(number) => Some(*number),
        OutputValue::Bool(yes) => Some(f64::from(u8::from(*yes))),
        _ => None,
    }
}

/// A recorded number; what JSON cannot hold is a text.
pub(crate) fn recorded_number(json: &Json) -> Option<f64> {
    match json {
        Json::Bool(yes) => Some(f64::from(u8::from(*yes))),
        Json::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}
