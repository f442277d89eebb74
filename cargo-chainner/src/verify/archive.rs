//! The zip file, read without trust: local headers walked against the central directory (APPNOTE.TXT, sections 4.3 to 4.5).
//!
//! Readers of zip files differ in which of the two they believe. A wheel that means one thing to `pip` and another to a
//! scanner is refused by PyPI, so every disagreement is a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use flate2::{Crc, read::DeflateDecoder};

use super::subject::inside;
use crate::check::Findings;
use crate::codes::Code;

const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const END_64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_UTF8: u16 = 1 << 11;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Above this unpacked size, more than [`RATIO_LIMIT`] times the size of the file is refused, as PyPI does.
const RATIO_FREE: u64 = 64 << 20;
const RATIO_LIMIT: u64 = 50;

/// A file of the archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Path as in the central directory.
    pub(super) path: String,
    /// What is in it; `None` if it cannot be unpacked, which has been told.
    pub(super) contents: Option<Vec<u8>>,
}

/// Reads the archive; `None` if it is none. Directory entries are left out.
pub(super) fn read(bytes: &[u8], pypi: bool, findings: &mut Findings) -> Option<Vec<Member>> {
    let Some((end, headers)) = directory(bytes) else {
        findings
            .error(Code::WheelNotZip, "the file is not a zip archive, or it is cut short")
            .help("download or build it again");
        return None;
    };
    if pypi {
        check_upload(&end, &headers, findings);
    }
    check_walk(bytes, &end, &headers, findings);
    check_paths(&headers, findings);
    let unpacked = headers.iter().fold(0_u64, |sum, header| sum.saturating_add(header.size));
    let unpacks = unpacked <= RATIO_FREE || unpacked / RATIO_LIMIT <= bytes.len() as u64;
    if !unpacks {
        findings
            .error(
                Code::WheelBomb,
                format!("the archive unpacks to {unpacked} bytes, {RATIO_LIMIT} times its own size"),
            )
            .help("leave out what is not needed; PyPI refuses such files, and their contents were not judged");
    }
    let files = headers.iter().filter(|header| !header.path.ends_with('/'));
    let member = |header: &Header| Member {
        path: header.path.clone(),
        contents: unpacks.then(|| unpack(bytes, header, findings)).flatten(),
    };
    Some(files.map(member).collect())
}

/// The end of the central directory.
struct End {
    /// Where the central directory starts.
    directory: u64,
    /// Where it should end.
    directory_end: u64,
    /// Where the records behind it start.
    position: u64,
    comment: bool,
    trailing: bool,
}

/// An entry of the central directory.
struct Header {
    path: String,
    raw_path: Vec<u8>,
    is_path_text: bool,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
    comment: bool,
    unicode_path: bool,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

fn slice(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    let start_at = usize::try_from(start).ok()?;
    let end = usize::try_from(start.checked_add(length)?).ok()?;
    bytes.get(start_at..end)
}

/// The central directory; `None` if it cannot be read to its end.
fn directory(bytes: &[u8]) -> Option<(End, Vec<Header>)> {
    let earliest = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let last = bytes.len().checked_sub(22)?;
    let at = (earliest..=last).rev().find(|&at| bytes[at..].starts_with(&END))?;
    let comment = usize::from(u16_at(bytes, at + 20)?);
    let mut count = u64::from(u16_at(bytes, at + 10)?);
    let mut length = u64::from(u32_at(bytes, at + 12)?);
    let mut start = u64::from(u32_at(bytes, at + 16)?);
    let mut position = at as u64;
    let needs_64 = count == u64::from(u16::MAX) || length == u64::from(u32::MAX) || start == u64::from(u32::MAX);
    if let Some(locator) =
        at.checked_sub(20).filter(|&locator| needs_64 && bytes[locator..].starts_with(&END_64_LOCATOR))
    {
        position = u64_at(bytes, locator + 8)?;
        let end = usize::try_from(position).ok()?;
        if !bytes.get(end..)?.starts_with(&END_64) {
            return None;
        }
        count = u64_at(bytes, end.checked_add(32)?)?;
        length = u64_at(bytes, end.checked_add(40)?)?;
        start = u64_at(bytes, end.checked_add(48)?)?;
    }
    let end = End {
        directory: start,
        directory_end: start.checked_add(length)?,
        position,
        comment: comment != 0,
        trailing: at + 22 + comment != bytes.len(),
    };
    let mut rest = slice(bytes, start, length)?;
    let mut headers = Vec::new();
    while !rest.is_empty() {
        let (header, after) = header(rest)?;
        headers.push(header);
        rest = after;
    }
    (headers.len() as u64 == count).then_some((end, headers))
}

fn header(bytes: &[u8]) -> Option<(Header, &[u8])> {
    if !bytes.starts_with(&CENTRAL) {
        return None;
    }
    let lengths = [u16_at(bytes, 28)?, u16_at(bytes, 30)?, u16_at(bytes, 32)?].map(usize::from);
    let [name, extra, comment] = lengths;
    let raw_path = bytes.get(46..46 + name)?.to_vec();
    let extra_bytes = bytes.get(46 + name..46 + name + extra)?;
    let after = bytes.get(46 + name + extra + comment..)?;
    let mut size = u64::from(u32_at(bytes, 24)?);
    let mut packed = u64::from(u32_at(bytes, 20)?);
    let mut offset = u64::from(u32_at(bytes, 42)?);
    let mut unicode_path = false;
    for (id, field) in extra_fields(extra_bytes) {
        unicode_path |= id == 0x7075;
        if id == 1 {
            let mut at = 0;
            for value in [&mut size, &mut packed, &mut offset] {
                if *value == u64::from(u32::MAX) {
                    *value = u64_at(field, at)?;
                    at += 8;
                }
            }
        }
    }
    let flags = u16_at(bytes, 8)?;
    let text = std::str::from_utf8(&raw_path).ok();
    let header = Header {
        path: String::from_utf8_lossy(&raw_path).into_owned(),
        is_path_text: text.is_some() && (flags & FLAG_UTF8 != 0 || raw_path.is_ascii()),
        raw_path,
        flags,
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        packed,
        size,
        offset,
        comment: comment != 0,
        unicode_path,
    };
    Some((header, after))
}

fn extra_fields(mut bytes: &[u8]) -> Vec<(u16, &[u8])> {
    let mut fields = Vec::new();
    while let (Some(id), Some(length)) = (u16_at(bytes, 0), u16_at(bytes, 2)) {
        let end = 4 + usize::from(length);
        let Some(field) = bytes.get(4..end) else { break };
        fields.push((id, field));
        bytes = &bytes[end..];
    }
    fields
}

/// Where the data of an entry starts, if its local header says what the central directory says.
fn data_start(bytes: &[u8], header: &Header) -> Result<u64, &'static str> {
    let cut = "lies outside the file";
    let start = usize::try_from(header.offset).map_err(|_| cut)?;
    let local = bytes.get(start..).ok_or(cut)?;
    if !local.starts_with(&LOCAL) {
        return Err("is missing");
    }
    let field = |at| u16_at(local, at).ok_or(cut);
    let (name, extra) = (usize::from(field(26)?), usize::from(field(28)?));
    if local.get(30..30 + name).ok_or(cut)? != header.raw_path {
        return Err("has another name");
    }
    if field(8)? != header.method || field(6)? != header.flags {
        return Err("has another compression or other flags");
    }
    if header.flags & FLAG_DESCRIPTOR == 0 {
        let value = |at| u32_at(local, at).ok_or(cut);
        let same = |one: u32, other: u64| u64::from(one) == other || one == u32::MAX;
        if value(14)? != header.crc || !same(value(18)?, header.packed) || !same(value(22)?, header.size) {
            return Err("has another checksum or size");
        }
    }
    Ok(header.offset + 30 + name as u64 + extra as u64)
}

/// Local headers say what the central directory says, follow each other without gaps, and nothing hides between.
fn check_walk(bytes: &[u8], end: &End, headers: &[Header], findings: &mut Findings) {
    let help = "pack the wheel anew, with a plain zip writer";
    let mut entries: Vec<&Header> = headers.iter().collect();
    entries.sort_by_key(|header| header.offset);
    let mut expected = 0;
    let mut is_sound = true;
    for header in entries {
        let place = inside(&header.path);
        let start = match data_start(bytes, header) {
            Ok(start) => start,
            Err(problem) => {
                let problem = format!("the local header of `{}` {problem}", header.path);
                findings.error(Code::WheelZipHeaders, problem).at(&place).help(help);
                is_sound = false;
                continue;
            }
        };
        if is_sound && header.offset != expected {
            let problem = format!("before `{}` there are bytes of no entry, or entries overlap", header.path);
            findings.error(Code::WheelZipHeaders, problem).at(&place).help(help);
            is_sound = false;
        }
        expected = start.saturating_add(header.packed);
        if header.flags & FLAG_DESCRIPTOR != 0 {
            expected = expected.saturating_add(descriptor_length(bytes, expected, header));
        }
    }
    if !is_sound {
        return;
    }
    if expected != end.directory || end.directory_end != end.position {
        let problem = "around the central directory there are bytes of no entry";
        findings.error(Code::WheelZipHeaders, problem).help(help);
    }
}

/// Length of the data descriptor: with or without a signature, sizes of 4 or 8 bytes.
fn descriptor_length(bytes: &[u8], at: u64, header: &Header) -> u64 {
    let Ok(start) = usize::try_from(at) else { return 0 };
    let signature = if bytes.get(start..).is_some_and(|rest| rest.starts_with(b"PK\x07\x08")) { 4 } else { 0 };
    let is_long = u64_at(bytes, start + signature + 4) == Some(header.packed)
        && u64_at(bytes, start + signature + 12) == Some(header.size);
    signature as u64 + if is_long { 20 } else { 12 }
}

fn check_paths(headers: &[Header], findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for header in headers {
        let path = header.path.as_str();
        let place = inside(path);
        if !seen.insert(&header.raw_path) {
            findings
                .error(Code::WheelDuplicate, format!("two entries of the archive are named `{path}`"))
                .at(&place)
                .help("keep one of them; which one is installed depends on the installer");
        } else if let Some(other) = folded.insert(path.to_lowercase(), path) {
            findings
                .warning(Code::WheelDuplicate, format!("`{other}` and `{path}` are one file on Windows and macOS"))
                .at(&place)
                .help("rename one of them");
        }
        if !header.is_path_text {
            findings
                .error(
                    Code::WheelPath,
                    format!("the name of `{path}` is not marked as UTF-8, so that readers differ in it"),
                )
                .at(&place)
                .help("pack the wheel anew; flag bit 11 of the entry says that its name is UTF-8");
        } else if let Some(problem) = path_problem(path) {
            findings
                .error(Code::WheelPath, format!("`{}` {problem}", path.escape_debug()))
                .at(&place)
                .help("entries are named by relative paths with `/`, below the root of the wheel");
        }
    }
    // A file of this name would have to be a directory as well.
    for header in headers {
        let file = header.path.as_str();
        let is_directory = seen
            .range(format!("{file}/").into_bytes()..)
            .next()
            .is_some_and(|next| next.starts_with(file.as_bytes()) && next.get(file.len()) == Some(&b'/'));
        if !file.ends_with('/') && is_directory {
            findings
                .error(Code::WheelDuplicate, format!("`{file}` is both a file and a directory"))
                .at(inside(file))
                .help("rename one of them");
        }
    }
}

/// Why a path does not stay inside the wheel, or not the same everywhere.
fn path_problem(path: &str) -> Option<&'static str> {
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.contains('\\') {
        return Some("has backslashes, which are no separators in a zip file");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Some("is an absolute path");
    }
    if path.chars().any(char::is_control) {
        return Some("holds a control character");
    }
    if path.split('/').any(|part| part == "..") {
        return Some("leads out of the wheel");
    }
    path.split('/').any(|part| part.is_empty() || part == ".").then_some("has empty components")
}

/// Whether a file of the wheel may have this path on every system, Windows included.
pub(crate) fn is_portable_path(path: &str) -> bool {
    path_problem(path).is_none() && !path.ends_with('/') && !path.contains([':', '*', '?', '"', '<', '>', '|'])
}

fn unpack(bytes: &[u8], header: &Header, findings: &mut Findings) -> Option<Vec<u8>> {
    let place = inside(&header.path);
    let name = &header.path;
    if header.flags & FLAG_ENCRYPTED != 0 {
        findings
            .error(Code::WheelCompression, format!("`{name}` is encrypted"))
            .at(&place)
            .help("pack the wheel without a password");
        return None;
    }
    // A local header that cannot be trusted has been told.
    let start = data_start(bytes, header).ok()?;
    let packed = slice(bytes, start, header.packed);
    let contents = match (header.method, packed) {
        (STORED, Some(packed)) => Some(packed.to_vec()),
        (DEFLATED, Some(packed)) => {
            let mut contents = Vec::new();
            // One byte more than announced shows that there is more.
            let mut reader = DeflateDecoder::new(packed).take(header.size.saturating_add(1));
            reader.read_to_end(&mut contents).ok().map(|_| contents)
        }
        (STORED | DEFLATED, None) => None,
        (method, _) => {
            let method = match method {
                12 => "bzip2".to_owned(),
                14 => "LZMA".to_owned(),
                93 => "Zstandard".to_owned(),
                95 => "XZ".to_owned(),
                other => format!("method {other}"),
            };
            findings
                .error(
                    Code::WheelCompression,
                    format!("`{name}` is packed with {method}: expected deflate, or no compression"),
                )
                .at(&place)
                .help("pack the wheel with deflate; uv and PyPI refuse anything else");
            return None;
        }
    };
    let contents = contents.filter(|contents| {
        let mut crc = Crc::new();
        crc.update(contents);
        contents.len() as u64 == header.size && crc.sum() == header.crc
    });
    if contents.is_none() {
        findings
            .error(Code::WheelDamaged, format!("`{name}` cannot be unpacked to what its checksum says"))
            .at(&place)
            .help("the file was damaged: download or build it again");
    }
    contents
}

/// What PyPI takes no uploads with, though installers do not mind.
fn check_upload(end: &End, headers: &[Header], findings: &mut Findings) {
    let mut problems = Vec::new();
    if end.comment || headers.iter().any(|header| header.comment) {
        problems.push("the archive has a comment".to_owned());
    }
    if end.trailing {
        problems.push("there are bytes behind the archive".to_owned());
    }
    if let Some(header) = headers.iter().find(|header| header.flags & FLAG_DESCRIPTOR != 0) {
        problems.push(format!("the size of `{}` stands behind its data (data descriptor)", header.path));
    }
    if let Some(header) = headers.iter().find(|header| header.unicode_path) {
        problems.push(format!("`{}` has a second name in an extra field", header.path));
    }
    for problem in problems {
        findings
            .error(Code::WheelZipUpload, format!("PyPI refuses the archive: {problem}"))
            .help("pack the wheel anew into a file that can be written at any place, without comments");
    }
}
