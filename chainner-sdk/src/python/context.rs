//! The run that a call is part of, as Python's host has it.
//!
//! A host passes an object along, `call(…, context=object)`, which is asked only with Python's lock, and on the thread of the call:
//!
//! * `settings`: a dictionary of the package's settings by their keys;
//! * `storage_dir`: a path, or `None`;
//! * `look(fraction)`: told how far the node is, or `None` if it has said nothing new, it returns 0 to go on, 1 while paused, 2 to stop;
//! * `add_cleanup(function)`: the function is to be called when the run is over; if it is dropped, it calls itself.
//!
//! Without such an object there are signals only: Ctrl-C stops the node.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use pyo3::{
    prelude::*,
    types::{PyBool, PyCFunction, PyDict, PyFloat, PyInt, PyString},
};

use crate::{
    context::{Cleanup, Context, Control, SettingValue, State, attended, clean_up},
    node::Node,
    threads,
};

/// Looks after a run for Python.
pub(super) struct Attendant {
    context: Context,
    takes_context: bool,
    host: Option<Py<PyAny>>,
    /// Bits of the fraction that the host knows.
    told: AtomicU64,
    /// What the run was interrupted with.
    interrupt: Mutex<Option<PyErr>>,
}

impl Attendant {
    pub(super) fn new(node: &Node, host: Option<Bound<'_, PyAny>>) -> PyResult<Self> {
        let mut control = Control::of_package(node.decl().package);
        let host = host.filter(|host| node.decl().takes_context && !host.is_none());
        if let Some(host) = &host {
            for (key, value) in host.getattr("settings")?.cast_into::<PyDict>()? {
                if let Some(value) = setting(&value) {
                    control.set(&key.extract::<String>()?, value);
                }
            }
            control.storage = host.getattr("storage_dir")?.extract::<Option<PathBuf>>()?;
        }
        Ok(Self {
            context: Context::of(control),
            takes_context: node.decl().takes_context,
            host: host.map(Bound::unbind),
            told: AtomicU64::new(0),
            interrupt: Mutex::new(None),
        })
    }

    /// The context for the node.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// Runs `work` without Python's lock. A node with a context is looked after meanwhile.
    pub(super) fn run<T: Send>(&self, py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
        if !self.takes_context {
            return Ok(py.detach(|| threads::run(work)));
        }
        let result = py.detach(|| {
            let look = || {
                Python::attach(|py| {
                    if let Err(error) = self.look(py, true).and_then(|()| py.check_signals()) {
                        self.interrupted(error);
                    }
                });
            };
            attended(|| threads::run(work), look)
        });
        let interrupt = self.interrupt.lock().unwrap_or_else(PoisonError::into_inner).take();
        match interrupt {
            Some(error) => Err(error),
            None => {
                self.hand_over(py)?;
                Ok(result)
            }
        }
    }

    fn interrupted(&self, error: PyErr) {
        self.context.abort();
        // The first one is told: a second only shows that the node does not listen.
        self.interrupt.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// Tells the host how far the node is, and the node what the host wants. Who steps a sequence does not do so while it is paused.
    pub(super) fn look(&self, py: Python<'_>, pauses: bool) -> PyResult<()> {
        let Some(host) = &self.host else { return Ok(()) };
        let fraction = self.context.fraction();
        let news = self.told.swap(fraction.to_bits(), Ordering::Relaxed) != fraction.to_bits();
        let state: u8 = host.bind(py).call_method1("look", (news.then_some(fraction),))?.extract()?;
        self.context.control().turn(match state {
            0 => State::Running,
            1 if pauses => State::Paused,
            1 => State::Running,
            _ => State::Aborted,
        });
        self.hand_over(py)
    }

    /// What is to be done when the run is over becomes the host's to do; without a host it is, as far as this call goes.
    fn hand_over(&self, py: Python<'_>) -> PyResult<()> {
        let cleanups = self.context.control().take_cleanups();
        if cleanups.is_empty() {
            return Ok(());
        }
        let pending = Pending(Mutex::new(cleanups));
        let Some(host) = &self.host else { return Ok(()) };
        let function =
            PyCFunction::new_closure(py, Some(c"clean_up"), None, move |arguments, _: Option<&Bound<'_, PyDict>>| {
                pending.clean_up(arguments.py());
            })?;
        host.bind(py).call_method1("add_cleanup", (function,)).map(drop)
    }
}

/// Work for the end of the run. A host that never comes to it drops it, which does it too.
struct Pending(Mutex<Vec<Cleanup>>);

impl Pending {
    fn clean_up(&self, py: Python<'_>) {
        let cleanups = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        py.detach(|| clean_up(cleanups));
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // While the interpreter ends, what is left is dropped undone.
        Python::try_attach(|py| self.clean_up(py));
    }
}

fn setting(value: &Bound<'_, PyAny>) -> Option<SettingValue> {
    Some(if let Ok(yes) = value.cast::<PyBool>() {
        SettingValue::Toggle(yes.is_true())
    } else if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        SettingValue::Number(value.extract().ok()?)
    } else {
        SettingValue::Text(value.cast::<PyString>().ok()?.to_string_lossy().into_owned())
    })
}
