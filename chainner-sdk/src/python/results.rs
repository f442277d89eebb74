//! Returned values as Python's.

use pyo3::{IntoPyObjectExt, prelude::*, types::PyTuple};

use crate::value::OutputValue;

use super::{array, object};

/// `None` for no output, the value for one, a tuple for several.
pub(super) fn to_python(py: Python<'_>, values: Vec<OutputValue>) -> PyResult<Py<PyAny>> {
    let mut values = values.into_iter();
    match (values.next(), values.len()) {
        (None, _) => Ok(py.None()),
        (Some(only), 0) => value(py, only).map(Bound::unbind),
        (Some(first), _) => {
            let items = std::iter::once(first).chain(values).map(|item| value(py, item));
            Ok(PyTuple::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_any().unbind())
        }
    }
}

/// A tuple, however many there are.
pub(super) fn to_tuple(py: Python<'_>, values: Vec<OutputValue>) -> PyResult<Py<PyTuple>> {
    let values = values.into_iter().map(|item| value(py, item)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, values).map(Bound::unbind)
}

fn value(py: Python<'_>, value: OutputValue) -> PyResult<Bound<'_, PyAny>> {
    match value {
        OutputValue::Image(image) => array::from_image(py, image),
        OutputValue::Integer(number) => number.into_bound_py_any(py),
        OutputValue::Unsigned(number) => number.into_bound_py_any(py),
        OutputValue::Float(number) => number.into_bound_py_any(py),
        OutputValue::Text(text) => text.into_bound_py_any(py),
        OutputValue::Bool(yes) => yes.into_bound_py_any(py),
        OutputValue::Color(color) => Ok(PyTuple::new(py, color.components())?.into_any()),
        OutputValue::Directory(path) => py.import("pathlib")?.call_method1("Path", (path,)),
        OutputValue::Seed(seed) => seed.0.into_bound_py_any(py),
        OutputValue::Nothing => Ok(py.None().into_bound(py)),
        OutputValue::Object(object) => object::to_python(py, object),
    }
}
