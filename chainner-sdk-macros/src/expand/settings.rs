//! Settings: the trait of a struct that the app keeps.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::{
    ide,
    model::{Setting, Settings},
    names,
};

use super::{at, private};

/// The trait of the struct.
pub(crate) fn expand(settings: &Settings, sound: bool) -> TokenStream {
    let p = private(&settings.keys);
    let ident = &settings.ident;
    let completion = ide::completion(settings.fields.iter().map(|field| ("setting", &field.keys)));
    let table = sound.then(|| {
        let declarations = settings.fields.iter().map(|field| declaration(&p, field));
        let idents: Vec<_> = settings.fields.iter().map(|field| &field.ident).collect();
        let fields = settings.fields.iter().map(|field| trait_of(&p, field));
        let indices = 0..settings.fields.len();
        quote! {
            #[automatically_derived]
            impl #p::Settings for #ident {
                const TABLE: &'static [#p::SettingDecl] = &[#(#declarations),*];

                fn read<'v>(
                    get: &mut dyn ::core::ops::FnMut(&::core::primitive::str) -> ::core::option::Option<#p::Value<'v>>,
                ) -> Self {
                    Self { #(#idents: #fields::read(&<Self as #p::Settings>::TABLE[#indices], get)),* }
                }
            }
        }
    });
    quote! {
        #table
        #completion
    }
}

/// The field's type as that of a setting, shown by errors as the author's.
fn trait_of(p: &TokenStream, field: &Setting) -> TokenStream {
    let ty = &field.ty;
    at(syn::spanned::Spanned::span(ty), quote!(<#ty as #p::SettingField>))
}

fn declaration(p: &TokenStream, field: &Setting) -> TokenStream {
    let Setting { ident, keys, docs, .. } = field;
    let name = names::plain(ident);
    let key = keys.text("key").map_or_else(|| name.clone(), syn::LitStr::value);
    let label = keys.text("label").map_or_else(|| names::title_of_snake(&name), syn::LitStr::value);
    let disabled = keys.flag("disabled").unwrap_or(false);
    // All of it stands at the type, so that one that is none is reported there.
    let span = syn::spanned::Spanned::span(&field.ty);
    let options = Ident::new("options", span);
    let range = keys.range("range");
    let given = [
        ("default", keys.expression("default")),
        ("min", range.and_then(|range| range.lower.as_ref())),
        ("max", range.and_then(|range| range.upper.as_ref())),
    ];
    let given = given.into_iter().filter_map(|(name, value)| {
        let name = format_ident!("{name}");
        value.map(|value| quote_spanned!(span=> #options.#name = ::core::option::Option::Some(#value);))
    });
    let directory = keys.text("directory").map_or_else(|| name.clone(), syn::LitStr::value);
    let field_type = trait_of(p, field);
    let kind = quote_spanned! {span=>
        || {
            let mut #options = #field_type::options();
            #options.directory = #directory;
            #(#given)*
            #field_type::kind(#options)
        }
    };
    quote! {
        #p::SettingDecl {
            key: #key,
            label: #label,
            docs: #docs,
            disabled: #disabled,
            kind: #kind,
        }
    }
}
