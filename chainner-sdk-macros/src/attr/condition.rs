//! The grammar of `when(…)`.

use proc_macro2::Span;
use syn::{
    BinOp, Expr, ExprCall, ExprLit, Ident, Lit, LitStr, Pat, Token, UnOp,
    parse::{ParseStream, Parser as _},
    spanned::Spanned as _,
};

/// A condition over inputs.
#[derive(Debug)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A yes/no input is set.
    Flag(Ident),
    /// An input has one of these values.
    Is(Ident, Vec<Expr>),
    /// What is connected to an input may be of a type; the last says whether it holds while nothing is.
    Type(Ident, LitStr, bool),
    /// Always, or never.
    Constant(bool),
}

const FORMS: &str = "a condition is `shape == Shape::Oval`, `shape != …`, `matches!(shape, Shape::A | Shape::B)`, `flag`, `!flag`, \
                     `is(image, \"Image { channels: 4 }\")`, or several of these with `&&`, `||` and parentheses";

impl Condition {
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input.error(FORMS));
        }
        let span = input.span();
        let condition = Self::of(input.parse()?)?;
        if input.peek(Token![=]) {
            return Err(syn::Error::new(input.span(), "a comparison is written `==`"));
        }
        if !input.is_empty() {
            return Err(syn::Error::new(if input.peek(Token![,]) { input.span() } else { span }, FORMS));
        }
        Ok(condition)
    }

    fn of(expression: Expr) -> syn::Result<Self> {
        match expression {
            Expr::Paren(paren) => Self::of(*paren.expr),
            Expr::Group(group) => Self::of(*group.expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => Ok(Self::Not(Box::new(Self::of(*unary.expr)?))),
            Expr::Binary(binary) => match binary.op {
                BinOp::And(_) => Self::joined(*binary.left, *binary.right, true).map(Self::All),
                BinOp::Or(_) => Self::joined(*binary.left, *binary.right, false).map(Self::Any),
                BinOp::Eq(_) => Self::is(&binary.left, *binary.right),
                BinOp::Ne(_) => Ok(Self::Not(Box::new(Self::is(&binary.left, *binary.right)?))),
                op => {
                    Err(syn::Error::new_spanned(op, "the app can only compare with `==` and `!=`, choices and `bool`s"))
                }
            },
            Expr::Lit(ExprLit { lit: Lit::Bool(is), .. }) => Ok(Self::Constant(is.value)),
            Expr::Call(call) => match name(&call.func) {
                Some(function) if function == "is" => Self::ty(call),
                Some(function) if function == "all" => Self::each(call).map(Self::All),
                Some(function) if function == "any" => Self::each(call).map(Self::Any),
                _ => Err(syn::Error::new_spanned(call, FORMS)),
            },
            Expr::Macro(call) if call.mac.path.is_ident("matches") => matches_of.parse2(call.mac.tokens),
            Expr::Assign(assign) => Err(syn::Error::new_spanned(assign.eq_token, "a comparison is written `==`")),
            other => match name(&other) {
                Some(name) => Ok(Self::Flag(name)),
                None => Err(syn::Error::new_spanned(other, FORMS)),
            },
        }
    }

    /// The conditions that must all hold, or of which any must: `a && b && c` is one of three.
    fn joined(left: Expr, right: Expr, all: bool) -> syn::Result<Vec<Self>> {
        let parenthesized = matches!(left, Expr::Paren(_));
        match (Self::of(left), Self::of(right)) {
            (Ok(left), Ok(right)) => {
                let mut items = match left {
                    Self::All(items) if all && !parenthesized => items,
                    Self::Any(items) if !all && !parenthesized => items,
                    left => vec![left],
                };
                items.push(right);
                Ok(items)
            }
            (Err(mut first), Err(second)) => {
                first.combine(second);
                Err(first)
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    /// `all(a, b, c)`: one group of conditions, where `a && b && c` are two.
    fn each(call: ExprCall) -> syn::Result<Vec<Self>> {
        call.args.into_iter().map(Self::of).collect()
    }

    fn is(left: &Expr, right: Expr) -> syn::Result<Self> {
        match name(left) {
            Some(input) => Ok(Self::Is(input, vec![right])),
            None => Err(syn::Error::new_spanned(left, "expected the name of an input on the left of the comparison")),
        }
    }

    /// `is(image, "Image { channels: 4 }", or_unconnected)`
    fn ty(call: ExprCall) -> syn::Result<Self> {
        let form = || {
            let form = "expected an input and a type: `is(image, \"Image { channels: 4 }\")`, behind them perhaps `or_unconnected`";
            syn::Error::new_spanned(&call, form)
        };
        let mut arguments = call.args.iter();
        let (Some(input), Some(Expr::Lit(ExprLit { lit: Lit::Str(ty), .. }))) =
            (arguments.next().and_then(name), arguments.next())
        else {
            return Err(form());
        };
        let unconnected = match arguments.next() {
            None => false,
            Some(word) if matches!(name(word), Some(word) if word == "or_unconnected") => true,
            Some(_) => return Err(form()),
        };
        if arguments.next().is_some() {
            return Err(form());
        }
        Ok(Self::Type(input, ty.clone(), unconnected))
    }

    /// The types that are asked about.
    pub(crate) fn types(&self) -> Vec<&LitStr> {
        match self {
            Self::All(items) | Self::Any(items) => items.iter().flat_map(Self::types).collect(),
            Self::Not(inner) => inner.types(),
            Self::Type(_, ty, _) => vec![ty],
            Self::Flag(_) | Self::Is(..) | Self::Constant(_) => Vec::new(),
        }
    }

    /// The inputs that are asked about, and whether it is their values that are.
    pub(crate) fn inputs(&self) -> Vec<(&Ident, bool)> {
        match self {
            Self::All(items) | Self::Any(items) => items.iter().flat_map(Self::inputs).collect(),
            Self::Not(inner) => inner.inputs(),
            Self::Flag(input) | Self::Is(input, _) => vec![(input, true)],
            Self::Type(input, ..) => vec![(input, false)],
            Self::Constant(_) => Vec::new(),
        }
    }
}

/// `shape, Shape::A | Shape::B`
fn matches_of(input: ParseStream<'_>) -> syn::Result<Condition> {
    let left: Expr = input.parse()?;
    input.parse::<Token![,]>()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Option<Token![,]>>()?;
    let unfit = |span: Span| syn::Error::new(span, "expected values such as `Shape::A | Shape::B`");
    if !input.is_empty() {
        return Err(unfit(input.span()));
    }
    let cases = match pattern {
        Pat::Or(or) => or.cases.into_iter().collect(),
        one => vec![one],
    };
    let values: syn::Result<Vec<Expr>> = cases
        .into_iter()
        .map(|case| match case {
            Pat::Path(path) => Ok(Expr::Path(path)),
            Pat::Lit(literal) => Ok(Expr::Lit(literal)),
            Pat::Ident(ident) if ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none() => {
                let ident = ident.ident;
                Ok(syn::parse_quote!(#ident))
            }
            other => Err(unfit(other.span())),
        })
        .collect();
    match name(&left) {
        Some(input) => Ok(Condition::Is(input, values?)),
        None => Err(syn::Error::new_spanned(left, "expected the name of an input")),
    }
}

/// The name, if the expression is one.
fn name(expression: &Expr) -> Option<Ident> {
    match expression {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident().cloned(),
        Expr::Group(group) => name(&group.expr),
        Expr::Paren(paren) => name(&paren.expr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        fn write(condition: &Condition) -> String {
            let all = |items: &[Condition]| items.iter().map(write).collect::<Vec<_>>().join(" ");
            match condition {
                Condition::All(items) => format!("(and {})", all(items)),
                Condition::Any(items) => format!("(or {})", all(items)),
                Condition::Not(inner) => format!("(not {})", write(inner)),
                Condition::Flag(input) => input.to_string(),
                Condition::Is(input, values) => {
                    let values: Vec<String> =
                        values.iter().map(|value| quote::quote!(#value).to_string().replace(' ', "")).collect();
                    format!("({input} is {})", values.join("|"))
                }
                Condition::Type(input, ty, unconnected) => {
                    format!("({input}: {}{})", ty.value(), if *unconnected { "?" } else { "" })
                }
                Condition::Constant(is) => is.to_string(),
            }
        }
        match Condition::parse.parse_str(text) {
            Ok(condition) => write(&condition),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn conditions_follow_rusts_own_precedence() {
        for (text, is) in [
            ("flag", "flag"),
            ("!flag", "(not flag)"),
            ("flag == true", "(flag is true)"),
            ("shape == Shape::Oval", "(shape is Shape::Oval)"),
            ("shape != m::Shape::Oval", "(not (shape is m::Shape::Oval))"),
            ("a && b || !c", "(or (and a b) (not c))"),
            ("a && (b || c)", "(and a (or b c))"),
            ("a && b && c", "(and a b c)"),
            ("(a || b) || c", "(or (or a b) c)"),
            ("matches!(shape, Shape::A | Shape::B)", "(shape is Shape::A|Shape::B)"),
            ("!matches!(shape, A)", "(not (shape is A))"),
            ("any(a, all(b, !c), d)", "(or a (and b (not c)) d)"),
            ("is(image, \"Image\") && true", "(and (image: Image) true)"),
            ("is(image, \"Image\", or_unconnected)", "(image: Image?)"),
        ] {
            assert_eq!(shape(text), is, "{text}");
        }
    }

    #[test]
    fn what_the_app_cannot_ask_is_refused() {
        for (text, message) in [
            ("", "a condition is"),
            ("a > 1", "only compare with `==` and `!=`"),
            ("a = b", "a comparison is written `==`"),
            ("Shape::Oval == shape", "name of an input on the left"),
            ("f(x)", "a condition is"),
            ("a, b", "a condition is"),
            ("matches!(shape, Shape::A(_))", "expected values such as"),
            ("is(image)", "expected an input and a type"),
        ] {
            assert!(shape(text).contains(message), "{text}: {}", shape(text));
        }
    }
}
