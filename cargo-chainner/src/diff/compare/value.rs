//! What an input lets in: ranges, lengths, files, colours, defaults.

use serde_json::Value;

use crate::diff::change::{Changes, Kind};

use super::pair::{Pair, items, shown};

/// How what is let in now stands to what was let in before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    Wider,
    NotWider,
}

impl Step {
    /// Of two sets, by whether one holds the other.
    fn of(is_same: bool, holds_all: bool) -> Self {
        match (is_same, holds_all) {
            (true, _) => Self::Same,
            (_, true) => Self::Wider,
            _ => Self::NotWider,
        }
    }
}

/// Compares the values of two inputs of one kind, and returns the keys that it has looked at.
pub(super) fn compare(input: Pair<'_>, name: &str, changes: &mut Changes) -> &'static [&'static str] {
    let known: &[&str] = match input.at("kind").texts().1 {
        "number" | "slider" => {
            number(input, name, changes);
            &["min", "max", "precision", "unit", "def"]
        }
        "dropdown" => &["options", "def"],
        "text" => {
            text(input, name, changes);
            &["minLength", "maxLength", "allowEmptyString", "invalidPattern", "def"]
        }
        "file" => {
            file(input, name, changes);
            &["filetypes", "fileKind"]
        }
        "color" => {
            color(input, name, changes);
            &["channels", "def"]
        }
        _ => &[],
    };
    if known.contains(&"def") && input.differs("def") {
        changes.add(Kind::InputDefault, format!("default of {name}: {}", input.at("def").shown()));
    }
    known
}

fn number(input: Pair<'_>, name: &str, changes: &mut Changes) {
    let bounds = |input: &Value| {
        (input["min"].as_f64().unwrap_or(f64::NEG_INFINITY), input["max"].as_f64().unwrap_or(f64::INFINITY))
    };
    let (old, new) = (bounds(input.old), bounds(input.new));
    let range = format!("range of {name}: {} -> {}", range(input.old), self::range(input.new));
    match Step::of(old == new, new.0 <= old.0 && old.1 <= new.1) {
        Step::Same => {}
        Step::Wider => changes.add(Kind::InputRangeWidened, range),
        Step::NotWider => changes.add(Kind::InputRangeNarrowed, range),
    }
    let precision = input.at("precision");
    if !precision.is_same() {
        let digits = |value: &Value| value.as_f64().unwrap_or_default();
        let is_raised = digits(precision.old) < digits(precision.new);
        let kind = if is_raised { Kind::InputPrecisionRaised } else { Kind::InputPrecisionLowered };
        changes.add(kind, format!("digits behind the point of {name}: {}", precision.shown()));
    }
    if input.differs("unit") {
        changes.add(Kind::InputUnit, format!("unit of {name}: {}", input.at("unit").shown()));
    }
}

/// `0..=8`, `0..`, `..=8` or `..`.
fn range(input: &Value) -> String {
    let bound = |value: &Value, before: &str| match value {
        Value::Null => String::new(),
        value => format!("{before}{}", shown(value)),
    };
    format!("{}..{}", bound(&input["min"], ""), bound(&input["max"], "="))
}

fn text(input: Pair<'_>, name: &str, changes: &mut Changes) {
    let limits = |input: &Value| {
        let shortest = input["minLength"].as_f64().unwrap_or_default();
        (shortest, input["maxLength"].as_f64().unwrap_or(f64::INFINITY), input["allowEmptyString"] == true)
    };
    let (old, new) = (limits(input.old), limits(input.new));
    let is_wider = new.0 <= old.0 && old.1 <= new.1 && old.2 <= new.2;
    let kind = match Step::of(old == new, is_wider) {
        Step::Same => None,
        Step::Wider => Some(Kind::InputTextWidened),
        Step::NotWider => Some(Kind::InputTextNarrowed),
    };
    if let Some(kind) = kind {
        if (old.0, old.1) != (new.0, new.1) {
            let length = |input: &Value| {
                let longest = &input["maxLength"];
                let longest = if longest.is_null() { String::new() } else { format!("={}", shown(longest)) };
                format!("{}..{longest}", input["minLength"].as_f64().unwrap_or_default())
            };
            changes.add(kind, format!("length of {name}: {} -> {}", length(input.old), length(input.new)));
        }
        if old.2 != new.2 {
            changes.add(kind, format!("{name} {} be cleared", if new.2 { "can now" } else { "can no longer" }));
        }
    }
    if input.differs("invalidPattern") {
        changes.add(Kind::InputPattern, format!("refused letters of {name}: {}", input.at("invalidPattern").shown()));
    }
}

fn file(input: Pair<'_>, name: &str, changes: &mut Changes) {
    let (old, new) = input.at("filetypes").lists();
    let listed = |list: &[&Value]| list.iter().map(|item| shown(item)).collect::<Vec<_>>().join(", ");
    let missing =
        |some: &'_ [Value], all: &[Value]| listed(&some.iter().filter(|item| !all.contains(item)).collect::<Vec<_>>());
    let (gone, come) = (missing(old, new), missing(new, old));
    if !gone.is_empty() {
        changes.add(Kind::InputFilesNarrowed, format!("{name} no longer takes {gone}"));
    }
    if !come.is_empty() {
        changes.add(Kind::InputFilesWidened, format!("{name} now takes {come}"));
    }
    if gone.is_empty() && come.is_empty() && input.differs("filetypes") {
        changes.add(Kind::InputLook, format!("the file types of {name} are in another order"));
    }
    if input.differs("fileKind") {
        changes.add(Kind::InputFileKind, format!("kind of files of {name}: {}", input.at("fileKind").shown()));
    }
}

fn color(input: Pair<'_>, name: &str, changes: &mut Changes) {
    /// Null stands for every number of channels.
    fn channels(input: &Value) -> Vec<u64> {
        match &input["channels"] {
            Value::Null => vec![1, 3, 4],
            Value::Array(_) => items(&input["channels"]).iter().filter_map(Value::as_u64).collect(),
            one => one.as_u64().into_iter().collect(),
        }
    }
    let (old, new) = (channels(input.old), channels(input.new));
    let within = |some: &[u64], all: &[u64]| some.iter().all(|one| all.contains(one));
    let shown = format!("channels of {name}: {}", input.at("channels").shown());
    match Step::of(!input.differs("channels"), within(&old, &new)) {
        Step::Same => {}
        Step::Wider => changes.add(Kind::InputColorsWidened, shown),
        Step::NotWider => changes.add(Kind::InputColorsNarrowed, shown),
    }
}
