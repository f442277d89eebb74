//! Two states of one part of a schema, and when they are the same.

use serde_json::Value;

/// A part of the schema as it was and as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    /// As it was.
    pub(super) old: &'a Value,
    /// As it is.
    pub(super) new: &'a Value,
}

impl<'a> Pair<'a> {
    /// The values under a key.
    pub(super) fn at(self, key: &str) -> Self {
        Self { old: &self.old[key], new: &self.new[key] }
    }

    /// Whether both are the same.
    pub(super) fn is_same(self) -> bool {
        same(self.old, self.new)
    }

    /// Whether the values under a key are different.
    pub(super) fn differs(self, key: &str) -> bool {
        !self.at(key).is_same()
    }

    /// Both as texts.
    pub(super) fn texts(self) -> (&'a str, &'a str) {
        (self.old.as_str().unwrap_or_default(), self.new.as_str().unwrap_or_default())
    }

    /// Both as flags.
    pub(super) fn flags(self) -> (bool, bool) {
        (self.old.as_bool().unwrap_or_default(), self.new.as_bool().unwrap_or_default())
    }

    /// Both as lists.
    pub(super) fn lists(self) -> (&'a [Value], &'a [Value]) {
        (items(self.old), items(self.new))
    }

    /// `1 -> 2`.
    pub(super) fn shown(self) -> String {
        format!("{} -> {}", shown(self.old), shown(self.new))
    }

    /// Those of the keys whose values differ.
    pub(super) fn differing<'k>(self, keys: &[&'k str]) -> Vec<&'k str> {
        keys.iter().copied().filter(|key| self.differs(key)).collect()
    }

    /// The keys that are in neither list and whose values differ.
    pub(super) fn others(self, known: &[&[&str]]) -> Vec<&'a str> {
        let keys = |value: &'a Value| value.as_object().into_iter().flat_map(|object| object.keys());
        let mut others: Vec<&str> = keys(self.old)
            .chain(keys(self.new))
            .map(String::as_str)
            .filter(|key| !known.iter().any(|known| known.contains(key)) && self.differs(key))
            .collect();
        others.sort_unstable();
        others.dedup();
        others
    }
}

/// The items of a list; none if it is none.
pub(in crate::diff) fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The text under a key, empty if there is none.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Whether two parts mean the same: numbers by value, missing keys as null, the values of a condition as a set.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut keys = one.keys().chain(other.keys());
            keys.all(|key| {
                let (one, other) = (one.get(key).unwrap_or(&Value::Null), other.get(key).unwrap_or(&Value::Null));
                if key == "values" { same_set(one, other) } else { same(one, other) }
            })
        }
        _ => one == other,
    }
}

fn same_set(one: &Value, other: &Value) -> bool {
    let within = |some: &[Value], all: &[Value]| some.iter().all(|item| all.iter().any(|other| same(item, other)));
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => within(one, other) && within(other, one),
        _ => same(one, other),
    }
}

/// A value as a person writes it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

/// `a, b and c`.
pub(super) fn enumerated(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_missing_keys_and_sets_are_compared_by_meaning() {
        assert!(same(&json!({"a": 1, "b": null}), &json!({"a": 1.0})));
        assert!(same(&json!({"values": [1, 2]}), &json!({"values": [2.0, 1]})));
        assert!(!same(&json!([1, 2]), &json!([2, 1])));
        assert!(!same(&json!({"values": [1]}), &json!({"values": [1, 2]})));
    }
}
