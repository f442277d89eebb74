//! Texts of the type language, as far as their words tell: which form one has, and what is used in it. The checklist counts the words
//! of comments too.

use serde_json::Value as Json;

const KEYWORDS: [&str; 10] = ["let", "def", "struct", "match", "if", "else", "and", "or", "not", "as"];
/// Longer ones before their beginnings; those that are no operators tell nothing.
const SIGNS: [&str; 22] = [
    "//", "=>", "==", "!=", "<=", ">=", "**", "..", "::", "|", "&", "+", "-", "*", "/", "<", ">", "(", ".", "=", "{",
    ",",
];
const TELL_NOTHING: [&str; 8] = ["//", "=>", "::", "(", ".", "=", "{", ","];

/// A word or sign of a text.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    /// A name, with `::` between its parts.
    Name(&'a str),
    Sign(&'a str),
    Other,
}

/// The form of an expression: `json: named`, `list (union)`, `text: let+match`, …
pub(crate) fn form(ty: &Json) -> String {
    match ty {
        Json::Object(_) => format!("json: {}", ty["type"].as_str().unwrap_or_default()),
        Json::Array(_) => "list (union)".to_owned(),
        Json::String(text) => format!("text: {}", form_of_text(text)),
        other => other.to_string(),
    }
}

fn form_of_text(text: &str) -> String {
    let tokens = tokens(text);
    let has = |word: &str| tokens.contains(&Token::Name(word));
    let mut parts: Vec<&str> = ["let", "match", "if"].into_iter().filter(|word| has(word)).collect();
    if has("def") || has("struct") {
        parts.push("definition");
    }
    match (parts.as_slice(), tokens.as_slice()) {
        ([], [Token::Name(_)]) => "plain name".to_owned(),
        ([], _) => "expression".to_owned(),
        (parts, _) => parts.join("+"),
    }
}

/// What a text uses, as kind and option of a feature.
pub(crate) fn words(text: &str) -> Vec<(&'static str, String)> {
    let tokens = tokens(text);
    let mut used = vec![("text form", format!("text: {}", form_of_text(text)))];
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        match token {
            Token::Name("_") if next == Some(&Token::Sign("=>")) => used.push(("keyword in text", "_ =>".to_owned())),
            Token::Name(word) if KEYWORDS.contains(word) => {
                used.push(("keyword in text", (*word).to_owned()));
                if next == Some(&Token::Sign("(")) {
                    used.push(("function called in text", (*word).to_owned()));
                }
            }
            Token::Name(name) => {
                if next == Some(&Token::Sign("(")) {
                    used.push(("function called in text", (*name).to_owned()));
                }
                for (parameter, option) in [("Input", "InputN"), ("IterOutput", "IterOutputN")] {
                    let id = name.strip_prefix(parameter).unwrap_or_default();
                    if !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()) {
                        used.push(("parameter reference", option.to_owned()));
                    }
                }
            }
            Token::Sign(sign) if !TELL_NOTHING.contains(sign) => {
                used.push(("operator in text", (*sign).to_owned()));
            }
            _ => {}
        }
    }
    used
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = if first == '"' {
            tokens.push(Token::Other);
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if first.is_ascii_digit() {
            tokens.push(Token::Other);
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            // `0.5`, but not `0..1`.
            match rest[digits..].strip_prefix('.') {
                Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
                    digits + 1 + fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len())
                }
                _ => digits,
            }
        } else if is_word(first) {
            let mut len = 0;
            loop {
                len += rest[len..].find(|c| !is_word(c)).unwrap_or(rest.len() - len);
                match rest[len..].strip_prefix("::") {
                    Some(more) if more.starts_with(is_word) => len += 2,
                    _ => break,
                }
            }
            tokens.push(Token::Name(&rest[..len]));
            len
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else {
            tokens.push(Token::Other);
            first.len_utf8()
        };
        rest = rest[len..].trim_start();
    }
    tokens
}
