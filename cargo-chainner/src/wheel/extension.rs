//! The built library, read once and judged: an extension module that every Python of its platform can import.

use std::fs;
use std::path::Path;

use super::stable_abi::is_python_symbol;
use super::{Architecture, Platform, System, WheelError, elf, mach_o, pe};

/// Name of the module inside the package.
const STEM: &str = "_native";

/// A library that passed every check, with the platform it runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    contents: Vec<u8>,
    platform: Platform,
}

impl Extension {
    /// Reads and judges the library that cargo built.
    ///
    /// `expected` is the architecture of the target, if one was asked for.
    ///
    /// # Errors
    ///
    /// A library that some Python from 3.10 on, on some system that the tag promises, could not import:
    /// [`WheelError::InitFunction`], [`WheelError::LinksPython`], [`WheelError::ForeignLibrary`],
    /// [`WheelError::UnstableSymbols`], [`WheelError::RunPath`], [`WheelError::Architecture`],
    /// [`WheelError::PrivateSymbolVersion`], [`WheelError::UnsupportedMachine`],
    /// [`WheelError::UnreadableLibrary`]; and [`WheelError::Io`].
    pub fn read(library: &Path, expected: Option<Architecture>) -> Result<Self, WheelError> {
        let contents = fs::read(library).map_err(|source| WheelError::Io {
            action: "read the library",
            path: library.to_owned(),
            source,
        })?;
        Self::from_bytes(contents, library, expected)
    }

    /// As [`Extension::read`], from memory; `library` is for messages.
    ///
    /// # Errors
    ///
    /// As [`Extension::read`].
    pub fn from_bytes(contents: Vec<u8>, library: &Path, expected: Option<Architecture>) -> Result<Self, WheelError> {
        let platform = match contents.as_slice() {
            [0x7f, b'E', b'L', b'F', ..] => elf::platform(&contents, library, STEM, expected)?,
            [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => {
                mach_o::platform(&contents, library, STEM, expected)?
            }
            [b'M', b'Z', ..] => pe::platform(&contents, library, STEM, expected)?,
            _ => {
                let reason = "it starts with the bytes of no known format".to_owned();
                return Err(WheelError::UnreadableLibrary { library: library.to_owned(), reason });
            }
        };
        Ok(Self { contents, platform })
    }

    /// Where the library runs.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// Name of the file inside the package: `_native.abi3.so`, on Windows `_native.pyd`.
    #[must_use]
    pub fn file_name(&self) -> &'static str {
        // CPython looks for these suffixes in every version that has the stable ABI.
        match self.platform.system {
            System::Windows => "_native.pyd",
            _ => "_native.abi3.so",
        }
    }

    pub(super) fn contents(&self) -> &[u8] {
        &self.contents
    }
}

/// The library exports the function that Python calls when it imports the module.
pub(super) fn check_init_function(exports: &[String], library: &Path, stem: &str) -> Result<(), WheelError> {
    let expected = format!("PyInit_{stem}");
    if exports.contains(&expected) {
        return Ok(());
    }
    let mut found: Vec<String> = exports.iter().filter(|name| name.starts_with("PyInit_")).cloned().collect();
    found.sort();
    Err(WheelError::InitFunction { library: library.to_owned(), expected, found })
}

/// The names of Python that a library of this system takes from the interpreter, sorted; `None` if they cannot be told.
pub(crate) fn python_names(bytes: &[u8]) -> Option<Vec<String>> {
    let mut names = match bytes {
        [0x7f, b'E', b'L', b'F', ..] => elf::python_names(bytes)?,
        [0xcf, 0xfa, 0xed, 0xfe, ..] => {
            let libraries = mach_o::read(bytes).ok()?;
            let names = libraries.into_iter().flat_map(|library| library.imports);
            names.filter(|name| is_python_symbol(name)).collect()
        }
        [b'M', b'Z', ..] => {
            let imports = pe::read(bytes).ok()?.imports;
            imports
                .into_iter()
                .filter(|(_, library)| pe::python_version(library).is_some())
                .map(|(name, _)| name)
                .collect()
        }
        _ => return None,
    };
    names.sort();
    names.dedup();
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Library;
    use super::super::fixture::foreign::{MachO, Pe, X86_64, universal};
    use super::super::{System, WheelError};
    use super::*;

    fn read(bytes: Vec<u8>) -> Result<Extension, WheelError> {
        Extension::from_bytes(bytes, Path::new("native"), None)
    }

    const HOST: &str = std::env::consts::ARCH;

    fn glibc(minor: u32) -> System {
        System::Glibc { major: 2, minor }
    }

    #[test]
    fn a_sound_library_is_manylinux_2_17() {
        let extension = Library::exporting("_native").uses("Py_IncRef").read().unwrap();
        assert_eq!(extension.platform().system, glibc(17));
        assert_eq!(extension.platform().architecture.name(), HOST);
        assert_eq!(extension.file_name(), "_native.abi3.so");
    }

    #[test]
    fn the_highest_needed_glibc_is_the_tag() {
        let extension = Library::exporting("_native").needs_version("libm.so.6", "GLIBC_2.99").read().unwrap();
        assert_eq!(extension.platform().system, glibc(99));
        let extension = Library::exporting("_native").needs_version("libc.so.6", "GLIBC_2.3.4").read().unwrap();
        assert_eq!(extension.platform().system, glibc(17));
        let extension = Library::exporting("_native").needs_version("libgcc_s.so.1", "GCC_12.0.0").read().unwrap();
        assert_eq!(extension.platform().system, glibc(35));
        let extension = Library::exporting("_native").needs_version("libc.so.6", "GLIBC_ABI_DT_RELR").read().unwrap();
        assert_eq!(extension.platform().system, glibc(36));
    }

    #[test]
    fn versions_of_the_loader_do_not_count() {
        let extension =
            Library::exporting("_native").needs_version("ld-linux-x86-64.so.2", "GLIBC_2.99").read().unwrap();
        assert_eq!(extension.platform().system, glibc(17));
    }

    #[test]
    fn private_symbol_versions_are_refused() {
        for (provider, version) in [("libc.so.6", "GLIBC_PRIVATE"), ("libgcc_s.so.1", "GCC_99")] {
            let error = Library::exporting("_native").needs_version(provider, version).read().unwrap_err();
            assert!(
                matches!(&error, WheelError::PrivateSymbolVersion { version: found, .. } if found == version),
                "{error}"
            );
        }
    }

    #[test]
    fn a_library_that_links_musl_is_musllinux() {
        for musl in ["libc.so", "ld-musl-x86_64.so.1", "libc.musl-x86_64.so.1"] {
            let extension = Library::exporting("_native").links(musl).read().unwrap();
            assert_eq!(extension.platform().system, System::Musl);
        }
        let error = Library::exporting("_native").links("libc.so").links("libz.so.1").read().unwrap_err();
        assert!(matches!(&error, WheelError::ForeignLibrary { found, .. } if found == "libz.so.1"), "{error}");
    }

    #[test]
    fn a_missing_or_misnamed_init_function_is_refused() {
        let error = Library::exporting("film_lab").read().unwrap_err();
        assert!(
            matches!(&error, WheelError::InitFunction { expected, found, .. }
            if expected == "PyInit__native" && found == &["PyInit_film_lab"]),
            "{error}"
        );
        let error = Library::empty().read().unwrap_err();
        assert!(matches!(&error, WheelError::InitFunction { found, .. } if found.is_empty()), "{error}");
        assert!(error.to_string().contains("found no `PyInit_…` at all"), "{error}");
        let error = Library::empty().uses("PyInit__native").read().unwrap_err();
        assert!(matches!(&error, WheelError::InitFunction { .. }), "{error}");
    }

    #[test]
    fn a_link_to_python_is_refused() {
        let error = Library::exporting("_native").links("libpython3.11.so.1.0").read().unwrap_err();
        assert!(matches!(&error, WheelError::LinksPython { found, .. } if found == "libpython3.11.so.1.0"), "{error}");
    }

    #[test]
    fn a_link_to_a_library_outside_the_base_system_is_refused() {
        let error = Library::exporting("_native").links("libssl.so.3").read().unwrap_err();
        assert!(matches!(&error, WheelError::ForeignLibrary { found, .. } if found == "libssl.so.3"), "{error}");
        assert!(error.to_string().contains("link `libssl.so.3` statically"), "{error}");
    }

    #[test]
    fn python_symbols_outside_the_stable_abi_are_refused() {
        let error = Library::exporting("_native")
            .uses("PyUnicode_AsUTF8")
            .uses("Py_IncRef")
            .uses("_PyObject_GetDictPtr")
            .read()
            .unwrap_err();
        assert!(
            matches!(&error, WheelError::UnstableSymbols { found, .. }
            if found == &["PyUnicode_AsUTF8", "_PyObject_GetDictPtr"]),
            "{error}"
        );
    }

    #[test]
    fn run_paths_of_this_machine_are_refused() {
        for (path, found) in
            [("/opt/lib", "/opt/lib"), ("$ORIGIN:/opt/lib", "/opt/lib"), ("lib", "lib"), ("$ORIGINAL", "$ORIGINAL")]
        {
            let error = Library::exporting("_native")
                .flag(&format!("-Wl,--enable-new-dtags,-rpath,{path}"))
                .read()
                .unwrap_err();
            assert!(matches!(&error, WheelError::RunPath { kind: "RUNPATH", found: is, .. } if is == found), "{error}");
        }
        let error = Library::exporting("_native").flag("-Wl,--disable-new-dtags,-rpath,/opt/lib").read().unwrap_err();
        assert!(matches!(&error, WheelError::RunPath { kind: "RPATH", .. }), "{error}");
        Library::exporting("_native").flag("-Wl,-rpath,$ORIGIN:$ORIGIN/../lib").read().unwrap();
    }

    #[test]
    fn another_architecture_than_asked_for_is_refused() {
        let library = Library::exporting("_native").bytes();
        let other = if HOST == "s390x" { Architecture::X86_64 } else { Architecture::S390x };
        let error = Extension::from_bytes(library, Path::new("x.so"), Some(other)).unwrap_err();
        assert!(matches!(&error, WheelError::Architecture { expected, .. } if *expected == other), "{error}");
    }

    #[test]
    fn a_machine_without_a_tag_is_refused() {
        let mut library = Library::exporting("_native").bytes();
        library[18] = 0x08; // e_machine: MIPS
        library[19] = 0;
        let error = Extension::from_bytes(library, Path::new("x.so"), None).unwrap_err();
        assert!(matches!(&error, WheelError::UnsupportedMachine { found, .. } if found.contains("MIPS")), "{error}");
    }

    #[test]
    fn a_library_for_macos_is_tagged_by_what_it_says_itself() {
        let extension = read(MachO::default().bytes()).unwrap();
        assert_eq!(
            (extension.platform().tags(), extension.file_name()),
            (vec!["macosx_11_0_arm64".to_owned()], "_native.abi3.so")
        );
        let older = MachO { machine: X86_64, oldest: Some((10, 12)), is_signed: false, ..MachO::default() };
        assert_eq!(read(older.bytes()).unwrap().platform().tags(), ["macosx_10_12_x86_64"]);
        let weak = MachO { weak_imports: &["PyUnicode_AsUTF8"], ..MachO::default() };
        read(weak.bytes()).unwrap();
    }

    #[test]
    fn a_library_for_macos_that_no_python_could_import_is_refused() {
        let message = |library: MachO<'_>| read(library.bytes()).unwrap_err().to_string();
        let sound = MachO::default;
        assert!(message(MachO { exports: &["PyInit_lab"], ..sound() }).contains("found `PyInit_lab`"));
        assert!(
            message(MachO { links: &["/usr/local/lib/libz.dylib"], ..sound() })
                .contains("links `/usr/local/lib/libz.dylib`")
        );
        let framework = "/Library/Frameworks/Python.framework/Versions/3.11/Python";
        assert!(message(MachO { links: &[framework], ..sound() }).contains("no link to Python"));
        assert!(message(MachO { imports: &["PyUnicode_AsUTF8"], ..sound() }).contains("outside the stable ABI"));
        assert!(message(MachO { run_paths: &["/opt/lib"], ..sound() }).contains("LC_RPATH"));
        assert!(message(MachO { is_signed: false, ..sound() }).contains("not signed"));
        assert!(message(MachO { oldest: None, ..sound() }).contains("for which macOS"));
        assert!(message(MachO { machine: 18, ..sound() }).contains("no platform tag"));
        let both = universal(&[sound(), MachO { machine: X86_64, ..sound() }]);
        assert!(read(both).unwrap_err().to_string().contains("several machines"));
        let other = Extension::from_bytes(sound().bytes(), Path::new("x"), Some(Architecture::X86_64)).unwrap_err();
        assert!(matches!(other, WheelError::Architecture { found: Architecture::Aarch64, .. }), "{other}");
    }

    #[test]
    fn a_library_for_windows_is_tagged_by_its_machine() {
        for (machine, tag) in [(0x8664, "win_amd64"), (0xaa64, "win_arm64")] {
            let extension = read(Pe { machine, ..Pe::default() }.bytes()).unwrap();
            assert_eq!((extension.platform().tags(), extension.file_name()), (vec![tag.to_owned()], "_native.pyd"));
        }
    }

    #[test]
    fn a_library_for_windows_that_no_python_could_import_is_refused() {
        let message = |library: Pe<'_>| read(library.bytes()).unwrap_err().to_string();
        assert!(message(Pe { exports: &[], ..Pe::default() }).contains("no `PyInit_…` at all"));
        assert!(
            message(Pe { imports: &[("python311.dll", &["Py_IncRef"])], ..Pe::default() })
                .contains("links `python311.dll`")
        );
        assert!(
            message(Pe { imports: &[("libgcc_s_seh-1.dll", &["f"])], ..Pe::default() })
                .contains("links `libgcc_s_seh-1.dll`")
        );
        let unstable = Pe { imports: &[("python3.dll", &["PyUnicode_AsUTF8"])], ..Pe::default() };
        assert!(message(unstable).contains("outside the stable ABI"));
        read(Pe { imports: &[("python3.dll", &["PyErr_SetFromWindowsErr"])], ..Pe::default() }.bytes()).unwrap();
        assert!(message(Pe { machine: 0x1c4, ..Pe::default() }).contains("no platform tag"));
    }

    #[test]
    fn the_names_of_python_are_told_of_every_format() {
        let elf = Library::exporting("_native").uses("Py_IncRef").uses("other").bytes();
        for bytes in [elf, MachO::default().bytes(), Pe::default().bytes()] {
            assert_eq!(python_names(&bytes).unwrap(), ["Py_IncRef"]);
        }
        assert_eq!(python_names(b"#!/bin/sh"), None);
    }

    #[test]
    fn cut_files_and_other_files_are_unreadable() {
        let library = Library::exporting("_native").bytes();
        for bytes in [&library[..40], &library[..0], b"#!/bin/sh"] {
            let error = Extension::from_bytes(bytes.to_vec(), Path::new("x.so"), None).unwrap_err();
            assert!(matches!(&error, WheelError::UnreadableLibrary { .. }), "{error}");
        }
        let error = Extension::read(Path::new("does/not/exist.so"), None).unwrap_err();
        assert!(matches!(&error, WheelError::Io { .. }), "{error}");
    }

    #[test]
    fn no_damage_makes_the_reader_panic() {
        let elf = Library::exporting("_native").uses("Py_IncRef").needs_version("libm.so.6", "GLIBC_2.5").bytes();
        let fat = universal(&[MachO::default(), MachO { machine: X86_64, ..MachO::default() }]);
        for library in [elf, MachO::default().bytes(), fat, Pe::default().bytes()] {
            damage(&library);
        }
    }

    fn damage(library: &[u8]) {
        for length in (0..library.len()).step_by(97) {
            let _ = Extension::from_bytes(library[..length].to_vec(), Path::new("x.so"), None);
        }
        for index in (0..library.len()).filter(|&index| library[index] != 0) {
            for value in [0, 0x7f, 0xff] {
                let mut damaged = library.to_vec();
                damaged[index] = value;
                let _ = Extension::from_bytes(damaged, Path::new("x.so"), None);
            }
        }
    }
}
