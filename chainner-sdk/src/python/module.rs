//! The module `_native`.

use std::{
    cell::UnsafeCell,
    collections::HashMap,
    ffi::{c_int, c_void},
    ptr,
    sync::OnceLock,
};

use pyo3::{
    exceptions::{PyKeyError, PyRuntimeError, PyTypeError, PyValueError},
    ffi,
    prelude::*,
    types::{PyCFunction, PyDict, PyModule, PyString, PyTuple},
};

use crate::{
    declare::PackageDecl,
    error::{ErrorKind, NodeError},
    node::Node,
    panic, registry,
    sequence::Run,
    threads,
};

use super::{arguments::Arguments, context::Attendant, results, sequences};

pyo3::create_exception!(_native, Aborted, PyRuntimeError, "The run was stopped, and the node with it.");

/// The package of this library: a library exports one.
static PACKAGE: OnceLock<&'static PackageDecl> = OnceLock::new();
/// Its nodes, made ready at the first import.
static NODES: OnceLock<HashMap<&'static str, Node>> = OnceLock::new();

/// What Python's import calls, by way of the exported `PyInit__native`.
pub fn init(package: &'static PackageDecl) -> *mut c_void {
    PACKAGE.get_or_init(|| package);
    // SAFETY: the definition is static, and Python, which holds its lock here, is the only one to write to it.
    unsafe { ffi::PyModuleDef_Init(DEFINITION.0.get().cast()) }.cast()
}

/// The definition of the module, in the layout of the C interface.
#[repr(transparent)]
struct Definition(UnsafeCell<ffi::PyModuleDef>);

// SAFETY: only Python writes to it, under its lock.
unsafe impl Sync for Definition {}

#[repr(transparent)]
struct Slots(UnsafeCell<[ffi::PyModuleDef_Slot; 2]>);

// SAFETY: nobody writes to it.
unsafe impl Sync for Slots {}

static SLOTS: Slots = Slots(UnsafeCell::new([
    ffi::PyModuleDef_Slot { slot: ffi::Py_mod_exec, value: execute as *mut c_void },
    ffi::PyModuleDef_Slot { slot: 0, value: ptr::null_mut() },
]));

static DEFINITION: Definition = Definition(UnsafeCell::new(ffi::PyModuleDef {
    m_base: ffi::PyModuleDef_HEAD_INIT,
    m_name: c"_native".as_ptr(),
    m_doc: c"The native nodes of this package, and how they are called.".as_ptr(),
    m_size: 0,
    m_methods: ptr::null_mut(),
    m_slots: SLOTS.0.get().cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
}));

/// Fills a fresh module.
unsafe extern "C" fn execute(module: *mut ffi::PyObject) -> c_int {
    let filled = std::panic::catch_unwind(|| {
        Python::attach(|py| {
            // SAFETY: Python passes the module it made.
            let filled = unsafe { Bound::from_borrowed_ptr(py, module) }.cast_into::<PyModule>();
            let filled = filled.map_err(PyErr::from).and_then(|module| fill(&module));
            filled.map_err(|error| error.restore(py))
        })
    });
    match filled {
        Ok(Ok(())) => 0,
        Ok(Err(())) => -1,
        Err(_) => {
            Python::attach(|py| PyRuntimeError::new_err("chainner-sdk panicked while it was loaded").restore(py));
            -1
        }
    }
}

fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> {
    panic::report_in_errors_only();
    threads::survive_forks();
    let package = PACKAGE.get().ok_or_else(|| PyRuntimeError::new_err("the library was not initialised"))?;
    let nodes = NODES.get_or_init(|| {
        registry::nodes_of(package.package).into_iter().map(|decl| (decl.id, Node::new(decl))).collect()
    });
    let mut ids: Vec<_> = nodes.keys().copied().collect();
    ids.sort_unstable();
    let py = module.py();
    module.add("nodes", PyTuple::new(py, ids)?)?;
    module.add("sdk_version", env!("CARGO_PKG_VERSION"))?;
    let call = PyCFunction::new_closure(
        py,
        Some(c"call"),
        Some(c"call(node_id, *values, collect=False, context=None)\n--\n\nCalls a node with a value for each input, in order; None is no value."),
        |arguments, keywords| call(arguments, How::of(keywords)?),
    )?;
    let feature_state = PyCFunction::new_closure(
        py,
        Some(c"feature_state"),
        Some(c"feature_state(feature_id)\n--\n\nWhether a feature is there, and what to tell about it."),
        |arguments, _| feature_state(arguments),
    )?;
    module.add("feature_state", feature_state)?;
    let about = PyCFunction::new_closure(
        py,
        Some(c"about"),
        Some(c"about(node_id)\n--\n\nWhat a host has to know of a node beside its schema."),
        |arguments, _: Option<&Bound<'_, PyDict>>| about(arguments),
    )?;
    module.add("about", about)?;
    module.add("Aborted", py.get_type::<Aborted>())?;
    module.add("call", call)
}

fn feature_state(arguments: &Bound<'_, PyTuple>) -> PyResult<(bool, Option<String>)> {
    let id: String = arguments
        .get_item(0)
        .map_err(|_| PyTypeError::new_err("feature_state() needs the id of a feature"))?
        .extract()?;
    let feature = PACKAGE
        .get()
        .and_then(|package| package.features.iter().find(|feature| feature.id() == id))
        .ok_or_else(|| PyKeyError::new_err(format!("there is no feature '{id}' in this package")))?;
    // The check may look at the network or start programs.
    let state = arguments.py().detach(|| panic::caught(|| Ok(feature.state()))).map_err(exception)?;
    Ok((state.enabled, state.details))
}

/// The keywords of `call`.
struct How<'py> {
    collect: bool,
    context: Option<Bound<'py, PyAny>>,
}

impl<'py> How<'py> {
    fn of(keywords: Option<&Bound<'py, PyDict>>) -> PyResult<Self> {
        let Some(keywords) = keywords else { return Ok(Self { collect: false, context: None }) };
        let (collect, context) = (keywords.get_item("collect")?, keywords.get_item("context")?);
        if keywords.len() > usize::from(collect.is_some()) + usize::from(context.is_some()) {
            return Err(PyTypeError::new_err("call() takes no keyword arguments but `collect` and `context`"));
        }
        Ok(Self { collect: collect.map_or(Ok(false), |collect| collect.is_truthy())?, context })
    }
}

/// The node that is named first.
fn node(arguments: &Bound<'_, PyTuple>, function: &str) -> PyResult<&'static Node> {
    let id = arguments
        .get_borrowed_item(0)
        .map_err(|_| PyTypeError::new_err(format!("{function}() needs the id of a node")))?;
    let id = id.cast::<PyString>()?;
    let id = id.to_cow()?;
    let node = NODES.get().and_then(|nodes| nodes.get(id.as_ref()));
    node.ok_or_else(|| PyKeyError::new_err(format!("there is no node '{id}' in this package")))
}

fn about(arguments: &Bound<'_, PyTuple>) -> PyResult<Py<PyDict>> {
    let node = node(arguments, "about")?;
    let about = PyDict::new(arguments.py());
    about.set_item("context", node.decl().takes_context)?;
    let lazy = node.inputs().iter().enumerate().filter(|(_, input)| input.decl.lazy).map(|(index, _)| index);
    about.set_item("lazy", lazy.collect::<Vec<_>>())?;
    about.set_item("replaces", PACKAGE.get().and_then(|package| package.replaced_by(node.decl())))?;
    Ok(about.unbind())
}

fn call(arguments: &Bound<'_, PyTuple>, how: How<'_>) -> PyResult<Py<PyAny>> {
    let py = arguments.py();
    let node = node(arguments, "call")?;
    let values = Arguments::new(arguments, 1, node.inputs())?;
    let attendant = Attendant::new(node, how.context)?;
    let run = attendant.run(py, || node.start_in(attendant.context(), values.values()))?.map_err(exception)?;
    let given = || arguments.get_slice(1, arguments.len());
    match run {
        Run::Values(results) => results::to_python(py, results),
        Run::Generator(run) => sequences::generator(py, attendant, run),
        Run::Collector(run) if how.collect => sequences::collect(&given(), node, attendant, run),
        Run::Collector(run) => sequences::collector(py, node, attendant, run),
        Run::Transformer(run) => sequences::transformer(&given(), node, attendant, run),
    }
}

/// Faults of what was given are `ValueError`s, all others `RuntimeError`s, `Aborted` among them.
pub(super) fn exception(error: NodeError) -> PyErr {
    let message = error.to_string();
    match error.kind() {
        ErrorKind::Input => PyValueError::new_err(message),
        ErrorKind::Aborted => Aborted::new_err(message),
        ErrorKind::Node | ErrorKind::Bug => PyRuntimeError::new_err(message),
    }
}
