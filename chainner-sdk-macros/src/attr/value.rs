//! Values behind keys.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Expr, ExprLit, Ident, Lit, LitBool, LitInt, LitStr, RangeLimits, Token, bracketed, ext::IdentExt as _,
    parenthesized, parse::ParseStream, token,
};

use crate::{
    error::suggestion,
    keys::{Form, Key},
};

use super::{Condition, Formula, Navi, Separator, Suggestion};

/// What the author wrote behind a key.
#[derive(Debug)]
pub(crate) enum Value {
    Flag(bool),
    Text(LitStr),
    Texts(Vec<LitStr>),
    Integer(u32, Span),
    /// The last: whether they stand in brackets.
    Integers(Vec<(u32, Span)>, bool),
    Stored(Stored),
    Expression(Expr),
    Expressions(Vec<Expr>),
    Range(Box<Range>),
    Precision(Option<u32>),
    Ends([Option<LitStr>; 2]),
    Word(&'static str, Span),
    Condition(Condition),
    OptionCondition(Box<Expr>, Condition),
    Input(Ident),
    Formula(Formula),
    Navi(Navi),
    Pairs(Vec<(Navi, Navi)>),
    KeyInfo(KeyInfo),
    Suggestions(Vec<Suggestion>),
    /// Written bare, or with a text.
    Note(Option<LitStr>),
    Path(syn::Path),
    Structs(Vec<TokenStream>),
}

/// What the header of a collapsed node shows.
#[derive(Debug)]
pub(crate) enum KeyInfo {
    Input(Ident),
    Text(Navi),
}

/// What a saved chain holds for a variant.
#[derive(Debug)]
pub(crate) enum Stored {
    Text(LitStr),
    Number(i64),
}

/// An inclusive range, open at one end at most.
#[derive(Debug)]
pub(crate) struct Range {
    pub(crate) lower: Option<Expr>,
    pub(crate) upper: Option<Expr>,
    whole: Expr,
}

impl ToTokens for Range {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.whole.to_tokens(tokens);
    }
}

impl Value {
    /// Parses what stands behind the key, in the key's form.
    pub(super) fn parse(input: ParseStream<'_>, key: &Key, ident: &Ident, separator: Separator) -> syn::Result<Self> {
        let behind = match separator {
            Separator::Equals => input.peek(Token![=]) && !input.peek(Token![==]),
            Separator::Colon => input.peek(Token![:]) && !input.peek(Token![::]),
        };
        let bad_form = |span| syn::Error::new(span, format!("expected `{}`", key.example));
        match key.form {
            Form::Flag if !behind => {
                return if input.peek(token::Paren) { Err(bad_form(input.span())) } else { Ok(Self::Flag(true)) };
            }
            Form::Note if !behind => return Ok(Self::Note(None)),
            Form::OptionCondition => {
                if behind || !input.peek(token::Paren) {
                    return Err(bad_form(ident.span()));
                }
                let content;
                parenthesized!(content in input);
                let option = content.parse()?;
                content.parse::<Token![,]>().map_err(|_| bad_form(ident.span()))?;
                return Ok(Self::OptionCondition(Box::new(option), Condition::parse(&content)?));
            }
            Form::Condition => {
                if behind || !input.peek(token::Paren) {
                    let message = format!("a condition stands in parentheses: `{}`", key.example);
                    return Err(syn::Error::new(ident.span(), message));
                }
                let content;
                parenthesized!(content in input);
                let condition = Condition::parse(&content)?;
                return Ok(Self::Condition(condition));
            }
            _ if !behind => {
                let message = format!("`{}` needs a value: `{}`", key.name, key.example);
                return Err(syn::Error::new(ident.span(), message));
            }
            _ => {}
        }
        match separator {
            Separator::Equals => drop(input.parse::<Token![=]>()?),
            Separator::Colon => drop(input.parse::<Token![:]>()?),
        }
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(ident.span(), format!("`{}` needs a value: `{}`", key.name, key.example)));
        }
        let span = input.span();
        match key.form {
            Form::Flag => match input.parse::<LitBool>() {
                Ok(is) => Ok(Self::Flag(is.value)),
                Err(_) => Err(syn::Error::new(
                    span,
                    format!("`{0}` is written bare, or `{0} = true`, `{0} = false`", key.name),
                )),
            },
            Form::Text => text(input).map(Self::Text).map_err(|_| bad_form(span)),
            Form::Texts => list(input, text).map_err(|_| bad_form(span)).map(Self::Texts),
            Form::Integer => integer(input, key).map(|(integer, span)| Self::Integer(integer, span)),
            Form::Integers if input.peek(token::Bracket) => {
                list(input, |input| integer(input, key)).map(|all| Self::Integers(all, true))
            }
            Form::Integers => Ok(Self::Integers(vec![integer(input, key)?], false)),
            Form::Stored => stored(input)
                .map(Self::Stored)
                .map_err(|_| syn::Error::new(span, "an id is text or a whole number: `id = \"oval\"` or `id = 2`")),
            Form::Expression => input.parse().map(Self::Expression),
            Form::Expressions => match input.parse()? {
                Expr::Array(array) => Ok(Self::Expressions(array.elems.into_iter().collect())),
                other => Err(syn::Error::new_spanned(other, format!("expected a list: `{}`", key.example))),
            },
            Form::Range => range(input.parse()?, key).map(Box::new).map(Self::Range),
            Form::Precision if input.peek(Ident) => word(input, &["unlimited"]).map(|_| Self::Precision(None)),
            Form::Precision => {
                let (digits, span) = integer(input, key)?;
                if digits > 15 {
                    let message = "a number keeps about 15 digits; for all of them, write `precision = unlimited`";
                    return Err(syn::Error::new(span, message));
                }
                Ok(Self::Precision(Some(digits)))
            }
            Form::Ends => ends(input).map(Self::Ends).map_err(|_| {
                syn::Error::new(span, format!("expected two captions: `{}`, either of them `None`", key.example))
            }),
            Form::Word(words) => word(input, words).map(|(word, span)| Self::Word(word, span)),
            Form::Condition | Form::OptionCondition => Err(bad_form(span)),
            Form::Navi => Navi::parse(input).map(Self::Navi),
            Form::Pairs => list(input, pair).map_err(|_| bad_form(span)).map(Self::Pairs),
            Form::KeyInfo => match Navi::parse(input)? {
                Navi::Input(name) => Ok(Self::KeyInfo(KeyInfo::Input(name))),
                text => Ok(Self::KeyInfo(KeyInfo::Text(text))),
            },
            Form::Suggestions => list(input, Suggestion::parse).map(Self::Suggestions),
            Form::Note => text(input).map(Some).map(Self::Note).map_err(|_| bad_form(span)),
            Form::Input => match input.call(Ident::parse_any) {
                Ok(name) if input.is_empty() || input.peek(Token![,]) => Ok(Self::Input(name)),
                _ => Err(syn::Error::new(span, format!("expected the name of an input: `{}`", key.example))),
            },
            Form::Formula => Formula::parse(input).map(Self::Formula),
            Form::Path => syn::Path::parse_mod_style(input).map(Self::Path).map_err(|_| bad_form(span)),
            Form::Structs => list(input, structure).map(Self::Structs),
        }
    }
}

/// A string literal without a suffix.
fn text(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse()
}

fn list<T>(input: ParseStream<'_>, item: impl Fn(ParseStream<'_>) -> syn::Result<T>) -> syn::Result<Vec<T>> {
    let content;
    bracketed!(content in input);
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(item(&content)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(items)
}

/// `("type", "convert")`
fn pair(input: ParseStream<'_>) -> syn::Result<(Navi, Navi)> {
    let content;
    parenthesized!(content in input);
    let first = Navi::parse(&content)?;
    content.parse::<Token![,]>()?;
    let second = Navi::parse(&content)?;
    content.parse::<Option<Token![,]>>()?;
    Ok((first, second))
}

fn integer(input: ParseStream<'_>, key: &Key) -> syn::Result<(u32, Span)> {
    let span = input.span();
    let expected = |_| syn::Error::new(span, format!("expected a whole number from 0: `{}`", key.example));
    let literal: LitInt = input.parse().map_err(expected)?;
    literal.base10_parse().map(|value| (value, span)).map_err(expected)
}

fn stored(input: ParseStream<'_>) -> syn::Result<Stored> {
    if input.peek(LitStr) {
        return input.parse().map(Stored::Text);
    }
    let minus: Option<Token![-]> = input.parse()?;
    let magnitude: i64 = input.parse::<LitInt>()?.base10_parse()?;
    Ok(Stored::Number(if minus.is_some() { -magnitude } else { magnitude }))
}

fn word(input: ParseStream<'_>, words: &'static [&'static str]) -> syn::Result<(&'static str, Span)> {
    let span = input.span();
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let message = match words.iter().find(|word| **word == text.value()) {
            Some(word) => format!("written without quotes: `{word}`"),
            None => suggestion(&text.value(), words.iter().copied()),
        };
        return Err(syn::Error::new(span, message));
    }
    let given =
        input.call(Ident::parse_any).map_err(|_| syn::Error::new(span, suggestion("", words.iter().copied())))?;
    let name = given.unraw().to_string();
    match words.iter().find(|word| **word == name) {
        Some(word) => Ok((word, span)),
        None => {
            Err(syn::Error::new(span, format!("unknown word `{name}`; {}", suggestion(&name, words.iter().copied()))))
        }
    }
}

fn range(whole: Expr, key: &Key) -> syn::Result<Range> {
    let whole = match whole {
        // From a `$range:expr` of a macro of the author's.
        Expr::Group(group) => *group.expr,
        Expr::Paren(paren) => *paren.expr,
        other => other,
    };
    let Expr::Range(range) = &whole else {
        return Err(syn::Error::new_spanned(&whole, format!("expected a range: `{}`", key.example)));
    };
    let [lower, upper] = [&range.start, &range.end].map(|end| end.as_deref().cloned());
    match (&range.limits, &lower, &upper) {
        (RangeLimits::HalfOpen(dots), _, Some(upper)) => {
            let lower = lower.map(|lower| quote!(#lower).to_string()).unwrap_or_default();
            let message =
                format!("both ends belong to the range, so it is written `{lower}..={}`", upper.to_token_stream());
            Err(syn::Error::new_spanned(dots, message))
        }
        (_, None, None) => {
            let message =
                "a range open at both ends says nothing; leave the key away, or give one end: `0..` or `..=8`";
            Err(syn::Error::new_spanned(&whole, message))
        }
        _ => Ok(Range { lower, upper, whole }),
    }
}

fn ends(input: ParseStream<'_>) -> syn::Result<[Option<LitStr>; 2]> {
    let content;
    parenthesized!(content in input);
    let end = || {
        if content.peek(Token![_]) {
            return content.parse::<Token![_]>().map(|_| None);
        }
        if content.peek(LitStr) {
            return content.parse().map(Some);
        }
        let none: Ident = content.parse()?;
        if none == "None" { Ok(None) } else { Err(syn::Error::new(none.span(), "expected `None`")) }
    };
    let left = end()?;
    content.parse::<Token![,]>()?;
    let right = end()?;
    content.parse::<Option<Token![,]>>()?;
    if content.is_empty() { Ok([left, right]) } else { Err(content.error("expected two captions")) }
}

/// The fields in `{ … }`, possibly behind the name of the struct.
fn structure(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if input.peek(Ident) || input.peek(Token![::]) {
        syn::Path::parse_mod_style(input)?;
    }
    let content;
    syn::braced!(content in input);
    content.parse()
}

/// A number without suffix as the host writes it, if the expression is one.
pub(crate) fn number(literal: &ExprLit) -> Option<String> {
    match &literal.lit {
        Lit::Int(integer) if integer.suffix().is_empty() => Some(integer.base10_digits().to_owned()),
        Lit::Float(float) if float.suffix().is_empty() => {
            float.base10_parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| value.to_string())
        }
        _ => None,
    }
}
