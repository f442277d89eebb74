//! `METADATA`: core metadata 2.4, a header of `Name: value` lines and the README as the body.
//!
//! A line break inside a value would turn the rest of the header into body and lose, say, the requirements without any
//! tool noticing, so values are written by one function that refuses every control character.

use super::license::license_expression;
use super::requirement::requirement;
use super::{LicenseFile, PackageName, PythonVersion, WheelError};

/// Version of the format.
const METADATA_VERSION: &str = "2.4";

/// The interpreters that load a `cp310-abi3` extension.
pub(super) const REQUIRES_PYTHON: &str = ">=3.10";

/// Longest summary that PyPI takes, in characters.
const SUMMARY_LIMIT: usize = 512;

/// What Cargo.toml and `package!` say about a package, in their own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Names of the package.
    pub name: PackageName,
    /// Version of the package.
    pub version: PythonVersion,
    /// One or two sentences: `description` of Cargo.toml.
    pub summary: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Authors as Cargo writes them: `Name`, `Name <mail>` or `<mail>`.
    pub authors: Vec<String>,
    /// Licence as Cargo writes it: an SPDX expression, or the older `MIT/Apache-2.0`.
    pub license: Option<String>,
    /// Licence texts.
    pub license_files: Vec<LicenseFile>,
    /// Address of the home page.
    pub homepage: Option<String>,
    /// Address of the repository.
    pub repository: Option<String>,
    /// Address of the documentation.
    pub documentation: Option<String>,
    /// Pip requirements besides those of `package!`, e.g. `numpy>=1.24`.
    pub requirements: Vec<String>,
    /// README in Markdown. Without one, the summary stands in.
    pub readme: Option<String>,
}

impl Metadata {
    /// Metadata with a name, a version and nothing else.
    #[must_use]
    pub fn new(name: PackageName, version: PythonVersion) -> Self {
        Self {
            name,
            version,
            summary: None,
            keywords: Vec::new(),
            authors: Vec::new(),
            license: None,
            license_files: Vec::new(),
            homepage: None,
            repository: None,
            documentation: None,
            requirements: Vec::new(),
            readme: None,
        }
    }

    /// The same with more requirements: those that the package declares in Rust.
    #[must_use]
    pub fn requiring(mut self, requirements: &[String]) -> Self {
        for requirement in requirements {
            if !self.requirements.contains(requirement) {
                self.requirements.push(requirement.clone());
            }
        }
        self
    }

    /// Name of the directory that it stands in, e.g. `film_lab-0.1.0.dist-info`.
    #[must_use]
    pub fn dist_info(&self) -> String {
        format!("{}-{}.dist-info", self.name.file_component(), self.version)
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// A value that its field cannot take: [`WheelError::ControlCharacter`], [`WheelError::Field`],
    /// [`WheelError::License`], [`WheelError::Requirement`].
    pub fn render(&self) -> Result<String, WheelError> {
        self.render_with_dynamic(&[])
    }

    /// As [`Metadata::render`], for a source distribution, of which these fields are known only when it is built (PEP 643).
    ///
    /// # Errors
    ///
    /// As [`Metadata::render`].
    pub(crate) fn render_with_dynamic(&self, dynamic: &[&str]) -> Result<String, WheelError> {
        let mut header = Header::default();
        header.line("Metadata-Version", METADATA_VERSION)?;
        dynamic.iter().try_for_each(|field| header.line("Dynamic", field))?;
        header.line("Name", self.name.distribution())?;
        header.line("Version", self.version.as_str())?;
        let summary = self.summary.as_deref().map(one_line).filter(|summary| !summary.is_empty());
        if let Some(summary) = &summary {
            header.line("Summary", &shortened(summary))?;
        }
        if !self.keywords.is_empty() {
            self.keywords.iter().try_for_each(|keyword| check_keyword(keyword))?;
            header.line("Keywords", &self.keywords.join(","))?;
        }
        let (authors, mails) = people(&self.authors)?;
        if !authors.is_empty() {
            header.line("Author", &authors.join(", "))?;
        }
        if !mails.is_empty() {
            header.line("Author-email", &mails.join(", "))?;
        }
        if let Some(license) = &self.license {
            header.line("License-Expression", &license_expression(license)?)?;
        }
        for file in &self.license_files {
            header.line("License-File", &file.path)?;
        }
        let urls =
            [("Homepage", &self.homepage), ("Repository", &self.repository), ("Documentation", &self.documentation)];
        for (label, url) in urls {
            if let Some(url) = url {
                check_url(url)?;
                header.line("Project-URL", &format!("{label}, {url}"))?;
            }
        }
        header.line("Requires-Python", REQUIRES_PYTHON)?;
        for text in &self.requirements {
            header.line("Requires-Dist", &requirement(text)?)?;
        }
        let readme = self.readme.as_deref().filter(|readme| !readme.trim().is_empty()).or(summary.as_deref());
        if let Some(readme) = readme {
            header.line("Description-Content-Type", "text/markdown")?;
            return Ok(header.with_body(readme));
        }
        Ok(header.text)
    }
}

/// The header, which no value can break out of.
#[derive(Default)]
struct Header {
    text: String,
}

impl Header {
    fn line(&mut self, field: &'static str, value: &str) -> Result<(), WheelError> {
        if let Some(character) = value.chars().find(|&character| ends_a_line(character)) {
            return Err(WheelError::ControlCharacter { field, character, value: value.to_owned() });
        }
        for part in [field, ": ", value, "\n"] {
            self.text.push_str(part);
        }
        Ok(())
    }

    fn with_body(mut self, body: &str) -> String {
        // Checkouts differ in line ends, wheels should not.
        let body = body.replace("\r\n", "\n");
        self.text.push('\n');
        self.text.push_str(body.trim_end());
        self.text.push('\n');
        self.text
    }
}

/// Whether a reader could take the character for a line end, or would hide it. U+2028 and U+2029 end a line for
/// Python's `str.splitlines`.
fn ends_a_line(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts after a word, so that the text with its ellipsis keeps the limit.
fn shortened(summary: &str) -> String {
    if summary.chars().count() <= SUMMARY_LIMIT {
        return summary.to_owned();
    }
    let cut: String = summary.chars().take(SUMMARY_LIMIT - 1).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

fn check_keyword(keyword: &str) -> Result<(), WheelError> {
    if keyword.trim().is_empty() || keyword.contains(',') {
        let reason = "expected a word without a comma";
        return Err(WheelError::Field { field: "Keywords", value: keyword.to_owned(), reason });
    }
    Ok(())
}

fn check_url(url: &str) -> Result<(), WheelError> {
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_url = address.is_some_and(|address| {
        address.starts_with(|first: char| first.is_alphanumeric() || first == '[')
            && !address.chars().any(|character| character.is_whitespace() || "<>\"\\^`{}|".contains(character))
    });
    if is_url || url.chars().any(ends_a_line) {
        // A control character gets the message of its own when the line is written.
        return Ok(());
    }
    let reason = "expected an address that starts with `https://` or `http://`";
    Err(WheelError::Field { field: "Project-URL", value: url.to_owned(), reason })
}

/// Splits Cargo's authors into names without and addresses with a mail, as PEP 621 does.
fn people(authors: &[String]) -> Result<(Vec<String>, Vec<String>), WheelError> {
    let (mut names, mut mails) = (Vec::new(), Vec::new());
    for author in authors {
        let author = one_line(author);
        match author.split_once('<') {
            None if author.is_empty() => {}
            None => names.push(author),
            Some((name, mail)) => {
                let mail = mail.strip_suffix('>').filter(|mail| is_mail(mail)).ok_or_else(|| WheelError::Field {
                    field: "Author-email",
                    value: author.clone(),
                    reason: "expected `Name <mail@example.com>`",
                })?;
                mails.push(match name.trim() {
                    "" => mail.to_owned(),
                    name => format!("{} <{mail}>", quoted_name(name)),
                });
            }
        }
    }
    Ok((names, mails))
}

fn is_mail(mail: &str) -> bool {
    mail.split_once('@').is_some_and(|(local, domain)| {
        let is_part = |part: &str| {
            !part.is_empty()
                && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c))
        };
        is_part(local) && is_part(domain) && domain.split('.').all(|label| !label.is_empty())
    })
}

/// RFC 5322: a display name with special characters is a quoted string.
fn quoted_name(name: &str) -> String {
    if name.contains(['(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '.', '"']) {
        return format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Metadata {
        let version = PythonVersion::from_cargo(&"0.1.0-alpha.1".parse().unwrap()).unwrap();
        Metadata::new(PackageName::from_crate("Film_Lab").unwrap(), version)
    }

    #[test]
    fn every_field_is_written() {
        let metadata = Metadata {
            summary: Some("Film grain,\n  halation\tand vignettes.".to_owned()),
            keywords: vec!["film".to_owned(), "grain".to_owned()],
            authors: vec![
                "Ada".to_owned(),
                "Zoë <zoe@example.com>".to_owned(),
                "Doe, J. <j@example.com>".to_owned(),
                "<bare@example.com>".to_owned(),
            ],
            license: Some("MIT/Apache-2.0".to_owned()),
            license_files: vec![LicenseFile { path: "LICENSE-MIT".to_owned(), contents: Vec::new() }],
            homepage: Some("https://example.com".to_owned()),
            repository: Some("https://example.com/git".to_owned()),
            documentation: Some("https://docs.rs/film-lab".to_owned()),
            requirements: vec!["numpy>=1.24".to_owned()],
            readme: Some("# Film Lab\r\n\r\nGrain: 名\r\n\r\n".to_owned()),
            ..metadata()
        };
        let expected = "\
Metadata-Version: 2.4
Name: film-lab
Version: 0.1.0a1
Summary: Film grain, halation and vignettes.
Keywords: film,grain
Author: Ada
Author-email: Zoë <zoe@example.com>, \"Doe, J.\" <j@example.com>, bare@example.com
License-Expression: MIT OR Apache-2.0
License-File: LICENSE-MIT
Project-URL: Homepage, https://example.com
Project-URL: Repository, https://example.com/git
Project-URL: Documentation, https://docs.rs/film-lab
Requires-Python: >=3.10
Requires-Dist: numpy>=1.24
Description-Content-Type: text/markdown

# Film Lab

Grain: 名
";
        assert_eq!(metadata.render().unwrap(), expected);
    }

    #[test]
    fn without_a_readme_the_summary_is_the_body() {
        let metadata = Metadata { summary: Some("Film.".to_owned()), ..metadata() };
        assert!(metadata.render().unwrap().ends_with("Description-Content-Type: text/markdown\n\nFilm.\n"));
    }

    #[test]
    fn without_any_text_there_is_no_body() {
        assert!(metadata().render().unwrap().ends_with("Requires-Python: >=3.10\n"));
    }

    #[test]
    fn a_long_summary_is_cut_after_a_word() {
        let metadata = Metadata { summary: Some("grün ".repeat(200)), ..metadata() };
        let text = metadata.render().unwrap();
        let summary = text.lines().find_map(|line| line.strip_prefix("Summary: ")).unwrap();
        assert!(summary.chars().count() <= SUMMARY_LIMIT && summary.ends_with("grün…"), "{summary}");
    }

    #[test]
    fn no_value_can_start_a_header_of_its_own() {
        let evil = |character: char| format!("x{character}Requires-Dist: evil");
        for character in ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{85}', '\u{2028}', '\u{2029}', '\0', '\u{1b}'] {
            let text = evil(character);
            let all = [
                Metadata { summary: Some(text.clone()), ..metadata() },
                Metadata { keywords: vec![text.clone()], ..metadata() },
                Metadata { authors: vec![text.clone()], ..metadata() },
                Metadata { authors: vec![format!("{text} <a@example.com>")], ..metadata() },
                Metadata { authors: vec![format!("Ada <{text}@example.com>")], ..metadata() },
                Metadata { license: Some(text.clone()), ..metadata() },
                Metadata {
                    license_files: vec![LicenseFile { path: text.clone(), contents: Vec::new() }],
                    ..metadata()
                },
                Metadata { homepage: Some(format!("https://{text}")), ..metadata() },
                Metadata { repository: Some(format!("https://{text}")), ..metadata() },
                Metadata { documentation: Some(format!("https://{text}")), ..metadata() },
                Metadata { requirements: vec![text.clone()], ..metadata() },
            ];
            for metadata in all {
                // White space may be folded away; what is left must be a single line.
                if let Ok(rendered) = metadata.render() {
                    let (header, _) = rendered.split_once("\n\n").unwrap_or((&rendered, ""));
                    assert!(!header.lines().any(|line| line.starts_with("Requires-Dist")), "{rendered}");
                    let is_bad = |c: char| (c.is_control() && c != '\n') || "\u{2028}\u{2029}".contains(c);
                    assert!(!header.chars().any(is_bad), "{rendered:?}");
                }
            }
        }
        let error = Metadata { keywords: vec![evil('\n')], ..metadata() }.render().unwrap_err();
        assert!(matches!(error, WheelError::ControlCharacter { field: "Keywords", character: '\n', .. }), "{error}");
    }

    #[test]
    fn values_that_pypi_would_refuse_are_refused() {
        let all = [
            ("Keywords", Metadata { keywords: vec!["a,b".to_owned()], ..metadata() }),
            ("Keywords", Metadata { keywords: vec![" ".to_owned()], ..metadata() }),
            ("Author-email", Metadata { authors: vec!["Ada <ada>".to_owned()], ..metadata() }),
            ("Author-email", Metadata { authors: vec!["Ada <a@b".to_owned()], ..metadata() }),
            ("Author-email", Metadata { authors: vec!["Ada <a@b..c>".to_owned()], ..metadata() }),
            ("Project-URL", Metadata { homepage: Some("example.com".to_owned()), ..metadata() }),
            ("Project-URL", Metadata { homepage: Some("https://".to_owned()), ..metadata() }),
            ("Project-URL", Metadata { homepage: Some("javascript:alert(1)".to_owned()), ..metadata() }),
        ];
        for (expected, metadata) in all {
            let error = metadata.render().unwrap_err();
            assert!(matches!(error, WheelError::Field { field, .. } if field == expected), "{error}");
        }
    }
}
