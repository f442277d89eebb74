//! Rules of a package.

use proc_macro2::Span;

use crate::{error::Errors, keys, model::Package, names};

use super::is_word;

const RULES: &[fn(&Package, &mut Errors)] =
    &[needed_keys_are_given, package_id_is_well_formed, replaced_is_a_first_part, dependencies_are_complete];

/// The rules of a package.
pub(crate) fn package(package: &Package, errors: &mut Errors) {
    RULES.iter().for_each(|rule| rule(package, errors));
}

fn needed_keys_are_given(package: &Package, errors: &mut Errors) {
    for key in keys::PACKAGE.iter().filter(|key| matches!(key.name, "name" | "description" | "categories")) {
        if !package.keys.mention(key.name) {
            errors.at(Span::call_site(), format!("`{}` is missing: `{}`", key.name, key.example));
        }
    }
    for text in ["name", "description", "icon", "color"].iter().filter_map(|key| package.keys.text(key)) {
        if text.value().trim().is_empty() {
            errors.on(text, "this is shown in the app and cannot be empty");
        }
    }
}

fn package_id_is_well_formed(package: &Package, errors: &mut Errors) {
    let Some(id) = package.keys.text("id") else { return };
    let text = id.value();
    let well_formed = text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !well_formed {
        errors.on(id, "a package id is lower-case letters, digits and `_`, starting with a letter, such as `film_lab`");
    } else if text == "chainner_standard" {
        errors.on(id, "`chainner_standard` is the app's own package; choose another id");
    }
}

fn replaced_is_a_first_part(package: &Package, errors: &mut Errors) {
    let Some(replaced) = package.keys.text("replaces") else { return };
    if !is_word(&replaced.value()) {
        let message = "`replaces` of a package is the first part of ids, up to the `:`, such as `chainner`; a single node names \
                       its own: `#[node(replaces = \"chainner:image:blend\")]`";
        errors.on(replaced, message);
    }
}

fn dependencies_are_complete(package: &Package, errors: &mut Errors) {
    let span = package.keys.get("dependencies").map_or_else(Span::call_site, |entry| entry.span);
    for dependency in &package.dependencies {
        for key in keys::DEPENDENCY.iter().filter(|key| keys::DEPENDENCY_NEEDS.contains(&key.name)) {
            if !dependency.mention(key.name) {
                errors.at(span, format!("a dependency lacks `{}`: `{}`", key.name, key.example));
            }
        }
    }
}

/// The id that the package being compiled has, if it does not choose another.
pub(crate) fn package_name() -> String {
    names::underscored(&std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "package".to_owned()))
}
