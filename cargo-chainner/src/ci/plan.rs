//! What a workflow is to do: the arguments it was made with, and the packages as they are now.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use clap::{Args, Command, FromArgMatches as _, ValueEnum};

use crate::{
    cli::{CargoOptions, Packages},
    codes::Code,
    error::Failure,
    project,
};

use super::{pin, target};

/// A CI system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Provider {
    /// GitHub Actions
    Github,
    /// GitLab CI/CD
    Gitlab,
}

impl Provider {
    /// Its file, from the root of the repository on.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/package.yml",
            Self::Gitlab => ".gitlab-ci.yml",
        }
    }
}

/// What a workflow is made with. The workflow holds it in a comment, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Arguments {
    /// CI system
    #[arg(value_enum)]
    pub provider: Provider,
    /// Where tagged versions are published: `pypi`, or the upload address of an index
    #[arg(long, value_name = "pypi|URL", default_value = "pypi")]
    pub to: String,
    /// System to build for, by Rust's name, once for each [default: Linux and macOS on x86-64 and ARM, Windows on x86-64]
    #[arg(long, value_name = "TRIPLE")]
    pub target: Vec<String>,
    /// Branch whose commits are tested and built
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub branch: String,
}

impl Arguments {
    /// A workflow of this sort for the usual systems.
    ///
    /// # Errors
    /// No workflow can publish there.
    pub fn new(provider: Provider, to: &str) -> Result<Self, Failure> {
        let arguments = Self { provider, to: to.to_owned(), target: Vec::new(), branch: "main".to_owned() };
        arguments.check().map(|()| arguments)
    }

    /// From the comment of a workflow; `None` if it is not one of ours.
    pub(super) fn of_comment(text: &str) -> Option<Self> {
        let command = Self::augment_args(Command::new("ci").no_binary_name(true).disable_help_flag(true));
        Self::from_arg_matches(&command.try_get_matches_from(text.split_whitespace()).ok()?).ok()
    }

    /// For the comment of a workflow.
    pub(super) fn comment(&self) -> String {
        let provider = self.provider.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let targets: String = self.targets().iter().map(|target| format!(" --target {target}")).collect();
        format!("{provider} --to {} --branch {}{targets}", self.to, self.branch)
    }

    /// The systems to build for.
    pub(super) fn targets(&self) -> Vec<String> {
        if self.target.is_empty() { target::usual(self.provider) } else { self.target.clone() }
    }

    /// Whether tagged versions go to PyPI.
    pub(super) fn is_pypi(&self) -> bool {
        self.to == "pypi"
    }

    /// Refuses what a workflow could not do, or what would be something else in it than on the command line.
    pub(super) fn check(&self) -> Result<(), Failure> {
        for triple in self.targets() {
            target::require(self.provider, &triple)?;
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
        if self.branch.is_empty() || self.branch.starts_with('-') || !self.branch.chars().all(is_plain) {
            let message = format!("`{}` is no name of a branch that a workflow can hold", self.branch);
            return Err(Failure::new(Code::CiDestination, message).help("branches are letters, digits and `._/-`"));
        }
        let variable = self.provider == Provider::Gitlab && self.to.starts_with("${CI_");
        let local = ["http://localhost", "http://127.0.0.1"].iter().any(|start| self.to.starts_with(start));
        let is_address = |c: char| c.is_ascii_graphic() && !"\"'`\\<>;&|()$".contains(c) || variable && c == '$';
        let is_url = self.to.starts_with("https://") || local || variable;
        if self.is_pypi() || is_url && self.to.chars().all(is_address) {
            return Ok(());
        }
        let message = format!("a workflow cannot publish to `{}`", self.to);
        Err(Failure::new(Code::CiDestination, message)
            .help("give `pypi`, or the upload address of an index that starts with https://"))
    }
}

/// A package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name.
    pub(super) name: String,
    /// Its directory, from the workspace on; `.` for the workspace itself.
    pub(super) directory: String,
}

/// What a workflow is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) arguments: Arguments,
    /// The node packages, by name.
    pub(super) members: Vec<Member>,
    /// The workspace, from the root of the repository on, with a `/` behind; empty if it is the same.
    pub(super) prefix: String,
    /// The Rust to compile with, where an image has to be named.
    pub(super) rust: String,
}

/// Where the packages are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ground {
    /// The root of the repository; that of the workspace if there is none.
    pub(super) repository: PathBuf,
    members: Vec<Member>,
    prefix: String,
    rust: String,
}

impl Ground {
    /// Looks at the workspace of a manifest, or of the current directory.
    ///
    /// # Errors
    /// There is none, or it has no node packages, or a path that cannot stand in a workflow.
    pub(super) fn new(manifest: Option<&Path>) -> Result<Self> {
        let all = Packages { package: Vec::new(), all: true };
        let packages = project::chosen(&all, manifest, &CargoOptions::default())?;
        let workspace = packages.first().map(|package| package.workspace.clone()).unwrap_or_default();
        let workspace = fs::canonicalize(&workspace).map_err(|error| Failure::unreadable(&workspace, &error))?;
        let repository = workspace.ancestors().find(|directory| directory.join(".git").exists());
        let repository = repository.unwrap_or(&workspace).to_owned();
        let mut members = Vec::new();
        for package in &packages {
            let directory = fs::canonicalize(package.directory())
                .map_err(|error| Failure::unreadable(package.directory(), &error))?;
            let directory = plain(directory.strip_prefix(&workspace).unwrap_or(&directory))?;
            let directory = if directory.is_empty() { ".".to_owned() } else { directory };
            members.push(Member { name: package.name().to_owned(), directory });
        }
        let prefix = match plain(workspace.strip_prefix(&repository).unwrap_or(Path::new("")))? {
            prefix if prefix.is_empty() => prefix,
            prefix => format!("{prefix}/"),
        };
        let newest = packages.iter().filter_map(|package| package.package.rust_version.clone()).max();
        let rust = newest.map_or(pin::RUST, |newest| newest.max(pin::RUST));
        Ok(Self { repository, members, prefix, rust: format!("{}.{}", rust.major, rust.minor) })
    }

    /// What a workflow with these arguments is to do here.
    pub(super) fn plan(&self, arguments: Arguments) -> Plan {
        let Self { members, prefix, rust, .. } = self.clone();
        Plan { arguments, members, prefix, rust }
    }
}

/// A path as it can stand in a workflow, with `/`.
fn plain(path: &Path) -> Result<String, Failure> {
    let text = path.to_string_lossy().replace('\\', "/");
    let is_plain = |c: char| c.is_alphanumeric() || " ._/-+@".contains(c);
    if text.chars().all(is_plain) {
        return Ok(text);
    }
    let message = format!("the path `{text}` has characters that mean something else in a workflow");
    Err(Failure::new(Code::CiDestination, message).help("name directories with letters, digits, spaces and `._-+@`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(to: &str) -> Arguments {
        Arguments { provider: Provider::Github, to: to.to_owned(), target: Vec::new(), branch: "main".to_owned() }
    }

    #[test]
    fn arguments_survive_in_a_comment() {
        for provider in [Provider::Github, Provider::Gitlab] {
            let target = target::usual(provider);
            let given = Arguments { provider, target, ..arguments("https://pypi.studio.lan/legacy/") };
            assert_eq!(Arguments::of_comment(&given.comment()), Some(given));
        }
        assert_eq!(Arguments::of_comment("jenkins --to pypi"), None);
    }

    #[test]
    fn what_would_be_a_command_in_the_workflow_is_refused() {
        for to in ["pypi", "https://pypi.studio.lan/legacy/", "http://localhost:8900/"] {
            assert_eq!(arguments(to).check(), Ok(()), "{to}");
        }
        for to in ["PyPI", "http://example.com", "https://x/$(rm)", "https://x/\"; rm", "dir:/srv", ""] {
            assert_eq!(arguments(to).check().expect_err(to).code, Code::CiDestination, "{to}");
        }
        let gitlab = "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/pypi";
        assert!(arguments(gitlab).check().is_err());
        assert_eq!(Arguments { provider: Provider::Gitlab, ..arguments(gitlab) }.check(), Ok(()));
        for branch in ["", "-x", "a b", "a\"]"] {
            assert!(Arguments { branch: branch.to_owned(), ..arguments("pypi") }.check().is_err(), "{branch}");
        }
    }
}
