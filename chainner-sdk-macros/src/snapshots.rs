//! What the macros write, for a few small inputs: `snapshots/NAME.rs` becomes `snapshots/NAME.expanded.rs`.
//!
//! `UPDATE_EXPANSIONS=1 cargo test -p chainner-sdk-macros` stores them anew; read what changed before you commit.

use std::{env, fs, path::Path};

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, Item, Meta};

use crate::macros;

/// What stands for an item that one of the macros is applied to.
fn expanded(item: Item) -> TokenStream {
    match item {
        Item::Fn(mut function) => {
            let position = function.attrs.iter().position(|attr| attr.path().is_ident("node"));
            let node = function.attrs.remove(position.expect("the function is a node"));
            let Meta::List(keys) = node.meta else { panic!("`#[node]` has keys") };
            macros::node(keys.tokens, function.into_token_stream())
        }
        Item::Macro(call) if call.mac.path.is_ident("package") => macros::package(call.mac.tokens),
        Item::Enum(choice) => macros::choice(choice.into_token_stream()),
        Item::Struct(of) if derives(&of.attrs, "Settings") => macros::settings(of.into_token_stream()),
        Item::Struct(of) => macros::navi_type(of.into_token_stream()),
        other => panic!("no macro is for {}", other.into_token_stream()),
    }
}

fn derives(attrs: &[Attribute], name: &str) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("derive") && attr.to_token_stream().to_string().contains(name))
}

#[test]
fn expansions_are_the_stored_ones() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut count = 0;
    for entry in fs::read_dir(&directory).expect("the snapshots are there") {
        let path = entry.expect("a file").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".expanded.rs") {
            continue;
        }
        let source = fs::read_to_string(&path).expect("readable").replace("\r\n", "\n");
        let items = syn::parse_file(&source).expect("the input is Rust").items;
        let tokens: TokenStream = items.into_iter().map(expanded).collect();
        let file = syn::parse2(tokens).expect("the expansion is Rust");
        let text = prettyplease::unparse(&file);
        let stored = directory.join(name.replace(".rs", ".expanded.rs"));
        if env::var_os("UPDATE_EXPANSIONS").is_some() {
            fs::write(&stored, &text).expect("it can be written");
        }
        let known = fs::read_to_string(&stored).unwrap_or_default().replace("\r\n", "\n");
        let differ = known.lines().zip(text.lines()).position(|(known, now)| known != now);
        let line = differ.unwrap_or_else(|| known.lines().count().min(text.lines().count()));
        let now = text.lines().nth(line).unwrap_or_default();
        assert!(known == text, "{}:{} is now\n{now}", stored.display(), line + 1);
        count += 1;
    }
    assert!(count >= 6, "there are only {count} snapshots");
}
