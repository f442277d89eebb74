//! The rules that a declaration has to keep, one function each.

mod choice;
mod navi_type;
mod node;
mod package;
mod settings;
mod signature;

use syn::LitStr;

use crate::{
    attr::{Known, Navi, TextKind, navi_mistake},
    error::Errors,
};

pub(crate) use choice::choice;
pub(crate) use navi_type::navi_type;
pub(crate) use node::node;
pub(crate) use package::{package, package_name};
pub(crate) use settings::settings;
pub(crate) use signature::signature;

/// A word of an id.
fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The text can be read by the app.
fn readable(text: &LitStr, kind: TextKind, known: &Known, errors: &mut Errors) {
    if let Some(mistake) = navi_mistake(&text.value(), kind, known) {
        errors.on(text, mistake);
    }
}

/// The texts of an expression can be read by the app.
fn expression_is_readable(navi: &Navi, known: &Known, errors: &mut Errors) {
    navi.texts().into_iter().for_each(|text| readable(text, TextKind::Expression, known, errors));
}

fn not_empty(text: &LitStr, errors: &mut Errors) {
    if text.value().trim().is_empty() {
        errors.on(text, "this text is shown in the app and cannot be empty; leave the key away for the usual one");
    }
}
