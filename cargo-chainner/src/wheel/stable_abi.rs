//! The names of Python's stable ABI (PEP 384, PEP 652) that every interpreter from 3.10 on exports on ELF systems.
//!
//! `stable_abi_3_10.txt` holds the functions and data of CPython's `Misc/stable_abi.toml` that were added in 3.10 or
//! earlier, one a line, sorted by bytes, as the package abi3info 2026.9.25 on PyPI lists them. Left out are the names
//! that exist on Windows only (`MS_WINDOWS`), in debug builds only (`Py_REF_DEBUG`, `Py_TRACE_REFS`) and with
//! `USE_STACKCHECK`; names under `HAVE_FORK` and `PY_HAVE_THREAD_NATIVE_ID` are in.

use std::sync::LazyLock;

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("stable_abi_3_10.txt").lines().collect());

/// Whether a symbol looks like one of Python's.
pub(super) fn is_python_symbol(name: &str) -> bool {
    name.starts_with("Py") || name.starts_with("_Py")
}

/// Whether every Python from 3.10 on has the symbol.
pub(super) fn is_stable(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_python_s() {
        assert!(NAMES.is_sorted_by(|earlier, later| earlier < later));
        assert!(NAMES.iter().all(|name| is_python_symbol(name)));
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
