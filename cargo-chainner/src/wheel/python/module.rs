//! `__init__.py`: the functions, and the lazy way to the native part, or word of why there is none.
//!
//! Importing it runs `def` statements and nothing else. `_call` replaces itself by the native function at the first
//! call, so that later calls cost one Python frame more than calling the native part itself.

use super::{Package, docstring, imports};

/// Text of the file.
pub(super) fn print(package: &Package<'_>) -> String {
    let signatures: String = package.functions.iter().map(|function| function.signature()).collect();
    let mut text = docstring::print(&package.documentation, "");
    text.push_str("\nfrom __future__ import annotations\n\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n");
    text.push_str(&imports::indented(&imports::statements(&signatures)));
    text.push('\n');
    text.push_str(&package.all());
    text.push_str(&format!("__version__ = \"{}\"\n", package.version));
    for function in &package.functions {
        text.push_str("\n\n");
        text.push_str(&function.signature());
        text.push_str(&docstring::print(&docstring::of_function(function), "    "));
        text.push_str(&function.call());
    }
    text.push_str(&include_str!("tail.py").replace("@module@", package.module));
    let way = match &package.native {
        Some(native) => {
            include_str!("native.py").replace("@extension@", native.file).replace("@platforms@", &native.platforms)
        }
        None => include_str!("schema_only.py").to_owned(),
    };
    text.push_str("\n\n");
    text.push_str(&way.replace("@module@", package.module).replace("@distribution@", package.distribution));
    text
}
