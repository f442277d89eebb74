//! What a Mach-O library (macOS) tells about itself: machine, oldest system, exports, imports, links.
//!
//! Formats: `mach-o/loader.h`, `mach-o/fat.h` and `mach-o/nlist.h` of Apple's SDK.

use std::path::Path;

use goblin::mach::constants::cputype::{CPU_TYPE_ARM64, CPU_TYPE_X86, CPU_TYPE_X86_64};
use goblin::mach::load_command::CommandVariant;
use goblin::mach::symbols::{N_EXT, N_STAB, N_TYPE, N_UNDF, N_WEAK_REF};
use goblin::mach::{Mach, MachO, SingleArch};

use super::stable_abi::{is_python_symbol, is_stable};
use super::{Architecture, Platform, System, WheelError};

/// `PLATFORM_MACOS` of `LC_BUILD_VERSION`.
const PLATFORM_MACOS: u32 = 1;

/// The library of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Library {
    /// The machine; `None` if Python has no platform tag for it.
    pub(crate) architecture: Option<Architecture>,
    /// The machine, for messages.
    pub(crate) machine: String,
    /// Oldest macOS that loads it; `None` for a library of another system, or one that does not say.
    pub(crate) oldest: Option<(u32, u32)>,
    /// Libraries that it links.
    pub(crate) links: Vec<String>,
    /// Where it looks for them.
    pub(crate) run_paths: Vec<String>,
    /// Names that it has, without the `_` before each.
    pub(crate) exports: Vec<String>,
    /// Names that it needs, without the `_` before each; weak ones are not among them.
    pub(crate) imports: Vec<String>,
    /// Whether it is signed, be it by nobody ("ad hoc").
    pub(crate) is_signed: bool,
    /// Whether it is a bundle or library at all, not a program or object file.
    pub(crate) is_library: bool,
}

/// Reads a thin library, or each part of a universal one.
///
/// # Errors
/// It cannot be read; the text says why.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Library>, String> {
    let in_words = |error: goblin::error::Error| error.to_string();
    match Mach::parse(bytes).map_err(in_words)? {
        Mach::Binary(mach) => Ok(vec![library(&mach, bytes)?]),
        Mach::Fat(parts) => {
            let mut libraries = Vec::new();
            for (index, part) in parts.iter_arches().enumerate() {
                let part = part.map_err(in_words)?;
                let slice = bytes.get(part.offset as usize..).and_then(|rest| rest.get(..part.size as usize));
                let slice = slice.ok_or_else(|| format!("part {index} ends behind the file"))?;
                match parts.get(index).map_err(in_words)? {
                    SingleArch::MachO(mach) => libraries.push(library(&mach, slice)?),
                    SingleArch::Archive(_) => return Err("it is a static library".to_owned()),
                }
            }
            Ok(libraries)
        }
    }
}

fn library(mach: &MachO<'_>, bytes: &[u8]) -> Result<Library, String> {
    let ends = mach.segments.iter().map(|segment| segment.fileoff.saturating_add(segment.filesize));
    if let Some(end) = ends.max().filter(|end| *end > bytes.len() as u64) {
        return Err(format!("it has {} bytes of {end}", bytes.len()));
    }
    let architecture = match mach.header.cputype {
        CPU_TYPE_X86_64 => Some(Architecture::X86_64),
        CPU_TYPE_ARM64 => Some(Architecture::Aarch64),
        _ => None,
    };
    let machine = match mach.header.cputype {
        CPU_TYPE_X86_64 => "x86_64".to_owned(),
        CPU_TYPE_ARM64 => "arm64".to_owned(),
        CPU_TYPE_X86 => "i386".to_owned(),
        other => format!("machine {other}"),
    };
    let version = |packed: u32| (packed >> 16, packed >> 8 & 0xff);
    let mut oldest = None;
    let mut is_signed = false;
    for command in &mach.load_commands {
        match command.command {
            CommandVariant::BuildVersion(build) if build.platform == PLATFORM_MACOS => {
                oldest = Some(version(build.minos))
            }
            CommandVariant::VersionMinMacosx(least) => oldest = Some(version(least.version)),
            CommandVariant::CodeSignature(_) => is_signed = true,
            _ => {}
        }
    }
    let mut exports: Vec<String> = mach
        .exports()
        .map(|exports| exports.into_iter().map(|export| without_underscore(&export.name)).collect())
        .unwrap_or_default();
    let mut imports = Vec::new();
    for symbol in mach.symbols() {
        let (name, list) = symbol.map_err(|error| error.to_string())?;
        if list.n_type & N_STAB != 0 || list.n_type & N_EXT == 0 {
            continue;
        }
        match (list.n_type & N_TYPE == N_UNDF, list.n_desc & N_WEAK_REF != 0) {
            (true, false) => imports.push(without_underscore(name)),
            (true, true) => {}
            (false, _) => exports.push(without_underscore(name)),
        }
    }
    exports.sort();
    exports.dedup();
    imports.sort();
    imports.dedup();
    Ok(Library {
        architecture,
        machine,
        oldest,
        // The first is the library itself.
        links: mach.libs.iter().skip(1).map(|name| (*name).to_owned()).collect(),
        run_paths: mach.rpaths.iter().map(|path| (*path).to_owned()).collect(),
        exports,
        imports,
        is_signed,
        is_library: matches!(mach.header.filetype, goblin::mach::header::MH_DYLIB | goblin::mach::header::MH_BUNDLE),
    })
}

fn without_underscore(name: &str) -> String {
    name.strip_prefix('_').unwrap_or(name).to_owned()
}

/// Whether every macOS has the library.
pub(crate) fn is_of_the_system(library: &str) -> bool {
    library.starts_with("/usr/lib/") || library.starts_with("/System/Library/")
}

/// Whether the library is that of an interpreter.
pub(crate) fn is_python(library: &str) -> bool {
    let name = library.rsplit('/').next().unwrap_or(library);
    name.starts_with("libpython") || library.contains("Python.framework/")
}

/// Whether the path is relative to the library.
pub(crate) fn starts_at_loader(path: &str) -> bool {
    path.strip_prefix("@loader_path").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Judges the library `bytes` and says where it runs. `path` is for messages, `stem` the module's name.
pub(super) fn platform(
    bytes: &[u8],
    path: &Path,
    stem: &str,
    expected: Option<Architecture>,
) -> Result<Platform, WheelError> {
    let unreadable = |reason: String| WheelError::UnreadableLibrary { library: path.to_owned(), reason };
    let mut libraries = read(bytes).map_err(unreadable)?;
    let library = match (libraries.pop(), libraries.as_slice()) {
        (Some(library), []) => library,
        _ => return Err(unreadable("it holds the code of several machines, or of none".to_owned())),
    };
    let machine = library.machine.clone();
    let Some(found) = library.architecture else {
        return Err(WheelError::UnsupportedMachine { library: path.to_owned(), found: machine });
    };
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        return Err(WheelError::Architecture { library: path.to_owned(), expected, found });
    }
    let oldest = library.oldest.ok_or_else(|| unreadable("it does not say for which macOS it is".to_owned()))?;
    super::extension::check_init_function(&library.exports, path, stem)?;
    if let Some(found) = library.links.iter().find(|link| is_python(link)) {
        return Err(WheelError::LinksPython { library: path.to_owned(), found: found.clone() });
    }
    if let Some(found) = library.links.iter().find(|link| !is_of_the_system(link)) {
        let expected = "those below `/usr/lib` and `/System/Library`";
        return Err(WheelError::ForeignLibrary { library: path.to_owned(), found: found.clone(), expected });
    }
    let unstable: Vec<String> =
        library.imports.iter().filter(|name| is_python_symbol(name) && !is_stable(name)).cloned().collect();
    if !unstable.is_empty() {
        return Err(WheelError::UnstableSymbols { library: path.to_owned(), found: unstable });
    }
    if let Some(found) = library.run_paths.iter().find(|run_path| !starts_at_loader(run_path)) {
        return Err(WheelError::RunPath { library: path.to_owned(), kind: "LC_RPATH", found: found.clone() });
    }
    if found == Architecture::Aarch64 && !library.is_signed {
        return Err(unreadable("it is not signed, and macOS loads no unsigned code on Apple silicon".to_owned()));
    }
    Ok(Platform { architecture: found, system: System::macos(oldest) })
}
