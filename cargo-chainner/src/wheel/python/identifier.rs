//! Names that mean something else in Python than in Rust.

/// Keywords of Python 3.10 to 3.14 (`keyword.kwlist`). Soft keywords such as `match` are fine as names.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Names the generated module refers to, so that no function may take them.
const MODULE_NAMES: [&str; 17] = [
    "Any",
    "ImportError",
    "Exception",
    "Literal",
    "Sequence",
    "TYPE_CHECKING",
    "bool",
    "dict",
    "float",
    "int",
    "list",
    "numpy",
    "os",
    "pathlib",
    "schema",
    "str",
    "tuple",
];

/// Whether the word cannot be a name in Python.
pub(in crate::wheel) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Whether Python reads the text as one name: a letter or `_`, then letters, digits and `_`.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|character| character == '_' || character.is_alphanumeric())
}

/// Name of the function of a Rust function: with a trailing underscore if the module needs the name, or if it is a
/// keyword or would be private.
pub(super) fn function_name(rust: &str) -> String {
    if MODULE_NAMES.contains(&rust) { format!("{rust}_") } else { parameter_name(rust, &[]) }
}

/// Name of the parameter of a Rust argument: with trailing underscores if it is a keyword, `schema`, private (the
/// module's own names are), or taken.
pub(super) fn parameter_name(rust: &str, taken: &[String]) -> String {
    let mut name = rust.to_owned();
    if is_keyword(rust) || rust == "schema" || rust.starts_with('_') {
        name.push('_');
    }
    while taken.contains(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_clash_get_an_underscore() {
        for (rust, function, parameter) in [
            ("vignette", "vignette", "vignette"),
            ("lambda", "lambda_", "lambda_"),
            ("from", "from_", "from_"),
            ("schema", "schema_", "schema_"),
            ("_call", "_call_", "_call_"),
            ("_", "__", "__"),
            ("float", "float_", "float"),
            ("numpy", "numpy_", "numpy"),
            ("type", "type", "type"),
            ("match", "match", "match"),
            ("größe", "größe", "größe"),
        ] {
            assert_eq!(function_name(rust), function);
            assert_eq!(parameter_name(rust, &[]), parameter);
        }
        let taken = ["from_".to_owned(), "from__".to_owned()];
        assert_eq!(parameter_name("from", &taken), "from___");
    }

    #[test]
    fn identifiers_are_told_from_other_text() {
        for (text, expected) in
            [("a1", true), ("größe", true), ("_", true), ("", false), ("1a", false), ("a-b", false), ("a\nb", false)]
        {
            assert_eq!(is_identifier(text), expected, "{text}");
        }
    }
}
