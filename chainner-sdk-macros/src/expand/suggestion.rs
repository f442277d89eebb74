//! Searches that find a node, as tables.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::{attr::Suggestion, model::Node};

use super::{
    at,
    checks::{call, facts},
    context, forever, optional, optional_text,
};

/// The suggestions of a node.
pub(super) fn table(p: &TokenStream, node: &Node) -> TokenStream {
    let suggestions = node.keys.suggestions().iter().enumerate().map(|(index, suggestion)| {
        let Suggestion { query, name, parse, set } = suggestion;
        let name = optional_text(name.as_ref());
        let parse = parse.as_ref().and_then(|name| Some((node.input(name)?.index, name.span())));
        let parse = optional(parse.map(|(index, span)| context::index(p, index, span)));
        let inputs = set.iter().enumerate().filter_map(|(place, (name, _))| {
            let input = node.input(name)?;
            let (ty, constant) = (forever(&input.ty), constant(index, place));
            let index = context::index(p, input.index, name.span());
            Some(quote!((#index, || <#ty as #p::DefaultInput>::default_value(#constant))))
        });
        quote!(#p::Suggestion { query: #query, name: #name, parse: #parse, inputs: &[#(#inputs),*] })
    });
    quote!(&[#(#suggestions),*])
}

/// The values set, in the types of their inputs; and that what is parsed is a number.
pub(super) fn checks(p: &TokenStream, node: &Node) -> TokenStream {
    let mut checks = TokenStream::new();
    for (index, suggestion) in node.keys.suggestions().iter().enumerate() {
        if let Some((name, input)) = suggestion.parse.as_ref().and_then(|name| Some((name, node.input(name)?))) {
            let facts = facts(input);
            checks.extend(call(p, "input_is_number", name.span(), quote!(#facts.kind)));
        }
        for (place, (name, value)) in suggestion.set.iter().enumerate() {
            let Some(input) = node.input(name) else { continue };
            let (ty, constant) = (forever(&input.ty), constant(index, place));
            let ty = at(name.span(), quote!(<#ty as #p::DefaultInput>::Default));
            checks.extend(quote!(const #constant: #ty = #value;));
        }
    }
    checks
}

fn constant(index: usize, place: usize) -> Ident {
    format_ident!("__CHAINNER_SUGGESTED_{index}_{place}")
}
