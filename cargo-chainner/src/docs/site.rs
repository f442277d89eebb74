//! The files of a site, in memory.

use std::collections::BTreeMap;

use anyhow::Result;

use super::{
    book::Book,
    card, overview, page,
    trial::{After, Bench, Trial, used},
};

/// Files by their paths below the directory of the site, with `/` between their parts.
#[derive(Debug, Default)]
pub(super) struct Site(BTreeMap<String, Vec<u8>>);

impl Site {
    /// Writes all pages of a package. `trials` has one for each node, or none if nodes were not tried.
    ///
    /// # Errors
    /// A sample cannot be made.
    pub(super) fn of(book: &Book<'_>, trials: &[Trial], bench: Option<&Bench<'_>>) -> Result<Self> {
        let mut site = Self::default();
        site.add("style.css", include_str!("style.css"));
        site.add("search.js", include_str!("search.js"));
        site.add("index.html", overview::page(book));
        for (index, node) in book.nodes.iter().enumerate() {
            let card = card::draw(node);
            let trial = trials.get(index);
            site.add(&node.page(), page::page(book, node, &card, trial));
            site.add(&node.card(), card.source);
            let Some(Trial::Shown(shown)) = trial else { continue };
            for (index, (_, after)) in shown.after.iter().enumerate() {
                if let After::Picture { bytes, .. } = after {
                    site.add(&page::picture(node, index), bytes.clone());
                }
            }
        }
        if let Some(bench) = bench {
            for sample in used(trials) {
                site.add(&page::sample(sample.name()), bench.shown(sample)?);
            }
        }
        Ok(site)
    }

    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), bytes.into());
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The files, by path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.0.keys().filter(|path| path.ends_with(".html")).count()
    }
}
