//! Files that tools and systems leave behind.

use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    for member in subject.members.iter().filter(|member| is_junk(&member.path)) {
        findings
            .warning(Code::WheelJunk, format!("`{}` does not belong into a wheel", member.path))
            .at(inside(&member.path))
            .help("leave it out: it was made by an interpreter, an editor or the system");
    }
}

pub(super) fn is_junk(path: &str) -> bool {
    let is_junk_directory = |part: &str| {
        matches!(part, "__pycache__" | ".git" | ".hg" | ".svn" | "__MACOSX" | ".idea" | ".mypy_cache" | ".pytest_cache")
    };
    let (directories, file) = path.rsplit_once('/').unwrap_or(("", path));
    directories.split('/').any(is_junk_directory)
        || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".coverage")
        || [".pyc", ".pyo", "~", ".swp", ".orig", ".rej"].iter().any(|end| file.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_junk() {
        for path in ["lab/__pycache__/a.cpython-311.pyc", ".DS_Store", "lab/.git/config", "lab/a.py~"] {
            assert!(is_junk(path), "{path}");
        }
        for path in ["lab/__init__.py", "lab/git/config", "lab/cache.py"] {
            assert!(!is_junk(path), "{path}");
        }
    }
}
