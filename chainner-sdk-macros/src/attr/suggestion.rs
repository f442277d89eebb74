//! The grammar of `suggestions`.

use proc_macro2::Span;
use syn::{Expr, Ident, LitStr, Token, ext::IdentExt as _, parenthesized, parse::ParseStream};

/// A search for which the node is offered.
#[derive(Debug)]
pub(crate) struct Suggestion {
    pub(crate) query: LitStr,
    pub(crate) name: Option<LitStr>,
    pub(crate) parse: Option<Ident>,
    pub(crate) set: Vec<(Ident, Expr)>,
}

const FORM: &str = "a suggestion is `(\"+\", name = \"Math: Add\", parse = b, set(operation = Operation::Add))`; \
                    what stands behind the query may be left away";

impl Suggestion {
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let form = |span: Span| syn::Error::new(span, FORM);
        let content;
        let span = input.span();
        if !input.peek(syn::token::Paren) {
            return Err(form(span));
        }
        parenthesized!(content in input);
        let query = content.parse().map_err(|_| form(content.span()))?;
        let mut suggestion = Self { query, name: None, parse: None, set: Vec::new() };
        while !content.is_empty() {
            content.parse::<Token![,]>().map_err(|error| form(error.span()))?;
            if content.is_empty() {
                break;
            }
            let key = content.call(Ident::parse_any).map_err(|error| form(error.span()))?;
            match key.to_string().as_str() {
                "name" => {
                    content.parse::<Token![=]>()?;
                    suggestion.name = Some(content.parse()?);
                }
                "parse" => {
                    content.parse::<Token![=]>()?;
                    suggestion.parse = Some(content.call(Ident::parse_any)?);
                }
                "set" => suggestion.set = values(&content)?,
                _ => return Err(form(key.span())),
            }
        }
        Ok(suggestion)
    }
}

/// `(operation = Operation::Add, b = 1.0)`
fn values(input: ParseStream<'_>) -> syn::Result<Vec<(Ident, Expr)>> {
    let content;
    parenthesized!(content in input);
    let mut values = Vec::new();
    while !content.is_empty() {
        let name = content.call(Ident::parse_any)?;
        content.parse::<Token![=]>()?;
        values.push((name, content.parse()?));
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(values)
}
