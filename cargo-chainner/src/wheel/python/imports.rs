//! The modules that annotations name, which no one pays for at run time.

/// Modules behind a part of an annotation, in the order `ruff` sorts them: first Python's own, then others.
const STANDARD: [(&str, &str); 4] = [
    ("os.", "import os"),
    ("pathlib.", "import pathlib"),
    ("Sequence[", "from collections.abc import Sequence"),
    ("Literal[", "from typing import Any, Literal"),
];
const NUMPY: &str = "import numpy\nimport numpy.typing";

/// The import statements that `signatures` need, without indentation.
pub(super) fn statements(signatures: &str) -> String {
    let mut groups: Vec<String> = Vec::new();
    let has_literals = signatures.contains("Literal[");
    let standard = STANDARD.into_iter().filter(|(part, _)| signatures.contains(part)).map(|(_, statement)| statement);
    // `schema` is always there, and gives `Any`.
    let any = (!has_literals).then_some("from typing import Any");
    groups.push(standard.chain(any).collect::<Vec<_>>().join("\n"));
    if signatures.contains("numpy.") {
        groups.push(NUMPY.to_owned());
    }
    groups.join("\n\n")
}

/// The same statements, below an `if`.
pub(super) fn indented(statements: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::from("\n") } else { format!("    {line}\n") };
    statements.lines().map(line).collect()
}
