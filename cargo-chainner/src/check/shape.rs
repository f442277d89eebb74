//! Keys that the app needs in each part of the schema, and what may stand there.

use chainner_sdk::library::Place;
use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Input, Node, list, text},
};

/// What may stand under a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    TextOrNull,
    Flag,
    Number,
    NumberOrNull,
    Id,
    IdOrNull,
    List,
    ListOrNull,
    Object,
    ObjectOrNull,
    TextOrNumber,
    /// An expression of the type language.
    Type,
    TypeOrNull,
}

use Form::*;

/// Keys of a part of the schema.
type Keys = &'static [(&'static str, Form)];

const PACKAGE: Keys = &[
    ("id", Text),
    ("name", Text),
    ("description", Text),
    ("icon", Text),
    ("color", Text),
    ("dependencies", List),
    ("features", List),
    ("settings", List),
];
const CATEGORY: Keys = &[
    ("id", Text),
    ("name", Text),
    ("description", Text),
    ("icon", Text),
    ("color", Text),
    ("installHint", TextOrNull),
    ("groups", List),
];
const CATEGORY_GROUP: Keys = &[("id", Text), ("category", Text), ("name", Text), ("order", List)];
const NODE: Keys = &[
    ("schemaId", Text),
    ("name", Text),
    ("category", Text),
    ("nodeGroup", Text),
    ("inputs", List),
    ("outputs", List),
    ("groupLayout", List),
    ("iteratorInputs", List),
    ("iteratorOutputs", List),
    ("keyInfo", ObjectOrNull),
    ("suggestions", List),
    ("description", Text),
    ("seeAlso", List),
    ("icon", Text),
    ("kind", Text),
    ("hasSideEffects", Flag),
    ("deprecated", Flag),
    ("features", List),
];
const INPUT: Keys = &[
    ("id", Id),
    ("type", Type),
    ("conversions", List),
    ("adapt", TypeOrNull),
    ("typeDefinitions", TextOrNull),
    ("kind", Text),
    ("label", Text),
    ("optional", Flag),
    ("hasHandle", Flag),
    ("description", TextOrNull),
    ("hint", Flag),
    ("suggest", Flag),
    ("fused", ObjectOrNull),
];
const NUMBER: Keys = &[
    ("min", NumberOrNull),
    ("max", NumberOrNull),
    ("def", NumberOrNull),
    ("precision", Number),
    ("controlsStep", Number),
    ("unit", TextOrNull),
    ("noteExpression", TextOrNull),
    ("hideTrailingZeros", Flag),
    ("labelStyle", Text),
];
const SLIDER: Keys = &[("ends", List), ("sliderStep", Number), ("gradient", ListOrNull), ("scale", Text)];
const DROPDOWN: Keys =
    &[("options", List), ("def", TextOrNumber), ("preferredStyle", Text), ("labelStyle", Text), ("groups", List)];
const OPTION: Keys = &[("option", Text), ("value", TextOrNumber)];
/// Input kinds, each with its own keys.
const INPUT_KINDS: &[(&str, &[Keys])] = &[
    ("generic", &[]),
    ("number", &[NUMBER]),
    ("slider", &[NUMBER, SLIDER]),
    // The text of a clipboard has no other key.
    ("text", &[&[("labelStyle", Text)]]),
    ("dropdown", &[DROPDOWN]),
    ("file", &[&[("filetypes", List), ("fileKind", Text), ("primaryInput", Flag)]]),
    ("directory", &[&[("labelStyle", Text)]]),
    ("color", &[&[("def", Text), ("channels", ListOrNull)]]),
    ("static", &[&[("value", Text)]]),
];
const OUTPUT: Keys = &[
    ("id", Id),
    ("type", Type),
    ("label", Text),
    ("neverReason", TextOrNull),
    ("kind", Text),
    ("hasHandle", Flag),
    ("passthroughOf", IdOrNull),
    ("description", TextOrNull),
    ("suggest", Flag),
];
const OUTPUT_KINDS: &[&str] = &["generic", "large-image", "tagged"];
const LAYOUT_GROUP: Keys = &[("id", Id), ("kind", Text), ("options", Object), ("items", List)];
const ITERATOR: Keys = &[("id", Id), ("sequenceType", Type)];

/// Words that the app draws by; it takes others without a word.
const WORDS: &[(&str, &[&str])] = &[
    ("labelStyle", &["default", "inline", "hidden"]),
    ("scale", &["linear", "log", "log-offset", "sqrt"]),
    ("preferredStyle", &["dropdown", "checkbox", "tabs", "icons", "anchor"]),
];

impl Form {
    fn takes(self, json: &Value) -> bool {
        match self {
            Text => json.is_string(),
            TextOrNull => json.is_string() || json.is_null(),
            Flag => json.is_boolean(),
            Number => json.is_number(),
            NumberOrNull => json.is_number() || json.is_null(),
            Id => super::subject::whole(json).is_some(),
            IdOrNull => json.is_null() || super::subject::whole(json).is_some(),
            List => json.is_array(),
            ListOrNull => json.is_array() || json.is_null(),
            Object => json.is_object(),
            ObjectOrNull => json.is_object() || json.is_null(),
            TextOrNumber => json.is_string() || json.is_number(),
            Type => !json.is_null(),
            TypeOrNull => true,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Text => "a text",
            TextOrNull => "a text or null",
            Flag => "true or false",
            Number => "a number",
            NumberOrNull => "a number or null",
            Id => "a whole number from 0",
            IdOrNull => "a whole number from 0, or null",
            List => "a list",
            ListOrNull => "a list or null",
            Object => "an object",
            ObjectOrNull => "an object or null",
            TextOrNumber => "a text or a number",
            Type => "a type",
            TypeOrNull => "a type or null",
        }
    }
}

/// Missing keys, and what cannot stand under a key.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let schema = subject.schema;
    let top: Keys = match subject.built() {
        Some(_) => &[("package", Object), ("categories", List), ("nodes", List)],
        None => &[("categories", List), ("nodes", List)],
    };
    part(schema, top, "the schema", &|_| subject.place(""), findings);
    if schema["package"].is_object() {
        part(&schema["package"], PACKAGE, "the package", &|_| subject.place("/package"), findings);
    }
    for (index, category) in subject.categories().iter().enumerate() {
        let what = format!("category \"{}\"", text(category, "name"));
        part(category, CATEGORY, &what, &|_| subject.place(&format!("/categories/{index}")), findings);
        for (place, group) in list(category, "groups").iter().enumerate() {
            let what = format!("group \"{}\" of {what}", text(group, "name"));
            let place = || subject.place(&format!("/categories/{index}/groups/{place}"));
            part(group, CATEGORY_GROUP, &what, &|_| place(), findings);
        }
    }
    for node in subject.nodes() {
        self::node(&node, findings);
    }
    let Some(package) = subject.built() else { return };
    let (schemas, descriptions) = (list(schema, "nodes").len(), package.description.nodes.len());
    if schemas != descriptions {
        let message = format!("the schema has {schemas} nodes, and the package describes {descriptions}");
        findings.error(Code::BadShape, message).help("upgrade chainner-sdk and cargo-chainner to the same version");
    }
}

fn part(json: &Value, keys: &[(&str, Form)], what: &str, place: &dyn Fn(&str) -> Place, findings: &mut Findings) {
    for (key, form) in keys {
        let found = match json.get(key) {
            Some(found) if form.takes(found) => continue,
            Some(found) => format!("is {}", kind(found)),
            None => "is missing".to_owned(),
        };
        let message = format!("`{key}` of {what} {found}, and has to be {}", form.expected());
        findings
            .error(Code::BadShape, message)
            .at(place(&format!("/{key}")))
            .help("send every key: what chainner-sdk and cargo-chainner of one version make has them all");
    }
}

fn kind(json: &Value) -> String {
    match json {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text \"{text}\""),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn node(node: &Node<'_>, findings: &mut Findings) {
    part(node.schema, NODE, &node.called(), &|key| node.part(key), findings);
    for input in node.inputs() {
        self::input(&input, findings);
    }
    for output in node.outputs() {
        part(output.schema, OUTPUT, &output.called(), &|key| output.part(key), findings);
        let kind = text(output.schema, "kind");
        if output.schema["kind"].is_string() && !OUTPUT_KINDS.contains(&kind) {
            let message =
                format!("{} is of the unknown kind `{kind}`, which crashes the app when it is drawn", output.called());
            let help = format!("the kinds are `{}`", OUTPUT_KINDS.join("`, `"));
            findings.error(Code::UnknownKind, message).at(output.part("/kind")).help(help);
        }
    }
    for (index, item) in list(node.schema, "groupLayout").iter().enumerate() {
        group(node, item, &format!("/groupLayout/{index}"), findings);
    }
    for key in ["iteratorInputs", "iteratorOutputs"] {
        for (index, iterator) in list(node.schema, key).iter().enumerate() {
            let what = format!("`{key}` of {}", node.called());
            part(iterator, ITERATOR, &what, &|_| node.part(&format!("/{key}/{index}")), findings);
        }
    }
}

fn group(node: &Node<'_>, item: &Value, pointer: &str, findings: &mut Findings) {
    if item.is_object() {
        let what = format!("a group of {}", node.called());
        part(item, LAYOUT_GROUP, &what, &|key| node.part(&format!("{pointer}{key}")), findings);
        for (index, inner) in list(item, "items").iter().enumerate() {
            group(node, inner, &format!("{pointer}/items/{index}"), findings);
        }
    }
}

fn input(input: &Input<'_>, findings: &mut Findings) {
    part(input.schema, INPUT, &input.called(), &|key| input.part(key), findings);
    let kind = input.kind();
    let Some((_, keys)) = INPUT_KINDS.iter().find(|(known, _)| *known == kind) else {
        if input.schema["kind"].is_string() {
            let kinds: Vec<&str> = INPUT_KINDS.iter().map(|(known, _)| *known).collect();
            let message = format!("{} is of the unknown kind `{kind}`", input.called());
            let help = format!("the kinds are `{}`", kinds.join("`, `"));
            findings.error(Code::UnknownKind, message).at(input.part("/kind")).help(help);
        }
        return;
    };
    for keys in *keys {
        part(input.schema, keys, &input.called(), &|key| input.part(key), findings);
    }
    for (index, option) in list(input.schema, "options").iter().enumerate() {
        let what = format!("an option of {}", input.called());
        part(option, OPTION, &what, &|key| input.part(&format!("/options/{index}{key}")), findings);
        if option.get("type").is_some_and(Value::is_null) {
            let message = format!(
                "`type` of the option \"{}\" of {} is null, and has to be a type, or absent",
                text(option, "option"),
                input.called()
            );
            let help = "leave the key out";
            findings.error(Code::BadShape, message).at(input.part(&format!("/options/{index}/type"))).help(help);
        }
    }
    for (key, words) in WORDS {
        if let Some(word) = input.schema[*key].as_str()
            && !words.contains(&word)
        {
            let message = format!("`{key}` of {} is the unknown \"{word}\"", input.called());
            let help = format!("the app knows \"{}\"", words.join("\", \""));
            findings.warning(Code::UnknownKind, message).at(input.part(&format!("/{key}"))).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    #[test]
    fn missing_keys_and_null_are_found() {
        assert!(errors(&Fixture::sound()).is_empty());
        for (pointer, key) in [
            ("/nodes/0", "suggestions"),
            ("/nodes/0/inputs/0", "conversions"),
            ("/package", "color"),
            ("", "categories"),
        ] {
            let mut fixture = Fixture::sound();
            let part = fixture.schema_at(pointer).as_object_mut().expect("an object");
            part.remove(key);
            assert!(errors(&fixture).contains(&Code::BadShape), "{pointer} without {key}");
        }
        for pointer in ["/nodes/0/inputs/0/type", "/nodes/0/inputs/2/options/0/type"] {
            let mut fixture = Fixture::sound();
            *fixture.schema_at(pointer) = Value::Null;
            assert_eq!(errors(&fixture), [Code::BadShape], "{pointer}");
        }
    }

    #[test]
    fn kinds_that_the_app_does_not_know_are_found() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/inputs/0")["kind"] = "knob".into();
        assert_eq!(errors(&fixture), [Code::UnknownKind]);
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0/inputs/1")["labelStyle"] = "bold".into();
        assert_eq!(warnings(&fixture), [Code::UnknownKind]);
    }

    #[test]
    fn schema_and_description_hold_the_same_nodes() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes").as_array_mut().expect("a list").clear();
        assert!(errors(&fixture).contains(&Code::BadShape));
    }
}
