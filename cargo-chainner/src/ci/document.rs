//! A workflow as a tree, with the line of each part.

use chainner_sdk::library::Place;
use saphyr::{LoadableYamlNode as _, MarkedYaml, ScanError, YamlData};

/// A workflow that could be read.
#[derive(Debug)]
pub(super) struct Document<'a> {
    file: &'a str,
    root: MarkedYaml<'a>,
}

/// A part of a workflow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    file: &'a str,
    node: &'a MarkedYaml<'a>,
}

impl<'a> Document<'a> {
    /// Reads a text.
    ///
    /// # Errors
    /// It is no YAML, or not a tree of names; with the place.
    pub(super) fn read(file: &'a str, text: &'a str) -> Result<Self, (String, Place)> {
        let place = |line: usize, column: usize| Place {
            file: file.to_owned(),
            line: line.try_into().unwrap_or(0),
            column: column.try_into().unwrap_or(0),
        };
        let refused = |error: ScanError| {
            let marker = *error.marker();
            (error.info().to_owned(), place(marker.line(), marker.col() + 1))
        };
        let mut documents = MarkedYaml::load_from_str(text).map_err(refused)?;
        match documents.len() {
            1 => Ok(Self { file, root: documents.remove(0) }),
            count => Err((format!("the file holds {count} documents"), place(0, 0))),
        }
    }

    /// All of it.
    pub(super) fn root(&'a self) -> Part<'a> {
        Part { file: self.file, node: &self.root }
    }
}

impl<'a> Part<'a> {
    /// The part below a name.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        Some(Self { node: self.node.data.as_mapping_get(name)?, ..self })
    }

    /// The parts of a mapping with their names.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = match &self.node.data {
            YamlData::Mapping(entries) => Some(entries.iter()),
            _ => None,
        };
        entries.into_iter().flatten().filter_map(move |(name, node)| Some((name.data.as_str()?, Self { node, ..self })))
    }

    /// The parts of a list.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        let items = match &self.node.data {
            YamlData::Sequence(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |node| Self { node, ..self })
    }

    /// Its text, if it is one.
    pub(super) fn text(self) -> Option<&'a str> {
        self.node.data.as_str()
    }

    /// Whether it is a mapping.
    pub(super) fn is_mapping(self) -> bool {
        matches!(self.node.data, YamlData::Mapping(_))
    }

    /// Where it stands.
    pub(super) fn place(self) -> Place {
        let start = self.node.span.start;
        Place {
            file: self.file.to_owned(),
            line: start.line().try_into().unwrap_or(0),
            column: (start.col() + 1).try_into().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_know_their_place() {
        let document = Document::read("a.yml", "jobs:\n  test:\n    steps:\n      - uses: x@v1\n").expect("YAML");
        let steps = document.root().get("jobs").and_then(|jobs| jobs.get("test")?.get("steps")).expect("there");
        let uses = steps.items().next().and_then(|step| step.get("uses")).expect("there");
        assert_eq!((uses.text(), uses.place().line, uses.place().column), (Some("x@v1"), 4, 15));
        let names: Vec<&str> = document.root().entries().map(|(name, _)| name).collect();
        assert_eq!(names, ["jobs"]);
    }

    #[test]
    fn what_is_no_yaml_is_refused_with_its_line() {
        let (_, place) = Document::read("a.yml", "a: 1\nb: [\n").expect_err("no YAML");
        assert!(place.line >= 2, "{place:?}");
    }
}
