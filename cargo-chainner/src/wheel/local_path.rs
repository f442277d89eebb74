//! Strings that must not leave this machine: the home directory, the workspace, cargo's own directory.

use super::WheelError;
use super::archive::Entry;

/// Bytes of context on each side of a find.
const CONTEXT: usize = 60;

/// Byte strings that no file of a wheel may hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalPaths {
    forbidden: Vec<Vec<u8>>,
}

impl LocalPaths {
    /// Forbids these strings, e.g. the values of `$HOME` and `$CARGO_HOME`.
    ///
    /// Trailing separators are not part of a path; of a bare root such as `/` nothing is left, and it is ignored.
    pub fn new<Path: AsRef<[u8]>>(forbidden: impl IntoIterator<Item = Path>) -> Self {
        let forbidden = forbidden.into_iter().filter_map(|path| {
            let path = path.as_ref();
            let end = path.iter().rposition(|byte| !matches!(byte, b'/' | b'\\'))? + 1;
            let is_drive = matches!(&path[..end], [_, b':']);
            (!is_drive).then(|| path[..end].to_vec())
        });
        Self { forbidden: forbidden.collect() }
    }

    /// Looks for the strings in the contents of every entry.
    pub(super) fn check(&self, entries: &[Entry]) -> Result<(), WheelError> {
        for entry in entries {
            for path in &self.forbidden {
                if let Some(start) = find(&entry.contents, path) {
                    return Err(WheelError::LocalPath {
                        file: entry.path.clone(),
                        found: String::from_utf8_lossy(path).into_owned(),
                        near: near(&entry.contents, start, start + path.len()),
                    });
                }
            }
        }
        Ok(())
    }
}

fn find(contents: &[u8], path: &[u8]) -> Option<usize> {
    let (&first, rest) = path.split_first()?;
    let mut start = 0;
    loop {
        start += contents.get(start..)?.iter().position(|&byte| byte == first)?;
        if contents[start + 1..].starts_with(rest) {
            return Some(start);
        }
        start += 1;
    }
}

/// The printable text around `start..end`.
fn near(contents: &[u8], start: usize, end: usize) -> String {
    let is_printable = |byte: &u8| (b' '..=b'~').contains(byte);
    let before = contents[..start].iter().rev().take(CONTEXT / 3).take_while(|byte| is_printable(byte)).count();
    let after = contents[end..].iter().take(CONTEXT).take_while(|byte| is_printable(byte)).count();
    String::from_utf8_lossy(&contents[start - before..end + after]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(contents: &[u8]) -> [Entry; 1] {
        [Entry { path: "film_lab/schema.json".to_owned(), executable: false, contents: contents.to_vec() }]
    }

    #[test]
    fn a_local_path_is_found_with_its_surroundings() {
        let paths = LocalPaths::new(["/home/ada", "/build/film-lab/"]);
        let error = paths.check(&entry(b"\0text/build/film-lab/src/lib.rs\0more")).unwrap_err();
        match error {
            WheelError::LocalPath { file, found, near } => {
                assert_eq!(file, "film_lab/schema.json");
                assert_eq!(found, "/build/film-lab");
                assert_eq!(near, "text/build/film-lab/src/lib.rs");
            }
            other => panic!("{other}"),
        }
        paths.check(&entry(b"see //home/ada/notes")).unwrap_err();
        paths.check(&entry(b"/home//home/adb /build/film-la")).unwrap();
        paths.check(&entry(b"")).unwrap();
    }

    #[test]
    fn roots_are_ignored() {
        let paths = LocalPaths::new(["", "/", "\\", "C:\\", "C:"]);
        assert_eq!(paths, LocalPaths::default());
        paths.check(&entry(b"C:\\ / anything")).unwrap();
    }
}
