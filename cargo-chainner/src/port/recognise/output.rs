//! Outputs: the Rust type and the keys that give one.

use serde_json::{Value as Json, json};

use super::{
    Outcome, Scope, Sort,
    input::Written,
    navi::{input_of, literal, narrowed, same},
};
use crate::port::{names, read::Output};

/// Functions that a formula can have.
const FUNCTIONS: [&str; 6] = ["min", "max", "abs", "round", "floor", "ceil"];

impl Scope<'_> {
    /// The type and the keys of an output.
    pub(super) fn output(&self, position: usize) -> Outcome<Written> {
        let output = &self.node.outputs[position];
        let mut typed = Typed { scope: self, output, keys: Vec::new(), same_as: None };
        let (ty, usual_label) = typed.ty()?;
        let Typed { keys: type_keys, same_as, .. } = typed;
        let mut keys = Vec::new();
        if output.label != usual_label {
            keys.push(format!("label = {}", literal(&output.label)));
        }
        keys.extend(output.description.iter().map(|text| format!("docs = {}", literal(text))));
        keys.extend(type_keys);
        if let Some(input) = output.passthrough_of.filter(|input| same_as != Some(*input)) {
            keys.push(format!("passthrough = {}", self.written(input)?));
        }
        keys.extend(output.never_reason.iter().map(|text| format!("never_reason = {}", literal(text))));
        if output.kind != "generic" {
            keys.push(format!("kind = {}", output.kind.replace('-', "_")));
        }
        if !output.has_handle {
            keys.push("handle = false".to_owned());
        }
        if usize::try_from(output.id) != Ok(position) {
            keys.push(format!("id = {}", output.id));
        }
        if output.suggest {
            keys.push("suggest".to_owned());
        }
        Ok(Written { keys, ty: ty.to_owned() })
    }

    /// A number computed from inputs, as an author writes it.
    fn formula(&self, text: &Json) -> Option<String> {
        let mut rest = text.as_str()?;
        let mut done = String::new();
        while !rest.is_empty() {
            let word = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let (token, behind) = rest.split_at(word);
            if let Some(id) = input_of(&json!(token)) {
                let index = self.index(id).ok()?;
                if self.node.inputs[index].optional {
                    return None;
                }
                done += &self.written(id).ok()?;
                let field = ["width", "height", "channels"].into_iter().find(|field| {
                    let after = behind.strip_prefix('.').and_then(|behind| behind.strip_prefix(field));
                    after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
                });
                rest = match (&self.sorts[index], field) {
                    (Sort::Image { colors: false }, Some(field)) => {
                        done = format!("{done}.{field}");
                        &behind[1 + field.len()..]
                    }
                    (Sort::Integer(_) | Sort::Float { .. }, None) => behind,
                    _ => return None,
                };
            } else if token.is_empty() {
                let sign =
                    [" + ", " - ", " * ", " / ", ", ", "(", ")"].into_iter().find(|sign| rest.starts_with(sign))?;
                // A minus in front of something would be written otherwise.
                done += sign;
                rest = &rest[sign.len()..];
            } else {
                let function = FUNCTIONS.contains(&token) && behind.starts_with('(');
                let number = token.parse::<u32>().is_ok_and(|number| number.to_string() == token);
                if !function && (!number || behind.starts_with('.')) {
                    return None;
                }
                done += token;
                rest = behind;
            }
        }
        Some(done)
    }
}

/// An output whose type is looked at.
struct Typed<'a> {
    scope: &'a Scope<'a>,
    output: &'a Output,
    keys: Vec<String>,
    same_as: Option<u32>,
}

impl<'a> Typed<'a> {
    /// The Rust type and the label it has by itself.
    fn ty(&mut self) -> Outcome<(&'static str, &'static str)> {
        let ty = &self.output.ty;
        if let Some((a, b)) = narrowed(ty) {
            match (a.as_str(), b.as_str()) {
                (Some("number"), _) => return Ok((self.number(b)?, "Number")),
                (Some("string"), _) => {
                    if let Some(of) = self.file_of(b, ".basename") {
                        self.key("of", of);
                    } else {
                        self.given(b, "string")?;
                    }
                    return Ok(("String", "Text"));
                }
                (Some("bool"), _) => {
                    self.given(b, "bool")?;
                    return Ok(("bool", "Bool"));
                }
                (Some("Directory"), _) => {
                    self.given(b, "Directory")?;
                    return Ok(("DirPath", "Directory"));
                }
                (_, Some("Directory")) => {
                    if let Some(of) = self.file_of(a, ".dir") {
                        self.key("of", of);
                        return Ok(("DirPath", "Directory"));
                    }
                }
                _ => {}
            }
            if b["type"] == "named" && b["name"] == "Color" {
                let channels = b["fields"].get("channels").map(Json::to_string);
                self.given(a, "Color")?;
                self.keys.extend(channels.map(|channels| format!("channels = {channels}")));
                return Ok(("Color", "Color"));
            }
        }
        if ty == "Seed" {
            return Ok(("Seed", "Seed"));
        }
        if self.is_image() {
            self.image()?;
            return Ok(("Image", "Image"));
        }
        if ty != "any" {
            self.keys.push(format!("navi = {}", self.scope.navi(ty)?));
        }
        Ok(("Any", "Any"))
    }

    fn key(&mut self, key: &str, name: String) {
        self.keys.push(format!("{key} = {name}"));
    }

    /// What the Rust type is narrowed to.
    fn given(&mut self, ty: &Json, usual: &str) -> Outcome<()> {
        if ty == usual {
            return Ok(());
        }
        match input_of(ty).filter(|input| self.output.passthrough_of == Some(*input)) {
            Some(input) => {
                self.same_as = Some(input);
                self.key("same_as", self.scope.written(input)?);
            }
            None => self.keys.push(format!("navi = {}", self.scope.navi(ty)?)),
        }
        Ok(())
    }

    fn number(&mut self, ty: &Json) -> Outcome<&'static str> {
        let of_input = input_of(ty).and_then(|input| self.scope.sort(input)).and_then(|sort| match sort {
            Sort::Integer(rust) => Some(*rust),
            _ => None,
        });
        match ty.as_str() {
            Some("int") => return Ok("i32"),
            Some("uint") => return Ok("u32"),
            Some("number") => return Ok("f64"),
            _ => {}
        }
        let passed = input_of(ty).is_some_and(|input| self.output.passthrough_of == Some(input));
        let formula = self.scope.formula(ty);
        let text = ty.as_str().unwrap_or_default();
        let counts =
            text.contains("uint") || text.contains("int(") || text.ends_with(".width") || text.ends_with(".height");
        match formula {
            Some(formula) if !passed => self.key("value", formula),
            _ => self.given(ty, "number")?,
        }
        Ok(of_input.unwrap_or(if counts || text.contains("::len(") { "u32" } else { "f64" }))
    }

    /// The input whose path is taken apart.
    fn file_of(&self, ty: &Json, part: &str) -> Option<String> {
        let path = ty.as_str()?.strip_prefix("splitFilePath(")?.strip_suffix(part)?.strip_suffix(".path)")?;
        self.scope.written(input_of(&json!(path))?).ok()
    }

    /// Whether it is pixels that are given.
    fn is_image(&self) -> bool {
        fn of_images(scope: &Scope<'_>, ty: &Json) -> bool {
            match ty {
                Json::String(text) => {
                    let image = |id| matches!(scope.sort(id), Some(Sort::Image { .. }));
                    text == "Image" || text.contains("Image {") || input_of(ty).is_some_and(image)
                }
                _ => ty["type"] == "named" && ty["name"] == "Image",
            }
        }
        let mut ty = &self.output.ty;
        loop {
            match narrowed(ty) {
                Some((_, b)) if of_images(self.scope, b) => return true,
                Some((a, _)) => ty = a,
                None => break,
            }
        }
        of_images(self.scope, ty) || (self.output.label.ends_with("Image") && self.output.label != "Any")
    }

    fn image(&mut self) -> Outcome<()> {
        let mut ty = &self.output.ty;
        let mut outer = Vec::new();
        let size = narrowed(ty).and_then(|(inner, b)| Some((inner, size_of(b)?)));
        if let Some((inner, input)) = size {
            outer.push(format!("size_as = {}", self.scope.written(input)?));
            ty = inner;
        } else if let Some((inner, b)) = narrowed(ty)
            && let Some(input) = input_of(b).filter(|input| self.output.passthrough_of == Some(*input))
        {
            self.same_as = Some(input);
            outer.push(format!("same_as = {}", self.scope.written(input)?));
            ty = inner;
        }
        if let Some((inner, b)) = narrowed(ty)
            && let Some(channels) = b["fields"]["channels"].as_u64()
            && same(b, &json!({"type": "named", "name": "Image", "fields": {"channels": channels}}))
        {
            outer.push(format!("channels = {channels}"));
            ty = inner;
        }
        if ty != "Image" {
            match self.sides(ty) {
                Some(sides) => self.keys.extend(sides),
                None => self.keys.push(format!("navi = {}", self.scope.navi(ty)?)),
            }
        }
        self.keys.extend(outer);
        Ok(())
    }

    /// `width = …` and `height = …`, if that is all there is.
    fn sides(&self, ty: &Json) -> Option<Vec<String>> {
        let fields = ty["fields"].as_object().filter(|_| ty["type"] == "named" && ty["name"] == "Image")?;
        if fields.is_empty() || fields.keys().any(|field| field != "width" && field != "height") {
            return None;
        }
        ["width", "height"]
            .into_iter()
            .filter_map(|side| Some((side, fields.get(side)?)))
            .map(|(side, value)| Some(format!("{} = {}", names::written(side), self.scope.formula(value)?)))
            .collect()
    }
}

/// The input whose size this is.
fn size_of(ty: &Json) -> Option<u32> {
    let input = input_of(&ty["fields"]["width"]["of"])?;
    let field = |field: &str| json!({"type": "field-access", "of": format!("Input{input}"), "field": field});
    let size = json!({"width": field("width"), "height": field("height")});
    same(ty, &json!({"type": "named", "name": "Image", "fields": size})).then_some(input)
}
