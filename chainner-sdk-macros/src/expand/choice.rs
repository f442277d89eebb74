//! A choice: the traits of an input with a fixed list of values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    attr::{Value, navi_text},
    ide,
    model::{Choice, ChoiceOption, StoredId},
    names,
};

use super::{input::style, navi, optional, optional_text, private};

/// The traits of the enum. Without `sound`, as stand-ins, so that a mistake here is not reported again wherever the enum is used.
pub(crate) fn expand(choice: &Choice, sound: bool) -> TokenStream {
    let p = private(&choice.keys);
    let ident = &choice.ident;
    let completion =
        [("choice", &choice.keys)].into_iter().chain(choice.options.iter().map(|option| ("variant", &option.keys)));
    let completion = ide::completion(completion);
    let choice_impl = if sound { implementation(&p, choice) } else { stand_in(&p, choice) };
    quote! {
        const _: () = {
            #choice_impl

            #[automatically_derived]
            impl #p::NodeInput<'_> for #ident {
                const KIND: #p::Kind = #p::Kind::Choice;

                fn declare(options: &#p::InputOptions) -> #p::InputSpec {
                    #p::declare_choice::<Self>(options)
                }

                fn take(value: &#p::Value<'_>) -> ::core::result::Result<Self, #p::Mismatch> {
                    #p::take_choice(value)
                }
            }

            #[automatically_derived]
            impl #p::DefaultInput for #ident {
                type Default = Self;

                fn default_value(default: Self) -> #p::DefaultValue {
                    #p::default_choice(&default)
                }
            }

            #[automatically_derived]
            impl #p::SettingField for #ident {
                type Plain = Self;

                fn kind(options: #p::SettingOptions<Self>) -> #p::SettingKind {
                    #p::choice_setting(options)
                }

                fn take(
                    value: ::core::option::Option<&#p::Value<'_>>,
                    kind: #p::SettingKind,
                ) -> ::core::result::Result<Self, #p::Mismatch> {
                    #p::take_choice_setting(value, kind)
                }
            }

            #[automatically_derived]
            impl #p::ConditionValue for #ident {
                fn condition_value(self) -> #p::ChoiceId {
                    #p::condition_value(&self)
                }
            }
        };
        #completion
    }
}

fn implementation(p: &TokenStream, choice: &Choice) -> TokenStream {
    let Choice { ident, keys, options } = choice;
    let name = names::plain(ident);
    let type_name = optional_text(keys.text("type_name"));
    let headings = keys.texts("headings");
    let host_type = optional_text(keys.text("host_type"));
    let definitions = optional(keys.text("definitions").map(|text| navi_text(&text.value(), &|_| None)));
    let style = style(p, keys.word("style").map_or("dropdown", |(word, _)| word));
    let default = options.iter().position(|option| option.default.is_some()).unwrap_or(0);
    let variants = options.iter().map(|option| variant(p, option));
    let idents: Vec<_> = options.iter().map(|option| &option.ident).collect();
    let indices: Vec<usize> = (0..options.len()).collect();
    quote! {
        #[automatically_derived]
        impl #p::Choice for #ident {
            const TABLE: #p::ChoiceTable = #p::ChoiceTable {
                name: #name,
                package: ::core::env!("CARGO_PKG_NAME"),
                type_name: #type_name,
                host_type: #host_type,
                definitions: #definitions,
                headings: &[#(#headings),*],
                variants: &[#(#variants),*],
                default: #default,
                style: #style,
            };

            fn from_index(index: ::core::primitive::usize) -> ::core::option::Option<Self> {
                match index {
                    #(#indices => ::core::option::Option::Some(Self::#idents),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn index(&self) -> ::core::primitive::usize {
                match self {
                    #(Self::#idents => #indices,)*
                }
            }
        }
    }
}

fn variant(p: &TokenStream, option: &ChoiceOption) -> TokenStream {
    let (name, label, docs) = (option.name(), option.label(), &option.docs);
    let icon = optional_text(option.keys.text("icon"));
    let id = match option.stored() {
        StoredId::Text(text) => quote!(Text(#text)),
        StoredId::Number(number) => quote!(Number(#number)),
    };
    let heading = optional(match option.keys.text("heading") {
        Some(text) => Some(quote!(#p::Heading::Text(#text))),
        None => option.keys.flag("divider").filter(|is| *is).map(|_| quote!(#p::Heading::Divider)),
    });
    let navi = optional(match option.keys.get("navi").map(|entry| &entry.value) {
        Some(Value::Navi(expression)) => Some(navi::expression(p, expression, &|_| None)),
        _ => None,
    });
    quote! {
        #p::Variant {
            name: #name,
            id: #p::VariantId::#id,
            label: #label,
            docs: #docs,
            icon: #icon,
            heading: #heading,
            navi: #navi,
        }
    }
}

fn stand_in(p: &TokenStream, choice: &Choice) -> TokenStream {
    let ident = &choice.ident;
    quote! {
        #[automatically_derived]
        impl #p::Choice for #ident {
            const TABLE: #p::ChoiceTable = #p::ChoiceTable {
                name: "",
                package: "",
                type_name: ::core::option::Option::None,
                host_type: ::core::option::Option::None,
                definitions: ::core::option::Option::None,
                headings: &[],
                variants: &[],
                default: 0,
                style: #p::ChoiceStyle::Dropdown,
            };

            fn from_index(_: ::core::primitive::usize) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }

            fn index(&self) -> ::core::primitive::usize {
                0
            }
        }
    }
}
