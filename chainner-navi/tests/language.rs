//! What expressions mean, by the rules of the language.

use chainner_navi::{ErrorKind, Scope, Type, host, parse_definitions, parse_expression};

fn evaluated(text: &str) -> String {
    match host::scope().evaluate_text(text) {
        Ok(value) => value.to_string(),
        Err(error) => format!("!{}", error.kind().name()),
    }
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(evaluated(text), *expected, "{text}");
    }
}

const IMAGE: &str = "Image { width: int(1..inf), height: int(1..inf), channels: int(1..inf) }";

#[test]
fn structs_have_the_fields_they_are_given() {
    check(&[
        ("Image", IMAGE),
        ("Image {}", IMAGE),
        ("null {}", "null"),
        ("Image { channels: 3, width: 1 }", "Image { width: 1, height: int(1..inf), channels: 3 }"),
        ("Image { width: 1, width: 2 }.width", "2"),
        ("Image { width: never, height: string }", "never"),
        ("Image { width: 0 }", "!Incompatible field type"),
        ("Image { foo: never }", "!Unknown struct field"),
        ("int {}", "!Not a struct"),
        ("round {}", "!Cannot reference function"),
        ("Foo {}", "!Unknown struct"),
    ]);
}

#[test]
fn spreads_are_taken_from_the_last_to_the_first() {
    check(&[
        ("Image { ...Color { channels: 3 } }.channels", "3"),
        ("Image { ...Image { width: 5 }, ...Color { channels: 3 } }.width", "5"),
        ("Image { ...Color { channels: 3 }, ...Image { width: 5 } }.channels", "int(1..inf)"),
        ("Image { ...(Image { width: 5 } | Color) , width: 6 }.width", "6"),
        ("Image { ...never, width: 0 }", "never"),
        ("Image { ...never, foo: 1 }", "!Unknown struct field"),
        ("Image { ...null }", "!Invalid struct spread"),
        ("null { ...Image }", "!Invalid struct spread"),
        ("Image { ...any }", "!Invalid struct spread"),
    ]);
}

#[test]
fn fields_exist_in_every_part() {
    check(&[
        ("(Image { channels: 1 } | Color { channels: 4 }).channels", "1 | 4"),
        ("never.width", "never"),
        ("(Image | null).width", "!Invalid field access"),
        ("1.a", "!Invalid field access"),
        ("notStructs(null).a", "!Invalid field access"),
    ]);
}

#[test]
fn match_takes_arm_by_arm_away() {
    check(&[
        ("match number { 1 => never, _ as r => r }", "-inf..!1 | 1!..inf | nan"),
        ("let a = 1 | 3; match a { 1 => 0, _ => a + 1 }", "0 | 4"),
        ("let a = 1 | 3; match a + 0 { 1 => 0, _ => a + 1 }", "0 | 2 | 4"),
        ("match never { 1 => foo }", "never"),
        ("match 1 { string => 2 }", "!Non-exhaustive match"),
        ("match 1 { 1 => 2, foo => 3 }", "!Unknown named"),
        ("match 1 { 1 => 2, 3 => foo }", "2"),
        ("match Image { Image { width: 1 } => never, _ as r => r.width }", "int(2..inf)"),
        ("if bool { 1 } else { 2 }", "int(1..2)"),
        ("let true = 1; if 1 < 2 { 1 } else { 2 }", "1"),
        ("if 1 { 1 } else { 2 }", "!Non-exhaustive match"),
    ]);
}

#[test]
fn definitions_are_lexical_and_lazy() {
    check(&[
        ("let b = a + 1; let a = 1; b", "2"),
        ("let x = 1; def f() = x; { let x = 2; f() }", "1"),
        ("let x: int = 1.5; 2", "2"),
        ("let x: int = 1.5; x", "!Incompatible variable type"),
        ("def f() = foo; 1", "1"),
        ("def f(a: foo) = 1; f(1)", "!Unknown named"),
        ("def f(a: int): string = a; f(1)", "!Incompatible return type"),
        ("def f(a: int) = a; f(never)", "never"),
        ("def f(a: int) = a; f()", "!Incorrect function argument count"),
        ("def f(a: int, a: int) = a; f(1, 2)", "!value"),
        ("struct A; struct A; 1", "!value"),
        ("struct A { a: never } A", "!Invalid structure definition field"),
        ("struct A { a: foo } A", "!Invalid structure definition"),
        ("{ struct A; A } | { struct A; A }", "A | A"),
        ("enum A { B, C { x: int } } match A { A::B => 1, A::C as c => c.x }", "int(-inf..inf)"),
        ("let int = 5; int", "5"),
        ("round", "!Cannot reference function"),
        ("Image()", "!Not a function"),
        ("foo()", "!Unknown function"),
    ]);
}

#[test]
fn recursion_needs_an_end() {
    check(&[
        ("def sum(n: uint) = match n { 0 => 0, _ => n + sum(uint & (n - 1)) }; sum(300)", "45150"),
        ("let a = a; a", "!cyclic"),
        ("let a = b; let b = a; a", "!cyclic"),
        ("struct A { a: A } A", "!cyclic"),
        ("def f(x: any) = f(x); f(1)", "!cyclic"),
        ("def f(n: uint) = match n { 0 => 1, _ => f(uint & (n - 1)) | f(uint & (n - 1)) }; f(40)", "!limit"),
    ]);
}

#[test]
fn the_hosts_functions_know_literals() {
    check(&[
        ("error(\"a\" | \"b\")", "Error { message: \"a\" | \"b\" }"),
        ("error(string)", "!Incompatible argument type"),
        ("onnxToNcnn(pytorchToOnnx(PyTorchModel { scale: 4 })).scale", "4"),
        ("onnxToNcnn(OnnxModel { scaleWidth: 2, scaleHeight: 4 })", "never"),
        ("FpMode::toString(FpMode)", "\"fp16\" | \"fp32\""),
        ("formatPattern(\"{1}{2}\", \"a\", \"b\" | \"c\")", "\"ab\" | \"ac\""),
        ("formatPattern(\"{2}\", \"a\")", "Error { message: \"Invalid reference {2} in pattern.\" }"),
        ("formatPattern(\"a\" | \"b\")", "string | Error { message: string }"),
        ("padCenter(\"ab\", 5, \"-\")", "\"-ab--\""),
        ("padStart(\"a\", 3, \"xy\")", "never"),
        ("splitFilePath(\"/a/b.c\").dir.path", "\"/a\""),
        ("getParentDirectory(\"/a/b/c\", int(1..))", "\"/\" | \"/a\" | \"/a/b\""),
        ("goIntoDirectory(\"/a\", \"../b/./c\")", "\"/b/c\""),
        ("goIntoDirectory(string, \"a?\")", "Error { message: \"Invalid character '?' in folder name.\" }"),
        ("parseColorJson(\"{\\\"kind\\\":\\\"rgb\\\",\\\"values\\\":[0,0,0]}\")", "Color { channels: 3 }"),
        ("parseColorJson(\"[]\")", "never"),
    ]);
}

#[cfg(feature = "regex")]
#[test]
fn regular_expressions_are_run() {
    check(&[
        ("regexReplace(\"hello\", \"(?P<x>l)\", \"<{x}{0}>\", inf)", "\"he<ll><ll>o\""),
        ("regexReplace(\"ab\", \"\", \"-\", inf)", "\"-a-b-\""),
        ("regexReplace(\"hello\", \"l\", \"L\", 1)", "\"heLlo\""),
        ("regexReplace(string, \"(\", \"x\", 1)", "Error { message: \"Invalid regex: unclosed group\" }"),
        ("regexFind(\"a1\", \"[0-9]\", \"<{0}>\")", "\"<1>\""),
        ("regexFind(\"a\", \"x\", \"{0}\")", "Error { message: \"Error: No match found.\" }"),
        ("regexFind(string, \"x\", \"{0}\")", "string | Error { message: string }"),
    ]);
}

#[test]
fn errors_in_definitions_of_others_are_shown_where_they_are_used() {
    let definitions = parse_definitions("def half(a: Image) = Image { width: a.width / 2 };").expect("definitions");
    let scope = host::scope().child().define(&definitions).expect("a scope").build();
    let text = "let x = Image;\nhalf(x)";
    let error = scope.evaluate_text(text).expect_err("not within int(1..)");
    assert_eq!(error.kind(), ErrorKind::IncompatibleFieldType);
    assert_eq!(
        error.caret(text),
        "the field `width` of `Image` is `int(1..inf)`, which `0.5..!inf` is not within (inside `half`)\n\
         2 | half(x)\n\
         \u{20}   ^^^^"
    );
}

#[test]
fn errors_in_own_definitions_are_shown_there() {
    let text = "def half(a: Image) = Image { width: a.width / 2 };\nhalf(Image)";
    let error = host::scope().evaluate_text(text).expect_err("not within int(1..)");
    let span = error.span().expect("a span");
    assert_eq!(&text[span.start..span.end], "a.width / 2");
}

#[test]
fn scopes_refuse_second_definitions_and_foreign_intrinsics() {
    let scope = || Scope::builtin().child();
    let define = |text| scope().define(&parse_definitions(text).expect(text)).map(|_| ()).map_err(|error| error.kind());
    assert_eq!(define("let a = 1; struct a;"), Err(ErrorKind::Value));
    assert_eq!(define("intrinsic def f();"), Err(ErrorKind::Value));
    assert_eq!(define("let int = 1;"), Ok(()));
    assert!(scope().parameter("a", Type::any()).and_then(|scope| scope.parameter("a", Type::any())).is_err());
}

#[test]
fn instances_are_checked_against_their_definition() {
    let scope = host::scope();
    let kind = |name, field, value| scope.instance(name, [(field, value)]).map_err(|error| error.kind());
    assert_eq!(kind("Image", "width", Type::number(0.0)), Err(ErrorKind::IncompatibleFieldType));
    assert_eq!(kind("Image", "size", Type::number(1.0)), Err(ErrorKind::UnknownStructField));
    assert_eq!(kind("Imag", "width", Type::number(1.0)), Err(ErrorKind::UnknownStruct));
    assert_eq!(kind("Image", "width", Type::never()), Ok(Type::never()));
}

#[test]
fn scopes_and_types_cross_threads() {
    fn assert_sync<T: Send + Sync + 'static>() {}
    assert_sync::<Scope>();
    assert_sync::<Type>();
    assert_sync::<chainner_navi::Expression>();
}

#[test]
fn a_text_that_parses_can_be_printed_and_parsed_again() {
    for text in ["if a { b } { c } else { d }", "match a::b { 1 as c => c }", "let x = -1; x ** 2 - 3"] {
        let source = parse_expression(text).expect(text).to_source();
        assert_eq!(parse_expression(&source).expect(&source).to_source(), source);
    }
}
