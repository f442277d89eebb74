//! Inputs in the schema.

use serde_json::{Map, Value as Json, json};

use crate::{
    declare::{ChoiceTable, LabelStyle, Precision, VariantId},
    enforce::{ChoiceSpec, ColorSpec, FileSpec, FloatSpec, ImageSpec, InputSpec, IntegerSpec, NumberFace, TextSpec},
    node::Input,
};

use super::{navi, number};

/// What the host's word for "as many digits as there are" is.
const UNLIMITED: u8 = 100;
/// Labels up to this long stand in the row of a number box.
const INLINE_LABEL: usize = 8;

/// What one sort of input adds to the keys that all have.
struct Face {
    kind: &'static str,
    ty: Json,
    conversions: Json,
    adapt: Json,
    type_definitions: Json,
    has_handle: bool,
    own: Json,
}

impl Face {
    fn new(kind: &'static str, ty: Json, has_handle: bool, own: Json) -> Self {
        Self { kind, ty, conversions: json!([]), adapt: Json::Null, type_definitions: Json::Null, has_handle, own }
    }
}

/// An input as the host knows it.
pub(super) fn input(input: &Input) -> Json {
    let decl = input.decl;
    let optional = decl.optional;
    let face = match &input.spec {
        InputSpec::Integer(spec) => integer(spec, decl.label, optional),
        InputSpec::Float(spec) => float(spec, decl.label, optional),
        InputSpec::Text(spec) => text(spec),
        InputSpec::Bool(spec) if spec.handle => Face::new("generic", json!("bool"), true, json!({})),
        InputSpec::Bool(spec) => switch(spec.default, spec.icon),
        InputSpec::Choice(spec) => choice(spec),
        InputSpec::Image(spec) => image(spec),
        InputSpec::Color(spec) => color(spec),
        InputSpec::File(spec) => file(spec),
        InputSpec::Directory(spec) => Face {
            adapt: json!("match Input { string as path => Directory { path }, _ => never }"),
            ..Face::new("directory", json!("Directory"), spec.handle, json!({"labelStyle": spec.label_style.as_str()}))
        },
        InputSpec::Seed(spec) => seed(spec.default),
    };
    let handle = decl.options.handle.unwrap_or(face.has_handle);
    let mut json = json!({
        "id": decl.id,
        "type": if optional { json!([face.ty, "null"]) } else { face.ty },
        "conversions": face.conversions,
        "adapt": face.adapt,
        "typeDefinitions": face.type_definitions,
        "kind": face.kind,
        "label": decl.label,
        "optional": optional,
        "hasHandle": handle,
        "description": if decl.docs.is_empty() { Json::Null } else { json!(decl.docs) },
        "hint": decl.options.hint,
        "suggest": decl.options.suggest,
        "fused": null,
    });
    if let (Some(all), Json::Object(own)) = (json.as_object_mut(), face.own) {
        all.extend(own);
    }
    json
}

fn integer(spec: &IntegerSpec, label: &str, optional: bool) -> Face {
    let [min, max] = [spec.min, spec.max].map(|end| end.map_or(Json::Null, |value| json!(value)));
    let default = if optional { Json::Null } else { json!(spec.default) };
    Face {
        conversions: json!([{"type": "number", "convert": "round(Input)"}]),
        ..numeric(navi::int_interval(spec.min, spec.max), [min, max, default], 0, &spec.face, label)
    }
}

fn float(spec: &FloatSpec, label: &str, optional: bool) -> Face {
    let [min, max] = [spec.min, spec.max].map(|end| end.map_or(Json::Null, number));
    let default = if optional { Json::Null } else { number(spec.default) };
    let precision = match spec.precision {
        Precision::Unlimited => UNLIMITED,
        Precision::Digits(digits) => digits,
    };
    let ty = match precision {
        // The host takes no digits to mean whole numbers.
        0 => navi::int_interval(spec.min.map(|min| min.ceil() as i64), spec.max.map(|max| max.floor() as i64)),
        _ => navi::interval(spec.min, spec.max),
    };
    let face = numeric(ty, [min, max, default], precision, &spec.face, label);
    match precision {
        0 => Face { conversions: json!([{"type": "number", "convert": "round(Input)"}]), ..face },
        _ => face,
    }
}

fn numeric(ty: Json, [min, max, default]: [Json; 3], precision: u8, face: &NumberFace, label: &str) -> Face {
    let inline = if label.chars().count() <= INLINE_LABEL { LabelStyle::Inline } else { LabelStyle::Default };
    let mut own = json!({
        "min": min,
        "max": max,
        "noteExpression": face.note,
        "def": default,
        "precision": precision,
        "controlsStep": number(face.step),
        "unit": face.unit,
        "hideTrailingZeros": !face.trailing_zeros.unwrap_or(face.slider),
        "labelStyle": face.label_style.unwrap_or(inline).as_str(),
    });
    if face.slider
        && let Some(own) = own.as_object_mut()
    {
        let gradient = if face.gradient.is_empty() { Json::Null } else { json!(face.gradient) };
        own.insert("ends".to_owned(), json!(face.ends));
        own.insert("sliderStep".to_owned(), number(face.slider_step));
        own.insert("gradient".to_owned(), gradient);
        own.insert("scale".to_owned(), json!(face.scale.as_str()));
    }
    Face::new(if face.slider { "slider" } else { "number" }, ty, true, own)
}

fn seed(default: i64) -> Face {
    Face {
        conversions: json!([{"type": "int", "convert": "Seed"}]),
        adapt: json!("match Input { int => Seed, _ => never }"),
        ..Face::new(
            "number",
            json!("Seed | int"),
            true,
            json!({
                "min": null,
                "max": null,
                "noteExpression": null,
                "def": default,
                "precision": 0,
                "controlsStep": 1,
                "unit": null,
                "hideTrailingZeros": true,
                "labelStyle": LabelStyle::Default.as_str(),
            }),
        )
    }
}

fn text(spec: &TextSpec) -> Face {
    let ty = if spec.min_length == 0 { "string" } else { r#"invStrSet("")"# };
    Face {
        conversions: json!([{"type": "number", "convert": "toString(Input)"}]),
        ..Face::new(
            "text",
            json!(ty),
            spec.handle,
            json!({
                "minLength": spec.min_length,
                "maxLength": spec.max_length,
                "placeholder": spec.placeholder,
                "multiline": spec.multiline,
                "def": spec.default,
                "labelStyle": spec.label_style.as_str(),
                "allowEmptyString": spec.allow_empty,
                "invalidPattern": spec.invalid_pattern,
            }),
        )
    }
}

fn switch(default: bool, icon: Option<&str>) -> Face {
    Face::new(
        "dropdown",
        json!("bool"),
        false,
        json!({
            "options": [
                {"option": "Yes", "value": 1, "type": "true", "icon": icon},
                {"option": "No", "value": 0, "type": "false"},
            ],
            "def": i32::from(default),
            "preferredStyle": "checkbox",
            "labelStyle": LabelStyle::Default.as_str(),
            "groups": [],
        }),
    )
}

fn choice(spec: &ChoiceSpec) -> Face {
    let name = type_name(&spec.table);
    let options: Vec<Json> = spec
        .table
        .variants
        .iter()
        .map(|variant| {
            json!({
                "option": variant.label,
                "value": id(variant.id),
                "type": format!("{name}::{}", variant.name),
                "icon": variant.icon,
                "condition": null,
            })
        })
        .collect();
    Face {
        type_definitions: json!(type_definitions(&name, &spec.table)),
        ..Face::new(
            "dropdown",
            json!(name),
            false,
            json!({
                "options": options,
                "def": id(spec.table.variants[spec.default].id),
                "preferredStyle": spec.style.as_str(),
                "labelStyle": spec.label_style.as_str(),
                "groups": [],
            }),
        )
    }
}

fn id(id: VariantId) -> Json {
    match id {
        VariantId::Text(text) => json!(text),
        VariantId::Number(number) => json!(number),
    }
}

/// The Navi name of a choice: in a name space of its package, since all packages share one scope.
fn type_name(table: &ChoiceTable) -> String {
    table.type_name.map_or_else(|| format!("{}::{}", name_space(table.package), table.name), str::to_owned)
}

/// A Cargo name as a Navi name: `film-lab` is `film_lab`.
fn name_space(package: &str) -> String {
    let name = package.replace('-', "_");
    // Navi names start with a letter.
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("p_{name}") }
}

/// The text is shared by all inputs of this type and has to be the same everywhere.
fn type_definitions(name: &str, table: &ChoiceTable) -> String {
    let variants: Vec<String> = table.variants.iter().map(|variant| format!("{name}::{}", variant.name)).collect();
    let structs: String = variants.iter().map(|variant| format!("\nstruct {variant};")).collect();
    format!("let {name} = {};{structs}", variants.join(" | "))
}

fn image(spec: &ImageSpec) -> Face {
    let mut accepted = vec![navi::named("Image", navi::channels(spec.channels))];
    if spec.colors {
        accepted.push(navi::named("Color", navi::channels(spec.channels)));
    }
    Face::new("generic", navi::intersection(&[json!("Image | Color"), Json::Array(accepted)]), true, json!({}))
}

fn color(spec: &ColorSpec) -> Face {
    let channels = if spec.channels.is_empty() { Json::Null } else { json!(spec.channels) };
    Face {
        adapt: json!("match Input { string => parseColorJson(Input), _ => never }"),
        ..Face::new(
            "color",
            navi::named("Color", navi::channels(spec.channels)),
            true,
            json!({"def": spec.default.to_json(), "channels": channels}),
        )
    }
}

fn file(spec: &FileSpec) -> Face {
    let kind = Map::from_iter([("kind".to_owned(), navi::text_literal(spec.file_kind))]);
    Face {
        adapt: json!("match Input { string as path => File { path }, _ => never }"),
        ..Face::new(
            "file",
            navi::named("File", kind),
            spec.handle,
            json!({"filetypes": spec.filetypes, "fileKind": spec.file_kind, "primaryInput": spec.primary}),
        )
    }
}
