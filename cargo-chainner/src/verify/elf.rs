//! ELF libraries and programs: what they export, need and search, against the name of the file and the tags of the wheel.

use goblin::elf::header::{ET_DYN, ET_EXEC};
use goblin::elf::section_header::SHN_UNDEF;
use goblin::elf::{Elf, sym};

use super::binary::{self, ModuleName};
use super::subject::{Subject, inside};
use super::tags::{LinuxLibc, LinuxTag};
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::elf::{architecture, glibc_with, is_loader, is_musl, is_visible, starts_at_origin};
use crate::wheel::stable_abi::stable_since;

/// Libraries that a manylinux tag promises: PEP 600, with the list of auditwheel's manylinux-policy.json.
const MANYLINUX_LIBRARIES: [&str; 24] = [
    "libGL.so.1",
    "libICE.so.6",
    "libSM.so.6",
    "libX11.so.6",
    "libXext.so.6",
    "libXrender.so.1",
    "libanl.so.1",
    "libatomic.so.1",
    "libc.so.6",
    "libdl.so.2",
    "libexpat.so.1",
    "libgcc_s.so.1",
    "libglib-2.0.so.0",
    "libgobject-2.0.so.0",
    "libgthread-2.0.so.0",
    "libm.so.6",
    "libmvec.so.1",
    "libnsl.so.1",
    "libpthread.so.0",
    "libresolv.so.2",
    "librt.so.1",
    "libstdc++.so.6",
    "libutil.so.1",
    "libz.so.1",
];

/// Judges the file; whether it is an extension module.
pub(super) fn check(
    subject: &Subject,
    path: &str,
    contents: &[u8],
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) -> bool {
    let elf = match Elf::parse(contents).map_err(|error| error.to_string()).and_then(|elf| is_whole(elf, contents)) {
        Ok(elf) => elf,
        Err(reason) => {
            // Object files and others of their kind may lie in a wheel as data.
            if module.is_some() {
                findings
                    .error(Code::WheelBinary, format!("`{path}` is no readable library: {reason}"))
                    .at(inside(path))
                    .help("build it again, the file may be cut short");
            }
            return module.is_some_and(ModuleName::is_certain);
        }
    };
    if !matches!(elf.header.e_type, ET_DYN | ET_EXEC) {
        return false;
    }
    let is_extension = binary::check_init(path, exported(&elf), module, findings);
    if is_extension {
        binary::check_name(subject, path, module, ".abi3.so", findings);
        binary::check_stable_abi(subject, path, needed(&elf), stable_since, module, findings);
        check_python_link(path, &elf, findings);
    }
    check_run_paths(subject, path, &elf, findings);
    check_platform(subject, path, &elf, is_extension, findings);
    is_extension
}

/// All segments lie in the file.
fn is_whole<'a>(elf: Elf<'a>, contents: &[u8]) -> Result<Elf<'a>, String> {
    let ends = elf.program_headers.iter().map(|header| header.p_offset.saturating_add(header.p_filesz));
    match ends.max() {
        Some(end) if end > contents.len() as u64 => Err(format!("it has {} bytes of {end}", contents.len())),
        _ => Ok(elf),
    }
}

fn names<'a>(elf: &'a Elf<'_>, is_wanted: impl Fn(&sym::Sym) -> bool + 'a) -> impl Iterator<Item = &'a str> {
    elf.dynsyms.iter().filter(move |symbol| is_wanted(symbol)).filter_map(|symbol| elf.dynstrtab.get_at(symbol.st_name))
}

/// Names that the file needs from others. A weak reference is null where the symbol is missing, and its user knows.
fn needed<'a>(elf: &'a Elf<'_>) -> impl Iterator<Item = &'a str> {
    names(elf, |symbol| symbol.st_shndx == SHN_UNDEF as usize && symbol.st_bind() == sym::STB_GLOBAL)
}

/// Names that others can find.
fn exported<'a>(elf: &'a Elf<'_>) -> impl Iterator<Item = &'a str> {
    names(elf, |symbol| symbol.st_shndx != SHN_UNDEF as usize && is_visible(symbol))
}

fn check_python_link(path: &str, elf: &Elf<'_>, findings: &mut Findings) {
    if let Some(library) = elf.libraries.iter().find(|library| library.starts_with("libpython")) {
        findings
            .error(Code::WheelLinksPython, format!("`{path}` links `{library}`, which most interpreters come without"))
            .at(inside(path))
            .help("link extension modules without Python (pyo3: `PYO3_BUILD_EXTENSION_MODULE=1`)");
    }
}

/// Left-overs in the libraries of others mostly do no harm. Packages of chaiNNer link nothing, and search nowhere.
fn check_run_paths(subject: &Subject, path: &str, elf: &Elf<'_>, findings: &mut Findings) {
    for entry in elf.rpaths.iter().chain(&elf.runpaths).flat_map(|entry| entry.split(':')) {
        if entry.is_empty() || starts_at_origin(entry) {
            continue;
        }
        let message = format!("`{path}` searches libraries in `{entry}`, a directory of the machine it was built on");
        let finding = match subject.is_package {
            true => findings.error(Code::WheelRunPath, message),
            false => findings.note(Code::WheelRunPath, message),
        };
        finding.at(inside(path)).help(
            "link without `-rpath`, or with one that starts with `$ORIGIN`; `patchelf --remove-rpath` corrects the file",
        );
    }
}

/// Architecture, C library and links against the platform tags.
fn check_platform(subject: &Subject, path: &str, elf: &Elf<'_>, is_extension: bool, findings: &mut Findings) {
    let Some(name) = &subject.name else { return };
    let machine = architecture(elf);
    let mut links_judged = false;
    for platform in &name.platforms {
        let Some(tag) = LinuxTag::parse(platform) else {
            if is_extension && platform != "any" && !platform.starts_with("android_") {
                binary::wrong_machine(path, "Linux", platform, findings);
            }
            continue;
        };
        match machine {
            Some(machine) if machine.name() == tag.architecture => {}
            // Tags that this tool makes no wheels for.
            None if ["ppc64", "armv6l", "loongarch64"].contains(&tag.architecture) => {}
            found => {
                binary::wrong_machine(path, found.map_or("another machine", |found| found.name()), platform, findings);
                continue;
            }
        }
        check_libc(path, elf, platform, tag, findings);
        if !links_judged {
            links_judged = true;
            check_links(subject, path, elf, tag, findings);
        }
    }
}

fn check_libc(path: &str, elf: &Elf<'_>, platform: &str, tag: LinuxTag<'_>, findings: &mut Findings) {
    let links_musl = elf.libraries.iter().any(|library| is_musl(library));
    let links_glibc = elf.libraries.contains(&"libc.so.6");
    let problem = match tag.libc {
        LinuxLibc::Unknown => None,
        LinuxLibc::Musl => links_glibc.then(|| "links glibc".to_owned()),
        LinuxLibc::Glibc(..) if links_musl => Some("links musl".to_owned()),
        LinuxLibc::Glibc(major, minor) => {
            newest_glibc(elf).filter(|(needed, _)| *needed > (major, minor)).map(|((major, minor), version)| {
                match version {
                    version if version == format!("GLIBC_{major}.{minor}") => format!("needs glibc {major}.{minor}"),
                    version => format!("needs `{version}`, that is glibc {major}.{minor}"),
                }
            })
        }
    };
    if let Some(problem) = problem {
        findings
            .error(Code::WheelLibc, format!("`{path}` {problem}, the wheel is tagged `{platform}`"))
            .at(inside(path))
            .help("build on an older system or with `cargo zigbuild --target …-gnu.2.17`, or let `auditwheel repair` choose the tag");
    }
}

/// The newest glibc whose symbol versions are needed, and the version that says so.
fn newest_glibc(elf: &Elf<'_>) -> Option<((u32, u32), String)> {
    let needs = elf.verneed.iter().flat_map(|section| section.iter());
    let versions = needs.filter(|need| {
        let provider = elf.dynstrtab.get_at(need.vn_file).unwrap_or_default();
        !is_loader(provider) && !provider.starts_with("ld-")
    });
    versions
        .flat_map(|need| need.iter().filter_map(|version| elf.dynstrtab.get_at(version.vna_name)).collect::<Vec<_>>())
        .filter(|version| version.starts_with("GLIBC_"))
        .map(|version| (glibc_with(version).unwrap_or((u32::MAX, 0)), version.to_owned()))
        .max()
}

/// Links that are neither promised by the tag nor in the wheel.
fn check_links(subject: &Subject, path: &str, elf: &Elf<'_>, tag: LinuxTag<'_>, findings: &mut Findings) {
    let is_promised: fn(&str) -> bool = match tag.libc {
        LinuxLibc::Unknown => return,
        LinuxLibc::Glibc(..) => |library| MANYLINUX_LIBRARIES.contains(&library) || is_loader(library),
        LinuxLibc::Musl => |library| is_musl(library) || ["libgcc_s.so.1", "libz.so.1"].contains(&library),
    };
    for library in &elf.libraries {
        // A path has been told as such.
        let is_own = subject.members.iter().any(|member| member.path.rsplit('/').next() == Some(library));
        if !is_promised(library) && !is_own && !library.starts_with("libpython") {
            findings
                .error(
                    Code::WheelForeignLibrary,
                    format!("`{path}` links `{library}`, which is neither in the wheel nor on every system of the tag"),
                )
                .at(inside(path))
                .help("link it statically, or let `auditwheel repair` put it into the wheel");
        }
    }
}
