//! An index behind HTTP, read without Python. Proxies are those of the environment, certificates those of the system.

use std::time::Duration;

use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig},
};
use url::Url;

use crate::{codes::Code, error::Failure, verify::canonical};

use super::{File, Page, sha256};

/// What is asked for, the best first (PEP 691).
const ACCEPT: &str = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01";
/// Largest page, in bytes; that of the largest project on PyPI has some 30 MB.
const PAGE_LIMIT: u64 = 128 << 20;
/// Largest file, in bytes.
const FILE_LIMIT: u64 = 1 << 30;
/// How long connecting, and waiting for an answer, may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An index behind HTTP.
#[derive(Debug)]
pub(crate) struct Network {
    root: Url,
    agent: Agent,
}

impl Network {
    /// An index at an address such as `https://pypi.org/simple`.
    ///
    /// # Errors
    /// It is none of HTTP.
    pub(crate) fn open(location: &str) -> Result<Self, Failure> {
        let root = Url::parse(&format!("{}/", location.trim_end_matches('/')))
            .ok()
            .filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
        let Some(root) = root else {
            return Err(Failure::new(
                Code::IndexUnreadable,
                format!("`{}` is no address of an index", hidden(location)),
            )
            .help("give a directory, or an address such as `https://pypi.org/simple`"));
        };
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .user_agent(concat!("cargo-chainner/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { root, agent })
    }

    /// The address of the index, without a password.
    pub(crate) fn shown(&self) -> String {
        shown(&self.root)
    }

    /// The page of a project; nothing if the index has none of that name. Addresses of files are absolute.
    ///
    /// # Errors
    /// The index does not answer, or with something else than a page.
    pub(crate) fn page(&self, name: &str) -> Result<Option<Page>, Failure> {
        let url = self
            .root
            .join(&format!("{}/", canonical(name)))
            .map_err(|error| garbled(&self.root, &error.to_string()))?;
        let Some(answer) = self.get(&url, ACCEPT, PAGE_LIMIT)? else { return Ok(None) };
        let page = match answer.mime.as_str() {
            "application/vnd.pypi.simple.v1+json" | "application/json" => Page::from_json(&answer.body),
            "application/vnd.pypi.simple.v1+html" | "text/html" => Page::from_html(name, &answer.body),
            other => Err(format!("it is of the type `{other}`")),
        };
        let mut page = page.map_err(|reason| garbled(&url, &reason))?;
        for file in &mut page.files {
            let address =
                answer.url.join(&file.url).map_err(|error| garbled(&url, &format!("`{}`: {error}", file.url)))?;
            file.url = address.to_string();
        }
        Ok(Some(page))
    }

    /// A file of a page, with the hash that the page tells.
    ///
    /// # Errors
    /// It cannot be loaded, or has another hash.
    pub(crate) fn download(&self, file: &File) -> Result<Vec<u8>, Failure> {
        let mut url = Url::parse(&file.url).map_err(|error| garbled(&self.root, &error.to_string()))?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(garbled(&url, "files are loaded over HTTP only"));
        }
        // Who may read the pages may read the files of the same server.
        if url.origin() == self.root.origin() && url.username().is_empty() {
            let _ = url.set_username(self.root.username());
            let _ = url.set_password(self.root.password());
        }
        let answer = self.get(&url, "*/*", FILE_LIMIT)?;
        let body = answer.ok_or_else(|| garbled(&url, "the page lists a file that is not there"))?.body;
        let found = sha256(&body);
        match &file.sha256 {
            Some(expected) if *expected != found => {
                let message =
                    format!("`{}` is not what the index lists: expected sha256 {expected}, got {found}", file.name);
                Err(Failure::new(Code::IndexHash, message).help(
                    "try again; if it stays so, the file was changed behind the index, or on its way here: tell who keeps the index",
                ))
            }
            _ => Ok(body),
        }
    }

    /// Nothing where the server says that there is nothing.
    fn get(&self, url: &Url, accept: &str, limit: u64) -> Result<Option<Answer>, Failure> {
        use ureq::ResponseExt as _;

        let unreachable = |error: &ureq::Error| {
            let message = format!("cannot read `{}`: {}", shown(url), hidden(&error.to_string()));
            Failure::new(Code::IndexUnreachable, message)
                .help("look whether the address is right and can be reached; proxies are taken from `HTTPS_PROXY` and `NO_PROXY`")
        };
        let mut answer =
            self.agent.get(url.as_str()).header("Accept", accept).call().map_err(|error| unreachable(&error))?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => {
                let failure = Failure::new(
                    Code::IndexUnreachable,
                    format!("cannot read `{}`: the server answers {}", shown(url), answer.status()),
                );
                return Err(match status {
                    401 | 403 | 407 => failure.help(
                        "log in with `--index https://USER:PASSWORD@HOST/simple`, or let pip do it: `pip download --no-deps NAME==VERSION`, \
                         and compare with that file",
                    ),
                    _ => failure.help("try again later, or ask who keeps the index"),
                });
            }
        }
        // Relative addresses count from where redirects led.
        let at = Url::parse(&answer.get_uri().to_string()).unwrap_or_else(|_| url.clone());
        let mime = answer.body().mime_type().unwrap_or_default().to_ascii_lowercase();
        let body = answer.body_mut().with_config().limit(limit).read_to_vec().map_err(|error| unreachable(&error))?;
        Ok(Some(Answer { url: at, mime, body }))
    }
}

struct Answer {
    url: Url,
    mime: String,
    body: Vec<u8>,
}

fn garbled(url: &Url, reason: &str) -> Failure {
    Failure::new(Code::IndexPage, format!("`{}` is no page of an index: {}", shown(url), hidden(reason)))
        .help("`--index` takes the address below which each project has its page, such as `https://pypi.org/simple`")
}

/// An address without the password in it.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    if !url.username().is_empty() || url.password().is_some() {
        let _ = url.set_username("***");
        let _ = url.set_password(None);
    }
    url.to_string()
}

/// A text in which addresses may stand, without names and passwords in them.
pub(super) fn hidden(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("://").map(|start| start + 3) {
        shown += &rest[..start];
        rest = &rest[start..];
        let end = rest.find(|c: char| c == '/' || c.is_whitespace() || c == '`').unwrap_or(rest.len());
        if let Some(at) = rest[..end].rfind('@') {
            shown += "***";
            rest = &rest[at..];
        }
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(hidden("at `https://ada:s3@x.example/a` and http://y"), "at `https://***@x.example/a` and http://y");
        let network = Network::open("https://ada:secret@x.example/simple").unwrap();
        assert_eq!(network.shown(), "https://***@x.example/simple/");
        for location in ["ftp://ada:secret@x.example", "https://", "not an address"] {
            let failure = Network::open(location).unwrap_err();
            assert_eq!(failure.code, Code::IndexUnreadable);
            assert!(!failure.message.contains("secret"), "{failure}");
        }
    }
}
