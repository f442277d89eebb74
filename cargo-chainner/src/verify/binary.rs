//! Compiled code: which files are, what they are for, and whether name, tag and contents agree.

use super::elf;
use super::information;
use super::subject::{Subject, inside};
use super::tags::LinuxTag;
use crate::check::Findings;
use crate::codes::Code;

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
    let mut not_judged = 0;
    for (path, contents) in subject.files() {
        let format = Format::of(contents);
        let module = ModuleName::of(path);
        match format {
            Some(Format::Elf) => has_extension |= elf::check(subject, path, contents, module.as_ref(), findings),
            Some(format) => {
                has_extension |= module.as_ref().is_some_and(ModuleName::is_certain) || path.ends_with(".pyd");
                if module.is_some() {
                    not_judged += 1;
                    check_machine(subject, path, format, contents, findings);
                }
            }
            None if module.as_ref().is_some_and(ModuleName::is_certain) => {
                findings
                    .error(Code::WheelBinary, format!("`{path}` is no library that a system could load"))
                    .at(inside(path))
                    .help("build it again, the file may be cut short or empty");
            }
            None => {}
        }
    }
    if not_judged > 0 {
        let libraries = if not_judged == 1 { "1 library" } else { &format!("{not_judged} libraries") };
        findings
            .note(Code::WheelNotJudged, format!("only the architecture of {libraries} for macOS or Windows was judged"))
            .help("import the modules on that system, or ask `delocate` or `delvewheel` about their links");
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

/// Architecture and system of a library for macOS or Windows, against the tags.
fn check_machine(subject: &Subject, path: &str, format: Format, contents: &[u8], findings: &mut Findings) {
    let Some(name) = &subject.name else { return };
    let found: Vec<&str> = match format {
        Format::Pe => pe_machine(contents).into_iter().collect(),
        _ => mach_o_machines(contents),
    };
    if found.is_empty() {
        findings
            .error(Code::WheelBinary, format!("`{path}` is no library that a system could load"))
            .at(inside(path))
            .help("build it again, the file may be cut short");
        return;
    }
    for platform in &name.platforms {
        let fits = match (format, platform.as_str()) {
            (Format::Pe, "win32") => found == ["x86"],
            (Format::Pe, "win_amd64") => found == ["x86_64"],
            (Format::Pe, "win_arm64") => found == ["arm64"],
            (Format::MachO, platform) if platform.starts_with("macosx_") => {
                let needed: &[&str] = match platform {
                    _ if platform.ends_with("universal2") => &["x86_64", "arm64"],
                    _ if platform.ends_with("x86_64") => &["x86_64"],
                    _ if platform.ends_with("arm64") => &["arm64"],
                    _ => &[],
                };
                needed.iter().all(|machine| found.contains(machine))
            }
            (Format::MachO, platform) => platform.starts_with("ios_") || platform == "any",
            // Wheels for several systems may hold the libraries of all.
            (_, "any") => true,
            _ => false,
        };
        if !fits {
            wrong_machine(path, &found.join(" and "), platform, findings);
        }
    }
}

pub(super) fn wrong_machine(path: &str, found: &str, platform: &str, findings: &mut Findings) {
    findings
        .error(Code::WheelMachine, format!("`{path}` is built for {found}, the wheel is tagged `{platform}`"))
        .at(inside(path))
        .help("build again for the target of the tag; the library may be a left-over of another build");
}

/// `Machine` of the COFF header (Microsoft PE and COFF Specification, section 3.3.1).
fn pe_machine(contents: &[u8]) -> Option<&'static str> {
    let start = usize::try_from(u32::from_le_bytes(contents.get(0x3c..0x40)?.try_into().ok()?)).ok()?;
    let header = contents.get(start..start.checked_add(6)?)?;
    match header {
        [b'P', b'E', 0, 0, 0x4c, 0x01] => Some("x86"),
        [b'P', b'E', 0, 0, 0x64, 0x86] => Some("x86_64"),
        [b'P', b'E', 0, 0, 0x64, 0xaa] => Some("arm64"),
        [b'P', b'E', 0, 0, ..] => Some("another machine"),
        _ => None,
    }
}

/// `cputype` of a thin library, or of each part of a fat one (`mach-o/loader.h`, `mach-o/fat.h`).
fn mach_o_machines(contents: &[u8]) -> Vec<&'static str> {
    let machine = |bytes: [u8; 4]| match u32::from_be_bytes(bytes) {
        0x0100_0007 => "x86_64",
        0x0100_000c => "arm64",
        7 => "i386",
        _ => "another machine",
    };
    let word = |at: usize| contents.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    if contents.first() != Some(&0xca) {
        return word(4).map(|[a, b, c, d]| machine([d, c, b, a])).into_iter().collect();
    }
    let count = word(4).map_or(0, |bytes| u32::from_be_bytes(bytes).min(20));
    (0..count as usize).filter_map(|index| word(8 + 20 * index)).map(machine).collect()
}

/// Whether the interpreters of the tags import a file of this name.
pub(super) fn check_suffix(subject: &Subject, path: &str, module: &ModuleName<'_>, findings: &mut Findings) {
    let Some(name) = &subject.name else { return };
    let platform = name.platforms.first().map_or("", String::as_str);
    let is_linux = LinuxTag::parse(platform).is_some();
    if path.ends_with(".pyd") && is_linux {
        findings
            .error(Code::WheelSuffix, format!("`{path}` has the suffix of Windows, the wheel is tagged `{platform}`"))
            .at(inside(path))
            .help("name it `.abi3.so` (stable ABI) or `.cpython-3…-….so`; Python does not find it otherwise");
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

    #[test]
    fn machines_are_read_from_the_first_bytes() {
        let mut pe = vec![0; 0x48];
        pe[..2].copy_from_slice(b"MZ");
        pe[0x3c] = 0x40;
        pe[0x40..0x46].copy_from_slice(b"PE\0\0\x64\x86");
        assert_eq!((Format::of(&pe), pe_machine(&pe)), (Some(Format::Pe), Some("x86_64")));
        assert_eq!(pe_machine(&pe[..0x42]), None);
        let thin = [0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1];
        assert_eq!((Format::of(&thin), mach_o_machines(&thin)), (Some(Format::MachO), vec!["arm64"]));
        let mut fat = vec![0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2, 1, 0, 0, 7];
        fat.extend([0; 16]);
        fat.extend([1, 0, 0, 12]);
        assert_eq!(mach_o_machines(&fat), ["x86_64", "arm64"]);
    }
}
