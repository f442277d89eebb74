//! The modules that annotations name, which no one pays for at run time.

/// Modules behind a part of an annotation, in the order `ruff` sorts them: first Python's own, then others.
const STANDARD: [(&str, &str); 3] =
    [("os.", "import os"), ("pathlib.", "import pathlib"), ("Literal[", "from typing import Any, Literal")];
/// Those of `collections.abc`.
const ABSTRACT: [&str; 3] = ["Iterable", "Iterator", "Sequence"];
const NUMPY: &str = "import numpy\nimport numpy.typing";

/// The import statements that `signatures` need, without indentation.
pub(super) fn statements(signatures: &str) -> String {
    let mut groups: Vec<String> = Vec::new();
    let has_literals = signatures.contains("Literal[");
    let used = ABSTRACT.into_iter().filter(|name| signatures.contains(&format!("{name}["))).collect::<Vec<_>>();
    let collections = (!used.is_empty()).then(|| format!("from collections.abc import {}", used.join(", ")));
    let is_used = |(part, statement): (&str, &str)| signatures.contains(part).then(|| statement.to_owned());
    let [os, pathlib, literal] = STANDARD.map(is_used);
    let standard = [os, pathlib, collections, literal].into_iter().flatten();
    // `schema` is always there, and gives `Any`.
    let any = (!has_literals).then(|| "from typing import Any".to_owned());
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
