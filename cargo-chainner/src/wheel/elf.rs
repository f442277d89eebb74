//! What an ELF library tells about itself: machine, C library, exports, and the links the loader will follow.

use std::path::Path;

use goblin::elf::header::{EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_RISCV, EM_S390, EM_X86_64, machine_to_str};
use goblin::elf::section_header::SHN_UNDEF;
use goblin::elf::{Elf, sym};

use super::stable_abi::{is_python_symbol, is_stable};
use super::{Architecture, Platform, System, WheelError};

/// Oldest glibc that Rust's standard library runs on (since Rust 1.64), which all these libraries link.
const GLIBC_FLOOR: (u32, u32) = (2, 17);

/// Libraries of every glibc system that the tag of [`platform`] accounts for.
const GLIBC_LIBRARIES: [&str; 6] =
    ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1"];

/// Bit of `e_flags` for hardware floating point, which `armv7l` promises (ELF for the Arm Architecture).
const EF_ARM_ABI_FLOAT_HARD: u32 = 0x400;

/// Judges the library `bytes` and says where it runs. `library` is for messages, `stem` the module's name.
pub(super) fn platform(
    bytes: &[u8],
    library: &Path,
    stem: &str,
    expected: Option<Architecture>,
) -> Result<Platform, WheelError> {
    let elf = Elf::parse(bytes).map_err(|error| unreadable(library, &error.to_string()))?;
    let found = architecture(&elf).ok_or_else(|| unsupported(&elf, library))?;
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        return Err(WheelError::Architecture { library: library.to_owned(), expected, found });
    }
    let platform = Platform { architecture: found, system: system(&elf, library)? };
    super::extension::check_init_function(&exports(&elf), library, stem)?;
    check_links(&elf, library, platform.system)?;
    check_python_symbols(&elf, library)?;
    check_run_paths(&elf, library)?;
    Ok(platform)
}

fn unreadable(library: &Path, reason: &str) -> WheelError {
    WheelError::UnreadableLibrary { library: library.to_owned(), reason: reason.to_owned() }
}

/// The machine that the library runs on; `None` if Python has no platform tag for it.
pub(crate) fn architecture(elf: &Elf<'_>) -> Option<Architecture> {
    let hard_float = elf.header.e_flags & EF_ARM_ABI_FLOAT_HARD != 0;
    Some(match (elf.header.e_machine, elf.is_64, elf.little_endian) {
        (EM_X86_64, true, true) => Architecture::X86_64,
        (EM_386, false, true) => Architecture::I686,
        (EM_AARCH64, true, true) => Architecture::Aarch64,
        (EM_ARM, false, true) if hard_float => Architecture::Armv7l,
        (EM_PPC64, true, true) => Architecture::Ppc64le,
        (EM_S390, true, false) => Architecture::S390x,
        (EM_RISCV, true, true) => Architecture::Riscv64,
        _ => return None,
    })
}

fn unsupported(elf: &Elf<'_>, library: &Path) -> WheelError {
    WheelError::UnsupportedMachine {
        library: library.to_owned(),
        found: format!(
            "{} ({}-bit, {}-endian)",
            machine_to_str(elf.header.e_machine),
            if elf.is_64 { 64 } else { 32 },
            if elf.little_endian { "little" } else { "big" }
        ),
    }
}

fn system(elf: &Elf<'_>, library: &Path) -> Result<System, WheelError> {
    if elf.libraries.iter().any(|name| is_musl(name)) {
        return Ok(System::Musl);
    }
    let (major, minor) = glibc_version(elf, library)?;
    Ok(System::Glibc { major, minor })
}

/// Whether the name is that of musl.
pub(crate) fn is_musl(library: &str) -> bool {
    library == "libc.so" || library.starts_with("libc.musl-") || library.starts_with("ld-musl-")
}

/// Whether the name is that of glibc's loader.
pub(crate) fn is_loader(library: &str) -> bool {
    library.starts_with("ld-linux") || library.starts_with("ld64.so") || library.starts_with("ld.so")
}

/// The oldest glibc with every symbol version the library needs.
///
/// Weak references count: the loader wants the version even of a symbol it may do without.
fn glibc_version(elf: &Elf<'_>, library: &Path) -> Result<(u32, u32), WheelError> {
    let mut highest = GLIBC_FLOOR;
    for need in elf.verneed.iter().flat_map(|section| section.iter()) {
        let provider = elf.dynstrtab.get_at(need.vn_file).unwrap_or_default();
        if provider.starts_with("ld-") || provider.starts_with("ld64.") {
            continue;
        }
        for version in need.iter() {
            let version = elf
                .dynstrtab
                .get_at(version.vna_name)
                .ok_or_else(|| unreadable(library, "a symbol version has no name"))?;
            let needed = glibc_with(version).ok_or_else(|| WheelError::PrivateSymbolVersion {
                library: library.to_owned(),
                provider: provider.to_owned(),
                version: version.to_owned(),
            })?;
            highest = highest.max(needed);
        }
    }
    Ok(highest)
}

/// The glibc that has a symbol version, or that comes with a libgcc that has it.
pub(crate) fn glibc_with(version: &str) -> Option<(u32, u32)> {
    if version == "GLIBC_ABI_DT_RELR" {
        return Some((2, 36));
    }
    let number = |text: &str| -> Option<(u32, u32)> {
        let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
        let (major, minor) = (parts.next()??, parts.next().unwrap_or(Some(0))?);
        parts.all(|part| part.is_some()).then_some((major, minor))
    };
    if let Some(version) = version.strip_prefix("GLIBC_") {
        return number(version);
    }
    // Symbol versions of libgcc_s that the systems of a manylinux tag have: auditwheel's manylinux-policy.json.
    match number(version.strip_prefix("GCC_")?)? {
        (..=4, _) => Some(GLIBC_FLOOR),
        (..=7, _) => Some((2, 27)),
        (..=12, _) => Some((2, 35)),
        (..=14, _) => Some((2, 39)),
        _ => None,
    }
}

fn exports(elf: &Elf<'_>) -> Vec<String> {
    elf.dynsyms
        .iter()
        .filter(|symbol| symbol.st_shndx != SHN_UNDEF as usize && is_visible(symbol))
        .filter_map(|symbol| elf.dynstrtab.get_at(symbol.st_name))
        .map(str::to_owned)
        .collect()
}

/// The names of Python that a library needs from the interpreter; `None` if it cannot be read.
pub(super) fn python_names(bytes: &[u8]) -> Option<Vec<String>> {
    let elf = Elf::parse(bytes).ok()?;
    let undefined = elf.dynsyms.iter().filter(|symbol| symbol.st_shndx == SHN_UNDEF as usize);
    let names = undefined.filter_map(|symbol| elf.dynstrtab.get_at(symbol.st_name));
    Some(names.filter(|name| is_python_symbol(name)).map(str::to_owned).collect())
}

/// Whether others can find the symbol.
pub(crate) fn is_visible(symbol: &sym::Sym) -> bool {
    matches!(symbol.st_bind(), sym::STB_GLOBAL | sym::STB_WEAK)
        && matches!(symbol.st_visibility(), sym::STV_DEFAULT | sym::STV_PROTECTED)
}

fn check_links(elf: &Elf<'_>, library: &Path, system: System) -> Result<(), WheelError> {
    for &name in &elf.libraries {
        if name.starts_with("libpython") {
            return Err(WheelError::LinksPython { library: library.to_owned(), found: name.to_owned() });
        }
    }
    let (is_allowed, expected): (fn(&str) -> bool, _) = match system {
        System::Musl => (|name| is_musl(name) || name == "libgcc_s.so.1", "musl's libc, libgcc_s"),
        _ => (
            |name| GLIBC_LIBRARIES.contains(&name) || is_loader(name),
            "libc, libm, libdl, libpthread, librt, libgcc_s, ld-linux",
        ),
    };
    match elf.libraries.iter().find(|name| !is_allowed(name)) {
        None => Ok(()),
        Some(&name) => {
            Err(WheelError::ForeignLibrary { library: library.to_owned(), found: name.to_owned(), expected })
        }
    }
}

fn check_python_symbols(elf: &Elf<'_>, library: &Path) -> Result<(), WheelError> {
    let mut found: Vec<String> = elf
        .dynsyms
        .iter()
        .filter(|symbol| symbol.st_shndx == SHN_UNDEF as usize)
        .filter_map(|symbol| elf.dynstrtab.get_at(symbol.st_name))
        .filter(|name| is_python_symbol(name) && !is_stable(name))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    if found.is_empty() { Ok(()) } else { Err(WheelError::UnstableSymbols { library: library.to_owned(), found }) }
}

fn check_run_paths(elf: &Elf<'_>, library: &Path) -> Result<(), WheelError> {
    let rpaths = elf.rpaths.iter().map(|entry| ("RPATH", entry));
    let runpaths = elf.runpaths.iter().map(|entry| ("RUNPATH", entry));
    for (kind, entry) in rpaths.chain(runpaths) {
        // An empty component means the working directory.
        if let Some(found) = entry.split(':').find(|path| !starts_at_origin(path)) {
            let found = found.to_owned();
            return Err(WheelError::RunPath { library: library.to_owned(), kind, found });
        }
    }
    Ok(())
}

/// Whether the path is relative to the library.
pub(crate) fn starts_at_origin(path: &str) -> bool {
    let rest = path.strip_prefix("$ORIGIN").or_else(|| path.strip_prefix("${ORIGIN}"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
