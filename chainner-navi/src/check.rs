//! What is wrong with an expression whatever is evaluated.

use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::eval::check_count;
use crate::scope::{Entry, NameKind, Scope};
use crate::suggest::suggest;
use crate::syntax::{Definition, DefinitionKind, Expression, ExpressionKind as Kind, Name};
use crate::types::Type;

impl Scope {
    /// Names that mean nothing, or not what they are used as; wrong counts of arguments; fields structs do not have.
    ///
    /// Evaluation looks only at what it needs. This looks at everything: arms that do not match, bodies of functions
    /// nobody calls.
    ///
    /// ```
    /// let text = "if true { 1 } else { ruond(Imgae { width: 1 }) }";
    /// let tree = chainner_navi::parse_expression(text)?;
    /// let scope = chainner_navi::host::scope();
    /// assert!(scope.evaluate(&tree).is_ok());
    ///
    /// let errors = scope.check(&tree);
    /// assert_eq!(errors[0].to_string(), "there is no function `ruond`; did you mean `round`?");
    /// assert_eq!(errors[1].to_string(), "there is no struct `Imgae`; did you mean `Image`?");
    /// # Ok::<(), chainner_navi::Error>(())
    /// ```
    pub fn check(&self, expression: &Expression) -> Vec<Error> {
        let mut errors = Vec::new();
        check(expression, self, &mut errors);
        errors
    }

    /// As [`check`](Scope::check), for definitions in a scope of their own on top of this one.
    pub fn check_definitions(&self, definitions: &[Arc<Definition>]) -> Vec<Error> {
        let mut errors = Vec::new();
        check_definitions(definitions, self, &mut errors);
        errors
    }
}

fn check(expression: &Expression, scope: &Scope, errors: &mut Vec<Error>) {
    match expression.kind() {
        Kind::Named(name) => check_named(name, scope, errors),
        Kind::Struct { name, spreads, fields } => {
            check_struct(name, fields, scope, errors);
            for value in spreads.iter().chain(fields.iter().map(|(_, value)| value)) {
                check(value, scope, errors);
            }
        }
        Kind::Call { name, arguments } => {
            check_call(name, arguments.len(), scope, errors);
            arguments.iter().for_each(|argument| check(argument, scope, errors));
        }
        Kind::Union(items) | Kind::Intersection(items) => items.iter().for_each(|item| check(item, scope, errors)),
        Kind::FieldAccess { of, .. } => check(of, scope, errors),
        Kind::Match { of, arms } => {
            check(of, scope, errors);
            for arm in arms {
                check(&arm.pattern, scope, errors);
                match &arm.binding {
                    Some(name) => check(&arm.value, &scope.with_value(&name.text, Type::any()), errors),
                    None => check(&arm.value, scope, errors),
                }
            }
        }
        Kind::Scope { definitions, value } => {
            if let Some(inner) = check_definitions(definitions, scope, errors) {
                check(value, &inner, errors);
            }
        }
        Kind::Quoted { text, value } => {
            let before = errors.len();
            check(value, scope, errors);
            for error in errors.split_off(before) {
                errors.push(error.or_in(text));
            }
        }
        Kind::Literal(_) | Kind::Number(_) | Kind::String(_) => {}
        Kind::Interval { .. } | Kind::Integers { .. } | Kind::NonIntegers { .. } => {}
    }
}

fn check_named(name: &Name, scope: &Scope, errors: &mut Vec<Error>) {
    match scope.kind_of(&name.text) {
        Some(NameKind::Variable | NameKind::Struct) => {}
        Some(NameKind::Function) => {
            let message = format!("`{}` is a function and has to be called", name.text);
            errors.push(Error::new(ErrorKind::CannotReferenceFunction, message).or_at(name.span));
        }
        None => {
            let wanted = [NameKind::Variable, NameKind::Struct];
            errors.push(scope.unknown(ErrorKind::UnknownNamed, "type", &name.text, &wanted).or_at(name.span));
        }
    }
}

fn check_struct(name: &Name, fields: &[(Name, Expression)], scope: &Scope, errors: &mut Vec<Error>) {
    match scope.lookup(&name.text) {
        Some((_, Entry::Struct(definition, _))) => {
            let DefinitionKind::Struct { fields: declared } = &definition.kind else { return };
            for (field, _) in fields {
                if !declared.iter().any(|(known, _)| known.text == field.text) {
                    let message = format!("the struct `{}` has no field `{}`", name.text, field.text);
                    let suggestions = suggest(&field.text, declared.iter().map(|(known, _)| &*known.text));
                    let error = Error::new(ErrorKind::UnknownStructField, message).or_at(field.span);
                    errors.push(error.suggesting(suggestions));
                }
            }
        }
        Some(_) => {
            let message = format!("`{}` is no struct and has no fields to set", name.text);
            errors.push(Error::new(ErrorKind::NotAStruct, message).or_at(name.span));
        }
        None => {
            let error = scope.unknown(ErrorKind::UnknownStruct, "struct", &name.text, &[NameKind::Struct]);
            errors.push(error.or_at(name.span));
        }
    }
}

fn check_call(name: &Name, given: usize, scope: &Scope, errors: &mut Vec<Error>) {
    match scope.lookup(&name.text) {
        Some((_, Entry::Function(definition, _) | Entry::Intrinsic(definition, ..))) => {
            errors.extend(check_count(definition, given, name).err());
        }
        Some(_) => {
            let message = format!("`{}` is no function", name.text);
            errors.push(Error::new(ErrorKind::NotAFunction, message).or_at(name.span));
        }
        None => {
            let error = scope.unknown(ErrorKind::UnknownFunction, "function", &name.text, &[NameKind::Function]);
            errors.push(error.or_at(name.span));
        }
    }
}

/// The scope of the definitions, if it can be built.
fn check_definitions(definitions: &[Arc<Definition>], scope: &Scope, errors: &mut Vec<Error>) -> Option<Scope> {
    let inner = match scope.child().local(true).define(definitions) {
        Ok(inner) => inner.build(),
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    for definition in definitions {
        match &definition.kind {
            DefinitionKind::Let { assertion, value } => {
                assertion.iter().chain([value]).for_each(|part| check(part, &inner, errors));
            }
            DefinitionKind::Struct { fields } => fields.iter().for_each(|(_, field)| check(field, &inner, errors)),
            DefinitionKind::Function { parameters, assertion, body } => {
                parameters.iter().for_each(|(_, declared)| check(declared, &inner, errors));
                assertion.iter().for_each(|declared| check(declared, &inner, errors));
                let scope = parameters.iter().try_fold(inner.child().local(true), |scope, (parameter, _)| {
                    scope.parameter(parameter.text.clone(), Type::any()).map_err(|error| error.or_at(parameter.span))
                });
                match scope {
                    Ok(scope) => check(body, &scope.build(), errors),
                    Err(error) => errors.push(error),
                }
            }
            DefinitionKind::Intrinsic { .. } => {}
        }
    }
    Some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host;
    use crate::parser::parse_expression;

    #[test]
    fn everything_is_looked_at() {
        for (text, kinds) in [
            ("match 1 { 1 => 2, Foo => bar }", &[ErrorKind::UnknownNamed, ErrorKind::UnknownNamed][..]),
            ("def f(a: int) = a + b; 1", &[ErrorKind::UnknownNamed]),
            ("let a = 1; let b: c = a; 1", &[ErrorKind::UnknownNamed]),
            ("round(1, 2)", &[ErrorKind::IncorrectArgumentCount]),
            ("min()", &[]),
            ("Image { widht: 1 }", &[ErrorKind::UnknownStructField]),
            ("int { }", &[ErrorKind::NotAStruct]),
            ("Image()", &[ErrorKind::NotAFunction]),
            ("round", &[ErrorKind::CannotReferenceFunction]),
            ("let a = 1; let a = 2; a", &[ErrorKind::Value]),
            ("def f(a: int, a: int) = foo; 1", &[ErrorKind::Value]),
            ("match Image { _ as i => i.width }", &[]),
        ] {
            let tree = parse_expression(text).expect(text);
            let found: Vec<ErrorKind> = host::scope().check(&tree).iter().map(Error::kind).collect();
            assert_eq!(found, kinds, "{text}");
        }
    }
}
