//! Which parameters a type refers to, as far as chaiNNer sees it.

use std::collections::BTreeSet;

use crate::syntax::{DefinitionKind, Expression, ExpressionKind as Kind};

/// The plain names in a tree, as far as the host sees them.
///
/// It does not look into spreads, bodies of local functions and assertions; a type that refers to an input only there
/// stays what it is without anything connected.
///
/// ```
/// use chainner_navi::{host, parse_expression};
///
/// assert!(host::references(&parse_expression("Image { width: Input0.width }")?).contains("Input0"));
/// assert!(!host::references(&parse_expression("Image { ...Input0, channels: 4 }")?).contains("Input0"));
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn references(expression: &Expression) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    collect(expression, Depth::AsTheHost, &mut names);
    names
}

/// The plain names in a tree that the host does not see, see [`references`].
///
/// ```
/// use chainner_navi::{host, parse_expression};
///
/// let tree = parse_expression("Image { ...Input0, width: Input1 }")?;
/// assert!(host::hidden_references(&tree).into_iter().eq(["Input0"]));
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn hidden_references(expression: &Expression) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    collect(expression, Depth::Everywhere, &mut names);
    let seen = references(expression);
    names.retain(|name| !seen.contains(name));
    names
}

/// Where names are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    AsTheHost,
    Everywhere,
}

fn collect<'a>(expression: &'a Expression, depth: Depth, names: &mut BTreeSet<&'a str>) {
    let everywhere = depth == Depth::Everywhere;
    let mut all = |parts: &mut dyn Iterator<Item = &'a Expression>| {
        parts.for_each(|part| collect(part, depth, names));
    };
    match expression.kind() {
        Kind::Named(name) => {
            names.insert(&name.text);
        }
        Kind::Struct { spreads, fields, .. } => {
            all(&mut spreads.iter().filter(|_| everywhere));
            all(&mut fields.iter().map(|(_, value)| value));
        }
        Kind::Union(items) | Kind::Intersection(items) | Kind::Call { arguments: items, .. } => all(&mut items.iter()),
        Kind::FieldAccess { of, .. } => all(&mut [of].into_iter()),
        Kind::Match { of, arms } => {
            all(&mut [of].into_iter());
            all(&mut arms.iter().flat_map(|arm| [&arm.pattern, &arm.value]));
        }
        Kind::Scope { definitions, value } => {
            for definition in definitions {
                match &definition.kind {
                    DefinitionKind::Let { assertion, value } => {
                        all(&mut assertion.iter().filter(|_| everywhere).chain([value]));
                    }
                    DefinitionKind::Struct { fields } => all(&mut fields.iter().map(|(_, field)| field)),
                    DefinitionKind::Function { parameters, assertion, body } if everywhere => {
                        all(&mut parameters.iter().map(|(_, declared)| declared).chain(assertion).chain([body]));
                    }
                    DefinitionKind::Function { .. } | DefinitionKind::Intrinsic { .. } => {}
                }
            }
            all(&mut [value].into_iter());
        }
        Kind::Quoted { value, .. } => all(&mut [value].into_iter()),
        Kind::Literal(_) | Kind::Number(_) | Kind::String(_) => {}
        Kind::Interval { .. } | Kind::Integers { .. } | Kind::NonIntegers { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parser::parse_expression;

    #[test]
    fn spreads_function_bodies_and_assertions_are_not_seen() {
        for (text, seen) in [
            ("Image { ...Input0, width: 5 }", false),
            ("def f(x: any) = Input0; f(1)", false),
            ("let a: Input0 = 1; a", false),
            ("let a = Input0; a", true),
            ("Image { width: Input0.width }", true),
            ("def f(x: any) = x; f(Input0)", true),
        ] {
            let tree = parse_expression(text).expect(text);
            assert_eq!(references(&tree).contains("Input0"), seen, "{text}");
            assert_eq!(hidden_references(&tree).contains("Input0"), !seen, "{text}");
        }
    }
}
