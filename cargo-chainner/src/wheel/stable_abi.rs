//! The names of Python's stable ABI (PEP 384, PEP 652) on ELF systems, each with the version that all later ones have it in.
//!
//! `stable_abi.txt` holds the functions and data of CPython's `Misc/stable_abi.toml` with the version they were added in,
//! one a line, sorted by bytes, as the package abi3info 2026.9.25 on PyPI lists them. Left out are the names
//! that exist on Windows only (`MS_WINDOWS`), in debug builds only (`Py_REF_DEBUG`, `Py_TRACE_REFS`) and with
//! `USE_STACKCHECK`; names under `HAVE_FORK` and `PY_HAVE_THREAD_NATIVE_ID` are in.

use std::sync::LazyLock;

static NAMES: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (name, version) = line.split_once(" 3.")?;
        Some((name, version.parse().ok()?))
    };
    include_str!("stable_abi.txt").lines().filter_map(line).collect()
});

/// Whether a symbol looks like one of Python's.
pub(crate) fn is_python_symbol(name: &str) -> bool {
    name.starts_with("Py") || name.starts_with("_Py")
}

/// Whether every Python from 3.10 on has the symbol.
pub(super) fn is_stable(name: &str) -> bool {
    stable_since(name).is_some_and(|minor| minor <= 10)
}

/// The y of the Python 3.y from which on the symbol is part of the stable ABI; `None` if it is not.
pub(crate) fn stable_since(name: &str) -> Option<u32> {
    let index = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(NAMES[index].1)
}

/// Names that exist on Windows only (`MS_WINDOWS`), with the y of the Python 3.y they came with.
const WINDOWS_NAMES: &[(&str, u32)] = &[
    ("PyErr_SetExcFromWindowsErr", 7),
    ("PyErr_SetExcFromWindowsErrWithFilename", 7),
    ("PyErr_SetExcFromWindowsErrWithFilenameObject", 7),
    ("PyErr_SetExcFromWindowsErrWithFilenameObjects", 7),
    ("PyErr_SetFromWindowsErr", 7),
    ("PyErr_SetFromWindowsErrWithFilename", 7),
    ("PyExc_WindowsError", 7),
    ("PyUnicode_AsMBCSString", 7),
    ("PyUnicode_DecodeMBCS", 7),
    ("PyUnicode_DecodeMBCSStateful", 7),
    ("PyUnicode_EncodeCodePage", 7),
];

/// As [`stable_since`], on Windows.
pub(crate) fn stable_since_on_windows(name: &str) -> Option<u32> {
    let own = || WINDOWS_NAMES.iter().find(|(own, _)| *own == name).map(|(_, minor)| *minor);
    stable_since(name).or_else(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_python_s() {
        assert_eq!(NAMES.len(), include_str!("stable_abi.txt").lines().count());
        assert!(NAMES.is_sorted_by(|earlier, later| earlier.0 < later.0));
        assert!(NAMES.iter().all(|(name, _)| is_python_symbol(name)));
    }

    #[test]
    fn names_have_the_version_they_came_with() {
        let names = ["PyArg_ParseTuple", "PyModule_AddObjectRef", "PyObject_GetBuffer", "PyObject_CallFoo"];
        assert_eq!(names.map(stable_since), [Some(2), Some(10), Some(11), None]);
    }

    #[test]
    fn names_of_later_versions_other_platforms_and_the_interpreter_s_own_are_not_stable() {
        for name in ["PyModuleDef_Init", "PyType_GetModuleState", "_Py_Dealloc", "_Py_NoneStruct", "PyExc_ValueError"] {
            assert!(is_stable(name), "{name}");
        }
        for name in [
            "PyObject_GetBuffer",       // 3.11
            "PyType_GetName",           // 3.11
            "PyErr_GetRaisedException", // 3.12
            "PyErr_SetFromWindowsErr",  // Windows
            "PyExc_WindowsError",       // Windows
            "_Py_RefTotal",             // debug builds
            "PyUnicode_AsUTF8",         // 3.13
            "_PyObject_GetDictPtr",     // internal
        ] {
            assert!(!is_stable(name), "{name}");
        }
    }
}
