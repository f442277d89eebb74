//! Conditions of groups and options: in words, and whether they hold for a node as it is placed.

use chainner_navi::Expression;
use serde_json::Value;

use super::book::Node;

/// Whether the condition holds while every input has its default and nothing is connected.
pub(super) fn holds(condition: &Value, node: &Node<'_>) -> bool {
    match condition["kind"].as_str() {
        Some("and") => items(condition).iter().all(|item| holds(item, node)),
        Some("or") => items(condition).iter().any(|item| holds(item, node)),
        Some("not") => !holds(&condition["condition"], node),
        Some("enum") => {
            let Some(input) = node.input(&condition["enum"]) else { return false };
            let chosen = &input.schema["def"];
            let is_one = values(condition).contains(&chosen);
            is_one && input.shown_when.iter().all(|outer| holds(outer, node))
        }
        Some("type") => condition["ifNotConnected"] == true,
        _ => true,
    }
}

/// The condition in words: `Shape is Oval (fit)`.
pub(super) fn words(condition: &Value, node: &Node<'_>) -> String {
    said(condition, node, false, Around::Nothing)
}

/// Several conditions that hold together, in words.
pub(super) fn all_in_words(conditions: &[&Value], node: &Node<'_>) -> String {
    let around = if conditions.len() > 1 { Around::And } else { Around::Nothing };
    let texts: Vec<String> = conditions.iter().map(|condition| said(condition, node, false, around)).collect();
    texts.join(" and ")
}

/// What stands around a part, and so whether the part needs brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
}

fn said(condition: &Value, node: &Node<'_>, negated: bool, around: Around) -> String {
    match condition["kind"].as_str() {
        Some("not") => said(&condition["condition"], node, !negated, around),
        Some(kind @ ("and" | "or")) => {
            let items = items(condition);
            // Neither of several is: not one and not the other.
            let is_and = (kind == "and") != negated;
            let (inner, word) = if is_and { (Around::And, " and ") } else { (Around::Or, " or ") };
            match items.as_slice() {
                [] if is_and => "always".to_owned(),
                [] => "never".to_owned(),
                [only] => said(only, node, negated, around),
                several => {
                    let texts: Vec<String> = several.iter().map(|item| said(item, node, negated, inner)).collect();
                    let text = texts.join(word);
                    let clear = around == Around::Nothing || around == inner;
                    if clear { text } else { format!("({text})") }
                }
            }
        }
        Some("enum") => {
            let Some(input) = node.input(&condition["enum"]) else { return "never".to_owned() };
            let label = input.label();
            let values = values(condition);
            if let (Some(on), [value]) = (input.switched_on(), values.as_slice()) {
                return format!("{label} is {}", if (*value == on) == negated { "off" } else { "on" });
            }
            let names: Vec<String> = values.iter().map(|value| input.option_label(value)).collect();
            let is = if negated { "is not" } else { "is" };
            format!("{label} {is} {}", either(&names))
        }
        Some("type") => {
            let label = node.input(&condition["input"]).map_or_else(|| "an input".to_owned(), |input| input.label());
            let ty = navi(&condition["condition"]);
            let nothing = condition["ifNotConnected"] == true;
            match (negated, nothing) {
                (false, false) => format!("{label} is connected to {ty}"),
                (false, true) => format!("{label} is connected to {ty}, or to nothing"),
                (true, false) => format!("{label} is not connected to {ty}"),
                (true, true) => format!("{label} is connected to something other than {ty}"),
            }
        }
        _ => "always".to_owned(),
    }
}

/// `A, B or C`.
pub(super) fn either(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => "nothing".to_owned(),
    }
}

/// A type as its author wrote it, or else as Navi writes it; the JSON where it is no type.
pub(super) fn navi(ty: &Value) -> String {
    if let Some(text) = ty.as_str() {
        return text.trim().to_owned();
    }
    Expression::from_json(ty).map_or_else(|_| ty.to_string(), |expression| expression.to_string())
}

fn items(condition: &Value) -> Vec<&Value> {
    condition["items"].as_array().into_iter().flatten().collect()
}

fn values(condition: &Value) -> Vec<&Value> {
    match &condition["values"] {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::fixture::with_book, *};

    #[test]
    fn conditions_are_said_and_judged() {
        let of = |values: &[&str]| json!({"kind": "enum", "enum": 1, "values": values});
        let fast = |value: &str| json!({"kind": "enum", "enum": 3, "values": [value]});
        let connected = |otherwise: bool| json!({"kind": "type", "input": 0, "condition": "Image { channels: 3 }", "ifNotConnected": otherwise});
        let not = |condition: Value| json!({"kind": "not", "condition": condition});
        let several = |kind: &str, items: &[Value]| json!({"kind": kind, "items": items});
        let cases = [
            (of(&["a"]), "Mode is A", true),
            (of(&["b", "c"]), "Mode is B or C", false),
            (not(of(&["b"])), "Mode is not B", true),
            (fast("yes"), "Fast is on", true),
            (fast("no"), "Fast is off", false),
            (not(fast("no")), "Fast is on", true),
            (several("and", &[]), "always", true),
            (several("or", &[]), "never", false),
            (several("and", &[of(&["a"]), fast("no")]), "Mode is A and Fast is off", false),
            (not(several("and", &[of(&["a"]), fast("no")])), "Mode is not A or Fast is on", true),
            (
                several("and", &[several("or", &[of(&["b"]), fast("yes")]), not(of(&["c"]))]),
                "(Mode is B or Fast is on) and Mode is not C",
                true,
            ),
            (connected(true), "Image is connected to Image { channels: 3 }, or to nothing", true),
            (not(connected(true)), "Image is connected to something other than Image { channels: 3 }", false),
            (connected(false), "Image is connected to Image { channels: 3 }", false),
        ];
        with_book(|book| {
            let node = &book.nodes[0];
            for (condition, said, is_true) in &cases {
                assert_eq!(words(condition, node), *said);
                assert_eq!(holds(condition, node), *is_true, "{said}");
            }
            let outer = node.input(&json!(4)).expect("the inner one");
            assert_eq!(all_in_words(&outer.shown_when, node), "Mode is B and Fast is off");
            assert!(!outer.is_shown(node));
        });
    }

    #[test]
    fn what_hangs_on_a_hidden_choice_does_not_hold() {
        with_book(|book| {
            let node = &book.nodes[0];
            let hidden = json!({"kind": "enum", "enum": 2, "values": [1]});
            assert!(!holds(&hidden, node));
        });
    }
}
