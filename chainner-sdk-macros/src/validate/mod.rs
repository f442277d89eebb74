//! The rules that a declaration has to keep, one function each.

mod choice;
mod navi_type;
mod node;
mod package;
mod settings;
mod signature;

use syn::LitStr;

use crate::error::Errors;

pub(crate) use choice::choice;
pub(crate) use navi_type::navi_type;
pub(crate) use node::node;
pub(crate) use package::{package, package_name};
pub(crate) use settings::settings;
pub(crate) use signature::signature;

fn not_empty(text: &LitStr, errors: &mut Errors) {
    if text.value().trim().is_empty() {
        errors.on(text, "this text is shown in the app and cannot be empty; leave the key away for the usual one");
    }
}
