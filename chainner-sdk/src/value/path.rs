//! Paths that enforcement has looked at.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
};

/// Path of a file that existed when the node was called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilePath(pub PathBuf);

/// Path of a directory. As an input it existed when the node was called, unless the input says `must_exist = false`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DirPath(pub PathBuf);

macro_rules! path_like {
    ($($name:ident),*) => {$(
        impl Deref for $name {
            type Target = Path;

            fn deref(&self) -> &Path {
                &self.0
            }
        }

        impl AsRef<Path> for $name {
            fn as_ref(&self) -> &Path {
                &self.0
            }
        }

        impl From<PathBuf> for $name {
            fn from(path: PathBuf) -> Self {
                Self(path)
            }
        }
    )*};
}

path_like!(FilePath, DirPath);

/// Path of a file or directory below another one, such as `scans/roll 3`: never absolute, and without the characters
/// `< > : " | ? *`. What it is below, the node knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RelativePath(pub String);

impl Deref for RelativePath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<Path> for RelativePath {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}
