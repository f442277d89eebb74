//! Rules of settings.

use std::collections::HashMap;

use crate::{error::Errors, model::Settings, names};

use super::not_empty;

const RULES: &[fn(&Settings, &mut Errors)] = &[keys_differ, texts_are_not_empty];

/// The rules of settings.
pub(crate) fn settings(settings: &Settings, errors: &mut Errors) {
    RULES.iter().for_each(|rule| rule(settings, errors));
}

fn keys_differ(settings: &Settings, errors: &mut Errors) {
    let mut seen = HashMap::new();
    for field in &settings.fields {
        let name = names::plain(&field.ident);
        let key = field.keys.text("key").map_or_else(|| name.clone(), syn::LitStr::value);
        if let Some(other) = seen.insert(key.clone(), name) {
            let span = field.keys.text("key").map_or_else(|| field.ident.span(), syn::LitStr::span);
            errors.at(span, format!("`{other}` is stored under \"{key}\" already"));
        }
    }
}

fn texts_are_not_empty(settings: &Settings, errors: &mut Errors) {
    let texts = settings.fields.iter().flat_map(|field| ["label", "key", "directory"].map(|key| field.keys.text(key)));
    texts.flatten().for_each(|text| not_empty(text, errors));
}
