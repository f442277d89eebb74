//! Reads a choice: `#[choice(…)]` on an enum and on its variants.

use syn::{Data, DeriveInput};

use crate::{error::Errors, keys, model};

use super::Keys;

/// The choice that the enum declares; `None` if it is no enum that can be one.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Option<model::Choice> {
    let keys = Keys::of(&input.attrs, "choice", keys::CHOICE, "`#[choice]` on an enum", errors);
    let variants = match &input.data {
        Data::Enum(data) => &data.variants,
        Data::Struct(data) => {
            errors.on(data.struct_token, "`#[derive(Choice)]` goes on an enum without fields, not on a struct");
            return None;
        }
        Data::Union(data) => {
            errors.on(data.union_token, "`#[derive(Choice)]` goes on an enum without fields, not on a union");
            return None;
        }
    };
    if !input.generics.params.is_empty() {
        errors.on(&input.generics, "a choice cannot be generic: the app shows one fixed list");
        return None;
    }
    let options = variants
        .iter()
        .map(|variant| {
            if !matches!(variant.fields, syn::Fields::Unit) {
                errors.on(&variant.fields, "a variant of a choice has no fields; make them inputs shown with `when`");
            }
            let keys = Keys::of(&variant.attrs, "choice", keys::VARIANT, "`#[choice]` on a variant", errors);
            model::ChoiceOption::new(variant, keys)
        })
        .collect();
    Some(model::Choice { ident: input.ident.clone(), keys, options })
}
