//! Patterns with holes: `{name}`. `{{` is a brace.

use std::collections::HashMap;

use crate::builtin::{argument, concat};
use crate::error::Result;
use crate::eval::whole_struct;
use crate::scope::Scope;
use crate::strings::StringSet;
use crate::text::Text;
use crate::types::Type;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text(String),
    /// A hole with the name of what goes in.
    Hole(String),
}

/// The parts of a pattern, or the host's message about what is wrong with it.
pub(super) fn parse(pattern: &str) -> std::result::Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(brace) = rest.find('{') {
        text.push_str(&rest[..brace]);
        rest = &rest[brace + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            text.push('{');
            rest = after;
            continue;
        }
        // A brace that is not closed before the next one opens is text.
        let Some(end) = rest.find(['{', '}']).filter(|end| rest[*end..].starts_with('}')) else {
            text.push('{');
            continue;
        };
        let name = &rest[..end];
        if name.is_empty() {
            return Err(format!(
                "Invalid replacement pattern. {{}} is not a valid replacement. Either specify a name or id number, or \
                 escape a single \"{{\" as \"{{{{\". Full pattern: {pattern}"
            ));
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(format!(
                "Invalid replacement pattern. \"{{{name}}}\" is not a valid replacement. Names and ids only allow \
                 letters and digits. Full pattern: {pattern}"
            ));
        }
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        parts.push(Part::Hole(name.to_owned()));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    Ok(parts)
}

/// An `Error` with this message.
pub(super) fn error(scope: &Scope, message: impl Into<Text>) -> Result<Type> {
    scope.instance("Error", [("message", Type::string(message))])
}

/// `string | Error`
pub(super) fn anything(scope: &Scope) -> Result<Type> {
    Ok(Type::all_strings().union(&whole_struct(scope, "Error")?.into()))
}

pub(super) fn format(arguments: &[Type], scope: &Scope) -> Result<Type> {
    if arguments.iter().any(Type::is_never) {
        return Ok(Type::never());
    }
    let Some(pattern) = argument(arguments, 0).as_string() else { return anything(scope) };
    let Some(pattern) = pattern.to_utf8() else { return anything(scope) };
    let parts = match parse(&pattern) {
        Ok(parts) => parts,
        Err(message) => return error(scope, format!("Error: {message}")),
    };
    // Arguments that can only be null do not exist; the others are called 1, 2, …
    let values: HashMap<String, &StringSet> = arguments
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, value)| !value.strings().is_never())
        .map(|(index, value)| (index.to_string(), value.strings()))
        .collect();
    let mut texts = Vec::new();
    for part in parts {
        texts.push(match part {
            Part::Text(text) => Type::string(text),
            Part::Hole(name) => match values.get(&name) {
                Some(value) => Type::from((*value).clone()),
                None => return error(scope, format!("Invalid reference {{{name}}} in pattern.")),
            },
        });
    }
    Ok(concat(&texts).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_texts_and_holes() {
        let hole = |name: &str| Part::Hole(name.into());
        let text = |text: &str| Part::Text(text.into());
        assert_eq!(parse("a{1}b"), Ok(vec![text("a"), hole("1"), text("b")]));
        assert_eq!(parse("a{{1}}"), Ok(vec![text("a{1}}")]));
        assert_eq!(parse("{{{x}"), Ok(vec![text("{"), hole("x")]));
        assert_eq!(parse("a}{"), Ok(vec![text("a}{")]));
        assert_eq!(parse("{a{b}"), Ok(vec![text("{a"), hole("b")]));
        assert!(parse("{}").is_err());
        assert!(parse("{ 1}").is_err());
    }
}
