//! Expressions of the host's type language: text, or parts written as Rust expressions.

use chainner_navi::{Error, ErrorKind, host, parse_definitions, parse_expression};
use syn::{
    BinOp, Expr, ExprLit, Ident, Lit, LitStr, Member, Pat, PatIdent, RangeLimits, UnOp, ext::IdentExt as _,
    parse::ParseStream,
};

use crate::names;

use super::value::number;

/// An expression of the host's type language.
#[derive(Debug)]
pub(crate) enum Navi {
    Text(LitStr),
    /// A name with `::`.
    Name(String),
    /// An input of the node.
    Input(Ident),
    Number(String),
    Bool(bool),
    OneOf(Vec<Navi>),
    Union(Vec<Navi>),
    Intersection(Vec<Navi>),
    Named(String, Vec<(String, Navi)>),
    Field(Box<Navi>, String),
    Call(String, Vec<Navi>),
    Interval {
        min: Option<String>,
        max: Option<String>,
        whole: bool,
    },
    Match(Box<Navi>, Vec<Arm>),
}

/// An arm of a `match`.
#[derive(Debug)]
pub(crate) struct Arm {
    pub(crate) pattern: Navi,
    pub(crate) binding: Option<String>,
    pub(crate) to: Navi,
}

const FORMS: &str = "a type is text such as `\"Image { width: $image.width }\"`, or made of texts, numbers, inputs, `input.field`, \
                     `Name { field: … }`, `function(…)`, `[a, b]`, `a & b`, `a | b`, `0..=1`, `int(0..)` and \
                     `match input { \"uint\" => …, _ => … }`";

impl Navi {
    pub(super) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Self::of(input.parse()?)
    }

    fn of(expression: Expr) -> syn::Result<Self> {
        match expression {
            Expr::Paren(paren) => Self::of(*paren.expr),
            Expr::Group(group) => Self::of(*group.expr),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(Self::Text(text)),
            Expr::Lit(ExprLit { lit: Lit::Bool(is), .. }) => Ok(Self::Bool(is.value)),
            Expr::Lit(_) | Expr::Unary(_) => match finite(&expression) {
                Some(number) => Ok(Self::Number(number)),
                None => Err(syn::Error::new_spanned(expression, FORMS)),
            },
            Expr::Path(path) if path.qself.is_none() => match path.path.get_ident() {
                Some(name) => Ok(Self::Input(name.clone())),
                None => Ok(Self::Name(name(&path.path))),
            },
            Expr::Struct(of) if of.qself.is_none() && of.rest.is_none() => {
                let fields = of.fields.into_iter().map(|field| match field.member {
                    Member::Named(name) => Ok((name.unraw().to_string(), Self::of(field.expr)?)),
                    Member::Unnamed(index) => Err(syn::Error::new(index.span, FORMS)),
                });
                Ok(Self::Named(name(&of.path), fields.collect::<syn::Result<_>>()?))
            }
            Expr::Field(access) => match access.member {
                Member::Named(field) => Ok(Self::Field(Box::new(Self::of(*access.base)?), field.unraw().to_string())),
                Member::Unnamed(index) => Err(syn::Error::new(index.span, FORMS)),
            },
            Expr::Array(list) => list.elems.into_iter().map(Self::of).collect::<syn::Result<_>>().map(Self::OneOf),
            Expr::Range(_) => Self::interval(&expression, false),
            Expr::Call(call) => {
                let Expr::Path(function) = &*call.func else { return Err(syn::Error::new_spanned(call.func, FORMS)) };
                match (function.path.is_ident("int"), call.args.first()) {
                    (true, Some(range @ Expr::Range(_))) if call.args.len() == 1 => Self::interval(range, true),
                    _ => {
                        let arguments = call.args.into_iter().map(Self::of).collect::<syn::Result<_>>()?;
                        Ok(Self::Call(name(&function.path), arguments))
                    }
                }
            }
            Expr::Match(matched) => {
                let of = Self::of(*matched.expr)?;
                let arms = matched.arms.into_iter().map(Arm::of).collect::<syn::Result<_>>()?;
                Ok(Self::Match(Box::new(of), arms))
            }
            Expr::Binary(binary) => {
                let and = match binary.op {
                    BinOp::BitAnd(_) => true,
                    BinOp::BitOr(_) => false,
                    other => return Err(syn::Error::new_spanned(other, FORMS)),
                };
                // `a & b & c` is one intersection of three.
                let left_parenthesized = matches!(*binary.left, Expr::Paren(_));
                let (left, right) = (Self::of(*binary.left)?, Self::of(*binary.right)?);
                let mut items = match left {
                    Self::Intersection(items) if and && !left_parenthesized => items,
                    Self::Union(items) if !and && !left_parenthesized => items,
                    left => vec![left],
                };
                items.push(right);
                Ok(if and { Self::Intersection(items) } else { Self::Union(items) })
            }
            other => Err(syn::Error::new_spanned(other, FORMS)),
        }
    }

    fn interval(range: &Expr, whole: bool) -> syn::Result<Self> {
        let refused =
            || syn::Error::new_spanned(range, "an interval has numbers at its ends, both inclusive: `0..=1`, `0..`");
        let Expr::Range(parts) = range else { return Err(refused()) };
        if matches!((&parts.limits, &parts.end), (RangeLimits::HalfOpen(_), Some(_))) {
            return Err(refused());
        }
        let end = |end: &Option<Box<Expr>>| end.as_ref().map(|end| finite(end).ok_or_else(refused)).transpose();
        Ok(Self::Interval { min: end(&parts.start)?, max: end(&parts.end)?, whole })
    }

    /// The texts in it.
    pub(crate) fn texts(&self) -> Vec<&LitStr> {
        match self {
            Self::Text(text) => vec![text],
            _ => self.parts().into_iter().flat_map(Self::texts).collect(),
        }
    }

    /// The inputs named outside of texts.
    pub(crate) fn inputs(&self) -> Vec<&Ident> {
        match self {
            Self::Input(name) => vec![name],
            _ => self.parts().into_iter().flat_map(Self::inputs).collect(),
        }
    }

    /// The names that its arms give to what fits.
    pub(crate) fn bindings(&self) -> Vec<String> {
        let own = match self {
            Self::Match(_, arms) => arms.iter().filter_map(|arm| arm.binding.clone()).collect(),
            _ => Vec::new(),
        };
        self.parts().into_iter().map(Self::bindings).fold(own, |all, inner| [all, inner].concat())
    }

    fn parts(&self) -> Vec<&Navi> {
        match self {
            Self::OneOf(items) | Self::Union(items) | Self::Intersection(items) | Self::Call(_, items) => {
                items.iter().collect()
            }
            Self::Named(_, fields) => fields.iter().map(|(_, value)| value).collect(),
            Self::Field(of, _) => vec![of],
            Self::Match(of, arms) => {
                let arms = arms.iter().flat_map(|arm| [&arm.pattern, &arm.to]);
                std::iter::once(&**of).chain(arms).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Arm {
    fn of(arm: syn::Arm) -> syn::Result<Self> {
        let (binding, pattern) = match arm.pat {
            Pat::Ident(PatIdent { ident, by_ref: None, mutability: None, subpat: Some((_, pattern)), .. }) => {
                (Some(ident.unraw().to_string()), *pattern)
            }
            pattern => (None, pattern),
        };
        let pattern = match pattern {
            Pat::Wild(_) => Navi::Name("any".to_owned()),
            Pat::Lit(literal) => Navi::of(Expr::Lit(literal))?,
            Pat::Path(path) if path.qself.is_none() => Navi::Name(name(&path.path)),
            other => {
                let form =
                    "a pattern is a type as text, `Enum::Variant` or `_`, behind `name @` if it is to have a name";
                return Err(syn::Error::new_spanned(other, form));
            }
        };
        Ok(Self { pattern, binding, to: Navi::of(*arm.body)? })
    }
}

/// Text of the host's type language, the names of inputs in it replaced. Every text goes through here.
///
/// `$name` stands for `Input<id>`, `$$` for `$`; any other `$` stays.
pub(crate) fn text(text: &str, id: &impl Fn(&str) -> Option<u32>) -> String {
    let mut done = String::new();
    let mut end = 0;
    for (start, name) in names(text) {
        done += &text[end..start];
        match id(name) {
            Some(id) => done += &format!("Input{id}"),
            None => done += &text[start..=start + name.len()],
        }
        end = start + 1 + name.len();
    }
    done += &text[end..];
    done.replace("$$", "$")
}

/// The `$name`s of a text, each with the position of its `$`.
pub(crate) fn names(text: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    let mut rest = 0;
    while let Some(found) = text[rest..].find('$') {
        let start = rest + found;
        let behind = &text[start + 1..];
        if behind.starts_with('$') {
            rest = start + 2;
            continue;
        }
        let len = behind.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(behind.len());
        if behind.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            names.push((start, &behind[..len]));
        }
        rest = start + 1 + len;
    }
    names
}

/// What a text of the host's type language is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// An expression.
    Expression,
    /// A type in a condition, where only the host's own names are known.
    Condition,
    /// Definitions.
    Definitions,
}

/// What the macro knows of the names in a text, besides those of the host.
///
/// A package defines more: its enums, its types, the definitions of its other inputs. They are known only when all is linked, so a
/// name that may be one of them is left to `cargo chainner check`.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The inputs of the node.
    pub(crate) inputs: Vec<String>,
    /// Names that mean something here: of definitions, of arms of a `match` around the text, of types of inputs.
    pub(crate) names: Vec<String>,
}

impl Known {
    /// Adds the names that definitions define.
    pub(crate) fn define(&mut self, definitions: &str) {
        let definitions = parse_definitions(&definitions.replace('$', "_")).unwrap_or_default();
        self.names.extend(definitions.iter().map(|definition| definition.name.text.to_string()));
    }

    fn has(&self, name: &str) -> bool {
        // What stands for inputs, for the stored or given value, and for the sequence.
        let numbered = |prefix: &str| {
            name.strip_prefix(prefix).is_some_and(|id| !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()))
        };
        name == "Input"
            || ["Input", "IterInput", "IterOutput"].into_iter().any(numbered)
            || self.names.iter().any(|known| known == name)
    }
}

/// What is wrong with a text, drawn with a caret.
pub(crate) fn mistake(text: &str, kind: TextKind, known: &Known) -> Option<String> {
    // Names of inputs are no names of the language; what stands for them is as long, so that carets point at the right place, and
    // does not stand elsewhere in the text.
    let inputs = names(text);
    let free = |letter: &char| !inputs.iter().any(|(_, name)| text.contains(&format!("{letter}{name}")));
    let letter = ('A'..='Z').rev().find(free).unwrap_or('Z');
    let mut readable = text.to_owned();
    for (start, _) in &inputs {
        readable.replace_range(*start..=*start, letter.encode_utf8(&mut [0; 4]));
    }
    let is_input =
        |name: &str| name.strip_prefix(letter).is_some_and(|name| inputs.iter().any(|(_, input)| *input == name));
    let message = match kind {
        TextKind::Definitions => match parse_definitions(&readable) {
            Ok(definitions) => unknown(&readable, host::scope().check_definitions(&definitions), known, &is_input),
            Err(error) => Some(error.caret(text)),
        },
        TextKind::Expression => match parse_expression(&readable) {
            Ok(expression) => unknown(&readable, host::scope().check(&expression), known, &is_input),
            Err(error) => Some(error.caret(text)),
        },
        TextKind::Condition => match parse_expression(&readable) {
            Ok(expression) => host::scope().check(&expression).first().map(|error| error.caret(text)),
            Err(error) => Some(error.caret(text)),
        },
    };
    // What the author wrote, where the message names it.
    message.map(|message| {
        inputs
            .iter()
            .fold(message, |message, (_, name)| message.replace(&format!("{letter}{name}"), &format!("${name}")))
    })
}

/// The first of the errors that is one for sure: a name that nothing in the package can have, or a name of the host's used wrongly.
fn unknown(text: &str, errors: Vec<Error>, known: &Known, is_input: &impl Fn(&str) -> bool) -> Option<String> {
    errors.into_iter().find_map(|error| {
        let is_name = matches!(
            error.kind(),
            ErrorKind::UnknownNamed | ErrorKind::UnknownFunction | ErrorKind::UnknownStruct
        );
        if !is_name {
            return Some(error.caret(text));
        }
        let name = text.get(error.span()?.start..error.span()?.end)?;
        if is_input(name) {
            let misused = error.kind() != ErrorKind::UnknownNamed;
            return misused.then(|| error.caret(text));
        }
        if known.has(name) {
            return None;
        }
        let place = pointed_out(text, error.span()?.start, name.chars().count());
        if known.inputs.iter().any(|input| input == name) {
            return Some(format!("`{name}` is an input; its type is written `${name}`\n{place}"));
        }
        // Name-spaced names are the package's own.
        if name.contains("::") {
            return None;
        }
        let what = match error.kind() {
            ErrorKind::UnknownFunction => "function",
            ErrorKind::UnknownStruct => "struct",
            _ => "type",
        };
        let near = nearest(name, known)?;
        Some(format!(
            "there is no {what} `{name}`\n{place}\ndid you mean `{near}`? If it is one of this package's own, give it a name that \
             cannot be taken for the app's: `{package}::{name}`. Such names are looked up by `cargo chainner check`",
            package = names::underscored(&std::env::var("CARGO_PKG_NAME").unwrap_or_default()),
        ))
    })
}

/// The known name that this one is a slip of.
fn nearest(name: &str, known: &Known) -> Option<String> {
    let slips = (name.chars().count() / 4).clamp(1, 2);
    let scope = host::scope();
    let names = scope.names().into_iter().chain(known.names.iter().map(String::as_str));
    let near = names.map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate));
    let near = near.filter(|(slips_made, _)| *slips_made <= slips && name.len() >= 3);
    near.min_by_key(|(slips_made, candidate)| (*slips_made, *candidate)).map(|(_, candidate)| candidate.to_owned())
}

/// The line of a text with carets below the part that begins at `start`.
pub(crate) fn pointed_out(text: &str, start: usize, len: usize) -> String {
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let indent = text[line_start..start].chars().count();
    format!("{line}\n{}{}", " ".repeat(indent), "^".repeat(len))
}

fn finite(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => number(literal),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            finite(&unary.expr).map(|number| format!("-{number}"))
        }
        _ => None,
    }
}

fn name(path: &syn::Path) -> String {
    path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let id = |name: &str| match name {
            "image" => Some(0),
            "scale_x" => Some(12),
            _ => None,
        };
        for (given, is) in [
            ("$image.width * $scale_x", "Input0.width * Input12"),
            ("$image2", "$image2"),
            ("\"costs $5, $$image\"", "\"costs $5, $image\""),
            ("Input3 | $", "Input3 | $"),
        ] {
            assert_eq!(text(given, &id), is);
        }
    }

    #[test]
    fn what_the_language_lacks_is_refused() {
        use syn::parse::Parser as _;

        for (text, message) in [
            ("match a { _ if b => 1 }", "a pattern is a type as text"),
            ("a + 1", "a type is text such as"),
            ("0..1", "an interval has numbers at its ends"),
            ("image.0", "a type is text such as"),
            ("Image { width: 1, ..image }", "a type is text such as"),
        ] {
            let error = Navi::parse.parse_str(text).expect_err(text).to_string();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }

    #[test]
    fn mistakes_are_drawn_in_the_authors_own_words() {
        let mistake = |text: &str, kind| mistake(text, kind, &Known::default());
        let drawn = mistake("Image { width: $image.width * }", TextKind::Expression).expect("an operand is missing");
        assert!(drawn.contains("\nImage { width: $image.width * }\n                              ^"), "{drawn}");
        let drawn = mistake("Imgae { channels: 4 }", TextKind::Condition).expect("there is no such struct");
        assert!(drawn.ends_with("did you mean `Image`?"), "{drawn}");
        for (text, kind) in [
            ("match $mode { acme::Mode::A => $a, _ => never }", TextKind::Expression),
            ("PyTorchModel { scale: int(2..) }", TextKind::Condition),
            ("def half(n: number) = n / 2;", TextKind::Definitions),
        ] {
            assert_eq!(mistake(text, kind), None);
        }
    }

    #[test]
    fn names_that_nothing_can_have_are_mistakes() {
        let mut known = Known { inputs: vec!["most".to_owned()], names: vec!["size".to_owned()] };
        known.define("def halved(n: number): number { n / 2 }");
        let said = |text: &str| mistake(text, TextKind::Expression, &known);
        for (text, start) in [
            ("ruond($most)", "there is no function `ruond`\nruond($most)\n^^^^^\ndid you mean `round`?"),
            ("Imgae { width: 1 }", "there is no struct `Imgae`"),
            ("Imgae", "there is no type `Imgae`"),
            ("most * 2", "`most` is an input; its type is written `$most`\nmost * 2\n^^^^"),
            ("hlaved($most)", "there is no function `hlaved`"),
            ("round($most, 1)", "`round` takes"),
            ("$most(1)", "there is no function `$most`"),
            ("Image { hieght: $most }", "the struct `Image` has no field `hieght`"),
        ] {
            let message = said(text).unwrap_or_else(|| panic!("{text} passes"));
            assert!(message.starts_with(start), "{message}");
        }
        for text in [
            "halved($most) * size",
            "acme::ruond(acme::Imgae { width: 1 })",
            "Operation::Add | Blend",
            "let most = $most; most + Input3.width + IterOutput0.length",
            "match Input { Imost as Zmost => Zmost, _ => $most }",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_part_is_pointed_out_in_its_line() {
        assert_eq!(pointed_out("let a = 1;\n  $x + a", 13, 2), "  $x + a\n  ^^");
    }
}
