//! What each change of a sound schema is taken for.

use std::{collections::BTreeSet, fs, path::Path};

use semver::Version;
use serde_json::{Value, json};

use super::{compare, fixture::schema};
use crate::diff::{Change, Kind, Level, Verdict};

const FILTER: &str = "/nodes/0";

/// A part of a schema, to be changed.
fn at<'a>(schema: &'a mut Value, pointer: &str) -> &'a mut Value {
    schema.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"))
}

fn set(schema: &mut Value, pointer: &str, value: Value) {
    *at(schema, pointer) = value;
}

fn list<'a>(schema: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    at(schema, pointer).as_array_mut().expect("a list")
}

fn changes(change: impl FnOnce(&mut Value)) -> Vec<Change> {
    let old = schema();
    let mut new = old.clone();
    change(&mut new);
    compare(&old, &new)
}

fn kinds(changes: &[Change]) -> Vec<Kind> {
    changes.iter().map(|change| change.kind).collect()
}

/// An input that is like another one, under its own id and label.
fn input_like(schema: &Value, input: usize, id: u32, label: &str) -> Value {
    let mut input = schema["nodes"][0]["inputs"][input].clone();
    (input["id"], input["label"]) = (json!(id), json!(label));
    input
}

fn remove_input(schema: &mut Value, input: usize) {
    list(schema, "/nodes/0/inputs").remove(input);
    drop_from_layout(at(schema, "/nodes/0/groupLayout"), input);
}

fn drop_from_layout(layout: &mut Value, id: usize) {
    let items = layout.as_array_mut().expect("a list");
    items.retain(|item| *item != json!(id));
    for group in items.iter_mut().filter(|item| item.is_object()) {
        drop_from_layout(&mut group["items"], id);
    }
    items.retain(|item| item["items"] != json!([]));
}

fn rename_types(schema: &mut Value, old: &str, new: &str) {
    let text = schema.to_string().replace(old, new);
    *schema = serde_json::from_str(&text).expect("JSON");
}

/// Sets parts of the first node.
macro_rules! sets {
    ($($pointer:literal = $value:tt),+) => {
        |schema: &mut Value| { $(set(schema, &format!("{FILTER}{}", $pointer), json!($value));)+ }
    };
}

type Mutation = fn(&mut Value);

/// A name, what is done to the schema, and what it is taken for, what matters most first.
const TABLE: &[(&str, Mutation, &[Kind])] = &[
    // The package.
    ("another package id", |s| set(s, "/package/id", json!("film")), &[Kind::PackageId]),
    ("another package colour", |s| set(s, "/package/color", json!("#000")), &[Kind::PackageLook]),
    ("a newer dependency", |s| set(s, "/package/dependencies/0/version", json!("6.1")), &[Kind::DependencyChanged]),
    ("no dependency", |s| set(s, "/package/dependencies", json!([])), &[Kind::DependencyRemoved]),
    (
        "another dependency",
        |s| list(s, "/package/dependencies").push(json!({"pypiName": "tifffile", "version": "1"})),
        &[Kind::DependencyAdded],
    ),
    ("no feature", |s| set(s, "/package/features", json!([])), &[Kind::FeatureRemoved]),
    ("another feature", |s| list(s, "/package/features").push(json!({"id": "film_lab:npu"})), &[Kind::FeatureAdded]),
    ("a setting removed", |s| drop(list(s, "/package/settings").remove(0)), &[Kind::SettingRemoved]),
    ("a setting added", |s| list(s, "/package/settings").push(json!({"key": "slow"})), &[Kind::SettingAdded]),
    ("a setting of another kind", |s| set(s, "/package/settings/0/type", json!("number")), &[Kind::SettingKind]),
    ("a narrower setting", |s| set(s, "/package/settings/1/max", json!(8)), &[Kind::SettingNarrowed]),
    ("a wider setting", |s| set(s, "/package/settings/1/max", json!(128)), &[Kind::SettingWidened]),
    ("another setting default", |s| set(s, "/package/settings/1/default", json!(2)), &[Kind::SettingDefault]),
    ("an option less", |s| drop(list(s, "/package/settings/2/options").remove(1)), &[Kind::SettingNarrowed]),
    ("another setting label", |s| set(s, "/package/settings/0/label", json!("Quick")), &[Kind::SettingLook]),
    ("another category icon", |s| set(s, "/categories/0/icon", json!("MdSun")), &[Kind::CategoryLook]),
    ("another category", |s| list(s, "/categories").push(json!({"id": "more"})), &[Kind::CategoryAdded]),
    ("no category", |s| set(s, "/categories", json!([])), &[Kind::CategoryRemoved]),
    // Nodes.
    ("a node removed", |s| drop(list(s, "/nodes").remove(0)), &[Kind::NodeRemoved]),
    (
        "a node added",
        |s| list(s, "/nodes").push(json!({"schemaId": "film_lab:grain:dust", "name": "Dust", "kind": "collector"})),
        &[Kind::NodeAdded],
    ),
    ("another node id", sets!("/schemaId" = "film_lab:light:vignettes"), &[Kind::NodeRenamed]),
    ("a node id in another area", sets!("/schemaId" = "film_lab:edge:vignette"), &[Kind::NodeRenamed]),
    ("another node name", sets!("/name" = "Dark Corners"), &[Kind::NodeLook]),
    ("another description", sets!("/description" = "Darkens."), &[Kind::NodeLook]),
    ("a regular node becomes a generator", sets!("/kind" = "generator"), &[Kind::NodeKind]),
    ("deprecated", sets!("/deprecated" = true), &[Kind::NodeDeprecated]),
    ("with side effects", sets!("/hasSideEffects" = true), &[Kind::SideEffectsAdded]),
    ("needs a feature", sets!("/features" = ["film_lab:gpu"]), &[Kind::NodeFeatureAdded]),
    ("moved to another category", sets!("/category" = "edges", "/nodeGroup" = "edges/all"), &[Kind::NodeMoved]),
    ("another layout", sets!("/groupLayout/3/id" = 7), &[Kind::LayoutChanged]),
    (
        "a known sequence length",
        |s| set(s, "/nodes/1/iteratorOutputs/0/sequenceType/fields/length", json!(5)),
        &[Kind::SequenceLength],
    ),
    (
        "an output outside the sequence",
        |s| set(s, "/nodes/1/iteratorOutputs/0/outputs", json!([0])),
        &[Kind::SequenceMembers],
    ),
    (
        "sequences that may be longer",
        |s| set(s, "/nodes/2/iteratorInputs/0/sequenceType/fields/length", json!("uint")),
        &[Kind::SequenceInputWidened],
    ),
    (
        "sequences that may only be shorter",
        |s| set(s, "/nodes/2/iteratorInputs/0/sequenceType/fields/length", json!("int(1..8)")),
        &[Kind::SequenceInputNarrowed],
    ),
    // Inputs.
    ("an input removed", |s| remove_input(s, 1), &[Kind::InputRemoved]),
    (
        "an input with a default added",
        |s| {
            let input = input_like(s, 1, 9, "Glow");
            list(s, "/nodes/0/inputs").push(input);
            list(s, "/nodes/0/groupLayout").push(json!(9));
        },
        &[Kind::InputAdded],
    ),
    (
        "an optional input added",
        |s| {
            let input = input_like(s, 8, 9, "Depth");
            list(s, "/nodes/0/inputs").push(input);
            list(s, "/nodes/0/groupLayout").push(json!(9));
        },
        &[Kind::InputAdded],
    ),
    (
        "a required input added",
        |s| {
            let input = input_like(s, 0, 9, "Depth");
            list(s, "/nodes/0/inputs").push(input);
            list(s, "/nodes/0/groupLayout").push(json!(9));
        },
        &[Kind::InputAddedRequired],
    ),
    (
        "an input inserted, so that others get new ids",
        |s| {
            remove_input(s, 8);
            let (glow, mut tint) = (input_like(s, 1, 7, "Glow"), list(s, "/nodes/0/inputs").remove(7));
            tint["id"] = json!(8);
            list(s, "/nodes/0/inputs").extend([glow, tint]);
            list(s, "/nodes/0/groupLayout").push(json!(8));
        },
        &[Kind::InputRemoved, Kind::InputId, Kind::InputAdded],
    ),
    (
        "an input replaced by one of its kind at its place",
        |s| {
            set(s, "/nodes/0/inputs/8", input_like(s, 8, 9, "Matte"));
            set(s, "/nodes/0/groupLayout/8", json!(9));
        },
        &[Kind::InputRenamed],
    ),
    ("an input at another position", |s| list(s, "/nodes/0/inputs").swap(4, 5), &[Kind::InputMoved]),
    ("another label", sets!("/inputs/1/label" = "Strength"), &[Kind::InputLook]),
    ("another step", sets!("/inputs/1/controlsStep" = 0.5), &[Kind::InputLook]),
    ("a slider becomes a number", sets!("/inputs/1/kind" = "number"), &[Kind::InputControl]),
    ("a file becomes a text", sets!("/inputs/6/kind" = "text"), &[Kind::InputKind]),
    ("required", sets!("/inputs/6/optional" = false), &[Kind::InputRequired]),
    (
        "required, and so not null",
        sets!("/inputs/8/optional" = false, "/inputs/8/type" = "Image { channels: 1 }"),
        &[Kind::InputRequired],
    ),
    (
        "optional, and so null",
        sets!("/inputs/0/optional" = true, "/inputs/0/type" = ["Image", "null"]),
        &[Kind::InputOptional],
    ),
    (
        "another default and a narrower type",
        sets!("/inputs/7/def" = "{}", "/inputs/7/type" = "Color { channels: 3 }"),
        &[Kind::InputTypeNarrowed, Kind::InputDefault],
    ),
    (
        "a shorter text without conversion",
        sets!("/inputs/4/maxLength" = 10, "/inputs/4/conversions" = []),
        &[Kind::InputTextNarrowed, Kind::InputTypeNarrowed],
    ),
    ("optional", sets!("/inputs/0/optional" = true), &[Kind::InputOptional]),
    ("no handle", sets!("/inputs/1/hasHandle" = false), &[Kind::InputHandleRemoved]),
    ("a handle", sets!("/inputs/6/hasHandle" = true), &[Kind::InputHandleAdded]),
    (
        "a narrower type",
        sets!("/inputs/8/type" = ["Image { channels: 1, width: 8 }", "null"]),
        &[Kind::InputTypeNarrowed],
    ),
    ("a wider type", sets!("/inputs/8/type" = ["Image", "null"]), &[Kind::InputTypeWidened]),
    ("another type", sets!("/inputs/8/type" = ["Image { channels: 3 }", "null"]), &[Kind::InputTypeChanged]),
    ("an unknown type", sets!("/inputs/8/type" = "Picture"), &[Kind::InputTypeUnknown]),
    ("the type in other words", sets!("/inputs/8/type" = "null | Image { channels: 1 }"), &[Kind::InputTypeText]),
    ("the type of a file", sets!("/inputs/6/type" = "File"), &[Kind::InputTypeInside]),
    ("no conversion", sets!("/inputs/4/conversions" = []), &[Kind::InputTypeNarrowed]),
    (
        "another conversion",
        sets!("/inputs/4/conversions/0/convert" = "toString(round(Input))"),
        &[Kind::InputConversion],
    ),
    ("a wider range", sets!("/inputs/1/max" = 16, "/inputs/1/type/max" = 16), &[Kind::InputRangeWidened]),
    ("a narrower range", sets!("/inputs/1/max" = 4, "/inputs/1/type/max" = 4), &[Kind::InputRangeNarrowed]),
    (
        "a shifted range",
        sets!("/inputs/1/min" = 1, "/inputs/1/max" = 9, "/inputs/1/type/min" = 1, "/inputs/1/type/max" = 9),
        &[Kind::InputRangeNarrowed],
    ),
    ("a range without end", sets!("/inputs/3/max" = null, "/inputs/3/type/max" = "inf"), &[Kind::InputRangeWidened]),
    ("fewer digits", sets!("/inputs/1/precision" = 0), &[Kind::InputPrecisionLowered]),
    ("more digits", sets!("/inputs/1/precision" = 100), &[Kind::InputPrecisionRaised]),
    ("another default", sets!("/inputs/1/def" = 2), &[Kind::InputDefault]),
    ("the same default, written otherwise", sets!("/inputs/1/def" = 1.0), &[]),
    ("another unit", sets!("/inputs/1/unit" = "px"), &[Kind::InputUnit]),
    ("a shorter text", sets!("/inputs/4/maxLength" = 10), &[Kind::InputTextNarrowed]),
    ("a text of any length", sets!("/inputs/4/maxLength" = null), &[Kind::InputTextWidened]),
    ("no empty text", sets!("/inputs/4/allowEmptyString" = false), &[Kind::InputTextNarrowed]),
    ("refused letters", sets!("/inputs/4/invalidPattern" = "[0-9]"), &[Kind::InputPattern]),
    ("a file type less", sets!("/inputs/6/filetypes" = [".cube"]), &[Kind::InputFilesNarrowed]),
    ("a file type more", sets!("/inputs/6/filetypes" = [".cube", ".3dl", ".csp"]), &[Kind::InputFilesWidened]),
    ("another kind of file", sets!("/inputs/6/fileKind" = "icc"), &[Kind::InputFileKind]),
    (
        "fewer channels of a colour",
        sets!("/inputs/7/channels" = [3], "/inputs/7/type" = "Color { channels: 3 }"),
        &[Kind::InputColorsNarrowed],
    ),
    (
        "any channels of a colour",
        sets!("/inputs/7/channels" = null, "/inputs/7/type" = "Color"),
        &[Kind::InputColorsWidened],
    ),
    (
        "an input hidden under a condition",
        sets!(
            "/groupLayout/3/items" = [3, 4],
            "/groupLayout/4" = 5,
            "/groupLayout/5" = 6,
            "/groupLayout/6" = 7,
            "/groupLayout/7" = 8,
            "/groupLayout/8" = 8
        ),
        &[Kind::InputHidden],
    ),
    ("another condition", sets!("/groupLayout/3/options/condition/values" = ["round"]), &[Kind::InputHidden]),
    ("an input always shown", sets!("/groupLayout/3" = 3), &[Kind::InputShown]),
    (
        "an input required under a condition",
        sets!("/groupLayout/8" = {"id": 1, "kind": "required", "items": [8],
              "options": {"condition": {"kind": "enum", "enum": 2, "values": ["oval"]}}}),
        &[Kind::InputRequiredWhen],
    ),
    // Choices.
    (
        "a choice added",
        |s| {
            list(s, "/nodes/0/inputs/2/options")
                .push(json!({"option": "Square", "value": "square", "type": "film_lab::Shape::Square"}));
            set(
                s,
                "/nodes/0/inputs/2/typeDefinitions",
                json!(
                    "let film_lab::Shape = film_lab::Shape::Round | film_lab::Shape::Oval | film_lab::Shape::Square;\nstruct film_lab::Shape::Round;\nstruct film_lab::Shape::Oval;\nstruct film_lab::Shape::Square;"
                ),
            );
        },
        &[Kind::ChoiceAdded],
    ),
    ("a choice removed", |s| drop(list(s, "/nodes/0/inputs/2/options").remove(1)), &[Kind::ChoiceRemoved]),
    ("another choice value", sets!("/inputs/2/options/1/value" = "ellipse"), &[Kind::ChoiceRenamed]),
    (
        "a choice replaced by an unlike one",
        sets!("/inputs/2/options/1/value" = "hexagon", "/inputs/2/options/1/option" = "Hexagon"),
        &[Kind::ChoiceRemoved, Kind::ChoiceAdded],
    ),
    ("choices in another order", |s| list(s, "/nodes/0/inputs/2/options").swap(0, 1), &[Kind::ChoicesReordered]),
    ("the choices of a check box", |s| list(s, "/nodes/0/inputs/5/options").swap(0, 1), &[Kind::CheckboxReversed]),
    ("another choice label", sets!("/inputs/2/options/1/option" = "Ellipse"), &[Kind::ChoiceLook]),
    (
        "a choice under a condition",
        sets!("/inputs/2/options/1/condition" = {"kind": "enum", "enum": 5, "values": [1]}),
        &[Kind::ChoiceCondition],
    ),
    (
        "a choice type of another name",
        |s| rename_types(s, "film_lab::Shape", "film_lab::Form"),
        &[Kind::ChoiceLook, Kind::ChoiceLook],
    ),
    // Outputs.
    ("an output removed", |s| drop(list(s, "/nodes/0/outputs").remove(1)), &[Kind::OutputRemoved]),
    (
        "an output added at the end",
        |s| list(s, "/nodes/0/outputs").push(json!({"id": 2, "label": "Mask", "type": "Image", "kind": "generic"})),
        &[Kind::OutputAdded],
    ),
    (
        "an output inserted",
        |s| {
            set(s, "/nodes/0/outputs/1/id", json!(2));
            list(s, "/nodes/0/outputs")
                .insert(1, json!({"id": 1, "label": "Mask", "type": "Image", "kind": "generic"}));
        },
        &[Kind::OutputInserted, Kind::OutputId],
    ),
    ("outputs in another order", |s| list(s, "/nodes/0/outputs").swap(0, 1), &[Kind::OutputsReordered]),
    (
        "an output replaced by one of its type at its place",
        sets!("/outputs/1/id" = 5, "/outputs/1/label" = "Luma"),
        &[Kind::OutputRenamed],
    ),
    ("an output without handle", sets!("/outputs/1/hasHandle" = false), &[Kind::OutputHandleRemoved]),
    ("a wider output", sets!("/outputs/1/type" = "number"), &[Kind::OutputTypeWidened]),
    ("a narrower output", sets!("/outputs/1/type" = "0.5..1"), &[Kind::OutputTypeNarrowed]),
    ("an output of another type", sets!("/outputs/1/type" = "string"), &[Kind::OutputTypeChanged]),
    ("an output that no longer follows its input", sets!("/outputs/0/type" = "Image"), &[Kind::OutputTypeDependence]),
    ("an output type in other words", sets!("/outputs/0/type" = "Input0 & Image"), &[Kind::OutputTypeText]),
    ("an output that is not passed through", sets!("/outputs/0/passthroughOf" = null), &[Kind::OutputPassthrough]),
    ("another output label", sets!("/outputs/1/label" = "Luma"), &[Kind::OutputLook]),
    ("an output of unknown type", sets!("/outputs/1/type" = "Picture"), &[Kind::OutputTypeUnknown]),
    // What is not known.
    (
        "a key that the tool does not know",
        |s| {
            at(s, FILTER)["lazy"] = json!(true);
        },
        &[Kind::Other],
    ),
];

#[test]
fn each_change_is_what_the_table_says() {
    assert!(TABLE.len() >= 40);
    let mut wrong = Vec::new();
    for (name, mutation, expected) in TABLE {
        let found = changes(*mutation);
        if kinds(&found) != *expected {
            let found: Vec<String> =
                found.iter().map(|change| format!("{}: {}", change.kind, change.message)).collect();
            wrong.push(format!("{name}: expected {expected:?}, found\n    {}", found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_kind() {
    let mut found = BTreeSet::new();
    for (_, mutation, _) in TABLE {
        let (old, mut new) = (schema(), schema());
        mutation(&mut new);
        found.extend(kinds(&compare(&old, &new)));
        found.extend(kinds(&compare(&new, &old)));
    }
    let missing: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !found.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_level_decides_which_versions_may_follow() {
    let old = Version::new(1, 2, 3);
    for (name, mutation, expected) in TABLE {
        let level = expected.iter().map(|kind| kind.level()).max().unwrap_or(Level::None);
        let found = changes(*mutation).iter().map(Change::level).max().unwrap_or(Level::None);
        assert_eq!(found, level, "{name}");
        for (new, suffices) in [((1, 2, 4), Level::None), ((1, 3, 0), Level::Minor), ((2, 0, 0), Level::Breaking)] {
            let new = Version::new(new.0, new.1, new.2);
            assert_eq!(Verdict::of(found, Some(&old), Some(&new)).is_satisfied(), found <= suffices, "{name}: {new}");
        }
    }
}

#[test]
fn what_was_added_is_removed_the_other_way_round() {
    let opposite = [
        (Kind::NodeDeprecated, Kind::NodeRestored),
        (Kind::SideEffectsAdded, Kind::SideEffectsRemoved),
        (Kind::NodeFeatureAdded, Kind::NodeFeatureRemoved),
        (Kind::SequenceLength, Kind::SequenceLengthFreed),
        (Kind::InputRemoved, Kind::InputAdded),
        (Kind::InputAddedRequired, Kind::InputRemoved),
        (Kind::InputTypeNarrowed, Kind::InputTypeWidened),
        (Kind::InputRequiredWhen, Kind::InputNotRequiredWhen),
        (Kind::OutputHandleRemoved, Kind::OutputHandleAdded),
        (Kind::OutputTypeDependence, Kind::OutputTypeDependence),
        (Kind::ChoiceRemoved, Kind::ChoiceAdded),
    ];
    for (name, mutation, expected) in TABLE {
        let (old, mut new) = (schema(), schema());
        mutation(&mut new);
        let back = kinds(&compare(&new, &old));
        assert_eq!(back.is_empty(), expected.is_empty(), "{name}");
        if let Some((_, opposite)) = opposite.iter().find(|(kind, _)| *expected == [*kind]) {
            assert_eq!(back, [*opposite], "{name}");
        }
    }
}

#[test]
fn help_names_what_is_to_be_kept() {
    for (mutation, help) in [
        (sets!("/schemaId" = "film_lab:light:vignettes") as Mutation, "`#[node(id = \"film_lab:light:vignette\")]`"),
        (|s| set(s, "/nodes/0/inputs/8", input_like(s, 8, 9, "Matte")), "`#[input(id = 8)]`"),
        (sets!("/inputs/2/options/1/value" = "ellipse"), "keep the value `oval`"),
        (|s| set(s, "/package/id", json!("film")), "`id: \"film_lab\"`"),
    ] {
        let found = changes(mutation);
        assert!(found[0].help.as_deref().is_some_and(|text| text.contains(help)), "{found:?}");
    }
}

#[test]
fn ids_that_move_take_conditions_along() {
    let found = changes(|schema| {
        for input in list(schema, "/nodes/0/inputs") {
            input["id"] = json!(input["id"].as_u64().expect("an id") + 1);
        }
        let mut glow = input_like(schema, 1, 0, "Glow");
        glow["hasHandle"] = json!(false);
        list(schema, "/nodes/0/inputs").insert(0, glow);
        sets!("/outputs/0/type" = "Image & Input1", "/outputs/0/passthroughOf" = 1)(schema);
        let condition = json!({"condition": {"kind": "enum", "enum": 3, "values": ["oval"]}});
        let group = json!({"id": 0, "kind": "conditional", "options": condition, "items": [4]});
        set(schema, "/nodes/0/groupLayout", json!([0, 1, 2, 3, group, 5, 6, 7, 8, 9]));
    });
    let ids = found.iter().filter(|change| change.kind == Kind::InputId).count();
    let rest: Vec<Kind> = kinds(&found).into_iter().filter(|kind| *kind != Kind::InputId).collect();
    assert_eq!((ids, rest), (9, vec![Kind::InputAdded, Kind::OutputTypeText]));
}

#[test]
fn nodes_that_share_little_are_no_renames() {
    let found = changes(|schema| {
        let mut blur = at(schema, FILTER).clone();
        (blur["schemaId"], blur["name"]) = (json!("film_lab:light:halation"), json!("Halation"));
        set(schema, FILTER, blur);
    });
    assert_eq!(kinds(&found), [Kind::NodeRemoved, Kind::NodeAdded]);
}

/// The pointers of all scalars.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, &format!("{pointer}/{index}"), found));
        }
        Value::Object(keys) => keys.iter().for_each(|(key, item)| leaves(item, &format!("{pointer}/{key}"), found)),
        _ => found.push(pointer.to_owned()),
    }
}

#[test]
fn no_change_goes_unnoticed() {
    let mut pointers = Vec::new();
    leaves(&schema(), "", &mut pointers);
    let unnoticed: Vec<&String> = pointers
        .iter()
        .filter(|pointer| {
            changes(|schema| {
                let leaf = at(schema, pointer);
                *leaf = match leaf.take() {
                    Value::Bool(flag) => json!(!flag),
                    Value::Number(number) => json!(number.as_f64().unwrap_or_default() + 1.0),
                    Value::String(text) => json!(format!("{text}x")),
                    _ => json!("something"),
                };
            })
            .is_empty()
        })
        .collect();
    assert_eq!(unnoticed, Vec::<&String>::new());
}

#[test]
fn a_schema_does_not_differ_from_itself() {
    assert_eq!(compare(&schema(), &schema()), []);
    assert_eq!(compare(&Value::Null, &Value::Null), []);
}

#[test]
fn real_nodes_do_not_differ_from_themselves() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/nodes_public.json");
    let Ok(text) = fs::read(&path) else {
        println!("skipped: no {}", path.display());
        return;
    };
    let schema: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(compare(&schema, &schema), []);

    // All their types can be evaluated, or else every change would be unknown.
    let scopes = super::Scopes::of(super::Pair { old: &schema, new: &schema });
    let unknown: BTreeSet<&str> = super::items(&schema["nodes"])
        .iter()
        .filter(|node| scopes.node(super::Pair { old: node, new: node }).is_none())
        .map(|node| super::text(node, "schemaId"))
        .collect();
    assert_eq!(unknown, BTreeSet::new());
}
