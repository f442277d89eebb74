//! Whether two schemas describe the same nodes: prose aside, whatever the order of what has none, however types are written.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chainner_navi::{
    DefinitionKind, Type,
    host::{self, Assignment, InputValue, Node, NodeFunction, main_scope},
    parse_definitions,
};
use serde_json::{Map, Value as Json, json};

use super::compare::items;

/// How a schema is compared: what means the same is made the same.
#[derive(Debug, Clone, Copy)]
pub struct Likeness<'a> {
    /// Ids of the app's (`chainner:…`) that the package had to change.
    pub renamed: &'a HashSet<String>,
    /// What these ids start with in the package.
    pub prefix: &'a str,
}

impl Likeness<'_> {
    /// The schema without prose, with the package's ids, all numbers and texts of types written in one way. Functions among the
    /// definitions of types are left out: they are only there for the types of outputs, see [`type_difference`].
    pub fn comparable(&self, value: &Json) -> Json {
        match value {
            Json::Number(number) => Json::from(number.as_f64()),
            Json::Array(items) => items.iter().map(|item| self.comparable(item)).collect(),
            Json::Object(entries) => Json::Object(self.object(entries)),
            Json::String(text) => match text.strip_prefix("chainner:").filter(|_| self.renamed.contains(text)) {
                Some(rest) => format!("{}:{rest}", self.prefix).into(),
                // Types of the package's own name space, where they stand for the app's.
                None => text.replace(&format!("{}::", self.prefix), "").into(),
            },
            other => other.clone(),
        }
    }

    fn object(&self, entries: &Map<String, Json>) -> Map<String, Json> {
        let mut comparable = Map::new();
        for (key, value) in entries {
            let is = |of: &str| entries.get("kind").is_some_and(|kind| kind == of);
            let value = match (key.as_str(), value) {
                // Prose.
                ("description", _) => continue,
                // An option may lack them or have `null`.
                ("icon" | "condition", Json::Null) => continue,
                // The order means nothing.
                ("values", Json::Array(values)) if is("enum") => sorted(values),
                ("def", Json::String(color)) if is("color") => {
                    serde_json::from_str(color).unwrap_or_else(|_| color.as_str().into())
                }
                // Space means nothing in the texts of the type language.
                ("typeDefinitions", Json::String(text)) => types(&text.replace(&format!("{}::", self.prefix), "")),
                ("type" | "convert" | "adapt" | "expression" | "length", Json::String(text)) => spaced(text),
                ("fields", Json::Object(fields)) => {
                    fields.iter().map(|(field, value)| (field.clone(), field_type(value))).collect()
                }
                ("items", Json::Array(items)) => {
                    items.iter().map(|item| item.as_str().map_or_else(|| item.clone(), spaced)).collect()
                }
                (_, value) => value.clone(),
            };
            comparable.insert(key.clone(), self.comparable(&value));
        }
        comparable
    }
}

/// The types that a text defines, without the functions that go with them.
fn types(text: &str) -> Json {
    match parse_definitions(text) {
        Ok(definitions) => definitions
            .iter()
            .filter(|definition| !matches!(definition.kind, DefinitionKind::Function { .. }))
            .map(|definition| definition.to_string())
            .collect(),
        Err(_) => spaced(text),
    }
}

/// The type of a field. A union of one is that one.
fn field_type(value: &Json) -> Json {
    match value {
        Json::Array(union) if union.len() == 1 => field_type(&union[0]),
        Json::String(text) => spaced(text),
        other => other.clone(),
    }
}

fn sorted(values: &[Json]) -> Json {
    let mut values = values.to_vec();
    values.sort_by_key(Json::to_string);
    values.into()
}

fn spaced(text: &str) -> Json {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Where two values differ.
pub fn differences(place: &str, a: &Json, b: &Json) -> Vec<String> {
    let mut found = Vec::new();
    collect(place, a, b, &mut found);
    found
}

fn collect(place: &str, a: &Json, b: &Json, found: &mut Vec<String>) {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (a, b) = (a.get(key).unwrap_or(&Json::Null), b.get(key).unwrap_or(&Json::Null));
                collect(&format!("{place}/{key}"), a, b, found);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                collect(&format!("{place}/{index}"), a, b, found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{place}: {a} became {b}")),
    }
}

/// Samples of one node.
const SAMPLES: usize = 150;
/// An id that no output has.
const KEY_INFO: i64 = 1 << 40;
/// Types of edges that are tried.
const EDGES: &[&str] = &[
    "Image { width: 640, height: 480, channels: 3 }",
    "Image { width: 31, height: 1000, channels: 4 }",
    "Image { width: 641, height: 17, channels: 1 }",
    "Image { width: 1, height: 1, channels: 3 }",
    "Image { width: 1..100 & int, channels: 1 | 3 }",
    "Image",
    "Color { channels: 3 }",
    "Color { channels: 1 }",
    "3",
    "\"text\"",
    "Directory",
];

/// How the types of the outputs, and what is shown while collapsed, of two nodes with the same inputs differ for the same values, in words; `None` if they do not.
///
/// A type can be written in many ways, so it is not its text that counts: both are evaluated for many samples of what may
/// be connected and chosen.
///
/// # Errors
/// A schema that cannot be read as a node.
pub fn type_difference(given: &Json, own: &Json) -> Result<Option<String>, chainner_navi::Error> {
    let load = |json: &Json| {
        let node = Node::from_json(&with_key_info(json))?;
        let scope = main_scope([&node])?;
        NodeFunction::load(node, &scope)
    };
    let (given_types, own_types) = (load(given)?, load(own)?);
    let edges: Vec<Type> = EDGES.iter().filter_map(|text| host::scope().evaluate_text(text).ok()).collect();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..SAMPLES {
        let mut values = BTreeMap::new();
        let mut words = Vec::new();
        for input in items(&given["inputs"]) {
            let Some(id) = input["id"].as_i64() else { continue };
            let Some(value) = sample(input, &given_types, id, &edges, &mut dice) else { continue };
            words.push(format!("{}: {value:?}", input["label"]));
            values.insert(id, Assignment { value: Some(value), sequence: None });
        }
        let of = |function: &NodeFunction| -> Result<_, chainner_navi::Error> {
            let evaluated = function.evaluate(&values)?;
            let outputs: Vec<_> = evaluated.outputs.iter().map(|(id, of)| format!("{id}: {of}")).collect();
            let sequences: Vec<_> = evaluated.output_sequences.iter().map(|(id, of)| format!("{id}: {of}")).collect();
            let errors: Vec<_> = evaluated.output_errors.iter().map(|error| error.output_id).collect();
            Ok((outputs, sequences, errors))
        };
        let (given, own) = (of(&given_types)?, of(&own_types)?);
        if given != own {
            return Ok(Some(format!("for {}: {given:?} became {own:?}", words.join(", "))));
        }
    }
    Ok(None)
}

/// The node with an output more: what it shows while it is collapsed, if that is computed.
fn with_key_info(node: &Json) -> Json {
    let mut node = node.clone();
    let expression = node["keyInfo"]["expression"].clone();
    if let (false, Some(outputs)) = (expression.is_null(), node["outputs"].as_array_mut()) {
        outputs.push(json!({"id": KEY_INFO, "label": "what is shown while collapsed", "type": expression}));
    }
    node
}

/// A value for an input: one of its options, a number of its range, an edge that it takes, or nothing.
fn sample(input: &Json, function: &NodeFunction, id: i64, edges: &[Type], dice: &mut Dice) -> Option<InputValue> {
    match input["kind"].as_str() {
        Some("dropdown") => InputValue::from_json(&dice.one_of(items(&input["options"]))?["value"]),
        Some("number" | "slider") => {
            let (min, max) = (input["min"].as_f64(), input["max"].as_f64());
            let start = min.unwrap_or(-40.0);
            let width = max.map_or(700.0, |max| max - start);
            let whole = dice.next().is_multiple_of(4);
            let drawn = start + width * (dice.next() % 64) as f64 / 64.0;
            let is_int = input["type"].to_string().contains("int");
            Some(InputValue::Number(if whole || is_int { drawn.round().max(start) } else { drawn }))
        }
        Some("text" | "color") => InputValue::from_json(&input["def"]),
        _ => {
            let taken: Vec<&Type> = edges
                .iter()
                .filter(|edge| function.input(id).is_some_and(|to| host::assign(edge, to).is_some()))
                .collect();
            dice.one_of(&taken).map(|edge| InputValue::Edge((*edge).clone()))
        }
    }
}

/// xorshift64 (G. Marsaglia, *Xorshift RNGs*, 2003): the same samples in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = self.next().checked_rem(of.len() as u64)?;
        of.get(usize::try_from(index).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(output: &str) -> Json {
        json!({
            "schemaId": "acme:a:b", "kind": "regularNode", "iteratorInputs": [], "iteratorOutputs": [],
            "inputs": [{"id": 0, "label": "Image", "kind": "generic", "type": "Image", "conversions": []},
                {"id": 1, "label": "Amount", "kind": "number", "type": "int(0..inf)", "min": 0, "max": null, "conversions": []}],
            "outputs": [{"id": 0, "label": "Image", "type": output}],
        })
    }

    #[test]
    fn types_count_not_their_texts() {
        let given = node("Image { width: Input0.width + Input1 * 2 }");
        let same = node("let w = Input0.width; Image { width: w + Input1 + Input1 }");
        let other = node("Image { width: Input0.width + Input1 }");
        assert_eq!(type_difference(&given, &same).expect("types"), None);
        let told = type_difference(&given, &other).expect("types").expect("they differ");
        assert!(told.contains("Amount"), "{told}");
    }

    #[test]
    fn prose_space_and_order_do_not_count_but_values_do() {
        let likeness = Likeness { renamed: &HashSet::from(["chainner:a:b".to_owned()]), prefix: "acme" };
        let a = json!({"description": "x", "type": "a  |\n b", "min": 1, "seeAlso": ["chainner:a:b"], "icon": null,
            "condition": {"kind": "enum", "values": [1, 0]}});
        let b = json!({"description": "y", "type": "a | b", "min": 1.0, "seeAlso": ["acme:a:b"],
            "condition": {"kind": "enum", "values": [0, 1]}});
        assert_eq!(differences("", &likeness.comparable(&a), &likeness.comparable(&b)), [""; 0]);
        let c = json!({"type": "a | b", "min": 2, "seeAlso": [], "condition": {"kind": "enum", "values": [0]}});
        let told = differences("", &likeness.comparable(&a), &likeness.comparable(&c));
        assert_eq!(told.len(), 3, "{told:?}");
    }
}
