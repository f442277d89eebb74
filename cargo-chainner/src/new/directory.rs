//! The directory of a new package: empty before, whole afterwards.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{codes::Code, error::Failure};

use super::render::File;

/// Refuses a directory that something is in.
pub(crate) fn check_directory(directory: &Path) -> Result<(), Failure> {
    let refuse = |what: &str| {
        let message = format!("`{}` {what}", directory.display());
        Err(Failure::new(Code::NotEmpty, message).help("choose another directory: `--path DIR`"))
    };
    match fs::read_dir(directory) {
        Ok(mut entries) => match entries.next() {
            Some(_) => refuse("exists and is not empty"),
            None => Ok(()),
        },
        Err(_) if directory.symlink_metadata().is_ok() => refuse("exists and is no directory"),
        Err(_) => Ok(()),
    }
}

/// The workspace that a package in this directory would be in.
pub(super) fn workspace_around(directory: &Path) -> Option<PathBuf> {
    let directory = env::current_dir().ok()?.join(directory);
    let is_workspace = |directory: &&Path| {
        fs::read_to_string(directory.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace")))
    };
    directory.ancestors().skip(1).find(is_workspace).map(Path::to_owned)
}

/// Formats sources for names of any length, as `cargo new` does. Without rustfmt they stay as they are: still Rust, less tidy.
fn format(directory: &Path, files: &[File]) {
    let sources = files.iter().map(|file| &file.path).filter(|path| path.ends_with(".rs"));
    let rustfmt = Command::new("rustfmt").args(["--edition", "2024"]).args(sources).current_dir(directory).output();
    drop(rustfmt);
}

/// Writes all files beside the directory, then gives it its name.
pub(crate) fn write(directory: &Path, files: &[File]) -> Result<()> {
    let refused = |error| Failure::unwritable(directory, &error);
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(refused)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `create_dir` asks for; the umask takes its share. Temporary directories are private by default.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let temporary = builder.tempdir_in(parent).map_err(refused)?;
    for File { path, text } in files {
        let path = temporary.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(parent)).map_err(refused)?;
        fs::write(path, text).map_err(refused)?;
    }
    format(temporary.path(), files);
    if directory.is_dir() {
        // It is empty; not every system renames over a directory.
        fs::remove_dir(directory).map_err(refused)?;
    }
    Ok(fs::rename(temporary.path(), directory).map_err(refused)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_directory_is_written_to() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let new = directory.path().join("a/b");
        write(&new, &[File { path: "src/lib.rs".to_owned(), text: "text".to_owned() }]).expect("written");
        assert_eq!(fs::read_to_string(new.join("src/lib.rs")).expect("there"), "text");
        assert_eq!(check_directory(&new).expect_err("not empty").code, Code::NotEmpty);
        assert_eq!(check_directory(&new.join("src/lib.rs")).expect_err("a file").code, Code::NotEmpty);
        assert_eq!(fs::read_dir(directory.path().join("a")).expect("there").count(), 1);
    }

    #[test]
    fn a_workspace_around_is_seen() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let new = directory.path().join("nodes/film");
        assert_ne!(workspace_around(&new).as_deref(), Some(directory.path()));
        fs::write(directory.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").expect("written");
        assert_eq!(workspace_around(&new).as_deref(), Some(directory.path()));
    }
}
