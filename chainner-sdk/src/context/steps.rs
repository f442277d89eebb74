//! Equal steps, counted from any thread.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Aborted, Context};

/// Counts equal steps of some work. See [`Context::steps`].
#[derive(Debug)]
pub struct Steps {
    context: Context,
    total: usize,
    done: AtomicUsize,
}

impl Steps {
    pub(super) fn new(context: Context, total: usize) -> Self {
        Self { context, total, done: AtomicUsize::new(0) }
    }

    /// One more is done.
    ///
    /// # Errors
    /// The run is to stop.
    pub fn step(&self) -> Result<(), Aborted> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Threads that finish at once may tell in the other order; the whole never goes back.
        let fraction = if done >= self.total { 1.0 } else { done as f64 / self.total as f64 };
        self.context.control.report_at_least(self.context.start + self.context.length * fraction);
        self.context.check()
    }
}
