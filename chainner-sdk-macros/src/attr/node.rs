//! Reads a node: `#[node(…)]`, `#[input(…)]`, `#[output(…)]` and the signature between them.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, FnArg, Pat, PatType, ReturnType, Type, spanned::Spanned as _, visit_mut::VisitMut};

use crate::{
    docs::Docs,
    error::{Errors, suggestion},
    item::{self, Head},
    keys, model, validate,
};

use super::{Keys, Layout, Separator};

/// The node that the attribute and the function declare, as far as it can be made out.
pub(crate) fn read(attr: TokenStream, head: &Head, errors: &mut Errors) -> Option<model::Node> {
    let keys = Keys::parse(attr, keys::NODE, Separator::Equals, "`#[node]`", errors);
    let signature = &head.signature;
    let sound = validate::signature(signature, errors);
    let inputs = signature.inputs.iter().enumerate().filter_map(|(index, argument)| input(index, argument, errors));
    let inputs = inputs.collect();
    let outputs = head.attrs.iter().filter(|attr| attr.path().is_ident("output"));
    let outputs = outputs.map(|attr| model::Output {
        keys: Keys::of_one(attr, "output", keys::OUTPUT, "`#[output]`", errors),
        span: attr.path().span(),
    });
    let node = model::Node {
        ident: signature.ident.clone(),
        keys,
        docs: Docs::of(&head.attrs),
        cfgs: head.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect(),
        inputs,
        outputs: outputs.collect(),
        layout: Layout::of(&head.attrs, errors),
        returns: match &signature.output {
            ReturnType::Default => syn::parse_quote!(()),
            ReturnType::Type(_, ty) => inferred((**ty).clone()),
        },
    };
    sound.then_some(node)
}

fn input(index: usize, argument: &FnArg, errors: &mut Errors) -> Option<model::Input> {
    let FnArg::Typed(PatType { attrs, pat, ty, .. }) = argument else { return None };
    let keys = Keys::of(attrs, "input", keys::INPUT, "`#[input]`", errors);
    attributes(attrs, errors);
    let Pat::Ident(pat) = &**pat else { return None };
    let ty = inferred((**ty).clone());
    Some(model::Input { ident: pat.ident.clone(), ty, keys, docs: Docs::of(attrs), index })
}

fn attributes(attrs: &[Attribute], errors: &mut Errors) {
    for attr in attrs {
        let name = attr.path().to_token_stream().to_string().replace(' ', "");
        if attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr") {
            errors.on(attr.path(), "an input cannot depend on `cfg`: saved chains would not fit every build");
        } else if attr.path().is_ident("output") {
            errors.on(attr.path(), "`#[output]` goes above the function, below `#[node]`");
        } else if !item::is_known_on_arguments(&name) {
            let hint = suggestion(&name, ["input"]);
            errors.on(attr.path(), format!("unknown attribute `{name}` on an argument; {hint}"));
        }
    }
}

/// The type with its lifetimes left to inference, so that it can stand where the function's own are not in scope.
fn inferred(mut ty: Type) -> Type {
    struct Infer;
    impl VisitMut for Infer {
        fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
            if lifetime.ident != "static" {
                lifetime.ident = syn::Ident::new("_", lifetime.ident.span());
            }
        }
    }
    Infer.visit_type_mut(&mut ty);
    ty
}
