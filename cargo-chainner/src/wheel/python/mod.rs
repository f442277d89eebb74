//! The Python half of a package: `__init__.py` and its types, `__init__.pyi` (PEP 484, PEP 561).
//!
//! Each node becomes one documented function of the module, named after the Rust function. Both files are printed from
//! the same [`function::Function`]s, so they cannot disagree.

mod annotation;
mod docstring;
mod function;
mod identifier;
mod imports;
mod literal;
mod module;
#[cfg(test)]
pub(super) mod sample;
mod stub;
#[cfg(test)]
mod tests;

use chainner_sdk::library::Description;

use self::function::Function;
pub(crate) use self::function::is_required;
pub(super) use self::identifier::is_keyword;
use super::dist_info::GENERATOR;
use super::{Extension, PackageName, PythonVersion, WheelError};

/// Width that `ruff format` breaks lines at.
const LINE_WIDTH: usize = 88;

/// The generated sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PythonSources {
    /// `__init__.py`.
    pub module: String,
    /// `__init__.pyi`.
    pub stub: String,
}

impl PythonSources {
    /// Prints the sources of the package that `description` describes.
    ///
    /// # Errors
    ///
    /// [`WheelError::DuplicateFunction`] and [`WheelError::PythonName`].
    pub fn generate(
        description: &Description,
        name: &PackageName,
        version: &PythonVersion,
        extension: Option<&Extension>,
    ) -> Result<Self, WheelError> {
        let package = Package {
            documentation: documentation(description, name, version),
            module: name.module(),
            distribution: name.distribution(),
            version: version.as_str(),
            native: extension.map(|extension| Native {
                file: extension.file_name(),
                platforms: extension.platform().tags().join(", "),
            }),
            functions: Function::all(&description.nodes)?,
        };
        Ok(Self { module: module::print(&package), stub: stub::print(&package) })
    }
}

/// What both files are printed from.
struct Package<'a> {
    /// Text of the module's docstring.
    documentation: String,
    module: &'a str,
    distribution: &'a str,
    version: &'a str,
    /// The native part, if there is one.
    native: Option<Native>,
    functions: Vec<Function<'a>>,
}

/// The native part of a package.
struct Native {
    /// Name of the file.
    file: &'static str,
    /// Platforms it is built for, for people.
    platforms: String,
}

impl Package<'_> {
    /// The names that `import *` brings, as the lines of `__all__`.
    fn all(&self) -> String {
        let mut names: Vec<&str> = self.functions.iter().map(|function| function.name.as_str()).collect();
        names.push("schema");
        names.sort_unstable();
        let lines: String = names.into_iter().map(|name| format!("    \"{name}\",\n")).collect();
        format!("__all__ = [\n{lines}]\n")
    }
}

fn documentation(description: &Description, name: &PackageName, version: &PythonVersion) -> String {
    let said = |key: &str| description.schema.get("package")?.get(key)?.as_str().map(str::trim);
    let title = said("name").filter(|title| !title.is_empty()).unwrap_or(name.distribution());
    let text = said("description").unwrap_or_default();
    format!("{title} {version}: nodes of chaiNNer as functions.\n\n{text}\n\nMade by {GENERATOR}.")
}
