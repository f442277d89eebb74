//! What PyPI refuses at the upload, of what installers do not mind (the checks of its server, pypi/warehouse).

use std::sync::LazyLock;

use super::headers::Headers;
use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;

/// Longest summary, in characters.
const SUMMARY_LIMIT: usize = 512;

/// Longest label of a `Project-URL`, in characters.
const LABEL_LIMIT: usize = 32;

/// All classifiers that are not deprecated, as the package trove-classifiers 2026.9.21.13 on PyPI lists them.
static CLASSIFIERS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("classifiers.txt").lines().collect());

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    if !subject.pypi {
        return;
    }
    let Some(metadata) = &subject.metadata else { return };
    let place = inside(&subject.information("METADATA").unwrap_or_default());
    let mut error = |code, message: String, help: &str| {
        findings.error(code, message).at(&place).help(help);
    };
    check_metadata(metadata, &mut error);
    if metadata.first("Description-Content-Type").is_none() && looks_like_markdown(description(metadata)) {
        findings
            .warning(
                Code::WheelContentType,
                "the description looks like Markdown, but without a content type PyPI reads reStructuredText",
            )
            .at(&place)
            .help("write `Description-Content-Type: text/markdown`");
    }
}

fn check_metadata(metadata: &Headers, error: &mut impl FnMut(Code, String, &str)) {
    if let Some(version) = metadata.first("Version").filter(|version| version.contains('+')) {
        error(
            Code::WheelLocalVersion,
            format!("PyPI does not take the local version `{version}`"),
            "leave out what follows the `+`",
        );
    }
    for text in metadata.all("Requires-Dist") {
        if text.split(';').next().is_some_and(|main| main.contains('@')) {
            error(
                Code::WheelDirectRequirement,
                format!("PyPI does not take the requirement `{}`, which points to an address", text.escape_debug()),
                "require a version that is on PyPI, e.g. `numpy>=1.24`",
            );
        }
    }
    if let Some(summary) = metadata.first("Summary")
        && (summary.chars().count() > SUMMARY_LIMIT || summary.contains('\n'))
    {
        error(
            Code::WheelSummary,
            format!("the summary has {} characters, or several lines", summary.chars().count()),
            "write one line of at most 512 characters, and the rest into the description",
        );
    }
    if metadata.first("License").is_some() && metadata.first("License-Expression").is_some() {
        error(
            Code::WheelTwoLicenses,
            "METADATA has both `License` and `License-Expression`".to_owned(),
            "keep `License-Expression`",
        );
    }
    for classifier in metadata.all("Classifier") {
        if CLASSIFIERS.binary_search(&classifier).is_err() {
            error(
                Code::WheelClassifier,
                format!("PyPI does not know the classifier `{}`, or no longer", classifier.escape_debug()),
                "take classifiers from https://pypi.org/classifiers/, letter by letter",
            );
        }
    }
    for text in metadata.all("Project-URL") {
        let (label, url) = text.split_once(',').map_or(("", text), |(label, url)| (label.trim(), url.trim()));
        if label.is_empty() || label.chars().count() > LABEL_LIMIT || !is_url(url) {
            error(
                Code::WheelUrl,
                format!("PyPI does not take `Project-URL: {}`", text.escape_debug()),
                "write a label of at most 32 characters, a comma, and an address with `https://`",
            );
        }
    }
    for field in ["Home-page", "Download-URL"] {
        if let Some(url) = metadata.first(field).filter(|url| !url.is_empty() && *url != "UNKNOWN" && !is_url(url)) {
            error(
                Code::WheelUrl,
                format!("PyPI does not take `{field}: {}`", url.escape_debug()),
                "write an address with `https://`",
            );
        }
    }
    for field in ["Author-email", "Maintainer-email"] {
        let Some(value) = metadata.first(field).filter(|value| !value.is_empty()) else { continue };
        if !addresses(value).iter().all(|address| is_mail(address)) {
            error(
                Code::WheelMail,
                format!("PyPI does not take `{field}: {}`", value.escape_debug()),
                "write `Name <mail@example.com>`, several with commas between",
            );
        }
    }
}

fn description(metadata: &Headers) -> &str {
    metadata.first("Description").unwrap_or(&metadata.body)
}

/// Headings with `#`, fences and links, none of which reStructuredText has.
fn looks_like_markdown(text: &str) -> bool {
    let is_heading = |line: &str| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    text.lines().any(|line| is_heading(line) || line.starts_with("```")) || text.contains("](http")
}

fn is_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') && !rest.contains(char::is_whitespace)
    })
}

/// The addresses of a list, without names; commas inside quotes are part of a name (RFC 5322).
fn addresses(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for character in list.chars() {
        match character {
            '"' if !escaped => quoted = !quoted,
            ',' if !quoted => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    let address = |part: &String| match part.rsplit_once('<') {
        Some((_, address)) => address.trim().strip_suffix('>').unwrap_or_default().to_owned(),
        None => part.trim().to_owned(),
    };
    parts.iter().map(address).collect()
}

fn is_mail(address: &str) -> bool {
    address.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !address.contains(|c: char| c.is_whitespace() || "<>()[],;:\\\"".contains(c))
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty() && !label.contains('@'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classifiers_are_sorted_for_the_search() {
        assert!(CLASSIFIERS.is_sorted_by(|earlier, later| earlier < later));
        assert!(CLASSIFIERS.binary_search(&"Programming Language :: Rust").is_ok());
    }

    #[test]
    fn mails_are_taken_out_of_lists() {
        assert_eq!(addresses("\"Doe, J.\" <j@example.com>, b@example.com"), ["j@example.com", "b@example.com"]);
        for mail in ["ada", "ada@", "a@b", "a b@example.com", "a@b..c", "a@b@c.d"] {
            assert!(!is_mail(mail), "{mail}");
        }
    }
}
