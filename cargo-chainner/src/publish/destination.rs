//! Where to publish.

use std::path::{Path, PathBuf};

use url::Url;

use crate::{codes::Code, error::Failure};

/// Where to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// PyPI.
    Pypi,
    /// The upload address of another index.
    Url(Url),
    /// An index of plain files.
    Directory(PathBuf),
}

impl Destination {
    /// Reads what `--to` says.
    ///
    /// # Errors
    /// It is none of them, or holds a name or password.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        if text.eq_ignore_ascii_case("pypi") {
            return Ok(Self::Pypi);
        }
        let refuse = |message: String, help: String| Err(Failure::new(Code::PublishDestination, message).help(help));
        if let Some(path) = text.strip_prefix("dir:") {
            return match path {
                "" => refuse("`dir:` names no directory".to_owned(), "write e.g. `--to dir:index`".to_owned()),
                path => Ok(Self::Directory(path.into())),
            };
        }
        let Some(url) = Url::parse(text).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
        else {
            let help = match Path::new(text).is_dir() || text.contains(['/', '\\']) && !text.contains("://") {
                true => format!("for a directory, write `--to dir:{text}`"),
                false => "write `--to pypi`, `--to https://…` or `--to dir:PATH`".to_owned(),
            };
            let shown = if text.contains('@') { "what `--to` gives".to_owned() } else { format!("`{text}`") };
            return refuse(format!("{shown} is no place to publish to"), help);
        };
        without_password(&url)?;
        // The page of an index is not its upload address; of PyPI it is known.
        if matches!(url.host_str(), Some("pypi.org" | "www.pypi.org" | "pypi.python.org")) {
            return refuse(format!("`{url}` takes no uploads"), "write `--to pypi`".to_owned());
        }
        Ok(Self::Url(url))
    }

    /// The address of an index, to look what is in it.
    ///
    /// # Errors
    /// It is none, or holds a name or password.
    pub(super) fn parse_index(text: &str) -> Result<Url, Failure> {
        let url = Url::parse(text).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
        let url = url.ok_or_else(|| {
            Failure::new(Code::PublishDestination, "what `--check-url` gives is no address of an index")
                .help("write e.g. `--check-url https://pypi.studio.example/simple/`")
        })?;
        without_password(&url)?;
        Ok(url)
    }

    /// As messages name it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Pypi => "PyPI".to_owned(),
            Self::Url(url) => url.to_string(),
            Self::Directory(path) => path.display().to_string(),
        }
    }
}

/// What stands on a command line is seen in logs and lists of processes.
fn without_password(url: &Url) -> Result<(), Failure> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(());
    }
    let message = format!("the address of `{}` holds a name or password", url.host_str().unwrap_or_default());
    Err(Failure::new(Code::PublishDestination, message).help(
        "leave them out, and set `UV_PUBLISH_USERNAME` and `UV_PUBLISH_PASSWORD`, or `TWINE_USERNAME` and `TWINE_PASSWORD`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_apart() {
        assert_eq!(Destination::parse("pypi"), Ok(Destination::Pypi));
        assert_eq!(Destination::parse("dir:a b"), Ok(Destination::Directory("a b".into())));
        let url = "https://test.pypi.org/legacy/";
        assert_eq!(Destination::parse(url).unwrap().shown(), url);
    }

    #[test]
    fn what_is_no_place_is_refused_without_its_password() {
        for (text, help) in [
            ("dir:", "dir:index"),
            ("pipy", "--to pypi"),
            ("./index", "--to dir:./index"),
            ("ftp://ada:secret@example.com", "--to https://"),
            ("https://ada:secret@example.com/upload", "UV_PUBLISH_PASSWORD"),
            ("https://pypi.org/simple", "--to pypi"),
        ] {
            let failure = Destination::parse(text).unwrap_err();
            let said = format!("{} {}", failure.message, failure.help.unwrap_or_default());
            assert_eq!(failure.code, Code::PublishDestination);
            assert!(said.contains(help) && !said.contains("secret"), "{said}");
        }
    }
}
