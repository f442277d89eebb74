//! Platforms a wheel can be for, and their tags (PEP 425; manylinux: PEP 600, musllinux: PEP 656).

use std::fmt;

/// Python and ABI part of the tags: the stable ABI of Python 3.10 (PEP 384).
pub(super) const PYTHON_TAG: &str = "cp310-abi3";

/// The machine a library runs on, under Python's name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Architecture {
    X86_64,
    I686,
    Aarch64,
    Armv7l,
    Ppc64le,
    S390x,
    Riscv64,
}

impl Architecture {
    /// All names, for messages.
    pub(super) const NAMES: &str = "x86_64, i686, aarch64, armv7l, ppc64le, s390x, riscv64";

    /// The architecture of a Rust target triple, such as `x86_64-unknown-linux-gnu`.
    #[must_use]
    pub fn from_target(triple: &str) -> Option<Self> {
        Some(match triple.split('-').next()? {
            "x86_64" => Self::X86_64,
            "i686" | "i586" => Self::I686,
            "aarch64" => Self::Aarch64,
            "armv7" | "thumbv7neon" => Self::Armv7l,
            "powerpc64le" => Self::Ppc64le,
            "s390x" => Self::S390x,
            "riscv64gc" | "riscv64a23" => Self::Riscv64,
            _ => return None,
        })
    }

    /// The name in platform tags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::I686 => "i686",
            Self::Aarch64 => "aarch64",
            Self::Armv7l => "armv7l",
            Self::Ppc64le => "ppc64le",
            Self::S390x => "s390x",
            Self::Riscv64 => "riscv64",
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The C library a library was linked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Libc {
    /// GNU, with the oldest version that has all used symbols.
    Glibc {
        /// 2, as long as glibc is 2.
        major: u32,
        /// The y of `GLIBC_x.y`.
        minor: u32,
    },
    /// musl. Its symbols have no versions; Rust's targets bring musl 1.2.
    Musl,
}

/// Where a library runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The machine.
    pub architecture: Architecture,
    /// The C library.
    pub libc: Libc,
}

impl Platform {
    /// The platform tags, sorted, e.g. `manylinux2014_x86_64` and `manylinux_2_17_x86_64`.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let architecture = self.architecture;
        match self.libc {
            // PEP 600: the older name means the same, and pips of before 2021 know only that.
            Libc::Glibc { major: 2, minor: 17 } => {
                vec![format!("manylinux2014_{architecture}"), format!("manylinux_2_17_{architecture}")]
            }
            Libc::Glibc { major, minor } => vec![format!("manylinux_{major}_{minor}_{architecture}")],
            Libc::Musl => vec![format!("musllinux_1_2_{architecture}")],
        }
    }

    /// The tags as they stand in the file name: `cp310-abi3-…`, alternatives joined by dots.
    #[must_use]
    pub fn compressed_tag(&self) -> String {
        format!("{PYTHON_TAG}-{}", self.tags().join("."))
    }

    /// The tags as they stand in the WHEEL file, one for each platform tag.
    #[must_use]
    pub fn expanded_tags(&self) -> Vec<String> {
        self.tags().into_iter().map(|tag| format!("{PYTHON_TAG}-{tag}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(architecture: Architecture, libc: Libc) -> String {
        Platform { architecture, libc }.compressed_tag()
    }

    #[test]
    fn tags_are_sorted_and_2_17_has_its_older_name_too() {
        let glibc = |minor| Libc::Glibc { major: 2, minor };
        assert_eq!(tag(Architecture::X86_64, glibc(17)), "cp310-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64");
        assert_eq!(tag(Architecture::Aarch64, glibc(28)), "cp310-abi3-manylinux_2_28_aarch64");
        assert_eq!(tag(Architecture::X86_64, Libc::Musl), "cp310-abi3-musllinux_1_2_x86_64");
        let platform = Platform { architecture: Architecture::I686, libc: glibc(17) };
        assert_eq!(platform.expanded_tags(), ["cp310-abi3-manylinux2014_i686", "cp310-abi3-manylinux_2_17_i686"]);
    }

    #[test]
    fn rust_targets_have_python_architectures() {
        for (triple, expected) in [
            ("x86_64-unknown-linux-gnu", Some("x86_64")),
            ("i686-unknown-linux-musl", Some("i686")),
            ("armv7-unknown-linux-gnueabihf", Some("armv7l")),
            ("powerpc64le-unknown-linux-gnu", Some("ppc64le")),
            ("riscv64gc-unknown-linux-gnu", Some("riscv64")),
            ("mips-unknown-linux-gnu", None),
            ("", None),
        ] {
            assert_eq!(Architecture::from_target(triple).map(Architecture::name), expected);
        }
        let names = [
            Architecture::X86_64,
            Architecture::I686,
            Architecture::Aarch64,
            Architecture::Armv7l,
            Architecture::Ppc64le,
            Architecture::S390x,
            Architecture::Riscv64,
        ];
        assert_eq!(names.map(Architecture::name).join(", "), Architecture::NAMES);
    }
}
