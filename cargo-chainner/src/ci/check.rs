//! Whether a workflow still fits the packages, and does not do more than it should.

use std::collections::BTreeSet;

use crate::{check::Findings, codes::Code, project::listed};

use super::{
    document::{Document, Part},
    plan::{Plan, Provider},
    render,
};

/// Permissions that may be asked for in addition to reading, and what for.
const PUBLISHING: &[&str] = &["id-token", "attestations"];

/// What does not fit.
pub(super) fn findings(file: &str, text: &str, plan: &Plan) -> Findings {
    let mut findings = Findings::default();
    let document = match Document::read(file, text) {
        Ok(document) => document,
        Err((message, place)) => {
            findings.error(Code::CiSyntax, format!("`{file}` is no YAML: {message}")).at(place);
            return findings;
        }
    };
    let root = document.root();
    match plan.arguments.provider {
        Provider::Github => {
            actions(root, &mut findings);
            permissions(root, &mut findings);
        }
        Provider::Gitlab => images(root, &mut findings),
    }
    targets(root, plan, &mut findings);
    packages(root, text, plan, &mut findings);
    version(root, &mut findings);
    if findings.0.is_empty() {
        edits(file, text, plan, &mut findings);
    }
    findings
}

/// The jobs of a GitHub workflow, with their names.
fn jobs<'a>(root: Part<'a>) -> impl Iterator<Item = (&'a str, Part<'a>)> {
    root.get("jobs").into_iter().flat_map(Part::entries)
}

fn actions(root: Part<'_>, findings: &mut Findings) {
    let steps = jobs(root).flat_map(|(_, job)| {
        let steps = job.get("steps").into_iter().flat_map(Part::items);
        steps.chain([job])
    });
    for uses in steps.filter_map(|step| step.get("uses")) {
        let Some(text) = uses.text() else { continue };
        let is_local = text.starts_with("./");
        let version = text.split_once('@').map_or("", |(_, version)| version);
        let is_commit = version.len() == 40 && version.chars().all(|c| c.is_ascii_hexdigit());
        let is_digest = text.starts_with("docker://") && text.contains("@sha256:");
        if !is_local && !is_commit && !is_digest {
            let message = format!("`{text}` is not pinned: whoever owns the name decides what runs");
            findings
                .error(Code::CiUnpinned, message)
                .at(uses.place())
                .help("name the commit in full, and its release in a comment: `owner/name@<40 digits> # v1.2.3`");
        }
    }
}

fn images(root: Part<'_>, findings: &mut Findings) {
    let jobs = root.entries().filter(|(_, part)| part.is_mapping()).map(|(_, job)| job);
    for image in jobs.chain([root]).filter_map(|part| part.get("image")) {
        let name = image.text().or_else(|| image.get("name")?.text()).unwrap_or_default();
        let tag = name.rsplit('/').next().and_then(|last| last.split_once(':')).map(|(_, tag)| tag);
        if !name.contains("@sha256:") && matches!(tag, None | Some("latest")) {
            findings
                .error(Code::CiUnpinned, format!("the image `{name}` is not pinned"))
                .at(image.place())
                .help("name a version, e.g. `rust:1.88-bookworm`, or a digest: `…@sha256:…`");
        }
    }
}

fn permissions(root: Part<'_>, findings: &mut Findings) {
    match root.get("permissions") {
        None => {
            findings
                .error(Code::CiPermissions, "the workflow does not say what its jobs may do: they may do everything")
                .at(root.place())
                .help("write `permissions: {}` at the top, and in each job what it needs");
        }
        Some(all) => wide(all, &[], "the workflow", findings),
    }
    for (name, job) in jobs(root) {
        if let Some(all) = job.get("permissions") {
            let allowed = if name == "publish" { PUBLISHING } else { &[] };
            wide(all, allowed, &format!("the job `{name}`"), findings);
        }
    }
}

/// Whether someone may write what they need not.
fn wide(all: Part<'_>, allowed: &[&str], whose: &str, findings: &mut Findings) {
    if all.text() == Some("write-all") {
        findings
            .error(Code::CiPermissions, format!("{whose} may write everything"))
            .at(all.place())
            .help("name what is needed, usually `contents: read`");
    }
    for (name, access) in all.entries() {
        if access.text() == Some("write") && !allowed.contains(&name) {
            findings
                .error(
                    Code::CiPermissions,
                    format!("{whose} may write `{name}`, which building a package does not need"),
                )
                .at(access.place())
                .help(format!("write `{name}: read`, or move what needs it to a workflow of its own"));
        }
    }
}

fn targets(root: Part<'_>, plan: &Plan, findings: &mut Findings) {
    let built = match plan.arguments.provider {
        Provider::Github => root
            .get("jobs")
            .and_then(|jobs| jobs.get("build")?.get("strategy")?.get("matrix")?.get("include"))
            .map(|include| include.items().filter_map(|row| row.get("target")?.text()).collect::<BTreeSet<_>>()),
        Provider::Gitlab => root
            .get(".build")
            .and_then(|build| build.get("parallel")?.get("matrix")?.items().next()?.get("TARGET"))
            .map(|list| list.items().filter_map(Part::text).collect()),
    };
    let planned = plan.arguments.targets();
    let planned: BTreeSet<&str> = planned.iter().map(String::as_str).collect();
    let built = built.unwrap_or_default();
    let missing: Vec<&str> = planned.difference(&built).copied().collect();
    let surplus: Vec<&str> = built.difference(&planned).copied().collect();
    let what = match (missing.as_slice(), surplus.as_slice()) {
        ([], []) => return,
        ([], surplus) => format!("the workflow builds for {}, which it was not made for", listed(surplus)),
        (missing, []) => format!("the workflow does not build for {}", listed(missing)),
        (missing, surplus) => {
            format!("the workflow builds for {} instead of {}", listed(surplus), listed(missing))
        }
    };
    findings.error(Code::CiDrift, what).at(root.place()).help(again(plan));
}

/// The packages of the workspace against those of the workflow.
fn packages(root: Part<'_>, text: &str, plan: &Plan, findings: &mut Findings) {
    for member in &plan.members {
        if !text.lines().any(|line| line.trim() == render::comparison(&member.directory)) {
            let message = format!(
                "the workflow does not compare package `{}` in `{}` with its release",
                member.name, member.directory
            );
            findings.error(Code::CiDrift, message).at(root.place()).help(again(plan));
        }
    }
    for member in &plan.members {
        let publication = render::publication(plan, member);
        if !text.lines().any(|line| line.trim_start_matches([' ', '-']) == publication) {
            let message = format!("the workflow does not publish package `{}`", member.name);
            findings.error(Code::CiDrift, message).at(root.place()).help(again(plan));
        }
    }
    let known = |directory: &str| plan.members.iter().any(|member| member.directory == directory);
    let compared = text.lines().filter_map(|line| line.trim().strip_prefix("compare \"")?.strip_suffix('"'));
    for gone in compared.filter(|directory| !known(directory)) {
        let message = format!("the workflow compares a package in `{gone}`, where there is none");
        findings.error(Code::CiDrift, message).at(root.place()).help(again(plan));
    }
    let url = match plan.arguments.provider {
        Provider::Github => root.get("jobs").and_then(|jobs| jobs.get("publish")?.get("environment")?.get("url")),
        Provider::Gitlab => root.get("publish").and_then(|publish| publish.get("environment")?.get("url")),
    };
    let (written, planned) = (url.and_then(Part::text), render::project_page(plan));
    if let (Some(url), Some(written)) = (url, written)
        && Some(written) != planned.as_deref()
    {
        let planned = planned.as_deref().unwrap_or("none");
        let message = format!("the workflow names the page {written}, and that of the packages is {planned}");
        findings.error(Code::CiDrift, message).at(url.place()).help(again(plan));
    }
}

fn version(root: Part<'_>, findings: &mut Findings) {
    const TOOL: &str = env!("CARGO_PKG_VERSION");
    let place = ["env", "variables"].iter().find_map(|name| root.get(name)?.get("CHAINNER"));
    let Some(place) = place else {
        findings
            .error(Code::CiDrift, "the workflow does not say which version of cargo-chainner it uses")
            .at(root.place())
            .help(format!("write `CHAINNER: \"{TOOL}\"` below `env:` (GitHub) or `variables:` (GitLab)"));
        return;
    };
    let version = place.text().unwrap_or_default();
    if version != TOOL {
        findings
            .error(Code::CiDrift, format!("the workflow uses cargo-chainner {version}, and this is {TOOL}"))
            .at(place.place())
            .help(format!(
                "write `CHAINNER: \"{TOOL}\"`, or install the other: `cargo install cargo-chainner@{version}`"
            ));
    }
}

/// The first line that somebody changed, where nothing else is wrong.
fn edits(file: &str, text: &str, plan: &Plan, findings: &mut Findings) {
    let made = render::text(plan);
    let (mut made, mut written) = (made.lines(), text.lines());
    for line in 1.. {
        let (made, written) = (made.next(), written.next());
        if (made, written) == (None, None) {
            return;
        }
        if made != written {
            let place = chainner_sdk::library::Place { file: file.to_owned(), line, column: 0 };
            let excerpt = written.unwrap_or("(end of the file)").to_owned();
            let made =
                made.map_or("the file would end here".to_owned(), |made| format!("it would be `{}`", made.trim()));
            findings
                .warning(Code::CiEdited, format!("the workflow was edited: {made}"))
                .at(place)
                .excerpt(excerpt)
                .help(format!("nothing, if it was meant; else {}", again(plan)));
            return;
        }
    }
}

/// The command that makes the workflow anew.
fn again(plan: &Plan) -> String {
    format!("make it anew: `cargo chainner ci init {} --force`", plan.arguments.comment())
}
