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
    collect(expression, &mut names);
    names
}

fn collect<'a>(expression: &'a Expression, names: &mut BTreeSet<&'a str>) {
    match expression.kind() {
        Kind::Named(name) => {
            names.insert(&name.text);
        }
        Kind::Struct { fields, .. } => fields.iter().for_each(|(_, value)| collect(value, names)),
        Kind::Union(items) | Kind::Intersection(items) | Kind::Call { arguments: items, .. } => {
            items.iter().for_each(|item| collect(item, names));
        }
        Kind::FieldAccess { of, .. } => collect(of, names),
        Kind::Match { of, arms } => {
            collect(of, names);
            for arm in arms {
                collect(&arm.pattern, names);
                collect(&arm.value, names);
            }
        }
        Kind::Scope { definitions, value } => {
            for definition in definitions {
                match &definition.kind {
                    DefinitionKind::Let { value, .. } => collect(value, names),
                    DefinitionKind::Struct { fields } => fields.iter().for_each(|(_, field)| collect(field, names)),
                    DefinitionKind::Function { .. } | DefinitionKind::Intrinsic { .. } => {}
                }
            }
            collect(value, names);
        }
        Kind::Quoted { value, .. } => collect(value, names),
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
        }
    }
}
