//! PE libraries (Windows): what they export and need, against the name of the file and the tags of the wheel.

use super::binary::{self, ModuleName};
use super::subject::{Subject, inside};
use crate::check::Findings;
use crate::codes::Code;
use crate::wheel::pe::{Library, is_of_the_system, python_version, read};
use crate::wheel::stable_abi::stable_since_on_windows;

/// Libraries of compilers that no Windows has, in lower case.
const RUNTIMES: &[&str] = &["libgcc_s_", "libstdc++-", "libwinpthread-", "libc++", "libunwind"];

/// Judges the file; whether it is an extension module.
pub(super) fn check(
    subject: &Subject,
    path: &str,
    contents: &[u8],
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) -> bool {
    let library = match read(contents) {
        Ok(library) => library,
        Err(reason) => {
            // Programs of DOS and others of their kind may lie in a wheel as data.
            if module.is_some() {
                binary::unreadable(path, &reason, findings);
            }
            return module.is_some_and(|module| module.is_certain() || path.ends_with(".pyd"));
        }
    };
    // Launchers and programs export nothing.
    let is_extension = binary::check_init(path, library.exports.iter().map(String::as_str), module, findings);
    if is_extension {
        binary::check_name(subject, path, module, ".pyd", findings);
        let imports = library.imports.iter().filter(|(_, link)| python_version(link).is_some());
        let imports = imports.map(|(name, _)| name.as_str());
        binary::check_stable_abi(subject, path, imports, stable_since_on_windows, module, findings);
        check_python(subject, path, &library, module, findings);
        check_platforms(subject, path, &library, findings);
    }
    if module.is_some() || path.to_ascii_lowercase().ends_with(".dll") {
        check_links(subject, path, &library, findings);
    }
    is_extension
}

fn check_platforms(subject: &Subject, path: &str, library: &Library, findings: &mut Findings) {
    let platforms = subject.name.as_ref().map(|name| name.platforms.as_slice()).unwrap_or_default();
    for platform in platforms {
        let fits = match platform.as_str() {
            "win32" => library.machine == "x86",
            "win_amd64" => library.machine == "x86_64",
            "win_arm64" => library.machine == "arm64",
            "any" => true,
            _ => false,
        };
        if !fits {
            binary::wrong_machine(path, &format!("Windows on {}", library.machine), platform, findings);
        }
    }
}

/// The library of Python that is linked is the one of the tag: `python3.dll` for all versions, else that of the version.
fn check_python(
    subject: &Subject,
    path: &str,
    library: &Library,
    module: Option<&ModuleName<'_>>,
    findings: &mut Findings,
) {
    let Some(name) = &subject.name else { return };
    let is_for_all = binary::is_stable(subject, module);
    let fits = |version: &str| {
        let version = version.trim_end_matches("_d").trim_end_matches('t');
        let is_tagged = |python: &String| python.strip_prefix("cp") == Some(version);
        version == "3" || (!is_for_all && (name.pythons.iter().any(is_tagged) || !has_cpython(&name.pythons)))
    };
    for link in &library.links {
        if python_version(link).is_some_and(|version| !fits(version)) {
            let tag = format!("{}-{}", name.pythons.join("."), name.abis.join("."));
            findings
                .error(Code::WheelLinksPython, format!("`{path}` links `{link}`, the wheel is tagged `{tag}`"))
                .at(inside(path))
                .help("link `python3.dll` for the stable ABI, or tag the wheel for the version that it links");
        }
    }
}

fn has_cpython(pythons: &[String]) -> bool {
    pythons.iter().any(|python| python.starts_with("cp"))
}

/// Links that are neither part of Windows nor in the wheel. Wheels of others may count on what their users have.
fn check_links(subject: &Subject, path: &str, library: &Library, findings: &mut Findings) {
    for link in &library.links {
        let lower = link.to_ascii_lowercase();
        let is_own = subject
            .members
            .iter()
            .any(|member| member.path.rsplit('/').next().is_some_and(|file| file.eq_ignore_ascii_case(link)));
        if is_of_the_system(link) || python_version(link).is_some() || is_own {
            continue;
        }
        let message = format!("`{path}` links `{link}`, which is neither in the wheel nor part of Windows");
        let finding = match subject.is_package || RUNTIMES.iter().any(|runtime| lower.starts_with(runtime)) {
            true => findings.error(Code::WheelForeignLibrary, message),
            false => findings.note(Code::WheelForeignLibrary, message),
        };
        finding.at(inside(path)).help("link it statically, or let `delvewheel repair` put it into the wheel");
    }
}
