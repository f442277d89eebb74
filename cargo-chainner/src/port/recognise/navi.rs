//! Types of the app's language, as an author writes them in attributes.

use serde_json::Value as Json;

use super::{Outcome, Scope, refused};
use crate::port::names;

/// Whether two values are the same, numbers by their value.
pub(in crate::port) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}

/// Whether two types are the same but for the space in their texts, which means nothing there.
pub(in crate::port) fn same_but_for_space(a: &Json, b: &Json) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => a.split_whitespace().eq(b.split_whitespace()),
        _ => same(a, b),
    }
}

/// A text of several lines of the app's language as a Rust literal below a key, indented as code.
///
/// Only the space at the beginnings of lines changes, unless that may be in a text.
pub(super) fn block(text: &str) -> String {
    let odd = |line: &str| line.matches('"').count() % 2 == 1;
    if !text.trim().contains('\n') || text.lines().any(odd) {
        return literal(text.trim());
    }
    let lines = || text.lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let indent_of = |line: &str| line.len() - line.trim_start().len();
    // The first line often stands right behind the quotes.
    let first = usize::from(!text.starts_with('\n') && !text.starts_with(' '));
    let common = lines().skip(first).filter(|line| !line.is_empty()).map(indent_of).min().unwrap_or(0);
    let mut done = String::from("\n");
    for (index, line) in lines().enumerate() {
        let line = if index < first { line } else { line.get(common..).unwrap_or_default() };
        done += &if line.is_empty() { "\n".to_owned() } else { format!("        {line}\n") };
    }
    literal(&format!("{}\n    ", done.trim_end()))
}

/// A text as a Rust literal.
pub(in crate::port) fn literal(text: &str) -> String {
    let controls = text.chars().any(|c| c.is_control() && c != '\n');
    if controls || !(text.contains(['"', '\\', '\n'])) {
        return format!("{text:?}");
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A number with a fraction as a Rust literal.
pub(in crate::port) fn float(value: f64) -> String {
    let text = value.to_string();
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A number as JSON and the app's language have it.
pub(in crate::port) fn plain(value: f64) -> String {
    value.to_string()
}

/// The id in `Input3`.
pub(super) fn input_of(ty: &Json) -> Option<u32> {
    ty.as_str()?.strip_prefix("Input")?.parse().ok()
}

/// The two types of which one is narrowed to the other, errors of either passed on.
pub(super) fn narrowed(ty: &Json) -> Option<(&Json, &Json)> {
    let items = of(ty, "union")?;
    let [both, left, right] = items.as_slice() else { return None };
    let pair = |of: &'_ Json| -> Option<(Json, Json)> {
        match self::of(of, "intersection")?.as_slice() {
            [a, b] => Some((a.clone(), b.clone())),
            _ => None,
        }
    };
    let [a, b] = of(both, "intersection")?.as_slice() else { return None };
    let error = Json::from("Error");
    let fits = |of: &Json, side: &Json| pair(of).is_some_and(|(first, second)| first == error && same(&second, side));
    (fits(left, a) && fits(right, b)).then_some((a, b))
}

/// The items of a union or an intersection.
pub(super) fn of<'a>(ty: &'a Json, kind: &str) -> Option<&'a Vec<Json>> {
    (ty["type"] == kind).then(|| ty["items"].as_array()).flatten()
}

impl Scope<'_> {
    /// Text of the app's language, its inputs by their names.
    pub(super) fn text(&self, text: &str) -> String {
        let text = text.replace('$', "$$");
        let mut done = String::new();
        let mut rest = text.as_str();
        while let Some(start) = rest.find("Input") {
            let (before, from) = rest.split_at(start);
            let digits = &from["Input".len()..];
            let len = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            done += before;
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let begins = !done.ends_with(word) && !done.ends_with("::");
            let ends = !digits[len..].starts_with(word);
            match digits[..len].parse().ok().and_then(|id| self.name(id).ok()).filter(|_| begins && ends) {
                Some(name) => done += &format!("${name}"),
                None => done += &from[.."Input".len() + len],
            }
            rest = &digits[len..];
        }
        done + rest
    }

    /// A type as the value of a key.
    pub(super) fn navi(&self, ty: &Json) -> Outcome<String> {
        self.part(ty, false)
    }

    fn part(&self, ty: &Json, nested: bool) -> Outcome<String> {
        let all = |items: &[Json]| items.iter().map(|item| self.part(item, false)).collect::<Outcome<Vec<_>>>();
        match ty {
            Json::String(text) => Ok(block(&self.text(text))),
            Json::Number(number) => Ok(plain(number.as_f64().unwrap_or_default())),
            Json::Bool(is) => Ok(is.to_string()),
            Json::Array(items) => Ok(format!("[{}]", all(items)?.join(", "))),
            Json::Null => refused("a type is `null`"),
            Json::Object(parts) => match ty["type"].as_str().unwrap_or_default() {
                kind @ ("union" | "intersection") => {
                    let items = ty["items"].as_array().map(Vec::as_slice).unwrap_or_default();
                    if items.len() < 2 {
                        return refused(format!("a {kind} of less than two types"));
                    }
                    let items: Vec<String> = items.iter().map(|item| self.part(item, true)).collect::<Outcome<_>>()?;
                    let text = items.join(if kind == "union" { " | " } else { " & " });
                    Ok(if nested { format!("({text})") } else { text })
                }
                "named" => {
                    let name = ty["name"].as_str().unwrap_or_default();
                    let mut fields: Vec<_> = ty["fields"].as_object().into_iter().flatten().collect();
                    fields.sort_by_key(|(field, _)| {
                        ["width", "height", "channels"].iter().position(|known| known == field).unwrap_or(3)
                    });
                    let fields = fields.into_iter().map(|(field, value)| {
                        let value = self.part(value, false)?;
                        Ok(format!("{}: {value}", names::written(field)))
                    });
                    let fields = fields.collect::<Outcome<Vec<_>>>()?.join(", ");
                    let name = name.split("::").map(names::written).collect::<Vec<_>>().join("::");
                    Ok(if fields.is_empty() { format!("{name} {{}}") } else { format!("{name} {{ {fields} }}") })
                }
                "field-access" => {
                    let field = names::written(ty["field"].as_str().unwrap_or_default());
                    match input_of(&ty["of"]).and_then(|id| self.written(id).ok()) {
                        Some(input) => Ok(format!("{input}.{field}")),
                        None => Ok(format!("({}).{field}", self.part(&ty["of"], false)?)),
                    }
                }
                "function-call" => {
                    let arguments = all(ty["args"].as_array().map(Vec::as_slice).unwrap_or_default())?;
                    Ok(format!("{}({})", ty["name"].as_str().unwrap_or_default(), arguments.join(", ")))
                }
                kind @ ("interval" | "int-interval") => {
                    let end = |key: &str| ty[key].as_f64().map(plain).unwrap_or_default();
                    let (min, max) = (end("min"), end("max"));
                    let range = if max.is_empty() { format!("{min}..") } else { format!("{min}..={max}") };
                    Ok(match (kind, nested) {
                        ("interval", false) => range,
                        ("interval", true) => format!("({range})"),
                        _ => format!("int({range})"),
                    })
                }
                "match" => {
                    let arms = ty["arms"].as_array().map(Vec::as_slice).unwrap_or_default();
                    let arms: Vec<String> = arms.iter().map(|arm| self.arm(arm)).collect::<Outcome<_>>()?;
                    let of = match input_of(&ty["of"]).and_then(|id| self.written(id).ok()) {
                        Some(input) => input,
                        None => self.part(&ty["of"], false)?,
                    };
                    let text = format!("match {of} {{ {} }}", arms.join(", "));
                    Ok(if nested { format!("({text})") } else { text })
                }
                kind => refused(format!("a type of the form `{kind}` with {} parts", parts.len())),
            },
        }
    }
}

impl Scope<'_> {
    /// An arm of a `match`.
    fn arm(&self, arm: &Json) -> Outcome<String> {
        let pattern = match &arm["pattern"] {
            Json::String(any) if any == "any" => "_".to_owned(),
            Json::String(text) => literal(&self.text(text)),
            other => return refused(format!("a pattern that is no text: {other}")),
        };
        let to = self.part(&arm["to"], false)?;
        Ok(match arm["binding"].as_str() {
            Some(name) => format!("{} @ {pattern} => {to}", names::written(name)),
            None => format!("{pattern} => {to}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(ty: &Json) -> String {
        Scope::of_no_node().navi(ty).unwrap_or_else(|refused| refused.0)
    }

    #[test]
    fn types_in_parts_are_written_as_rust_expressions() {
        let named = |name: &str, fields: Json| json!({"type": "named", "name": name, "fields": fields});
        for (ty, text) in [
            (json!("uint"), "\"uint\""),
            (json!("costs $5"), "\"costs $$5\""),
            (json!(["Image", 3, true]), "[\"Image\", 3, true]"),
            (named("Image", json!({"channels": 3, "width": "uint"})), "Image { width: \"uint\", channels: 3 }"),
            (named("acme::Lut", json!({})), "acme::Lut {}"),
            (json!({"type": "int-interval", "min": 0, "max": "inf"}), "int(0..)"),
            (json!({"type": "interval", "min": -1.5, "max": 2}), "-1.5..=2"),
            (
                json!({"type": "union", "items": ["a", {"type": "intersection", "items": ["b", "c"]}]}),
                "\"a\" | (\"b\" & \"c\")",
            ),
            (json!({"type": "function-call", "name": "max", "args": [1, "uint"]}), "max(1, \"uint\")"),
            (json!({"type": "union", "items": ["a"]}), "a union of less than two types"),
            (
                json!({"type": "match", "of": "a", "arms": [
                    {"pattern": "B::C", "binding": null, "to": 1},
                    {"pattern": "int", "binding": "n", "to": {"type": "match", "of": "n", "arms": []}},
                    {"pattern": "any", "binding": null, "to": "never"},
                ]}),
                "match \"a\" { \"B::C\" => 1, n @ \"int\" => match \"n\" {  }, _ => \"never\" }",
            ),
        ] {
            assert_eq!(written(&ty), text);
        }
    }

    #[test]
    fn texts_of_several_lines_are_indented_as_code() {
        let text = "\n                let a = 1;\n\n                a + 1\n            ";
        assert_eq!(block(text), "r\"\n        let a = 1;\n\n        a + 1\n    \"");
        assert_eq!(block(" int & 0..9 "), "\"int & 0..9\"");
        let quoted = "let a = \"\n  b\";\n";
        assert_eq!(block(quoted), literal(quoted.trim()));
    }

    #[test]
    fn literals_are_those_of_rust() {
        for (text, written) in [
            ("plain", "\"plain\""),
            ("say \"x\"", "r#\"say \"x\"\"#"),
            ("a\\b", "r\"a\\b\""),
            ("a \"# b", "r##\"a \"# b\"##"),
            ("tab\t\"", "\"tab\\t\\\"\""),
        ] {
            assert_eq!(literal(text), written);
        }
    }
}
