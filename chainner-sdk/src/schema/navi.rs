//! Expressions of the host's type language in their JSON form.

use serde_json::{Map, Value as Json, json};

use crate::declare::Navi;

use super::number;

/// An author's expression.
pub(super) fn expression(navi: &Navi) -> Json {
    let all = |items: &[Navi]| items.iter().map(expression).collect::<Vec<_>>();
    match *navi {
        Navi::Text(text) => json!(text),
        Navi::Number(value) => number(value),
        Navi::Bool(value) => json!(value),
        Navi::OneOf(items) => Json::Array(all(items)),
        Navi::Union(items) => json!({"type": "union", "items": all(items)}),
        Navi::Intersection(items) => json!({"type": "intersection", "items": all(items)}),
        Navi::Named { name, fields } => {
            named(name, fields.iter().map(|(field, value)| ((*field).to_owned(), expression(value))).collect())
        }
        Navi::Field { of, field } => json!({"type": "field-access", "of": expression(of), "field": field}),
        Navi::Call { name, arguments } => json!({"type": "function-call", "name": name, "args": all(arguments)}),
        Navi::Match { of, arms } => json!({
            "type": "match",
            "of": expression(of),
            "arms": arms
                .iter()
                .map(|arm| json!({"pattern": expression(&arm.pattern), "binding": arm.binding, "to": expression(&arm.to)}))
                .collect::<Vec<_>>(),
        }),
        Navi::Interval { min, max, whole: false } => interval(min, max),
        Navi::Interval { min, max, whole: true } => int_interval(min.map(|min| min as i64), max.map(|max| max as i64)),
    }
}

/// A struct by name, with the given fields narrowed.
pub(super) fn named(name: &str, fields: Map<String, Json>) -> Json {
    json!({"type": "named", "name": name, "fields": fields})
}

/// Text as a literal type.
pub(super) fn text_literal(text: &str) -> Json {
    json!({"type": "string-literal", "value": text})
}

/// Whole numbers from `min` to `max`.
pub(super) fn int_interval(min: Option<i64>, max: Option<i64>) -> Json {
    let end = |end: Option<i64>, open: &str| end.map_or(json!(open), |value| json!(value));
    json!({"type": "int-interval", "min": end(min, "-inf"), "max": end(max, "inf")})
}

/// Numbers from `min` to `max`.
pub(super) fn interval(min: Option<f64>, max: Option<f64>) -> Json {
    let end = |end: Option<f64>, open: &str| end.map_or(json!(open), number);
    json!({"type": "interval", "min": end(min, "-inf"), "max": end(max, "inf")})
}

/// What belongs to each of the items.
pub(super) fn intersection(items: &[Json]) -> Json {
    json!({"type": "intersection", "items": items})
}

/// `{"channels": 3}` or `{"channels": [1, 3]}`; no field if any number is accepted. One is a list only if it is `listed`.
pub(super) fn channels(accepted: &[u32], listed: bool) -> Map<String, Json> {
    let value = match accepted {
        [] => return Map::new(),
        [one] if !listed => json!(one),
        several => json!(several),
    };
    Map::from_iter([("channels".to_owned(), value)])
}

/// A field of something, e.g. `Input0.width`.
pub(super) fn field(of: &str, field: &str) -> Json {
    json!({"type": "field-access", "of": of, "field": field})
}

/// `a` narrowed to `b`, errors of either side passed on: how the host's own outputs do it.
pub(super) fn narrow(a: Json, b: Json) -> Json {
    let items =
        [intersection(&[a.clone(), b.clone()]), intersection(&[json!("Error"), a]), intersection(&[json!("Error"), b])];
    json!({"type": "union", "items": items})
}
