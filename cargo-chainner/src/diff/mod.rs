//! `diff`: what changed between two versions of a package, and what that does to saved chains.
//!
//! | file | noun |
//! |---|---|
//! | `source.rs` | where a schema comes from |
//! | `index.rs` | where wheels are published: a directory or an address |
//! | `change.rs` | the sorts of change, with level and reason |
//! | `compare/` | two schemas side by side |
//! | `likeness.rs` | whether two schemas describe the same nodes |
//! | `rename.rs` | what went and came at once, and resembles it |
//! | `keep.rs` | what has to be said for saved chains to stay whole |
//! | `edit.rs` | edits of sources, at the very place |
//! | `fix.rs` | saying it in the author's sources |
//! | `verdict.rs` | which version number the changes ask for |
//! | `report.rs` | what is printed |

pub mod likeness;

mod change;
mod compare;
mod edit;
mod fix;
mod index;
mod keep;
mod rename;
mod report;
mod source;
mod verdict;

use std::path::Path;

use anyhow::Result;

use crate::{
    cli::{DiffArgs, MessageFormat},
    codes::Code,
    error::Failure,
    shell::{self, Shell},
};

pub use change::{Change, Kind, Level};
pub use compare::compare;
pub use index::{Index, Wanted};
pub use source::{Edition, Reader, Source};
pub use verdict::Verdict;

/// Compares two packages and prints the changes and the verdict on stdout.
///
/// # Errors
/// A package cannot be read or, with `--fix`, not be mended; the new version number is too low, or a change is denied.
pub fn run(args: &DiffArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let sources = [Source::parse(&args.old)?, args.new.as_deref().map_or(Ok(Source::Here), Source::parse)?];
    let reader = Reader { index: args.index.as_deref(), manifest, cargo: &args.cargo, shell };
    let mut old = reader.read(&sources[0])?;
    if args.fix {
        fix::run(&old, &sources[1], &reader, args.dry_run)?;
        if args.dry_run {
            return Ok(());
        }
    }
    let mut new = reader.read(&sources[1])?;
    old.version = args.old_version.clone().or(old.version);
    new.version = args.new_version.clone().or(new.version);

    let changes = compare(&old.schema, &new.schema);
    let level = report::highest(&changes);
    let verdict = Verdict::of(level, old.version.as_ref(), new.version.as_ref());
    shell.status("Compared", format_args!("{} with {}", old.origin, new.origin));
    let text = match shell.format() {
        MessageFormat::Human | MessageFormat::Short => report::human(&changes, &verdict),
        MessageFormat::Json => report::json(&old, &new, &changes, &verdict),
    };
    shell::data(text.as_bytes())?;
    judge(&changes, &verdict, args.deny)?;
    Ok(())
}

/// Tells what changed between two builds of a package that is being written, people on stderr, programs on stdout; whether
/// anything has.
///
/// # Errors
/// Stdout cannot be written to.
pub(crate) fn between(old: &Edition, new: &Edition, shell: &Shell) -> Result<bool> {
    let changes = compare(&old.schema, &new.schema);
    if changes.is_empty() {
        return Ok(false);
    }
    let verdict = Verdict::between_builds(report::highest(&changes), old.version.as_ref(), new.version.as_ref());
    match shell.format() {
        MessageFormat::Human | MessageFormat::Short => shell.text(report::human(&changes, &verdict).trim_end()),
        MessageFormat::Json => shell::data(report::json(old, new, &changes, &verdict).as_bytes())?,
    }
    Ok(true)
}

/// Whether the changes may go out so.
fn judge(changes: &[Change], verdict: &Verdict, denied: Option<Level>) -> Result<(), Failure> {
    if let Some(denied) = denied
        && let Some(change) = changes.iter().find(|change| change.level() >= denied)
    {
        let message =
            format!("a {} change is denied: {}: {}", change.level().word(), change.short_place(), change.message);
        return Err(Failure::new(Code::ChangeDenied, message).help("undo the change, or do without `--deny`"));
    }
    match verdict {
        Verdict::TooLow { old, required, new } if new < old => {
            let message = format!("version {new} cannot follow {old}");
            Err(Failure::new(Code::VersionTooLow, message)
                .help(format!("the older package stands first; to go on from it, set `version = \"{required}\"`")))
        }
        Verdict::TooLow { required, new, .. } => {
            let message = format!("version {new} is too low for these changes, {required} is required");
            Err(Failure::new(Code::VersionTooLow, message)
                .help(format!("set `version = \"{required}\"` in Cargo.toml")))
        }
        Verdict::Unknown(Level::Breaking) => {
            let message = "saved chains break, and the version numbers are not known";
            Err(Failure::new(Code::VersionTooLow, message)
                .help("compare wheels or packages, or give `--old-version` and `--new-version`"))
        }
        Verdict::Free | Verdict::Unknown(_) | Verdict::Unreleased(_) | Verdict::Enough { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::*;

    #[test]
    fn what_is_denied_fails_whatever_the_version() {
        let change =
            Change { kind: Kind::NodeAdded, place: "blur".to_owned(), message: "added".to_owned(), help: None };
        let verdict = Verdict::of(Level::Minor, Some(&Version::new(1, 0, 0)), Some(&Version::new(1, 1, 0)));
        let code = |denied| judge(std::slice::from_ref(&change), &verdict, denied).err().map(|failure| failure.code);
        assert_eq!(code(None), None);
        assert_eq!(code(Some(Level::Breaking)), None);
        assert_eq!(code(Some(Level::Minor)), Some(Code::ChangeDenied));
    }

    #[test]
    fn packages_in_the_wrong_order_are_noticed() {
        let verdict = Verdict::of(Level::Minor, Some(&Version::new(1, 1, 0)), Some(&Version::new(1, 0, 0)));
        let failure = judge(&[], &verdict, None).unwrap_err();
        assert_eq!(failure.code, Code::VersionTooLow);
        assert!(failure.help.unwrap().contains("the older package stands first"));
    }
}
