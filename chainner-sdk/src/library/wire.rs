//! The language between the tool and a compiled package: JSON for words, plain memory for pixels, over a C function, so that
//! the two need not come from the same compiler.

use std::ffi::c_void;

use serde::{Deserialize, Serialize};

use super::Description;
use crate::image::Observed;

/// Version of the layout of [`Request`] and [`Response`] and of their JSON. Tool and package must agree.
///
/// It is raised whenever a kind of question, answer, value, input or output is added: an older side could not read it, and would say
/// so in words of JSON instead of telling which side to upgrade.
pub const ABI_VERSION: u32 = 3;

/// Name of the function that the library of the package with this module name exports.
pub fn symbol(module: &str) -> String {
    format!("chainner_package_{module}")
}

/// A question to the library. All pointers are valid for the call.
#[derive(Debug)]
#[repr(C)]
pub struct Request {
    /// [`ABI_VERSION`] of the asker.
    pub version: u32,
    /// An [`Ask`] as JSON.
    pub json: *const u8,
    /// Bytes of it.
    pub json_len: usize,
    /// The images that it names by index.
    pub images: *const RawImage,
    /// Number of images.
    pub image_count: usize,
    /// Who looks after the run; null if nobody does.
    pub attendant: *const Attendant,
    /// Where the items of a sequence come from and go to; null except for [`Ask::Stream`].
    pub conveyor: *const Conveyor,
}

/// Brings the items of a sequence to a node and takes those that it gives, one at a time. Asked on one thread at a time, perhaps on
/// another one than asked the question.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Conveyor {
    /// The next item, valid until the next call: the JSON is a list of [`WireValue`]s, one for each iterated input, or `null` if it
    /// cannot be had, which ends the run. A null pointer after the last item.
    pub next: extern "C" fn(conveyor: *mut c_void) -> *const Response,
    /// Takes an [`Answer::Item`], or the [`Answer::Failure`] of one; whether the run is to go on.
    pub take: extern "C" fn(conveyor: *mut c_void, item: &Response) -> bool,
    /// Passed along.
    pub conveyor: *mut c_void,
}

/// Hears of the progress of a run, and can stop it. Asked now and then, on the thread that asked the question.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Attendant {
    /// Whether the run is to go on, told how far it is, from 0 to 1; NaN as long as the node has said nothing new.
    pub attend: extern "C" fn(attendant: *mut c_void, fraction: f64) -> bool,
    /// Passed along.
    pub attendant: *mut c_void,
}

/// An answer of the library. All pointers are valid while the receiver runs.
#[derive(Debug)]
#[repr(C)]
pub struct Response {
    /// An [`Answer`] as JSON.
    pub json: *const u8,
    /// Bytes of it.
    pub json_len: usize,
    /// The images that it names by index.
    pub images: *const RawImage,
    /// Number of images.
    pub image_count: usize,
}

/// The samples of an image: row after row, without gaps.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct RawImage {
    /// `width * height * channels` samples.
    pub samples: *const f32,
    /// Pixels in a row.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// Samples of a pixel.
    pub channels: usize,
}

/// Receives the answer: gets back the pointer that was passed along, and the answer.
pub type Respond = extern "C" fn(receiver: *mut c_void, response: &Response);

/// The function that a library exports.
pub type Entry = extern "C" fn(request: &Request, respond: Respond, receiver: *mut c_void);

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// What are you? Answered by [`Answer::Description`].
    Describe,
    /// Call a node. Answered by [`Answer::Results`].
    Call {
        /// Schema id of the node.
        node: String,
        /// A value for each input, in order; what is left off is missing.
        values: Vec<WireValue>,
    },
    /// Call a node as a test does. Answered by [`Answer::Probed`].
    Probe(Probe),
    /// Call a node of any sort, item by item through the [`Conveyor`]. Answered by [`Answer::Results`].
    Stream {
        /// Schema id of the node.
        node: String,
        /// A value for each input, in order; those of iterated inputs are ignored.
        values: Vec<WireValue>,
    },
    /// Call a node for what the call costs. Answered by [`Answer::Measured`].
    Measure(Measure),
}

/// A call of a node of any sort, of whose results only the size is told. They are dropped as they come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Schema id of the node.
    pub node: String,
    /// A value for each input, in order; those of iterated inputs are ignored.
    pub values: Vec<WireValue>,
    /// For each item of the sequence, a value for each iterated input.
    pub items: Vec<Vec<WireValue>>,
    /// How many items are taken of the sequence that the node gives, at most.
    pub most_items: usize,
}

/// What a [`Measure`] found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// How long the call took, in seconds: from the values to the results, all items among them.
    pub seconds: f64,
    /// Images that were copied by the SDK: for arguments that own their image, and by `to_image`, `clone` and their like.
    pub copies: u64,
    /// Bytes of these.
    pub copied_bytes: u64,
    /// Pixels that the output with the most of them gave, in all its items.
    pub pixels: u64,
    /// How many items were taken.
    pub items: usize,
}

/// A call of a node of any sort, of which more is told than of a [`Ask::Call`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Schema id of the node.
    pub node: String,
    /// A value for each input, in order; those of iterated inputs are ignored.
    pub values: Vec<WireValue>,
    /// For each item of the sequence, a value for each iterated input.
    pub items: Vec<Vec<WireValue>>,
    /// How many items are taken of the sequence that the node gives, at most.
    pub most_items: usize,
    /// How many threads the node's parallel work is done by; as many as usual if not given.
    pub threads: Option<usize>,
    /// Whether objects that the node returns are kept, to be given to other nodes as [`WireValue::Kept`].
    pub keep: bool,
}

/// What a [`Probe`] found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probed {
    /// The values as the node saw them: rounded, clamped, shortened. Choices are as they were given.
    pub taken: Vec<WireValue>,
    /// The same of each item.
    pub taken_items: Vec<Vec<WireValue>>,
    /// A value for each output that is no sequence, in order; or why there are none.
    pub statics: Result<Vec<WireValue>, ProbeFailure>,
    /// The items given, with a value for each iterated output.
    pub items: Vec<Result<Vec<WireValue>, ProbeFailure>>,
    /// How many items the node says there are, if it says so.
    pub length: Option<usize>,
    /// Whether all items were taken.
    pub complete: bool,
    /// For each image of the answer, what its channels were before they were clamped.
    pub observed: Vec<Vec<Observed>>,
    /// Whether the node says that it computes with 8 bits a channel.
    pub limited_to_8bit: bool,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Why a [`Probe`] has no result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeFailure {
    /// Who is to blame.
    pub kind: FailureKind,
    /// What a person is told.
    pub message: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// What the package is.
    Description(Box<Description>),
    /// What the node returned.
    Results {
        /// A value for each output, in order.
        values: Vec<WireValue>,
        /// How long the call took, in seconds.
        seconds: f64,
    },
    /// What a probe found.
    Probed(Box<Probed>),
    /// One item of a sequence, for a [`Conveyor`].
    Item {
        /// A value for each iterated output, in order.
        values: Vec<WireValue>,
    },
    /// What a call cost.
    Measured(Measured),
    /// It could not be done.
    Failure {
        /// Who is to blame.
        kind: FailureKind,
        /// What to tell the person.
        message: String,
    },
}

/// Who is to blame for a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailureKind {
    /// The question: unknown node, or a value that an input does not take.
    Input,
    /// The node says it cannot.
    Node,
    /// The node panicked.
    Bug,
    /// The node broke its own declaration.
    Broken,
    /// Nobody: the run was stopped.
    Aborted,
    /// The two sides do not understand each other; one has to be upgraded.
    Version,
}

/// A value in JSON. Images are given by their index among the images beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "as the values they stand for")]
pub enum WireValue {
    Missing,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    /// As text where JSON has no number for it (`NaN`, `inf`, `-inf`).
    Float(WireFloat),
    Text(String),
    Path(String),
    Image(usize),
    /// In R, G, B(, A) order, or one grey value.
    Color(Vec<f32>),
    Seed(i64),
    /// Something that cannot leave the library, in words.
    Object(String),
    /// Something that the library has kept, by its number.
    Kept(usize),
}

/// A number that JSON may have no spelling for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WireFloat {
    /// A finite one.
    Finite(f64),
    /// `NaN`, `inf` or `-inf`.
    Other(String),
}

impl From<f64> for WireFloat {
    fn from(value: f64) -> Self {
        if value.is_finite() { Self::Finite(value) } else { Self::Other(value.to_string()) }
    }
}

impl From<&WireFloat> for f64 {
    fn from(value: &WireFloat) -> Self {
        match value {
            WireFloat::Finite(value) => *value,
            WireFloat::Other(text) => text.parse().unwrap_or(f64::NAN),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::super::{InputValues, OutputValues};
    use super::*;

    /// The words that one side may say to the other, as the reader of JSON lists them.
    fn words<T: DeserializeOwned>(unknown: &str) -> String {
        let error = serde_json::from_str::<T>(unknown).err().map(|error| error.to_string()).unwrap_or_default();
        let list = error.split_once("expected one of ").map(|(_, list)| list).unwrap_or_default();
        list.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_version_is_raised_with_every_new_word() {
        let said = [
            words::<Ask>(r#""?""#),
            words::<Answer>(r#""?""#),
            words::<FailureKind>(r#""?""#),
            words::<WireValue>(r#""?""#),
            words::<InputValues>(r#"{"kind": "?"}"#),
            words::<OutputValues>(r#""?""#),
        ];
        let known = [
            "describe call probe stream measure",
            "description results probed item measured failure",
            "input node bug broken aborted version",
            "missing bool integer unsigned float text path image color seed object kept",
            "integer float text bool choice image color file directory seed relative_path clipboard any handle execution_number",
            "image integer float text bool color directory seed any handle",
        ];
        assert_eq!(
            (ABI_VERSION, said.each_ref().map(String::as_str)),
            (3, known),
            "raise the version and note the words"
        );
    }
}
