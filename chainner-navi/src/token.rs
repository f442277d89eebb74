//! Tokens.

use crate::span::Span;
use crate::text::Text;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    Identifier,
    Keyword(Keyword),
    Punctuation(Punctuation),
    Number(f64),
    Interval(IntervalForm, Ends),
    String(Result<Text, BadEscape>),
    EndOfText,
}

/// A `\` sequence no string may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BadEscape;

/// Both ends of an interval, missing ones filled in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ends {
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// The forms of intervals that are one token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum IntervalForm {
    Reals { min_exclusive: bool, max_exclusive: bool },
    Integers,
    NonIntegers,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($variant),* }

        impl $name {
            pub(crate) const ALL: &[$name] = &[$($name::$variant),*];

            pub(crate) fn text(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }
    };
}

words! {
    /// Words that cannot be names.
    Keyword {
        And = "and", As = "as", Def = "def", Else = "else", Enum = "enum", If = "if", Intrinsic = "intrinsic",
        Let = "let", Match = "match", Not = "not", Or = "or", SelfWord = "self", Struct = "struct", Trait = "trait",
    }
}

words! {
    /// Punctuation and operators, longer ones before their beginnings.
    Punctuation {
        Ellipsis = "...", PathSeparator = "::", Arrow = "=>", EqualEqual = "==", NotEqual = "!=",
        GreaterEqual = ">=", LessEqual = "<=", Power = "**", Colon = ":", Equal = "=", Comma = ",", Semicolon = ";",
        OpenBrace = "{", CloseBrace = "}", OpenParen = "(", CloseParen = ")", Dot = ".", Bar = "|", Ampersand = "&",
        Minus = "-", Plus = "+", Star = "*", Slash = "/", Greater = ">", Less = "<", Underscore = "_",
    }
}
