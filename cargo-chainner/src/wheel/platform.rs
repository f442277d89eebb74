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

/// The system a library was linked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Linux with GNU's C library, of the oldest version that has all used symbols.
    Glibc {
        /// 2, as long as glibc is 2.
        major: u32,
        /// The y of `GLIBC_x.y`.
        minor: u32,
    },
    /// Linux with musl. Its symbols have no versions; Rust's targets bring musl 1.2.
    Musl,
    /// macOS.
    MacOs {
        /// The oldest that loads the library, e.g. 11.
        major: u32,
        /// 0 from macOS 11 on.
        minor: u32,
    },
    /// Windows.
    Windows,
}

impl System {
    /// macOS from this version on. Installers know no minor versions of macOS 11 and later: what needs one is for the next major.
    pub(super) fn macos((major, minor): (u32, u32)) -> Self {
        match (major, minor) {
            (11.., 1..) => Self::MacOs { major: major + 1, minor: 0 },
            _ => Self::MacOs { major, minor },
        }
    }
}

/// Where a library runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The machine.
    pub architecture: Architecture,
    /// The system.
    pub system: System,
}

impl Platform {
    /// The platform tags, sorted, e.g. `manylinux2014_x86_64` and `manylinux_2_17_x86_64`.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let architecture = self.architecture;
        match self.system {
            // PEP 600: the older name means the same, and pips of before 2021 know only that.
            System::Glibc { major: 2, minor: 17 } => {
                vec![format!("manylinux2014_{architecture}"), format!("manylinux_2_17_{architecture}")]
            }
            System::Glibc { major, minor } => vec![format!("manylinux_{major}_{minor}_{architecture}")],
            System::Musl => vec![format!("musllinux_1_2_{architecture}")],
            System::MacOs { major, minor } => {
                let architecture = if architecture == Architecture::Aarch64 { "arm64" } else { architecture.name() };
                vec![format!("macosx_{major}_{minor}_{architecture}")]
            }
            System::Windows => vec![
                match architecture {
                    Architecture::I686 => "win32",
                    Architecture::Aarch64 => "win_arm64",
                    _ => "win_amd64",
                }
                .to_owned(),
            ],
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

/// The tags of a wheel: those of its library, or those of a wheel without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tags(pub(super) Option<Platform>);

impl Tags {
    /// Tag of a wheel without compiled code.
    const PURE: &str = "py3-none-any";

    /// As they stand in the file name.
    pub(super) fn compressed(self) -> String {
        self.0.map_or_else(|| Self::PURE.to_owned(), |platform| platform.compressed_tag())
    }

    /// As they stand in the WHEEL file.
    pub(super) fn expanded(self) -> Vec<String> {
        self.0.map_or_else(|| vec![Self::PURE.to_owned()], |platform| platform.expanded_tags())
    }

    /// Whether the wheel has no compiled code.
    pub(super) fn is_pure(self) -> bool {
        self.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(architecture: Architecture, system: System) -> String {
        Platform { architecture, system }.compressed_tag()
    }

    #[test]
    fn tags_are_sorted_and_2_17_has_its_older_name_too() {
        let glibc = |minor| System::Glibc { major: 2, minor };
        assert_eq!(tag(Architecture::X86_64, glibc(17)), "cp310-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64");
        assert_eq!(tag(Architecture::Aarch64, glibc(28)), "cp310-abi3-manylinux_2_28_aarch64");
        assert_eq!(tag(Architecture::X86_64, System::Musl), "cp310-abi3-musllinux_1_2_x86_64");
        let platform = Platform { architecture: Architecture::I686, system: glibc(17) };
        assert_eq!(platform.expanded_tags(), ["cp310-abi3-manylinux2014_i686", "cp310-abi3-manylinux_2_17_i686"]);
    }

    #[test]
    fn macos_and_windows_have_names_of_their_own_for_machines() {
        let macos = |version| System::macos(version);
        assert_eq!(tag(Architecture::X86_64, macos((10, 12))), "cp310-abi3-macosx_10_12_x86_64");
        assert_eq!(tag(Architecture::Aarch64, macos((11, 0))), "cp310-abi3-macosx_11_0_arm64");
        assert_eq!(tag(Architecture::Aarch64, macos((11, 3))), "cp310-abi3-macosx_12_0_arm64");
        assert_eq!(tag(Architecture::X86_64, System::Windows), "cp310-abi3-win_amd64");
        assert_eq!(tag(Architecture::Aarch64, System::Windows), "cp310-abi3-win_arm64");
        assert_eq!(tag(Architecture::I686, System::Windows), "cp310-abi3-win32");
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
