//! Expressions as JSON, the form they have in a node's schema.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::error::{Error, ErrorKind, Result};
use crate::numbers::{check_ends, check_integer_ends};
use crate::parser::parse_expression;
use crate::span::Span;
use crate::syntax::{Arm, Expression, ExpressionKind as Kind, Literal, MAX_DEPTH, Name};

impl Expression {
    /// Reads an expression from JSON: a text, a number, `true` or `false`, an array as the union of its items, or one of
    /// the objects chaiNNer knows.
    ///
    /// There is no narrowing in a JSON `match`, and no form for exclusive ends, spreads and definitions; a text has them
    /// all.
    ///
    /// ```
    /// use chainner_navi::Expression;
    /// use serde_json::json;
    ///
    /// let json = json!({"type": "named", "name": "Image", "fields": {"channels": [1, "3"]}});
    /// let expression = Expression::from_json(&json)?;
    /// assert_eq!(expression.to_string(), "Image { channels: 1 | 3 }");
    /// assert_eq!(Expression::from_json(&expression.to_json())?.to_string(), expression.to_string());
    /// # Ok::<(), chainner_navi::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Json`] for other JSON, [`ErrorKind::Value`] for intervals that do not exist, and those of
    /// [`parse_expression`] for texts, with the text in [`Error::text`].
    pub fn from_json(json: &Value) -> Result<Expression> {
        read(json, 0)
    }

    /// The expression as JSON. What has no JSON form becomes a text.
    pub fn to_json(&self) -> Value {
        write(self).unwrap_or_else(|| Value::String(self.to_source()))
    }
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Json, message)
}

fn node(kind: Kind) -> Result<Expression> {
    let expression = Expression::new(kind, Span::default());
    if expression.depth() > MAX_DEPTH {
        return Err(Error::new(ErrorKind::Limit, "this is nested too deeply"));
    }
    Ok(expression)
}

fn read(json: &Value, depth: u16) -> Result<Expression> {
    if depth >= MAX_DEPTH {
        return Err(Error::new(ErrorKind::Limit, "this is nested too deeply"));
    }
    let read = |json: &Value| read(json, depth + 1);
    match json {
        Value::String(text) => {
            let text: Arc<str> = text.as_str().into();
            let value = parse_expression(&text).map_err(|error| error.or_in(&text))?;
            node(Kind::Quoted { text, value })
        }
        Value::Number(number) => node(Kind::Number(number.as_f64().unwrap_or(f64::NAN))),
        Value::Bool(value) => node(Kind::Named(plain_name(if *value { "true" } else { "false" }))),
        Value::Array(items) => node(Kind::Union(items.iter().map(read).collect::<Result<_>>()?)),
        Value::Null => Err(wrong("`null` is no expression; the host crashes on it")),
        Value::Object(object) => {
            let kind = object.get("type").and_then(Value::as_str).ok_or_else(|| wrong("an object without a `type`"))?;
            read_object(kind, object, &read)
        }
    }
}

fn read_object(
    kind: &str,
    object: &Map<String, Value>,
    read: &dyn Fn(&Value) -> Result<Expression>,
) -> Result<Expression> {
    let member = |key: &str| object.get(key).ok_or_else(|| wrong(format!("`{kind}` needs `{key}`")));
    let expression = |key: &str| read(member(key)?);
    let text = |key: &str| member(key)?.as_str().ok_or_else(|| wrong(format!("`{key}` of `{kind}` is no text")));
    let list = |key: &str| member(key)?.as_array().ok_or_else(|| wrong(format!("`{key}` of `{kind}` is no list")));
    let all = |key: &str| list(key)?.iter().map(read).collect::<Result<Vec<Expression>>>();
    match kind {
        "numeric-literal" => node(Kind::Number(number(member("value")?)?)),
        "string-literal" => node(Kind::String(text("value")?.into())),
        "interval" => {
            let (min, max) = (number(member("min")?)?, number(member("max")?)?);
            check_ends(min, max)?;
            node(Kind::Interval { min, max, min_exclusive: false, max_exclusive: false })
        }
        "int-interval" => {
            let (min, max) = (number(member("min")?)?, number(member("max")?)?);
            check_integer_ends(min, max)?;
            node(Kind::Integers { min, max })
        }
        "union" => node(Kind::Union(all("items")?)),
        "intersection" => node(Kind::Intersection(all("items")?)),
        "named" => {
            let name = path(text("name")?)?;
            match object.get("fields") {
                None | Some(Value::Null) => read_name(name),
                // Without fields it is a name, which need not be that of a struct.
                Some(Value::Object(fields)) if fields.is_empty() => read_name(name),
                Some(Value::Object(fields)) => {
                    let field = |(field, value): (&String, &Value)| Ok((identifier(field)?, read(value)?));
                    let fields = fields.iter().map(field).collect::<Result<_>>()?;
                    node(Kind::Struct { name, spreads: Vec::new(), fields })
                }
                Some(_) => Err(wrong("`fields` of `named` is neither an object nor null")),
            }
        }
        "field-access" => node(Kind::FieldAccess { of: expression("of")?, field: identifier(text("field")?)? }),
        "function-call" => node(Kind::Call { name: path(text("name")?)?, arguments: all("args")? }),
        "match" => {
            let mut arms = Vec::new();
            for arm in list("arms")? {
                let part = |key: &str| arm.get(key).ok_or_else(|| wrong(format!("an arm of `match` needs `{key}`")));
                let binding = match arm.get("binding") {
                    None | Some(Value::Null) => None,
                    Some(Value::String(binding)) => Some(identifier(binding)?),
                    Some(_) => return Err(wrong("`binding` of an arm is neither a text nor null")),
                };
                arms.push(Arm { pattern: read(part("pattern")?)?, binding, value: read(part("to")?)? });
            }
            node(Kind::Match { of: expression("of")?, arms })
        }
        other => Err(wrong(format!("there is no expression of type `{other}`"))),
    }
}

fn read_name(name: Name) -> Result<Expression> {
    node(Literal::of_name(&name.text).map_or_else(|| Kind::Named(name), Kind::Literal))
}

fn plain_name(name: &str) -> Name {
    Name::new(name, Span::default())
}

fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn identifier(text: &str) -> Result<Name> {
    if is_identifier(text) {
        return Ok(plain_name(text));
    }
    Err(wrong(format!("`{text}` is no name: names are letters, digits and `_`, and do not start with a digit")))
}

fn path(text: &str) -> Result<Name> {
    if text.split("::").all(is_identifier) {
        return Ok(plain_name(text));
    }
    Err(wrong(format!("`{text}` is no name: names are letters, digits and `_`, possibly several joined by `::`")))
}

fn number(json: &Value) -> Result<f64> {
    let special = |text: &str| match text {
        "inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => None,
    };
    json.as_f64()
        .or_else(|| json.as_str().and_then(special))
        .ok_or_else(|| wrong(format!("`{json}` is no number; there are also \"inf\", \"-inf\" and \"NaN\"")))
}

fn number_json(n: f64) -> Value {
    if n.is_nan() {
        "NaN".into()
    } else if n.is_infinite() {
        if n > 0.0 { "inf".into() } else { "-inf".into() }
    } else if n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0 {
        json!(n as i64)
    } else {
        json!(n)
    }
}

/// `None` if some part has no JSON form.
fn write(expression: &Expression) -> Option<Value> {
    let all = |items: &[Expression]| items.iter().map(Expression::to_json).collect::<Vec<Value>>();
    Some(match expression.kind() {
        Kind::Quoted { text, .. } => Value::String(text.to_string()),
        Kind::Literal(Literal::True) => true.into(),
        Kind::Literal(Literal::False) => false.into(),
        Kind::Literal(literal) => literal.text().into(),
        Kind::Number(n) if n.is_finite() => number_json(*n),
        Kind::Number(n) => json!({"type": "numeric-literal", "value": number_json(*n)}),
        Kind::String(text) => json!({"type": "string-literal", "value": text.to_utf8()?}),
        Kind::Interval { min, max, min_exclusive: false, max_exclusive: false } => {
            json!({"type": "interval", "min": number_json(*min), "max": number_json(*max)})
        }
        Kind::Integers { min, max } => {
            json!({"type": "int-interval", "min": number_json(*min), "max": number_json(*max)})
        }
        Kind::Named(name) => name.text.to_string().into(),
        Kind::Union(items) => json!({"type": "union", "items": all(items)}),
        Kind::Intersection(items) => json!({"type": "intersection", "items": all(items)}),
        Kind::FieldAccess { of, field } => {
            json!({"type": "field-access", "of": of.to_json(), "field": &*field.text})
        }
        Kind::Struct { name, spreads, fields } if spreads.is_empty() && !fields.is_empty() => {
            let fields: Map<String, Value> =
                fields.iter().map(|(field, value)| (field.text.to_string(), value.to_json())).collect();
            json!({"type": "named", "name": &*name.text, "fields": fields})
        }
        Kind::Call { name, arguments } => {
            json!({"type": "function-call", "name": &*name.text, "args": all(arguments)})
        }
        Kind::Match { of, arms } => {
            let arms: Vec<Value> = arms
                .iter()
                .map(|arm| {
                    // The name the parser made up cannot be written, but the text can.
                    let binding = arm.binding.as_ref().map(|binding| binding.text.to_string());
                    json!({"pattern": arm.pattern.to_json(), "binding": binding, "to": arm.value.to_json()})
                })
                .collect();
            if arms.iter().any(|arm| arm["binding"] == crate::syntax::MATCHED) {
                return None;
            }
            json!({"type": "match", "of": of.to_json(), "arms": arms})
        }
        Kind::Interval { .. } | Kind::NonIntegers { .. } | Kind::Struct { .. } | Kind::Scope { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_reads_as_text_does() {
        for (json, text) in [
            (json!("let a = 1; a"), "{ let a = 1; a }"),
            (json!(1.5), "1.5"),
            (json!(true), "true"),
            (json!([]), "(never /* empty union */)"),
            (json!(["Image", "null"]), "Image | null"),
            (json!({"type": "numeric-literal", "value": "-inf"}), "-inf"),
            (json!({"type": "string-literal", "value": "a\"b"}), "\"a\\\"b\""),
            (json!({"type": "interval", "min": 0, "max": "inf"}), "0..inf"),
            (json!({"type": "int-interval", "min": 1, "max": 3}), "int(1..3)"),
            (json!({"type": "intersection", "items": ["A | B", "C"]}), "(A | B) & C"),
            (json!({"type": "named", "name": "A", "fields": {"b": 1}}), "A { b: 1 }"),
            (json!({"type": "named", "name": "uint", "fields": {}}), "uint"),
            (json!({"type": "field-access", "of": "A", "field": "b"}), "A.b"),
            (json!({"type": "function-call", "name": "f::g", "args": [1]}), "f::g(1)"),
            (
                json!({"type": "match", "of": "A", "arms": [{"pattern": "any", "binding": "n", "to": "n"}]}),
                "match A { _ as n => n }",
            ),
        ] {
            let expression = Expression::from_json(&json).expect(text);
            assert_eq!(expression.to_string(), text);
            let again = Expression::from_json(&expression.to_json()).expect(text);
            assert_eq!(again.to_string(), text);
        }
    }

    #[test]
    fn what_has_no_json_form_becomes_text() {
        for text in ["0!..1", "A {}", "{ let a = 1; a }", "A { ...b }", "match a::b { 1 as c => c }"] {
            let tree = parse_expression(text).expect(text);
            assert_eq!(tree.to_json(), Value::String(text.into()));
        }
    }

    #[test]
    fn other_json_is_an_error() {
        for json in [
            json!(null),
            json!({}),
            json!({"type": "nope"}),
            json!({"type": "named", "name": "1x"}),
            json!({"type": "named", "name": ""}),
            json!({"type": "field-access", "of": "A", "field": "a::b"}),
            json!({"type": "function-call", "name": "f"}),
            json!({"type": "interval", "min": 2, "max": 1}),
            json!({"type": "int-interval", "min": 3, "max": 3}),
            json!({"type": "numeric-literal", "value": "nan"}),
        ] {
            assert!(Expression::from_json(&json).is_err(), "{json}");
        }
        let error = Expression::from_json(&json!(["1", "Image {"])).expect_err("syntax");
        assert_eq!((error.text(), error.span()), (Some("Image {"), Some(Span::new(7, 7))));
    }
}
