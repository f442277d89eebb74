//! The library behind `cargo chainner`.

pub mod bench;
pub mod build;
pub mod bundle;
pub mod check;
pub mod child;
pub mod ci;
pub mod cli;
pub mod codes;
pub mod compile;
pub mod completions;
pub mod describe;
pub mod dev;
pub mod diff;
pub mod docs;
pub mod doctor;
pub mod error;
pub mod explain;
pub mod host;
pub mod manifest;
pub mod metadata;
pub mod new;
pub mod port;
pub mod project;
pub mod publish;
pub mod run;
pub mod sbom;
pub mod schema;
pub mod sdist;
pub mod shell;
pub mod sources;
pub mod stand_in;
pub mod test;
pub mod verify;
pub mod wheel;

mod edge;
mod files;
mod index;
mod pip;

pub use edge::main;
