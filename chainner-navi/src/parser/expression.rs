//! Expressions.

use super::{Failed, Parse, Parser};
use crate::error::{Error, ErrorKind};
use crate::numbers::{check_ends, check_integer_ends, is_integer};
use crate::span::Span;
use crate::syntax::{Arm, Definition, DefinitionKind, Expression, ExpressionKind as Kind, Literal, MATCHED, Name};
use crate::token::{Ends, IntervalForm, Keyword, Punctuation as P, TokenKind};

/// How tightly operators bind, from the loosest to the tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Comparison,
    Union,
    Intersection,
    Sum,
    Product,
    Negation,
}

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parse<Expression> {
        self.operators(Level::Or)
    }

    fn operators(&mut self, level: Level) -> Parse<Expression> {
        match level {
            Level::Or => self.words(Keyword::Or, "bool::or", Level::And),
            Level::And => self.words(Keyword::And, "bool::and", Level::Not),
            Level::Not => self.not(),
            Level::Comparison => self.comparison(),
            Level::Union => self.set(P::Bar, Kind::Union, Level::Intersection),
            Level::Intersection => self.set(P::Ampersand, Kind::Intersection, Level::Sum),
            Level::Sum => self.chain(P::Plus, P::Minus, ("number::add", "number::neg"), Level::Product),
            Level::Product => self.chain(P::Star, P::Slash, ("number::mul", "number::rec"), Level::Negation),
            Level::Negation => self.negation(),
        }
    }

    /// `a or b or c` is one call.
    fn words(&mut self, keyword: Keyword, function: &str, tighter: Level) -> Parse<Expression> {
        let first = self.operators(tighter)?;
        let mut operands = vec![first];
        while self.is_keyword(keyword) {
            self.pass();
            operands.push(self.operators(tighter)?);
        }
        self.call_of(function, operands)
    }

    fn not(&mut self) -> Parse<Expression> {
        let mut nots = Vec::new();
        while self.is_keyword(Keyword::Not) {
            nots.push(self.pass());
        }
        let mut operand = self.operators(Level::Comparison)?;
        for span in nots.into_iter().rev() {
            operand = self.unary("bool::not", span, operand)?;
        }
        Ok(operand)
    }

    fn comparison(&mut self) -> Parse<Expression> {
        let left = self.operators(Level::Union)?;
        let TokenKind::Punctuation(operator) = self.token().kind else { return Ok(left) };
        let function = match operator {
            P::EqualEqual => "any::eq",
            P::NotEqual => "any::neq",
            P::Greater => "number::gt",
            P::GreaterEqual => "number::gte",
            P::Less => "number::lt",
            P::LessEqual => "number::lte",
            _ => return Ok(left),
        };
        self.pass();
        let right = self.operators(Level::Union)?;
        self.call_of(function, vec![left, right])
    }

    fn set(&mut self, operator: P, kind: fn(Vec<Expression>) -> Kind, tighter: Level) -> Parse<Expression> {
        let first = self.operators(tighter)?;
        if !self.is(operator) {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.is(operator) {
            self.pass();
            items.push(self.operators(tighter)?);
        }
        let span = covered(&items);
        self.expression_of(kind(items), span)
    }

    /// `a - b + c` is one call, with the inverse of what is taken away.
    fn chain(&mut self, plus: P, minus: P, functions: (&str, &str), tighter: Level) -> Parse<Expression> {
        let first = self.operators(tighter)?;
        let mut operands = vec![first];
        while self.is(plus) || self.is(minus) {
            let inverted = self.is(minus);
            let operator = self.pass();
            let operand = self.operators(tighter)?;
            operands.push(if inverted { self.unary(functions.1, operator, operand)? } else { operand });
        }
        self.call_of(functions.0, operands)
    }

    fn negation(&mut self) -> Parse<Expression> {
        let minus = self.is(P::Minus).then(|| self.pass());
        let start = self.at;
        let base = self.access()?;
        let operand = if self.is(P::Power) {
            self.pass();
            let exponent = self.access()?;
            if let Some(minus) = minus {
                let text = self.text[self.tokens[start].span.start..self.last_span().end].trim();
                let message = format!("`-{text}` could mean two things; write `-({text})`, or `(-…) ** …`");
                self.mistaken(Error::new(ErrorKind::Negation, message).or_at(minus));
            }
            self.call_of("number::pow", vec![base, exponent])?
        } else {
            base
        };
        match minus {
            Some(minus) => self.unary("number::neg", minus, operand),
            None => Ok(operand),
        }
    }

    fn access(&mut self) -> Parse<Expression> {
        let mut value = self.primary()?;
        while self.is(P::Dot) {
            self.pass();
            let field = self.identifier("the name of a field")?;
            let span = value.span().to(field.span);
            value = self.expression_of(Kind::FieldAccess { of: value, field }, span)?;
        }
        Ok(value)
    }

    /// The call of an operator's function; a single operand stays as it is.
    fn call_of(&mut self, function: &str, mut operands: Vec<Expression>) -> Parse<Expression> {
        if operands.len() == 1 {
            return operands.pop().ok_or(Failed);
        }
        let span = covered(&operands);
        self.expression_of(Kind::Call { name: Name::new(function, span), arguments: operands }, span)
    }

    fn unary(&mut self, function: &str, operator: Span, operand: Expression) -> Parse<Expression> {
        let span = operator.to(operand.span());
        self.expression_of(Kind::Call { name: Name::new(function, span), arguments: vec![operand] }, span)
    }

    fn primary(&mut self) -> Parse<Expression> {
        let span = self.span();
        match self.token().kind.clone() {
            TokenKind::Number(number) => {
                self.pass();
                self.expression_of(Kind::Number(number), span)
            }
            TokenKind::String(string) => {
                self.pass();
                let string = string.unwrap_or_else(|_| {
                    let message = "bad `\\` sequence; there are `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` \
                                   and `\\u` with four hexadecimal digits";
                    self.mistaken(Error::new(ErrorKind::StringEscape, message).or_at(span));
                    "".into()
                });
                self.expression_of(Kind::String(string), span)
            }
            TokenKind::Interval(form, ends) => {
                self.pass();
                let kind = self.interval(form, ends, span);
                self.expression_of(kind, span)
            }
            TokenKind::Punctuation(P::OpenParen) => {
                self.pass();
                let value = self.nested(false, Self::expression)?;
                self.expect(P::CloseParen)?;
                Ok(value)
            }
            TokenKind::Punctuation(P::OpenBrace) => self.block(),
            TokenKind::Keyword(Keyword::Match) => self.match_expression(),
            TokenKind::Keyword(Keyword::If) => self.if_expression(),
            TokenKind::Identifier => self.named(),
            _ => self.fail("an expression"),
        }
    }

    fn interval(&mut self, form: IntervalForm, Ends { min, max }: Ends, span: Span) -> Kind {
        let checked = match form {
            IntervalForm::Reals { .. } => check_ends(min, max),
            IntervalForm::Integers | IntervalForm::NonIntegers => check_integer_ends(min, max),
        };
        if let Err(error) = checked {
            self.mistaken(error.or_at(span));
        }
        match form {
            IntervalForm::Reals { min_exclusive: true, max_exclusive: true } if is_integer(min) && max == min + 1.0 => {
                Kind::NonIntegers { min, max }
            }
            IntervalForm::Reals { min_exclusive, max_exclusive } => {
                Kind::Interval { min, max, min_exclusive, max_exclusive }
            }
            IntervalForm::Integers => Kind::Integers { min, max },
            IntervalForm::NonIntegers => Kind::NonIntegers { min, max },
        }
    }

    /// A name, the call of a function or a struct.
    fn named(&mut self) -> Parse<Expression> {
        let name = self.name("a name")?;
        if self.is(P::OpenParen) {
            self.pass();
            let arguments = self.nested(false, |parser| parser.list(P::CloseParen, Self::expression))?;
            let span = name.span.to(self.last_span());
            return self.expression_of(Kind::Call { name, arguments }, span);
        }
        if self.is(P::OpenBrace) && self.takes_struct() {
            self.pass();
            let (spreads, fields) = self.nested(false, Self::struct_body)?;
            let span = name.span.to(self.last_span());
            return self.expression_of(Kind::Struct { name, spreads, fields }, span);
        }
        let span = name.span;
        let kind = Literal::of_name(&name.text).map_or_else(|| Kind::Named(name), Kind::Literal);
        self.expression_of(kind, span)
    }

    /// Whether the brace behind a name opens a struct's body.
    fn takes_struct(&mut self) -> bool {
        if !self.condition {
            return true;
        }
        let could_be_struct = match self.ahead(1) {
            Some(TokenKind::Punctuation(P::CloseBrace | P::Ellipsis)) => true,
            Some(TokenKind::Identifier) => {
                matches!(self.ahead(2), Some(TokenKind::Punctuation(P::Colon | P::Comma | P::CloseBrace)))
            }
            _ => false,
        };
        if !could_be_struct {
            return false;
        }
        let choice = self.next_choice;
        self.next_choice += 1;
        if choice == self.choices.len() {
            self.choices.push(false);
        }
        self.choices[choice]
    }

    #[allow(clippy::type_complexity)] // Spreads, and fields with their values.
    fn struct_body(&mut self) -> Parse<(Vec<Expression>, Vec<(Name, Expression)>)> {
        let mut spreads = Vec::new();
        let mut fields = Vec::new();
        loop {
            if self.eat(P::CloseBrace) {
                return Ok((spreads, fields));
            }
            if fields.is_empty() && self.eat(P::Ellipsis) {
                spreads.push(self.expression()?);
            } else {
                let name = self.identifier("the name of a field")?;
                let value = if self.eat(P::Colon) {
                    self.expression()?
                } else {
                    self.expression_of(Kind::Named(name.clone()), name.span)?
                };
                fields.push((name, value));
            }
            if !self.eat(P::Comma) {
                self.expect(P::CloseBrace)?;
                return Ok((spreads, fields));
            }
        }
    }

    /// Items with commas between and possibly behind them, up to and including `end`.
    pub(super) fn list<T>(&mut self, end: P, mut item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = Vec::new();
        loop {
            if self.eat(end) {
                return Ok(items);
            }
            items.push(item(self)?);
            if !self.eat(P::Comma) {
                self.expect(end)?;
                return Ok(items);
            }
        }
    }

    /// `{ definitions expression }`; without definitions just the expression.
    pub(super) fn block(&mut self) -> Parse<Expression> {
        let open = self.expect(P::OpenBrace)?;
        let content = self.nested(false, Self::block_content)?;
        let close = self.expect(P::CloseBrace)?;
        match content.kind() {
            Kind::Scope { .. } => Ok(content.with_span(open.to(close))),
            _ => Ok(content),
        }
    }

    pub(super) fn block_content(&mut self) -> Parse<Expression> {
        let start = self.span();
        let definitions = self.definitions()?;
        let value = self.expression()?;
        if definitions.is_empty() {
            return Ok(value);
        }
        let span = start.to(value.span());
        self.expression_of(Kind::Scope { definitions, value }, span)
    }

    fn if_expression(&mut self) -> Parse<Expression> {
        // Every `else if` adds a level to the tree, so none of them is parsed inside of another.
        let mut conditions = Vec::new();
        let mut last = loop {
            let start = self.expect_keyword(Keyword::If)?;
            let condition = self.nested(true, Self::expression)?;
            let then = self.block()?;
            self.expect_keyword(Keyword::Else)?;
            conditions.push((start, condition, then));
            if !self.is_keyword(Keyword::If) {
                self.could_be("`if`");
                break self.block()?;
            }
        };
        let end = self.last_span();
        for (start, condition, then) in conditions.into_iter().rev() {
            let arm = |literal, value: Expression| Arm {
                pattern: Expression::new(Kind::Literal(literal), value.span()),
                binding: None,
                value,
            };
            let arms = vec![arm(Literal::True, then), arm(Literal::False, last)];
            last = self.expression_of(Kind::Match { of: condition, arms }, start.to(end))?;
        }
        Ok(last)
    }

    fn match_expression(&mut self) -> Parse<Expression> {
        let start = self.expect_keyword(Keyword::Match)?;
        let of = self.nested(true, Self::expression)?;
        self.expect(P::OpenBrace)?;
        let arms = self.nested(false, |parser| parser.list(P::CloseBrace, Self::arm))?;
        let span = start.to(self.last_span());
        let arms = match of.kind() {
            Kind::Named(name) => arms.into_iter().map(|arm| narrowed(arm, name)).collect(),
            _ => arms,
        };
        self.expression_of(Kind::Match { of, arms }, span)
    }

    fn arm(&mut self) -> Parse<Arm> {
        let pattern = if self.is(P::Underscore) {
            let span = self.pass();
            self.expression_of(Kind::Literal(Literal::Any), span)?
        } else {
            self.could_be("`_`");
            self.expression()?
        };
        let binding = if self.eat_keyword(Keyword::As) { Some(self.identifier("a name")?) } else { None };
        self.expect(P::Arrow)?;
        let value = self.expression()?;
        Ok(Arm { pattern, binding, value })
    }
}

/// Inside of an arm of `match x`, `x` is what matched.
fn narrowed(arm: Arm, matched: &Name) -> Arm {
    let is_plain = !matched.text.contains("::");
    if is_plain && arm.binding.as_ref().is_none_or(|binding| binding.text == matched.text) {
        return Arm { binding: Some(matched.clone()), ..arm };
    }
    let hidden = Name::new(MATCHED, matched.span);
    let definition = |name: &Name| {
        let value = Expression::new(Kind::Named(hidden.clone()), name.span);
        Definition { name: name.clone(), kind: DefinitionKind::Let { assertion: None, value } }.into()
    };
    let definitions = std::iter::once(matched).chain(&arm.binding).map(definition).collect();
    let span = arm.value.span();
    let value = Expression::new(Kind::Scope { definitions, value: arm.value }, span);
    Arm { pattern: arm.pattern, binding: Some(hidden), value }
}

fn covered(items: &[Expression]) -> Span {
    items.iter().map(Expression::span).reduce(Span::to).unwrap_or_default()
}
