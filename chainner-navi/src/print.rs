//! From trees to text.

use std::fmt::{self, Write as _};

use crate::decimal::number_text;
use crate::numbers::NumberItem;
use crate::syntax::{Arm, Definition, DefinitionKind, Expression, ExpressionKind as Kind, Literal, MATCHED, Name};

/// The tree as Navi itself prints it; not everything in there can be parsed again.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer { out: String::new(), parseable: false };
        printer.expression(self);
        f.write_str(&printer.out)
    }
}

/// The definition as Navi itself prints it.
impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer { out: String::new(), parseable: false };
        printer.definition(self);
        f.write_str(&printer.out)
    }
}

impl Expression {
    /// A text that parses to this tree again.
    ///
    /// ```
    /// let text = "match Input0::x { 1 => 2, _ as rest => rest }";
    /// let tree = chainner_navi::parse_expression(text)?;
    /// assert_eq!(tree.to_source(), text);
    /// # Ok::<(), chainner_navi::Error>(())
    /// ```
    pub fn to_source(&self) -> String {
        let mut printer = Printer { out: String::new(), parseable: true };
        printer.expression(self);
        printer.out
    }
}

impl Definition {
    /// A text that parses to this definition again.
    pub fn to_source(&self) -> String {
        let mut printer = Printer { out: String::new(), parseable: true };
        printer.definition(self);
        printer.out
    }
}

/// The branches, if the arms are those of an `if`.
fn as_if(arms: &[Arm]) -> Option<(&Expression, &Expression)> {
    let is = |arm: &Arm, truth: Literal| {
        arm.binding.is_none() && matches!(arm.pattern.kind(), Kind::Literal(literal) if *literal == truth)
    };
    match arms {
        [then, otherwise] if is(then, Literal::True) && is(otherwise, Literal::False) => {
            Some((&then.value, &otherwise.value))
        }
        _ => None,
    }
}

struct Printer {
    out: String,
    parseable: bool,
}

impl Printer {
    fn write(&mut self, arguments: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(arguments);
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn expression(&mut self, expression: &Expression) {
        match expression.kind() {
            Kind::Literal(literal) => self.text(literal.text()),
            Kind::Number(number) => self.text(&number_text(*number)),
            Kind::String(text) => self.write(format_args!("{text}")),
            Kind::Interval { min, max, min_exclusive, max_exclusive } => self.write(format_args!(
                "{}",
                NumberItem::Interval {
                    min: *min,
                    max: *max,
                    min_exclusive: *min_exclusive,
                    max_exclusive: *max_exclusive
                }
            )),
            Kind::Integers { min, max } => {
                self.write(format_args!("{}", NumberItem::Integers { min: *min, max: *max }));
            }
            Kind::NonIntegers { min, max } => {
                self.write(format_args!("{}", NumberItem::NonIntegers { min: *min, max: *max }));
            }
            Kind::Named(name) => self.text(&name.text),
            Kind::Struct { name, spreads, fields } => self.structure(name, spreads, fields),
            Kind::Union(items) => self.operands(items, " | ", "(never /* empty union */)"),
            Kind::Intersection(items) => self.operands(items, " & ", "(any /* empty intersection */)"),
            Kind::FieldAccess { of, field } => {
                self.operand(of);
                self.write(format_args!(".{}", field.text));
            }
            Kind::Call { name, arguments } => {
                self.write(format_args!("{}(", name.text));
                self.list(arguments, Self::expression);
                self.text(")");
            }
            Kind::Match { of, arms } => self.match_expression(of, arms),
            Kind::Scope { definitions, value } => {
                self.text("{ ");
                for definition in definitions {
                    self.definition(definition);
                    self.text(" ");
                }
                self.expression(value);
                self.text(" }");
            }
            Kind::Quoted { value, .. } => self.expression(value),
        }
    }

    fn list<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(", ");
            }
            print(self, item);
        }
    }

    fn operands(&mut self, items: &[Expression], operator: &str, empty: &str) {
        if items.is_empty() {
            self.text(if self.parseable {
                empty.trim_start_matches('(').split(' ').next().unwrap_or(empty)
            } else {
                empty
            });
        }
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(operator);
            }
            self.operand(item);
        }
    }

    /// Unions and intersections inside of something else are in parentheses.
    fn operand(&mut self, expression: &Expression) {
        match expression.unquoted().kind() {
            Kind::Union(items) | Kind::Intersection(items) if !items.is_empty() => {
                self.text("(");
                self.expression(expression);
                self.text(")");
            }
            _ => self.expression(expression),
        }
    }

    fn structure(&mut self, name: &Name, spreads: &[Expression], fields: &[(Name, Expression)]) {
        self.text(&name.text);
        if spreads.is_empty() && fields.is_empty() {
            return self.text(" {}");
        }
        self.text(" { ");
        self.list(spreads, |printer, spread| {
            printer.text("...");
            printer.expression(spread);
        });
        if !spreads.is_empty() && !fields.is_empty() {
            self.text(", ");
        }
        self.fields(fields);
        self.text(" }");
    }

    fn fields(&mut self, fields: &[(Name, Expression)]) {
        self.list(fields, |printer, (name, value)| {
            printer.write(format_args!("{}: ", name.text));
            printer.expression(value);
        });
    }

    fn match_expression(&mut self, of: &Expression, arms: &[Arm]) {
        if self.parseable
            && let Some((then, otherwise)) = as_if(arms)
        {
            return self.if_expression(of, then, otherwise);
        }
        self.text("match ");
        self.expression(of);
        self.text(" { ");
        self.list(arms, |printer, arm| {
            match arm.pattern.unquoted().kind() {
                Kind::Literal(Literal::Any) => printer.text("_"),
                _ => printer.expression(&arm.pattern),
            }
            let (binding, value) = printer.arm(arm);
            if let Some(binding) = binding {
                printer.write(format_args!(" as {}", binding.text));
            }
            printer.text(" => ");
            printer.expression(value);
        });
        self.text(" }");
    }

    fn if_expression<'a>(
        &mut self,
        mut condition: &'a Expression,
        mut then: &'a Expression,
        mut otherwise: &'a Expression,
    ) {
        loop {
            self.text("if ");
            self.expression(condition);
            self.text(" ");
            self.block(then);
            self.text(" else ");
            let Kind::Match { of, arms } = otherwise.kind() else { break };
            let Some(next) = as_if(arms) else { break };
            condition = of;
            (then, otherwise) = next;
        }
        self.block(otherwise);
    }

    fn block(&mut self, value: &Expression) {
        if matches!(value.unquoted().kind(), Kind::Scope { .. }) {
            return self.expression(value);
        }
        self.text("{ ");
        self.expression(value);
        self.text(" }");
    }

    /// The arm as it was written, if the name the parser put in cannot be.
    fn arm<'a>(&self, arm: &'a Arm) -> (Option<&'a Name>, &'a Expression) {
        let written = (arm.binding.as_ref(), &arm.value);
        if !self.parseable || arm.binding.as_ref().is_none_or(|binding| &*binding.text != MATCHED) {
            return written;
        }
        match arm.value.kind() {
            Kind::Scope { definitions, value } => (definitions.get(1).map(|definition| &definition.name), value),
            _ => written,
        }
    }

    fn definition(&mut self, definition: &Definition) {
        let name = &definition.name.text;
        match &definition.kind {
            DefinitionKind::Let { assertion, value } => {
                self.write(format_args!("let {name}"));
                self.assertion(assertion.as_ref());
                self.text(" = ");
                self.expression(value);
                self.text(";");
            }
            DefinitionKind::Struct { fields } if fields.is_empty() => self.write(format_args!("struct {name};")),
            DefinitionKind::Struct { fields } => {
                self.write(format_args!("struct {name} {{ "));
                self.fields(fields);
                self.text(" }");
            }
            DefinitionKind::Function { parameters, assertion, body } => {
                self.write(format_args!("def {name}("));
                self.fields(parameters);
                self.text(")");
                self.assertion(assertion.as_ref());
                if matches!(body.unquoted().kind(), Kind::Scope { .. }) {
                    self.text(" ");
                    self.expression(body);
                } else {
                    self.text(" = ");
                    self.expression(body);
                    self.text(";");
                }
            }
            DefinitionKind::Intrinsic { parameters, rest, assertion } => {
                self.write(format_args!("intrinsic def {name}("));
                self.fields(parameters);
                if let Some((rest, declared)) = rest {
                    let comma = if parameters.is_empty() { "" } else { ", " };
                    self.write(format_args!("{comma}...{}: ", rest.text));
                    self.expression(declared);
                }
                self.text(")");
                self.assertion(assertion.as_ref());
                self.text(";");
            }
        }
    }

    fn assertion(&mut self, assertion: Option<&Expression>) {
        if let Some(assertion) = assertion
            && !matches!(assertion.unquoted().kind(), Kind::Literal(Literal::Any))
        {
            self.text(": ");
            self.expression(assertion);
        }
    }
}
