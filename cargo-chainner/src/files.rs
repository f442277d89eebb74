//! Writing files whole or not at all: beside their place, then renamed.

use std::{fs, io::Write as _, path::Path};

use crate::error::Failure;

/// Writes a file, and the directories above it; one that is there is replaced.
///
/// # Errors
/// The system refuses. What was there before is still there.
pub(crate) fn write(path: &Path, contents: &[u8]) -> Result<(), Failure> {
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
    file.write_all(contents).map_err(refused)?;
    file.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
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
    }
}
