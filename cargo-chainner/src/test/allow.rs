//! What a package says its nodes may do: `[package.metadata.chainner.test]` of Cargo.toml.

use std::cell::Cell;

use anyhow::Result;
use serde::Deserialize;

use crate::{
    codes::Code,
    error::Failure,
    project::NodePackage,
    shell::{Level, Shell},
};

/// A finding that is meant to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Id or function of the node.
    node: String,
    /// Code of the finding.
    code: String,
    /// Why it is meant to be.
    reason: String,
    #[serde(skip)]
    used: Cell<bool>,
}

/// The findings that are meant to be.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allowed {
    #[serde(default)]
    allow: Vec<Entry>,
}

impl Allowed {
    /// What the package's Cargo.toml says.
    ///
    /// # Errors
    /// It cannot be read, or names a code that is none of `test`'s.
    pub(crate) fn of(package: &NodePackage) -> Result<Self> {
        let metadata = package.package.metadata.pointer("/chainner/test");
        let Some(metadata) = metadata else { return Ok(Self::default()) };
        let refused = |message: String| {
            let file = package.shown(package.package.manifest_path.as_std_path());
            Failure::new(Code::TestAllowed, format!("`[package.metadata.chainner.test]` of `{file}`: {message}")).help(
                "write `allow = [{ node = \"film_lab:print:now\", code = \"CH0811\", reason = \"tells the time\" }]`",
            )
        };
        let allowed: Self = serde_json::from_value(metadata.clone()).map_err(|error| refused(error.to_string()))?;
        for entry in &allowed.allow {
            if !entry.code.starts_with("CH08") || Code::from_id(&entry.code).is_none() {
                return Err(refused(format!("`{}` is no code of `test`", entry.code)).into());
            }
            if entry.reason.trim().is_empty() {
                return Err(refused(format!("the entry for `{}` has no reason", entry.node)).into());
            }
        }
        Ok(allowed)
    }

    /// Why a finding is meant to be, if it is.
    pub(crate) fn reason(&self, id: &str, function: &str, code: Code) -> Option<&str> {
        let mut entries = self.allow.iter();
        let entry = entries.find(|entry| (entry.node == id || entry.node == function) && entry.code == code.id())?;
        entry.used.set(true);
        Some(&entry.reason)
    }

    /// Tells of entries that nothing needs any more, among those of the nodes that were tested.
    pub(crate) fn tell_unused(&self, tested: &[&str], shell: &Shell) {
        for entry in self.allow.iter().filter(|entry| !entry.used.get() && tested.contains(&entry.node.as_str())) {
            let Entry { node, code, .. } = entry;
            let message = format!("node `{node}` is allowed {code}, and does nothing of the sort");
            let help = "remove the entry from `[package.metadata.chainner.test]`";
            shell.message(Level::Warning, Some(Code::TestAllowed), &message, &[], Some(help));
        }
    }
}
