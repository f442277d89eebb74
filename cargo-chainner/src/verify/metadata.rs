//! METADATA (core metadata) and the licence files it names (PEP 639).

use super::headers::Headers;
use super::subject::{Subject, inside};
use super::version;
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::{license, requirement};

/// Versions of the format.
const VERSIONS: [&str; 8] = ["1.0", "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5"];

/// Fields that stand once.
const SINGLE: [&str; 14] = [
    "Metadata-Version",
    "Name",
    "Version",
    "Summary",
    "Description",
    "Description-Content-Type",
    "Keywords",
    "Home-page",
    "Author",
    "Author-email",
    "License",
    "License-Expression",
    "Requires-Python",
    "Maintainer-email",
];

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    let Some(path) = subject.information("METADATA") else { return };
    let place = inside(&path);
    let Some(metadata) = &subject.metadata else {
        match subject.contents(&path) {
            Some(_) => {
                findings
                    .error(Code::WheelMetadata, "METADATA is not UTF-8")
                    .at(&place)
                    .help("write the file, and what it is made from, as UTF-8");
            }
            None if subject.has(&path) => {}
            None => {
                findings.error(Code::WheelMetadata, "METADATA is missing").help("build the wheel anew");
            }
        }
        return;
    };
    let mut error = |code, message: String, help: &str| {
        findings.error(code, message).at(&place).help(help);
    };
    if let Some(line) = &metadata.broken_line {
        error(
            Code::WheelHeader,
            format!("the line `{}` of METADATA is no field, and hides the fields below it", line.escape_debug()),
            "no field has a line break in its value: write the summary on one line",
        );
    }
    let is_hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    for (field, value) in metadata.iter().filter(|(_, value)| value.contains(is_hidden)) {
        error(
            Code::WheelHeader,
            format!("the field `{field}` of METADATA holds a control character: {value:?}"),
            "remove the character",
        );
    }
    for field in SINGLE.into_iter().filter(|field| metadata.all(field).len() > 1) {
        error(
            Code::WheelField,
            format!("`{field}` stands more than once in METADATA"),
            "write it once; readers differ in which one they take",
        );
    }
    for field in ["Name", "Version"] {
        if metadata.first(field).is_none_or(str::is_empty) {
            error(
                Code::WheelField,
                format!("METADATA has no `{field}`"),
                "every distribution has a name and a version",
            );
        }
    }
    if let Some(name) = metadata.first("Name").filter(|name| !name.is_empty() && !is_name(name)) {
        error(
            Code::WheelField,
            format!("`{name}` is not the name of a distribution"),
            "names hold ASCII letters, digits, `-`, `_` and `.`, and start and end with a letter or digit",
        );
    }
    match metadata.first("Metadata-Version") {
        Some(version) if VERSIONS.contains(&version) => {}
        Some(version) => error(
            Code::WheelMetadataVersion,
            format!("`Metadata-Version: {version}` is not known"),
            "write `Metadata-Version: 2.4`",
        ),
        None => error(
            Code::WheelMetadataVersion,
            "METADATA has no `Metadata-Version`".to_owned(),
            "write `Metadata-Version: 2.4`",
        ),
    }
    if let Some(found) = metadata.first("Version").filter(|found| version::normal(found).is_none()) {
        error(
            Code::WheelVersionForm,
            format!("the version `{found}` is not one of PEP 440"),
            "write e.g. `1.0.0a1` for `1.0.0-alpha.1`, `1.0.0.dev1` for a nightly",
        );
    }
    for text in metadata.all("Requires-Dist") {
        if let Err(reason) = requirement::check_any(text) {
            error(
                Code::WheelRequirement,
                format!("the requirement `{}` cannot be read: {reason}", text.escape_debug()),
                "write it as pip takes it, e.g. `numpy>=1.24`",
            );
        }
    }
    if let Some(text) = metadata.first("Requires-Python")
        && let Err(reason) = requirement::check_versions(text)
    {
        error(
            Code::WheelRequiresPython,
            format!("`Requires-Python: {}` cannot be read: {reason}", text.escape_debug()),
            "write e.g. `Requires-Python: >=3.10`",
        );
    }
    if let Some(expression) = metadata.first("License-Expression")
        && license::license_expression(expression).is_err()
    {
        error(
            Code::WheelLicense,
            format!("`{}` is not an SPDX licence expression", expression.escape_debug()),
            "take the identifiers from https://spdx.org/licenses/, e.g. `MIT OR Apache-2.0`",
        );
    }
    check_content_type(metadata, &mut error);
    check_license_files(subject, metadata, findings);
}

fn is_name(name: &str) -> bool {
    let is_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && is_end(name.chars().next())
        && is_end(name.chars().last())
}

fn check_content_type(metadata: &Headers, error: &mut impl FnMut(Code, String, &str)) {
    let Some(content_type) = metadata.first("Description-Content-Type") else { return };
    let media = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !["text/markdown", "text/x-rst", "text/plain"].contains(&media.as_str()) {
        error(
            Code::WheelContentType,
            format!("`Description-Content-Type: {content_type}` is not known"),
            "write `text/markdown`, `text/x-rst` or `text/plain`",
        );
    }
}

/// Every licence file that METADATA names is there.
fn check_license_files(subject: &Subject, metadata: &Headers, findings: &mut Findings) {
    // The field is part of core metadata 2.4. Tools that wrote it before chose their own place below `.dist-info`.
    let is_old = metadata.first("Metadata-Version").is_some_and(|version| version < "2.4");
    let top = subject.information("").unwrap_or_default();
    for file in metadata.all("License-File") {
        let end = format!("/{}", file.rsplit('/').next().unwrap_or(file));
        let is_there = match is_old {
            true => subject.members.iter().any(|member| member.path.starts_with(&top) && member.path.ends_with(&end)),
            false => subject.has(&format!("{top}licenses/{file}")),
        };
        if !is_there {
            findings
                .error(
                    Code::WheelLicenseFile,
                    format!("METADATA names the licence file `{file}`, which is not in the wheel"),
                )
                .at(&inside(&subject.information("METADATA").unwrap_or_default()))
                .help(format!("put it at `.dist-info/licenses/{file}`, or leave out its `License-File`"));
        }
    }
}
