//! Tables and checks, as Rust.
//!
//! Everything stands in a `const _`, names things by absolute paths only, and brings nothing into the author's scope. Types and
//! expressions of the author keep their own spans, so that rustc's errors about them point at what the author wrote.

mod checks;
pub(crate) mod choice;
mod condition;
mod context;
mod input;
mod layout;
mod navi;
pub(crate) mod navi_type;
pub(crate) mod node;
mod output;
pub(crate) mod package;
pub(crate) mod settings;
mod suggestion;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Ident, Lifetime, LitStr, Type, TypeReference,
    visit_mut::{self, VisitMut},
};

use crate::attr::Keys;

/// The path of `chainner_sdk::__private`.
pub(crate) fn private(keys: &Keys) -> TokenStream {
    match keys.path("crate") {
        Some(path) => quote!(#path::__private),
        None => quote!(::chainner_sdk::__private),
    }
}

/// `Some(text)` or `None`.
fn optional_text(text: Option<&LitStr>) -> TokenStream {
    optional(text)
}

/// `Some(…)` or `None`.
fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// The tokens as if the author had written them at `span`: errors about them are shown there, without a word of macros.
fn at(span: Span, tokens: impl ToTokens) -> TokenStream {
    tokens
        .into_token_stream()
        .into_iter()
        .map(|token| {
            let mut token = match token {
                TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), at(span, group.stream()))),
                other => other,
            };
            token.set_span(span);
            token
        })
        .collect()
}

/// The type for the whole of the program, for what outlives a call: messages then name it the same way everywhere.
fn forever(ty: &Type) -> Type {
    struct Forever;
    impl VisitMut for Forever {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            lifetime.ident = Ident::new("static", lifetime.ident.span());
        }

        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            reference.lifetime.get_or_insert_with(|| Lifetime::new("'static", reference.and_token.span));
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut ty = ty.clone();
    Forever.visit_type_mut(&mut ty);
    ty
}

/// A call, shown by errors as all of the author's tokens `over`.
fn call_over(over: impl ToTokens, function: TokenStream, arguments: TokenStream) -> TokenStream {
    let mut spans = over.into_token_stream().into_iter().map(|token| token.span());
    let start = spans.next().unwrap_or_else(Span::call_site);
    let end = spans.last().unwrap_or(start);
    let function = at(start, function);
    // rustc's span of a call reaches from its first token to the closing parenthesis.
    let mut arguments = Group::new(proc_macro2::Delimiter::Parenthesis, arguments);
    arguments.set_span(end);
    quote!(#function #arguments)
}
