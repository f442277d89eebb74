//! Completion of keys in editors.
//!
//! rust-analyzer completes names it can resolve. So, for it alone, every key is also imported from a module with a documented item
//! for each key, and the import's tokens are the author's own (elastio/bon does the same).

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    attr::Keys,
    keys::{self, Key},
};

/// The tables, each with the module it becomes.
const MODULES: [(&str, &[Key]); 7] = [
    ("node", keys::NODE),
    ("input", keys::INPUT),
    ("output", keys::OUTPUT),
    ("choice", keys::CHOICE),
    ("variant", keys::VARIANT),
    ("setting", keys::SETTING),
    ("navi", keys::NAVI_TYPE),
];

/// A module with an item for each key, for each table.
pub(crate) fn modules() -> TokenStream {
    MODULES
        .into_iter()
        .map(|(name, keys)| {
            let doc = format!("Keys of `{name}`.");
            let name = format_ident!("{name}");
            let items = keys.iter().filter(|key| is_name(key.name)).map(|key| {
                let name = format_ident!("{}", key.name);
                let default =
                    if key.default.is_empty() { String::new() } else { format!(" (otherwise {})", key.default) };
                let doc = format!("`{}`: {}{default}", key.example, key.meaning);
                quote! {
                    #[doc = #doc]
                    #[allow(non_upper_case_globals, reason = "named like the key")]
                    pub const #name: () = ();
                }
            });
            quote! {
                #[doc = #doc]
                pub mod #name { #(#items)* }
            }
        })
        .collect()
}

/// Imports that stand for the keys written, each set with the name of its table. One item for all: each costs the compiler something.
pub(crate) fn completion<'a>(sets: impl IntoIterator<Item = (&'static str, &'a Keys)>) -> TokenStream {
    let imports = sets.into_iter().enumerate().filter_map(|(index, (module, keys))| {
        let written: Vec<&Ident> = keys.written.iter().filter(|name| is_name(&name.to_string())).collect();
        // Where the SDK is, if it is elsewhere, only the author's own scope knows.
        if keys.mention("crate") || written.is_empty() {
            return None;
        }
        let (name, module) = (format_ident!("keys_{index}"), format_ident!("{module}"));
        Some(quote! {
            #[cfg(rust_analyzer)]
            mod #name {
                use ::chainner_sdk::__private::ide::#module::*;
                use self::{#(#written as _),*};
            }
        })
    });
    let imports: Vec<TokenStream> = imports.collect();
    if imports.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
        const _: () = { #(#imports)* };
    }
}

/// Whether a constant can have the name.
fn is_name(name: &str) -> bool {
    name != "crate" && syn::parse_str::<Ident>(name).is_ok()
}
