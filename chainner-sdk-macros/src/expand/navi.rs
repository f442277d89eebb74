//! Expressions of the host's type language as tables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    attr::{Navi, navi_text},
    names,
};

use super::optional;

/// The expression, its inputs as the ids that `id` knows them by.
pub(super) fn expression(p: &TokenStream, navi: &Navi, id: &impl Fn(&str) -> Option<u32>) -> TokenStream {
    let all = |items: &[Navi]| items.iter().map(|item| expression(p, item, id)).collect::<Vec<_>>();
    match navi {
        Navi::Text(text) => {
            let text = navi_text(&text.value(), id);
            quote!(#p::Navi::Text(#text))
        }
        Navi::Name(name) => quote!(#p::Navi::Text(#name)),
        Navi::Input(name) => {
            let text = format!("Input{}", id(&names::plain(name)).unwrap_or_default());
            quote!(#p::Navi::Text(#text))
        }
        Navi::Number(number) => {
            let number = float(number);
            quote!(#p::Navi::Number(#number))
        }
        Navi::Bool(is) => quote!(#p::Navi::Bool(#is)),
        Navi::OneOf(items) => {
            let items = all(items);
            quote!(#p::Navi::OneOf(&[#(#items),*]))
        }
        Navi::Union(items) => {
            let items = all(items);
            quote!(#p::Navi::Union(&[#(#items),*]))
        }
        Navi::Intersection(items) => {
            let items = all(items);
            quote!(#p::Navi::Intersection(&[#(#items),*]))
        }
        Navi::Named(name, fields) => {
            let fields = fields.iter().map(|(field, value)| {
                let value = expression(p, value, id);
                quote!((#field, #value))
            });
            quote!(#p::Navi::Named { name: #name, fields: &[#(#fields),*] })
        }
        Navi::Field(of, field) => {
            let of = expression(p, of, id);
            quote!(#p::Navi::Field { of: &#of, field: #field })
        }
        Navi::Call(name, arguments) => {
            let arguments = all(arguments);
            quote!(#p::Navi::Call { name: #name, arguments: &[#(#arguments),*] })
        }
        Navi::Match(of, arms) => {
            let of = expression(p, of, id);
            let arms = arms.iter().map(|arm| {
                let [pattern, to] = [&arm.pattern, &arm.to].map(|part| expression(p, part, id));
                let binding = optional(arm.binding.as_ref());
                quote!(#p::NaviArm { pattern: #pattern, binding: #binding, to: #to })
            });
            quote!(#p::Navi::Match { of: &#of, arms: &[#(#arms),*] })
        }
        Navi::Interval { min, max, whole } => {
            let [min, max] = [min, max].map(|end| optional(end.as_deref().map(float)));
            quote!(#p::Navi::Interval { min: #min, max: #max, whole: #whole })
        }
    }
}

fn float(number: &str) -> f64 {
    number.parse().unwrap_or_default()
}
