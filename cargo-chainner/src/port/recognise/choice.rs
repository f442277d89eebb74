//! Choices: which enum a dropdown is of.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::{
    Outcome,
    navi::{block, literal, same},
    refused,
};
use crate::port::{
    names,
    read::{Dropdown, Input, Node},
};

/// The enums of a package.
#[derive(Debug, Default)]
pub(in crate::port) struct Choices {
    pub(in crate::port) list: Vec<Choice>,
    names: HashSet<String>,
}

/// An enum.
#[derive(Debug)]
pub(in crate::port) struct Choice {
    pub(in crate::port) name: String,
    /// Name in the app's language.
    pub(in crate::port) ty: String,
    /// Whether the app itself has the type.
    pub(in crate::port) host: bool,
    pub(in crate::port) definitions: Option<String>,
    /// Order of the headings, where it is not that of the variants.
    pub(in crate::port) headings: Vec<String>,
    pub(in crate::port) style: String,
    pub(in crate::port) default: usize,
    pub(in crate::port) variants: Vec<Variant>,
    /// Positions of the nodes that use it.
    pub(in crate::port) users: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::port) struct Variant {
    pub(in crate::port) name: String,
    pub(in crate::port) value: Json,
    pub(in crate::port) label: String,
    pub(in crate::port) icon: Option<String>,
    pub(in crate::port) heading: Option<Option<String>>,
    pub(in crate::port) navi: Option<Json>,
}

impl Choices {
    /// The enum of an input, a new one if there is none like it.
    pub(in crate::port) fn of(&mut self, input: &Input, face: &Dropdown, node: &Node, user: usize) -> Outcome<usize> {
        let Some(ty) = input.ty.as_str() else { return refused("a choice of a type that is no name") };
        let Some(default) = face.options.iter().position(|option| same(&option.value, &face.def)) else {
            return refused(format!("the default of \"{}\" is none of its options", input.label));
        };
        let short = ty.rsplit("::").next().unwrap_or(ty);
        let base = if names::is_navi_name(short) {
            let (first, rest) = short.split_at(1);
            first.to_ascii_uppercase() + rest
        } else {
            names::pascal(&input.label)
        };
        let host = input.type_definitions.is_none();
        let variants = variants(face, ty, &base, host);
        let definitions = match &input.type_definitions {
            None => None,
            Some(given) => {
                let usual = type_definitions(ty, &variants);
                match given.strip_prefix(usual.as_str()) {
                    Some("") => None,
                    Some(more) if more.starts_with('\n') => Some(more[1..].to_owned()),
                    _ => return refused(format!("the definitions of `{ty}` are not those of its options")),
                }
            }
        };
        let variants: Vec<Variant> = variants
            .into_iter()
            .map(|variant| {
                let usual = Json::from(format!("{ty}::{}", variant.name));
                Variant { navi: variant.navi.filter(|ty| host || *ty != usual), ..variant }
            })
            .collect();
        let listed: Vec<String> = face.groups.iter().filter_map(|heading| heading.label.clone()).collect();
        let by_variants = variants.iter().filter_map(|variant| variant.heading.as_ref()?.as_ref());
        let headings = if by_variants.eq(&listed) { Vec::new() } else { listed };
        let same = |choice: &Choice| {
            (choice.ty == ty && choice.host == host && choice.definitions == definitions)
                && (choice.headings == headings && choice.variants == variants)
        };
        if let Some(index) = self.list.iter().position(same) {
            self.list[index].users.push(user);
            return Ok(index);
        }
        let base = if names::hides_a_type(&base) { format!("{base}Kind") } else { base };
        let (label, area) = (names::pascal(&input.label), node.schema_id.split(':').nth(1).unwrap_or_default());
        let mut candidates = vec![base.clone()];
        if !base.contains(&label) && !label.contains(&base) {
            candidates.push(format!("{label}{base}"));
        }
        candidates.push(format!("{}{base}", names::pascal(area)));
        candidates.push(format!("{}{base}", names::pascal(&node.name)));
        self.list.push(Choice {
            name: names::free(&mut self.names, &candidates),
            ty: ty.to_owned(),
            host,
            definitions,
            headings,
            style: face.preferred_style.clone(),
            default,
            variants,
            users: vec![user],
        });
        Ok(self.list.len() - 1)
    }
}

/// The definitions that the type of a choice has by itself.
fn type_definitions(ty: &str, variants: &[Variant]) -> String {
    let all: Vec<String> = variants.iter().map(|variant| format!("{ty}::{}", variant.name)).collect();
    let structs: String = all.iter().map(|variant| format!("\nstruct {variant};")).collect();
    format!("let {ty} = {};{structs}", all.join(" | "))
}

fn variants(face: &Dropdown, ty: &str, base: &str, host: bool) -> Vec<Variant> {
    let mut taken = HashSet::from(["Self".to_owned()]);
    let options = face.options.iter();
    options
        .map(|option| {
            let own =
                option.ty.as_ref().and_then(Json::as_str).and_then(|own| own.strip_prefix(ty)?.strip_prefix("::"));
            // The definitions name the variants; else the name is free.
            let capital = |name: &&str| !host || name.starts_with(|first: char| first.is_ascii_uppercase());
            let name = match own.filter(|name| names::is_navi_name(name)).filter(capital) {
                Some(name) => name.to_owned(),
                None => variant_name(&option.option, &option.value, base),
            };
            let heading = face.groups.iter().find(|heading| same(&heading.start_at, &option.value));
            Variant {
                name: names::free(&mut taken, &[name]),
                value: option.value.clone(),
                label: option.option.clone(),
                icon: option.icon.clone(),
                heading: heading.map(|heading| heading.label.clone()),
                navi: option.ty.clone(),
            }
        })
        .collect()
}

fn variant_name(label: &str, value: &Json, base: &str) -> String {
    let remarks = label.contains(['(', ':', ',']);
    let (label, value) = (names::pascal(label), value.as_str().map(names::pascal).unwrap_or_default());
    // A label with remarks makes a long name; what is stored for it is a name already.
    let candidates = if remarks && !value.is_empty() { [value, label] } else { [label, value] };
    let name = candidates.into_iter().find(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "Option".to_owned());
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        // `128` of a `TileSize` is `Size128`.
        let last = base.rfind(|c: char| c.is_ascii_uppercase()).map_or(base, |start| &base[start..]);
        return format!("{last}{name}");
    }
    name
}

impl Choice {
    /// The value as Rust: `Shape::Oval`.
    pub(super) fn value(&self, value: &Json) -> Outcome<String> {
        match self.variants.iter().find(|variant| same(&variant.value, value)) {
            Some(variant) => Ok(format!("{}::{}", self.name, variant.name)),
            None => refused(format!("`{value}` is none of the options of `{}`", self.ty)),
        }
    }

    /// The keys of `#[choice(…)]` on the enum, in a package of this name.
    pub(in crate::port) fn keys(&self, package: &str) -> Vec<String> {
        let mut keys = Vec::new();
        if self.host {
            keys.push(format!("host_type = {}", literal(&self.ty)));
        } else if self.ty != format!("{package}::{}", self.name) {
            keys.push(format!("type_name = {}", literal(&self.ty)));
        }
        if self.style != "dropdown" {
            keys.push(format!("style = {}", self.style));
        }
        if !self.headings.is_empty() {
            let headings: Vec<String> = self.headings.iter().map(|text| literal(text)).collect();
            keys.push(format!("headings = [{}]", headings.join(", ")));
        }
        keys.extend(self.definitions.iter().map(|text| format!("definitions = {}", block(&text.replace('$', "$$")))));
        keys
    }

    /// The keys of `#[choice(…)]` on a variant.
    pub(in crate::port) fn variant_keys(&self, index: usize) -> Outcome<Vec<String>> {
        let variant = &self.variants[index];
        let mut keys = Vec::new();
        if names::title_of_pascal(&variant.name) != variant.label {
            keys.push(format!("label = {}", literal(&variant.label)));
        }
        match &variant.value {
            Json::String(id) if *id == names::snake_of_pascal(&variant.name) => {}
            Json::String(id) => keys.push(format!("id = {}", literal(id))),
            number => keys.push(format!("id = {number}")),
        }
        keys.extend(variant.icon.iter().map(|icon| format!("icon = {}", literal(icon))));
        match &variant.heading {
            Some(Some(text)) => keys.push(format!("heading = {}", literal(text))),
            Some(None) => keys.push("divider".to_owned()),
            None => {}
        }
        if index == self.default && index > 0 {
            keys.push("default".to_owned());
        }
        if let Some(navi) = &variant.navi {
            keys.push(format!("navi = {}", super::Scope::of_no_node().navi(navi)?));
        }
        Ok(keys)
    }
}
