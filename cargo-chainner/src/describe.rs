//! A package compiled and asked what it is.

use std::path::PathBuf;

use anyhow::Result;
use chainner_sdk::library::Description;

use crate::{
    cli::CargoOptions,
    compile::{self, Half},
    host,
    project::NodePackage,
    shell::Shell,
};

/// A package, its library and what it says about itself.
#[derive(Debug)]
pub struct Described {
    /// The package.
    pub package: NodePackage,
    /// Its library without Python.
    pub library: PathBuf,
    /// What it says.
    pub description: Description,
}

impl Described {
    /// Compiles a package and asks it.
    ///
    /// # Errors
    /// Those of [`compile::library`] and [`host::describe`].
    pub fn new(package: NodePackage, options: &CargoOptions, shell: &Shell) -> Result<Self> {
        let library = compile::library(&package, Half::Native, options, shell)?;
        let description = host::describe(&package, &library)?;
        Ok(Self { package, library, description })
    }
}
