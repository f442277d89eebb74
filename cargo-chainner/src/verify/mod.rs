//! `verify`: whether a wheel, of whatever tool, is one that installers, interpreters, PyPI and the app take. One family of
//! rules a file. `build` asks the same rules about what it wrote before it gives it its name.
//!
//! | file | rules about |
//! |---|---|
//! | `archive.rs` | the zip file, its local headers against its central directory |
//! | `file_name.rs`, `version.rs` | names and versions |
//! | `tags.rs` | tags of the file name and of WHEEL |
//! | `record.rs` | RECORD |
//! | `metadata.rs`, `headers.rs` | METADATA and licence files |
//! | `information.rs` | WHEEL and entry points |
//! | `binary.rs`, `elf.rs`, `mach_o.rs`, `pe.rs` | compiled code against names and tags |
//! | `junk.rs` | what does not belong into a wheel |
//! | `chainner.rs` | node packages of chaiNNer |
//! | `pypi.rs` | uploads to PyPI |

mod archive;
mod binary;
mod chainner;
mod elf;
mod file_name;
mod headers;
mod information;
mod junk;
mod mach_o;
mod metadata;
mod pe;
mod pypi;
mod record;
mod subject;
mod tags;
mod version;

use std::{fs, path::Path};

use anyhow::Result;

use crate::{
    check::{Finding, Findings},
    cli::VerifyArgs,
    codes::{Code, Exit},
    error::{Failure, Stopped},
    shell::{Level, MessageFormat, Shell},
};
use archive::Member;
use subject::Subject;

pub(crate) use archive::is_portable_path;
pub(crate) use file_name::{FileName, canonical, distribution_of};
pub(crate) use headers::Headers;
pub(crate) use version::normal as normal_version;

/// The families of rules, in the order in which they speak.
const RULES: &[fn(&Subject, &mut Findings)] = &[
    file_name::check,
    tags::check,
    record::check,
    metadata::check,
    information::check_wheel,
    information::check_entry_points,
    binary::check,
    junk::check,
    chainner::check,
    pypi::check,
];

/// What the rules find in a wheel, errors first. `pypi` adds the rules of an upload to PyPI.
pub fn findings(file_name: &str, bytes: &[u8], pypi: bool) -> Findings {
    let mut findings = Findings::default();
    let members = archive::read(bytes, pypi, &mut findings);
    let subject = members.map(|members| Subject::new(file_name, members, pypi));
    let is_strict = pypi || subject.as_ref().is_some_and(|subject| subject.is_package);
    file_name::check_form(file_name, is_strict, &mut findings);
    if let Some(subject) = subject {
        for rule in RULES {
            rule(&subject, &mut findings);
        }
    }
    findings.0.sort_by_key(|finding| finding.level);
    findings
}

/// What other commands ask of a wheel.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// METADATA.
    pub(crate) metadata: Option<Vec<u8>>,
    /// `schema.json` of a node package.
    pub(crate) schema: Option<Vec<u8>>,
}

/// Takes out of a wheel what other commands ask for; what cannot be read is a finding of [`findings`].
pub(crate) fn contents(file_name: &str, bytes: &[u8]) -> Contents {
    let Some(members) = archive::read(bytes, false, &mut Findings::default()) else { return Contents::default() };
    let subject = Subject::new(file_name, members, false);
    let file = |path: Option<String>| subject.contents(&path?).map(<[u8]>::to_vec);
    let schema = chainner::schema_path(&subject).filter(|_| subject.is_package);
    Contents { metadata: file(subject.information("METADATA")), schema: file(schema) }
}

/// What the rules for metadata find in those of a source distribution. `licenses` are the files at its root, with their names.
pub(crate) fn metadata_findings(stem: &str, metadata: &[u8], licenses: Vec<String>, pypi: bool) -> Findings {
    let at = |path: &str, contents: &[u8]| Member {
        path: format!("{stem}.dist-info/{path}"),
        contents: Some(contents.to_vec()),
    };
    let licenses = licenses.into_iter().map(|file| at(&format!("licenses/{file}"), b""));
    let members = [at("METADATA", metadata)].into_iter().chain(licenses).collect();
    let subject = Subject::new("", members, pypi);
    let mut findings = Findings::default();
    metadata::check(&subject, &mut findings);
    pypi::check(&subject, &mut findings);
    findings
}

/// Judges the wheels and tells what was found.
///
/// # Errors
/// There are errors among the findings, or a file cannot be read.
pub fn run(args: &VerifyArgs, shell: &Shell) -> Result<()> {
    let mut is_sound = true;
    for wheel in &args.wheels {
        let bytes = fs::read(wheel).map_err(|error| {
            Failure::new(Code::WheelUnreadable, format!("cannot read `{}`: {error}", wheel.display()))
                .help("name wheels by their paths, e.g. `dist/*.whl`")
        })?;
        let file_name = wheel.file_name().unwrap_or_default().to_string_lossy();
        let findings = findings(&file_name, &bytes, args.pypi);
        for finding in &findings.0 {
            tell(wheel, finding, shell)?;
        }
        let errors = findings.count(Level::Error);
        let summary = format!("{file_name}: {}", findings.counts());
        if errors > 0 {
            is_sound = false;
            shell.message(Level::Error, None, &summary, &[], None);
        } else {
            shell.status("Verified", summary);
        }
    }
    if is_sound { Ok(()) } else { Err(Stopped(Exit::Rejected).into()) }
}

fn tell(wheel: &Path, finding: &Finding, shell: &Shell) -> Result<()> {
    let mut message = finding.message();
    let short = format!("{}: {}", wheel.display(), message.text);
    match shell.format() {
        MessageFormat::Human => shell.tell(message),
        MessageFormat::Short => {
            (message.text, message.places) = (&short, &[]);
            shell.tell(message);
        }
        MessageFormat::Json => {
            let mut keys = message.json();
            keys["wheel"] = wheel.to_string_lossy().into();
            shell.record("chainner-check", keys)?;
        }
    }
    Ok(())
}
