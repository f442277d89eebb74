//! A type that travels between nodes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    attr::{Navi, Value, navi_text},
    ide,
    model::NaviType,
    names,
};

use super::{optional_text, private};

/// The trait of the type.
pub(crate) fn expand(ty: &NaviType) -> TokenStream {
    let p = private(&ty.keys);
    let NaviType { ident, keys } = ty;
    let name = names::plain(ident);
    let type_name = optional_text(keys.text("type_name"));
    let fields = fields(ty).into_iter().map(|(field, ty)| quote!((#field, #ty)));
    let completion = ide::completion([("navi", keys)]);
    quote! {
        #[automatically_derived]
        impl #p::NaviType for #ident {
            const NAVI: &'static #p::NaviStruct = &#p::NaviStruct {
                name: #name,
                package: ::core::env!("CARGO_PKG_NAME"),
                type_name: #type_name,
                fields: &[#(#fields),*],
            };
        }
        #completion
    }
}

fn fields(ty: &NaviType) -> Vec<(String, String)> {
    let Some(Value::Pairs(pairs)) = ty.keys.get("fields").map(|entry| &entry.value) else { return Vec::new() };
    pairs
        .iter()
        .filter_map(|pair| match pair {
            (Navi::Text(field), Navi::Text(ty)) => Some((field.value(), navi_text(&ty.value(), &|_| None))),
            _ => None,
        })
        .collect()
}
