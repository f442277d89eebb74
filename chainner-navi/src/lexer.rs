//! From text to tokens.

use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use crate::text::Text;
use crate::token::{BadEscape, Ends, IntervalForm, Keyword, Punctuation, Token, TokenKind};

/// All tokens of `text`, the last one being [`TokenKind::EndOfText`].
pub(crate) fn tokenize(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += blank(&text[at..]);
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            tokens.push(Token { kind: TokenKind::EndOfText, span: Span::new(at, at) });
            return Ok(tokens);
        };
        let Some((kind, length)) = longest(rest) else {
            let span = Span::new(at, at + first.len_utf8());
            let message = match first {
                '"' => "this string has no end on its line".to_owned(),
                first => format!("unexpected character `{}`", first.escape_debug()),
            };
            return Err(Error::new(ErrorKind::Lexer, message).or_at(span));
        };
        tokens.push(Token { kind, span: Span::new(at, at + length) });
        at += length;
    }
}

/// Length of the whitespace and comments in front of the next token.
fn blank(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let spaces = whitespace(rest.as_bytes());
        let comment = if rest.starts_with("//") {
            rest.find(['\r', '\n']).unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            // Without an end it is no comment but two operators.
            comment.find("*/").map_or(0, |end| end + 4)
        } else {
            0
        };
        if spaces + comment == 0 {
            return at;
        }
        at += spaces.max(comment);
    }
}

fn whitespace(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count()
}

/// The longest token at the start of `text`; among equally long ones numbers and intervals before names.
fn longest(text: &str) -> Option<(TokenKind, usize)> {
    let bytes = text.as_bytes();
    let mut best: Option<(TokenKind, usize)> = None;
    let candidates = [
        bracketed(text, "int", IntervalForm::Integers),
        bracketed(text, "nonInt", IntervalForm::NonIntegers),
        interval(text),
        number(text).map(|(value, length)| (TokenKind::Number(value), length)),
        string(text),
        word(text, bytes),
        punctuation(text),
    ];
    for (kind, length) in candidates.into_iter().flatten() {
        if best.as_ref().is_none_or(|(_, longest)| length > *longest) {
            best = Some((kind, length));
        }
    }
    best
}

fn word(text: &str, bytes: &[u8]) -> Option<(TokenKind, usize)> {
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let keyword = Keyword::ALL.iter().find(|keyword| keyword.text() == &text[..length]);
    Some((keyword.map_or(TokenKind::Identifier, |keyword| TokenKind::Keyword(*keyword)), length))
}

fn punctuation(text: &str) -> Option<(TokenKind, usize)> {
    let found = Punctuation::ALL.iter().find(|punctuation| text.starts_with(punctuation.text()))?;
    Some((TokenKind::Punctuation(*found), found.text().len()))
}

/// Value and length of the number at the start of `text`.
fn number(text: &str) -> Option<(f64, usize)> {
    for (name, value) in [("inf", f64::INFINITY), ("-inf", f64::NEG_INFINITY), ("nan", f64::NAN)] {
        if text.starts_with(name) {
            return Some((value, name.len()));
        }
    }
    let bytes = text.as_bytes();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at += whole_digits(&bytes[at..])?;
    if bytes.get(at) == Some(&b'.') {
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            at += 1 + digits;
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if let Some(digits) = bytes.get(at + 1 + sign..).and_then(whole_digits) {
            at += 1 + sign + digits;
        }
    }
    // Digits, point and exponent are what Rust reads too; overflow gives infinity.
    Some((text[..at].parse().ok()?, at))
}

/// Length of `0` or of digits that begin with another one.
fn whole_digits(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b'0' => Some(1),
        b'1'..=b'9' => Some(bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()),
        _ => None,
    }
}

fn interval(text: &str) -> Option<(TokenKind, usize)> {
    let (min, mut at) = number(text).unwrap_or((f64::NEG_INFINITY, 0));
    let (operator, min_exclusive, max_exclusive) =
        [("!..!", true, true), ("!..", true, false), ("..!", false, true), ("..", false, false)]
            .into_iter()
            .find(|(operator, ..)| text[at..].starts_with(operator))?;
    at += operator.len();
    let (max, length) = number(&text[at..]).unwrap_or((f64::INFINITY, 0));
    at += length;
    Some((TokenKind::Interval(IntervalForm::Reals { min_exclusive, max_exclusive }, Ends { min, max }), at))
}

/// `int( a..b )` and `nonInt( a..b )`, with whitespace around but not inside the interval.
fn bracketed(text: &str, name: &str, form: IntervalForm) -> Option<(TokenKind, usize)> {
    let mut at = text.starts_with(name).then_some(name.len())?;
    let skip = |at: usize| at + whitespace(&text.as_bytes()[at..]);
    at = skip(at);
    at = text[at..].starts_with('(').then(|| skip(at + 1))?;

    let (min, length) = number(&text[at..]).unwrap_or((f64::NEG_INFINITY, 0));
    at += length;
    at = text[at..].starts_with("..").then_some(at + 2)?;
    let (max, length) = number(&text[at..]).unwrap_or((f64::INFINITY, 0));
    at = skip(at + length);
    at = text[at..].starts_with(')').then_some(at + 1)?;
    Some((TokenKind::Interval(form, Ends { min, max }), at))
}

fn string(text: &str) -> Option<(TokenKind, usize)> {
    let body = text.strip_prefix('"')?;
    let mut characters = body.char_indices();
    loop {
        match characters.next()? {
            (end, '"') => return Some((TokenKind::String(unescape(&body[..end])), end + 2)),
            (_, '\\') if matches!(characters.next()?, (_, '\r' | '\n')) => return None,
            (_, '\\') => {}
            (_, c) if c < ' ' => return None,
            _ => {}
        }
    }
}

/// The characters a string's body stands for, as in JSON.
fn unescape(body: &str) -> Result<Text, BadEscape> {
    let mut units = Vec::with_capacity(body.len());
    let mut characters = body.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            // Only an escape hides a control character from the lexer, and none stands for itself.
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            continue;
        }
        let unit = match characters.next() {
            Some(c @ ('"' | '\\' | '/')) => c as u16,
            Some('b') => 8,
            Some('f') => 12,
            Some('n') => 10,
            Some('r') => 13,
            Some('t') => 9,
            Some('u') => {
                let mut unit = 0;
                for _ in 0..4 {
                    let digit = characters.next().and_then(|c| c.to_digit(16)).ok_or(BadEscape)?;
                    unit = unit << 4 | digit as u16;
                }
                unit
            }
            _ => return Err(BadEscape),
        };
        units.push(unit);
    }
    Ok(Text::from_units(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the tokens.
    fn split(text: &str) -> Vec<&str> {
        let tokens = tokenize(text).expect("tokens");
        tokens.iter().filter(|t| t.kind != TokenKind::EndOfText).map(|t| &text[t.span.start..t.span.end]).collect()
    }

    #[test]
    fn the_longest_token_wins() {
        for (text, tokens) in [
            ("a-1", &["a", "-1"][..]),
            ("1-2", &["1", "-2"]),
            ("--1", &["-", "-1"]),
            ("-info", &["-inf", "o"]),
            ("- info", &["-", "info"]),
            ("1..information", &["1..inf", "ormation"]),
            ("information", &["information"]),
            ("int(1 .. 2)", &["int", "(", "1", "..", "2", ")"]),
            ("int (1..2)", &["int (1..2)"]),
            ("int(1..!2)", &["int", "(", "1..!2", ")"]),
            ("int(5)", &["int", "(", "5", ")"]),
            ("nonInt(..)", &["nonInt(..)"]),
            ("01", &["0", "1"]),
            ("1e", &["1", "e"]),
            ("2a", &["2", "a"]),
            ("1...5", &["1..", ".", "5"]),
            ("...a", &["...", "a"]),
            (".....3", &["...", "..3"]),
            ("1!..!2", &["1!..!2"]),
            ("1!=2", &["1", "!=", "2"]),
            ("a::_b", &["a", "::", "_", "b"]),
            ("1e-3..2.5E+1", &["1e-3..2.5E+1"]),
            ("a/*x*//*y*/b//c", &["a", "b"]),
            ("a /* b", &["a", "/", "*", "b"]),
            ("a ** b", &["a", "**", "b"]),
        ] {
            assert_eq!(split(text), tokens, "{text}");
        }
    }

    #[test]
    fn characters_of_no_token_are_blamed() {
        for (text, start) in
            [("a $", 2), ("\u{a0}", 0), ("\u{feff}a", 0), ("\"a", 0), ("\"a\nb\"", 0), ("!a", 0), ("#", 0)]
        {
            let error = tokenize(text).expect_err(text);
            assert_eq!((error.kind(), error.span().map(|span| span.start)), (ErrorKind::Lexer, Some(start)), "{text}");
        }
    }

    #[test]
    fn strings_are_unescaped_as_in_json() {
        let text = |source| match tokenize(source).expect("tokens")[0].kind.clone() {
            TokenKind::String(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text(r#""\ud83d\ude00\/\n""#), Ok(Text::from("😀/\n")));
        assert_eq!(text(r#""\x""#), Err(BadEscape));
        assert_eq!(text(r#""\u12""#), Err(BadEscape));
    }
}
