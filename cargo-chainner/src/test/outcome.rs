//! What became of a case, as the process that calls the node tells it.

use chainner_sdk::{
    image::Observed,
    library::{ProbeFailure, WireValue},
};
use serde::{Deserialize, Serialize};

/// A value that went into a node or came out of it, images by their shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Seen {
    /// An image.
    Image(SeenImage),
    /// Anything else.
    Value(WireValue),
}

/// What is told of an image.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SeenImage {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) channels: usize,
    /// What its channels were before they were clamped.
    pub(crate) observed: Vec<Observed>,
    /// Whether many different values are all ones that 8 bits can hold.
    pub(crate) eight_bit: bool,
    /// How the opacity follows that of the input.
    pub(crate) opacity: Option<Stretch>,
    /// Name of the file that the samples were written to.
    pub(crate) file: Option<String>,
}

/// `out = gain * in + offset`, where that is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stretch {
    pub(crate) gain: f32,
    pub(crate) offset: f32,
}

/// Results that differ where they should not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Difference {
    /// What differs, in words.
    pub(crate) what: String,
    /// Whether only the number of threads was another.
    pub(crate) by_threads: bool,
}

/// What became of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// The inputs as the node saw them.
    pub(crate) taken: Vec<Seen>,
    /// The items, as the node saw them.
    pub(crate) taken_items: Vec<Vec<Seen>>,
    /// A value for each output that is no sequence.
    pub(crate) statics: Result<Vec<Seen>, ProbeFailure>,
    /// The items given.
    pub(crate) items: Vec<Result<Vec<Seen>, ProbeFailure>>,
    /// How many items the node says there are.
    pub(crate) length: Option<usize>,
    /// Whether all items were taken.
    pub(crate) complete: bool,
    /// Whether the node says that it computes with 8 bits.
    pub(crate) limited_to_8bit: bool,
    /// An input that the node has changed, in words.
    pub(crate) changed: Option<String>,
    /// What was another in an equal call.
    pub(crate) difference: Option<Difference>,
}

/// What calls with a case cost.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measurement {
    /// How long each call took, in seconds.
    pub(crate) seconds: Vec<f64>,
    /// Images that the SDK copied in one call, and their bytes.
    pub(crate) copies: u64,
    pub(crate) copied_bytes: u64,
    /// Pixels of the input or output that has the most of them, in all its items.
    pub(crate) pixels: u64,
    /// Bytes of memory that the first call needed beyond what the process had; nothing where the system does not tell.
    pub(crate) peak_memory: Option<u64>,
}

/// One line of what the process tells.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Line {
    /// The case of this number is about to begin.
    At(usize),
    /// The node is about to be called once more with the case.
    Again,
    /// It has come to an end.
    Done(usize, Box<Outcome>),
    /// It was measured.
    Measured(usize, Box<Measurement>),
    /// The case could not be tried at all.
    Skipped(usize, String),
    /// Nothing can be tried.
    Refused {
        /// A message code.
        code: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}
