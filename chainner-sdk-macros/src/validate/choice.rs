//! Rules of a choice.

use std::collections::HashMap;

use crate::{
    attr::{Known, TextKind, Value},
    error::{Errors, suggestion},
    model::Choice,
    names,
};

use super::{expression_is_readable, not_empty, readable};

const RULES: &[fn(&Choice, &mut Errors)] = &[
    has_variants,
    one_default,
    variants_differ,
    style_fits,
    names_fit_the_type_language,
    labels_are_not_empty,
    types_are_readable,
    headings_are_shown,
    host_types_define_nothing,
];

/// The rules of a choice.
pub(crate) fn choice(choice: &Choice, errors: &mut Errors) {
    RULES.iter().for_each(|rule| rule(choice, errors));
}

fn has_variants(choice: &Choice, errors: &mut Errors) {
    if choice.options.is_empty() {
        errors.at(choice.ident.span(), "a choice needs a variant at least");
    }
}

fn one_default(choice: &Choice, errors: &mut Errors) {
    let mut defaults = choice.options.iter().filter_map(|option| option.default.map(|span| (option, span)));
    let first = defaults.next();
    for (_, span) in defaults {
        let first = first.map(|(option, _)| option.name()).unwrap_or_default();
        errors.at(span, format!("`{first}` is the default already"));
    }
}

fn variants_differ(choice: &Choice, errors: &mut Errors) {
    let mut ids = HashMap::new();
    let mut labels = HashMap::new();
    for option in &choice.options {
        let place = |key: &str| option.keys.get(key).map_or_else(|| option.ident.span(), |entry| entry.span);
        if let Some(other) = ids.insert(option.stored().to_string(), option) {
            let message = format!(
                "saved chains could not tell this from `{}`: both have the id {}",
                other.name(),
                option.stored()
            );
            errors.at(place("id"), message);
        }
        if let Some(other) = labels.insert(option.label(), option) {
            let message = format!(
                "artists could not tell this from `{}`: both are labelled \"{}\"",
                other.name(),
                option.label()
            );
            errors.at(place("label"), message);
        }
    }
}

fn style_fits(choice: &Choice, errors: &mut Errors) {
    let Some((style, span)) = choice.keys.word("style") else { return };
    let count = choice.options.len();
    match style {
        "checkbox" if count != 2 => {
            errors.at(span, format!("a check box is two variants, the first meaning yes; here are {count}"));
        }
        "anchor" if count != 9 => {
            errors.at(span, format!("an anchor is nine variants, row by row; here are {count}"));
        }
        "icons" => {
            for option in choice.options.iter().filter(|option| option.keys.get("icon").is_none()) {
                errors.at(option.ident.span(), "with `style = icons` every variant needs an `icon`");
            }
        }
        _ => {}
    }
}

fn names_fit_the_type_language(choice: &Choice, errors: &mut Errors) {
    if let Some(name) = choice.keys.text("type_name") {
        let text = name.value();
        if !text.split("::").all(names::is_navi_name) {
            errors.on(name, "a type name is letters, digits and `_` (a-z, A-Z, 0-9), starting with a letter; `::` may stand between");
        }
    } else if !names::is_navi_name(&names::plain(&choice.ident)) {
        let message = "the app's type language has no such name (letters a-z, A-Z, digits and `_`, starting with a letter); \
                       give it one: `#[choice(type_name = \"…\")]`";
        errors.at(choice.ident.span(), message);
    }
    for option in &choice.options {
        if !names::is_navi_name(&option.name()) {
            let message =
                "the app's type language has no such name (letters a-z, A-Z, digits and `_`, starting with a letter)";
            errors.at(option.ident.span(), message);
        }
    }
}

fn headings_are_shown(choice: &Choice, errors: &mut Errors) {
    let shown: Vec<String> =
        choice.options.iter().filter_map(|option| option.keys.text("heading")).map(syn::LitStr::value).collect();
    for text in choice.keys.texts("headings").iter().filter(|text| !shown.contains(&text.value())) {
        let hint = suggestion(&text.value(), shown.iter().map(String::as_str));
        errors.on(text, format!("no variant has this `heading`; {hint}"));
    }
    for option in &choice.options {
        if let (Some(_), Some(divider)) = (option.keys.get("heading"), option.keys.get("divider")) {
            errors.at(divider.span, "a heading is a line already; leave `divider` away");
        }
    }
}

fn types_are_readable(choice: &Choice, errors: &mut Errors) {
    let mut known = Known { inputs: Vec::new(), names: vec![choice.ident.to_string()] };
    known.names.extend(choice.keys.text("type_name").map(syn::LitStr::value));
    if let Some(text) = choice.keys.text("definitions") {
        known.define(&text.value());
    }
    if let Some(text) = choice.keys.text("host_type") {
        readable(text, TextKind::Condition, &Known::default(), errors);
    }
    if let Some(text) = choice.keys.text("definitions") {
        readable(text, TextKind::Definitions, &known, errors);
    }
    for option in &choice.options {
        if let Some(Value::Navi(navi)) = option.keys.get("navi").map(|entry| &entry.value) {
            expression_is_readable(navi, &known, errors);
        }
    }
}

fn host_types_define_nothing(choice: &Choice, errors: &mut Errors) {
    if choice.keys.mention("host_type") {
        for entry in ["type_name", "definitions"].iter().filter_map(|key| choice.keys.get(key)) {
            errors.at(
                entry.span,
                format!("`host_type` names a type that the app defines; leave `{}` away", entry.key.name),
            );
        }
    }
}

fn labels_are_not_empty(choice: &Choice, errors: &mut Errors) {
    for text in
        choice.options.iter().flat_map(|option| ["label", "icon"].into_iter().filter_map(|key| option.keys.text(key)))
    {
        not_empty(text, errors);
    }
}
