//! The one comparison of schemas: prose aside, numbers by value, sets as sets, Navi text without its blanks.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// Keys that say who a node is, or are prose.
const IGNORED: [&str; 4] = ["schemaId", "category", "nodeGroup", "description"];

/// Where and how two nodes differ. `left_out` names places such as `outputs/0/type`.
pub(super) fn differences(real: &Json, declared: &Json, left_out: &[&str]) -> Vec<String> {
    let mut differences = Vec::new();
    compare(real, declared, "", left_out, &mut differences);
    differences
}

fn compare(real: &Json, declared: &Json, place: &str, left_out: &[&str], differences: &mut Vec<String>) {
    if left_out.contains(&place) {
        return;
    }
    let key = place.rsplit('/').next().unwrap_or_default();
    let equal = match (real, declared) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys.into_iter().filter(|key| !IGNORED.contains(&key.as_str())) {
                let inner = if place.is_empty() { key.clone() } else { format!("{place}/{key}") };
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => compare(a, b, &inner, left_out, differences),
                    (Some(_), None) if !left_out.contains(&inner.as_str()) => {
                        differences.push(format!("{inner} is missing"))
                    }
                    (None, Some(_)) if !left_out.contains(&inner.as_str()) => {
                        differences.push(format!("{inner} is too much"))
                    }
                    _ => {}
                }
            }
            true
        }
        // A set, which the app makes in any order.
        (Json::Array(a), Json::Array(b)) if key == "values" => {
            a.len() == b.len() && a.iter().all(|item| b.contains(item))
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{place}/{index}"), left_out, differences);
            }
            true
        }
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::String(a), Json::String(b)) => same_text(a, b),
        (a, b) => a == b,
    };
    if !equal {
        differences.push(format!("{place}: {real} is declared as {declared}"));
    }
}

/// Whether two texts are the same but for blanks outside of quotes; the JSON of a colour by value.
fn same_text(a: &str, b: &str) -> bool {
    let color = |text: &str| text.parse::<chainner_sdk::value::Color>().ok().filter(|_| text.starts_with('{'));
    match (color(a), color(b)) {
        (Some(a), Some(b)) => a == b,
        _ => tight(a) == tight(b),
    }
}

/// The text with one space, or none at punctuation, for each run of blanks outside of quotes.
fn tight(text: &str) -> String {
    let mut quoted = false;
    let mut tight = String::new();
    let mut blank = false;
    let word = |c: char| c.is_alphanumeric() || c == '_';
    for c in text.chars() {
        if !quoted && c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && word(c) && tight.chars().last().is_some_and(word) {
            tight.push(' ');
        }
        blank = false;
        quoted ^= c == '"';
        tight.push(c);
    }
    tight.replace(",}", "}")
}

mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn prose_order_of_sets_and_spelling_of_numbers_do_not_matter() {
        let real = json!({"description": "a", "values": [1, 2], "min": 1.0, "type": "match Input {\n a => b,\n }"});
        let declared = json!({"description": "b", "values": [2, 1], "min": 1, "type": "match Input { a => b }"});
        assert_eq!(differences(&real, &declared, &[]), [""; 0]);
    }

    #[test]
    fn all_else_does() {
        let real = json!({"def": 1, "type": "\"a b\"", "items": [1, 2], "icon": null, "bool": true});
        for declared in [
            json!({"def": 2, "type": "\"a b\"", "items": [1, 2], "icon": null, "bool": true}),
            json!({"def": 1, "type": "\"ab\"", "items": [1, 2], "icon": null, "bool": true}),
            json!({"def": 1, "type": "\"a b\"", "items": [2, 1], "icon": null, "bool": true}),
            json!({"def": 1, "type": "\"a b\"", "items": [1, 2], "bool": true}),
            json!({"def": 1, "type": "\"a b\"", "items": [1, 2], "icon": null, "bool": 1}),
            json!({"def": 1, "type": "\"a b\"", "items": [1, 2], "icon": null, "bool": true, "more": 1}),
        ] {
            assert_eq!(differences(&real, &declared, &[]).len(), 1 + usize::from(declared["items"] == json!([2, 1])));
        }
        assert_eq!(differences(&real, &json!({}), &["def", "type", "items", "icon", "bool"]), [""; 0]);
    }
}
