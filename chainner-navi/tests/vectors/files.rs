//! Where the recordings are, how they are read, and how much of them agrees.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/navi")
}

pub(crate) fn directories() -> Vec<PathBuf> {
    let more = std::env::var_os("NAVI_VECTORS").map(PathBuf::from);
    [Some(corpus()), more].into_iter().flatten().collect()
}

/// All files whose names start with `prefix`.
pub(crate) fn files(prefix: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = directories()
        .iter()
        .filter_map(|directory| fs::read_dir(directory).ok())
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)))
        .collect();
    files.sort();
    if files.is_empty() {
        println!("skipped: no {prefix}* in {}", corpus().display());
    }
    files
}

pub(crate) fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("a readable file");
    // Messages quote half of a surrogate pair, which is no text in JSON for Rust.
    serde_json::from_str(&without_lone_surrogates(&text)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn without_lone_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let surrogate = |text: &str, first: &[u8], second: &[u8]| {
        let bytes = text.as_bytes();
        bytes.len() >= 6
            && bytes.starts_with(b"\\u")
            && first.contains(&bytes[2].to_ascii_lowercase())
            && second.contains(&bytes[3].to_ascii_lowercase())
    };
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if surrogate(rest, b"d", b"89ab") && surrogate(&rest[6..], b"d", b"cdef") {
            12
        } else if surrogate(rest, b"d", b"89abcdef") {
            out.push_str("\\ufffd");
            rest = &rest[6..];
            continue;
        } else {
            2
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}

#[derive(Default)]
pub(crate) struct Tally {
    counts: BTreeMap<&'static str, (usize, usize)>,
    failures: Vec<String>,
}

impl Tally {
    pub(crate) fn count(&mut self, what: &'static str, agrees: bool, failure: impl FnOnce() -> String) {
        let (good, all) = self.counts.entry(what).or_default();
        *all += 1;
        if agrees {
            *good += 1;
        } else if self.failures.len() < 40 {
            self.failures.push(format!("{what}: {}", failure()));
        }
    }

    pub(crate) fn report(self, path: &Path) {
        let counts: Vec<String> =
            self.counts.iter().map(|(what, (good, all))| format!("{what} {good}/{all}")).collect();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("{name}: {}", counts.join(", "));
        assert!(self.failures.is_empty(), "{name} disagrees:\n{}", self.failures.join("\n"));
    }
}
