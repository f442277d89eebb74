//! The benchmark nodes, written by hand with pyo3 and rust-numpy, as one who knows both would: the lock released, the output
//! made by numpy, one pass that copies and clamps.

use numpy::{PyArray3, PyArrayMethods, PyReadonlyArray3, PyUntypedArrayMethods};
use pyo3::{exceptions::PyValueError, prelude::*};

/// Adds two numbers.
#[pyfunction]
#[pyo3(signature = (a, b = 1.0))]
fn add(py: Python<'_>, a: f64, b: f64) -> f64 {
    let (a, b) = (a.clamp(-1000.0, 1000.0), b.clamp(-1000.0, 1000.0));
    py.detach(|| a + b)
}

/// Gives the image back, clamped to 0..1.
#[pyfunction]
fn same<'py>(py: Python<'py>, image: PyReadonlyArray3<'py, f32>) -> PyResult<Bound<'py, PyArray3<f32>>> {
    let source = image.as_slice().map_err(|_| PyValueError::new_err("the array is not contiguous"))?;
    let shape = [image.shape()[0], image.shape()[1], image.shape()[2]];
    // SAFETY: every element is written below, before anybody else sees the array.
    let output = unsafe { PyArray3::<f32>::new(py, shape, false) };
    // SAFETY: nobody else knows the array yet.
    let target = unsafe { output.as_slice_mut() }.map_err(|_| PyValueError::new_err("a fresh array is contiguous"))?;
    py.detach(|| {
        for (to, from) in target.iter_mut().zip(source) {
            *to = from.max(0.0).min(1.0);
        }
    });
    Ok(output)
}

/// The module.
#[pymodule]
fn peer(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(add, module)?)?;
    module.add_function(wrap_pyfunction!(same, module)?)
}
