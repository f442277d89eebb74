//! Paths: of files that are there, and of directories.

use std::path::PathBuf;

use crate::{
    declare::{InputOptions, LabelStyle},
    error::Mismatch,
    value::Value,
};

pub(super) const A_FILE: &str = "the path of a file";
pub(super) const A_DIRECTORY: &str = "the path of a directory";

/// An input for the path of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileSpec {
    /// Extensions offered, lower case with the dot.
    pub filetypes: &'static [&'static str],
    /// The host's tag of the file.
    pub file_kind: &'static str,
    /// Dropping such a file on the canvas creates the node.
    pub primary: bool,
    /// Whether an edge can be plugged in.
    pub handle: bool,
}

impl FileSpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        Self {
            filetypes: options.filetypes,
            file_kind: options.file_kind.unwrap_or("file"),
            primary: options.primary,
            handle: options.handle.unwrap_or(false),
        }
    }
}

/// An input for the path of a directory.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectorySpec {
    /// Whether it has to be there already.
    pub must_exist: bool,
    /// Whether an edge can be plugged in.
    pub handle: bool,
    /// Where the label is drawn.
    pub label_style: LabelStyle,
}

impl DirectorySpec {
    /// From the keys.
    pub fn new(options: &InputOptions) -> Self {
        Self {
            must_exist: options.must_exist.unwrap_or(true),
            handle: options.handle.unwrap_or(true),
            label_style: options.label_style.unwrap_or(LabelStyle::Default),
        }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let path = given(value, A_DIRECTORY)?;
        if self.must_exist && !path.is_dir() {
            let why = if path.exists() { "is not a directory" } else { "does not exist" };
            return Err(Mismatch::new("an existing directory", format!("'{}', which {why}", path.display())));
        }
        Ok(Value::Path(path))
    }
}

pub(super) fn enforce_file(value: Value<'_>) -> Result<Value<'_>, Mismatch> {
    let path = given(value, A_FILE)?;
    if !path.is_file() {
        let why = if path.exists() { "is not a file" } else { "does not exist" };
        return Err(Mismatch::new("an existing file", format!("'{}', which {why}", path.display())));
    }
    Ok(Value::Path(path))
}

fn given(value: Value<'_>, expected: &str) -> Result<PathBuf, Mismatch> {
    match value {
        Value::Path(path) => Ok(path),
        Value::Text(text) => Ok(text.into_owned().into()),
        other => Err(Mismatch::new(expected, other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_directories_have_to_be_there_and_of_their_sort() {
        let directory = std::env::current_dir().expect("tests run in a directory");
        let file = directory.join("Cargo.toml");
        let spec = DirectorySpec::new(&InputOptions::EMPTY);
        assert_eq!(enforce_file(Value::Path(file.clone())), Ok(Value::Path(file.clone())));
        assert_eq!(spec.enforce(Value::Path(directory.clone())), Ok(Value::Path(directory.clone())));
        let message = enforce_file(Value::Path(directory.clone())).unwrap_err().to_string();
        assert!(message.ends_with("which is not a file"), "{message}");
        let message = spec.enforce(Value::Path(directory.join("nowhere"))).unwrap_err().to_string();
        assert!(message.ends_with("which does not exist"), "{message}");
        let lenient = DirectorySpec::new(&InputOptions { must_exist: Some(false), ..InputOptions::EMPTY });
        assert!(lenient.enforce(Value::Path(directory.join("nowhere"))).is_ok());
        assert!(enforce_file(Value::Integer(1)).is_err());
    }
}
