//! The finished file, read back from the disk as an installer reads it, before it gets its name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;

use zip::{CompressionMethod, ZipArchive};

use super::WheelError;
use super::record::{self, Row};

/// What the file must turn out to be, derived from its name.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    /// `film_lab`.
    pub(super) module: &'a str,
    /// `film_lab-0.1.0.dist-info`.
    pub(super) dist_info: &'a str,
    /// `Name` of METADATA.
    pub(super) distribution: &'a str,
    /// `Version` of METADATA.
    pub(super) version: &'a str,
    /// Tags of the file name, e.g. `cp310-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64`.
    pub(super) compressed_tag: &'a str,
    /// File name of the extension.
    pub(super) extension: &'a str,
}

/// Checks the wheel in `file`.
pub(super) fn verify(file: File, expected: &Expected<'_>) -> Result<(), WheelError> {
    let contents = read(file)?;
    check_required(&contents, expected)?;
    check_record(&contents, expected)?;
    check_headers(&contents, expected)
}

fn failed(reason: impl Into<String>) -> WheelError {
    WheelError::Verification { reason: reason.into() }
}

type Contents = BTreeMap<String, Vec<u8>>;

fn read(file: File) -> Result<Contents, WheelError> {
    let mut zip = ZipArchive::new(file)?;
    if zip.has_duplicate_names() {
        return Err(failed("two entries have one name"));
    }
    if !zip.comment().is_empty() || zip.offset() != 0 {
        return Err(failed("the archive has a comment, or bytes before its start"));
    }
    let mut contents = Contents::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index)?;
        let path = entry.name()?.into_owned();
        if !is_safe_path(&path) || !entry.is_file() {
            return Err(failed(format!("`{path}` is no path of a file inside the wheel")));
        }
        let is_plain = entry.compression() == CompressionMethod::Deflated
            && !entry.flags().is_using_data_descriptor()
            && !entry.encrypted();
        if !is_plain {
            return Err(failed(format!("`{path}` is not plainly deflated")));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(zip::result::ZipError::Io)?;
        contents.insert(path, bytes);
    }
    Ok(contents)
}

/// Whether the path is relative, printable, `/`-separated and without `.`, `..` or empty components.
pub(super) fn is_safe_path(path: &str) -> bool {
    let is_safe_component = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_safe_component) && !path.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c))
}

fn check_required(contents: &Contents, expected: &Expected<'_>) -> Result<(), WheelError> {
    let Expected { module, dist_info, extension, .. } = expected;
    let package = ["__init__.py", "__init__.pyi", "py.typed", "schema.json", *extension];
    let package = package.map(|file| format!("{module}/{file}"));
    let dist_info_files = ["METADATA", "WHEEL", "RECORD", "entry_points.txt"].map(|file| format!("{dist_info}/{file}"));
    for path in package.iter().chain(&dist_info_files) {
        if !contents.contains_key(path) {
            return Err(failed(format!("`{path}` is missing")));
        }
    }
    let licenses = format!("{dist_info}/licenses/");
    for path in contents.keys() {
        if !package.contains(path) && !dist_info_files.contains(path) && !path.starts_with(&licenses) {
            return Err(failed(format!("`{path}` does not belong into the wheel")));
        }
    }
    Ok(())
}

fn text<'a>(contents: &'a Contents, path: &str) -> Result<&'a str, WheelError> {
    let bytes = contents.get(path).ok_or_else(|| failed(format!("`{path}` is missing")))?;
    std::str::from_utf8(bytes).map_err(|_| failed(format!("`{path}` is not UTF-8")))
}

/// Every file has its row and every row its file, with the right digest and size.
fn check_record(contents: &Contents, expected: &Expected<'_>) -> Result<(), WheelError> {
    let path = format!("{}/RECORD", expected.dist_info);
    let rows = record::parse(text(contents, &path)?).ok_or_else(|| failed("RECORD cannot be parsed"))?;
    let mut listed = BTreeSet::new();
    for row in &rows {
        if !listed.insert(row.path.as_str()) {
            return Err(failed(format!("RECORD lists `{}` twice", row.path)));
        }
        let bytes =
            contents.get(&row.path).ok_or_else(|| failed(format!("RECORD lists `{}`, which is missing", row.path)))?;
        let should_be = if row.path == path { Row::of_record(&path) } else { Row::of(&row.path, bytes) };
        if *row != should_be {
            return Err(failed(format!("RECORD has another digest or size for `{}`", row.path)));
        }
    }
    match contents.keys().find(|path| !listed.contains(path.as_str())) {
        Some(path) => Err(failed(format!("RECORD does not list `{path}`"))),
        None => Ok(()),
    }
}

/// File name, METADATA and WHEEL agree, and the licence files are there.
fn check_headers(contents: &Contents, expected: &Expected<'_>) -> Result<(), WheelError> {
    let dist_info = expected.dist_info;
    let metadata = text(contents, &format!("{dist_info}/METADATA"))?;
    for (field, value) in [("Name", expected.distribution), ("Version", expected.version)] {
        if header_values(metadata, field) != [value] {
            return Err(failed(format!("`{field}` of METADATA is not `{value}`")));
        }
    }
    let licenses: BTreeSet<String> =
        header_values(metadata, "License-File").iter().map(|file| format!("{dist_info}/licenses/{file}")).collect();
    let shipped: BTreeSet<String> =
        contents.keys().filter(|path| path.starts_with(&format!("{dist_info}/licenses/"))).cloned().collect();
    if licenses != shipped {
        return Err(failed("`License-File` of METADATA and the files in `licenses/` differ"));
    }
    let wheel = text(contents, &format!("{dist_info}/WHEEL"))?;
    let tags: BTreeSet<String> = header_values(wheel, "Tag").into_iter().map(str::to_owned).collect();
    if tags != expanded(expected.compressed_tag) {
        return Err(failed(format!("the tags of WHEEL are not those of the file name, {}", expected.compressed_tag)));
    }
    Ok(())
}

fn header_values<'a>(text: &'a str, field: &str) -> Vec<&'a str> {
    let header = text.split_once("\n\n").map_or(text, |(header, _)| header);
    let lines = header.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(name, _)| *name == field).map(|(_, value)| value).collect()
}

/// All tags that a compressed tag set of a file name stands for (PEP 425).
fn expanded(compressed: &str) -> BTreeSet<String> {
    let mut tags = BTreeSet::from([String::new()]);
    for part in compressed.split('-') {
        tags = tags
            .iter()
            .flat_map(|tag| {
                part.split('.').map(move |one| if tag.is_empty() { one.to_owned() } else { format!("{tag}-{one}") })
            })
            .collect();
    }
    tags
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, Write as _};

    use super::super::Timestamp;
    use super::super::archive::{self, Entry};
    use super::*;

    const EXPECTED: Expected<'_> = Expected {
        module: "lab",
        dist_info: "lab-1.0.0.dist-info",
        distribution: "lab",
        version: "1.0.0",
        compressed_tag: "cp310-abi3-a.b",
        extension: "_native.abi3.so",
    };

    /// The files of a sound wheel, without RECORD.
    fn sound() -> Vec<(&'static str, &'static str)> {
        vec![
            ("lab/__init__.py", ""),
            ("lab/__init__.pyi", ""),
            ("lab/py.typed", ""),
            ("lab/schema.json", "{}"),
            ("lab/_native.abi3.so", "ELF"),
            ("lab-1.0.0.dist-info/METADATA", "Name: lab\nVersion: 1.0.0\nLicense-File: MIT\n\nName: body\n"),
            ("lab-1.0.0.dist-info/WHEEL", "Tag: cp310-abi3-a\nTag: cp310-abi3-b\n"),
            ("lab-1.0.0.dist-info/entry_points.txt", ""),
            ("lab-1.0.0.dist-info/licenses/MIT", "text"),
        ]
    }

    fn record_of(files: &[(&str, &str)]) -> String {
        let mut rows: Vec<Row> = files.iter().map(|(path, text)| Row::of(path, text.as_bytes())).collect();
        rows.push(Row::of_record("lab-1.0.0.dist-info/RECORD"));
        record::render(&rows)
    }

    fn verify_files(files: &[(&str, &str)], record: &str) -> Result<(), WheelError> {
        let files = files.iter().copied().chain([("lab-1.0.0.dist-info/RECORD", record)]);
        let entries: Vec<Entry> = files
            .map(|(path, text)| Entry { path: path.to_owned(), executable: false, contents: text.as_bytes().to_vec() })
            .collect();
        verify_bytes(&archive::write(&entries, Timestamp::default())?)
    }

    fn verify_bytes(bytes: &[u8]) -> Result<(), WheelError> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        verify(file, &EXPECTED)
    }

    #[track_caller]
    fn assert_fails(files: &[(&str, &str)], record: &str, reason: &str) {
        let error = verify_files(files, record).unwrap_err();
        assert!(matches!(error, WheelError::Verification { .. }) && error.to_string().contains(reason), "{error}");
    }

    #[test]
    fn a_sound_wheel_passes() {
        verify_files(&sound(), &record_of(&sound())).unwrap();
    }

    #[test]
    fn record_is_checked_both_ways() {
        let record = record_of(&sound());
        assert_fails(&sound(), &record.replace(",3\n", ",4\n"), "digest or size for `lab/_native.abi3.so`");
        assert_fails(&sound(), &record.replacen("sha256=4", "sha256=5", 1), "digest or size");
        assert_fails(&sound(), &record.replace("RECORD,,", "RECORD,sha256=x,0"), "digest or size");
        assert_fails(&sound(), &record_of(&sound()[1..]), "does not list `lab/__init__.py`");
        assert_fails(&sound(), &format!("{record}lab/ghost.py,,\n"), "`lab/ghost.py`, which is missing");
        assert_fails(&sound(), &format!("{record}{record}"), "twice");
        assert_fails(&sound(), "no record", "cannot be parsed");
    }

    #[test]
    fn missing_and_stray_files_are_found() {
        for index in 0..sound().len() - 1 {
            let mut files = sound();
            let (missing, _) = files.remove(index);
            assert_fails(&files, &record_of(&files), &format!("`{missing}` is missing"));
        }
        for stray in ["lab/notes.txt", "other/__init__.py", "lab-1.0.0.dist-info/top_level.txt"] {
            let mut files = sound();
            files.push((stray, ""));
            assert_fails(&files, &record_of(&files), "does not belong");
        }
        let mut files = sound();
        files.push(("../evil", ""));
        assert_fails(&files, &record_of(&files), "`../evil` is no path");
    }

    #[test]
    fn file_name_and_headers_agree() {
        let changed = |path: &str, text: &'static str| {
            let mut files = sound();
            files.iter_mut().find(|file| file.0.ends_with(path)).unwrap().1 = text;
            files
        };
        for (path, text, reason) in [
            ("METADATA", "Name: Lab\nVersion: 1.0.0\nLicense-File: MIT\n", "`Name`"),
            ("METADATA", "Name: lab\nName: lab\nVersion: 1.0.0\nLicense-File: MIT\n", "`Name`"),
            ("METADATA", "Name: lab\nVersion: 1.0\nLicense-File: MIT\n", "`Version`"),
            ("METADATA", "Name: lab\nVersion: 1.0.0\n", "License-File"),
            ("METADATA", "Name: lab\nVersion: 1.0.0\nLicense-File: MIT\nLicense-File: X\n", "License-File"),
            ("WHEEL", "Tag: cp310-abi3-a\n", "tags"),
            ("WHEEL", "Tag: cp310-abi3-a\nTag: cp310-abi3-b\nTag: cp310-abi3-c\n", "tags"),
        ] {
            let files = changed(path, text);
            assert_fails(&files, &record_of(&files), reason);
        }
    }

    #[test]
    fn a_cut_or_prefixed_archive_fails() {
        let mut entries: Vec<Entry> = Vec::new();
        let record = record_of(&sound());
        for (path, text) in sound().into_iter().chain([("lab-1.0.0.dist-info/RECORD", record.as_str())]) {
            entries.push(Entry { path: path.to_owned(), executable: false, contents: text.as_bytes().to_vec() });
        }
        let bytes = archive::write(&entries, Timestamp::default()).unwrap();
        verify_bytes(&bytes).unwrap();
        verify_bytes(&bytes[..bytes.len() / 2]).unwrap_err();
        let mut prefixed = b"#!/bin/sh\n".to_vec();
        prefixed.extend_from_slice(&bytes);
        verify_bytes(&prefixed).unwrap_err();
    }

    #[test]
    fn compressed_tags_stand_for_all_combinations() {
        let tags: Vec<String> = expanded("cp310.cp311-abi3-a.b").into_iter().collect();
        assert_eq!(tags, ["cp310-abi3-a", "cp310-abi3-b", "cp311-abi3-a", "cp311-abi3-b"]);
    }
}
