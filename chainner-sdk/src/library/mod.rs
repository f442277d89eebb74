//! The compiled package as a library: what it says about itself and how the tool calls it.

mod answer;
mod describe;
mod description;
mod export;
mod measure;
mod probe;
mod stream;
mod wire;

pub use answer::answer;
pub use description::{
    ChoiceDescription, ChoiceId, Description, Fault, InputDescription, InputValues, NodeDescription, OutputDescription,
    OutputValues, Place,
};
pub use wire::{
    ABI_VERSION, Answer, Ask, Attendant, Conveyor, Entry, FailureKind, Measure, Measured, Probe, ProbeFailure, Probed,
    RawImage, Request, Respond, Response, WireFloat, WireValue, symbol,
};
