//! What can be wrong with a text, an expression or a node.

use std::fmt;
use std::sync::Arc;

use crate::span::{Span, underline};

/// Kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A character that begins no token.
    Lexer,
    /// A token that cannot stand where it stands.
    Syntax,
    /// A literal, interval, name or definition that cannot exist.
    Value,
    /// A bad `\` sequence in a string.
    StringEscape,
    /// `-a ** b`, which could mean two things.
    Negation,
    /// A text nested deeper, or an evaluation longer, than is allowed.
    Limit,
    /// A value that needs itself.
    Cyclic,
    /// A name that nothing has.
    UnknownNamed,
    /// A function that does not exist.
    UnknownFunction,
    /// A struct that does not exist.
    UnknownStruct,
    /// A field the struct does not have.
    UnknownStructField,
    /// A function used as a value.
    CannotReferenceFunction,
    /// Something called that is no function.
    NotAFunction,
    /// Fields given to something that is no struct.
    NotAStruct,
    /// A field outside of its declared type.
    IncompatibleFieldType,
    /// An argument outside of its parameter's type.
    IncompatibleArgumentType,
    /// A `let` outside of its declared type.
    IncompatibleVariableType,
    /// A result outside of the function's declared type.
    IncompatibleReturnType,
    /// Too many or too few arguments.
    IncorrectArgumentCount,
    /// A field of something that does not have it.
    InvalidFieldAccess,
    /// A spread of something that shares no field.
    InvalidStructSpread,
    /// A struct with a field whose type has an error.
    InvalidStructDefinition,
    /// A struct with a field whose type is `never`.
    InvalidStructDefinitionField,
    /// A `match` whose arms leave something over.
    NonExhaustiveMatch,
    /// A parameter set to something outside of its declared type.
    ParameterAssignment,
    /// JSON that is no expression.
    Json,
    /// A node the host would refuse.
    Node,
}

impl ErrorKind {
    /// The kind's name, as Navi's own messages and the recorded vectors have it.
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::Lexer => "lexer",
            ErrorKind::Syntax => "syntax",
            ErrorKind::Value | ErrorKind::Json => "value",
            ErrorKind::StringEscape => "string escape",
            ErrorKind::Negation => "conversion",
            ErrorKind::Limit => "limit",
            ErrorKind::Cyclic => "cyclic",
            ErrorKind::UnknownNamed => "Unknown named",
            ErrorKind::UnknownFunction => "Unknown function",
            ErrorKind::UnknownStruct => "Unknown struct",
            ErrorKind::UnknownStructField => "Unknown struct field",
            ErrorKind::CannotReferenceFunction => "Cannot reference function",
            ErrorKind::NotAFunction => "Not a function",
            ErrorKind::NotAStruct => "Not a struct",
            ErrorKind::IncompatibleFieldType => "Incompatible field type",
            ErrorKind::IncompatibleArgumentType => "Incompatible argument type",
            ErrorKind::IncompatibleVariableType => "Incompatible variable type",
            ErrorKind::IncompatibleReturnType => "Incompatible return type",
            ErrorKind::IncorrectArgumentCount => "Incorrect function argument count",
            ErrorKind::InvalidFieldAccess => "Invalid field access",
            ErrorKind::InvalidStructSpread => "Invalid struct spread",
            ErrorKind::InvalidStructDefinition => "Invalid structure definition",
            ErrorKind::InvalidStructDefinitionField => "Invalid structure definition field",
            ErrorKind::NonExhaustiveMatch => "Non-exhaustive match",
            ErrorKind::ParameterAssignment => "parameter assignment",
            ErrorKind::Node => "node",
        }
    }

    /// Whether chaiNNer takes this for an error of the expression, which it survives at run time.
    ///
    /// The others stop type checking of the whole chain.
    pub fn is_evaluation(self) -> bool {
        !matches!(
            self,
            ErrorKind::Lexer
                | ErrorKind::Syntax
                | ErrorKind::Value
                | ErrorKind::StringEscape
                | ErrorKind::Negation
                | ErrorKind::Limit
                | ErrorKind::Cyclic
                | ErrorKind::ParameterAssignment
                | ErrorKind::Json
                | ErrorKind::Node
        )
    }
}

/// Something wrong, what it is and where.
///
/// ```
/// let text = "if Input0 { 1 } else 2";
/// let error = chainner_navi::parse_expression(text).unwrap_err();
/// assert_eq!(
///     error.caret(text),
///     "unexpected `2`, expected `if` or `{`\n\
///      if Input0 { 1 } else 2\n\
///      \u{20}                    ^"
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    span: Option<Span>,
    text: Option<Arc<str>>,
    /// The definition of somebody else that has the mistake.
    inside: Option<Box<str>>,
    suggestions: Vec<String>,
}

/// The crate's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), span: None, text: None, inside: None, suggestions: Vec::new() }
    }

    /// Sets the place, unless a more exact one is known.
    pub(crate) fn or_at(mut self, span: Span) -> Error {
        if self.span.is_none() {
            self.span = Some(span);
        }
        self
    }

    /// Replaces the place, which was in a text of somebody else, by the one that led there.
    pub(crate) fn moved_to(mut self, span: Span, inside: &str) -> Error {
        self.inside.get_or_insert_with(|| inside.into());
        self.span = Some(span);
        self.text = None;
        self
    }

    /// Names the text the place is in, unless one is named already.
    pub(crate) fn or_in(mut self, text: &Arc<str>) -> Error {
        if self.text.is_none() {
            self.text = Some(text.clone());
        }
        self
    }

    pub(crate) fn suggesting(mut self, suggestions: Vec<String>) -> Error {
        self.suggestions = suggestions;
        self
    }

    pub(crate) fn prefixed(mut self, prefix: &str) -> Error {
        self.message = format!("{prefix}: {}", self.message);
        self
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Error {
        self.kind = kind;
        self
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The explanation, without suggestions.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The function, variable or struct of another text that has the mistake; the span is where it is used.
    pub fn inside(&self) -> Option<&str> {
        self.inside.as_deref()
    }

    /// Where it is, in the text that was parsed or evaluated.
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The text [`span`](Error::span) is in, where it is a part of a JSON expression.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Known names like the unknown one, the likeliest first.
    pub fn suggestions(&self) -> &[String] {
        &self.suggestions
    }

    /// The message, the line of `text` it is about with carets below the mistake, and the suggestions.
    pub fn caret(&self, text: &str) -> String {
        let mut out = self.message.clone();
        if let Some(inside) = &self.inside {
            out.push_str(&format!(" (inside `{inside}`)"));
        }
        if let Some(span) = self.span {
            out.push('\n');
            out.push_str(&underline(self.text.as_deref().unwrap_or(text), span));
        }
        if let Some(hint) = self.hint() {
            out.push('\n');
            out.push_str(&hint);
        }
        out
    }

    fn hint(&self) -> Option<String> {
        let (last, rest) = self.suggestions.split_last()?;
        let rest: String = rest.iter().map(|name| format!("`{name}`, ")).collect();
        let or = if rest.is_empty() { "" } else { "or " };
        Some(format!("did you mean {rest}{or}`{last}`?"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(inside) = &self.inside {
            write!(f, " (inside `{inside}`)")?;
        }
        match self.hint() {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
