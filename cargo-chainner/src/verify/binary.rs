//! Compiled code: which files are, what they are for, and whether name, tag and contents agree.

use super::subject::{Subject, inside};
use super::tags::LinuxTag;
use super::{elf, information, mach_o, pe};
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::stable_abi::is_python_symbol;

/// A format of compiled code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Elf,
    MachO,
    Pe,
}

impl Format {
    fn of(contents: &[u8]) -> Option<Self> {
        match contents {
            [0x7f, b'E', b'L', b'F', ..] => Some(Self::Elf),
            [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] => Some(Self::MachO),
            // Java classes start with the same bytes as libraries of several architectures; those have few of them.
            [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, count, ..] if *count < 20 => Some(Self::MachO),
            [b'M', b'Z', ..] => Some(Self::Pe),
            _ => None,
        }
    }
}

/// How the name of a file says that Python can import it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModuleName<'a> {
    /// Name of the module, without its package.
    pub(super) stem: &'a str,
    /// What stands between it and `.so` or `.pyd`: `abi3`, `cpython-311-x86_64-linux-gnu`, or nothing.
    pub(super) suffix: &'a str,
}

impl<'a> ModuleName<'a> {
    /// Reads the name of a file; `None` if it is not one that an interpreter imports.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let file = path.rsplit('/').next()?;
        let name = file.strip_suffix(".so").or_else(|| file.strip_suffix(".pyd"))?;
        let (stem, suffix) = name.split_once('.').unwrap_or((name, ""));
        let is_suffix = suffix.is_empty()
            || ["abi3", "cpython-", "pypy", "cp3", "graalpy"].iter().any(|start| suffix.starts_with(start));
        // A digit first is no name in Python's grammar; mypyc imports such modules by other means.
        let is_stem = !stem.is_empty() && stem.chars().all(|c| c.is_alphanumeric() || c == '_');
        (is_suffix && is_stem).then_some(Self { stem, suffix })
    }

    /// Whether the name says so without doubt; a plain `.so` may be any library.
    pub(super) fn is_certain(&self) -> bool {
        !self.suffix.is_empty()
    }
}

pub(super) fn check(subject: &Subject, findings: &mut Findings) {
    let mut has_extension = false;
    for (path, contents) in subject.files() {
        let module = ModuleName::of(path);
        match Format::of(contents) {
            Some(Format::Elf) => has_extension |= elf::check(subject, path, contents, module.as_ref(), findings),
            Some(Format::MachO) => has_extension |= mach_o::check(subject, path, contents, module.as_ref(), findings),
            Some(Format::Pe) => has_extension |= pe::check(subject, path, contents, module.as_ref(), findings),
            None if module.as_ref().is_some_and(ModuleName::is_certain) => unreadable(path, "", findings),
            None => {}
        }
    }
    if has_extension {
        check_declared(subject, findings);
    }
}

/// A wheel with extension modules does not claim to be pure.
fn check_declared(subject: &Subject, findings: &mut Findings) {
    let help = "build the wheel with a tool that knows about the compiled code, which tags it for its platform";
    if subject.name.as_ref().is_some_and(|name| name.platforms.iter().any(|platform| platform == "any")) {
        findings
            .error(Code::WheelPureTag, "the wheel is tagged for any platform, but holds a compiled extension module")
            .help(help);
    }
    if subject.wheel.as_ref().and_then(information::root_is_pure) == Some(true) {
        findings
            .error(Code::WheelPurelib, "`Root-Is-Purelib` is `true`, but the wheel holds a compiled extension module")
            .at(inside(&subject.information("WHEEL").unwrap_or_default()))
            .help("write `Root-Is-Purelib: false`; compiled code belongs into `platlib`");
    }
}

/// A file with the name of a library that is none.
pub(super) fn unreadable(path: &str, reason: &str, findings: &mut Findings) {
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    findings
        .error(Code::WheelBinary, format!("`{path}` is no library that a system could load{reason}"))
        .at(inside(path))
        .help("build it again, the file may be cut short or empty");
}

/// The function that Python calls when it imports the file. Says whether the file is an extension module.
pub(super) fn check_init<'a>(
    path: &str,
    exports: impl Iterator<Item = &'a str>,
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) -> bool {
    let is_init = |name: &&str| ["PyInit_", "PyInitU_", "PyModExport_"].iter().any(|start| name.starts_with(start));
    let mut found: Vec<&str> = exports.filter(is_init).collect();
    found.sort_unstable();
    let Some(module) = module else { return !found.is_empty() && !path.contains(".so.") };
    let stem = module.stem;
    // Names beyond ASCII are exported in Punycode (PEP 489), which is not taken apart here.
    let fits = found.iter().any(|name| {
        name.strip_prefix("PyInit_").or_else(|| name.strip_prefix("PyModExport_")) == Some(stem)
            || (!stem.is_ascii() && name.starts_with("PyInitU_"))
    });
    if fits {
        return true;
    }
    if found.is_empty() && !module.is_certain() && !path.ends_with(".pyd") {
        return false;
    }
    let exports = match found.as_slice() {
        [] => "no `PyInit_…`".to_owned(),
        found => found.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    findings
        .error(
            Code::WheelInit,
            format!(
                "`{path}` does not export `PyInit_{stem}`, which Python calls when it imports the file: found {exports}"
            ),
        )
        .at(inside(path))
        .help("name file and module function alike; in pyo3, the function of `#[pymodule]` or its `name`");
    true
}

/// The name of an extension module is one that the interpreters of the tags import; `stable` is the suffix for all of them.
pub(super) fn check_name(
    subject: &Subject,
    path: &str,
    module: Option<&ModuleName<'_>>,
    stable: &str,
    findings: &mut Findings,
) {
    match module {
        Some(module) => check_suffix(subject, path, module, findings),
        None => {
            findings
                .error(
                    Code::WheelSuffix,
                    format!("`{path}` is an extension module under a name that Python does not import"),
                )
                .at(inside(path))
                .help(format!("name it `{stable}` (stable ABI), or as the one version of Python that it is for"));
        }
    }
}

/// Whether the file is one for all versions of Python from that of the tag on.
pub(super) fn is_stable(subject: &Subject, module: Option<&ModuleName<'_>>) -> bool {
    let is_tagged = subject.name.as_ref().is_some_and(|name| name.abis.iter().any(|abi| abi == "abi3"));
    is_tagged && module.is_some_and(|module| ["abi3", ""].contains(&module.suffix))
}

/// Symbols of Python that not every version of the tag has.
pub(super) fn check_stable_abi<'a>(
    subject: &Subject,
    path: &str,
    needed: impl Iterator<Item = &'a str>,
    stable_since: impl Fn(&str) -> Option<u32>,
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) {
    let Some(name) = subject.name.as_ref().filter(|_| is_stable(subject, module)) else { return };
    let minors = name.pythons.iter().filter_map(|python| python.strip_prefix("cp3")?.parse::<u32>().ok());
    let Some(oldest) = minors.min() else { return };
    let mut later: Vec<String> = needed
        .filter(|symbol| is_python_symbol(symbol))
        .filter_map(|symbol| match stable_since(symbol) {
            Some(minor) if minor <= oldest => None,
            Some(minor) => Some(format!("`{symbol}` (since 3.{minor})")),
            None => Some(format!("`{symbol}`")),
        })
        .collect();
    later.sort();
    later.dedup();
    if let Some(first) = later.first() {
        let others = match later.len() - 1 {
            0 => String::new(),
            others => format!(" and {others} more"),
        };
        findings
            .error(
                Code::WheelStableAbi,
                format!("`{path}` uses {first}{others}, outside the stable ABI of Python 3.{oldest}, which the wheel is tagged for"),
            )
            .at(inside(path))
            .help("compile with the limited API of that version (pyo3: the feature `abi3-py3…` of the tag), or raise the tag");
    }
}

pub(super) fn wrong_machine(path: &str, found: &str, platform: &str, findings: &mut Findings) {
    findings
        .error(Code::WheelMachine, format!("`{path}` is built for {found}, the wheel is tagged `{platform}`"))
        .at(inside(path))
        .help("build again for the target of the tag; the library may be a left-over of another build");
}

/// Whether the interpreters of the tags import a file of this name.
fn check_suffix(subject: &Subject, path: &str, module: &ModuleName<'_>, findings: &mut Findings) {
    let Some(name) = &subject.name else { return };
    let platform = name.platforms.first().map_or("", String::as_str);
    let is_unix = LinuxTag::parse(platform).is_some() || platform.starts_with("macosx_");
    if path.ends_with(".pyd") && is_unix {
        findings
            .error(Code::WheelSuffix, format!("`{path}` has the suffix of Windows, the wheel is tagged `{platform}`"))
            .at(inside(path))
            .help("name it `.abi3.so` (stable ABI) or `.cpython-3…-….so`; Python does not find it otherwise");
        return;
    }
    if path.ends_with(".so") && platform.starts_with("win") {
        findings
            .error(Code::WheelSuffix, format!("`{path}` has no suffix of Windows, the wheel is tagged `{platform}`"))
            .at(inside(path))
            .help("name it `.pyd` (stable ABI) or `.cp3…-win_….pyd`; Python does not find it otherwise");
        return;
    }
    let (is_stable, own) = (name.abis.iter().any(|abi| abi == "abi3"), module.suffix.strip_prefix("cpython-"));
    let Some(own) = own else { return };
    let version: String = own.chars().take_while(|c| c.is_ascii_digit()).collect();
    let cpythons: Vec<&String> = name.pythons.iter().filter(|python| python.starts_with("cp")).collect();
    let is_found = cpythons.iter().any(|python| python.strip_prefix("cp") == Some(&version));
    // Several files of one module may serve several interpreters.
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let siblings = subject.members.iter().filter(|member| {
        member.path != path
            && member.path.rsplit_once('/').map_or("", |(directory, _)| directory) == directory
            && ModuleName::of(&member.path).is_some_and(|other| other.stem == module.stem)
    });
    if !cpythons.is_empty() && (is_stable || !is_found) && siblings.count() == 0 {
        let tag = format!("{}-{}", name.pythons.join("."), name.abis.join("."));
        findings
            .error(
                Code::WheelSuffix,
                format!(
                    "`{path}` can be imported by CPython {}.{} only, the wheel is tagged `{tag}`",
                    &version[..1.min(version.len())],
                    version.get(1..).unwrap_or_default()
                ),
            )
            .at(inside(path))
            .help("name it `.abi3.so` if it keeps to the stable ABI, or tag the wheel for that version");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_python_imports_are_known() {
        let read = |path| ModuleName::of(path).map(|name| (name.stem, name.suffix));
        assert_eq!(read("lab/_native.abi3.so"), Some(("_native", "abi3")));
        assert_eq!(read("_x.cpython-311-x86_64-linux-gnu.so"), Some(("_x", "cpython-311-x86_64-linux-gnu")));
        assert_eq!(read("lab/_native.cp311-win_amd64.pyd"), Some(("_native", "cp311-win_amd64")));
        assert_eq!(read("lab/plain.so"), Some(("plain", "")));
        for path in ["lab.libs/libx-1.so.6", "lab.libs/libgfortran-040039e1-0352e75f.so", "lab/a.py", "lab/x.foo.so"] {
            assert_eq!(read(path), None, "{path}");
        }
    }
}
