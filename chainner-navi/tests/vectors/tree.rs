//! Trees in the plain form they have in the recordings.

use chainner_navi::{Definition, DefinitionKind, Expression, ExpressionKind as Kind, Literal};
use serde_json::{Value, json};

/// The plain form trees have in the recordings.
pub(crate) fn plain(expression: &Expression) -> Value {
    let all = |items: &[Expression]| items.iter().map(plain).collect::<Vec<Value>>();
    match expression.kind() {
        Kind::Literal(literal @ (Literal::True | Literal::False)) => json!({"bool": literal.text()}),
        Kind::Literal(literal) => json!({"type": literal.text()}),
        Kind::Number(n) => json!({"num": plain_number(*n)}),
        Kind::String(text) => json!({"str": text.to_utf8_lossy()}),
        Kind::Interval { min, max, min_exclusive, max_exclusive } => json!({
            "interval": [plain_number(*min), plain_number(*max)],
            "minExclusive": min_exclusive,
            "maxExclusive": max_exclusive
        }),
        Kind::Integers { min, max } => json!({"int": [plain_number(*min), plain_number(*max)]}),
        Kind::NonIntegers { min, max } => json!({"nonInt": [plain_number(*min), plain_number(*max)]}),
        Kind::Named(name) => json!({"name": &*name.text}),
        Kind::Struct { name, spreads, fields } => {
            let mut plain = json!({"struct": &*name.text, "fields": plain_fields(fields)});
            if !spreads.is_empty() {
                plain["spread"] = all(spreads).into();
            }
            plain
        }
        Kind::Union(items) => json!({"union": all(items)}),
        Kind::Intersection(items) => json!({"intersection": all(items)}),
        Kind::FieldAccess { of, field } => json!({"field": &*field.text, "of": plain(of)}),
        Kind::Call { name, arguments } => json!({"call": &*name.text, "args": all(arguments)}),
        Kind::Match { of, arms } => {
            let arms: Vec<Value> = arms
                .iter()
                .map(|arm| {
                    let mut plain_arm = json!({"pattern": plain(&arm.pattern), "to": plain(&arm.value)});
                    if let Some(binding) = &arm.binding {
                        plain_arm["as"] = (*binding.text).into();
                    }
                    plain_arm
                })
                .collect();
            json!({"match": plain(of), "arms": arms})
        }
        Kind::Scope { definitions, value } => {
            json!({"scope": definitions.iter().map(|d| plain_definition(d)).collect::<Vec<Value>>(), "expr": plain(value)})
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) fn plain_number(n: f64) -> Value {
    if n.is_nan() {
        "nan".into()
    } else if n.is_infinite() {
        if n > 0.0 { "inf".into() } else { "-inf".into() }
    } else if n == 0.0 && n.is_sign_negative() {
        "-0".into()
    } else {
        json!(n)
    }
}

pub(crate) fn plain_fields(fields: &[(chainner_navi::Name, Expression)]) -> Value {
    fields.iter().map(|(name, value)| json!([&*name.text, plain(value)])).collect()
}

pub(crate) fn plain_definition(definition: &Definition) -> Value {
    let mut out = json!({"name": &*definition.name.text});
    let mut set = |key: &str, value: Value| out[key] = value;
    let is_any = |e: &&Expression| !matches!(e.kind(), Kind::Literal(Literal::Any));
    match &definition.kind {
        DefinitionKind::Let { assertion, value } => {
            set("def", "let".into());
            set("value", plain(value));
            assertion.as_ref().filter(is_any).into_iter().for_each(|a| set("assert", plain(a)));
        }
        DefinitionKind::Struct { fields } => {
            set("def", "struct".into());
            set("fields", plain_fields(fields));
        }
        DefinitionKind::Function { parameters, assertion, body } => {
            set("def", "def".into());
            set("params", plain_fields(parameters));
            set("value", plain(body));
            assertion.as_ref().filter(is_any).into_iter().for_each(|a| set("assert", plain(a)));
        }
        DefinitionKind::Intrinsic { parameters, rest, assertion } => {
            set("def", "intrinsic".into());
            set("params", plain_fields(parameters));
            rest.iter().for_each(|(name, value)| set("varArgs", json!([&*name.text, plain(value)])));
            assertion.as_ref().filter(is_any).into_iter().for_each(|a| set("assert", plain(a)));
        }
        other => panic!("{other:?}"),
    }
    out
}

/// Equal JSON, with numbers compared as numbers.
pub(crate) fn same_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same_json(a, b)))
        }
        _ => a == b,
    }
}
