//! Objects that one side carries for the other without looking inside.

use std::{ffi::CString, sync::Arc, sync::OnceLock};

use pyo3::{
    Borrowed,
    prelude::*,
    types::{PyCapsule, PyCapsuleMethods},
};

use crate::value::{Object, Value};

/// An object of Python's in the hands of a node.
struct Foreign(Py<PyAny>);

/// An object of Python's for a node that passes it along; `None` is nothing.
pub(super) fn opaque(object: Borrowed<'_, '_, PyAny>) -> Value<'static> {
    if object.is_none() {
        return Value::Missing;
    }
    let what = object
        .get_type()
        .fully_qualified_name()
        .map_or_else(|_| "an object".to_owned(), |name| format!("an object of type {name}"));
    Value::Object(Object::new(Arc::new(Foreign(object.to_owned().unbind())), what))
}

/// The name of this library's own capsules. The address makes it one that no other library in the process has: what another one,
/// from another compiler perhaps, put into its capsules is never looked at.
fn name() -> &'static CString {
    static NAME: OnceLock<CString> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("chainner_sdk.handle@{:p}", &raw const NAME);
        CString::new(name).unwrap_or_default()
    })
}

/// What a node of this library returned earlier, if the object is that.
pub(super) fn own(object: &Bound<'_, PyAny>) -> Option<Object> {
    let capsule = object.cast::<PyCapsule>().ok()?;
    let pointer = capsule.pointer_checked(Some(name())).ok()?;
    // SAFETY: a capsule of this name was made by `to_python` below, of this library, and holds an `Object` for as long as it lives.
    Some(unsafe { pointer.cast::<Object>().as_ref() }.clone())
}

/// For Python: the object that it is, or a capsule around what only this library understands.
pub(super) fn to_python(py: Python<'_>, object: Object) -> PyResult<Bound<'_, PyAny>> {
    match object.downcast::<Foreign>() {
        Some(foreign) => Ok(foreign.0.bind(py).clone()),
        None => Ok(PyCapsule::new_with_value(py, object, name())?.into_any()),
    }
}
