//! Settings: the trait of a struct that the app keeps.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ide,
    model::{Setting, Settings},
    names,
};

use super::{at, optional, private};

/// The trait of the struct.
pub(crate) fn expand(settings: &Settings, sound: bool) -> TokenStream {
    let p = private(&settings.keys);
    let ident = &settings.ident;
    let completion = settings.fields.iter().map(|field| ide::completion("setting", &field.keys));
    let table = sound.then(|| {
        let declarations = settings.fields.iter().map(|field| declaration(&p, field));
        let idents: Vec<_> = settings.fields.iter().map(|field| &field.ident).collect();
        let indices = 0..settings.fields.len();
        quote! {
            #[automatically_derived]
            impl #p::Settings for #ident {
                const TABLE: &'static [#p::SettingDecl] = &[#(#declarations),*];

                fn read<'v>(
                    get: &mut dyn ::core::ops::FnMut(&::core::primitive::str) -> ::core::option::Option<#p::Value<'v>>,
                ) -> Self {
                    Self { #(#idents: #p::read_setting(&<Self as #p::Settings>::TABLE[#indices], get)),* }
                }
            }
        }
    });
    quote! {
        #table
        #(#completion)*
    }
}

fn declaration(p: &TokenStream, field: &Setting) -> TokenStream {
    let Setting { ident, ty, keys, docs } = field;
    let name = names::plain(ident);
    let key = keys.text("key").map_or_else(|| name.clone(), syn::LitStr::value);
    let label = keys.text("label").map_or_else(|| names::title_of_snake(&name), syn::LitStr::value);
    let disabled = keys.flag("disabled").unwrap_or(false);
    let default = optional(keys.expression("default"));
    let (min, max) = match keys.range("range") {
        Some(range) => (optional(range.lower.as_ref()), optional(range.upper.as_ref())),
        None => (optional(None::<TokenStream>), optional(None::<TokenStream>)),
    };
    let directory = keys.text("directory").map_or_else(|| name.clone(), syn::LitStr::value);
    let field_type = at(syn::spanned::Spanned::span(ty), quote!(<#ty as #p::SettingField>));
    quote! {
        #p::SettingDecl {
            key: #key,
            label: #label,
            docs: #docs,
            disabled: #disabled,
            kind: || #field_type::kind(
                #p::SettingOptions { default: #default, min: #min, max: #max, directory: #directory },
            ),
        }
    }
}
