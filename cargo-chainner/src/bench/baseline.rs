//! Measurements in a file, to compare later ones with.

use std::{collections::BTreeSet, fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{codes::Code, error::Failure};

use super::{figures::Figures, machine::Machine, report::Row};

/// What the file says that it is.
const FORMAT: &str = "chainner-bench";
/// Raised when a key changes its meaning or goes.
const VERSION: u64 = 1;

/// Measurements, and where they were made.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Baseline {
    format: String,
    version: u64,
    /// Version of the tool.
    tool: String,
    pub(super) machine: Machine,
    measurements: Vec<Measured>,
}

/// What a node cost with images of one size.
#[derive(Debug, Serialize, Deserialize)]
struct Measured {
    package: String,
    package_version: String,
    node: String,
    size: Option<String>,
    #[serde(flatten)]
    figures: Figures,
}

impl Baseline {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, is no baseline, or one of another version.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
        Self::of(&text).map_err(|why| {
            let message = format!("`{}` is no baseline: {why}", path.display());
            Failure::new(Code::BenchBaseline, message).help("make one: `cargo chainner bench --save FILE`")
        })
    }

    fn of(text: &str) -> Result<Self, String> {
        let json: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("it is no JSON ({error})"))?;
        if json["format"] != FORMAT {
            return Err(format!("it does not begin with `\"format\": \"{FORMAT}\"`"));
        }
        match json["version"].as_u64() {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}, and this tool reads version {VERSION}")),
            None => return Err("it has no version".to_owned()),
        }
        let baseline: Self = serde_json::from_value(json).map_err(|error| error.to_string())?;
        let mut seen = BTreeSet::new();
        for measured in &baseline.measurements {
            let Figures { min, median, quartiles, .. } = measured.figures;
            let times = [min, median, quartiles[0], quartiles[1]];
            if min <= 0.0 || times.iter().any(|time| !time.is_finite() || *time < min) {
                return Err(format!("the times of `{}` are none", measured.node));
            }
            if !seen.insert((&measured.node, &measured.size)) {
                return Err(format!("`{}` is twice there", measured.node));
            }
        }
        Ok(baseline)
    }

    /// What a node cost with images of a size.
    pub(super) fn figures(&self, node: &str, size: Option<&str>) -> Option<&Figures> {
        let same = |measured: &&Measured| measured.node == node && measured.size.as_deref() == size;
        self.measurements.iter().find(same).map(|measured| &measured.figures)
    }

    /// Whether anything of a node was measured.
    pub(super) fn has(&self, node: &str) -> bool {
        self.measurements.iter().any(|measured| measured.node == node)
    }
}

/// The text of a file.
pub(super) fn text(machine: &Machine, rows: &[Row]) -> String {
    let measured = |row: &Row| {
        Some(Measured {
            package: row.package.clone(),
            package_version: row.version.clone(),
            node: row.node.id.clone(),
            size: row.size().map(str::to_owned),
            figures: row.result.clone().ok()?,
        })
    };
    let baseline = Baseline {
        format: FORMAT.to_owned(),
        version: VERSION,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        machine: machine.clone(),
        measurements: rows.iter().filter_map(measured).collect(),
    };
    let mut text = serde_json::to_string_pretty(&baseline).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut json = serde_json::json!({
            "format": FORMAT, "version": VERSION, "tool": "0.1.0", "machine": Machine::this(false),
            "measurements": [{
                "package": "a", "package_version": "0.1.0", "node": "a:b:c", "size": "512", "calls": 9, "min": 1.0,
                "median": 1.5, "quartiles": [1.1, 1.8], "pixels": 1, "copies": 0, "copied_bytes": 0, "peak_memory": null,
            }],
        });
        change(&mut json);
        Baseline::of(&json.to_string()).err().unwrap_or_default()
    }

    #[test]
    fn what_is_no_baseline_is_refused_by_what_it_lacks() {
        assert_eq!(refused(|_| ()), "");
        assert!(refused(|json| json["format"] = "x".into()).contains("\"format\""));
        assert!(refused(|json| json["version"] = 2.into()).contains("version 2, and this tool reads version 1"));
        assert!(refused(|json| json["measurements"] = "none".into()).contains("invalid type"));
        assert!(refused(|json| json["measurements"][0]["min"] = 0.into()).contains("times of `a:b:c`"));
        assert!(refused(|json| json["measurements"][0]["median"] = 0.5.into()).contains("times of `a:b:c`"));
        let twice = |json: &mut serde_json::Value| {
            let first = json["measurements"][0].clone();
            json["measurements"].as_array_mut().expect("a list").push(first);
        };
        assert!(refused(twice).contains("twice"));
        assert!(Baseline::of("{").expect_err("no JSON").contains("no JSON"));
    }
}
