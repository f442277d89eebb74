//! Tables and checks, as Rust.
//!
//! Everything stands in a `const _`, names things by absolute paths only, and brings nothing into the author's scope. Types and
//! expressions of the author keep their own spans, so that rustc's errors about them point at what the author wrote.

mod checks;
pub(crate) mod choice;
mod condition;
mod input;
pub(crate) mod node;
mod output;
pub(crate) mod package;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::LitStr;

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

/// The tokens as if written at `span`: errors about them are shown there.
fn at(span: Span, tokens: impl ToTokens) -> TokenStream {
    tokens
        .into_token_stream()
        .into_iter()
        .map(|token| {
            let mut token = match token {
                TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), at(span, group.stream()))),
                other => other,
            };
            // Names still resolve where the author wrote them.
            let span = span.resolved_at(token.span());
            token.set_span(span);
            token
        })
        .collect()
}

/// A call without generics, shown by errors as all of the author's tokens `over`.
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
