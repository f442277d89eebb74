//! `schema.json`: the same bytes wherever they are written.

use std::{fmt::Write as _, path::Path};

use anyhow::Result;
use serde_json::{Value, json};

use crate::{cli::SchemaArgs, describe::Described, project, shell::Shell};

/// Prints the schema of a package on stdout.
///
/// # Errors
/// The package cannot be described.
pub fn run(args: &SchemaArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let described = Described::new(package, &args.cargo, shell)?;
    let schema = &described.description.schema;
    let keys = || json!({"package": described.package.name(), "schema": schema});
    Ok(shell.result("chainner-schema", keys, String::from_utf8_lossy(&canonical(schema)?))?)
}

/// JSON with sorted keys, indented by two spaces, letters of all scripts as they are, and a line end at the end.
///
/// # Errors
/// None that a JSON value can cause.
pub fn canonical(value: &Value) -> Result<Vec<u8>> {
    let mut text = String::new();
    write(&mut text, value, 0)?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn write(text: &mut String, value: &Value, depth: usize) -> Result<()> {
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                write!(text, "{}\n{inner}", if index == 0 { "[" } else { "," })?;
                write(text, item, depth + 1)?;
            }
            write!(text, "\n{outer}]")?;
        }
        Value::Object(entries) if !entries.is_empty() => {
            // The map's own order depends on a feature that any crate of the graph may switch on.
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            for (index, (key, item)) in entries.into_iter().enumerate() {
                write!(text, "{}\n{inner}{}: ", if index == 0 { "{" } else { "," }, serde_json::to_string(key)?)?;
                write(text, item, depth + 1)?;
            }
            write!(text, "\n{outer}}}")?;
        }
        scalar => text.push_str(&serde_json::to_string(scalar)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_letters_kept() {
        let value = json!({"b": [1, {"z": null, "a": "Ölfarbe ✓\n"}], "a": [], "c": {}});
        let text = String::from_utf8(canonical(&value).expect("JSON")).expect("UTF-8");
        assert_eq!(
            text,
            "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"a\": \"Ölfarbe ✓\\n\",\n      \"z\": null\n    }\n  ],\n  \"c\": {}\n}\n"
        );
    }

    #[test]
    fn the_text_is_the_value() {
        let value = json!({"numbers": [0.1, -3, 1e300, 18446744073709551615u64], "text": "\"\\\u{1}", "yes": true});
        let read: Value = serde_json::from_slice(&canonical(&value).expect("JSON")).expect("JSON");
        assert_eq!(read, value);
    }
}
