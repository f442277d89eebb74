//! The changes and the verdict, as a person or a program reads them.

use std::fmt::Write as _;

use serde_json::json;

use super::{
    change::{Change, Level},
    source::Edition,
    verdict::Verdict,
};

/// The longest name of a node that others are aligned to.
const WIDEST: usize = 24;

/// One line for each change and one for the verdict.
pub(super) fn human(changes: &[Change], verdict: &Verdict) -> String {
    let width = changes.iter().map(|change| change.short_place().chars().count()).max().unwrap_or(0).min(WIDEST) + 1;
    let mut text = String::new();
    for change in changes {
        let level = match change.level() {
            Level::Breaking => "BREAKING",
            level => level.word(),
        };
        let place = format!("{}:", change.short_place());
        let _ = writeln!(text, "{level:<8}  {place:<width$} {} ({})", change.message, change.kind.why());
        if let Some(help) = &change.help {
            let _ = writeln!(text, "{:8}  {:width$} help: {help}", "", "");
        }
    }
    let _ = writeln!(text, "verdict: {}", sentence(changes, verdict));
    text
}

/// One JSON object a line: each change, then the verdict.
pub(super) fn json(old: &Edition, new: &Edition, changes: &[Change], verdict: &Verdict) -> String {
    let mut text = String::new();
    for change in changes {
        let line = json!({
            "reason": "chainner-change",
            "v": 1,
            "level": change.level().word(),
            "kind": change.kind.id(),
            "place": change.place,
            "message": change.message,
            "why": change.kind.why(),
            "help": change.help,
        });
        let _ = writeln!(text, "{line}");
    }
    let required = match verdict {
        Verdict::Enough { required, .. } | Verdict::TooLow { required, .. } => Some(required.to_string()),
        Verdict::Free | Verdict::Unknown(_) | Verdict::Unreleased(_) => None,
    };
    let [old, new] = [old, new]
        .map(|edition| json!({"origin": edition.origin, "version": edition.version.as_ref().map(ToString::to_string)}));
    let line = json!({
        "reason": "chainner-verdict",
        "v": 1,
        "verdict": verdict.word(),
        "satisfied": verdict.is_satisfied(),
        "level": highest(changes).word(),
        "required": required,
        "old": old,
        "new": new,
    });
    let _ = writeln!(text, "{line}");
    text
}

/// What the most serious change does.
pub(super) fn highest(changes: &[Change]) -> Level {
    changes.iter().map(Change::level).max().unwrap_or(Level::None)
}

/// The verdict in words.
fn sentence(changes: &[Change], verdict: &Verdict) -> String {
    match verdict {
        Verdict::Free if changes.is_empty() => "no change".to_owned(),
        Verdict::Free => "saved chains do not notice; any version will do".to_owned(),
        Verdict::Unknown(Level::Breaking) => "saved chains break, and the version numbers are not known".to_owned(),
        Verdict::Unknown(_) => "saved chains stay as they are; the version numbers are not known".to_owned(),
        Verdict::Unreleased(Level::Breaking) => {
            "saved chains break; a version that is published asks for a new number".to_owned()
        }
        Verdict::Unreleased(_) => "saved chains stay as they are".to_owned(),
        Verdict::Enough { old, required, new } if required == new => format!("{old} -> {new}, as required"),
        Verdict::Enough { old, required, new } => format!("{old} -> {required} required, {new} is enough"),
        Verdict::TooLow { old, required, new } => format!("{old} -> {required} required, but the new version is {new}"),
    }
}

#[cfg(test)]
mod tests {
    use semver::Version;
    use serde_json::Value;

    use super::*;
    use crate::diff::change::Kind;

    fn changes() -> Vec<Change> {
        let change = |kind, place: &str, message: &str, help: Option<&str>| Change {
            kind,
            place: place.to_owned(),
            message: message.to_owned(),
            help: help.map(str::to_owned),
        };
        vec![
            change(Kind::InputRemoved, "studio:image:blur", "input `Radius` (id 1) was removed", Some("keep it")),
            change(Kind::NodeLook, "vignette", "icon of the node changed", None),
        ]
    }

    fn verdict() -> Verdict {
        Verdict::of(Level::Breaking, Some(&Version::new(0, 1, 0)), Some(&Version::new(0, 1, 1)))
    }

    #[test]
    fn lines_are_aligned() {
        assert_eq!(
            human(&changes(), &verdict()),
            "BREAKING  blur:     input `Radius` (id 1) was removed (its value and its connection are lost)\n\
             \x20                   help: keep it\n\
             none      vignette: icon of the node changed (chains hold nothing of it)\n\
             verdict: 0.1.0 -> 0.2.0 required, but the new version is 0.1.1\n"
        );
        assert_eq!(human(&[], &Verdict::Free), "verdict: no change\n");
    }

    #[test]
    fn programs_get_one_object_a_line() {
        let edition = Edition { schema: Value::Null, version: Some(Version::new(0, 1, 0)), origin: "a.whl".to_owned() };
        let text = json(&edition, &edition, &changes(), &verdict());
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[0]["kind"], &lines[0]["place"]), (&"input-removed".into(), &"studio:image:blur".into()));
        assert_eq!((&lines[2]["verdict"], &lines[2]["required"]), (&"too-low".into(), &"0.2.0".into()));
    }
}
