//! The systems and machines that a package can be compiled for.

use std::{path::Path, sync::OnceLock};

use anyhow::Result;

use super::paths::rustc;
use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
    wheel::Architecture,
};

/// What `--all-targets` builds for: the systems that the app brings a Python for, and Linux on other machines and C libraries.
const ALL: &[&str] = &[
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-gnu",
];

/// Other targets that Python has a platform tag for, on which nothing but the machine is new.
const FURTHER: &[&str] = &[
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
    "i686-pc-windows-msvc",
    "i686-pc-windows-gnu",
    "aarch64-pc-windows-gnullvm",
    "x86_64-pc-windows-gnullvm",
    "i686-unknown-linux-gnu",
    "i686-unknown-linux-musl",
    "armv7-unknown-linux-gnueabihf",
    "armv7-unknown-linux-musleabihf",
    "powerpc64le-unknown-linux-gnu",
    "s390x-unknown-linux-gnu",
    "riscv64gc-unknown-linux-gnu",
];

/// Oldest glibc that Rust's standard library runs on (since Rust 1.64).
pub(super) const GLIBC_FLOOR: (u32, u32) = (2, 17);

/// A target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    triple: String,
    /// Oldest glibc to run on, if one was asked for.
    glibc: Option<(u32, u32)>,
}

/// The operating system of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Os {
    /// With glibc.
    LinuxGnu,
    /// With musl.
    LinuxMusl,
    /// macOS.
    Mac,
    /// With Microsoft's tools.
    WindowsMsvc,
    /// With MinGW's tools.
    WindowsGnu,
}

impl Target {
    /// The machine that the tool runs on.
    ///
    /// # Errors
    /// rustc does not tell.
    pub fn host() -> Result<Self> {
        static HOST: OnceLock<String> = OnceLock::new();
        let triple = match HOST.get() {
            Some(triple) => triple,
            None => {
                let output =
                    rustc().arg("-vV").output().map_err(|error| Failure::not_started(Path::new("rustc"), &error))?;
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                let host = text.lines().find_map(|line| line.strip_prefix("host: "));
                HOST.get_or_init(|| host.unwrap_or_default().to_owned())
            }
        };
        Ok(Self { triple: triple.clone(), glibc: None })
    }

    /// The targets of `--all-targets`.
    pub fn all() -> Vec<Self> {
        ALL.iter().map(|triple| Self { triple: (*triple).to_owned(), glibc: None }).collect()
    }

    /// Reads a target of the command line: a triple of Rust, with glibc also the oldest version to run on
    /// (`x86_64-unknown-linux-gnu.2.28`).
    ///
    /// # Errors
    /// It is none that a wheel can be built for.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let (triple, version) = match text.split_once('.') {
            Some((triple, version)) => (triple, Some(version)),
            None => (text, None),
        };
        let known = || ALL.iter().chain(FURTHER).copied();
        if !known().any(|one| one == triple) {
            let help = match did_you_mean(triple, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("name a target of Rust: {}", ALL.join(", ")),
            };
            return Err(Failure::new(Code::UnknownTarget, format!("`{text}` is no target that wheels are built for"))
                .help(help));
        }
        let target = Self { triple: triple.to_owned(), glibc: None };
        let Some(version) = version else { return Ok(target) };
        let number =
            version.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        match number.filter(|number| target.os() == Os::LinuxGnu && *number >= GLIBC_FLOOR) {
            Some(glibc) => Ok(Self { glibc: Some(glibc), ..target }),
            None => {
                Err(Failure::new(Code::UnknownTarget, format!("`{version}` is no version of glibc for `{triple}`"))
                    .help("with glibc, a version of 2.17 or later can follow: `x86_64-unknown-linux-gnu.2.28`"))
            }
        }
    }

    /// Rust's name for it, e.g. `aarch64-apple-darwin`.
    pub fn triple(&self) -> &str {
        &self.triple
    }

    /// Oldest glibc to run on, if one was asked for.
    pub(super) fn glibc(&self) -> Option<(u32, u32)> {
        self.glibc
    }

    /// Its operating system.
    pub fn os(&self) -> Os {
        let triple = self.triple.as_str();
        match triple {
            _ if triple.ends_with("-darwin") => Os::Mac,
            _ if triple.ends_with("-msvc") => Os::WindowsMsvc,
            _ if triple.contains("-windows-gnu") => Os::WindowsGnu,
            _ if triple.contains("-musl") => Os::LinuxMusl,
            _ => Os::LinuxGnu,
        }
    }

    /// Its machine, under Python's name for it.
    pub fn architecture(&self) -> Option<Architecture> {
        Architecture::from_target(&self.triple)
    }

    /// The macOS to link for, unless the environment names another: the oldest that Rust's standard library runs on.
    pub(super) fn deployment_target(&self) -> Option<&'static str> {
        match (self.os(), self.architecture()) {
            (Os::Mac, Some(Architecture::Aarch64)) => Some("11.0"),
            (Os::Mac, _) => Some("10.12"),
            _ => None,
        }
    }

    /// Flags for rustc without which the target's Python could not load the library.
    pub(super) fn flags(&self) -> &'static [&'static str] {
        match self.os() {
            // The names of Python come from the interpreter that loads the library, whose own name would else be where it was made.
            Os::Mac => &[
                "-Clink-arg=-undefined",
                "-Clink-arg=dynamic_lookup",
                "-Clink-arg=-Wl,-install_name,@rpath/_native.abi3.so",
            ],
            // A library with a C library of its own cannot be loaded into a process that has one.
            Os::LinuxMusl => &["-Ctarget-feature=-crt-static"],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_with_their_glibc() {
        let target = Target::parse("x86_64-unknown-linux-gnu.2.28").expect("a target");
        assert_eq!((target.triple(), target.glibc()), ("x86_64-unknown-linux-gnu", Some((2, 28))));
        assert_eq!(Target::parse("aarch64-apple-darwin").expect("a target").os(), Os::Mac);
        for (text, help) in [
            ("x86_64-unknow-linux-gnu", "did you mean `x86_64-unknown-linux-gnu`?"),
            ("wasm32-wasip1", "name a target of Rust"),
            ("x86_64-unknown-linux-gnu.2.5", "2.17 or later"),
            ("x86_64-unknown-linux-gnu.new", "2.17 or later"),
            ("aarch64-apple-darwin.2.17", "with glibc"),
        ] {
            let failure = Target::parse(text).expect_err("no target");
            assert!(failure.help.as_deref().is_some_and(|said| said.contains(help)), "{text}: {failure:?}");
        }
    }

    #[test]
    fn every_known_target_has_a_machine_and_a_system() {
        for triple in ALL.iter().chain(FURTHER) {
            let target = Target::parse(triple).expect("a target");
            assert!(target.architecture().is_some(), "{triple}");
            let is_windows = matches!(target.os(), Os::WindowsGnu | Os::WindowsMsvc);
            assert_eq!(is_windows, triple.contains("windows"), "{triple}");
        }
    }
}
