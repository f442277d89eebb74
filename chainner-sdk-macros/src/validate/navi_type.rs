//! Rules of a type that travels between nodes.

use crate::{
    attr::{Known, Navi, TextKind, Value},
    error::Errors,
    model::NaviType,
    names,
};

use super::readable;

const RULES: &[fn(&NaviType, &mut Errors)] = &[name_fits_the_type_language, fields_are_names_and_types];

/// The rules of a type that travels between nodes.
pub(crate) fn navi_type(ty: &NaviType, errors: &mut Errors) {
    RULES.iter().for_each(|rule| rule(ty, errors));
}

fn name_fits_the_type_language(ty: &NaviType, errors: &mut Errors) {
    if let Some(name) = ty.keys.text("type_name") {
        if !name.value().split("::").all(names::is_navi_name) {
            errors.on(name, "a type name is letters, digits and `_` (a-z, A-Z, 0-9), starting with a letter; `::` may stand between");
        }
    } else if !names::is_navi_name(&names::plain(&ty.ident)) {
        let message = "the app's type language has no such name (letters a-z, A-Z, digits and `_`, starting with a letter); \
                       give it one: `#[navi(type_name = \"…\")]`";
        errors.at(ty.ident.span(), message);
    }
}

fn fields_are_names_and_types(ty: &NaviType, errors: &mut Errors) {
    let Some(entry) = ty.keys.get("fields") else { return };
    let Value::Pairs(pairs) = &entry.value else { return };
    for pair in pairs {
        match pair {
            (Navi::Text(name), Navi::Text(ty)) if names::is_navi_name(&name.value()) => {
                readable(ty, TextKind::Expression, &Known::default(), errors);
            }
            (Navi::Text(name), Navi::Text(_)) => {
                errors.on(name, "a field is named by letters, digits and `_`, starting with a letter");
            }
            _ => errors.at(entry.span, "a field is a name and a type, both texts: `(\"size\", \"int(1..)\")`"),
        }
    }
}
