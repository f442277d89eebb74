//! Reads a type that travels between nodes: `#[navi(…)]` on it.

use syn::DeriveInput;

use crate::{error::Errors, keys, model};

use super::Keys;

/// What the type declares; `None` if it cannot travel.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Option<model::NaviType> {
    let keys = Keys::of(&input.attrs, "navi", keys::NAVI_TYPE, "`#[navi]`", errors);
    if !input.generics.params.is_empty() {
        errors
            .on(&input.generics, "a type that travels between nodes cannot be generic: the app knows one of its name");
        return None;
    }
    Some(model::NaviType { ident: input.ident.clone(), keys })
}
