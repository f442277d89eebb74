//! An output as a table.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::{
    attr::Value,
    model::{Node, Output},
    names,
};

use super::{context::with_ids, input::variant, navi, optional_text};

/// The options of an output.
pub(super) fn options(p: &TokenStream, node: &Node, output: &Output) -> TokenStream {
    let fields = output.keys.iter().map(|entry| {
        let field = match entry.key.name {
            "kind" => format_ident!("style"),
            name => format_ident!("{name}"),
        };
        match &entry.value {
            Value::Flag(is) => quote!(#field: #is),
            Value::Text(text) if entry.key.name == "docs" => quote!(docs: #text),
            Value::Text(text) => {
                let text = optional_text(Some(text));
                quote!(#field: #text)
            }
            Value::Integer(integer, _) => quote!(#field: ::core::option::Option::Some(#integer)),
            Value::Input(name) => {
                let id = with_ids(node, entry.span, |id| {
                    let id = id(&names::plain(name)).unwrap_or_default();
                    quote!(#id)
                });
                quote!(#field: ::core::option::Option::Some(#id))
            }
            Value::Formula(formula) => {
                let text = with_ids(node, entry.span, |id| {
                    let text = formula.text(&|name: &Ident| id(&names::plain(name)).unwrap_or_default());
                    quote!(#text)
                });
                quote!(#field: ::core::option::Option::Some(#text))
            }
            Value::Navi(expression) => {
                let expression = with_ids(node, entry.span, |id| navi::expression(p, expression, &id));
                quote!(#field: ::core::option::Option::Some(#expression))
            }
            Value::Word(word, _) => {
                let word = variant(word);
                quote!(#field: #p::OutputStyle::#word)
            }
            // Not among the forms of output keys.
            _ => TokenStream::new(),
        }
    });
    quote!(#p::OutputOptions { #(#fields,)* ..#p::OutputOptions::EMPTY })
}
