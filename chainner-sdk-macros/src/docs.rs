//! `///` as text for the app.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The documentation of an item: one piece for each `#[doc = …]`.
#[derive(Debug, Default)]
pub(crate) struct Docs {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    /// Such as `include_str!("…")`, for the compiler to resolve.
    Expression(Expr),
}

impl Docs {
    /// Collects the `#[doc = …]` among the attributes; `#[doc(…)]` is for rustdoc only.
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let pieces = attrs
            .iter()
            .filter_map(|attr| match &attr.meta {
                Meta::NameValue(meta) if meta.path.is_ident("doc") => Some(match &meta.value {
                    Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Piece::Text(unindented(&text.value())),
                    other => Piece::Expression(other.clone()),
                }),
                _ => None,
            })
            .collect();
        Self { pieces }
    }
}

impl ToTokens for Docs {
    /// A string literal, or `concat!` if a piece is an expression.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut parts: Vec<TokenStream> = Vec::new();
        let mut text = String::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            match piece {
                Piece::Text(line) => text.push_str(line),
                Piece::Expression(expression) => {
                    let before = std::mem::take(&mut text);
                    parts.push(quote!(#before, #expression,));
                }
            }
        }
        if parts.is_empty() {
            text.trim_matches('\n').to_tokens(tokens);
        } else {
            tokens.extend(quote!(::core::concat!(#(#parts)* #text)));
        }
    }
}

/// Without the one space that `///` leaves, the stars of `/** … */`, and blanks at the ends of lines.
fn unindented(text: &str) -> String {
    let starred = text.contains('\n');
    let lines = text.split('\n').enumerate().map(|(index, line)| {
        let line = if starred && index > 0 {
            let bare = line.trim_start();
            bare.strip_prefix('*').unwrap_or(bare)
        } else {
            line
        };
        line.strip_prefix(' ').unwrap_or(line).trim_end()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(item: syn::ItemFn) -> String {
        Docs::of(&item.attrs).to_token_stream().to_string()
    }

    #[test]
    fn one_space_is_stripped_and_paragraphs_are_kept() {
        let text = text(syn::parse_quote! {
            /// One.
            ///
            ///  - two
            ///
            fn f() {}
        });
        assert_eq!(text, r#""One.\n\n - two""#);
    }

    #[test]
    fn block_comments_lose_their_stars() {
        let text = text(syn::parse_quote! {
            /**
             * One.
             * Two.
             */
            fn f() {}
        });
        assert_eq!(text, r#""One.\nTwo.""#);
    }

    #[test]
    fn expressions_are_joined_by_the_compiler() {
        let text = text(syn::parse_quote! {
            /// One.
            #[doc = include_str!("two.md")]
            fn f() {}
        });
        assert_eq!(text, r#":: core :: concat ! ("One.\n" , include_str ! ("two.md") , "")"#);
    }
}
