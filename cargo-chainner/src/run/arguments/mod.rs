//! The command line of a node: made from its description, and turned into the values of a call.
//!
//! | file | noun |
//! |---|---|
//! | `command.rs` | the command line, with its help |
//! | `request.rs` | what a command line asks for, its files among them |
//! | `reader.rs` | the value of one input |

mod command;
#[cfg(test)]
mod fixture;
mod reader;
mod request;

pub use command::{command, range};
pub(crate) use command::{facts, option_name};
pub use request::Request;
pub(crate) use request::file_name;
