//! The compiled package as a library: what it says about itself and how the tool calls it.

mod description;

pub use description::{
    ChoiceDescription, ChoiceId, Description, Fault, InputDescription, InputValues, NodeDescription, OutputDescription,
    OutputValues, Place,
};
