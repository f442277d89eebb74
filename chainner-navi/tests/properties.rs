//! What holds for every text and every type.

use chainner_navi::{Expression, Type, host, parse_definitions, parse_expression};
use proptest::prelude::*;

/// Pieces of texts, many of them valid next to each other.
const PIECES: &[&str] = &[
    "1",
    "-1",
    "0.5",
    "1..2",
    "int(1..)",
    "..!",
    "nan",
    "\"a\"",
    "\"\\u00e9\"",
    "a",
    "b::c",
    "Image",
    "null",
    "any",
    "never",
    "string",
    "true",
    "(",
    ")",
    "{",
    "}",
    "{ a }",
    ",",
    ";",
    ":",
    "=",
    "=>",
    "|",
    "&",
    "+",
    "-",
    "*",
    "/",
    "**",
    "==",
    "<",
    "not",
    "and",
    "or",
    "match",
    "if",
    "else",
    "as",
    "_",
    ".",
    ".width",
    "...",
    "let",
    "def",
    "struct",
    "enum",
    "f(",
    "()",
    "Image { width: 1 }",
    "match a { 1 => 2, _ => a }",
    "if a { b } else { c }",
    "let a = 1;",
    "def f(x: int) = x;",
    "😀",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, blank)| format!("{piece}{}", if blank { " " } else { "" })).collect()
    })
}

/// Expressions that parse.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "0",
        "1",
        "-2.5",
        "inf",
        "nan",
        "0..1",
        "0!..2",
        "..!0",
        "int(-1..4)",
        "nonInt(0..3)",
        "int",
        "number",
        "\"a\"",
        "\"\"",
        "string",
        "invStrSet(\"a\")",
        "any",
        "never",
        "null",
        "true",
        "bool",
        "Image",
        "Image { width: 5 }",
        "Color",
        "anyStruct",
        "notStructs(null)",
        "Image.width",
        "uint",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 32, 3, |inner| {
        let binary = prop::sample::select(vec!["|", "&", "+", "-", "*", "/", "**", "==", "<"]);
        let call = prop::sample::select(vec!["round", "number::neg", "toString", "abs", "number::log", "number::sin"]);
        prop_oneof![
            4 => (inner.clone(), binary, inner.clone()).prop_map(|(a, op, b)| format!("({a}) {op} ({b})")),
            2 => (call, inner.clone()).prop_map(|(f, a)| format!("{f}({a})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("match {{ {a} }} {{ {b} => {a}, _ as x => x }}")),
            1 => (inner.clone(), inner).prop_map(|(a, b)| format!("{{ let x = {a}; match x {{ {b} => x, _ => x }} }}")),
        ]
    })
}

fn types() -> impl Strategy<Value = Type> {
    expressions().prop_filter_map("a type", |text| host::scope().evaluate_text(&text).ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}", pieces in pieces()) {
        for text in [text, pieces] {
            for result in [parse_expression(&text).map(drop), parse_definitions(&text).map(drop)] {
                if let Err(error) = result {
                    let span = error.span().expect("a span");
                    prop_assert!(span.start <= span.end && span.end <= text.len());
                    prop_assert!(!error.caret(&text).is_empty());
                }
            }
        }
    }

    #[test]
    fn printed_trees_parse_to_the_same_tree(pieces in pieces(), expression in expressions()) {
        for text in [pieces, expression] {
            let Ok(tree) = parse_expression(&text) else { continue };
            let source = tree.to_source();
            let again = parse_expression(&source).unwrap_or_else(|error| panic!("{}", error.caret(&source)));
            prop_assert_eq!(again.to_source(), source);
            let json = Expression::from_json(&tree.to_json()).expect("JSON");
            prop_assert_eq!(Expression::from_json(&json.to_json()).expect("JSON").to_string(), json.to_string());
        }
    }

    #[test]
    fn no_expression_makes_evaluation_panic(pieces in pieces(), expression in expressions()) {
        for text in [pieces, expression] {
            let Ok(tree) = parse_expression(&text) else { continue };
            host::scope().check(&tree);
            let _ = host::scope().evaluate(&tree);
        }
    }

    #[test]
    fn types_print_as_expressions_of_themselves(a in types()) {
        let again = host::scope().evaluate_text(&a.to_string()).expect("a type");
        prop_assert_eq!(again.to_string(), a.to_string());
    }

    #[test]
    fn set_operations_are_those_of_sets(a in types(), b in types()) {
        let union = a.union(&b);
        let intersection = a.intersection(&b);
        prop_assert_eq!(&union, &b.union(&a));
        prop_assert_eq!(&intersection, &b.intersection(&a));
        prop_assert!(a.is_subset_of(&union) && b.is_subset_of(&union));
        prop_assert!(intersection.is_subset_of(&a) && intersection.is_subset_of(&b));
        prop_assert_eq!(intersection.is_never(), a.is_disjoint_from(&b));
        // Structs may have more in a difference than is exact, but never less, and nothing that was not there.
        let rest = a.without(&b);
        prop_assert!(rest.is_subset_of(&a));
        prop_assert_eq!(rest.union(&intersection), a.clone());
        prop_assert!(a.without(&a).is_never());
        prop_assert_eq!(a.union(&Type::never()), a.clone());
        prop_assert_eq!(a.intersection(&Type::any()), a.clone());
        prop_assert!(a.numbers().without(b.numbers()).intersection(b.numbers()).is_never());
    }

    #[test]
    fn members_of_sets_of_numbers_are_members_of_their_results(a in types(), b in types(), n in prop::num::f64::ANY) {
        for n in [n, n.trunc(), 0.0, 1.0, 0.5, f64::INFINITY, f64::NAN] {
            let (in_a, in_b) = (a.numbers().contains(n), b.numbers().contains(n));
            prop_assert_eq!(a.union(&b).numbers().contains(n), in_a || in_b);
            prop_assert_eq!(a.intersection(&b).numbers().contains(n), in_a && in_b);
            prop_assert_eq!(a.without(&b).numbers().contains(n), in_a && !in_b);
            prop_assert_eq!(a.numbers().items().into_iter().any(|item| item.contains(n)), in_a);
        }
    }
}
