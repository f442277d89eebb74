//! The file or directory that is written, whole or not at all.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    build::wheel_failure,
    codes::Code,
    error::Failure,
    files,
    index::sha256,
    wheel::{Timestamp, archive, archive::Entry},
};

/// Where a bundle goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Out {
    /// One zip file; an older one is replaced.
    File(PathBuf),
    /// A directory of its own.
    Directory(PathBuf),
}

impl Out {
    /// Reads what `--out` says.
    ///
    /// # Errors
    /// Something is there that must not be written over, or it is the name of another sort of file.
    pub(super) fn parse(path: &Path) -> Result<Self, Failure> {
        let refuse = |message: String, help: &str| Err(Failure::new(Code::BundleOut, message).help(help));
        let extension =
            path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
        if extension == "zip" {
            return match path.is_dir() {
                true => refuse(format!("`{}` is a directory", path.display()), "choose another name, or remove it"),
                false => Ok(Self::File(path.to_owned())),
            };
        }
        if ["tar", "gz", "tgz", "xz", "bz2", "7z", "whl"].contains(&extension.as_str()) {
            return refuse(
                format!("a bundle is no `.{extension}` file"),
                "name a file that ends with `.zip`, or a directory",
            );
        }
        match fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                refuse(format!("the directory `{}` is not empty", path.display()), "name one that is not there yet")
            }
            Ok(false) => Ok(Self::Directory(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::Directory(path.to_owned())),
            Err(_) => refuse(
                format!("`{}` is a file that does not end with `.zip`", path.display()),
                "name a file that ends with `.zip`, or a directory",
            ),
        }
    }

    /// Writes the files; of one file, its SHA-256.
    ///
    /// # Errors
    /// The system refuses. Nothing is left then.
    pub(super) fn write(&self, entries: Vec<Entry>, time: Timestamp) -> Result<Option<String>> {
        match self {
            Self::File(path) => {
                let bytes = archive::write(&entries, time).map_err(wheel_failure)?;
                files::write(path, &bytes)?;
                Ok(Some(sha256(&bytes)))
            }
            Self::Directory(path) => {
                let refused = |error: &io::Error| Failure::unwritable(path, error);
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs::create_dir_all(parent).map_err(|error| refused(&error))?;
                let beside = tempfile::Builder::new()
                    .prefix(".chainner-")
                    .tempdir_in(parent)
                    .map_err(|error| refused(&error))?;
                // One below it, with the permissions of other directories.
                let made = beside.path().join("bundle");
                for entry in &entries {
                    files::write(&made.join(&entry.path), &entry.contents)?;
                }
                // An empty directory gives way; on Windows only when it is removed.
                if path.is_dir() {
                    fs::remove_dir(path).map_err(|error| refused(&error))?;
                }
                fs::rename(&made, path).map_err(|error| refused(&error))?;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_written_whole_and_over_nothing_of_others() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::create_dir_all(at("full/of.zip")).unwrap();
        fs::write(at("file"), "").unwrap();
        for (name, part) in
            [("a.tar", "no `.tar`"), ("full", "not empty"), ("full/of.zip", "a directory"), ("file", "a file")]
        {
            let failure = Out::parse(&at(name)).unwrap_err();
            assert_eq!(failure.code, Code::BundleOut);
            assert!(failure.message.contains(part), "{failure}");
        }
        let entries = || vec![Entry { path: "a/b.txt".to_owned(), executable: false, contents: b"b".to_vec() }];
        Out::parse(&at("new/bundle")).unwrap().write(entries(), Timestamp::default()).unwrap();
        assert_eq!(fs::read(at("new/bundle/a/b.txt")).unwrap(), b"b");
        assert_eq!(fs::read_dir(at("new")).unwrap().count(), 1);
        let zip = |name| Out::parse(&at(name)).unwrap().write(entries(), Timestamp::default()).unwrap().unwrap();
        assert_eq!(zip("one.zip"), zip("two.zip"));
    }
}
