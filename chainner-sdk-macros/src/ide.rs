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

/// Imports that stand for the keys written.
pub(crate) fn completion(module: &str, keys: &Keys) -> TokenStream {
    if keys.mention("crate") {
        // Where the SDK is, only the author's own scope knows.
        return TokenStream::new();
    }
    let module = format_ident!("{module}");
    let written: Vec<&Ident> = keys.written.iter().filter(|name| is_name(&name.to_string())).collect();
    if written.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
        const _: () = {
            #[cfg(rust_analyzer)]
            mod keys {
                use ::chainner_sdk::__private::ide::#module::*;
                use self::{#(#written as _),*};
            }
        };
    }
}

/// Whether a constant can have the name.
fn is_name(name: &str) -> bool {
    name != "crate" && syn::parse_str::<Ident>(name).is_ok()
}
