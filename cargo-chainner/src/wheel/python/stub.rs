//! `__init__.pyi`: the same functions for type checkers and editors.

use super::{Package, docstring, imports};

/// Text of the file.
pub(super) fn print(package: &Package<'_>) -> String {
    let signatures: String = package.functions.iter().map(|function| function.signature()).collect();
    let mut text = docstring::print(&package.documentation, "");
    text.push_str(&format!("\n{}\n\n", imports::statements(&signatures)));
    text.push_str(&package.all());
    text.push_str("__version__: str\n");
    for function in &package.functions {
        text.push('\n');
        text.push_str(&function.signature());
        text.push_str(&docstring::print(&docstring::of_function(function), "    "));
    }
    text.push_str("\ndef schema() -> dict[str, Any]:\n");
    text.push_str(&docstring::print(
        "Returns the package as the app knows it: schema.json, parsed anew at each call.",
        "    ",
    ));
    text.push_str("\ndef __dir__() -> list[str]: ...\n");
    text
}
