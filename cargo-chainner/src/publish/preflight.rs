//! The checks before the first byte: each file by itself, then all of them together.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use clap::ValueEnum as _;
use serde_json::json;

use crate::{
    build::size,
    bundle::Platform,
    check::{Finding, Findings},
    codes::Code,
    project::listed,
    shell::{Level, MessageFormat, Shell},
    verify,
};

use super::{Artefact, Kind, sdist};

/// Systems on which the app runs; on others it can be made to.
const SYSTEMS: [Platform; 4] =
    [Platform::LinuxX86_64, Platform::WindowsX86_64, Platform::MacosX86_64, Platform::MacosArm64];

/// What the checks found.
#[derive(Debug, Default)]
pub(super) struct Preflight {
    checks: Vec<Check>,
}

/// One of the checks.
#[derive(Debug)]
struct Check {
    /// What is asked, in a few words.
    what: &'static str,
    /// What the answer is about.
    about: String,
    findings: Findings,
}

/// Asks all that has to be true before anything is written or sent. Only PyPI refuses what only PyPI's rules find.
pub(super) fn judge(artefacts: &[Artefact], is_pypi: bool) -> Preflight {
    let wheels: Vec<&Artefact> = artefacts.iter().filter(|artefact| artefact.kind == Kind::Wheel).collect();
    let sources: Vec<&Artefact> = artefacts.iter().filter(|artefact| artefact.kind != Kind::Wheel).collect();
    let mut preflight = Preflight::default();
    let mut check = |what, about: String, findings| preflight.checks.push(Check { what, about, findings });

    let mut each = Findings::default();
    for wheel in &wheels {
        each.0.extend(of_file(wheel, is_pypi, |pypi| verify::findings(&wheel.file_name, &wheel.bytes, pypi)));
    }
    check("wheels", format!("{} by the rules of `verify --pypi`", plural(wheels.len(), "wheel")), each);
    let mut each = Findings::default();
    for source in &sources {
        each.0.extend(of_file(source, is_pypi, |pypi| sdist::findings(&source.file_name, &source.bytes, pypi)));
    }
    check("sources", plural(sources.len(), "source distribution"), each);
    let (about, findings) = one_release(artefacts);
    check("release", about, findings);
    let (about, findings) = alike(&wheels);
    check("schema", about, findings);
    let (about, findings) = systems(&wheels);
    check("systems", about, findings);
    let bytes = artefacts.iter().map(|artefact| artefact.bytes.len() as u64).sum();
    check("names", format!("{}, {}", plural(artefacts.len(), "file"), size(bytes)), names(artefacts));
    preflight
}

impl Preflight {
    /// Whether nothing speaks against it.
    pub(super) fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.findings.count(Level::Error) == 0)
    }

    /// Tells the checks and what they found.
    pub(super) fn tell(&self, shell: &Shell) -> Result<()> {
        for Check { what, about, findings } in &self.checks {
            for finding in &findings.0 {
                shell.tell(finding.message());
            }
            let errors = findings.count(Level::Error);
            match errors {
                0 => shell.status("Checked", format_args!("{what}: {about}")),
                _ => shell.status("Refused", format_args!("{what}: {about} ({})", findings.counts())),
            }
            if shell.format() == MessageFormat::Json {
                let warnings = findings.count(Level::Warning);
                shell.record(
                    "chainner-preflight",
                    json!({"check": what, "about": about, "success": errors == 0, "errors": errors, "warnings": warnings}),
                )?;
            }
        }
        if !self.is_sound() {
            shell.message(Level::Error, None, "nothing was written or sent", &[], None);
        }
        Ok(())
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// What is found in a file, with its name before each message. What PyPI alone refuses is a warning elsewhere.
fn of_file(artefact: &Artefact, is_pypi: bool, findings: impl Fn(bool) -> Findings) -> Vec<Finding> {
    let anywhere: BTreeSet<(Code, String)> = match is_pypi {
        true => BTreeSet::new(),
        false => findings(false).0.into_iter().filter(is_error).map(|one| (one.code, one.message)).collect(),
    };
    let mut found = findings(true).0;
    for finding in &mut found {
        let is_only_pypi =
            !is_pypi && is_error(finding) && !anywhere.contains(&(finding.code, finding.message.clone()));
        if is_only_pypi {
            finding.level = Level::Warning;
        }
        finding.message = match is_only_pypi {
            true => format!("{}: PyPI would refuse it: {}", artefact.file_name, finding.message),
            false => format!("{}: {}", artefact.file_name, finding.message),
        };
    }
    found
}

fn is_error(finding: &Finding) -> bool {
    finding.level == Level::Error
}

/// All files are of one version of one package.
fn one_release(artefacts: &[Artefact]) -> (String, Findings) {
    let mut findings = Findings::default();
    let mut releases: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for Artefact { distribution, version, file_name, .. } in artefacts {
        releases.entry((distribution, version)).or_default().push(file_name);
    }
    let about: Vec<String> = releases.keys().map(|(name, version)| format!("{name} {version}")).collect();
    if releases.len() > 1 {
        let files: Vec<String> = releases
            .iter()
            .map(|((name, version), files)| format!("{name} {version} ({})", files.join(", ")))
            .collect();
        let is_one = releases.keys().map(|(name, _)| name).collect::<BTreeSet<_>>().len() == 1;
        findings
            .error(
                Code::PublishMixture,
                format!("expected one version of one package, got {}: {}", releases.len(), files.join("; ")),
            )
            .help(if is_one { "name the files of one version" } else { "publish the packages one after the other" });
    }
    (about.join(", "), findings)
}

/// The wheels differ in nothing but what they are compiled for.
fn alike(wheels: &[&Artefact]) -> (String, Findings) {
    let mut findings = Findings::default();
    let mut schemas: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut requirements: BTreeMap<(Vec<String>, String), Vec<&str>> = BTreeMap::new();
    for wheel in wheels {
        if let Some(schema) = &wheel.schema {
            schemas.entry(crate::index::sha256(schema)).or_default().push(&wheel.file_name);
        }
        let headers = wheel.headers();
        let mut requires: Vec<String> = headers.all("Requires-Dist").into_iter().map(str::to_owned).collect();
        requires.sort();
        let python = headers.first("Requires-Python").unwrap_or_default().to_owned();
        requirements.entry((requires, python)).or_default().push(&wheel.file_name);
    }
    if schemas.len() > 1 {
        let groups: Vec<String> =
            schemas.iter().map(|(hash, files)| format!("{} in {}", &hash[..12], files.join(", "))).collect();
        findings
            .error(Code::PublishDisagree, format!("the wheels have {} schemas: {}", schemas.len(), groups.join("; ")))
            .help("build all of them anew from one state of the sources");
    }
    let bare: Vec<&str> =
        wheels.iter().filter(|wheel| wheel.schema.is_none()).map(|wheel| wheel.file_name.as_str()).collect();
    if !schemas.is_empty() && !bare.is_empty() {
        findings
            .error(Code::PublishDisagree, format!("{} has no `schema.json`, others have", bare.join(", ")))
            .help("build it with `cargo chainner build`");
    }
    if requirements.len() > 1 {
        let groups: Vec<&str> = requirements.values().filter_map(|files| files.first().copied()).collect();
        findings
            .error(Code::PublishDisagree, format!("`Requires-Dist` or `Requires-Python` differ: compare {}", listed(&groups)))
            .help("build all of them anew from one state of the sources; for one system only, use a marker such as `; sys_platform == \"win32\"`");
    }
    let about = match schemas.keys().next() {
        Some(hash) if schemas.len() == 1 => format!("one in all wheels, sha256 {hash}"),
        Some(_) => format!("{} different ones", schemas.len()),
        None => "none, not a node package".to_owned(),
    };
    (about, findings)
}

/// There is a wheel for each system of the app. One for all systems is enough unless there are others, which it only stands in for.
fn systems(wheels: &[&Artefact]) -> (String, Findings) {
    let mut findings = Findings::default();
    if wheels.is_empty() {
        findings
            .error(Code::PublishIncomplete, "there is no wheel, only sources, and artists have no compiler")
            .help("run `cargo chainner build`, and name the wheel too");
        return ("no wheels".to_owned(), findings);
    }
    let tags: BTreeSet<String> = wheels.iter().flat_map(|wheel| wheel.platforms()).collect();
    let native: Vec<&String> = tags.iter().filter(|tag| *tag != "any").collect();
    let has = |system: &Platform| native.is_empty() || native.iter().any(|tag| system.takes(tag));
    let (there, missing): (Vec<Platform>, Vec<Platform>) = SYSTEMS.into_iter().partition(has);
    let words = |systems: &[Platform]| {
        let words: Vec<String> =
            systems.iter().filter_map(|one| Some(one.to_possible_value()?.get_name().to_owned())).collect();
        words.join(", ")
    };
    if !missing.is_empty() {
        findings
            .warning(Code::PublishIncomplete, format!("there is no wheel for {}", words(&missing)))
            .help("build there too, and publish all wheels of a version together");
    }
    (format!("{} of {} that the app runs on: {}", there.len(), SYSTEMS.len(), words(&there)), findings)
}

/// No two files have one name.
fn names(artefacts: &[Artefact]) -> Findings {
    let mut findings = Findings::default();
    for pair in artefacts.windows(2).filter(|pair| pair[0].file_name == pair[1].file_name) {
        findings
            .error(
                Code::PublishMixture,
                format!("`{}` and `{}` have one name", pair[0].path.display(), pair[1].path.display()),
            )
            .help("name one of them");
    }
    let sources: Vec<&str> = artefacts
        .iter()
        .filter(|artefact| artefact.kind == Kind::SourceDistribution)
        .map(|artefact| artefact.file_name.as_str())
        .collect();
    if sources.len() > 1 && sources.windows(2).any(|pair| pair[0] != pair[1]) {
        findings
            .error(Code::PublishMixture, format!("expected one source distribution, got {}", sources.join(", ")))
            .help("a version has one");
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wheel(tag: &str, schema: Option<&str>) -> Artefact {
        Artefact {
            path: "wheel".into(),
            file_name: format!("film_lab-0.1.0-cp310-abi3-{tag}.whl"),
            kind: Kind::Wheel,
            bytes: Vec::new(),
            sha256: String::new(),
            distribution: "film-lab".to_owned(),
            version: "0.1.0".to_owned(),
            metadata: None,
            schema: schema.map(|text| text.as_bytes().to_vec()),
        }
    }

    fn codes(findings: &Findings) -> Vec<(Code, Level)> {
        findings.0.iter().map(|finding| (finding.code, finding.level)).collect()
    }

    #[test]
    fn wheels_of_a_version_have_one_schema() {
        let (linux, windows) = (wheel("manylinux_2_17_x86_64", Some("{}")), wheel("win_amd64", Some("{}")));
        assert_eq!(codes(&alike(&[&linux, &windows]).1), []);
        for other in [Some("{\"nodes\": []}"), None] {
            let other = wheel("win_amd64", other);
            assert_eq!(codes(&alike(&[&linux, &other]).1), [(Code::PublishDisagree, Level::Error)]);
        }
    }

    #[test]
    fn a_wheel_for_all_systems_stands_in_only_where_there_is_no_other() {
        let all = wheel("any", None);
        assert_eq!(codes(&systems(&[&all]).1), []);
        let linux = wheel("manylinux_2_17_x86_64", None);
        let (about, findings) = systems(&[&all, &linux]);
        assert_eq!(codes(&findings), [(Code::PublishIncomplete, Level::Warning)]);
        assert!(about.starts_with("1 of 4"), "{about}");
        assert!(findings.0[0].message.ends_with("win_amd64, macosx_x86_64, macosx_arm64"), "{findings:?}");
        assert_eq!(codes(&systems(&[]).1), [(Code::PublishIncomplete, Level::Error)]);
    }

    #[test]
    fn files_of_one_name_and_files_of_two_releases_are_told() {
        let (one, two) = (wheel("win_amd64", None), wheel("win_amd64", None));
        let other = Artefact { version: "0.2.0".to_owned(), ..wheel("any", None) };
        assert_eq!(codes(&names(&[one, two])), [(Code::PublishMixture, Level::Error)]);
        let (_, findings) = one_release(&[wheel("win_amd64", None), other]);
        assert_eq!(codes(&findings), [(Code::PublishMixture, Level::Error)]);
    }
}
