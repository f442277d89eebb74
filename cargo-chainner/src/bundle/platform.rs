//! Systems of a site, and the tags of wheels that run there (PEP 425, 600, 656).

use clap::ValueEnum as _;

use super::part::Part;

/// The newest glibc that wheels of a bundle may need: 2.28, of 2018, which all systems have that still get updates.
const GLIBC: u32 = 28;

/// A system of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Platform {
    /// Linux with glibc on x86-64
    #[value(name = "linux_x86_64")]
    LinuxX86_64,
    /// Linux with glibc on 64-bit ARM
    #[value(name = "linux_aarch64")]
    LinuxAarch64,
    /// Linux with musl on x86-64
    #[value(name = "musllinux_x86_64")]
    MuslX86_64,
    /// Linux with musl on 64-bit ARM
    #[value(name = "musllinux_aarch64")]
    MuslAarch64,
    /// Windows on x86-64
    #[value(name = "win_amd64")]
    WindowsX86_64,
    /// macOS on Intel
    #[value(name = "macosx_x86_64")]
    MacosX86_64,
    /// macOS on Apple silicon
    #[value(name = "macosx_arm64")]
    MacosArm64,
}

impl Platform {
    /// The word for it on the command line.
    pub(crate) fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Whether a wheel with this platform tag is for it. `any` is for all, and not asked for here.
    pub(crate) fn takes(self, tag: &str) -> bool {
        let is = |starts: &[&str], ends: &[&str]| {
            starts.iter().any(|start| tag.starts_with(start)) && ends.iter().any(|end| tag.ends_with(end))
        };
        match self {
            Self::LinuxX86_64 => is(&["manylinux", "linux_"], &["_x86_64"]),
            Self::LinuxAarch64 => is(&["manylinux", "linux_"], &["_aarch64"]),
            Self::MuslX86_64 => is(&["musllinux_"], &["_x86_64"]),
            Self::MuslAarch64 => is(&["musllinux_"], &["_aarch64"]),
            Self::WindowsX86_64 => tag == "win_amd64",
            Self::MacosX86_64 => is(&["macosx_"], &["_x86_64", "_universal2", "_intel"]),
            Self::MacosArm64 => is(&["macosx_"], &["_arm64", "_universal2"]),
        }
    }

    /// The tags that pip is to look for, the best first.
    pub(super) fn pip_tags(self) -> Vec<String> {
        let glibc = |machine: &str| {
            let tags = (5..=GLIBC).rev().map(|minor| format!("manylinux_2_{minor}_{machine}"));
            tags.chain(["manylinux2014", "manylinux2010", "manylinux1"].map(|old| format!("{old}_{machine}"))).collect()
        };
        let musl = |machine: &str| ["1_2", "1_1"].map(|version| format!("musllinux_{version}_{machine}")).to_vec();
        match self {
            Self::LinuxX86_64 => glibc("x86_64"),
            Self::LinuxAarch64 => glibc("aarch64"),
            Self::MuslX86_64 => musl("x86_64"),
            Self::MuslAarch64 => musl("aarch64"),
            Self::WindowsX86_64 => vec!["win_amd64".to_owned()],
            // pip goes on to all earlier versions by itself.
            Self::MacosX86_64 => vec!["macosx_12_0_x86_64".to_owned()],
            Self::MacosArm64 => vec!["macosx_12_0_arm64".to_owned()],
        }
    }

    /// The systems that wheels are for.
    pub(super) fn of(parts: &[Part]) -> Vec<Self> {
        let tags: Vec<&String> = parts.iter().flat_map(|part| &part.platforms).collect();
        Self::value_variants().iter().copied().filter(|one| tags.iter().any(|tag| one.takes(tag))).collect()
    }
}

/// A version of Python, as `3.11`.
///
/// # Errors
/// It is none from 3.10 on.
pub fn python_version(text: &str) -> Result<String, String> {
    let minor = text.strip_prefix("3.").and_then(|minor| minor.parse::<u8>().ok());
    match minor {
        Some(minor) if minor >= 10 => Ok(format!("3.{minor}")),
        _ => Err("expected 3.10 or newer, e.g. 3.11, which chaiNNer brings along".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_takes_its_own_tags() {
        for (tag, expected) in [
            ("manylinux_2_17_x86_64", "linux_x86_64"),
            ("manylinux2014_aarch64", "linux_aarch64"),
            ("linux_x86_64", "linux_x86_64"),
            ("musllinux_1_2_x86_64", "musllinux_x86_64"),
            ("win_amd64", "win_amd64"),
            ("win32", ""),
            ("macosx_11_0_arm64", "macosx_arm64"),
            ("macosx_10_12_universal2", "macosx_x86_64 macosx_arm64"),
        ] {
            let found: Vec<String> =
                Platform::value_variants().iter().filter(|one| one.takes(tag)).map(|one| one.word()).collect();
            assert_eq!(found.join(" "), expected, "{tag}");
        }
        for platform in Platform::value_variants() {
            assert!(platform.pip_tags().iter().all(|tag| platform.takes(tag)), "{platform:?}");
        }
    }

    #[test]
    fn versions_of_python_are_those_that_packages_run_on() {
        assert_eq!(python_version("3.11").as_deref(), Ok("3.11"));
        for text in ["3.9", "2.7", "3", "3.x", "311", ""] {
            python_version(text).unwrap_err();
        }
    }
}
