//! The tree of a parsed text. Operators, `if`, `enum` and other sugar are gone, see [`ExpressionKind`].

use std::sync::Arc;

use crate::span::Span;
use crate::text::Text;

/// Trees deeper than this are refused, so that no walk over one exhausts the stack.
pub(crate) const MAX_DEPTH: u16 = 200;

/// A name where it stands: `a`, or `a::b` without blanks.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    pub(crate) fn new(text: impl Into<Arc<str>>, span: Span) -> Name {
        Name { text: text.into(), span }
    }
}

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub struct Expression {
    kind: Box<ExpressionKind>,
    span: Span,
    /// Levels of the tree below and including this one.
    depth: u16,
}

/// The forms of an expression.
///
/// Operators are calls: `a - b` is `number::add(a, number::neg(b))`, `a == b` is `any::eq(a, b)`. `if` is a `match`
/// with the patterns `true` and `false`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ExpressionKind {
    /// `any`, `never`, `number`, `string`; `true` and `false` as patterns of an `if`.
    Literal(Literal),
    /// A number, nan or an infinity.
    Number(f64),
    /// A string.
    String(Text),
    /// `min..max`.
    Interval {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
        /// Whether the lower end is left out.
        min_exclusive: bool,
        /// Whether the upper end is left out.
        max_exclusive: bool,
    },
    /// `int(min..max)`.
    Integers {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
    },
    /// `nonInt(min..max)`.
    NonIntegers {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
    },
    /// A name.
    Named(Name),
    /// `Name { ...spread, field: value }`.
    Struct {
        /// The struct.
        name: Name,
        /// What fields are taken from.
        spreads: Vec<Expression>,
        /// Written fields.
        fields: Vec<(Name, Expression)>,
    },
    /// `a | b`.
    Union(Vec<Expression>),
    /// `a & b`.
    Intersection(Vec<Expression>),
    /// `of.field`.
    FieldAccess {
        /// The value.
        of: Expression,
        /// The field.
        field: Name,
    },
    /// `name(arguments)`.
    Call {
        /// The function.
        name: Name,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `match of { arms }`.
    Match {
        /// The value.
        of: Expression,
        /// The arms, tried in order.
        arms: Vec<Arm>,
    },
    /// `{ definitions value }`.
    Scope {
        /// What only `value` and the definitions themselves see.
        definitions: Vec<Arc<Definition>>,
        /// The value.
        value: Expression,
    },
    /// An expression from a text of its own, which spans inside are about; parts of JSON expressions are.
    Quoted {
        /// The text.
        text: Arc<str>,
        /// The expression.
        value: Expression,
    },
}

/// Types that are no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Every value.
    Any,
    /// No value.
    Never,
    /// Every number.
    Number,
    /// Every string.
    String,
    /// The struct `true`, whatever the name means.
    True,
    /// The struct `false`, whatever the name means.
    False,
}

impl Literal {
    /// The literal as text.
    pub fn text(self) -> &'static str {
        match self {
            Literal::Any => "any",
            Literal::Never => "never",
            Literal::Number => "number",
            Literal::String => "string",
            Literal::True => "true",
            Literal::False => "false",
        }
    }

    /// The literal a plain name stands for.
    pub(crate) fn of_name(name: &str) -> Option<Literal> {
        [Literal::Any, Literal::Never, Literal::Number, Literal::String].into_iter().find(|l| l.text() == name)
    }
}

/// An arm of a `match`.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What it is for.
    pub pattern: Expression,
    /// The name of the matched value in `value`.
    pub binding: Option<Name>,
    /// The result.
    pub value: Expression,
}

/// What `let x = …` in arms of `match x` is taken from; no text can name it.
pub(crate) const MATCHED: &str = "__temp";

impl Expression {
    pub(crate) fn new(kind: ExpressionKind, span: Span) -> Expression {
        use ExpressionKind as K;
        let deepest = match &kind {
            K::Literal(_) | K::Number(_) | K::String(_) | K::Named(_) => 0,
            K::Interval { .. } | K::Integers { .. } | K::NonIntegers { .. } => 0,
            K::Union(items) | K::Intersection(items) | K::Call { arguments: items, .. } => deepest(items),
            K::Struct { spreads, fields, .. } => deepest(spreads.iter().chain(fields.iter().map(|(_, value)| value))),
            K::FieldAccess { of, .. } => of.depth,
            K::Match { of, arms } => of.depth.max(deepest(arms.iter().flat_map(|arm| [&arm.pattern, &arm.value]))),
            K::Scope { definitions, value } => {
                value.depth.max(definitions.iter().map(|d| d.depth()).max().unwrap_or(0))
            }
            K::Quoted { value, .. } => value.depth,
        };
        Expression { kind: Box::new(kind), span, depth: deepest.saturating_add(1) }
    }

    pub(crate) fn with_span(self, span: Span) -> Expression {
        Expression { span, ..self }
    }

    /// What it is.
    pub fn kind(&self) -> &ExpressionKind {
        &self.kind
    }

    /// Where it stands in its text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The expression of a text of its own.
    pub(crate) fn unquoted(&self) -> &Expression {
        let mut expression = self;
        while let ExpressionKind::Quoted { value, .. } = expression.kind() {
            expression = value;
        }
        expression
    }

    pub(crate) fn depth(&self) -> u16 {
        self.depth
    }
}

fn deepest<'a>(expressions: impl IntoIterator<Item = &'a Expression>) -> u16 {
    expressions.into_iter().map(|expression| expression.depth).max().unwrap_or(0)
}

/// A definition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What is defined.
    pub name: Name,
    /// As what.
    pub kind: DefinitionKind,
}

/// The forms of a definition. An `enum` is a `let` and a `struct` per variant.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DefinitionKind {
    /// `let name: assertion = value;`
    Let {
        /// What the value must be a subset of.
        assertion: Option<Expression>,
        /// The value.
        value: Expression,
    },
    /// `struct name { fields }`
    Struct {
        /// Fields and their types.
        fields: Vec<(Name, Expression)>,
    },
    /// `def name(parameters): assertion = body;`
    Function {
        /// Parameters and their types.
        parameters: Vec<(Name, Expression)>,
        /// What results must be a subset of.
        assertion: Option<Expression>,
        /// The result.
        body: Expression,
    },
    /// `intrinsic def name(parameters, ...rest): assertion;`
    Intrinsic {
        /// Parameters and their types.
        parameters: Vec<(Name, Expression)>,
        /// The parameter that takes any number of arguments.
        rest: Option<(Name, Expression)>,
        /// What results are a subset of; not checked.
        assertion: Option<Expression>,
    },
}

impl Definition {
    pub(crate) fn depth(&self) -> u16 {
        let of = |expression: &Option<Expression>| expression.as_ref().map_or(0, |e| e.depth);
        let of_all = |fields: &[(Name, Expression)]| deepest(fields.iter().map(|(_, value)| value));
        match &self.kind {
            DefinitionKind::Let { assertion, value } => value.depth.max(of(assertion)),
            DefinitionKind::Struct { fields } => of_all(fields),
            DefinitionKind::Function { parameters, assertion, body } => {
                body.depth.max(of(assertion)).max(of_all(parameters))
            }
            DefinitionKind::Intrinsic { parameters, rest, assertion } => {
                of_all(parameters).max(of(assertion)).max(rest.as_ref().map_or(0, |(_, value)| value.depth))
            }
        }
    }
}
