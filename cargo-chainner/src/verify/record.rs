//! RECORD in both directions: every file has its row, every row its file (PEP 376, PEP 627).

use std::collections::BTreeSet;

use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, Engine as _};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::record::{self, Row};

const REBUILD: &str = "build the wheel anew, or `wheel unpack` and `wheel pack` it, which writes RECORD";

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    let Some(path) = subject.information("RECORD") else { return };
    let place = inside(&path);
    if !subject.has(&path) {
        findings.error(Code::WheelRecord, "RECORD is missing").help(REBUILD);
        return;
    }
    if subject.contents(&path).is_none() {
        return;
    }
    let Some(rows) = subject.text(&path).and_then(record::parse) else {
        findings
            .error(Code::WheelRecord, "RECORD cannot be read: expected lines of path, digest and size (RFC 4180)")
            .at(&place)
            .help(REBUILD);
        return;
    };
    let mut listed = BTreeSet::new();
    for row in &rows {
        if let Some(path) = check_row(subject, row, findings)
            && !listed.insert(path.clone())
        {
            findings.error(Code::WheelRecordTwice, format!("RECORD lists `{path}` twice")).at(&place).help(REBUILD);
        }
    }
    // Signatures cannot be listed by what they sign.
    let exempt = ["RECORD", "RECORD.jws", "RECORD.p7s"].map(|file| subject.information(file).unwrap_or_default());
    for member in subject.members.iter().filter(|member| !listed.contains(&member.path)) {
        if member.path == path || !exempt.contains(&member.path) {
            findings
                .error(Code::WheelUnlisted, format!("RECORD does not list `{}`", member.path))
                .at(&inside(&member.path))
                .help(REBUILD);
        }
    }
}

/// Judges a row, and says which file it is about.
fn check_row(subject: &Subject, row: &Row, findings: &mut Findings) -> Option<String> {
    let record = subject.information("RECORD")?;
    let place = inside(&record);
    let path = row.path.replace('\\', "/");
    if row.path.contains('\\') {
        findings
            .error(Code::WheelRecordPath, format!("RECORD lists `{}` with backslashes", row.path))
            .at(&place)
            .help("paths are written with `/` on every system");
    }
    if path.ends_with('/') {
        findings
            .error(Code::WheelRecordDirectory, format!("RECORD lists the directory `{path}`"))
            .at(&place)
            .help("RECORD lists files only; PyPI reports such wheels to their owners");
        return None;
    }
    if !subject.has(&path) {
        findings
            .error(Code::WheelGhost, format!("RECORD lists `{path}`, which is not in the wheel"))
            .at(&place)
            .help(REBUILD);
        return Some(path);
    }
    if path == record {
        return Some(path);
    }
    let Some(contents) = subject.contents(&path) else { return Some(path) };
    if !row.size.is_empty() && row.size.parse() != Ok(contents.len() as u64) {
        findings
            .error(
                Code::WheelRecordSize,
                format!("RECORD says that `{path}` has {} bytes, it has {}", row.size, contents.len()),
            )
            .at(&place)
            .help(REBUILD);
    }
    if let Some((code, problem)) = digest_problem(&row.digest, contents) {
        findings.error(code, format!("RECORD {problem} for `{path}`")).at(&place).help(REBUILD);
    }
    Some(path)
}

fn digest_problem(digest: &str, contents: &[u8]) -> Option<(Code, String)> {
    let Some((algorithm, value)) = digest.split_once('=') else {
        return Some((Code::WheelDigestForm, "has no digest".to_owned()));
    };
    let actual: Vec<u8> = match algorithm {
        "sha256" => Sha256::digest(contents).to_vec(),
        "sha384" => Sha384::digest(contents).to_vec(),
        "sha512" => Sha512::digest(contents).to_vec(),
        weak => return Some((Code::WheelDigestForm, format!("has a digest of the kind `{weak}`, expected sha256,"))),
    };
    if value == URL_SAFE_NO_PAD.encode(&actual) {
        return None;
    }
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let is_same = [&STANDARD, &URL_SAFE]
        .iter()
        .any(|alphabet| GeneralPurpose::new(alphabet, lenient).decode(value).is_ok_and(|bytes| bytes == actual));
    Some(match is_same {
        true => {
            (Code::WheelDigestForm, "has the digest in another form than URL-safe base64 without padding".to_owned())
        }
        false => (Code::WheelDigest, "has another digest".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_judged_by_value_and_form() {
        let code = |digest: &str| digest_problem(digest, b"\0").map(|(code, _)| code);
        let right = record::Row::of("x", b"\0").digest;
        assert_eq!(code(&right), None);
        assert_eq!(code(&format!("{right}=")), Some(Code::WheelDigestForm));
        assert_eq!(
            code(&right.replace('-', "+").replace('_', "/")),
            (right.contains(['-', '_'])).then_some(Code::WheelDigestForm)
        );
        assert_eq!(code("sha256=AAAA"), Some(Code::WheelDigest));
        assert_eq!(code("md5=AAAA"), Some(Code::WheelDigestForm));
        assert_eq!(code(""), Some(Code::WheelDigestForm));
    }
}
