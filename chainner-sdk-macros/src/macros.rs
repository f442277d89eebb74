//! The macros as functions of tokens: read, judge, expand.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::{
    attr,
    error::{Errors, guarded},
    expand, item, validate,
};

/// `#[node(…)]`
pub(crate) fn node(attr: TokenStream, item: TokenStream) -> TokenStream {
    let function = item::cleaned(item.clone());
    guarded(function.clone(), || {
        let mut errors = Errors::default();
        let head = errors.keep(item::Head::parse(item));
        let node = head.and_then(|head| attr::node::read(attr, &head, &mut errors));
        if let Some(node) = &node {
            validate::node(node, &mut errors);
        }
        // As many inputs as the artist needs; clippy draws the line at seven arguments.
        let many = node.as_ref().is_some_and(|node| node.inputs.len() > 7);
        let allowed = many.then(|| quote!(#[allow(clippy::too_many_arguments)]));
        let beside = node.map(|node| expand::node::expand(&node, errors.is_empty()));
        quote!(#allowed #function #beside #errors)
    })
}

/// `#[output(…)]` where no `#[node]` has taken it.
pub(crate) fn output(item: TokenStream) -> TokenStream {
    guarded(item.clone(), || {
        let mut errors = Errors::default();
        errors.at(Span::call_site(), "`#[output]` goes between `#[node]` and the function");
        quote!(#item #errors)
    })
}

/// `package! { … }`
pub(crate) fn package(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut errors = Errors::default();
        let package = attr::package::read(input, &mut errors);
        validate::package(&package, &mut errors);
        let expansion = expand::package::expand(&package, errors.is_empty());
        quote!(#expansion #errors)
    })
}

/// `#[derive(Choice)]`
pub(crate) fn choice(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut errors = Errors::default();
        let input = errors.keep(syn::parse2(input));
        let choice = input.and_then(|input| attr::choice::read(&input, &mut errors));
        if let Some(choice) = &choice {
            validate::choice(choice, &mut errors);
        }
        let expansion = choice.map(|choice| expand::choice::expand(&choice, errors.is_empty()));
        quote!(#expansion #errors)
    })
}

/// `#[derive(NaviType)]`
pub(crate) fn navi_type(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut errors = Errors::default();
        let input = errors.keep(syn::parse2(input));
        let ty = input.and_then(|input| attr::navi_type::read(&input, &mut errors));
        if let Some(ty) = &ty {
            validate::navi_type(ty, &mut errors);
        }
        let expansion = ty.map(|ty| expand::navi_type::expand(&ty));
        quote!(#expansion #errors)
    })
}

/// `#[derive(Settings)]`
pub(crate) fn settings(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut errors = Errors::default();
        let input = errors.keep(syn::parse2(input));
        let settings = input.and_then(|input| attr::settings::read(&input, &mut errors));
        if let Some(settings) = &settings {
            validate::settings(settings, &mut errors);
        }
        let expansion = settings.map(|settings| expand::settings::expand(&settings, errors.is_empty()));
        quote!(#expansion #errors)
    })
}
