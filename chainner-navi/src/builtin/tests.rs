use super::*;
use crate::syntax::DefinitionKind;

/// `error kind` as `!kind`, like the recorded vectors have it.
fn evaluated(text: &str) -> String {
    match scope().evaluate_text(text) {
        Ok(value) => value.to_string(),
        Err(error) => format!("!{}", error.kind().name()),
    }
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(evaluated(text), *expected, "{text}");
    }
}

#[test]
fn all_builtins_are_there() {
    let (intrinsics, others): (Vec<_>, Vec<_>) = parse_definitions(DEFINITIONS)
        .expect("definitions")
        .into_iter()
        .partition(|definition| matches!(definition.kind, DefinitionKind::Intrinsic { .. }));
    assert_eq!(scope().check_definitions(&others), []);
    assert!(intrinsics.iter().all(|definition| intrinsic(&definition.name.text).is_some()));
    for name in ["number::add", "string::replace", "invStrSet", "true", "anyStruct", "number::PI", "bool::or"] {
        assert!(scope().kind_of(name).is_some(), "{name}");
    }
}

#[test]
fn arithmetic() {
    check(&[
        ("0.1 + 0.2", "0.3"),
        ("uint - 1", "int(-1..inf)"),
        ("int(0..3) + 0.5", "0.5 | 1.5 | 2.5 | 3.5"),
        ("int + 0.5", "-inf..inf"),
        ("inf - inf", "nan"),
        ("number::add()", "0"),
        ("1 + 2 + int + 3", "int(-inf..inf)"),
        ("0 * number", "0 | nan"),
        ("int(0..5) * 4", "0 | 4 | 8 | 12 | 16 | 20"),
        ("uint / 2", "0..!inf"),
        ("(0!..1) * -2", "-2..!0"),
        ("1 / 0", "-inf | inf"),
        ("number::rec(0!..1)", "1..!inf"),
        ("int(1e308..) * 10", "!value"),
        ("number::mod(-0.5, 1)", "0.5"),
        ("number::mod(int, 4)", "int(0..3)"),
        ("number::mod(-1, inf)", "inf"),
        ("number::mod(5, 0)", "never"),
        ("number::mod(5, -3)", "-1"),
        ("number::degToRad(180)", "3.141592653589793"),
    ]);
}

#[test]
fn rounding_and_extrema() {
    check(&[
        ("round(-0.5)", "0"),
        ("round(0.49999999999999994)", "0"),
        ("round(0.5..!1.5)", "1"),
        ("round(number)", "-inf | int(-inf..inf) | inf | nan"),
        ("floor(0..!1)", "0"),
        ("ceil(0!..1)", "1"),
        ("min(uint, 5.5)", "int(0..5) | 5.5"),
        ("max(1, int & round(uint * 0.3))", "int(1..inf)"),
        ("min(nonInt(0..10), 5)", "nonInt(0..4) | 4!..5"),
        ("min()", "inf"),
        ("max(1, nan)", "nan"),
        ("abs(-5..3)", "0..5"),
    ]);
}

#[test]
fn powers_and_waves() {
    check(&[
        ("2 ** 10", "1024"),
        ("0 ** -1", "never"),
        ("9 ** 0.5", "3"),
        ("uint ** 2", "int(0..1) | int(4..inf)"),
        ("-2 ** int(1..)", "int(-inf..-8) | -2 | int(4..inf)"),
        ("number ** 2", "0..inf | nan"),
        ("2 ** 1e300", "inf"),
        ("number::log(0)", "never"),
        ("number::exp(-inf)", "0"),
        ("number::sin(number)", "-1..1 | nan"),
        ("number::cos(0..10)", "-1..1"),
        ("number::sqrt(-1)", "never"),
    ]);
}

#[test]
fn comparison_and_logic() {
    check(&[
        ("nan == nan", "true"),
        ("1 == never", "never"),
        ("(1 | 2) == (1 | 2)", "false | true"),
        ("0..1 <= 1..2", "true"),
        ("0..1 < 1..2", "false | true"),
        ("1 < nan", "false"),
        ("number < 1", "false | true"),
        ("bool and false", "false"),
        ("true or never", "never"),
        ("bool::or()", "true"),
        ("not bool", "false | true"),
    ]);
}

#[test]
fn strings() {
    check(&[
        ("toString(1 | 1.5)", "string"),
        ("toString(-0)", "\"0\""),
        ("string::concat(\"a\" | \"b\", \"c\")", "\"ac\" | \"bc\""),
        ("string::concat(\"\", string)", "string"),
        ("string::len(\"😀\" | \"ab\" | \"\")", "int(0..2)"),
        ("string::indexOf(\"😀b\", \"b\")", "1"),
        ("string::indexOf(\"ab\", invStrSet(\"\" | \"a\" | \"b\" | \"ab\"))", "nan"),
        ("string::slice(\"hello\", int(0..2), 2)", "\"el\" | \"he\" | \"ll\""),
        ("string::slice(\"hello\", -3, 2)", "\"ll\""),
        ("string::repeat(\"ab\", int(0..2))", "\"\" | \"ab\" | \"abab\""),
        ("string::repeat(\"ab\", 1e15)", "string"),
        ("string::replace(\"abc\", \"\", \"-\", inf)", "\"-a-b-c-\""),
        ("string::replace(\"aaa\", \"a\", \"b\", int(0..1))", "\"aaa\" | \"baa\""),
        ("string::endsWith(\"abc\", \"bc\")", "true"),
        ("string::includes(string, \"b\")", "false | true"),
        ("number::parseInt(\" -0x1F \", 16)", "-31"),
        ("number::parseInt(\"1e3\", 10)", "nan"),
        ("invStrSet(invStrSet(\"a\"))", "\"a\""),
        ("notStructs(anyStruct)", "never"),
    ]);
}
