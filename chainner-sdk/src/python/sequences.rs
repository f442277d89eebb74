//! Started nodes as Python's objects, which step them.
//!
//! Python's lock is released while a thread of the node's is waited for, and signals are looked at now and then.

use std::{
    ffi::CStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use pyo3::{
    IntoPyObjectExt,
    exceptions::{PyRuntimeError, PyStopIteration, PyTypeError},
    prelude::*,
    sync::PyOnceLock,
    types::{PyCFunction, PyDict, PyTuple},
};

use crate::{
    error::NodeError,
    node::Node,
    sequence::{CollectorRun, GeneratorRun, ItemType, Step, TransformerRun},
};

use super::{arguments::Arguments, context::Attendant, module::exception, results};

/// The classes, in Python: pyo3 makes them with macros that no other part of this library needs.
const CLASSES: &CStr = match CStr::from_bytes_with_nul(concat!(include_str!("sequences.py"), "\0").as_bytes()) {
    Ok(classes) => classes,
    Err(_) => panic!("there is no NUL in the source"),
};
/// How long signals may wait.
const SLICE: Duration = Duration::from_millis(50);

/// A started node, until it is closed.
struct Shared<T>(Arc<(Mutex<Option<T>>, Attendant)>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Send + 'static> Shared<T> {
    fn new(attendant: Attendant, run: T) -> Self {
        Self(Arc::new((Mutex::new(Some(run)), attendant)))
    }

    /// Only to be called without Python's lock: the holder may be waiting.
    fn lock(&self) -> MutexGuard<'_, Option<T>> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Repeats `step`, without Python's lock, until it is done; `None` if the run is closed.
    fn wait<R: Send>(&self, py: Python<'_>, step: impl Fn(&mut T) -> Option<R> + Sync) -> PyResult<Option<R>> {
        loop {
            self.0.1.look(py, false)?;
            let done = py.detach(|| match &mut *self.lock() {
                Some(run) => step(run).map(Some),
                None => Some(None),
            });
            if let Some(done) = done {
                return Ok(done);
            }
            py.check_signals()?;
        }
    }

    fn close(&self, py: Python<'_>) {
        py.detach(|| {
            let run = self.lock().take();
            drop(run);
        });
    }

    /// `close()` of the Python object.
    fn closing(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let run = self.clone();
        function(py, c"close", c"close()\n--\n\nEnds the work.", move |arguments| {
            run.close(arguments.py());
            Ok(arguments.py().None())
        })
    }
}

/// An iterator over the items of a generator.
pub(super) fn generator(py: Python<'_>, attendant: Attendant, mut run: GeneratorRun) -> PyResult<Py<PyAny>> {
    let statics = results::to_tuple(py, run.take_statics())?;
    let facts = (run.expected_length(), run.fail_fast(), statics, expressions(run.item_types())).into_py_any(py)?;
    let run = Shared::new(attendant, run);
    let steps = run.clone();
    let step = function(py, c"step", c"step()\n--\n\nThe next item.", move |arguments| {
        let py = arguments.py();
        let item = steps.wait(py, |run| run.wait(SLICE).then(|| run.next()))?;
        item_to_python(py, item.flatten())
    })?;
    let about =
        function(py, c"about", c"about()\n--\n\nWhat is known.", move |arguments| Ok(facts.clone_ref(arguments.py())))?;
    class(py, "Generator")?.call1((step, about, run.closing(py)?)).map(Bound::unbind)
}

/// An iterator over the items of a transformer, made of those of `values` that stand for iterated inputs.
pub(super) fn transformer(
    values: &Bound<'_, PyTuple>,
    node: &'static Node,
    attendant: Attendant,
    run: TransformerRun,
) -> PyResult<Py<PyAny>> {
    let py = values.py();
    let source = Arc::new(items(values, node)?);
    let run = Shared::new(attendant, run);
    let (steps, opens) = (run.clone(), run.clone());
    let sources = Arc::clone(&source);
    let step = function(py, c"step", c"step()\n--\n\nThe next item.", move |arguments| {
        let py = arguments.py();
        loop {
            let step = steps.wait(py, |run| run.step(Some(SLICE)).transpose())?;
            match step.transpose().map_err(exception)? {
                Some(Step::Wants) => feed(py, node, &steps, &sources)?,
                Some(Step::Item(item)) => return item_to_python(py, Some(item)),
                Some(Step::Over) | None => return item_to_python(py, None),
            }
        }
    })?;
    let about = function(py, c"about", c"about()\n--\n\nWhat is known.", move |arguments| {
        let py = arguments.py();
        loop {
            let step = opens.wait(py, |run| run.open(Some(SLICE)).transpose())?;
            match step.transpose().map_err(exception)? {
                Some(Step::Wants) => feed(py, node, &opens, &source)?,
                Some(_) => break,
                None => return Err(closed()),
            }
        }
        let facts = py.detach(|| {
            let mut run = opens.lock();
            run.as_mut().map(|run| {
                let types = expressions(run.item_types());
                (run.expected_length(), run.fail_fast(), run.take_statics(), types)
            })
        });
        let (length, fail_fast, statics, types) = facts.ok_or_else(closed)?;
        (length, fail_fast.unwrap_or(true), results::to_tuple(py, statics)?, types).into_py_any(py)
    })?;
    class(py, "Generator")?.call1((step, about, run.closing(py)?)).map(Bound::unbind)
}

fn expressions(types: &[ItemType]) -> Vec<Option<String>> {
    types.iter().map(ItemType::expression).collect()
}

/// An object that takes items and gives the outputs.
pub(super) fn collector(
    py: Python<'_>,
    node: &'static Node,
    attendant: Attendant,
    run: CollectorRun,
) -> PyResult<Py<PyAny>> {
    let run = Shared::new(attendant, run);
    let pushes = run.clone();
    let push = function(py, c"push", c"push(*values)\n--\n\nGives the values of one item.", move |arguments| {
        let py = arguments.py();
        let values = Arguments::of_item(arguments, node.inputs())?;
        let pushed = pushes.wait(py, |run| match run.wait(SLICE) {
            Ok(true) => Some(run.push(values.values())),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        })?;
        pushed.ok_or_else(closed)?.map_err(exception)?;
        Ok(py.None())
    })?;
    let finishes = run.clone();
    let finish =
        function(py, c"finish", c"finish()\n--\n\nEnds the sequence and returns the outputs.", move |arguments| {
            let py = arguments.py();
            let ended = finishes.wait(py, |run| match run.end().and_then(|()| run.wait(SLICE)) {
                Ok(is_ready) => is_ready.then_some(Ok(())),
                Err(error) => Some(Err(error)),
            })?;
            ended.ok_or_else(closed)?.map_err(exception)?;
            let finished = py.detach(|| {
                let run = finishes.lock().take();
                run.map(CollectorRun::finish)
            });
            results::to_python(py, finished.ok_or_else(closed)?.map_err(exception)?)
        })?;
    let asks = run.clone();
    let is_over = function(py, c"is_over", c"is_over()\n--\n\nWhether items are ignored.", move |arguments| {
        let py = arguments.py();
        py.detach(|| asks.lock().as_ref().is_none_or(CollectorRun::is_over)).into_py_any(py)
    })?;
    class(py, "Collector")?.call1((push, finish, is_over, run.closing(py)?)).map(Bound::unbind)
}

/// What a collector makes of those of `values` that stand for its iterated inputs.
pub(super) fn collect(
    values: &Bound<'_, PyTuple>,
    node: &'static Node,
    attendant: Attendant,
    run: CollectorRun,
) -> PyResult<Py<PyAny>> {
    let py = values.py();
    let items = items(values, node)?;
    class(py, "collect")?.call1((collector(py, node, attendant, run)?, items)).map(Bound::unbind)
}

/// The items of the iterated inputs, stepped together: an iterator over tuples.
fn items(values: &Bound<'_, PyTuple>, node: &Node) -> PyResult<Py<PyAny>> {
    let py = values.py();
    let mut iterables = Vec::new();
    for (index, input) in node.inputs().iter().enumerate().filter(|(_, input)| input.decl.item.is_some()) {
        let missing = |came: &str| {
            let (node, input) = (node.decl().name, input.decl.label);
            PyTypeError::new_err(format!("{node}, input '{input}': expected an iterable, got {came}"))
        };
        let value = values.get_item(index).map_err(|_| missing("nothing"))?;
        iterables.push(match value.try_iter() {
            Ok(items) => items,
            Err(_) => return Err(missing(&value.get_type().fully_qualified_name()?.to_string_lossy())),
        });
    }
    let strict = PyDict::new(py);
    strict.set_item("strict", true)?;
    let zip = py.import("builtins")?.getattr("zip")?;
    zip.call(PyTuple::new(py, iterables)?, Some(&strict)).map(Bound::unbind)
}

/// Gives a transformer its next item, or the end.
fn feed(py: Python<'_>, node: &Node, run: &Shared<TransformerRun>, source: &Py<PyAny>) -> PyResult<()> {
    let fed = match source.bind(py).try_iter()?.next() {
        None => run.wait(py, |run| {
            run.end();
            Some(Ok(()))
        })?,
        Some(item) => {
            let item = item.inspect_err(|_| run.close(py))?.cast_into::<PyTuple>()?;
            let values = Arguments::of_item(&item, node.inputs())?;
            run.wait(py, |run| Some(run.push(values.values())))?
        }
    };
    fed.unwrap_or(Ok(())).map_err(|error| {
        // The sequence would have a gap.
        run.close(py);
        exception(error)
    })
}

fn item_to_python(
    py: Python<'_>,
    item: Option<Result<Vec<crate::value::OutputValue>, NodeError>>,
) -> PyResult<Py<PyAny>> {
    let values = item.ok_or_else(|| PyStopIteration::new_err(()))?.map_err(exception)?;
    results::to_python(py, values)
}

fn closed() -> PyErr {
    PyRuntimeError::new_err("it has been finished or closed")
}

/// A function of positional arguments.
fn function(
    py: Python<'_>,
    name: &'static CStr,
    docs: &'static CStr,
    body: impl Fn(&Bound<'_, PyTuple>) -> PyResult<Py<PyAny>> + Send + Sync + 'static,
) -> PyResult<Py<PyAny>> {
    let body = move |arguments: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| body(arguments);
    PyCFunction::new_closure(py, Some(name), Some(docs), body).map(|function| function.into_any().unbind())
}

/// A class or function of `sequences.py`.
fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static ALL: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let all = ALL.get_or_try_init(py, || {
        let all = PyDict::new(py);
        all.set_item("__name__", "_native")?;
        py.run(CLASSES, Some(&all), None)?;
        Ok::<_, PyErr>(all.unbind())
    })?;
    all.bind(py).as_any().get_item(name)
}
