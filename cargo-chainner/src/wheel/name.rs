//! Names of a package: one crate name gives the distribution, the module and the first part of the file name.

use super::WheelError;
use super::python::is_keyword;

/// The names of one package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageName {
    distribution: String,
    module: String,
}

impl PackageName {
    /// Derives all names from the name in Cargo.toml.
    ///
    /// # Errors
    ///
    /// [`WheelError::Name`] when the distribution would not start and end with an ASCII letter or digit (PEP 508), or
    /// when Python could not import the module.
    pub fn from_crate(name: &str) -> Result<Self, WheelError> {
        let refuse = |reason| Err(WheelError::Name { name: name.to_owned(), reason });
        if !name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character)) {
            return refuse("expected ASCII letters, digits, `-` and `_` only");
        }
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return refuse("expected an ASCII letter first");
        }
        if !name.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            return refuse("expected an ASCII letter or digit last");
        }
        // PEP 503: runs of `-`, `_` and `.` are one `-`.
        let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
        let distribution = parts.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        let module = distribution.replace('-', "_");
        if is_keyword(&module) {
            return refuse("it is a keyword of Python, so that no one could import it");
        }
        Ok(Self { distribution, module })
    }

    /// Name of the distribution, e.g. `film-lab`.
    ///
    /// Lower case with hyphens: chaiNNer looks packages up by the raw `Name` field, which must equal this form.
    #[must_use]
    pub fn distribution(&self) -> &str {
        &self.distribution
    }

    /// Name of the Python module, e.g. `film_lab`.
    #[must_use]
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The name as it stands in the names of the wheel and of its `.dist-info`.
    #[must_use]
    pub fn file_component(&self) -> &str {
        // The binary distribution format asks for the normalised name with `_` for `-`: what `module` is.
        &self.module
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_canonical() {
        for (name, distribution, module) in [
            ("film-lab", "film-lab", "film_lab"),
            ("film_lab", "film-lab", "film_lab"),
            ("Film--Lab_2", "film-lab-2", "film_lab_2"),
            ("x", "x", "x"),
        ] {
            let package = PackageName::from_crate(name).unwrap();
            assert_eq!(package.distribution(), distribution);
            assert_eq!(package.module(), module);
            assert_eq!(package.file_component(), module);
        }
    }

    #[test]
    fn names_that_python_cannot_import_are_refused() {
        for (name, reason) in [
            ("", "letter first"),
            ("_film", "letter first"),
            ("2film", "letter first"),
            ("film_", "letter or digit last"),
            ("größe", "ASCII"),
            ("a\nb", "ASCII"),
            ("lambda", "keyword"),
            ("Global", "keyword"),
        ] {
            let message = PackageName::from_crate(name).unwrap_err().to_string();
            assert!(message.contains(reason) && message.contains("help:"), "{message}");
        }
    }
}
