//! The grammar of `width`, `height` and `value`: numbers from inputs.

use std::fmt::Write as _;

use syn::{BinOp, Expr, Ident, Member, UnOp, ext::IdentExt as _, parse::ParseStream};

use crate::{error::suggestion, names};

use super::value::number;

/// A number computed from inputs by the app, before the node runs.
#[derive(Debug)]
pub(crate) struct Formula {
    term: Term,
}

#[derive(Debug)]
enum Term {
    Number(String),
    Input(Ident, Option<Field>),
    Negative(Box<Term>),
    Binary(Box<Term>, &'static str, Box<Term>),
    Call(&'static str, Vec<Term>),
    Parentheses(Box<Term>),
}

/// A field of an image input.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Ident,
}

const FIELDS: [&str; 3] = ["width", "height", "channels"];
/// Functions of the host's language, with whether they take two or more arguments rather than one.
const FUNCTIONS: [(&str, bool); 6] =
    [("min", true), ("max", true), ("abs", false), ("round", false), ("floor", false), ("ceil", false)];
const FORMS: &str = "only numbers, inputs, `input.width`, `.height`, `.channels`, `+ - * /`, parentheses and the functions `min`, \
                     `max`, `abs`, `round`, `floor`, `ceil` can stand here: the app computes it";

impl Formula {
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Term::of(input.parse()?).map(|term| Self { term })
    }

    /// The inputs named, each with the field that is asked for.
    pub(crate) fn inputs(&self) -> Vec<(&Ident, Option<&Field>)> {
        let mut inputs = Vec::new();
        self.term.inputs(&mut inputs);
        inputs
    }

    /// As text of the host's language, given the ids of the inputs.
    pub(crate) fn text(&self, id: &impl Fn(&Ident) -> u32) -> String {
        let mut text = String::new();
        self.term.write(&mut text, id);
        text
    }
}

impl Term {
    fn of(expression: Expr) -> syn::Result<Self> {
        match expression {
            Expr::Paren(paren) => Self::of(*paren.expr).map(|term| Self::Parentheses(Box::new(term))),
            Expr::Group(group) => Self::of(*group.expr),
            Expr::Lit(literal) => match number(&literal) {
                Some(number) => Ok(Self::Number(number)),
                None => Err(syn::Error::new_spanned(literal, "expected a number without a suffix")),
            },
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                Ok(Self::Negative(Box::new(Self::of(*unary.expr)?)))
            }
            Expr::Binary(binary) => {
                let op = match binary.op {
                    BinOp::Add(_) => "+",
                    BinOp::Sub(_) => "-",
                    BinOp::Mul(_) => "*",
                    BinOp::Div(_) => "/",
                    other => return Err(syn::Error::new_spanned(other, FORMS)),
                };
                match (Self::of(*binary.left), Self::of(*binary.right)) {
                    (Ok(left), Ok(right)) => Ok(Self::Binary(Box::new(left), op, Box::new(right))),
                    (Err(mut first), Err(second)) => {
                        first.combine(second);
                        Err(first)
                    }
                    (Err(error), _) | (_, Err(error)) => Err(error),
                }
            }
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) if path.qself.is_none() => Ok(Self::Input(name.clone(), None)),
                _ => Err(syn::Error::new_spanned(path, FORMS)),
            },
            Expr::Field(access) => {
                let Expr::Path(base) = &*access.base else { return Err(syn::Error::new_spanned(access, FORMS)) };
                let (Some(input), Member::Named(name)) = (base.path.get_ident(), access.member) else {
                    return Err(syn::Error::new_spanned(base, FORMS));
                };
                if FIELDS.iter().all(|field| name != field) {
                    let message = format!("an input has no field `{name}`; {}", suggestion(&name.to_string(), FIELDS));
                    return Err(syn::Error::new(name.span(), message));
                }
                Ok(Self::Input(input.clone(), Some(Field { name })))
            }
            Expr::MethodCall(call) if FIELDS.iter().any(|field| call.method == field) => {
                Err(syn::Error::new(call.method.span(), format!("written without parentheses: `.{}`", call.method)))
            }
            Expr::Call(call) => {
                let name = match &*call.func {
                    Expr::Path(path) => path.path.get_ident().map(|name| name.unraw().to_string()),
                    _ => None,
                };
                let Some(name) = name else { return Err(syn::Error::new_spanned(call.func, FORMS)) };
                let Some((function, several)) = FUNCTIONS.iter().find(|function| function.0 == name) else {
                    let hint = suggestion(&name, FUNCTIONS.map(|function| function.0));
                    return Err(syn::Error::new_spanned(call.func, format!("unknown function `{name}`; {hint}")));
                };
                let fits = if *several { call.args.len() >= 2 } else { call.args.len() == 1 };
                if !fits {
                    let takes = if *several { "two or more arguments" } else { "one argument" };
                    return Err(syn::Error::new_spanned(call.func, format!("`{function}` takes {takes}")));
                }
                let arguments: syn::Result<Vec<Self>> = call.args.into_iter().map(Self::of).collect();
                Ok(Self::Call(function, arguments?))
            }
            other => Err(syn::Error::new_spanned(other, FORMS)),
        }
    }

    fn inputs<'a>(&'a self, inputs: &mut Vec<(&'a Ident, Option<&'a Field>)>) {
        match self {
            Self::Number(_) => {}
            Self::Input(name, field) => inputs.push((name, field.as_ref())),
            Self::Negative(inner) | Self::Parentheses(inner) => inner.inputs(inputs),
            Self::Binary(left, _, right) => {
                left.inputs(inputs);
                right.inputs(inputs);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.inputs(inputs)),
        }
    }

    fn write(&self, text: &mut String, id: &impl Fn(&Ident) -> u32) {
        match self {
            Self::Number(number) => text.push_str(number),
            Self::Input(name, field) => {
                // Writing to a string cannot fail.
                let _ = write!(text, "Input{}", id(name));
                if let Some(field) = field {
                    let _ = write!(text, ".{}", names::plain(&field.name));
                }
            }
            Self::Negative(inner) => {
                // The host knows one minus only, and binds it looser than a number's own.
                text.push_str("(- ");
                inner.write(text, id);
                text.push(')');
            }
            Self::Binary(left, op, right) => {
                left.write(text, id);
                // The host reads `a-1` as two numbers.
                let _ = write!(text, " {op} ");
                right.write(text, id);
            }
            Self::Call(function, arguments) => {
                text.push_str(function);
                text.push('(');
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    argument.write(text, id);
                }
                text.push(')');
            }
            Self::Parentheses(inner) => {
                text.push('(');
                inner.write(text, id);
                text.push(')');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser as _;

    use super::*;

    fn text(formula: &str) -> String {
        match Formula::parse.parse_str(formula) {
            Ok(formula) => formula.text(&|name| if name == "a" { 0 } else { 7 }),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn formulas_become_text_of_the_hosts_language() {
        for (formula, is) in [
            ("a.width * 2", "Input0.width * 2"),
            ("a-1", "Input0 - 1"),
            ("(a + b.height) / 2.50", "(Input0 + Input7.height) / 2.5"),
            ("-a - -1", "(- Input0) - (- 1)"),
            ("max(a, b, 1_000)", "max(Input0, Input7, 1000)"),
            ("round(abs(b.channels) * 1e3)", "round(abs(Input7.channels) * 1000)"),
        ] {
            assert_eq!(text(formula), is, "{formula}");
        }
    }

    #[test]
    fn what_the_app_cannot_compute_is_refused() {
        for (formula, message) in [
            ("a % 2", "the app computes it"),
            ("a.widht", "did you mean `width`?"),
            ("a.width()", "without parentheses"),
            ("sqrt(a)", "unknown function `sqrt`"),
            ("flor(a)", "did you mean `floor`?"),
            ("min(a)", "two or more arguments"),
            ("1u32", "without a suffix"),
            ("a[0]", "the app computes it"),
        ] {
            assert!(text(formula).contains(message), "{formula}: {}", text(formula));
        }
    }
}
