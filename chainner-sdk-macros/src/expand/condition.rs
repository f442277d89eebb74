//! `when(…)` as a table, its values checked against the types of the inputs asked about.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, Ident};

use crate::{
    attr::{Condition, navi_text},
    model::{Input, Node},
};

use super::{at, context};

/// The condition as const data.
pub(super) fn table(p: &TokenStream, node: &Node, condition: &Condition) -> TokenStream {
    let all = |items: &[Condition]| items.iter().map(|item| table(p, node, item)).collect::<Vec<_>>();
    match condition {
        Condition::All(items) => {
            let items = all(items);
            quote!(#p::Condition::All(&[#(#items),*]))
        }
        Condition::Any(items) => {
            let items = all(items);
            quote!(#p::Condition::Any(&[#(#items),*]))
        }
        Condition::Not(inner) => {
            let inner = table(p, node, inner);
            quote!(#p::Condition::Not(&#inner))
        }
        Condition::Flag(name) => {
            let index = node.input(name).map(|input| context::index(p, input.index, name.span()));
            quote!(#p::Condition::Is { input: #index, values: &[|| #p::ConditionValue::condition_value(true)] })
        }
        Condition::Is(name, values) => {
            let Some(input) = node.input(name) else { return TokenStream::new() };
            let index = context::index(p, input.index, name.span());
            let values = values.iter().map(|value| self::value(p, input, name, value));
            quote!(#p::Condition::Is { input: #index, values: &[#(#values),*] })
        }
        Condition::Type(name, ty, unconnected) => {
            let index = node.input(name).map(|input| context::index(p, input.index, name.span()));
            let ty = navi_text(&ty.value(), &|_| None);
            quote!(#p::Condition::Type { input: #index, ty: #ty, unconnected: #unconnected })
        }
        Condition::Constant(true) => quote!(#p::Condition::All(&[])),
        Condition::Constant(false) => quote!(#p::Condition::Any(&[])),
    }
}

/// The checks of the values, as far as the table is not `written` because of other mistakes.
pub(super) fn checks(p: &TokenStream, node: &Node, condition: &Condition, written: bool) -> TokenStream {
    match condition {
        Condition::All(items) | Condition::Any(items) => {
            items.iter().map(|item| checks(p, node, item, written)).collect()
        }
        Condition::Not(inner) => checks(p, node, inner, written),
        Condition::Type(..) | Condition::Constant(_) => TokenStream::new(),
        Condition::Is(..) if written => TokenStream::new(),
        Condition::Flag(name) => node.input(name).map_or_else(TokenStream::new, |input| {
            let ty = at(name.span(), &input.ty);
            let asks = quote_spanned!(name.span()=> #p::asks_a_flag::<#ty>());
            quote!(const _: () = #asks;)
        }),
        Condition::Is(name, values) => node.input(name).map_or_else(TokenStream::new, |input| {
            let values = values.iter().map(|value| self::value(p, input, name, value));
            quote!(const _: &[fn() -> #p::ChoiceId] = &[#(#values),*];)
        }),
    }
}

/// What the host stores for a value. The input's type stands at the argument, so that a value of another type is shown with it.
pub(super) fn value(p: &TokenStream, input: &Input, name: &Ident, value: &Expr) -> TokenStream {
    let declared = &input.ty;
    let asked = at(name.span(), declared);
    quote! {
        || {
            let value: #declared = #value;
            <#asked as #p::ConditionValue>::condition_value(value)
        }
    }
}
