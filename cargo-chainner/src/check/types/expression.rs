//! One expression: parsed, evaluated, and its mistakes told with carets.

use chainner_navi::{Error, ErrorKind, Expression, Scope, Type};
use chainner_sdk::library::Place;
use serde_json::Value;

use crate::codes::Code;

use super::super::Findings;

/// A part of a schema that is an expression.
#[derive(Clone)]
pub(in super::super) struct Part<'a> {
    /// What it is, in the words of a message: `the type of input "Amount" of node …`.
    pub(in super::super) what: String,
    /// Where it stands.
    pub(in super::super) place: Place,
    /// The expression.
    pub(in super::super) json: &'a Value,
}

impl Part<'_> {
    /// The expression, or what keeps it from being one is told. That it is missing or null is told by the rule about shapes.
    pub(in super::super) fn parse(&self, findings: &mut Findings) -> Option<Expression> {
        if self.json.is_null() {
            return None;
        }
        Expression::from_json(self.json).map_err(|error| self.report(&error, None, findings)).ok()
    }

    /// Parses and evaluates, and tells what is wrong.
    pub(in super::super) fn evaluate(&self, scope: &Scope, findings: &mut Findings) -> Option<Type> {
        let expression = self.parse(findings)?;
        scope.evaluate(&expression).map_err(|error| self.report(&error, None, findings)).ok()
    }

    /// Tells a mistake, under its own code or the one given.
    pub(in super::super) fn report(&self, error: &Error, code: Option<Code>, findings: &mut Findings) {
        let text = self.json.as_str().unwrap_or_default();
        report(error, text, code.unwrap_or_else(|| code_of(error.kind())), &self.what, &self.place, findings);
    }

    /// Tells that it has no values.
    pub(in super::super) fn never(&self, findings: &mut Findings) {
        let message = format!("{} is always `never`: no value can be there", self.what);
        let finding = findings.error(Code::NeverType, message);
        finding.at(&self.place).help("name a type that has values; an intersection of unlike types has none");
        if let Some(text) = self.json.as_str() {
            finding.excerpt(text);
        }
    }
}

/// Tells a mistake in a text.
pub(in super::super) fn report(
    error: &Error,
    text: &str,
    code: Code,
    what: &str,
    place: &Place,
    findings: &mut Findings,
) {
    let inside = error.inside().map(|inside| format!(" (inside `{inside}`)")).unwrap_or_default();
    let said = format!("{}{inside}", error.message());
    let finding = findings.error(code, format!("{what} is refused: {said}"));
    finding.at(place);
    let text = error.text().unwrap_or(text);
    if error.span().is_some() && !text.is_empty() {
        let drawn = error.caret(text);
        let drawn = drawn.strip_prefix(&said).unwrap_or(&drawn).trim_start_matches('\n');
        let lines = drawn.lines().count() - usize::from(!error.suggestions().is_empty());
        finding.excerpt(drawn.lines().take(lines).collect::<Vec<_>>().join("\n"));
    }
    finding.help(match error.suggestions() {
        [] => fix(error.kind()).to_owned(),
        names => {
            format!("did you mean {}?", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or "))
        }
    });
}

fn code_of(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::Lexer
        | ErrorKind::Syntax
        | ErrorKind::Value
        | ErrorKind::StringEscape
        | ErrorKind::Negation
        | ErrorKind::Limit
        | ErrorKind::Json => Code::TypeSyntax,
        ErrorKind::UnknownNamed
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownStruct
        | ErrorKind::UnknownStructField => Code::UnknownType,
        ErrorKind::Cyclic => Code::CyclicType,
        _ => Code::TypeMistake,
    }
}

fn fix(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnknownNamed | ErrorKind::UnknownStruct | ErrorKind::UnknownFunction => {
            "names are those of the app, those that `typeDefinitions` of any node define, and `Input0`, `Input1`, … by id"
        }
        ErrorKind::UnknownStructField => "name a field of the struct",
        ErrorKind::NonExhaustiveMatch => "add a last arm `_ => …`",
        ErrorKind::InvalidFieldAccess => "narrow the value first, e.g. `(Input0 & Image).width`",
        ErrorKind::Cyclic => "let one of the types stand without the other",
        _ => "correct the expression",
    }
}
