//! Whether the links of the pages lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{Token, Tokenizer};

use crate::index::decoded;

use super::site::Site;

/// A link that leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dead {
    /// Page that it stands in.
    pub(super) page: String,
    /// What it says.
    pub(super) target: String,
}

/// The links of all pages that lead to a file or a part of a page that is not there. Links to other sites are not followed.
pub(super) fn dead(site: &Site) -> Vec<Dead> {
    let pages: BTreeMap<&str, Page> =
        site.files().filter(|(path, _)| path.ends_with(".html")).map(|(path, bytes)| (path, Page::of(bytes))).collect();
    let mut dead = Vec::new();
    for (path, page) in &pages {
        for link in &page.links {
            if has_scheme(link) {
                continue;
            }
            let (file, part) = link.split_once('#').map_or((link.as_str(), None), |(file, part)| (file, Some(part)));
            let file = file.split('?').next().unwrap_or_default();
            let target = if file.is_empty() { Some((*path).to_owned()) } else { resolved(path, file) };
            let leads = target.is_some_and(|target| {
                let exists = site.has(&target);
                let part = part.filter(|part| !part.is_empty());
                exists && part.is_none_or(|part| pages.get(target.as_str()).is_some_and(|page| page.ids.contains(part)))
            });
            if !leads {
                dead.push(Dead { page: (*path).to_owned(), target: link.clone() });
            }
        }
    }
    dead
}

/// Addresses and anchors of a page.
struct Page {
    links: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Page {
    fn of(html: &[u8]) -> Self {
        let mut page = Self { links: BTreeSet::new(), ids: BTreeSet::new() };
        for token in Tokenizer::new(html).flatten() {
            let Token::StartTag(tag) = token else { continue };
            for (name, value) in &tag.attributes {
                let value = String::from_utf8_lossy(value).into_owned();
                match name.as_slice() {
                    b"href" | b"src" | b"action" => drop(page.links.insert(value)),
                    b"id" => drop(page.ids.insert(value)),
                    _ => {}
                }
            }
        }
        page
    }
}

fn has_scheme(link: &str) -> bool {
    let scheme = link.split(':').next().filter(|_| link.contains(':')).unwrap_or_default();
    link.starts_with("//")
        || (!scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
}

/// The path in the site that a link of a page means; nothing if it leads out of it.
fn resolved(page: &str, link: &str) -> Option<String> {
    let link = decoded(link)?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let mut site = Site::default();
        let index = "<a href=\"nodes/a.html#in\">a</a><a href=\"nodes/b.html\">b</a><img src='x.png'><a href='#top' id=top>t</a>\
                     <a href='https://example.org/'>e</a><a href='../out.html'>o</a>";
        site.add("index.html", index);
        site.add("nodes/a.html", "<p id=in><a href='../index.html?q=1'>i</a><a href='../index.html#no'>n</a><a href='gr%C3%B6%C3%9Fe.html'>g</a>");
        site.add("nodes/größe.html", "");
        let found: Vec<String> = dead(&site).into_iter().map(|dead| format!("{} {}", dead.page, dead.target)).collect();
        assert_eq!(
            found,
            ["index.html ../out.html", "index.html nodes/b.html", "index.html x.png", "nodes/a.html ../index.html#no",]
        );
    }
}
