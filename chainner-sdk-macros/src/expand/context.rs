//! The context of the run, which may be the first argument.
//!
//! Whether it is, only its type tells, which a macro cannot see. So what counts the inputs is written for both cases, and the compiler
//! takes one.

use std::cell::Cell;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::model::Node;

use super::{at, call_over, checks};

/// `__CHAINNER_CONTEXT`, and the checks of where a context stands and of what stands on it.
pub(super) fn declaration(p: &TokenStream, node: &Node) -> TokenStream {
    let mut inputs = node.inputs.iter();
    let Some(first) = inputs.next() else {
        return quote!(
            const __CHAINNER_CONTEXT: ::core::primitive::bool = false;
        );
    };
    let ty = &first.ty;
    let mut declared = quote!(const __CHAINNER_CONTEXT: ::core::primitive::bool = #p::input::<#ty>().context;);
    if let Some(entry) = first.keys.iter().next() {
        declared.extend(checks::call(p, "context_takes_no_keys", entry.span, quote!(__CHAINNER_CONTEXT)));
    }
    for input in inputs {
        let ty = &input.ty;
        let stands = call_over(ty, quote!(#p::context_stands_first), quote!(!#p::input::<#ty>().context));
        declared.extend(quote!(const _: () = #stands;));
    }
    declared
}

/// Place among the inputs of the argument at `index`, shown by errors at `span`.
pub(super) fn index(p: &TokenStream, index: usize, span: Span) -> TokenStream {
    let function = at(span, quote!(#p::input_index));
    let arguments = quote_spanned!(span=> (__CHAINNER_CONTEXT, #index));
    quote!(#function #arguments)
}

/// What names inputs by their ids; that it names the context is shown by errors at `span`.
pub(super) fn with_ids(
    node: &Node,
    span: Span,
    write: impl Fn(&dyn Fn(&str) -> Option<u32>) -> TokenStream,
) -> TokenStream {
    let names_first = Cell::new(false);
    let without = write(&|name| {
        names_first.set(names_first.get() || node.inputs.first().is_some_and(|first| first.name() == name));
        node.id(name, false)
    });
    if names_first.get() {
        let refused = quote_spanned!(span=> ::core::panic!("the context of the run is no input"));
        return quote!(if __CHAINNER_CONTEXT { #refused } else { #without });
    }
    let with = write(&|name| node.id(name, true));
    if without.to_string() == with.to_string() {
        return without;
    }
    quote!(if __CHAINNER_CONTEXT { #with } else { #without })
}
