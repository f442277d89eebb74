//! The run that a node is part of: its progress, whether it is to stop, the settings of the package, a folder to keep things in.
//!
//! A node that works for a while takes the [`Context`] as its first argument. It is no input: the artist sees nothing of it.
//!
//! ```
//! use chainner_sdk::prelude::*;
//! use rayon::prelude::*;
//! # const FILM: Group = Category::new("Film Lab", "Looks of photographic film.").group("Film");
//!
//! /// Develops a film, row by row.
//! #[node(id = "film_lab:film:develop", group = FILM)]
//! #[output(same_as = image)]
//! pub fn develop(ctx: &Context, image: ImageView<'_>) -> Result<Image, NodeError> {
//!     let mut developed = image.to_image();
//!     let rows = ctx.steps(image.height());
//!     let row = image.width() * image.channels();
//!     developed.samples_mut().par_chunks_exact_mut(row).try_for_each(|row| {
//!         row.iter_mut().for_each(|sample| *sample = 1.0 - *sample);
//!         rows.step() // an error as soon as the run is stopped
//!     })?;
//!     Ok(developed)
//! }
//!
//! // In a test, there is a context without a host.
//! let ctx = Context::new();
//! assert!(develop(&ctx, Image::new(4, 3, 3).view()).is_ok());
//! assert_eq!(ctx.fraction(), 1.0);
//!
//! ctx.abort();
//! assert!(develop(&ctx, Image::new(4, 3, 3).view()).is_err());
//! ```
//!
//! | in chaiNNer | `cargo chainner run` | Python | tests |
//! |---|---|---|---|
//! | the stop button aborts | Ctrl-C aborts | Ctrl-C aborts | [`Context::abort`] |
//! | the pause button pauses | | | [`Context::pause`] |
//! | progress on the node | progress on stderr | | [`Context::fraction`] |
//! | settings of the app | the defaults | the defaults | [`Context::with_setting`] |
//!
//! A context is shared: clones, and [parts](Context::part), are of the same run. What a node starts, such as the iterator behind a
//! [`Generator`](crate::sequence::Generator), takes a clone along; once nobody wants the items any more, that clone says that the
//! run is aborted.

mod aborted;
mod attend;
mod control;
mod setting;
mod steps;
mod storage;

use std::{fmt, io, ops::Range, path::PathBuf, sync::Arc};

use crate::declare::Settings;

pub use aborted::Aborted;
pub use setting::SettingValue;
pub use steps::Steps;

pub(crate) use attend::attended;
#[cfg(feature = "python")]
pub(crate) use control::{Cleanup, clean_up};
pub(crate) use control::{Control, State};

/// The run that a node is part of. See the [module](self).
///
/// It may be used from any thread, and a clone of it be kept as long as one likes.
#[derive(Clone)]
pub struct Context {
    control: Arc<Control>,
    /// What this context calls 0, as a fraction of the whole.
    start: f64,
    /// What lies between its 0 and its 1.
    length: f64,
}

impl Context {
    /// The context of a run without a host, for tests: nobody aborts it, settings are the defaults.
    pub fn new() -> Self {
        Self::of(Control::default())
    }

    pub(crate) fn of(control: Control) -> Self {
        Self { control: Arc::new(control), start: 0.0, length: 1.0 }
    }

    /// A context of which a setting is not at its default, for tests: `key` is that of the schema, by default the field's name.
    ///
    /// # Panics
    /// When the context has been cloned already.
    #[must_use]
    pub fn with_setting(mut self, key: &str, value: impl Into<SettingValue>) -> Self {
        self.own().set(key, value.into());
        self
    }

    /// A context whose [folder](Self::storage_dir) is this one, for tests.
    ///
    /// # Panics
    /// When the context has been cloned already.
    #[must_use]
    pub fn with_storage_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.own().storage = Some(directory.into());
        self
    }

    fn own(&mut self) -> &mut Control {
        Arc::get_mut(&mut self.control).expect("a context is equipped before it is shared")
    }

    pub(crate) fn control(&self) -> &Arc<Control> {
        &self.control
    }
}

/// How far the node is.
impl Context {
    /// Says how far the node is, from 0 to 1, and [checks](Self::check).
    ///
    /// As cheap as the check: the host looks at it now and then.
    ///
    /// # Errors
    /// The run is to stop.
    pub fn progress(&self, fraction: f64) -> Result<(), Aborted> {
        // NaN counts as nothing.
        let fraction = if fraction > 0.0 { fraction.min(1.0) } else { 0.0 };
        self.control.report(self.start + self.length * fraction);
        self.check()
    }

    /// The context of a part of the work: its progress from 0 to 1 is this one's over `range`, which lies within 0..1.
    ///
    /// ```
    /// # use chainner_sdk::prelude::*;
    /// let ctx = Context::new();
    /// let second_half = ctx.part(0.5..1.0);
    /// second_half.progress(0.5)?;
    /// assert_eq!(ctx.fraction(), 0.75);
    /// # Ok::<(), NodeError>(())
    /// ```
    pub fn part(&self, range: Range<f64>) -> Self {
        let [start, end] = [range.start, range.end].map(|end| if end > 0.0 { end.min(1.0) } else { 0.0 });
        Self {
            control: Arc::clone(&self.control),
            start: self.start + self.length * start,
            length: self.length * (end - start).max(0.0),
        }
    }

    /// Counts `total` equal steps, from any number of threads: each [step](Steps::step) is progress and a check.
    pub fn steps(&self, total: usize) -> Steps {
        Steps::new(self.clone(), total)
    }

    /// How far the node said to be, of the whole.
    pub fn fraction(&self) -> f64 {
        self.control.fraction()
    }
}

/// Whether the node is to go on.
impl Context {
    /// Whether the run is to stop. Reads one atomic number.
    pub fn is_aborted(&self) -> bool {
        self.control.state() == State::Aborted
    }

    /// Fails if the run is to stop; waits while it is paused. Else it reads one atomic number: call it as often as once a row.
    ///
    /// A host that has stopped a run waits a short time only: chaiNNer restarts its worker after three seconds.
    ///
    /// # Errors
    /// The run is to stop. Pass it on with `?`: what the node returns instead would be given to the nodes behind it.
    #[inline]
    pub fn check(&self) -> Result<(), Aborted> {
        if self.control.state() == State::Running { Ok(()) } else { self.control.hold() }
    }

    /// Stops the run, as a host does: from now on, [`check`](Self::check) fails.
    pub fn abort(&self) {
        self.control.turn(State::Aborted);
    }

    /// Pauses the run, as a host does: until [`resume`](Self::resume), [`check`](Self::check) waits.
    pub fn pause(&self) {
        self.control.turn(State::Paused);
    }

    /// Lets a paused run go on. An aborted one stays so.
    pub fn resume(&self) {
        self.control.turn(State::Running);
    }
}

/// What the package has in its host.
impl Context {
    /// The settings of the package, as they were when the node was called. Without a host, and for what does not fit, the defaults.
    ///
    /// ```
    /// use chainner_sdk::prelude::*;
    ///
    /// #[derive(Settings)]
    /// pub struct LabSettings {
    ///     #[setting(default = 4, range = 1..=64)]
    ///     threads: u32,
    /// }
    ///
    /// assert_eq!(Context::new().settings::<LabSettings>().threads, 4);
    /// assert_eq!(Context::new().with_setting("threads", 8).settings::<LabSettings>().threads, 8);
    /// ```
    pub fn settings<S: Settings>(&self) -> S {
        S::read(&mut |key| self.control.setting(key))
    }

    /// A folder of the package that outlasts the run, made if it is not there. All nodes of the package share it.
    ///
    /// It lies in the storage of the host; without one in the environment variable `CHAINNER_STORAGE_DIR`, else where the system has
    /// what programs may keep.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn storage_dir(&self) -> io::Result<PathBuf> {
        storage::of(self.control.storage.as_deref(), self.control.package)
    }

    /// Has something done when the run is over, whether it went well or not: in chaiNNer when the whole chain is through, elsewhere
    /// as soon as the node is.
    ///
    /// It is the place to delete files that other nodes of the chain still read. Memory is freed by dropping what holds it.
    pub fn on_cleanup(&self, work: impl FnOnce() + Send + 'static) {
        self.control.add_cleanup(Box::new(work));
    }
}

impl Default for Context {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.control.state();
        f.debug_struct("Context").field("state", &state).field("fraction", &self.fraction()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
