//! Mach-O libraries (macOS): what they export, need and search, against the name of the file and the tags of the wheel.

use super::binary::{self, ModuleName};
use super::subject::{Subject, inside};
use super::tags::MacTag;
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::mach_o::{Library, is_of_the_system, is_python, read, starts_at_loader};
use crate::wheel::stable_abi::stable_since;

/// Judges the file; whether it is an extension module.
pub(super) fn check(
    subject: &Subject,
    path: &str,
    contents: &[u8],
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) -> bool {
    let libraries = match read(contents) {
        Ok(libraries) => libraries,
        Err(reason) => {
            // Object files and others of their kind may lie in a wheel as data.
            if module.is_some() {
                binary::unreadable(path, &reason, findings);
            }
            return module.is_some_and(ModuleName::is_certain);
        }
    };
    let Some(first) = libraries.first().filter(|first| first.is_library) else { return false };
    let is_extension = binary::check_init(path, first.exports.iter().map(String::as_str), module, findings);
    if is_extension {
        binary::check_name(subject, path, module, ".abi3.so", findings);
        let imports = libraries.iter().flat_map(|library| library.imports.iter().map(String::as_str));
        binary::check_stable_abi(subject, path, imports, stable_since, module, findings);
    }
    let platforms = subject.name.as_ref().map(|name| name.platforms.as_slice()).unwrap_or_default();
    for platform in platforms {
        check_platform(path, &libraries, platform, is_extension, findings);
    }
    for library in &libraries {
        check_links(subject, path, library, is_extension, findings);
        if library.machine == "arm64" && !library.is_signed {
            findings
                .error(
                    Code::WheelBinary,
                    format!("`{path}` is not signed, and macOS loads no unsigned code on Apple silicon"),
                )
                .at(inside(path))
                .help("sign it after the last change: `codesign --force --sign - FILE`; linkers do so by themselves");
        }
    }
    is_extension
}

/// Machines and oldest system against a platform tag.
fn check_platform(path: &str, libraries: &[Library], platform: &str, is_extension: bool, findings: &mut Findings) {
    let machines = || libraries.iter().map(|library| library.machine.as_str()).collect::<Vec<_>>().join(" and ");
    let Some(tag) = MacTag::parse(platform) else {
        if platform.starts_with("ios_") {
            findings
                .note(Code::WheelNotJudged, format!("`{path}` was not judged against the tag `{platform}`"))
                .at(inside(path))
                .help("import the module on that system");
        } else if is_extension && platform != "any" {
            binary::wrong_machine(path, &format!("macOS on {}", machines()), platform, findings);
        }
        return;
    };
    for machine in tag.machines() {
        let Some(library) = libraries.iter().find(|library| library.machine == *machine) else {
            binary::wrong_machine(path, &machines(), platform, findings);
            return;
        };
        // No Mac with this machine has an older system than 11.
        let promised = if *machine == "arm64" { tag.version.max((11, 0)) } else { tag.version };
        if let Some((major, minor)) = library.oldest.filter(|oldest| *oldest > promised) {
            findings
                .error(
                    Code::WheelOldest,
                    format!("`{path}` needs macOS {major}.{minor} or later, the wheel is tagged `{platform}`"),
                )
                .at(inside(path))
                .help("build with `MACOSX_DEPLOYMENT_TARGET` set to the version of the tag, or raise the tag");
            return;
        }
    }
}

fn check_links(subject: &Subject, path: &str, library: &Library, is_extension: bool, findings: &mut Findings) {
    for link in &library.links {
        let name = link.rsplit('/').next().unwrap_or(link);
        let is_own = subject.members.iter().any(|member| member.path.rsplit('/').next() == Some(name));
        if is_python(link) && is_extension {
            findings
                .error(
                    Code::WheelLinksPython,
                    format!("`{path}` links `{link}`, which is in another place in most interpreters"),
                )
                .at(inside(path))
                .help(
                    "link with `-undefined dynamic_lookup` and without Python (pyo3: `PYO3_BUILD_EXTENSION_MODULE=1`)",
                );
        } else if !(is_of_the_system(link) || (is_own && link.starts_with('@'))) {
            findings
                .error(
                    Code::WheelForeignLibrary,
                    format!("`{path}` links `{link}`, which is neither in the wheel nor part of macOS"),
                )
                .at(inside(path))
                .help("link it statically, or let `delocate-wheel` put it into the wheel");
        }
    }
    for entry in library.run_paths.iter().filter(|entry| !starts_at_loader(entry)) {
        let message = format!("`{path}` searches libraries in `{entry}`, a directory of the machine it was built on");
        let finding = match subject.is_package {
            true => findings.error(Code::WheelRunPath, message),
            false => findings.note(Code::WheelRunPath, message),
        };
        finding
            .at(inside(path))
            .help("link without `-rpath`, or with one that starts with `@loader_path`; `install_name_tool -delete_rpath` corrects the file");
    }
}
