//! Reads settings: a struct, and `#[setting(…)]` on its fields.

use syn::{Data, DeriveInput, Fields};

use crate::{docs::Docs, error::Errors, keys, model};

use super::Keys;

/// The settings that the struct declares; `None` if it is no struct that can hold them.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Option<model::Settings> {
    let keys = Keys::of(&input.attrs, "settings", keys::SETTINGS, "`#[settings]`", errors);
    let Data::Struct(data) = &input.data else {
        errors.on(&input.ident, "`#[derive(Settings)]` goes on a struct: one field for each setting");
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        errors.on(&input.ident, "settings need names: `struct LabSettings { threads: u32 }`");
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.on(&input.generics, "settings cannot be generic: the app shows one fixed list");
        return None;
    }
    let fields = fields.named.iter().filter_map(|field| {
        let keys = Keys::of(&field.attrs, "setting", keys::SETTING, "`#[setting]`", errors);
        let ident = field.ident.clone()?;
        Some(model::Setting { ident, ty: field.ty.clone(), keys, docs: Docs::of(&field.attrs) })
    });
    Some(model::Settings { ident: input.ident.clone(), fields: fields.collect(), keys })
}
