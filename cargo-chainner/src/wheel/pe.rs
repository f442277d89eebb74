//! What a PE library (Windows) tells about itself: machine, exports, imports.
//!
//! Format: Microsoft PE and COFF Specification.

use std::path::Path;

use goblin::pe::PE;
use goblin::pe::header::{COFF_MACHINE_ARM64, COFF_MACHINE_X86, COFF_MACHINE_X86_64};

use super::stable_abi::{is_python_symbol, stable_since_on_windows};
use super::{Architecture, Platform, System, WheelError};

/// Libraries that come with Windows 10 and later, or with every CPython of it, in lower case, without `.dll`.
const SYSTEM: &[&str] = &[
    "advapi32",
    "avicap32",
    "avrt",
    "bcrypt",
    "bcryptprimitives",
    "cabinet",
    "cfgmgr32",
    "combase",
    "comctl32",
    "comdlg32",
    "credui",
    "crypt32",
    "cryptbase",
    "cryptnet",
    "d2d1",
    "d3d10",
    "d3d11",
    "d3d12",
    "d3d9",
    "d3dcompiler_47",
    "dbghelp",
    "dnsapi",
    "dsound",
    "dwmapi",
    "dwrite",
    "dxgi",
    "dxva2",
    "gdi32",
    "gdiplus",
    "glu32",
    "hid",
    "imagehlp",
    "imm32",
    "iphlpapi",
    "kernel32",
    "kernelbase",
    "mf",
    "mfplat",
    "mfreadwrite",
    "mpr",
    "msacm32",
    "msimg32",
    "mscms",
    "mscoree",
    "msvcrt",
    "mswsock",
    "ncrypt",
    "netapi32",
    "normaliz",
    "ntdll",
    "ole32",
    "oleacc",
    "oleaut32",
    "opengl32",
    "pdh",
    "powrprof",
    "propsys",
    "psapi",
    "rpcrt4",
    "rstrtmgr",
    "sechost",
    "secur32",
    "setupapi",
    "shcore",
    "shell32",
    "shlwapi",
    "sspicli",
    "synchronization",
    "ucrtbase",
    "user32",
    "userenv",
    "usp10",
    "uxtheme",
    "vcruntime140",
    "vcruntime140_1",
    "version",
    "wevtapi",
    "windowscodecs",
    "winhttp",
    "wininet",
    "winmm",
    "winspool.drv",
    "wintrust",
    "wldap32",
    "ws2_32",
    "wsock32",
    "wtsapi32",
    "xinput1_4",
    "xmllite",
];

/// A library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Library {
    /// The machine; `None` if Python has no platform tag for it.
    pub(crate) architecture: Option<Architecture>,
    /// The machine, for messages.
    pub(crate) machine: String,
    /// Libraries that it links, as they stand there.
    pub(crate) links: Vec<String>,
    /// Names that it has.
    pub(crate) exports: Vec<String>,
    /// Names that it needs, each with its library.
    pub(crate) imports: Vec<(String, String)>,
}

/// Reads a library.
///
/// # Errors
/// It cannot be read; the text says why.
pub(crate) fn read(bytes: &[u8]) -> Result<Library, String> {
    let pe = PE::parse(bytes).map_err(|error| error.to_string())?;
    let ends = pe
        .sections
        .iter()
        .map(|section| u64::from(section.pointer_to_raw_data).saturating_add(u64::from(section.size_of_raw_data)));
    if let Some(end) = ends.max().filter(|end| *end > bytes.len() as u64) {
        return Err(format!("it has {} bytes of {end}", bytes.len()));
    }
    let (architecture, machine) = match pe.header.coff_header.machine {
        COFF_MACHINE_X86_64 => (Some(Architecture::X86_64), "x86_64".to_owned()),
        COFF_MACHINE_X86 => (Some(Architecture::I686), "x86".to_owned()),
        COFF_MACHINE_ARM64 => (Some(Architecture::Aarch64), "arm64".to_owned()),
        other => (None, format!("machine {other:#x}")),
    };
    let mut links: Vec<String> = pe.libraries.iter().map(|name| (*name).to_owned()).collect();
    let mut imports: Vec<(String, String)> =
        pe.imports.iter().map(|import| (import.name.to_string(), import.dll.to_owned())).collect();
    let mut exports: Vec<String> = pe.exports.iter().filter_map(|export| export.name).map(str::to_owned).collect();
    links.sort();
    links.dedup();
    imports.sort();
    imports.dedup();
    exports.sort();
    Ok(Library { architecture, machine, links, exports, imports })
}

/// Whether every Windows that Python runs on has the library.
pub(crate) fn is_of_the_system(library: &str) -> bool {
    let name = library.to_ascii_lowercase();
    let name = name.strip_suffix(".dll").unwrap_or(&name);
    name.starts_with("api-ms-win-") || name.starts_with("ext-ms-") || SYSTEM.contains(&name)
}

/// Whether the library is the interpreter's: `python3.dll` for all versions, `python311.dll` for one.
pub(crate) fn python_version(library: &str) -> Option<&str> {
    let name =
        library.get(..library.len().checked_sub(4)?).filter(|_| library.to_ascii_lowercase().ends_with(".dll"))?;
    let version = name.get(..6).filter(|start| start.eq_ignore_ascii_case("python")).and(name.get(6..))?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some(version)
}

/// Judges the library `bytes` and says where it runs. `path` is for messages, `stem` the module's name.
pub(super) fn platform(
    bytes: &[u8],
    path: &Path,
    stem: &str,
    expected: Option<Architecture>,
) -> Result<Platform, WheelError> {
    let library = read(bytes).map_err(|reason| WheelError::UnreadableLibrary { library: path.to_owned(), reason })?;
    let Some(found) = library.architecture else {
        return Err(WheelError::UnsupportedMachine { library: path.to_owned(), found: library.machine });
    };
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        return Err(WheelError::Architecture { library: path.to_owned(), expected, found });
    }
    super::extension::check_init_function(&library.exports, path, stem)?;
    let foreign = |link: &&String| python_version(link) != Some("3") && !is_of_the_system(link);
    if let Some(found) = library.links.iter().find(foreign) {
        let (library, found) = (path.to_owned(), found.clone());
        return Err(match python_version(&found) {
            Some(_) => WheelError::LinksPython { library, found },
            None => {
                let expected = "`python3.dll` and those of Windows and its C runtime";
                WheelError::ForeignLibrary { library, found, expected }
            }
        });
    }
    let is_unstable =
        |name: &str| is_python_symbol(name) && stable_since_on_windows(name).is_none_or(|minor| minor > 10);
    let unstable: Vec<String> =
        library.imports.iter().filter(|(name, _)| is_unstable(name)).map(|(name, _)| name.clone()).collect();
    if !unstable.is_empty() {
        return Err(WheelError::UnstableSymbols { library: path.to_owned(), found: unstable });
    }
    Ok(Platform { architecture: found, system: System::Windows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_of_windows_and_of_python_are_known() {
        for library in ["KERNEL32.dll", "api-ms-win-core-synch-l1-2-0.dll", "VCRUNTIME140.dll", "bcryptprimitives.dll"]
        {
            assert!(is_of_the_system(library), "{library}");
        }
        for library in ["libgcc_s_seh-1.dll", "python3.dll", "MSVCP140.dll", "", "dll"] {
            assert!(!is_of_the_system(library), "{library}");
        }
        assert_eq!(
            ["python3.dll", "Python311.DLL", "pythoncom.dll", "é.dll", ""].map(python_version),
            [Some("3"), Some("311"), None, None, None]
        );
    }
}
