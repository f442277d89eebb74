//! What `check` finds in a schema: one sound schema, spoilt in one way a row, and the one code that each row has.
//!
//! The rows are what the app's front end was seen to refuse, and what it takes and then mishandles.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use cargo_chainner::{check, codes::Code, shell::Level};
use serde_json::{Value, json};

/// One way to spoil the schema.
enum Change {
    /// Puts a value at a place; a last `-` adds to a list.
    Set(&'static str, Value),
    /// Takes a key out.
    Remove(&'static str),
}

use Change::{Remove, Set};
use Level::{Error, Warning};

/// What is spoilt, how, and what has to be found: nothing else may be.
type Row = (&'static str, Vec<Change>, Level, Code);

fn sound() -> Value {
    serde_json::from_str(include_str!("schemas/sound.json")).expect("JSON")
}

fn spoilt(changes: &[Change]) -> Value {
    let mut schema = sound();
    for change in changes {
        let (Set(pointer, _) | Remove(pointer)) = change;
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        match (schema.pointer_mut(parent), change) {
            (Some(Value::Object(parent)), Set(_, value)) => drop(parent.insert(key.to_owned(), value.clone())),
            (Some(Value::Object(parent)), Remove(_)) => drop(parent.remove(key).expect("a key")),
            (Some(Value::Array(parent)), Set(_, value)) if key == "-" => parent.push(value.clone()),
            (Some(Value::Array(parent)), Set(_, value)) => {
                parent[key.parse::<usize>().expect("an index")] = value.clone()
            }
            (Some(Value::Array(parent)), Remove(_)) => drop(parent.remove(key.parse().expect("an index"))),
            _ => panic!("nothing at {pointer}"),
        }
    }
    schema
}

#[track_caller]
fn has_exactly(rows: Vec<Row>) {
    let mut failed = Vec::new();
    for (what, changes, level, code) in rows {
        let findings = check::schema("sound.json", &spoilt(&changes));
        let found: BTreeSet<(Level, Code)> = findings.0.iter().map(|finding| (finding.level, finding.code)).collect();
        if found != BTreeSet::from([(level, code)]) {
            failed.push(format!("{what}: {:#?}", findings.0));
        }
        for finding in &findings.0 {
            let place = finding.places.first().map(|place| place.file.as_str()).unwrap_or_default();
            assert!(place.starts_with("sound.json#/"), "{what} points nowhere: {finding:?}");
            assert!(finding.help.as_ref().is_some_and(|help| !help.is_empty()), "{what} has no help: {finding:?}");
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_schema_that_is_spoilt_is_sound() {
    assert_eq!(check::schema("sound.json", &sound()).0, []);
}

#[test]
fn type_definitions() {
    let at = "/nodes/0/inputs/2/typeDefinitions";
    let text = |definitions: &str| vec![Set(at, json!(definitions))];
    let mode = "enum acme::Mode { Full, Half } ";
    has_exactly(vec![
        (
            "text that does not parse",
            vec![Set("/nodes/1/inputs/0/typeDefinitions", json!("struct acme::A {"))],
            Error,
            Code::DefinitionSyntax,
        ),
        (
            "malformed name",
            vec![Set("/nodes/1/inputs/0/typeDefinitions", json!("let film-lab::A = 1;"))],
            Error,
            Code::DefinitionSyntax,
        ),
        ("intrinsic", text(&format!("{mode} intrinsic def acme::f(a: string): string;")), Error, Code::Intrinsic),
        ("name of the app", text(&format!("{mode} struct Image;")), Error, Code::TypeName),
        ("function of the app", text(&format!("{mode} def round(x: number) = x;")), Error, Code::TypeName),
        ("name of an app's node", text(&format!("{mode} enum BlendMode {{ A }}")), Error, Code::TypeName),
        ("name twice in a text", text(&format!("{mode} struct acme::A; struct acme::A;")), Error, Code::TypeName),
        (
            "name in two texts",
            vec![Set("/nodes/1/inputs/0/typeDefinitions", json!("enum acme::Mode { Full }"))],
            Error,
            Code::TypeName,
        ),
        ("definition of an unknown type", text(&format!("{mode} let acme::A = Imgae;")), Error, Code::UnknownType),
    ]);
}

#[test]
fn types_of_inputs() {
    let image = |ty: Value| vec![Set("/nodes/2/inputs/0/type", ty), Set("/nodes/2/outputs/0/type", json!("Image"))];
    has_exactly(vec![
        ("syntax", image(json!("Image {")), Error, Code::TypeSyntax),
        ("character", image(json!("Image § Color")), Error, Code::TypeSyntax),
        ("JSON of no expression", image(json!({"type": "unison", "items": []})), Error, Code::TypeSyntax),
        ("interval that is none", image(json!({"type": "interval", "min": 3, "max": 1})), Error, Code::TypeSyntax),
        ("unknown name", image(json!("Imgae")), Error, Code::UnknownType),
        ("unknown struct", image(json!("Imgae { width: 1 }")), Error, Code::UnknownType),
        ("unknown field", image(json!("Image { widht: 1 }")), Error, Code::UnknownType),
        ("unknown function", image(json!("ruond(1)")), Error, Code::UnknownType),
        (
            "unknown name in JSON",
            image(json!({"type": "named", "name": "Imgae", "fields": null})),
            Error,
            Code::UnknownType,
        ),
        ("unknown input", image(json!("Input7")), Error, Code::UnknownType),
        ("field outside of its type", image(json!("Image { width: \"wide\" }")), Error, Code::TypeMistake),
        ("argument outside of its type", image(json!("round(\"x\")")), Error, Code::TypeMistake),
        ("arguments", image(json!("round(1, 2)")), Error, Code::TypeMistake),
        ("null", image(json!(null)), Error, Code::BadShape),
        (
            "missing",
            vec![Remove("/nodes/2/inputs/0/type"), Set("/nodes/2/outputs/0/type", json!("Image"))],
            Error,
            Code::BadShape,
        ),
        ("never", image(json!("never")), Error, Code::NeverType),
        ("empty intersection", image(json!("Image & Color")), Error, Code::NeverType),
        ("needs itself", image(json!("Input0")), Error, Code::CyclicType),
        (
            "needs another that needs it",
            vec![Set("/nodes/0/inputs/12/type", json!("Input13")), Set("/nodes/0/inputs/13/type", json!("Input12"))],
            Error,
            Code::CyclicType,
        ),
    ]);
}

#[test]
fn types_of_outputs() {
    let output = |ty: Value| vec![Set("/nodes/0/outputs/1/type", ty)];
    has_exactly(vec![
        ("syntax", output(json!("Input1 *")), Error, Code::TypeSyntax),
        ("unknown name", output(json!("Nubmer")), Error, Code::UnknownType),
        ("unknown input", output(json!("Input77")), Error, Code::UnknownType),
        ("unknown field", output(json!("Input0.wdth")), Error, Code::TypeMistake),
        ("null", output(json!(null)), Error, Code::BadShape),
        ("missing", vec![Remove("/nodes/0/outputs/1/type")], Error, Code::BadShape),
        ("never", output(json!("Input0 & string")), Error, Code::NeverType),
        ("only an error", output(json!("error(\"no\")")), Error, Code::OnlyError),
        ("needs itself", output(json!("Output1")), Error, Code::CyclicType),
        (
            "names an input in a spread only",
            output(json!("Image { ...Input0, channels: 1 }")),
            Warning,
            Code::HiddenReference,
        ),
    ]);
}

#[test]
fn options_conversions_and_adapt() {
    let option = "/nodes/0/inputs/2/options/0/type";
    let conversion = |from: Value, convert: Value| {
        vec![
            Set("/nodes/0/inputs/6/conversions", json!([{"type": from, "convert": convert}])),
            Set("/nodes/0/inputs/7/conversions", json!([{"type": from, "convert": convert}])),
        ]
    };
    let adapt = |adapt: Value| vec![Set("/nodes/1/inputs/0/adapt", adapt)];
    has_exactly(vec![
        ("option null", vec![Set(option, json!(null))], Error, Code::BadShape),
        ("option never", vec![Set(option, json!("never"))], Error, Code::NeverType),
        ("option unknown", vec![Set(option, json!("acme::Mode::Ful"))], Error, Code::UnknownType),
        (
            "option of another type",
            vec![Set("/nodes/0/inputs/10/options/1/type", json!("\"em\""))],
            Warning,
            Code::OptionType,
        ),
        ("conversions null", vec![Set("/nodes/1/inputs/0/conversions", json!(null))], Error, Code::BadShape),
        ("conversions missing", vec![Remove("/nodes/1/inputs/0/conversions")], Error, Code::BadShape),
        ("conversion without type", conversion(json!(null), json!("1")), Error, Code::BadShape),
        ("conversion unknown", conversion(json!("number"), json!("ruond(Input)")), Error, Code::UnknownType),
        ("conversion syntax", conversion(json!("number"), json!("round(Input")), Error, Code::TypeSyntax),
        ("conversion of never", conversion(json!("1 & 2"), json!("Input")), Error, Code::NeverType),
        ("conversion mistake", conversion(json!("string"), json!("round(Input)")), Error, Code::TypeMistake),
        ("adapt syntax", adapt(json!("match Input {")), Error, Code::TypeSyntax),
        ("adapt unknown", adapt(json!("match Input { _ => Drectory }")), Error, Code::UnknownType),
        (
            "adapt leaves numbers over",
            adapt(json!("match Input { string as p => Directory { path: p } }")),
            Error,
            Code::Adapt,
        ),
    ]);
}

#[test]
fn missing_keys() {
    let mut rows = Vec::new();
    for key in [
        "/nodes/1/iteratorInputs",
        "/nodes/3/groupLayout",
        "/nodes/3/suggestions",
        "/nodes/3/features",
        "/nodes/3/deprecated",
        "/nodes/3/keyInfo",
        "/nodes/3/hasSideEffects",
        "/nodes/3/inputs/0/hint",
        "/nodes/3/outputs/0/hasHandle",
        "/nodes/0/inputs/3/sliderStep",
        "/nodes/0/inputs/2/preferredStyle",
        "/nodes/0/inputs/12/fileKind",
        "/nodes/0/inputs/17/labelStyle",
        "/package/settings",
        "/categories/0/installHint",
    ] {
        if key != "/nodes/3/groupLayout" {
            rows.push((key, vec![Remove(key)], Error, Code::BadShape));
        }
    }
    rows.push(("flag that is text", vec![Set("/nodes/3/deprecated", json!("no"))], Error, Code::BadShape));
    rows.push((
        "id that is text",
        vec![Set("/nodes/1/iteratorOutputs/0/id", json!("0")), Set("/nodes/1/outputs/1/type", json!("uint"))],
        Error,
        Code::BadShape,
    ));
    has_exactly(rows.into_iter().filter(|(key, ..)| *key != "id that is text").collect());

    // Without a layout no input stands in it.
    let findings = check::schema("sound.json", &spoilt(&[Remove("/nodes/3/groupLayout")]));
    let codes: Vec<Code> = findings.0.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::BadShape, Code::Layout]);
}

#[test]
fn kinds() {
    has_exactly(vec![
        ("of a node", vec![Set("/nodes/0/kind", json!("regularnode"))], Error, Code::UnknownKind),
        ("of an input", vec![Set("/nodes/3/inputs/0/kind", json!("knob"))], Error, Code::UnknownKind),
        ("of an output", vec![Set("/nodes/3/outputs/0/kind", json!("huge-image"))], Error, Code::UnknownKind),
        ("of a group", vec![Set("/nodes/0/groupLayout/5/kind", json!("sed"))], Error, Code::UnknownKind),
        ("label style", vec![Set("/nodes/0/inputs/1/labelStyle", json!("bold"))], Warning, Code::UnknownKind),
        ("scale of a slider", vec![Set("/nodes/0/inputs/3/scale", json!("cubic"))], Warning, Code::UnknownKind),
    ]);
}

#[test]
fn layouts() {
    has_exactly(vec![
        ("repeated input", vec![Set("/nodes/0/groupLayout/-", json!(0))], Error, Code::Layout),
        ("repeated input in a group", vec![Set("/nodes/0/groupLayout/3/items/-", json!(0))], Error, Code::Layout),
        ("unknown input", vec![Set("/nodes/0/groupLayout/-", json!(77))], Error, Code::Layout),
        ("item that is nothing", vec![Set("/nodes/0/groupLayout/-", json!("Image"))], Error, Code::Layout),
        ("forgotten input", vec![Remove("/nodes/0/groupLayout/0")], Error, Code::Layout),
        ("two groups of one id", vec![Set("/nodes/0/groupLayout/5/id", json!(0))], Warning, Code::DuplicateGroupId),
    ]);
}

#[test]
fn groups() {
    let group = |index: usize, items: Value| {
        (Box::leak(format!("/nodes/0/groupLayout/{index}/items").into_boxed_str()) as &str, items)
    };
    let moved = |index: usize, items: Value, rest: &[u64]| {
        let (pointer, items) = group(index, items);
        let mut changes = vec![Set(pointer, items)];
        changes.extend(rest.iter().map(|id| Set("/nodes/0/groupLayout/-", json!(id))));
        changes
    };
    let empty = json!([]);
    has_exactly(vec![
        ("conditional, empty", moved(3, empty.clone(), &[3]), Error, Code::GroupRule),
        ("required, empty", moved(4, empty.clone(), &[4]), Error, Code::GroupRule),
        ("required, not optional", vec![Set("/nodes/0/inputs/4/optional", json!(false))], Error, Code::GroupRule),
        (
            "required, not generic",
            vec![
                Set("/nodes/0/groupLayout/4/items", json!([4, 14])),
                Set("/nodes/0/groupLayout/10/items", json!([15])),
            ],
            Error,
            Code::GroupRule,
        ),
        ("optional-list, empty", moved(10, empty.clone(), &[14, 15]), Error, Code::GroupRule),
        ("optional-list, not optional", vec![Set("/nodes/0/inputs/14/optional", json!(false))], Error, Code::GroupRule),
        (
            "optional-list, not optional in a group",
            vec![
                Set("/nodes/0/inputs/14/optional", json!(false)),
                Set(
                    "/nodes/0/groupLayout/10/items",
                    json!([15, {"id": 9, "kind": "conditional", "options": {"condition": {"kind": "and", "items": []}}, "items": [14]}]),
                ),
            ],
            Error,
            Code::GroupRule,
        ),
        ("seed, empty", moved(5, empty.clone(), &[5]), Error, Code::GroupRule),
        (
            "seed, two",
            vec![Set("/nodes/0/groupLayout/5/items", json!([5, 1])), Remove("/nodes/0/groupLayout/1")],
            Error,
            Code::GroupRule,
        ),
        (
            "seed, no number",
            vec![Set("/nodes/0/groupLayout/5/items", json!([16])), Set("/nodes/0/groupLayout/11", json!(5))],
            Error,
            Code::GroupRule,
        ),
        ("linked-inputs, one", moved(6, json!([6]), &[7]), Error, Code::GroupRule),
        ("linked-inputs, unlike", vec![Set("/nodes/0/inputs/7/unit", json!("px"))], Error, Code::GroupRule),
        (
            "linked-inputs, of two kinds",
            vec![Set("/nodes/0/groupLayout/6/items", json!([6, 19])), Set("/nodes/0/groupLayout/14", json!(7))],
            Error,
            Code::GroupRule,
        ),
        (
            "linked-inputs, a group",
            vec![
                Set(
                    "/nodes/0/groupLayout/6/items",
                    json!([6, 7, {"id": 9, "kind": "seed", "options": {}, "items": [5]}]),
                ),
                Remove("/nodes/0/groupLayout/5"),
            ],
            Error,
            Code::GroupRule,
        ),
        (
            "icon-set, empty",
            vec![
                Set("/nodes/0/groupLayout/7/items/0/items", json!([])),
                Set("/nodes/0/groupLayout/-", json!(8)),
                Set("/nodes/0/groupLayout/-", json!(9)),
            ],
            Error,
            Code::GroupRule,
        ),
        (
            "icon-set, no check box",
            vec![Set("/nodes/0/inputs/8/preferredStyle", json!("tabs"))],
            Error,
            Code::GroupRule,
        ),
        ("icon-set, no label", vec![Remove("/nodes/0/groupLayout/7/items/0/options/label")], Error, Code::GroupRule),
        ("menu-icon-row, empty", moved(7, empty, &[8, 9]), Error, Code::GroupRule),
        (
            "menu-icon-row, not drawn",
            vec![Set("/nodes/0/groupLayout/7/items/-", json!(16)), Remove("/nodes/0/groupLayout/11")],
            Warning,
            Code::GroupRule,
        ),
        ("from-to-dropdowns, one", moved(8, json!([10]), &[11]), Error, Code::GroupRule),
        (
            "from-to-dropdowns, no choice",
            vec![Set("/nodes/0/groupLayout/8/items", json!([10, 19])), Set("/nodes/0/groupLayout/14", json!(11))],
            Error,
            Code::GroupRule,
        ),
        ("ncnn-file-inputs, one", moved(9, json!([12]), &[13]), Error, Code::GroupRule),
        (
            "ncnn-file-inputs, no file",
            vec![Set("/nodes/0/groupLayout/9/items", json!([12, 17])), Set("/nodes/0/groupLayout/12", json!(13))],
            Error,
            Code::GroupRule,
        ),
    ]);
}

#[test]
fn conditions() {
    let at = "/nodes/0/groupLayout/3/options/condition";
    let with = |condition: Value| vec![Set(at, condition)];
    let asks = |input: u32, values: Value| with(json!({"kind": "enum", "enum": input, "values": values}));
    let typed =
        |input: u32, ty: Value| with(json!({"kind": "type", "input": input, "condition": ty, "ifNotConnected": true}));
    has_exactly(vec![
        ("no such input", asks(77, json!(["full"])), Error, Code::Condition),
        ("no choice", asks(1, json!([1])), Error, Code::Condition),
        ("choice with a handle", vec![Set("/nodes/0/inputs/2/hasHandle", json!(true))], Error, Code::Condition),
        ("unknown value", asks(2, json!(["quarter"])), Error, Code::Condition),
        ("no value", asks(2, json!([])), Error, Code::Condition),
        ("no list", asks(2, json!("full")), Error, Code::Condition),
        ("no values", with(json!({"kind": "enum", "enum": 2})), Error, Code::Condition),
        ("unknown kind", with(json!({"kind": "xor", "items": []})), Error, Code::Condition),
        (
            "unknown kind inside",
            with(json!({"kind": "not", "condition": {"kind": "or", "items": [{"kind": "eum"}]}})),
            Error,
            Code::Condition,
        ),
        ("none", vec![Remove(at)], Error, Code::Condition),
        ("items missing", with(json!({"kind": "and"})), Error, Code::Condition),
        ("of an option", vec![Set("/nodes/0/inputs/10/options/1/condition/enum", json!(77))], Error, Code::Condition),
        ("type of no such input", typed(77, json!("Image")), Error, Code::Condition),
        ("no type", typed(0, json!(null)), Error, Code::Condition),
        ("type never", typed(0, json!("Image & Color")), Error, Code::ConditionType),
        ("type of the node's own", typed(0, json!("acme::Mode")), Error, Code::ConditionType),
        ("unknown type", typed(0, json!("Imgae")), Error, Code::ConditionType),
        ("type that does not parse", typed(0, json!("Image {")), Error, Code::TypeSyntax),
    ]);
}

#[test]
fn ids() {
    let node = sound()["nodes"][3].clone();
    let renamed = |name: &str| {
        let mut node = node.clone();
        node["name"] = json!(name);
        node
    };
    has_exactly(vec![
        (
            "of two inputs",
            vec![Set("/nodes/0/inputs/17/id", json!(16)), Remove("/nodes/0/groupLayout/12")],
            Error,
            Code::DuplicateInputId,
        ),
        ("of two outputs", vec![Set("/nodes/0/outputs/1/id", json!(0))], Error, Code::DuplicateOutputId),
        ("of two nodes", vec![Set("/nodes/-", renamed("Backwards"))], Error, Code::DuplicateNodeId),
        (
            "of two groups of nodes",
            vec![Set(
                "/categories/0/groups/-",
                json!({"id": "acme/tone", "category": "acme", "name": "Tones", "order": []}),
            )],
            Error,
            Code::DuplicateCategory,
        ),
        ("of two features", vec![Set("/package/features/-", json!({"id": "acme_gpu"}))], Error, Code::DuplicateFeature),
        (
            "that an output passes through",
            vec![Set("/nodes/0/outputs/0/passthroughOf", json!(77))],
            Error,
            Code::PassThrough,
        ),
        (
            "that an input is fused with",
            vec![Set("/nodes/0/inputs/0/fused", json!({"outputId": 7}))],
            Warning,
            Code::Fused,
        ),
        (
            "that a suggestion sets",
            vec![Set("/nodes/0/suggestions/0/inputs", json!({"77": 1}))],
            Warning,
            Code::Suggestion,
        ),
        (
            "that a suggestion reads a number into",
            vec![Set("/nodes/0/suggestions/0/parseInput", json!(0))],
            Warning,
            Code::Suggestion,
        ),
        ("of an unknown feature", vec![Set("/nodes/0/features", json!(["acme_tpu"]))], Error, Code::NodeFeature),
        ("of an unknown node", vec![Set("/nodes/0/seeAlso", json!(["acme:batch:laod"]))], Warning, Code::SeeAlso),
        ("of an unknown group", vec![Set("/nodes/0/nodeGroup", json!("acme/tones"))], Error, Code::UnknownCategory),
        ("of an unknown category", vec![Set("/nodes/0/category", json!("acne"))], Error, Code::UnknownCategory),
    ]);
}

#[test]
fn key_info() {
    let with = |info: Value| vec![Set("/nodes/0/keyInfo", info)];
    has_exactly(vec![
        ("number that is an image", with(json!({"kind": "number", "inputId": 0})), Error, Code::KeyInfo),
        ("choice that is a number", with(json!({"kind": "enum", "inputId": 1})), Error, Code::KeyInfo),
        ("no such input", with(json!({"kind": "enum", "inputId": 77})), Error, Code::KeyInfo),
        ("no text", with(json!({"kind": "type", "expression": "Input1"})), Error, Code::KeyInfo),
        ("mistake", with(json!({"kind": "type", "expression": "tostring(Input1)"})), Error, Code::KeyInfo),
        ("no expression", with(json!({"kind": "type"})), Error, Code::KeyInfo),
        ("syntax", with(json!({"kind": "type", "expression": "toString("})), Error, Code::TypeSyntax),
        ("unknown kind", with(json!({"kind": "text"})), Error, Code::KeyInfo),
    ]);
}

#[test]
fn iterators() {
    let sequence = |ty: Value| vec![Set("/nodes/2/iteratorInputs/0/sequenceType", ty)];
    let length = |length: Value| sequence(json!({"type": "named", "name": "Sequence", "fields": {"length": length}}));
    let iterator = || json!({"id": 0, "outputs": [0], "sequenceType": "Sequence"});
    has_exactly(vec![
        ("sequence that does not parse", sequence(json!("Sequence {")), Error, Code::SequenceType),
        ("unknown sequence", sequence(json!("Sequenze")), Error, Code::SequenceType),
        ("negative length", length(json!(-1)), Error, Code::SequenceType),
        ("length that is text", length(json!("\"long\"")), Error, Code::SequenceType),
        ("no sequence", sequence(json!("Image")), Warning, Code::SequenceType),
        ("null", sequence(json!(null)), Error, Code::BadShape),
        (
            "generator without",
            vec![Set("/nodes/1/iteratorOutputs", json!([])), Set("/nodes/1/outputs/1/type", json!("uint"))],
            Error,
            Code::IteratorCount,
        ),
        ("regular node with", vec![Set("/nodes/0/iteratorOutputs/-", iterator())], Error, Code::IteratorCount),
        ("collector with outputs", vec![Set("/nodes/2/iteratorOutputs/-", iterator())], Error, Code::IteratorCount),
        ("transformer without outputs", vec![Set("/nodes/3/iteratorOutputs", json!([]))], Error, Code::IteratorCount),
        ("unknown output", vec![Set("/nodes/1/iteratorOutputs/0/outputs", json!([0, 7]))], Error, Code::IteratorMember),
        ("unknown input", vec![Set("/nodes/2/iteratorInputs/0/inputs", json!([7]))], Error, Code::IteratorMember),
        ("nothing", vec![Set("/nodes/2/iteratorInputs/0/inputs", json!([]))], Error, Code::IteratorMember),
        ("another id than 0", vec![Set("/nodes/2/iteratorInputs/0/id", json!(1))], Error, Code::IteratorMember),
    ]);
}

#[test]
fn values_and_their_types() {
    has_exactly(vec![
        ("default outside of its range", vec![Set("/nodes/0/inputs/1/def", json!(9))], Error, Code::Default),
        ("default that is no option", vec![Set("/nodes/0/inputs/2/def", json!("quarter"))], Error, Code::Default),
        (
            "default outside of its type",
            vec![Set("/nodes/0/inputs/19/type", json!("invStrSet(\"film\")"))],
            Error,
            Code::DefaultType,
        ),
        ("range that is empty", vec![Set("/nodes/0/inputs/1/min", json!(9))], Error, Code::Range),
        ("range wider than the type", vec![Set("/nodes/0/inputs/1/max", json!(10))], Warning, Code::RangeType),
        (
            "fractions of whole numbers",
            vec![Set("/nodes/0/inputs/6/precision", json!(1)), Set("/nodes/0/inputs/7/precision", json!(1))],
            Warning,
            Code::RangeType,
        ),
        (
            "output that is never at first",
            vec![Set("/nodes/0/outputs/1/type", json!("Input1 & 3"))],
            Warning,
            Code::SampleOutput,
        ),
        (
            "output that is never for an option",
            vec![Set("/nodes/0/outputs/1/type", json!("match Input2 { acme::Mode::Full => 1, _ => never }"))],
            Warning,
            Code::SampleOutput,
        ),
        (
            "output that is never for some images",
            vec![Set("/nodes/0/outputs/1/type", json!("(Input0 & Image).channels & 3"))],
            Warning,
            Code::SampleOutput,
        ),
    ]);
    // A reason makes it a thing that is meant.
    let meant = [
        Set("/nodes/0/outputs/1/type", json!("(Input0 & Image).channels & 3")),
        Set("/nodes/0/outputs/1/neverReason", json!("Only RGB images have hues.")),
    ];
    assert_eq!(check::schema("sound.json", &spoilt(&meant)).0, []);
}

#[test]
fn mistakes_in_types_are_drawn_with_carets() {
    let findings =
        check::schema("nodes.json", &spoilt(&[Set("/nodes/3/outputs/0/type", json!("Image { widht: Input0.width }"))]));
    let [finding] = findings.0.as_slice() else { panic!("{findings:?}") };
    assert_eq!(
        finding.message,
        "the type of output \"Image\" of node `acme:batch:reverse` is refused: the struct `Image` has no field `widht`"
    );
    assert_eq!(finding.places[0].file, "nodes.json#/nodes/3/outputs/0/type");
    assert_eq!(finding.excerpt.as_deref(), Some("Image { widht: Input0.width }\n        ^^^^^"));
    assert_eq!(finding.help.as_deref(), Some("did you mean `width`?"));
}

#[test]
fn all_mistakes_of_a_schema_are_told_in_one_run() {
    let findings = check::schema(
        "sound.json",
        &spoilt(&[
            Set("/nodes/0/inputs/0/type", json!("Imgae")),
            Set("/nodes/0/inputs/1/type", json!("0..")),
            Set("/nodes/0/inputs/4/type", json!("Image |")),
            Set("/nodes/1/outputs/0/type", json!("never")),
        ]),
    );
    let codes: BTreeMap<Code, usize> = findings.0.iter().fold(BTreeMap::new(), |mut counts, finding| {
        *counts.entry(finding.code).or_default() += usize::from(finding.level == Error);
        counts
    });
    assert_eq!(codes, BTreeMap::from([(Code::UnknownType, 1), (Code::TypeSyntax, 1), (Code::NeverType, 1)]));
}

#[test]
fn nothing_that_json_can_say_makes_a_rule_panic() {
    let junk = [json!(null), json!(-1), json!(1.5), json!("text"), json!([]), json!({}), json!([{}]), json!(true)];
    fn pointers(json: &Value, at: String, all: &mut Vec<String>) {
        match json {
            Value::Object(object) => object.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), all)),
            Value::Array(array) => {
                array.iter().enumerate().for_each(|(index, value)| pointers(value, format!("{at}/{index}"), all));
            }
            _ => {}
        }
        all.push(at);
    }
    let mut sound = sound();
    // The first node holds every kind of part; the others would only repeat it.
    sound["nodes"].as_array_mut().expect("a list").truncate(2);
    let mut all = Vec::new();
    pointers(&sound, String::new(), &mut all);
    for (index, pointer) in all.iter().enumerate() {
        let mut schema = sound.clone();
        *schema.pointer_mut(pointer).expect("there") = junk[index % junk.len()].clone();
        check::schema("junk.json", &schema);
    }
}

#[test]
fn two_hundred_nodes_take_well_under_a_second() {
    let mut schema = sound();
    let node = schema["nodes"][0].clone();
    let nodes = schema["nodes"].as_array_mut().expect("a list");
    for number in 0..200 {
        let mut copy = node.clone();
        copy["schemaId"] = json!(format!("acme:tone:grade_{number}"));
        copy["name"] = json!(format!("Grade {number}"));
        nodes.push(copy);
    }
    let start = Instant::now();
    assert_eq!(check::schema("large.json", &schema).0, []);
    let taken = start.elapsed();
    println!("{} nodes: {taken:?}", 204);
    // Unoptimized, and with other tests beside it.
    assert!(taken < Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 }), "{taken:?}");
}

#[test]
fn the_app_s_own_nodes_have_no_errors() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/nodes_public.json");
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) => return println!("skipped: {} cannot be read: {error}", file.display()),
    };
    let schema = serde_json::from_str(&text).expect("JSON");
    let findings = check::schema("nodes_public.json", &schema);
    let errors: Vec<_> = findings.0.iter().filter(|finding| finding.level == Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
