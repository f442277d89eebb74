//! The macros of [chainner-sdk](https://docs.rs/chainner-sdk). Depend on that crate, not on this one.

mod attr;
mod docs;
mod error;
mod expand;
mod item;
mod keys;
mod model;
mod names;
mod validate;

use proc_macro::TokenStream;
use quote::quote;

use crate::error::{Errors, guarded};

/// Makes a function a node.
#[proc_macro_attribute]
pub fn node(attr: TokenStream, item: TokenStream) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    let function = item::cleaned(item.clone());
    guarded(function.clone(), || {
        let mut errors = Errors::default();
        let head = errors.keep(item::Head::parse(item));
        let node = head.and_then(|head| attr::node::read(attr.into(), &head, &mut errors));
        if let Some(node) = &node {
            validate::node(node, &mut errors);
        }
        let beside = node.map(|node| expand::node::expand(&node, errors.is_empty()));
        quote!(#function #beside #errors)
    })
    .into()
}

/// Declares the package that the nodes of a crate make up.
#[proc_macro]
pub fn package(input: TokenStream) -> TokenStream {
    guarded(proc_macro2::TokenStream::new(), || {
        let mut errors = Errors::default();
        let package = attr::package::read(input.into(), &mut errors);
        validate::package(&package, &mut errors);
        let expansion = expand::package::expand(&package, errors.is_empty());
        quote!(#expansion #errors)
    })
    .into()
}

/// Makes an enum an input that artists choose a value of.
#[proc_macro_derive(Choice, attributes(choice, default))]
pub fn choice(input: TokenStream) -> TokenStream {
    guarded(proc_macro2::TokenStream::new(), || {
        let mut errors = Errors::default();
        let input = errors.keep(syn::parse(input));
        let choice = input.and_then(|input| attr::choice::read(&input, &mut errors));
        if let Some(choice) = &choice {
            validate::choice(choice, &mut errors);
        }
        let expansion = choice.map(|choice| expand::choice::expand(&choice, errors.is_empty()));
        quote!(#expansion #errors)
    })
    .into()
}

/// The keys of `#[input(…)]` as const data for chainner-sdk.
#[doc(hidden)]
#[proc_macro]
pub fn __input_keys(_: TokenStream) -> TokenStream {
    table(keys::INPUT)
}

/// The keys of `#[output(…)]` as const data for chainner-sdk.
#[doc(hidden)]
#[proc_macro]
pub fn __output_keys(_: TokenStream) -> TokenStream {
    table(keys::OUTPUT)
}

fn table(keys: &[keys::Key]) -> TokenStream {
    let rows = keys.iter().map(|key| {
        let (name, kinds) = (key.name, key.kinds);
        quote!((#name, &[#(#kinds),*]))
    });
    quote!(&[#(#rows),*]).into()
}
