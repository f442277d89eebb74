//! What `cargo chainner new` writes: the files of this directory, embedded.

/// A file of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateFile {
    /// Path in the new package, `/`-separated.
    pub path: &'static str,
    /// Its text, with placeholders such as `{{name}}`.
    pub text: &'static str,
}

macro_rules! files {
    ($directory:literal: $($path:literal = $file:literal,)*) => {
        &[$(TemplateFile { path: $path, text: include_str!(concat!($directory, "/", $file)) }),*]
    };
}

/// What lets `pip`, `uv` and `build` build a package of any template.
pub const PYPROJECT: TemplateFile =
    TemplateFile { path: "pyproject.toml", text: include_str!("pyproject.toml.template") };

/// An image filter with a slider, a choice, a conditional input and a seed.
pub const FILTER: &[TemplateFile] = files! {
    "filter":
    ".gitignore" = "gitignore",
    "Cargo.toml" = "Cargo.toml.template",
    "LICENSE" = "LICENSE",
    "README.md" = "README.md",
    "src/lib.rs" = "src/lib.rs",
    "src/grain.rs" = "src/grain.rs",
    "tests/grain.rs" = "tests/grain.rs",
};

/// One tiny node.
pub const MINIMAL: &[TemplateFile] = files! {
    "minimal":
    ".gitignore" = "gitignore",
    "Cargo.toml" = "Cargo.toml.template",
    "LICENSE" = "LICENSE",
    "README.md" = "README.md",
    "src/lib.rs" = "src/lib.rs",
    "tests/invert.rs" = "tests/invert.rs",
};

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn count(directory: &Path) -> usize {
        let entries = fs::read_dir(directory).expect("the template is there");
        entries
            .map(|entry| entry.expect("readable").path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }

    #[test]
    fn every_file_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!([FILTER.len(), MINIMAL.len()], [count(&root.join("filter")), count(&root.join("minimal"))]);
    }
}
