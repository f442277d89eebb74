//! Inputs in the schema.

use serde_json::{Map, Value as Json, json};

use crate::{
    declare::{
        ChoiceTable, DefaultValue, Heading, InputDecl, LabelStyle, Navi, NaviStruct, OutputKind, Precision, VariantId,
    },
    enforce::{
        ChoiceSpec, ColorSpec, FileSpec, FloatSpec, HandleSpec, ImageSpec, InputSpec, IntegerSpec, NumberFace, TextSpec,
    },
    library::ChoiceId,
    node::{Input, Node},
};

use super::{layout::condition, navi, number, output};

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

/// The inputs of a node as the host knows them.
pub(super) fn inputs(node: &Node) -> Vec<Json> {
    let mut inputs: Vec<Json> = node.inputs().iter().map(|input| self::input(node, input)).collect();
    // Only inputs can carry the definition of what an output gives, and each one definition only, so that its text is the same
    // everywhere.
    for of in output_structs(node) {
        let definition = json!(of.definition());
        if inputs.iter().all(|input| input["typeDefinitions"] != definition)
            && let Some(free) = inputs.iter_mut().find(|input| input["typeDefinitions"].is_null())
        {
            free["typeDefinitions"] = definition;
        }
    }
    inputs
}

/// The author's types that a node returns.
pub(crate) fn output_structs(node: &Node) -> impl Iterator<Item = &'static NaviStruct> {
    node.outputs().iter().filter_map(|output| match output.kind {
        OutputKind::Handle(of) => Some(of),
        _ => None,
    })
}

fn input(node: &Node, input: &Input) -> Json {
    let decl = input.decl;
    let optional = decl.optional;
    let face = match &input.spec {
        InputSpec::Integer(spec) => integer(spec, decl.label, optional),
        InputSpec::Float(spec) => float(spec, decl.label, optional),
        InputSpec::Text(spec) => text(spec),
        InputSpec::Bool(spec) if spec.handle => Face::new("generic", json!("bool"), true, json!({})),
        InputSpec::Bool(spec) => switch(spec.default, spec.icon),
        InputSpec::Choice(spec) => choice(node, decl, spec),
        InputSpec::Image(spec) => image(spec, decl.options.navi.as_ref()),
        InputSpec::Color(spec) => color(spec),
        InputSpec::File(spec) => file(spec),
        InputSpec::Directory(spec) => Face {
            adapt: json!("match Input { string as path => Directory { path }, _ => never }"),
            ..Face::new("directory", json!("Directory"), spec.handle, json!({"labelStyle": spec.label_style.as_str()}))
        },
        InputSpec::Seed(spec) => seed(spec.default),
        InputSpec::RelativePath(spec) => text(&spec.text),
        InputSpec::Clipboard(_) => Face {
            conversions: json!([{"type": "Image", "convert": "\"<Image>\""}]),
            ..Face::new(
                "text",
                json!(["Image", "string", "number"]),
                true,
                json!({"labelStyle": LabelStyle::Hidden.as_str()}),
            )
        },
        InputSpec::Any(_) => Face::new("generic", json!("any"), true, json!({})),
        InputSpec::Handle(spec) => opaque(spec),
        InputSpec::ExecutionNumber(_) => {
            Face::new("static", json!("int(1..)"), false, json!({"value": "execution_number"}))
        }
    };
    let face = if decl.connected_only() { connected_only(face, &input.spec) } else { face };
    let face = overridden(decl, &input.spec, face);
    let fused = decl.options.fused.map_or(Json::Null, |returned| {
        let mut outputs = node.outputs().iter().enumerate();
        let id = outputs.find(|(_, output)| output.returned == returned as usize);
        json!({"outputId": id.map_or(returned, |(index, output)| output::id(index, output))})
    });
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
        "fused": fused,
    });
    if let (Some(all), Json::Object(own)) = (json.as_object_mut(), face.own) {
        all.extend(own);
    }
    json
}

/// The face of what comes through a connection only: no control, and nothing stored.
fn connected_only(face: Face, spec: &InputSpec) -> Face {
    let ty = match spec {
        InputSpec::Integer(IntegerSpec { min: None, max: None, .. }) => json!("int"),
        InputSpec::Integer(IntegerSpec { min: Some(0), max: None, .. }) => json!("uint"),
        InputSpec::Float(FloatSpec { min: None, max: None, precision, .. }) if *precision != Precision::Digits(0) => {
            json!("number")
        }
        _ => face.ty,
    };
    let Face { conversions, type_definitions, .. } = face;
    Face { conversions, type_definitions, ..Face::new("generic", ty, true, json!({})) }
}

/// What the author wrote of the type, instead of the usual.
fn overridden(decl: &InputDecl, spec: &InputSpec, face: Face) -> Face {
    let options = &decl.options;
    let ty = match (&options.navi, spec) {
        // There it is narrowed to an image already.
        (Some(navi), spec) if !matches!(spec, InputSpec::Image(_)) => navi::expression(navi),
        _ => face.ty,
    };
    let conversions = options.conversions.map_or(face.conversions, |conversions| {
        conversions
            .iter()
            .map(|(ty, convert)| json!({"type": navi::expression(ty), "convert": navi::expression(convert)}))
            .collect()
    });
    Face {
        ty,
        conversions,
        adapt: options.adapt.as_ref().map_or(face.adapt, navi::expression),
        type_definitions: options.definitions.map_or(face.type_definitions, |text| json!(text)),
        ..face
    }
}

/// A value as saved chains hold it.
pub(super) fn stored(value: &DefaultValue, spec: &InputSpec) -> Json {
    match (value, spec) {
        (DefaultValue::Integer(value), _) => json!(value),
        (DefaultValue::Float(value), _) => number(*value),
        (DefaultValue::Text(text), _) => json!(text),
        (DefaultValue::Bool(yes), _) => json!(i32::from(*yes)),
        (DefaultValue::Choice(index), InputSpec::Choice(spec)) => id(spec.table.variants[*index].id),
        (DefaultValue::Choice(index), _) => json!(index),
        (DefaultValue::Color(color), _) => json!(color.to_json()),
    }
}

fn opaque(spec: &HandleSpec) -> Face {
    Face {
        type_definitions: json!(spec.of.definition()),
        ..Face::new("generic", json!(spec.of.name()), true, json!({}))
    }
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
    let from_numbers =
        if spec.allow_numbers { json!([{"type": "number", "convert": "toString(Input)"}]) } else { json!([]) };
    Face {
        conversions: from_numbers,
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

fn choice(node: &Node, decl: &InputDecl, spec: &ChoiceSpec) -> Face {
    let name = spec.table.navi_name();
    let mut headings: Vec<_> =
        spec.table.variants.iter().filter_map(|variant| variant.heading.map(|heading| (heading, variant.id))).collect();
    // Stable: those not listed stay in order, behind.
    headings.sort_by_key(|(heading, _)| match heading {
        Heading::Divider => usize::MAX,
        Heading::Text(text) => spec.table.headings.iter().position(|listed| listed == text).unwrap_or(usize::MAX),
    });
    let groups: Vec<Json> = headings
        .into_iter()
        .map(|(heading, start)| match heading {
            Heading::Divider => json!({"label": null, "startAt": id(start)}),
            Heading::Text(text) => json!({"label": text, "startAt": id(start)}),
        })
        .collect();
    let own = json!({
        "options": options(node, decl, spec),
        "def": id(spec.table.variants[spec.default].id),
        "preferredStyle": spec.style.as_str(),
        "labelStyle": spec.label_style.as_str(),
        "groups": groups,
    });
    let face = Face::new("dropdown", json!(name), false, own);
    match spec.table.host_type {
        Some(_) => face,
        None => Face { type_definitions: json!(type_definitions(&name, &spec.table)), ..face },
    }
}

fn options(node: &Node, decl: &InputDecl, spec: &ChoiceSpec) -> Vec<Json> {
    let ChoiceSpec { table, .. } = spec;
    let name = table.navi_name();
    table
        .variants
        .iter()
        .map(|variant| {
            let stored = ChoiceId::from(variant.id);
            let condition = decl
                .option_conditions
                .iter()
                .find(|of| (of.option)() == stored)
                .map(|of| condition(node, &of.condition));
            let own = variant.navi.as_ref().map(navi::expression);
            let (option, value) = (variant.label, id(variant.id));
            if table.host_type.is_none() {
                let ty = own.unwrap_or_else(|| json!(format!("{name}::{}", variant.name)));
                return json!({"option": option, "value": value, "type": ty, "icon": variant.icon, "condition": condition});
            }
            // An option of a type of the host's need not have one of its own; `null` would be refused.
            let mut json = json!({"option": option, "value": value});
            for (key, given) in [("type", own), ("icon", variant.icon.map(Json::from)), ("condition", condition)] {
                if let Some(given) = given {
                    json[key] = given;
                }
            }
            json
        })
        .collect()
}

fn id(id: VariantId) -> Json {
    match id {
        VariantId::Text(text) => json!(text),
        VariantId::Number(number) => json!(number),
    }
}

/// The text is shared by all inputs of this type and has to be the same everywhere.
fn type_definitions(name: &str, table: &ChoiceTable) -> String {
    let variants: Vec<String> = table.variants.iter().map(|variant| format!("{name}::{}", variant.name)).collect();
    let structs: String = variants.iter().map(|variant| format!("\nstruct {variant};")).collect();
    let more = table.definitions.map(|text| format!("\n{text}")).unwrap_or_default();
    format!("let {name} = {};{structs}{more}", variants.join(" | "))
}

fn image(spec: &ImageSpec, of: Option<&Navi>) -> Face {
    let mut accepted = vec![navi::named("Image", navi::channels(spec.channels, spec.listed))];
    if spec.colors {
        accepted.push(navi::named("Color", navi::channels(spec.channels, spec.listed)));
    }
    let of = of.map_or(json!("Image | Color"), navi::expression);
    Face::new("generic", navi::intersection(&[of, Json::Array(accepted)]), true, json!({}))
}

fn color(spec: &ColorSpec) -> Face {
    let channels = if spec.channels.is_empty() { Json::Null } else { json!(spec.channels) };
    // A list here even if there is one, unlike in images: so the host makes it.
    let fields = match &channels {
        Json::Null => Map::new(),
        channels => Map::from_iter([("channels".to_owned(), channels.clone())]),
    };
    Face {
        adapt: json!("match Input { string => parseColorJson(Input), _ => never }"),
        ..Face::new(
            "color",
            navi::named("Color", fields),
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
