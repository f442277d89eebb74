//! Tags (PEP 425) of the file name and of WHEEL, and what PyPI takes (PEP 600, PEP 656, PEP 730, PEP 738).

use super::file_name::expanded;
use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;

/// More lines than any wheel has.
const TAG_LIMIT: usize = 1000;

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    let Some(name) = &subject.name else { return };
    if let Some(wheel) = &subject.wheel {
        // Some tools list compressed sets, which all readers take apart.
        let mut listed: Vec<String> = wheel.all("Tag").into_iter().take(TAG_LIMIT).flat_map(expanded).collect();
        listed.sort();
        listed.dedup();
        let named = name.tags();
        if listed != named {
            findings
                .error(
                    Code::WheelTags,
                    format!("the tags of WHEEL are not those of the file name: {} and {}", list(&listed), list(&named)),
                )
                .at(inside(&subject.information("WHEEL").unwrap_or_default()))
                .help("build the wheel anew, or use `wheel tags`, which changes both");
        }
    }
    if subject.pypi {
        for platform in name.platforms.iter().filter(|platform| !is_known_platform(platform)) {
            findings
                .error(Code::WheelPlatformUpload, format!("PyPI does not take the platform tag `{platform}`"))
                .help("for Linux, build for `manylinux_2_17` or later (or musllinux); `auditwheel repair` retags foreign wheels");
        }
    }
}

fn list<Text: AsRef<str>>(tags: &[Text]) -> String {
    match tags {
        [] => "none".to_owned(),
        tags => tags.iter().map(|tag| format!("`{}`", tag.as_ref())).collect::<Vec<_>>().join(", "),
    }
}

const LINUX_ARCHITECTURES: [&str; 9] =
    ["x86_64", "i686", "aarch64", "armv7l", "ppc64le", "ppc64", "s390x", "riscv64", "armv6l"];

fn is_known_platform(platform: &str) -> bool {
    if ["any", "win32", "win_amd64", "win_arm64"].contains(&platform) {
        return true;
    }
    if let Some(linux) = LinuxTag::parse(platform) {
        return linux.libc != LinuxLibc::Unknown && LINUX_ARCHITECTURES.contains(&linux.architecture);
    }
    let numbered = |rest: &str, architectures: &[&str]| {
        let mut parts = rest.splitn(3, '_');
        let mut is_number = || parts.next().is_some_and(|part| part.parse::<u32>().is_ok());
        is_number() && is_number() && parts.next().is_some_and(|architecture| architectures.contains(&architecture))
    };
    if let Some(rest) = platform.strip_prefix("macosx_") {
        return numbered(
            rest,
            &["x86_64", "arm64", "universal2", "universal", "intel", "i386", "fat", "fat3", "fat64", "ppc", "ppc64"],
        );
    }
    if let Some(rest) = platform.strip_prefix("ios_") {
        return numbered(rest, &["arm64_iphoneos", "arm64_iphonesimulator", "x86_64_iphonesimulator"]);
    }
    if let Some(rest) = platform.strip_prefix("android_") {
        return rest.split_once('_').is_some_and(|(level, abi)| {
            level.parse::<u32>().is_ok() && ["armeabi_v7a", "arm64_v8a", "x86", "x86_64"].contains(&abi)
        });
    }
    ["pyodide_", "pyemscripten_"]
        .iter()
        .find_map(|prefix| platform.strip_prefix(prefix))
        .is_some_and(|rest| numbered(rest, &["wasm32"]))
}

/// The C library that a platform tag promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinuxLibc {
    /// `manylinux_x_y` and its older names.
    Glibc(u32, u32),
    /// `musllinux_x_y`.
    Musl,
    /// `linux`: that of the machine it was built on.
    Unknown,
}

/// A platform tag of Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinuxTag<'a> {
    pub(super) libc: LinuxLibc,
    pub(super) architecture: &'a str,
}

impl<'a> LinuxTag<'a> {
    pub(super) fn parse(platform: &'a str) -> Option<Self> {
        for (prefix, minor) in [("manylinux1_", 5), ("manylinux2010_", 12), ("manylinux2014_", 17)] {
            if let Some(architecture) = platform.strip_prefix(prefix) {
                return Some(Self { libc: LinuxLibc::Glibc(2, minor), architecture });
            }
        }
        if let Some(architecture) = platform.strip_prefix("linux_") {
            return Some(Self { libc: LinuxLibc::Unknown, architecture });
        }
        let (is_musl, rest) = match platform.strip_prefix("manylinux_") {
            Some(rest) => (false, rest),
            None => (true, platform.strip_prefix("musllinux_")?),
        };
        let (major, rest) = rest.split_once('_')?;
        let (minor, architecture) = rest.split_once('_')?;
        let (major, minor) = (major.parse().ok()?, minor.parse().ok()?);
        Some(Self { libc: if is_musl { LinuxLibc::Musl } else { LinuxLibc::Glibc(major, minor) }, architecture })
    }
}

/// A platform tag of macOS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MacTag<'a> {
    /// Oldest macOS, e.g. (10, 12).
    pub(super) version: (u32, u32),
    /// Machine, or word for several of them.
    architecture: &'a str,
}

impl<'a> MacTag<'a> {
    pub(super) fn parse(platform: &'a str) -> Option<Self> {
        let mut parts = platform.strip_prefix("macosx_")?.splitn(3, '_');
        let version = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { version, architecture: parts.next()? })
    }

    /// The machines that it promises; of those that no Rust compiles for any more, none.
    pub(super) fn machines(&self) -> &'static [&'static str] {
        match self.architecture {
            "universal2" => &["x86_64", "arm64"],
            "x86_64" => &["x86_64"],
            "arm64" => &["arm64"],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_tags_are_read() {
        let read = |tag| LinuxTag::parse(tag).map(|tag| (tag.libc, tag.architecture));
        assert_eq!(read("manylinux2014_x86_64"), Some((LinuxLibc::Glibc(2, 17), "x86_64")));
        assert_eq!(read("manylinux_2_28_aarch64"), Some((LinuxLibc::Glibc(2, 28), "aarch64")));
        assert_eq!(read("musllinux_1_2_x86_64"), Some((LinuxLibc::Musl, "x86_64")));
        assert_eq!(read("linux_x86_64"), Some((LinuxLibc::Unknown, "x86_64")));
        assert_eq!(read("macosx_11_0_arm64"), None);
    }

    #[test]
    fn platforms_that_pypi_takes_are_known() {
        for platform in [
            "any",
            "win_arm64",
            "manylinux1_i686",
            "manylinux_2_35_riscv64",
            "macosx_10_12_x86_64",
            "macosx_11_0_universal2",
            "ios_13_0_arm64_iphoneos",
            "android_24_arm64_v8a",
            "pyodide_2024_0_wasm32",
        ] {
            assert!(is_known_platform(platform), "{platform}");
        }
        for platform in ["linux_x86_64", "manylinux_2_x86_64", "macosx_x86_64", "win64", "manylinux_2_17_mips", ""] {
            assert!(!is_known_platform(platform), "{platform}");
        }
    }
}
