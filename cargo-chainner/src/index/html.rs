//! Pages of an index in HTML (PEP 503): one link for each file, what is known about it in its attributes.

use std::fmt::Write as _;

use html5gum::{StartTag, Token, Tokenizer};
use url::Url;

use crate::verify::canonical;

use super::{CoreMetadata, File, Page, Projects};

/// Endings of files that installers look at.
const ENDINGS: [&str; 3] = [".whl", ".tar.gz", ".zip"];

impl Page {
    /// Reads a page of PEP 503. Links to other things than wheels and source distributions are left out.
    ///
    /// # Errors
    /// The page is of a version that is not known (PEP 629).
    pub(crate) fn from_html(name: &str, text: &[u8]) -> Result<Self, String> {
        let mut files = Vec::new();
        let mut base: Option<Url> = None;
        for tag in tags(text) {
            match tag.name.as_slice() {
                b"meta" if attribute(&tag, "name").as_deref() == Some("pypi:repository-version") => {
                    let version = attribute(&tag, "content").unwrap_or_default();
                    if version.split('.').next() != Some("1") {
                        return Err(format!("it is of version {version}, and only 1 is known"));
                    }
                }
                b"base" if base.is_none() => base = attribute(&tag, "href").and_then(|href| Url::parse(&href).ok()),
                b"a" => files.extend(file(&tag, base.as_ref())),
                _ => {}
            }
        }
        Ok(Self { name: canonical(name), files })
    }

    /// Writes a page of PEP 503. The same page gives the same bytes.
    pub(crate) fn to_html(&self) -> String {
        let mut links = String::new();
        for file in &self.files {
            let hash = file.sha256.as_ref().map(|hash| format!("#sha256={hash}")).unwrap_or_default();
            let _ = write!(links, "    <a href=\"{}{hash}\"", escaped(&file.url));
            let metadata = file.metadata.as_ref().map(|metadata| match metadata {
                CoreMetadata::There => "true".to_owned(),
                CoreMetadata::Sha256(hash) => format!("sha256={hash}"),
            });
            for (name, value) in [
                ("data-requires-python", &file.requires_python),
                ("data-core-metadata", &metadata),
                ("data-dist-info-metadata", &metadata),
                ("data-yanked", &file.yanked),
            ] {
                if let Some(value) = value {
                    let _ = write!(links, " {name}=\"{}\"", escaped(value));
                }
            }
            let _ = writeln!(links, ">{}</a><br>", escaped(&file.name));
        }
        document(&format!("Links for {}", self.name), &links)
    }
}

impl Projects {
    /// Reads a list of PEP 503.
    pub(crate) fn from_html(text: &[u8]) -> Self {
        let links = tags(text).into_iter().filter(|tag| tag.name.as_slice() == b"a");
        let names = links.filter_map(|tag| {
            let href = attribute(&tag, "href")?;
            let path = href.split(['#', '?']).next()?.trim_end_matches('/');
            let name = canonical(path.rsplit('/').next()?);
            (!name.is_empty()).then_some(name)
        });
        Self(names.collect())
    }

    /// Writes a list of PEP 503.
    pub(crate) fn to_html(&self) -> String {
        let links: String =
            self.0.iter().map(|name| format!("    <a href=\"{0}/\">{0}</a><br>\n", escaped(name))).collect();
        document("Simple index", &links)
    }
}

fn file(tag: &StartTag<()>, base: Option<&Url>) -> Option<File> {
    let href = attribute(tag, "href")?;
    let (url, fragment) = href.split_once('#').unwrap_or((&href, ""));
    let last = url.split('?').next()?.rsplit('/').next()?;
    let name = decoded(last).unwrap_or_else(|| last.to_owned());
    if !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let url = base.and_then(|base| base.join(url).ok()).map_or_else(|| url.to_owned(), |url| url.to_string());
    let sha256 = fragment.split('&').find_map(|part| {
        let (kind, hash) = part.split_once('=')?;
        kind.eq_ignore_ascii_case("sha256").then(|| hash.to_ascii_lowercase())
    });
    let metadata = attribute(tag, "data-core-metadata").or_else(|| attribute(tag, "data-dist-info-metadata"));
    Some(File {
        name,
        url,
        sha256,
        requires_python: attribute(tag, "data-requires-python"),
        metadata: metadata.map(|text| match text.strip_prefix("sha256=") {
            Some(hash) => CoreMetadata::Sha256(hash.to_ascii_lowercase()),
            None => CoreMetadata::There,
        }),
        size: None,
        yanked: attribute(tag, "data-yanked"),
    })
}

/// Without `%xx`; `None` if that gives no text.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn tags(text: &[u8]) -> Vec<StartTag<()>> {
    let tokens = Tokenizer::new(text).flatten();
    tokens.filter_map(|token| if let Token::StartTag(tag) = token { Some(tag) } else { None }).collect()
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n  <head>\n    <meta charset=\"utf-8\">\n    \
         <meta name=\"pypi:repository-version\" content=\"1.1\">\n    <title>{}</title>\n  </head>\n  <body>\n{body}  </body>\n</html>\n",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
