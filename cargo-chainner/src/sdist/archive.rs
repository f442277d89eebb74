//! The tar file: the same bytes from the same contents, everywhere.

use std::{io::Write as _, path::Path};

use anyhow::{Context as _, Result};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use crate::wheel::Timestamp;

/// One file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Path below the root of the archive, `/`-separated.
    pub(super) path: String,
    /// Whether it gets 0755 instead of 0644.
    pub(super) executable: bool,
    /// The contents.
    pub(super) contents: Vec<u8>,
}

impl Entry {
    /// A text file.
    pub(super) fn text(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), executable: false, contents: text.into() }
    }
}

/// Writes the entries, in their order, below the directory `stem`: no owners, no directories, one time for all.
pub(super) fn write(stem: &str, entries: &[Entry], time: Timestamp) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_size(entry.contents.len() as u64);
        header.set_mode(if entry.executable { 0o755 } else { 0o644 });
        header.set_mtime(time.seconds());
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, format!("{stem}/{}", entry.path), entry.contents.as_slice())
            .with_context(|| format!("cannot pack `{}`", entry.path))?;
    }
    let tar = tar.into_inner()?;
    // Without a name and a time of its own.
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&tar)?;
    Ok(gzip.finish()?)
}

/// Unpacks an archive that [`write`] wrote.
pub(super) fn unpack(bytes: &[u8], directory: &Path) -> Result<()> {
    let mut archive = tar::Archive::new(GzDecoder::new(bytes));
    // With the time that is packed, cargo would take what it compiled of an earlier archive for this one.
    archive.set_preserve_mtime(false);
    archive.unpack(directory).context("cannot unpack the source distribution again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_again_and_twice_the_same() {
        let long = format!("src/{}/x.rs", "deep/".repeat(40));
        let entries = [
            Entry { path: "build.sh".to_owned(), executable: true, contents: b"#!".to_vec() },
            Entry::text("src/größe.rs", "fn main() {}\n"),
            Entry::text(long.clone(), ""),
        ];
        let bytes = write("lab-0.1.0", &entries, Timestamp::default()).expect("packed");
        assert_eq!(bytes, write("lab-0.1.0", &entries, Timestamp::default()).expect("packed"));
        let directory = tempfile::tempdir().expect("a directory");
        unpack(&bytes, directory.path()).expect("unpacked");
        let root = directory.path().join("lab-0.1.0");
        assert_eq!(std::fs::read_to_string(root.join("src/größe.rs")).expect("there"), "fn main() {}\n");
        assert!(root.join(long).is_file());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |file: &str| std::fs::metadata(root.join(file)).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode("build.sh"), mode("src/größe.rs")), (0o755, 0o644));
        }
    }
}
