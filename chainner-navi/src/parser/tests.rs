use super::*;

fn printed(text: &str) -> String {
    parse_expression(text).unwrap_or_else(|error| panic!("{}", error.caret(text))).to_string()
}

#[test]
fn operators_become_calls_by_precedence() {
    for (text, tree) in [
        ("a or b or c", "bool::or(a, b, c)"),
        ("a & b + 1", "a & number::add(b, 1)"),
        ("a == b | c", "any::eq(a, b | c)"),
        ("not a == b", "bool::not(any::eq(a, b))"),
        ("a - b + c", "number::add(a, number::neg(b), c)"),
        ("a / b * c", "number::mul(a, number::rec(b), c)"),
        ("-2 ** 2", "number::pow(-2, 2)"),
        ("--1", "number::neg(-1)"),
        ("(a | b).c & d", "(a | b).c & d"),
        ("any", "any"),
        ("any {}", "any {}"),
        ("A { any, b: 1, any: 2 }", "A { any: any, b: 1, any: 2 }"),
        ("0!..!1", "nonInt(0..1)"),
    ] {
        assert_eq!(printed(text), tree, "{text}");
    }
}

#[test]
fn match_narrows_plain_names() {
    for (text, tree) in [
        ("match a { b => c, _ as a => a }", "match a { b as a => c, _ as a => a }"),
        ("match a { b as c => d }", "match a { b as __temp => { let a = __temp; let c = __temp; d } }"),
        ("match a::b { _ => 1 }", "match a::b { _ as __temp => { let a::b = __temp; 1 } }"),
        ("match a.b { _ as c => c, 1 => 2 }", "match a.b { _ as c => c, 1 => 2 }"),
        ("match a {}", "match a {  }"),
    ] {
        assert_eq!(printed(text), tree, "{text}");
        let source = parse_expression(text).expect(text).to_source();
        assert_eq!(printed(&source), tree, "{source}");
    }
}

#[test]
fn names_in_front_of_blocks_can_be_structs() {
    for (text, tree) in [
        ("if a { b } else { c }", "match a { true => b, false => c }"),
        ("if a { b } { c } else { d }", "match a { b: b } { true => c, false => d }"),
        ("match a {} | b {}", "match a {  } | b {}"),
        ("if (A { b }) == c { d } else { e }", "match any::eq(A { b: b }, c) { true => d, false => e }"),
        ("def f(): A { b } { c } f(1)", "{ def f(): A { b: b } = c; f(1) }"),
        ("def f(): A { b } { c }", "{ def f(): A = b; c }"),
    ] {
        assert_eq!(printed(text), tree, "{text}");
    }
}

#[test]
fn errors_point_at_the_furthest_token() {
    for (text, kind, span) in [
        ("a -1", ErrorKind::Syntax, (2, 4)),
        ("a +", ErrorKind::Syntax, (3, 3)),
        ("1..1", ErrorKind::Value, (0, 4)),
        ("int(0.5..2)", ErrorKind::Value, (0, 11)),
        ("\"\\x\"", ErrorKind::StringEscape, (0, 4)),
        ("-a ** b", ErrorKind::Negation, (0, 1)),
        ("if a { b, c } else { d }", ErrorKind::Syntax, (14, 18)),
        ("match a { b }", ErrorKind::Syntax, (13, 13)),
        ("f(a)(b)", ErrorKind::Syntax, (4, 5)),
        ("a == b == c", ErrorKind::Syntax, (7, 9)),
        ("A { a: 1, ...b }", ErrorKind::Syntax, (10, 13)),
        ("struct A { a: int, a: int } A", ErrorKind::Value, (19, 20)),
        ("a::match", ErrorKind::Syntax, (3, 8)),
    ] {
        let error = parse_expression(text).expect_err(text);
        assert_eq!((error.kind(), error.span()), (kind, Some(Span::new(span.0, span.1))), "{text}: {error}");
    }
}

#[test]
fn depth_is_limited() {
    for text in [
        "(".repeat(20_000),
        format!("a{}", ".b".repeat(20_000)),
        format!("{}a", "not ".repeat(20_000)),
        format!("{} {{ a }}", "if a { b } else ".repeat(20_000)),
        "{".repeat(20_000),
        "match ".repeat(20_000),
        "a { b: ".repeat(20_000),
    ] {
        let error = parse_expression(&text).expect_err("too deep");
        assert_eq!(error.kind(), ErrorKind::Limit);
    }
}

#[test]
fn many_ambiguities_in_a_bad_text_take_no_long_time() {
    let text = format!("{} )", "match a {} | ".repeat(400));
    assert!(parse_expression(&text).is_err());
}
