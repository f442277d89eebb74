//! Where a package keeps what outlasts a run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The folder of `package` in the storage of the host, or without one in that of the user; made if it is not there.
pub(super) fn of(host: Option<&Path>, package: Option<&str>) -> io::Result<PathBuf> {
    let storage = match host {
        Some(storage) => storage.to_owned(),
        None => of_the_user().ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "there is no folder to keep things in; set CHAINNER_STORAGE_DIR to one",
            )
        })?,
    };
    let directory = storage.join(package.unwrap_or("unnamed"));
    fs::create_dir_all(&directory).map_err(|error| {
        io::Error::new(error.kind(), format!("the folder {} cannot be made: {error}", directory.display()))
    })?;
    Ok(directory)
}

/// Where the system has what programs may keep and can make anew.
fn of_the_user() -> Option<PathBuf> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(directory) = variable("CHAINNER_STORAGE_DIR") {
        return Some(directory);
    }
    let caches = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        env::home_dir().map(|home| home.join("Library/Caches"))
    } else {
        // https://specifications.freedesktop.org/basedir-spec: relative paths are to be ignored.
        let given = variable("XDG_CACHE_HOME").filter(|path| path.is_absolute());
        given.or_else(|| env::home_dir().map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("chainner-sdk"))
}
