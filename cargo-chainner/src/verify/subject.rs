//! The wheel under judgement: its name and its files, taken apart once for all rules.

use chainner_sdk::library::Place;

use super::archive::Member;
use super::chainner;
use super::file_name::FileName;
use super::headers::Headers;

/// What the rules look at.
#[derive(Debug)]
pub(super) struct Subject {
    /// The parts of the file name; `None` if it has not the form of one.
    pub(super) name: Option<FileName>,
    /// The files.
    pub(super) members: Vec<Member>,
    /// The `.dist-info` directory, without `/`; `None` if there is not exactly one.
    pub(super) dist_info: Option<String>,
    /// METADATA, if it is text.
    pub(super) metadata: Option<Headers>,
    /// WHEEL, if it is text.
    pub(super) wheel: Option<Headers>,
    /// Whether it is a node package of chaiNNer.
    pub(super) is_package: bool,
    /// Whether the rules of an upload to PyPI apply.
    pub(super) pypi: bool,
}

impl Subject {
    pub(super) fn new(file_name: &str, members: Vec<Member>, pypi: bool) -> Self {
        let mut subject = Self {
            name: FileName::parse(file_name).ok(),
            members,
            dist_info: None,
            metadata: None,
            wheel: None,
            is_package: false,
            pypi,
        };
        if let [dist_info] = subject.dist_infos().as_slice() {
            subject.dist_info = Some(dist_info.clone());
        }
        subject.metadata = subject.information_text("METADATA").map(Headers::parse);
        subject.wheel = subject.information_text("WHEEL").map(Headers::parse);
        subject.is_package = chainner::is_package(&subject);
        subject
    }

    /// All directories that end with `.dist-info`, sorted.
    pub(super) fn dist_infos(&self) -> Vec<String> {
        let top = self.members.iter().filter_map(|member| Some(member.path.split_once('/')?.0));
        let mut found: Vec<String> = top.filter(|top| top.ends_with(".dist-info")).map(str::to_owned).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Path of a file of `.dist-info`.
    pub(super) fn information(&self, file: &str) -> Option<String> {
        Some(format!("{}/{file}", self.dist_info.as_ref()?))
    }

    /// Whether the wheel has the file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.members.iter().any(|member| member.path == path)
    }

    /// Contents of a file that can be unpacked.
    pub(super) fn contents(&self, path: &str) -> Option<&[u8]> {
        self.members.iter().find(|member| member.path == path)?.contents.as_deref()
    }

    /// Contents of a file that is UTF-8.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.contents(path)?).ok()
    }

    /// Text of a file of `.dist-info`.
    pub(super) fn information_text(&self, file: &str) -> Option<&str> {
        self.text(&self.information(file)?)
    }

    /// Files that can be unpacked.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.members.iter().filter_map(|member| Some((member.path.as_str(), member.contents.as_deref()?)))
    }
}

/// Where below `site-packages` a file is installed, e.g. `lab/a.py` of `lab-1.0.data/purelib/lab/a.py`; `None` for a file
/// that goes elsewhere.
pub(super) fn installed(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((top, rest)) if top.ends_with(".data") => {
            rest.strip_prefix("purelib/").or_else(|| rest.strip_prefix("platlib/"))
        }
        _ => Some(path),
    }
}

/// A file inside the wheel, as a place of a finding.
pub(super) fn inside(path: &str) -> Place {
    Place { file: path.to_owned(), line: 0, column: 0 }
}
