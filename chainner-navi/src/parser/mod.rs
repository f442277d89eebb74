//! From text to trees.
//!
//! `name {` directly in the condition of an `if` or `match`, or in a return type, can be the start of a struct or a name
//! in front of a block. It is taken for a name; if the text then has no parse, the last such place is taken for a struct
//! and parsing starts over.

mod definition;
mod expression;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::{Error, ErrorKind, Result};
use crate::lexer::tokenize;
use crate::span::Span;
use crate::syntax::{Definition, Expression, ExpressionKind, MAX_DEPTH, Name};
use crate::token::{Keyword, Punctuation, Token, TokenKind};

/// Brackets, blocks and conditions inside of one another beyond this are refused.
const MAX_NESTING: usize = 64;

/// Tokens looked at in all attempts at reading a text; beyond it the mistake that was found is the one reported.
const MAX_WORK: usize = 2_000_000;

/// Parses an expression, possibly after definitions.
///
/// # Errors
///
/// Any of [`ErrorKind::Lexer`], [`Syntax`](ErrorKind::Syntax), [`Value`](ErrorKind::Value),
/// [`StringEscape`](ErrorKind::StringEscape), [`Negation`](ErrorKind::Negation) and [`Limit`](ErrorKind::Limit), always
/// with a span.
///
/// ```
/// let tree = chainner_navi::parse_expression("if a > 1 { a - 1 } else { b }")?;
/// assert_eq!(
///     tree.to_string(),
///     "match number::gt(a, 1) { true => number::add(a, number::neg(1)), false => b }"
/// );
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn parse_expression(text: &str) -> Result<Expression> {
    parse(text, |parser| {
        let start = parser.span();
        let expression = parser.block_content()?;
        parser.end_of_text("the end of the text")?;
        // A document covers its definitions too.
        let span = start.to(expression.span());
        Ok(expression.with_span(span))
    })
}

/// Parses a document of definitions. Intrinsics are moved behind the others.
///
/// # Errors
///
/// As [`parse_expression`].
///
/// ```
/// let definitions = chainner_navi::parse_definitions("enum Mode { Fast, Slow }")?;
/// let printed: Vec<String> = definitions.iter().map(|definition| definition.to_string()).collect();
/// assert_eq!(printed, ["let Mode = Mode::Fast | Mode::Slow;", "struct Mode::Fast;", "struct Mode::Slow;"]);
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn parse_definitions(text: &str) -> Result<Vec<Arc<Definition>>> {
    parse(text, |parser| parser.definition_document())
}

/// Why an attempt failed; the furthest failure is the parser's.
struct Failed;

type Parse<T> = std::result::Result<T, Failed>;

struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    /// Whether `name {` is ambiguous here.
    condition: bool,
    nesting: usize,
    /// Ambiguous places met so far, and whether they are taken for structs.
    choices: Vec<bool>,
    next_choice: usize,
    /// The furthest token that could not stand where it stands, and what could.
    furthest: usize,
    expected: BTreeSet<&'static str>,
    too_deep: bool,
    /// The first mistake that does not keep a text from being parsed.
    mistake: Option<Error>,
}

fn parse<T>(text: &str, document: fn(&mut Parser) -> Parse<T>) -> Result<T> {
    let tokens = tokenize(text)?;
    let mut parser = Parser {
        text,
        tokens: &tokens,
        at: 0,
        condition: false,
        nesting: 0,
        choices: Vec::new(),
        next_choice: 0,
        furthest: 0,
        expected: BTreeSet::new(),
        too_deep: false,
        mistake: None,
    };
    for _ in 0..(MAX_WORK / tokens.len()).max(8) {
        if let Ok(tree) = document(&mut parser) {
            return parser.mistake.map_or(Ok(tree), Err);
        }
        if parser.too_deep || !parser.next_attempt() {
            break;
        }
    }
    Err(parser.error())
}

impl Parser<'_> {
    /// Back to the start, with the last name in front of a block taken for a struct. False if there is none.
    fn next_attempt(&mut self) -> bool {
        while self.choices.pop_if(|is_struct| *is_struct).is_some() {}
        let Some(last) = self.choices.last_mut() else { return false };
        *last = true;
        self.at = 0;
        self.condition = false;
        self.nesting = 0;
        self.next_choice = 0;
        self.mistake = None;
        true
    }

    fn error(&self) -> Error {
        let token = &self.tokens[self.furthest.min(self.tokens.len() - 1)];
        if self.too_deep {
            let message = "this is nested too deeply";
            return Error::new(ErrorKind::Limit, message).or_at(token.span);
        }
        let found = match token.kind {
            TokenKind::EndOfText => "unexpected end of the text".to_owned(),
            _ => format!("unexpected `{}`", &self.text[token.span.start..token.span.end]),
        };
        let expected: Vec<&str> = self.expected.iter().copied().collect();
        let message = match expected.split_last() {
            None => found,
            Some((only, [])) => format!("{found}, expected {only}"),
            Some((last, rest)) => format!("{found}, expected {} or {last}", rest.join(", ")),
        };
        let message = match self.negative_number_after_value(token) {
            Some(number) => format!("{message}; the minus belongs to `{number}`, a subtraction has blanks around it"),
            None => message,
        };
        Error::new(ErrorKind::Syntax, message).or_at(token.span)
    }

    /// `a -1` is two values in a row, which nobody expects.
    fn negative_number_after_value(&self, token: &Token) -> Option<&str> {
        let text = &self.text[token.span.start..token.span.end];
        let is_value = |token: &Token| {
            matches!(
                token.kind,
                TokenKind::Identifier
                    | TokenKind::Number(_)
                    | TokenKind::Punctuation(Punctuation::CloseParen | Punctuation::CloseBrace)
            )
        };
        let after_value = self.furthest > 0 && is_value(&self.tokens[self.furthest - 1]);
        (after_value && matches!(token.kind, TokenKind::Number(_)) && text.starts_with('-') && text.len() > 1)
            .then_some(text)
    }

    // Tokens

    fn token(&self) -> &Token {
        // The last token is the end of the text, which is never passed.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn span(&self) -> Span {
        self.token().span
    }

    /// The span of the last passed token.
    fn last_span(&self) -> Span {
        self.tokens[self.at.saturating_sub(1)].span
    }

    fn is(&self, punctuation: Punctuation) -> bool {
        self.token().kind == TokenKind::Punctuation(punctuation)
    }

    fn ahead(&self, distance: usize) -> Option<&TokenKind> {
        self.tokens.get(self.at + distance).map(|token| &token.kind)
    }

    fn is_keyword(&self, keyword: Keyword) -> bool {
        self.token().kind == TokenKind::Keyword(keyword)
    }

    fn pass(&mut self) -> Span {
        let span = self.span();
        self.at += 1;
        span
    }

    /// Passes the token if it is there; remembers that it could have been.
    fn eat(&mut self, punctuation: Punctuation) -> bool {
        let there = self.is(punctuation);
        if there {
            self.at += 1;
        } else {
            self.could_be(quoted(punctuation));
        }
        there
    }

    fn expect(&mut self, punctuation: Punctuation) -> Parse<Span> {
        if self.eat(punctuation) { Ok(self.last_span()) } else { Err(Failed) }
    }

    fn eat_keyword(&mut self, keyword: Keyword) -> bool {
        let there = self.is_keyword(keyword);
        if there {
            self.at += 1;
        } else {
            self.could_be(quoted_keyword(keyword));
        }
        there
    }

    fn expect_keyword(&mut self, keyword: Keyword) -> Parse<Span> {
        if self.eat_keyword(keyword) { Ok(self.last_span()) } else { Err(Failed) }
    }

    fn identifier(&mut self, what: &'static str) -> Parse<Name> {
        if self.token().kind != TokenKind::Identifier {
            return self.fail(what);
        }
        let span = self.pass();
        Ok(Name::new(&self.text[span.start..span.end], span))
    }

    /// `a`, `a::b`, `a::and`.
    fn name(&mut self, what: &'static str) -> Parse<Name> {
        let mut name = self.identifier(what)?;
        while self.is(Punctuation::PathSeparator) {
            self.pass();
            match self.token().kind {
                TokenKind::Identifier | TokenKind::Keyword(Keyword::And | Keyword::Or | Keyword::Not) => {}
                _ => return self.fail("a name"),
            }
            let span = self.pass();
            let part = &self.text[span.start..span.end];
            name = Name::new(format!("{}::{part}", name.text), name.span.to(span));
        }
        Ok(name)
    }

    fn end_of_text(&mut self, what: &'static str) -> Parse<()> {
        if self.token().kind == TokenKind::EndOfText { Ok(()) } else { self.fail(what) }
    }

    // Failures

    fn could_be(&mut self, what: &'static str) {
        if self.at > self.furthest {
            self.furthest = self.at;
            self.expected.clear();
        }
        if self.at == self.furthest {
            self.expected.insert(what);
        }
    }

    fn fail<T>(&mut self, expected: &'static str) -> Parse<T> {
        self.could_be(expected);
        Err(Failed)
    }

    /// Remembers a mistake that parsing survives.
    fn mistaken(&mut self, error: Error) {
        self.mistake.get_or_insert(error);
    }

    // Nesting

    /// Inside of brackets nothing is ambiguous, inside of conditions `name {` is.
    fn nested<T>(&mut self, condition: bool, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.nesting >= MAX_NESTING {
            return self.refuse_depth();
        }
        let outer = std::mem::replace(&mut self.condition, condition);
        self.nesting += 1;
        let result = parse(self);
        self.nesting -= 1;
        self.condition = outer;
        result
    }

    fn refuse_depth<T>(&mut self) -> Parse<T> {
        self.too_deep = true;
        self.furthest = self.at;
        Err(Failed)
    }

    fn expression_of(&mut self, kind: ExpressionKind, span: Span) -> Parse<Expression> {
        let expression = Expression::new(kind, span);
        if expression.depth() > MAX_DEPTH { self.refuse_depth() } else { Ok(expression) }
    }
}

fn quoted(punctuation: Punctuation) -> &'static str {
    match punctuation {
        Punctuation::Ellipsis => "`...`",
        Punctuation::PathSeparator => "`::`",
        Punctuation::Arrow => "`=>`",
        Punctuation::Colon => "`:`",
        Punctuation::Equal => "`=`",
        Punctuation::Comma => "`,`",
        Punctuation::Semicolon => "`;`",
        Punctuation::OpenBrace => "`{`",
        Punctuation::CloseBrace => "`}`",
        Punctuation::OpenParen => "`(`",
        Punctuation::CloseParen => "`)`",
        Punctuation::Dot => "`.`",
        _ => "an operator",
    }
}

fn quoted_keyword(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::As => "`as`",
        Keyword::Def => "`def`",
        Keyword::Else => "`else`",
        Keyword::If => "`if`",
        _ => "a keyword",
    }
}

#[cfg(test)]
mod tests;
