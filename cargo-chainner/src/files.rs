//! Writing files whole or not at all: beside their place, then renamed.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use tempfile::NamedTempFile;

use crate::error::Failure;

/// Writes a file, and the directories above it; one that is there is replaced.
///
/// # Errors
/// The system refuses. What was there before is still there.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<(), Failure> {
    beside(path, contents)?.persist(path).map_err(|error| Failure::unwritable(path, &error.error))?;
    Ok(())
}

/// As [`write`], but never over another file.
///
/// # Errors
/// The system refuses, or there is a file already.
pub(crate) fn write_new(path: &Path, contents: &[u8]) -> Result<(), Failure> {
    beside(path, contents)?.persist_noclobber(path).map_err(|error| Failure::unwritable(path, &error.error))?;
    Ok(())
}

/// A file beside its place, read back.
///
/// # Errors
/// The system refuses. Nothing is left then.
pub(crate) fn beside(path: &Path, contents: &[u8]) -> Result<NamedTempFile, Failure> {
    let refused = |error| Failure::unwritable(path, &error);
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(directory).map_err(refused)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".chainner-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `File::create` asks for; the umask takes its share. Temporary files are private by default.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(directory).map_err(refused)?;
    file.write_all(contents).and_then(|()| file.as_file().sync_data()).map_err(refused)?;
    if fs::read(file.path()).map_err(refused)? != contents {
        return Err(refused(io::Error::other("what was written is not what can be read back")));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;

    #[test]
    fn files_are_replaced_and_nothing_is_left_beside_them() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("a/b/file.txt");
        for text in ["one", "two"] {
            write(&path, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("there"), text);
        }
        assert_eq!(fs::read_dir(directory.path().join("a/b")).expect("there").count(), 1);
        let failure = write(&path.join("below a file"), b"").expect_err("refused");
        assert_eq!(failure.code, Code::Unwritable);
        assert_eq!(fs::read_to_string(&path).expect("there"), "two");
        let failure = write_new(&path, b"three").expect_err("refused");
        assert_eq!(failure.code, Code::Unwritable);
        assert_eq!(fs::read_to_string(&path).expect("there"), "two");
        assert_eq!(fs::read_dir(directory.path().join("a/b")).expect("there").count(), 1);
    }
}
