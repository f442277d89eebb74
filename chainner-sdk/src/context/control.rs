//! What a run's contexts share, and what the host sees of it.

use std::{
    collections::HashMap,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
};

use crate::value::Value;

use super::{Aborted, SettingValue};

/// Work for when the run is over.
pub(crate) type Cleanup = Box<dyn FnOnce() + Send>;

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum State {
    Running,
    Paused,
    /// For good.
    Aborted,
}

/// One run of one node.
#[derive(Default)]
pub(crate) struct Control {
    state: AtomicU8,
    /// Bits of the fraction.
    fraction: AtomicU64,
    /// Only for waiting while paused.
    lock: Mutex<()>,
    turned: Condvar,
    settings: HashMap<String, SettingValue>,
    cleanups: Mutex<Vec<Cleanup>>,
    /// The host's storage.
    pub(crate) storage: Option<PathBuf>,
    /// Cargo name of the package.
    pub(crate) package: Option<&'static str>,
}

impl Control {
    /// The run of a node of this package.
    pub(crate) fn of_package(package: &'static str) -> Self {
        let mut control = Self::default();
        control.package = Some(package);
        control
    }

    #[inline]
    pub(crate) fn state(&self) -> State {
        match self.state.load(Ordering::Relaxed) {
            0 => State::Running,
            1 => State::Paused,
            _ => State::Aborted,
        }
    }

    pub(crate) fn turn(&self, state: State) {
        let _guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        // Only changed under the lock, so that a waiter cannot miss it. Aborting is for good.
        if self.state() != State::Aborted {
            self.state.store(state as u8, Ordering::Relaxed);
        }
        self.turned.notify_all();
    }

    /// Waits while paused; fails when aborted.
    #[cold]
    pub(super) fn hold(&self) -> Result<(), Aborted> {
        let mut guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match self.state() {
                State::Running => return Ok(()),
                State::Aborted => return Err(Aborted),
                State::Paused => guard = self.turned.wait(guard).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    pub(super) fn report(&self, fraction: f64) {
        self.fraction.store(fraction.to_bits(), Ordering::Relaxed);
    }

    pub(super) fn report_at_least(&self, fraction: f64) {
        // Fractions are not negative, so their bits are in the order of the numbers.
        self.fraction.fetch_max(fraction.to_bits(), Ordering::Relaxed);
    }

    pub(crate) fn fraction(&self) -> f64 {
        f64::from_bits(self.fraction.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&mut self, key: &str, value: SettingValue) {
        self.settings.insert(key.to_owned(), value);
    }

    pub(super) fn setting(&self, key: &str) -> Option<Value<'static>> {
        self.settings.get(key).map(SettingValue::value)
    }

    pub(super) fn add_cleanup(&self, work: Cleanup) {
        self.cleanups.lock().unwrap_or_else(PoisonError::into_inner).push(work);
    }

    /// What is to be done when the run is over, given once.
    pub(crate) fn take_cleanups(&self) -> Vec<Cleanup> {
        std::mem::take(&mut *self.cleanups.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The run is over.
    pub(crate) fn clean_up(&self) {
        clean_up(self.take_cleanups());
    }
}

/// What nobody has come for is done at the latest when the last context of the run is gone.
impl Drop for Control {
    fn drop(&mut self) {
        self.clean_up();
    }
}

/// Does what is to be done, last first as `drop`s are; one that panics keeps no other from it.
pub(crate) fn clean_up(cleanups: Vec<Cleanup>) {
    for work in cleanups.into_iter().rev() {
        let _ = panic::catch_unwind(AssertUnwindSafe(work));
    }
}
