//! An input as a table.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::{
    attr::{Entry, Value},
    model::{Input, Node},
};

use super::{
    at,
    checks::{constant, facts},
    condition, context, forever, navi, optional, optional_text,
};

/// The declaration of an input.
pub(super) fn declaration(p: &TokenStream, node: &Node, input: &Input) -> TokenStream {
    let Input { ident, docs, keys, .. } = input;
    let facts = facts(input);
    let (name, label) = (input.name(), input.label());
    let (without, with) = (input.id(false), input.id(true));
    let id = if without == with { quote!(#with) } else { quote!(if __CHAINNER_CONTEXT { #with } else { #without }) };
    let options = options(p, node, input);
    let required_when = optional(keys.condition("required_when").map(|condition| condition::table(p, node, condition)));
    let optional_list = keys.flag("optional_list").unwrap_or(false);
    let linked = optional_text(keys.text("linked"));
    let option_conditions = keys.option_conditions().map(|(option, condition)| {
        let option = condition::value(p, input, ident, option);
        let condition = condition::table(p, node, condition);
        quote!(#p::OptionCondition { option: #option, condition: #condition })
    });
    let when = optional(keys.condition("when").map(|condition| condition::table(p, node, condition)));
    let place = place(p, ident);
    quote! {
        #p::InputDecl {
            name: #name,
            id: #id,
            label: #label,
            docs: #docs,
            kind: #facts.kind,
            optional: #facts.optional,
            declare: #facts.declare,
            item: #facts.item,
            lazy: #facts.lazy,
            options: #options,
            when: #when,
            required_when: #required_when,
            optional_list: #optional_list,
            linked: #linked,
            option_conditions: &[#(#option_conditions),*],
            place: #place,
        }
    }
}

/// The place where the name stands: that of the call.
pub(super) fn place(p: &TokenStream, ident: &Ident) -> TokenStream {
    let here = at(ident.span(), quote!(#p::Place::here));
    let nothing = quote_spanned!(ident.span()=> ());
    quote!(#here #nothing)
}

/// Keys that are no options but fields of the declaration.
const APART: [&str; 7] = ["label", "id", "when", "required_when", "optional_list", "linked", "option_when"];

fn options(p: &TokenStream, node: &Node, input: &Input) -> TokenStream {
    let fields: Vec<TokenStream> = input
        .keys
        .iter()
        .filter(|entry| !APART.contains(&entry.key.name))
        .map(|entry| field(p, node, input, entry))
        .collect();
    if fields.is_empty() {
        return quote!(#p::InputOptions::EMPTY);
    }
    quote!(#p::InputOptions { #(#fields,)* ..#p::InputOptions::EMPTY })
}

/// The field of the options that a key sets.
fn field(p: &TokenStream, node: &Node, input: &Input, entry: &Entry) -> TokenStream {
    let key = entry.key.name;
    let field = format_ident!("{key}");
    match &entry.value {
        Value::Flag(is) if matches!(key, "handle" | "trailing_zeros" | "must_exist" | "allow_numbers" | "control") => {
            quote!(#field: ::core::option::Option::Some(#is))
        }
        Value::Flag(is) => quote!(#field: #is),
        Value::Text(text) => {
            let text = optional_text(Some(text));
            quote!(#field: #text)
        }
        Value::Integer(integer, _) => quote!(#field: ::core::option::Option::Some(#integer)),
        Value::Navi(expression) => {
            let expression = context::with_ids(node, entry.span, |id| navi::expression(p, expression, &id));
            quote!(#field: ::core::option::Option::Some(#expression))
        }
        Value::Pairs(pairs) => {
            let pairs = context::with_ids(node, entry.span, |id| {
                let pairs = pairs.iter().map(|(ty, convert)| {
                    let [ty, convert] = [ty, convert].map(|part| navi::expression(p, part, &id));
                    quote!((#ty, #convert))
                });
                quote!(&[#(#pairs),*])
            });
            quote!(#field: ::core::option::Option::Some(#pairs))
        }
        Value::Texts(texts) => quote!(#field: &[#(#texts),*]),
        Value::Integers(integers, listed) => {
            let integers = integers.iter().map(|(integer, _)| integer);
            let listed = listed.then(|| quote!(, channels_listed: true));
            quote!(#field: &[#(#integers),*] #listed)
        }
        Value::Expression(_) if key == "default" => {
            let (ty, constant) = (forever(&input.ty), constant(input, "DEFAULT", entry.span));
            let value = at(entry.span, quote!(<#ty as #p::DefaultInput>::default_value(#constant)));
            quote!(default: ::core::option::Option::Some(|| #value))
        }
        Value::Expression(_) => {
            let constant = constant(input, if key == "step" { "STEP" } else { "SLIDER_STEP" }, entry.span);
            quote!(#field: ::core::option::Option::Some(#constant as ::core::primitive::f64))
        }
        Value::Range(range) => {
            let ends = match key {
                "length" => [("min_length", "SHORTEST", &range.lower), ("max_length", "LONGEST", &range.upper)],
                _ => [("min", "MIN", &range.lower), ("max", "MAX", &range.upper)],
            };
            let ends = ends.into_iter().filter(|(_, _, end)| end.is_some()).map(|(field, name, _)| {
                let (field, constant) = (format_ident!("{field}"), constant(input, name, entry.span));
                let widened =
                    if key == "length" { quote!(#constant) } else { quote!(#constant as ::core::primitive::f64) };
                quote!(#field: ::core::option::Option::Some(#widened))
            });
            quote!(#(#ends),*)
        }
        Value::Precision(Some(digits)) => {
            let digits = u8::try_from(*digits).unwrap_or(u8::MAX);
            quote!(precision: ::core::option::Option::Some(#p::Precision::Digits(#digits)))
        }
        Value::Precision(None) => quote!(precision: ::core::option::Option::Some(#p::Precision::Unlimited)),
        Value::Ends(ends) => {
            let ends = ends.iter().map(|end| optional_text(end.as_ref()));
            quote!(ends: [#(#ends),*])
        }
        Value::Word(word, _) => match key {
            "style" => {
                let style = style(p, word);
                quote!(style: ::core::option::Option::Some(#style))
            }
            "label_style" => {
                let word = variant(word);
                quote!(label_style: ::core::option::Option::Some(#p::LabelStyle::#word))
            }
            _ => {
                let word = variant(word);
                quote!(scale: #p::Scale::#word)
            }
        },
        // Not among the forms of input keys.
        Value::Stored(_)
        | Value::OptionCondition(..)
        | Value::KeyInfo(_)
        | Value::Suggestions(_)
        | Value::Note(_)
        | Value::Expressions(_)
        | Value::Condition(_)
        | Value::Input(_)
        | Value::Formula(_)
        | Value::Path(_)
        | Value::Structs(_) => TokenStream::new(),
    }
}

/// How a choice is drawn.
pub(super) fn style(p: &TokenStream, word: &str) -> TokenStream {
    let word = variant(word);
    quote!(#p::ChoiceStyle::#word)
}

/// The variant that a word of the table stands for: `log_offset` → `LogOffset`.
pub(super) fn variant(word: &str) -> Ident {
    let pascal: String = word.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
    format_ident!("{pascal}")
}
