//! Inputs: the Rust type and the keys that give one.

use serde_json::{Value as Json, json};

use super::{
    Outcome, Scope, Sort,
    navi::{block, float, literal, of, plain, same, same_but_for_space},
    refused,
};
use crate::port::{
    names,
    read::{Color, Conversion, Dropdown, Face, Input, Number, Text},
};

/// Labels up to this long stand in the row of a number box.
const INLINE_LABEL: usize = 8;
/// The host's word for as many digits as there are.
const UNLIMITED: u8 = 100;
/// What a relative path cannot hold, as the host has it.
const NOT_IN_PATHS: &str = r#"[<>:"|?*\x00-\x1F]"#;
const PATH_OF_A_FILE: &str = "match Input { string as path => File { path }, _ => never }";
const PATH_OF_A_DIRECTORY: &str = "match Input { string as path => Directory { path }, _ => never }";

/// What an input has by its Rust type.
struct Usual {
    ty: Json,
    conversions: Vec<Conversion>,
    adapt: Json,
    definitions: bool,
    handle: bool,
}

impl Usual {
    fn new(ty: Json, handle: bool) -> Self {
        Self { ty, conversions: Vec::new(), adapt: Json::Null, definitions: false, handle }
    }

    fn converting(mut self, ty: &str, convert: &str) -> Self {
        self.conversions.push(Conversion { ty: ty.into(), convert: convert.into() });
        self
    }
}

/// What sort of input it is.
pub(super) fn sort(input: &Input) -> Sort {
    let ty = core(input);
    match &input.face {
        Face::Generic if ty == "bool" && input.has_handle => Sort::Bool,
        Face::Generic => match accepted_images(ty) {
            Some(accepted) => Sort::Image { colors: accepted.colors },
            None => Sort::Any,
        },
        Face::Number(_) if ty == "Seed | int" => Sort::Seed,
        Face::Number(face) => number_sort(face, false),
        Face::Slider(face) => number_sort(face, true),
        Face::Text(face) if face.multiline.is_none() => Sort::Clipboard,
        Face::Text(face) if face.invalid_pattern.as_deref() == Some(NOT_IN_PATHS) => Sort::RelativePath,
        Face::Text(_) => Sort::Text,
        Face::Dropdown(face) if is_switch(input, face) => Sort::Bool,
        Face::Dropdown(_) => Sort::Choice,
        Face::File(_) => Sort::File,
        Face::Directory(_) => Sort::Directory,
        Face::Color(_) => Sort::Color,
        Face::Static => Sort::ExecutionNumber,
    }
}

/// What sort of input it is, if it is given item by item: without a control, the type tells.
pub(super) fn sort_of_items(input: &Input) -> Sort {
    let own = sort(input);
    let (Face::Generic, Sort::Any, false) = (&input.face, &own, input.optional) else { return own };
    match input.ty.as_str() {
        Some("number") => Sort::Float { double: true },
        Some("int") => Sort::Integer("i64"),
        Some("uint") => Sort::Integer("u32"),
        Some("string") => Sort::Text,
        Some("bool") => Sort::Bool,
        Some("Directory") => Sort::Directory,
        _ => own,
    }
}

/// The type without the `null` of optional inputs.
fn core(input: &Input) -> &Json {
    match (&input.ty, input.optional) {
        (Json::Array(items), true) if items.len() == 2 && items[1] == "null" => &items[0],
        (ty, _) => ty,
    }
}

fn is_switch(input: &Input, face: &Dropdown) -> bool {
    let [yes, no] = face.options.as_slice() else { return false };
    input.ty == "bool"
        && (yes.option.as_str(), no.option.as_str()) == ("Yes", "No")
        && (yes.value == 1 && no.value == 0)
        && no.icon.is_none()
        && face.groups.is_empty()
        && (face.preferred_style.as_str(), face.label_style.as_str()) == ("checkbox", "default")
}

fn number_sort(face: &Number, slider: bool) -> Sort {
    // Up to 2^53 every whole number is one.
    let whole = |value: &f64| value.fract() == 0.0 && value.abs() < 9e15;
    let values = [face.min, face.max, face.def, face.slider_step, Some(face.controls_step)];
    let integer = face.precision == 0
        && values.iter().flatten().all(whole)
        && face.controls_step > 0.0
        && face.hide_trailing_zeros != slider;
    if !integer {
        // An `f32` is written as its shortest text; what that does not give needs an `f64`.
        let single = |value: &f64| (*value as f32).to_string().parse() == Ok(*value);
        let single = face.precision != UNLIMITED && values.iter().flatten().all(single);
        return Sort::Float { double: !single };
    }
    let max = face.max.unwrap_or(0.0);
    Sort::Integer(match face.min {
        Some(min) if min >= 0.0 => {
            if max <= f64::from(u32::MAX) {
                "u32"
            } else {
                "u64"
            }
        }
        min => {
            let fits = |end: f64| (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&end);
            if fits(min.unwrap_or(0.0)) && fits(max) { "i32" } else { "i64" }
        }
    })
}

/// What an image input takes.
struct Images<'a> {
    of: &'a Json,
    channels: Option<&'a Json>,
    colors: bool,
}

fn accepted_images(ty: &Json) -> Option<Images<'_>> {
    let [given, Json::Array(accepted)] = of(ty, "intersection")?.as_slice() else { return None };
    let channels = |ty: &'_ Json, name: &str| {
        let fits = ty["type"] == "named" && ty["name"] == name;
        let fields = ty["fields"].as_object()?;
        (fits && fields.keys().all(|key| key == "channels")).then(|| fields.get("channels").cloned())
    };
    let image = accepted.first()?;
    let own = channels(image, "Image")?;
    let colors = match &accepted[1..] {
        [] => false,
        [color] if channels(color, "Color")? == own => true,
        _ => return None,
    };
    Some(Images { of: given, channels: image["fields"].get("channels"), colors })
}

/// What an input adds to the key list and its Rust type.
pub(super) struct Written {
    pub(super) keys: Vec<String>,
    pub(super) ty: String,
}

impl Scope<'_> {
    /// The type and the keys of an input, but for those of groups.
    pub(super) fn input(&self, index: usize) -> Outcome<Written> {
        let input = &self.node.inputs[index];
        let sort = &self.sorts[index];
        let mut keys = Vec::new();
        if names::title_of_snake(&self.names[index]) != input.label {
            keys.push(format!("label = {}", literal(&input.label)));
        }
        if usize::try_from(input.id) != Ok(index) {
            keys.push(format!("id = {}", input.id));
        }
        if input.optional && core(input) == &input.ty {
            return refused(format!("\"{}\" is optional, but its type does not hold `null`", input.label));
        }
        if input.optional && matches!(sort, Sort::Choice | Sort::Color | Sort::Seed) {
            return refused(format!("\"{}\" is optional, which its kind cannot be", input.label));
        }
        let (usual, ty) = self.face(index, input, sort, &mut keys)?;
        self.differences(input, sort, &usual, &mut keys)?;
        for (is, key) in [(input.hint, "hint"), (input.suggest, "suggest")] {
            if is {
                keys.push(key.to_owned());
            }
        }
        if let Some(fused) = &input.fused {
            let output = |position: &usize| self.node.outputs[*position].id == fused.output_id;
            let Some(output) = self.returned()?.iter().position(output) else {
                return refused(format!("\"{}\" is drawn with an output that is not there", input.label));
            };
            keys.push(format!("fused = {output}"));
        }
        if self.taken.contains(&input.id) && !matches!(input.face, Face::Generic) {
            keys.push("control".to_owned());
        }
        let ty = if input.optional { format!("Option<{ty}>") } else { ty };
        Ok(Written { keys, ty })
    }

    fn face(&self, index: usize, input: &Input, sort: &Sort, keys: &mut Vec<String>) -> Outcome<(Usual, String)> {
        let named = |name: &str, fields: Json| json!({"type": "named", "name": name, "fields": fields});
        let (usual, ty) = match (&input.face, sort) {
            (Face::Number(face), Sort::Seed) => {
                if face.label_style != "default" {
                    return refused("a seed with its label elsewhere");
                }
                if let Some(default) = face.def.filter(|default| *default != 0.0) {
                    keys.push(format!("default = Seed({})", plain(default)));
                }
                let adapt = json!("match Input { int => Seed, _ => never }");
                let usual = Usual { adapt, ..Usual::new(json!("Seed | int"), true).converting("int", "Seed") };
                (usual, "Seed")
            }
            (Face::Number(face), _) => return number(input, face, false, sort, keys),
            (Face::Slider(face), _) => return number(input, face, true, sort, keys),
            (Face::Generic, Sort::Bool) => {
                if !self.taken.contains(&input.id) {
                    keys.push("handle".to_owned());
                }
                (Usual::new(json!("bool"), true), "bool")
            }
            (Face::Generic, Sort::Float { .. }) => (Usual::new(json!("number"), true), "f64"),
            (Face::Generic, Sort::Integer(rust)) => {
                let ty = if *rust == "u32" { "uint" } else { "int" };
                (Usual::new(json!(ty), true).converting("number", "round(Input)"), *rust)
            }
            (Face::Generic, Sort::Text) => {
                (Usual::new(json!("string"), true).converting("number", "toString(Input)"), "String")
            }
            (Face::Generic, Sort::Directory) => (Usual::new(json!("Directory"), true), "DirPath"),
            (Face::Generic, Sort::Image { colors }) => {
                let Some(images) = accepted_images(core(input)) else { return refused("an unknown type of image") };
                if images.of != "Image | Color" {
                    keys.push(format!("navi = {}", self.navi(images.of)?));
                }
                keys.extend(images.channels.map(|channels| format!("channels = {}", numbers(channels))));
                (Usual::new(core(input).clone(), true), if *colors { "ImageOrColor<'_>" } else { "ImageView<'_>" })
            }
            (Face::Generic, _) => (Usual::new(json!("any"), true), "Any"),
            (Face::Text(face), Sort::Clipboard) => {
                if face.label_style != "hidden" {
                    return refused("a clipboard with a visible label");
                }
                let usual = Usual::new(json!(["Image", "string", "number"]), true).converting("Image", "\"<Image>\"");
                (usual, "Clipboard<'_>")
            }
            (Face::Text(face), _) => return text(input, face, sort, keys),
            (Face::Dropdown(face), Sort::Bool) => {
                if face.def == 1 {
                    keys.push("default = true".to_owned());
                }
                keys.extend(face.options[0].icon.iter().map(|icon| format!("icon = {}", literal(icon))));
                (Usual::new(json!("bool"), false), "bool")
            }
            (Face::Dropdown(face), _) => return self.dropdown(index, input, face, keys),
            (Face::File(face), _) => {
                if !face.filetypes.is_empty() {
                    let types: Vec<String> = face.filetypes.iter().map(|ty| literal(ty)).collect();
                    keys.push(format!("filetypes = [{}]", types.join(", ")));
                }
                if face.file_kind != "file" {
                    keys.push(format!("file_kind = {}", literal(&face.file_kind)));
                }
                if face.primary_input {
                    keys.push("primary".to_owned());
                }
                let kind = json!({"kind": {"type": "string-literal", "value": face.file_kind}});
                let usual = Usual { adapt: json!(PATH_OF_A_FILE), ..Usual::new(named("File", kind), false) };
                (usual, "FilePath")
            }
            (Face::Directory(face), _) => {
                label_style(&face.label_style, "default", keys);
                (Usual { adapt: json!(PATH_OF_A_DIRECTORY), ..Usual::new(json!("Directory"), true) }, "DirPath")
            }
            (Face::Color(face), _) => {
                let channels = |channels: &Vec<u32>| match channels.as_slice() {
                    // One is a list in the schema, however it is written.
                    [one] => format!("channels = {one}"),
                    several => format!("channels = {}", numbers(&json!(several))),
                };
                keys.extend(face.channels.as_ref().map(channels));
                keys.extend(color_default(face)?.map(|default| format!("default = {default}")));
                let fields = face.channels.as_ref().map_or(json!({}), |channels| json!({"channels": channels}));
                let adapt = json!("match Input { string => parseColorJson(Input), _ => never }");
                (Usual { adapt, ..Usual::new(named("Color", fields), true) }, "Color")
            }
            (Face::Static, _) => (Usual::new(json!("int(1..)"), false), "ExecutionNumber"),
        };
        Ok((usual, ty.to_owned()))
    }

    /// The keys for what is not as the Rust type has it.
    fn differences(&self, input: &Input, sort: &Sort, usual: &Usual, keys: &mut Vec<String>) -> Outcome<()> {
        let what = |what: &str| refused(format!("\"{}\" {what}", input.label));
        let ty = core(input);
        if !same(ty, &usual.ty) {
            if *sort == Sort::Choice {
                return what("is a choice of a type that is not that of its options");
            }
            keys.push(format!("navi = {}", self.navi(ty)?));
        }
        let is_usual = |(given, usual): (&Conversion, &Conversion)| {
            same_but_for_space(&given.ty, &usual.ty) && same_but_for_space(&given.convert, &usual.convert)
        };
        let same_number = input.conversions.len() == usual.conversions.len();
        if !same_number || !input.conversions.iter().zip(&usual.conversions).all(is_usual) {
            let pairs =
                input.conversions.iter().map(|of| Ok(format!("({}, {})", self.navi(&of.ty)?, self.navi(&of.convert)?)));
            keys.push(format!("conversions = [{}]", pairs.collect::<Outcome<Vec<_>>>()?.join(", ")));
        }
        if !same_but_for_space(&input.adapt, &usual.adapt) {
            if input.adapt.is_null() {
                return what("does not adapt what is stored");
            }
            keys.push(format!("adapt = {}", self.navi(&input.adapt)?));
        }
        if let (Some(definitions), false) = (&input.type_definitions, usual.definitions) {
            keys.push(format!("definitions = {}", block(&self.text(definitions))));
        }
        if input.has_handle != usual.handle {
            if matches!(sort, Sort::Choice | Sort::Image { .. } | Sort::Any | Sort::ExecutionNumber) {
                return what(if input.has_handle { "has a handle" } else { "has no handle" });
            }
            keys.push(if input.has_handle { "handle".to_owned() } else { "handle = false".to_owned() });
        }
        Ok(())
    }

    fn dropdown(
        &self,
        index: usize,
        input: &Input,
        face: &Dropdown,
        keys: &mut Vec<String>,
    ) -> Outcome<(Usual, String)> {
        let Some(choice) = self.choice(index) else { return refused("a choice without an enum") };
        let default = choice.value(&face.def)?;
        if !same(&choice.variants[choice.default].value, &face.def) {
            keys.push(format!("default = {default}"));
        }
        if choice.style != face.preferred_style {
            keys.push(format!("style = {}", face.preferred_style));
        }
        label_style(&face.label_style, if face.preferred_style == "anchor" { "inline" } else { "default" }, keys);
        for option in &face.options {
            if let Some(condition) = &option.condition {
                let (option, condition) = (choice.value(&option.value)?, self.condition(condition)?);
                keys.push(format!("option_when({option}, {condition})"));
            }
        }
        let usual = Usual { definitions: true, ..Usual::new(input.ty.clone(), false) };
        Ok((usual, choice.name.clone()))
    }
}

fn number(input: &Input, face: &Number, slider: bool, sort: &Sort, keys: &mut Vec<String>) -> Outcome<(Usual, String)> {
    let (rust, integer) = match sort {
        Sort::Integer(rust) => (*rust, true),
        Sort::Float { double: true } => ("f64", false),
        _ => ("f32", false),
    };
    let written = |value: f64| if integer { plain(value) } else { float(value) };
    match (face.def, input.optional) {
        (Some(default), false) => {
            let zero = match (face.min, face.max) {
                (Some(min), _) if min > 0.0 => min,
                (_, Some(max)) if max < 0.0 => max,
                _ => 0.0,
            };
            if default != zero {
                keys.push(format!("default = {}", written(default)));
            }
        }
        (None, true) => {}
        (Some(_), true) => return refused(format!("\"{}\" is optional and has a default", input.label)),
        (None, false) => return refused(format!("\"{}\" has no default", input.label)),
    }
    let range = match (face.min, face.max) {
        (None, None) => None,
        (Some(0.0), None) if rust.starts_with('u') => None,
        (Some(min), None) => Some(format!("{}..", written(min))),
        (None, Some(max)) => Some(format!("..={}", written(max))),
        (Some(min), Some(max)) => Some(format!("{}..={}", written(min), written(max))),
    };
    keys.extend(range.map(|range| format!("range = {range}")));
    if integer {
        if face.controls_step != 1.0 {
            keys.push(format!("step = {}", plain(face.controls_step)));
        }
    } else {
        steps(face, keys);
    }
    if face.slider_step.is_some_and(|step| step != face.controls_step) {
        keys.push(format!("slider_step = {}", written(face.slider_step.unwrap_or_default())));
    }
    keys.extend(face.unit.iter().map(|unit| format!("unit = {}", literal(unit))));
    if slider {
        keys.push("slider".to_owned());
        if let Some(scale) = face.scale.as_deref().filter(|scale| *scale != "linear") {
            keys.push(format!("scale = {}", scale.replace('-', "_")));
        }
        if face.ends != [None, None] {
            let end = |end: &Option<String>| end.as_ref().map_or("None".to_owned(), |text| literal(text));
            keys.push(format!("ends = ({}, {})", end(&face.ends[0]), end(&face.ends[1])));
        }
        if let Some(gradient) = &face.gradient {
            let colors: Vec<String> = gradient.iter().map(|color| literal(color)).collect();
            keys.push(format!("gradient = [{}]", colors.join(", ")));
        }
        keys.extend(face.note_expression.iter().map(|note| format!("note = {}", literal(note))));
    } else if face.note_expression.is_some() {
        return refused(format!("\"{}\" is a number box with a note", input.label));
    }
    if face.hide_trailing_zeros == slider {
        keys.push(if slider { "trailing_zeros = false".to_owned() } else { "trailing_zeros".to_owned() });
    }
    let inline = input.label.chars().count() <= INLINE_LABEL;
    label_style(&face.label_style, if inline { "inline" } else { "default" }, keys);
    let end = |end: Option<f64>, open: &str| end.map_or(json!(open), |end| json!(end));
    let interval = |kind: &str, min: Option<f64>, max: Option<f64>| json!({"type": kind, "min": end(min, "-inf"), "max": end(max, "inf")});
    let usual = match face.precision {
        0 => {
            let ty = interval("int-interval", face.min.map(f64::ceil), face.max.map(f64::floor));
            Usual::new(ty, true).converting("number", "round(Input)")
        }
        _ => Usual::new(interval("interval", face.min, face.max), true),
    };
    Ok((usual, rust.to_owned()))
}

/// The fewest of `step` and `precision` that give the steps and digits.
fn steps(face: &Number, keys: &mut Vec<String>) {
    let digits_of = |step: f64| {
        let text = step.to_string();
        text.split_once('.').map_or(0, |(_, digits)| u8::try_from(digits.len()).unwrap_or(u8::MAX))
    };
    let usual_step = |precision: u8| match (precision, face.min, face.max) {
        (UNLIMITED, Some(min), Some(max)) if max > min => {
            format!("1e{}", (max - min).log10().floor() as i32 - 2).parse().unwrap_or(1.0)
        }
        (UNLIMITED, ..) => 0.1,
        (digits, ..) => format!("1e-{digits}").parse().unwrap_or(1.0),
    };
    let step = face.controls_step;
    let precision = || match face.precision {
        UNLIMITED => "precision = unlimited".to_owned(),
        digits => format!("precision = {digits}"),
    };
    if face.precision == UNLIMITED && step == usual_step(UNLIMITED) {
        return;
    }
    if digits_of(step) == face.precision {
        keys.push(format!("step = {}", float(step)));
    } else if step == usual_step(face.precision) {
        keys.push(precision());
    } else {
        keys.push(format!("step = {}", float(step)));
        keys.push(precision());
    }
}

fn text(input: &Input, face: &Text, sort: &Sort, keys: &mut Vec<String>) -> Outcome<(Usual, String)> {
    let path = *sort == Sort::RelativePath;
    let Some(least) = face.min_length else { return refused(format!("\"{}\" has no least length", input.label)) };
    match (&face.def, input.optional) {
        (Some(_), true) => return refused(format!("\"{}\" is optional and has a default", input.label)),
        (default, _) => keys.extend(default.iter().map(|text| format!("default = {}", literal(text)))),
    }
    let length = match (least, face.max_length) {
        (least, None) if least == u32::from(path) => None,
        (0, Some(most)) => Some(format!("..={most}")),
        (least, None) => Some(format!("{least}..")),
        (least, Some(most)) => Some(format!("{least}..={most}")),
    };
    keys.extend(length.map(|length| format!("length = {length}")));
    keys.extend(face.placeholder.iter().map(|text| format!("placeholder = {}", literal(text))));
    for (is, key) in [(face.multiline == Some(true), "multiline"), (face.allow_empty_string, "allow_empty")] {
        if is {
            keys.push(key.to_owned());
        }
    }
    if let Some(pattern) = face.invalid_pattern.as_ref().filter(|_| !path) {
        keys.push(format!("invalid_pattern = {}", literal(pattern)));
    }
    label_style(&face.label_style, "default", keys);
    let mut usual = Usual::new(json!(if least == 0 { "string" } else { "invStrSet(\"\")" }), true);
    if input.conversions.is_empty() {
        keys.push("allow_numbers = false".to_owned());
    } else {
        usual = usual.converting("number", "toString(Input)");
    }
    Ok((usual, if path { "RelativePath" } else { "&str" }.to_owned()))
}

fn label_style(style: &str, usual: &str, keys: &mut Vec<String>) {
    if style != usual {
        keys.push(format!("label_style = {style}"));
    }
}

/// `3`, or `[1, 3]`.
fn numbers(channels: &Json) -> String {
    match channels {
        Json::Array(items) => format!("[{}]", items.iter().map(Json::to_string).collect::<Vec<_>>().join(", ")),
        one => one.to_string(),
    }
}

/// The colour as Rust, unless it is that of a new colour input anyway.
fn color_default(face: &Color) -> Outcome<Option<String>> {
    let unreadable = || super::Inexpressible(format!("`{}` is no colour", face.def));
    let color: Json = serde_json::from_str(&face.def).map_err(|_| unreadable())?;
    let values: Vec<f64> = color["values"].as_array().into_iter().flatten().filter_map(Json::as_f64).collect();
    let usual: &[f64] = match face.channels.as_deref() {
        Some([1, ..]) => &[0.0],
        Some([4, ..]) => &[0.0, 0.0, 0.0, 1.0],
        _ => &[0.0, 0.0, 0.0],
    };
    if values == usual {
        return Ok(None);
    }
    let function = match (color["kind"].as_str(), values.len()) {
        (Some("grayscale"), 1) => "gray",
        (Some("rgb"), 3) => "rgb",
        (Some("rgba"), 4) => "rgba",
        _ => return Err(unreadable()),
    };
    let values: Vec<String> = values.into_iter().map(float).collect();
    Ok(Some(format!("Color::{function}({})", values.join(", "))))
}
