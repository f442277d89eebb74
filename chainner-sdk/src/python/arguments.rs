//! Python's values as [`Value`]s: what is known without asking Python again, so that the lock can be released.

use std::path::PathBuf;

use pyo3::{
    Borrowed,
    prelude::*,
    types::{PyBool, PyFloat, PyInt, PyList, PyString, PyTuple},
};

use crate::{
    enforce::InputSpec,
    error::NodeError,
    node::Input,
    value::{Color, LazySource, LazyValue, Seed, Value},
};

use super::{
    array::{self, Array},
    object,
};

/// The arguments of one call. They borrow from Python's objects, which the caller keeps alive.
pub(super) struct Arguments<'py> {
    values: Vec<Argument<'py>>,
}

enum Argument<'py> {
    /// Needs nothing of Python.
    Value(Value<'static>),
    /// The samples of an array.
    Array(Array<'py>),
}

impl<'py> Arguments<'py> {
    /// The items of `tuple` from `start` on, each for the input of `inputs` in its place. What stands for a whole sequence is not
    /// looked at.
    pub(super) fn new(tuple: &'py Bound<'py, PyTuple>, start: usize, inputs: &[Input]) -> PyResult<Self> {
        let values = given(tuple, start, inputs.iter()).map(|(object, input)| match input {
            Some(input) if input.decl.item.is_some() => Ok(Argument::Value(Value::Missing)),
            input => for_input(object, input),
        });
        Ok(Self { values: values.collect::<PyResult<_>>()? })
    }

    /// The values of one item, each for the iterated one of `inputs` in its place.
    pub(super) fn of_item(tuple: &'py Bound<'py, PyTuple>, inputs: &[Input]) -> PyResult<Self> {
        let iterated = inputs.iter().filter(|input| input.decl.item.is_some());
        let values = given(tuple, 0, iterated).map(|(object, input)| for_input(object, input));
        Ok(Self { values: values.collect::<PyResult<_>>()? })
    }

    /// The values, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = Value<'_>> {
        self.values.iter().map(Argument::value)
    }
}

/// The items of `tuple` from `start` on, with the inputs they are for.
fn given<'py, 'a>(
    tuple: &'py Bound<'py, PyTuple>,
    start: usize,
    inputs: impl Iterator<Item = &'a Input>,
) -> impl Iterator<Item = (Borrowed<'py, 'py, PyAny>, Option<&'a Input>)> {
    tuple.iter_borrowed().skip(start).zip(inputs.map(Some).chain(std::iter::repeat(None)))
}

fn for_input<'py>(object: Borrowed<'py, 'py, PyAny>, input: Option<&Input>) -> PyResult<Argument<'py>> {
    // A host's own, or the value itself.
    if let Some(input) = input.filter(|input| input.decl.lazy)
        && object.hasattr("has_value")?
    {
        let source = Deferred { object: object.to_owned().unbind(), spec: input.spec.clone() };
        return Ok(Argument::Value(Value::Lazy(LazyValue::new(source))));
    }
    of_spec(object, input.map(|input| &input.spec))
}

fn of_spec<'py>(object: Borrowed<'py, 'py, PyAny>, spec: Option<&InputSpec>) -> PyResult<Argument<'py>> {
    match spec {
        // Looked at by nobody, `None` included; only an optional input tells that nothing came.
        Some(InputSpec::Any(_)) => Ok(Argument::Value(object::opaque(object))),
        Some(InputSpec::Clipboard(_)) if !array::is_array(&object)? => {
            Ok(Argument::Value(Value::Text(object.str()?.to_string_lossy().into_owned().into())))
        }
        _ => argument(object),
    }
}

/// What a host works out when the node asks.
struct Deferred {
    object: Py<PyAny>,
    spec: InputSpec,
}

impl LazySource for Deferred {
    fn with(&self, take: &mut (dyn FnMut(Value<'_>) + Send)) -> Result<(), NodeError> {
        Python::attach(|py| {
            let shown = self.object.bind(py).getattr("value").and_then(|value| {
                let argument = of_spec(value.as_borrowed(), Some(&self.spec))?;
                py.detach(|| take(argument.value()));
                Ok(())
            });
            shown.map_err(|error| NodeError::new(error.value(py).to_string()))
        })
    }
}

impl Argument<'_> {
    /// The value. An array that lies otherwise than images do is copied here, on the calling thread but without the lock.
    fn value(&self) -> Value<'_> {
        match self {
            Self::Value(value) => value.clone(),
            Self::Array(array) => Value::Image(array.view()),
        }
    }
}

fn argument<'py>(object: Borrowed<'py, 'py, PyAny>) -> PyResult<Argument<'py>> {
    if let Some(value) = plain(object) {
        return Ok(Argument::Value(value));
    }
    if let Some(object) = object::own(&object) {
        return Ok(Argument::Value(Value::Object(object)));
    }
    if array::is_array(&object)? {
        return Ok(Array::new(object).map_or_else(|refused| Argument::Value(Value::Foreign(refused)), Argument::Array));
    }
    composed(object).map(Argument::Value)
}

/// Values of Python's own scalar types.
fn plain(object: Borrowed<'_, '_, PyAny>) -> Option<Value<'static>> {
    Some(if object.is_none() {
        Value::Missing
    } else if let Ok(number) = object.cast::<PyFloat>() {
        Value::Float(number.value())
    } else if let Ok(yes) = object.cast::<PyBool>() {
        Value::Bool(yes.is_true())
    } else if let Ok(number) = object.cast::<PyInt>() {
        integer(&number)
    } else if let Ok(text) = object.cast::<PyString>() {
        Value::Text(text.to_string_lossy().into_owned().into())
    } else {
        return None;
    })
}

/// A whole number; one beyond 64 bits as the nearest float, beyond those as infinity.
fn integer(number: &Bound<'_, PyInt>) -> Value<'static> {
    match number.extract::<i64>() {
        Ok(number) => Value::Integer(number),
        Err(_) => Value::Float(
            number.extract::<f64>().unwrap_or_else(|_| if number.lt(0).unwrap_or(false) { f64::MIN } else { f64::MAX }),
        ),
    }
}

/// Values made of others: paths, sequences that are colours, the host's classes, numbers of other libraries.
fn composed(object: Borrowed<'_, '_, PyAny>) -> PyResult<Value<'static>> {
    let foreign = || -> PyResult<Value<'static>> {
        Ok(Value::Foreign(format!("an object of type {}", object.get_type().fully_qualified_name()?)))
    };
    if object.is_instance_of::<PyTuple>() || object.is_instance_of::<PyList>() {
        return match object.extract::<Vec<f32>>() {
            Ok(numbers) => Ok(Value::Numbers(numbers)),
            Err(_) => foreign(),
        };
    }
    if object.hasattr("__fspath__")? {
        return Ok(Value::Path(object.extract::<PathBuf>()?));
    }
    // The host's colours and seeds, known by what they can do: this library is loaded without the host, too.
    if let Ok(json) = object.call_method0("to_json") {
        let text = match json.extract::<String>() {
            Ok(text) => text,
            Err(_) => object.py().import("json")?.call_method1("dumps", (json,))?.extract()?,
        };
        return Color::from_json(&text).map_or_else(|_| foreign(), |color| Ok(Value::Color(color)));
    }
    if let Ok(seed) = object.getattr("value").and_then(|value| value.extract::<i64>()) {
        return Ok(Value::Seed(Seed(seed)));
    }
    if let Ok(whole) = object.call_method0("__index__").and_then(|value| value.extract::<i64>()) {
        return Ok(Value::Integer(whole));
    }
    if let Ok(number) = object.call_method0("__float__").and_then(|value| value.extract::<f64>()) {
        return Ok(Value::Float(number));
    }
    foreign()
}
