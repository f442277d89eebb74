//! The systems that a workflow builds for, and the machine that does it.

use std::sync::LazyLock;

use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
    project::listed,
};

use super::plan::Provider;

/// A runner of GitHub with Linux, on which zig links for Linux.
const LINUX: &str = "ubuntu-24.04";
const MACOS: &str = "macos-15";
const WINDOWS: &str = "windows-2025";

/// A system to build for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    triple: &'static str,
    /// The runner of GitHub.
    runner: &'static str,
    /// Whether GitLab's Linux containers build for it.
    on_linux: bool,
}

const TARGETS: &[Target] = &[
    Target { triple: "x86_64-unknown-linux-gnu", runner: LINUX, on_linux: true },
    Target { triple: "aarch64-unknown-linux-gnu", runner: LINUX, on_linux: true },
    Target { triple: "x86_64-unknown-linux-musl", runner: LINUX, on_linux: true },
    Target { triple: "aarch64-unknown-linux-musl", runner: LINUX, on_linux: true },
    Target { triple: "x86_64-apple-darwin", runner: MACOS, on_linux: true },
    Target { triple: "aarch64-apple-darwin", runner: MACOS, on_linux: true },
    Target { triple: "x86_64-pc-windows-msvc", runner: WINDOWS, on_linux: false },
    Target { triple: "aarch64-pc-windows-msvc", runner: WINDOWS, on_linux: false },
    Target { triple: "x86_64-pc-windows-gnu", runner: LINUX, on_linux: true },
];

/// All triples, for completions and help.
pub(crate) static TRIPLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| TARGETS.iter().map(|target| target.triple).collect());

/// What is built for unless it is said: the systems that the app runs on, and Linux on 64-bit ARM.
pub(super) fn usual(provider: Provider) -> Vec<String> {
    let windows = match provider {
        Provider::Github => "x86_64-pc-windows-msvc",
        Provider::Gitlab => "x86_64-pc-windows-gnu",
    };
    let rest = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-apple-darwin", "aarch64-apple-darwin"];
    rest.into_iter().chain([windows]).map(str::to_owned).collect()
}

/// The runner of GitHub that builds for a target.
pub(super) fn runner(triple: &str) -> &'static str {
    TARGETS.iter().find(|target| target.triple == triple).map_or(LINUX, |target| target.runner)
}

/// Refuses what no workflow builds for.
pub(super) fn require(provider: Provider, triple: &str) -> Result<(), Failure> {
    match TARGETS.iter().find(|target| target.triple == triple) {
        Some(target) if provider == Provider::Gitlab && !target.on_linux => {
            let message = format!("`{triple}` is built on Windows only, and the runners of GitLab have Linux");
            Err(Failure::new(Code::CiTarget, message)
                .help("`x86_64-pc-windows-gnu` makes wheels that the same Pythons load"))
        }
        Some(_) => Ok(()),
        None => {
            let failure = Failure::new(Code::CiTarget, format!("no workflow builds for `{triple}`"));
            Err(match did_you_mean(triple, TRIPLES.iter().copied()) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help(format!("one of {}", listed(&TRIPLES))),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_can_be_built() {
        for provider in [Provider::Github, Provider::Gitlab] {
            for triple in usual(provider) {
                assert_eq!(require(provider, &triple), Ok(()), "{triple}");
            }
        }
        assert_eq!(runner("aarch64-apple-darwin"), MACOS);
    }

    #[test]
    fn other_targets_are_refused_with_a_way_out() {
        let help = |provider, triple: &str| require(provider, triple).expect_err("refused").help.expect("a help");
        assert_eq!(help(Provider::Github, "x86_64-unknown-linux"), "did you mean `x86_64-unknown-linux-gnu`?");
        assert!(help(Provider::Github, "sparc").starts_with("one of `x86_64"));
        assert!(help(Provider::Gitlab, "x86_64-pc-windows-msvc").contains("x86_64-pc-windows-gnu"));
    }
}
