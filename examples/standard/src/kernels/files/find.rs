//! The files of a directory that are images by their names.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    decode::Format,
    glob::{Glob, Next, Rest},
    order::Key,
};

/// Which files of a directory are meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Which {
    /// Those that lie in it.
    Here,
    /// Those in all directories below it, too. Links to directories are not followed.
    Below,
    /// Those whose path below it fits. Only `**` does not follow links to directories.
    Glob(Glob),
}

/// The paths below `directory`, in the order in which people count them. What cannot be listed deeper down is left out, and so is
/// each file whose name does not end as those of a [`Format`]; all else that has such a name is there, whatever it is.
///
/// # Errors
/// When the directory cannot be listed.
pub fn images(directory: &Path, which: &Which) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(directory)?;
    let mut search = Search { directory, found: BTreeSet::new() };
    match which {
        Which::Here => search.entries(Path::new("")).for_each(|entry| search.found.extend([entry.path])),
        Which::Below => search.below(Path::new(""), false),
        Which::Glob(glob) => glob.included().for_each(|rest| search.along(Path::new(""), rest)),
    }
    let mut found: Vec<PathBuf> = search.found.into_iter().filter(|path| is_image(path)).collect();
    if let Which::Glob(glob) = which {
        found.retain(|path| {
            let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
            !glob.excludes(&names.iter().map(AsRef::as_ref).collect::<Vec<_>>())
        });
    }
    found.sort_by_cached_key(|path| Key::new(&path.to_string_lossy()));
    Ok(found)
}

fn is_image(path: &Path) -> bool {
    path.file_name().is_some_and(|name| Format::of_name(&name.to_string_lossy()).is_some())
}

struct Search<'a> {
    directory: &'a Path,
    /// Below the directory; the same may be found in several ways.
    found: BTreeSet<PathBuf>,
}

/// What lies in a directory.
struct Entry {
    name: String,
    path: PathBuf,
    is_directory: bool,
    is_link: bool,
}

impl Search<'_> {
    fn entries(&self, below: &Path) -> impl Iterator<Item = Entry> + use<> {
        let (path, below) = (self.directory.join(below), below.to_owned());
        fs::read_dir(path).into_iter().flatten().flatten().map(move |entry| {
            let kind = entry.file_type();
            let is_link = kind.as_ref().is_ok_and(fs::FileType::is_symlink);
            let is_directory = if is_link { entry.path().is_dir() } else { kind.is_ok_and(|kind| kind.is_dir()) };
            Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                path: below.join(entry.file_name()),
                is_directory,
                is_link,
            }
        })
    }

    /// All below.
    fn below(&mut self, below: &Path, only_directories: bool) {
        for entry in self.entries(below) {
            if entry.is_directory && !entry.is_link {
                self.below(&entry.path, only_directories);
            }
            if entry.is_directory || !only_directories {
                self.found.insert(entry.path);
            }
        }
    }

    /// All that the rest of a pattern leads to.
    fn along(&mut self, below: &Path, rest: Rest<'_>) {
        match rest.next() {
            None => {}
            Some(Next::AnyDepth(deeper)) if deeper.is_over() => self.below(below, deeper.is_directory()),
            Some(Next::AnyDepth(deeper)) => {
                self.along(below, deeper);
                for entry in self.entries(below).filter(|entry| entry.is_directory && !entry.is_link) {
                    self.along(&entry.path, rest);
                }
            }
            Some(Next::Name(name, deeper)) => {
                for entry in self.entries(below).filter(|entry| name.matches(&entry.name)) {
                    if !deeper.is_over() {
                        if entry.is_directory {
                            self.along(&entry.path, deeper);
                        }
                    } else if entry.is_directory || !deeper.is_directory() {
                        self.found.insert(entry.path);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().expect("a directory");
        for path in paths {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().expect("a directory")).expect("made");
            fs::write(path, b"").expect("written");
        }
        directory
    }

    fn found(directory: &Path, which: &Which) -> Vec<String> {
        let paths = images(directory, which).expect("can be listed");
        paths.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
    }

    fn glob(pattern: &str) -> Which {
        Which::Glob(Glob::new(pattern).expect("a pattern"))
    }

    #[test]
    fn images_are_found_by_their_names_in_the_order_of_people() {
        let tree =
            tree(&["b10.PNG", "b9.png", "A.jpg", "a.txt", "sub/c.tiff", ".hidden/d.webp", "sub/deep/e.png", "f.gif"]);
        let below = [".hidden/d.webp", "A.jpg", "b9.png", "b10.PNG", "sub/c.tiff", "sub/deep/e.png"];
        assert_eq!(found(tree.path(), &Which::Below), below);
        assert_eq!(found(tree.path(), &glob("**/*")), below);
        assert_eq!(found(tree.path(), &Which::Here), ["A.jpg", "b9.png", "b10.PNG"]);
        assert_eq!(found(tree.path(), &glob("*/*")), [".hidden/d.webp", "sub/c.tiff"]);
        assert_eq!(found(tree.path(), &glob("**/sub/**/*")), ["sub/c.tiff", "sub/deep/e.png"]);
        assert_eq!(found(tree.path(), &glob("{**/*.png,*/*,!sub/**}")), [".hidden/d.webp", "b9.png"]);
        assert!(found(tree.path(), &glob("../*")).is_empty());
    }

    #[test]
    fn directories_with_names_of_images_are_found_too() {
        let tree = tree(&["a.png/b.png"]);
        assert_eq!(found(tree.path(), &Which::Here), ["a.png"]);
        assert_eq!(found(tree.path(), &Which::Below), ["a.png", "a.png/b.png"]);
        assert_eq!(found(tree.path(), &glob("**/")), ["a.png"]);
    }

    #[test]
    fn what_is_no_directory_cannot_be_listed() {
        let tree = tree(&["a.png"]);
        assert!(images(&tree.path().join("a.png"), &Which::Here).is_err());
        assert!(images(&tree.path().join("nowhere"), &Which::Below).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_to_directories_are_followed_by_name_only() {
        use std::os::unix::fs::symlink;

        let tree = tree(&["real/a.png", "c.png"]);
        let at = |path: &str| tree.path().join(path);
        symlink(at("real"), at("link")).expect("linked");
        symlink(tree.path(), at("real/loop")).expect("linked");
        symlink(at("nowhere"), at("broken.png")).expect("linked");
        assert_eq!(found(tree.path(), &Which::Below), ["broken.png", "c.png", "real/a.png"]);
        assert_eq!(found(tree.path(), &glob("**/*")), ["broken.png", "c.png", "real/a.png"]);
        assert_eq!(found(tree.path(), &glob("*/*")), ["link/a.png", "real/a.png"]);
        assert_eq!(found(tree.path(), &glob("real/loop/*")), ["real/loop/broken.png", "real/loop/c.png"]);
    }
}
