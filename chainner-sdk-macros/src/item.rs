//! The author's function: its head parsed, and the whole as it is written but for our attributes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    Attribute, Signature, Visibility,
    parse::{ParseStream, Parser as _},
};

/// The head of the function.
pub(crate) struct Head {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) signature: Signature,
}

impl Head {
    /// Parses the head; the body stays unread, so a half-typed one costs nothing.
    pub(crate) fn parse(item: TokenStream) -> syn::Result<Self> {
        let parser = |input: ParseStream<'_>| {
            let attrs = input.call(Attribute::parse_outer)?;
            input.parse::<Visibility>()?;
            refuse_other_items(input)?;
            let signature = input.parse()?;
            input.parse::<TokenStream>()?;
            Ok(Self { attrs, signature })
        };
        parser.parse2(item)
    }
}

fn refuse_other_items(input: ParseStream<'_>) -> syn::Result<()> {
    let fork = input.fork();
    while let Ok(token) = fork.parse::<TokenTree>() {
        let TokenTree::Ident(word) = &token else { continue };
        let word = word.to_string();
        match word.as_str() {
            "fn" => return Ok(()),
            "struct" | "enum" | "union" | "impl" | "trait" | "mod" | "static" | "type" | "use" | "macro_rules" => {
                return Err(syn::Error::new(input.span(), format!("`#[node]` goes on a function, not on `{word}`")));
            }
            "let" => return Err(syn::Error::new(input.span(), "`#[node]` goes on a function")),
            _ => {}
        }
    }
    Err(input.error("`#[node]` goes on a function"))
}

/// The attributes that Rust itself allows on arguments.
const KEPT_ON_ARGUMENTS: [&str; 7] = ["allow", "cfg", "cfg_attr", "deny", "expect", "forbid", "warn"];

/// The function without `#[output]` and `#[layout]`, and without what only we understand on its arguments.
pub(crate) fn cleaned(item: TokenStream) -> TokenStream {
    let mut has_seen_fn = false;
    without_attributes(item, |name| matches!(name, "output" | "layout"))
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(word) => {
                has_seen_fn |= word == "fn";
                TokenTree::Ident(word)
            }
            TokenTree::Group(group) if has_seen_fn && group.delimiter() == Delimiter::Parenthesis => {
                let inner = without_attributes(group.stream(), |name| !KEPT_ON_ARGUMENTS.contains(&name));
                let mut bare = Group::new(Delimiter::Parenthesis, inner);
                bare.set_span(group.span());
                TokenTree::Group(bare)
            }
            other => other,
        })
        .collect()
}

/// Drops the `#[name …]` that `drop` names.
fn without_attributes(tokens: TokenStream, drop: impl Fn(&str) -> bool) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token
            && group.delimiter() == Delimiter::Bracket
            && matches!(kept.last(), Some(TokenTree::Punct(hash)) if hash.as_char() == '#')
            && let Some(TokenTree::Ident(name)) = group.stream().into_iter().next()
            && drop(&name.to_string())
        {
            kept.pop();
            continue;
        }
        kept.push(token);
    }
    kept.into_iter().collect()
}

/// Whether an argument may carry the attribute, ours among them.
pub(crate) fn is_known_on_arguments(name: &str) -> bool {
    matches!(name, "input" | "doc") || KEPT_ON_ARGUMENTS.contains(&name)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn the_function_is_as_written_but_for_our_attributes() {
        let item = quote! {
            /// Doc.
            #[output(label = "A")]
            #[inline]
            pub fn f(
                /// Arg.
                #[input(default = 1)]
                #[allow(unused)]
                mut a: [u8; 3],
            ) -> (A, B) { #[output] let x = (1, 2); }
        };
        let left = quote! {
            /// Doc.
            #[inline]
            pub fn f(#[allow(unused)] mut a: [u8; 3],) -> (A, B) { #[output] let x = (1, 2); }
        };
        assert_eq!(cleaned(item).to_string(), left.to_string());
    }

    #[test]
    fn a_half_typed_body_does_not_matter() {
        assert!(Head::parse(quote!(fn f(a: u8) { if a. })).is_ok());
        let error = Head::parse(quote!(
            pub struct S;
        ))
        .err()
        .map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("`#[node]` goes on a function, not on `struct`"));
    }
}
