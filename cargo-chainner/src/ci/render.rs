//! The text of a workflow.

use super::{
    pin,
    plan::{Member, Plan, Provider},
    target,
};

/// The workflow that does what is planned.
pub(super) fn text(plan: &Plan) -> String {
    let template = match plan.arguments.provider {
        Provider::Github => include_str!("github.yml"),
        Provider::Gitlab => include_str!("gitlab.yml"),
    };
    let blanks = [
        ("what", what(plan)),
        ("arguments", plan.arguments.comment()),
        ("branch", plan.arguments.branch.clone()),
        ("tool", env!("CARGO_PKG_VERSION").to_owned()),
        ("rust", plan.rust.clone()),
        ("prefix", plan.prefix.clone()),
        ("directory", directory(plan)),
        ("compare", compare(plan)),
        ("matrix", matrix(plan)),
        ("environment", environment(plan)),
        ("attest", attest(plan)),
        ("token", token(plan)),
        ("pypi", if plan.arguments.is_pypi() { " --pypi" } else { "" }.to_owned()),
        ("sdist", each(plan, source)),
        ("rehearse", each(plan, |plan, member| format!("{} --dry-run", publication(plan, member)))),
        ("publish", each(plan, publication)),
        ("zig", pin::ZIG.to_owned()),
        ("uv", pin::UV.to_owned()),
        ("checkout", pin::CHECKOUT.text()),
        ("cache", pin::CACHE.text()),
        ("upload", pin::UPLOAD.text()),
        ("download", pin::DOWNLOAD.text()),
    ];
    blanks.iter().fold(template.to_owned(), |text, (blank, value)| text.replace(&format!("<<{blank}>>"), value))
}

fn what(plan: &Plan) -> String {
    let names: Vec<&str> = plan.members.iter().map(|member| member.name.as_str()).collect();
    names.join(", ")
}

/// Where commands are run, if not at the root of the repository.
fn directory(plan: &Plan) -> String {
    let directory = plan.prefix.trim_end_matches('/');
    match (directory, plan.arguments.provider) {
        ("", _) => String::new(),
        (directory, Provider::Github) => format!("    working-directory: \"{directory}\"\n"),
        (directory, Provider::Gitlab) => format!("    - cd \"$CI_PROJECT_DIR/{directory}\"\n"),
    }
}

/// The line that compares a package with its last release.
pub(super) fn comparison(directory: &str) -> String {
    format!("compare \"{directory}\"")
}

/// The command that packages the sources of a package.
fn source(_: &Plan, member: &Member) -> String {
    format!("cargo chainner sdist -p {} --locked --verify --out dist", member.name)
}

/// The command that publishes a package: all that was built of its version. Each package is a release of its own.
pub(super) fn publication(plan: &Plan, member: &Member) -> String {
    // A job that is started again goes on where it broke off. Of other indexes, only they know what they have.
    let again = if plan.arguments.is_pypi() { " --skip-existing" } else { "" };
    format!("cargo chainner publish -p {} --to {}{again}", member.name, destination(plan))
}

/// A command for each package, as a list of steps takes it.
fn each(plan: &Plan, command: impl Fn(&Plan, &Member) -> String) -> String {
    let begin = match plan.arguments.provider {
        Provider::Github => "          ",
        Provider::Gitlab => "    - ",
    };
    let lines: Vec<String> = plan.members.iter().map(|member| format!("{begin}{}", command(plan, member))).collect();
    lines.join("\n")
}

fn compare(plan: &Plan) -> String {
    let indent = match plan.arguments.provider {
        Provider::Github => 10,
        Provider::Gitlab => 6,
    };
    let lines: Vec<String> =
        plan.members.iter().map(|member| format!("{:indent$}{}", "", comparison(&member.directory))).collect();
    lines.join("\n")
}

fn matrix(plan: &Plan) -> String {
    let line = |triple: &String| match plan.arguments.provider {
        Provider::Github => {
            format!("          - target: {triple}\n            runner: {}", target::runner(triple))
        }
        Provider::Gitlab => format!("          - {triple}"),
    };
    plan.arguments.targets().iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Where the distributions of the packages are, for people.
pub(super) fn project_page(plan: &Plan) -> Option<String> {
    match plan.members.as_slice() {
        [member] if plan.arguments.is_pypi() => Some(format!("https://pypi.org/p/{}", member.name.replace('_', "-"))),
        _ => None,
    }
}

fn environment(plan: &Plan) -> String {
    let page = project_page(plan);
    match (plan.arguments.provider, plan.arguments.is_pypi()) {
        (Provider::Github, true) => {
            let page = page.map(|page| format!("      url: {page}\n")).unwrap_or_default();
            format!(
                "    environment:\n      name: pypi\n{page}    permissions:\n      contents: read\n      \
                 id-token: write # PyPI trusts this workflow of this repository: there is no token to steal\n      \
                 attestations: write # stores the signatures"
            )
        }
        (Provider::Github, false) => {
            "    environment:\n      name: index\n    permissions:\n      contents: read".to_owned()
        }
        (Provider::Gitlab, true) => {
            let page = page.map(|page| format!("    url: {page}\n")).unwrap_or_default();
            format!(
                "  environment:\n    name: pypi\n{page}  # PyPI trusts this pipeline of this project; there is no token to steal.\n  \
                 id_tokens:\n    PYPI_ID_TOKEN:\n      aud: pypi"
            )
        }
        (Provider::Gitlab, false) if plan.arguments.to.starts_with("${CI_") => {
            "  environment:\n    name: index\n  variables:\n    UV_PUBLISH_USERNAME: gitlab-ci-token\n    \
             UV_PUBLISH_PASSWORD: $CI_JOB_TOKEN"
                .to_owned()
        }
        // INDEX_TOKEN is a protected, masked variable of the project.
        (Provider::Gitlab, false) => {
            "  environment:\n    name: index\n  variables:\n    UV_PUBLISH_TOKEN: $INDEX_TOKEN".to_owned()
        }
    }
}

/// The token of an index, for the step that publishes and no other.
fn token(plan: &Plan) -> String {
    match plan.arguments.is_pypi() {
        true => String::new(),
        false => "        env:\n          UV_PUBLISH_TOKEN: ${{ secrets.INDEX_TOKEN }}\n".to_owned(),
    }
}

fn attest(plan: &Plan) -> String {
    if !plan.arguments.is_pypi() {
        return String::new();
    }
    format!(
        "      - name: Sign where all of it was built\n        uses: {}\n        with:\n          subject-path: \"{}dist/*\"\n",
        pin::ATTEST.text(),
        plan.prefix
    )
}

fn destination(plan: &Plan) -> String {
    match plan.arguments.is_pypi() {
        true => "pypi".to_owned(),
        false => format!("\"{}\"", plan.arguments.to),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::plan::Arguments, *};

    fn plan(provider: Provider, to: &str, prefix: &str) -> Plan {
        let member = |name: &str, directory: &str| Member { name: name.to_owned(), directory: directory.to_owned() };
        Plan {
            arguments: Arguments { provider, to: to.to_owned(), target: Vec::new(), branch: "main".to_owned() },
            members: vec![member("studio-tone", "crates/tone"), member("studio-detail", "crates/detail")],
            prefix: prefix.to_owned(),
            rust: "1.88".to_owned(),
        }
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for provider in [Provider::Github, Provider::Gitlab] {
            for (to, prefix) in [("pypi", ""), ("https://pypi.studio.lan/legacy/", "nodes/")] {
                let text = text(&plan(provider, to, prefix));
                assert!(!text.contains("<<"), "{text}");
                assert!(text.contains("compare \"crates/tone\""), "{text}");
                assert_eq!(text.contains("id-token: write") || text.contains("PYPI_ID_TOKEN"), to == "pypi", "{text}");
                assert_eq!(text.contains("nodes/dist/*.whl"), !prefix.is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn one_package_has_a_page() {
        let mut plan = plan(Provider::Github, "pypi", "");
        assert_eq!(project_page(&plan), None);
        plan.members.truncate(1);
        assert_eq!(project_page(&plan).as_deref(), Some("https://pypi.org/p/studio-tone"));
        assert!(text(&plan).contains("url: https://pypi.org/p/studio-tone\n"));
    }
}
