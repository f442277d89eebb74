//! Reads `package! { … }`.

use proc_macro2::TokenStream;

use crate::{error::Errors, keys, model};

use super::{Keys, Separator, Value};

/// The package that the macro declares.
pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> model::Package {
    let keys = Keys::parse(tokens, keys::PACKAGE, Separator::Colon, "`package!`", errors);
    let structs = match keys.get("dependencies").map(|entry| &entry.value) {
        Some(Value::Structs(structs)) => structs.clone(),
        _ => Vec::new(),
    };
    let dependencies = structs
        .into_iter()
        .map(|fields| Keys::parse(fields, keys::DEPENDENCY, Separator::Colon, "a dependency", errors))
        .collect();
    model::Package { keys, dependencies }
}
