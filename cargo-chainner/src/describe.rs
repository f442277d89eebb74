//! A package compiled and asked what it is.

use std::path::{Path, PathBuf};

use anyhow::Result;
use chainner_sdk::library::Description;

use crate::{
    cli::CargoOptions,
    compile::{self, Half},
    host,
    project::NodePackage,
    shell::Shell,
    stand_in,
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

    /// Asks the half for Python, if it is of this machine.
    ///
    /// # Errors
    /// It cannot be loaded or asked here; [`Described::new`] does without.
    pub fn of_python_half(package: NodePackage, library: &Path, directory: &Path) -> Result<Self> {
        let stand_in = stand_in::make(library, directory)?;
        let description = host::describe_with(&package, library, &stand_in)?;
        Ok(Self { package, library: library.to_owned(), description })
    }
}
