//! From trees to types.

use std::sync::{Arc, OnceLock};

use crate::error::{Error, ErrorKind, Result};
use crate::numbers::NumberSet;
use crate::scope::{Entry, NameKind, Scope, Signature, incompatible_field, unknown_field};
use crate::span::Span;
use crate::structs::{Instance, StructDefinition, StructSet};
use crate::suggest::suggest;
use crate::syntax::{Arm, Definition, DefinitionKind, Expression, ExpressionKind as Kind, Literal, Name};
use crate::types::Type;

/// Evaluations inside of one another; beyond it recursion is taken for endless.
const MAX_DEPTH: usize = 3000;

/// From this depth on evaluation goes on in a thread with a stack that is large enough for [`MAX_DEPTH`].
const DEEP: usize = 100;

/// Bytes; only touched as far as needed.
const DEEP_STACK: usize = 64 << 20;

/// Evaluated expressions; beyond it recursion is taken for too long.
const MAX_STEPS: usize = 250_000;

pub(crate) struct Evaluator {
    depth: usize,
    steps: usize,
}

impl Evaluator {
    pub(crate) fn new() -> Evaluator {
        Evaluator { depth: 0, steps: 0 }
    }

    pub(crate) fn evaluate(&mut self, expression: &Expression, scope: &Scope) -> Result<Type> {
        self.steps += 1;
        if self.depth >= MAX_DEPTH {
            return Err(Error::new(ErrorKind::Cyclic, "this needs itself, without an end").or_at(expression.span()));
        }
        if self.steps >= MAX_STEPS {
            return Err(Error::new(ErrorKind::Limit, "this takes too long").or_at(expression.span()));
        }
        self.depth += 1;
        let result = if self.depth == DEEP { self.deep(expression, scope) } else { self.expression(expression, scope) };
        self.depth -= 1;
        result.map_err(|error| error.or_at(expression.span()))
    }

    #[cold]
    fn deep(&mut self, expression: &Expression, scope: &Scope) -> Result<Type> {
        std::thread::scope(|threads| {
            let thread = std::thread::Builder::new().stack_size(DEEP_STACK);
            let evaluation = thread.spawn_scoped(threads, || self.expression(expression, scope));
            let result = evaluation.ok().and_then(|evaluation| evaluation.join().ok());
            result.unwrap_or_else(|| Err(Error::new(ErrorKind::Limit, "there is no stack for an evaluation this deep")))
        })
    }

    fn expression(&mut self, expression: &Expression, scope: &Scope) -> Result<Type> {
        match expression.kind() {
            Kind::Literal(literal) => Ok(match literal {
                Literal::Any => Type::any(),
                Literal::Never => Type::never(),
                Literal::Number => Type::all_numbers(),
                Literal::String => Type::all_strings(),
                Literal::True => Type::boolean(true),
                Literal::False => Type::boolean(false),
            }),
            Kind::Number(number) => Ok(Type::number(*number)),
            Kind::String(text) => Ok(Type::string(text.clone())),
            Kind::Interval { min, max, min_exclusive, max_exclusive } => {
                NumberSet::interval(*min, *max, *min_exclusive, *max_exclusive).map(Type::from)
            }
            Kind::Integers { min, max } => NumberSet::integers(*min, *max).map(Type::from),
            Kind::NonIntegers { min, max } => NumberSet::non_integers(*min, *max).map(Type::from),
            Kind::Named(name) => self.named(name, scope),
            Kind::Struct { name, spreads, fields } => self.structure(name, spreads, fields, scope),
            Kind::Union(items) => self.combined(items, Type::never(), Type::union, scope),
            Kind::Intersection(items) => self.combined(items, Type::any(), Type::intersection, scope),
            Kind::FieldAccess { of, field } => self.field_access(of, field, scope),
            Kind::Call { name, arguments } => self.call(name, arguments, scope),
            Kind::Match { of, arms } => self.match_expression(of, arms, scope),
            Kind::Scope { definitions, value } => {
                let inner = scope.child().local(true).define(definitions)?.build();
                self.evaluate(value, &inner)
            }
            Kind::Quoted { text, value } => self.evaluate(value, scope).map_err(|error| error.or_in(text)),
        }
    }

    fn combined(
        &mut self,
        items: &[Expression],
        neutral: Type,
        combine: fn(&Type, &Type) -> Type,
        scope: &Scope,
    ) -> Result<Type> {
        let mut result = neutral;
        for item in items {
            result = combine(&result, &self.evaluate(item, scope)?);
        }
        Ok(result)
    }

    fn named(&mut self, name: &Name, scope: &Scope) -> Result<Type> {
        let Some((home, entry)) = scope.lookup(&name.text) else {
            let wanted = [NameKind::Variable, NameKind::Struct];
            return Err(scope.unknown(ErrorKind::UnknownNamed, "type", &name.text, &wanted).or_at(name.span));
        };
        match entry {
            Entry::Value(value) => Ok(value.clone()),
            Entry::Variable(definition, known) => self.variable(definition, known, home, name),
            Entry::Struct(definition, known) => {
                Ok(Type::whole(&self.struct_definition(definition, known, home, name)?))
            }
            Entry::Function(..) | Entry::Intrinsic(..) => Err(function_as_value(name)),
        }
    }

    fn variable(&mut self, definition: &Definition, known: &OnceLock<Type>, home: &Scope, name: &Name) -> Result<Type> {
        if let Some(value) = known.get() {
            return Ok(value.clone());
        }
        let DefinitionKind::Let { assertion, value } = &definition.kind else {
            return Err(not_of_its_kind(name));
        };
        let result = self.evaluate(value, home).and_then(|result| {
            if let Some(assertion) = assertion {
                let declared = self.evaluate(assertion, home)?;
                if !result.is_subset_of(&declared) {
                    let message = format!("`{}` is declared `{declared}`, which `{result}` is not within", name.text);
                    return Err(Error::new(ErrorKind::IncompatibleVariableType, message).or_at(value.span()));
                }
            }
            Ok(result)
        });
        let value = result.map_err(|error| foreign(error, home, name))?;
        Ok(known.get_or_init(|| value).clone())
    }

    fn struct_definition(
        &mut self,
        definition: &Definition,
        known: &OnceLock<Arc<StructDefinition>>,
        home: &Scope,
        name: &Name,
    ) -> Result<Arc<StructDefinition>> {
        if let Some(known) = known.get() {
            return Ok(known.clone());
        }
        let DefinitionKind::Struct { fields } = &definition.kind else {
            return Err(not_of_its_kind(name));
        };
        let mut types = Vec::with_capacity(fields.len());
        for (field, declared) in fields {
            let declared = self.evaluate(declared, home).map_err(|error| {
                let kind = if error.kind().is_evaluation() { ErrorKind::InvalidStructDefinition } else { error.kind() };
                foreign(error.with_kind(kind), home, name)
            })?;
            if declared.is_never() {
                let message = format!("the field `{}` of `{}` is never", field.text, name.text);
                let error = Error::new(ErrorKind::InvalidStructDefinitionField, message).or_at(field.span);
                return Err(foreign(error, home, name));
            }
            types.push((field.text.clone(), declared));
        }
        // If another thread was faster, its definition is the one.
        Ok(known.get_or_init(|| StructDefinition::new(definition.name.text.clone(), types)).clone())
    }

    /// The definition of a struct by its name.
    pub(crate) fn struct_named(&mut self, name: &str, scope: &Scope) -> Result<Arc<StructDefinition>> {
        self.struct_of(&Name::new(name, Span::default()), scope)
    }

    fn struct_of(&mut self, name: &Name, scope: &Scope) -> Result<Arc<StructDefinition>> {
        match scope.lookup(&name.text) {
            Some((home, Entry::Struct(definition, known))) => self.struct_definition(definition, known, home, name),
            Some((_, Entry::Function(..) | Entry::Intrinsic(..))) => Err(function_as_value(name)),
            Some((_, Entry::Variable(..) | Entry::Value(_))) => {
                let message = format!("`{}` is no struct and has no fields to set", name.text);
                Err(Error::new(ErrorKind::NotAStruct, message).or_at(name.span))
            }
            None => {
                Err(scope.unknown(ErrorKind::UnknownStruct, "struct", &name.text, &[NameKind::Struct]).or_at(name.span))
            }
        }
    }

    fn structure(
        &mut self,
        name: &Name,
        spreads: &[Expression],
        fields: &[(Name, Expression)],
        scope: &Scope,
    ) -> Result<Type> {
        let definition = self.struct_of(name, scope)?;
        for (field, _) in fields {
            if definition.field_index(&field.text).is_none() {
                return Err(unknown_field(&definition, &field.text).or_at(field.span));
            }
        }
        let mut sources = Vec::with_capacity(spreads.len());
        for spread in spreads {
            sources.push((spread.span(), self.spread(spread, &definition, scope)?));
        }
        if sources.iter().any(|(_, instances)| instances.is_empty()) {
            return Ok(Type::never());
        }
        let mut types = Vec::with_capacity(definition.fields().len());
        for (field, declared) in definition.fields() {
            // The last of repeated fields wins.
            let value = match fields.iter().rfind(|(written, _)| *written.text == *field) {
                Some((_, value)) => {
                    let given = self.evaluate(value, scope)?;
                    if !given.is_subset_of(declared) {
                        return Err(incompatible_field(&definition, field, &given).or_at(value.span()));
                    }
                    given
                }
                None => from_spreads(field, declared, &sources)?,
            };
            if value.is_never() {
                // Later fields are not looked at.
                return Ok(Type::never());
            }
            types.push(value);
        }
        Ok(Instance::new(&definition, types).map_or_else(Type::never, Type::from))
    }

    fn spread(&mut self, spread: &Expression, into: &StructDefinition, scope: &Scope) -> Result<Vec<Instance>> {
        let value = self.evaluate(spread, scope)?;
        let invalid = |message: String| Err(Error::new(ErrorKind::InvalidStructSpread, message).or_at(spread.span()));
        if into.fields().len() == 0 {
            return invalid(format!("`{}` has no fields to take from others", into.name()));
        }
        if !value.numbers().is_never() || !value.strings().is_never() || value.structs().all_except().is_some() {
            return invalid(format!("only structs of known fields can be spread, and `{value}` is more"));
        }
        let instances = value.structs().instances();
        let shares = |instance: &&Instance| instance.fields().any(|(field, _)| into.field_index(field).is_some());
        if let Some(stranger) = instances.iter().find(|instance| !shares(instance)) {
            return invalid(format!("`{}` has no field of `{}`", stranger.name(), into.name()));
        }
        Ok(instances.to_vec())
    }

    fn field_access(&mut self, of: &Expression, field: &Name, scope: &Scope) -> Result<Type> {
        let value = self.evaluate(of, scope)?;
        let invalid = |message: String, suggestions: Vec<String>| {
            Err(Error::new(ErrorKind::InvalidFieldAccess, message).or_at(field.span).suggesting(suggestions))
        };
        if !value.numbers().is_never() || !value.strings().is_never() || value.structs().all_except().is_some() {
            let others = value.without(&value.structs().named().into());
            return invalid(format!("`{others}` has no field `{}`", field.text), Vec::new());
        }
        let mut result = Type::never();
        for instance in value.structs().instances() {
            let Some(field) = instance.field(&field.text) else {
                let suggestions = suggest(&field.text, instance.fields().map(|(name, _)| name));
                return invalid(format!("`{}` has no field `{}`", instance.name(), field.text), suggestions);
            };
            result = result.union(field);
        }
        Ok(result)
    }

    fn call(&mut self, name: &Name, arguments: &[Expression], scope: &Scope) -> Result<Type> {
        let Some((home, entry)) = scope.lookup(&name.text) else {
            let error = scope.unknown(ErrorKind::UnknownFunction, "function", &name.text, &[NameKind::Function]);
            return Err(error.or_at(name.span));
        };
        let (definition, known) = match entry {
            Entry::Function(definition, known) | Entry::Intrinsic(definition, known, _) => (definition, known),
            Entry::Variable(..) | Entry::Struct(..) | Entry::Value(_) => {
                let message = format!("`{}` is no function", name.text);
                return Err(Error::new(ErrorKind::NotAFunction, message).or_at(name.span));
            }
        };
        check_count(definition, arguments.len(), name)?;
        let signature = self.signature(definition, known, home).map_err(|error| foreign(error, home, name))?;

        let mut values = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let value = self.evaluate(argument, scope)?;
            let Some(declared) = signature.parameters.get(index).or(signature.rest.as_ref()) else { continue };
            if !value.is_subset_of(declared) {
                let outside = value.without(declared);
                let message = format!("`{}` takes `{declared}` here, not `{outside}`", name.text);
                return Err(Error::new(ErrorKind::IncompatibleArgumentType, message).or_at(argument.span()));
            }
            values.push(value);
        }
        match (&definition.kind, entry) {
            (_, Entry::Intrinsic(_, _, run)) => run(&values, home).map_err(|error| error.or_at(name.span)),
            (DefinitionKind::Function { parameters, body, .. }, _) => {
                self.body(parameters, values, body, &signature, home).map_err(|error| foreign(error, home, name))
            }
            _ => Err(not_of_its_kind(name)),
        }
    }

    fn signature(&mut self, definition: &Definition, known: &OnceLock<Signature>, home: &Scope) -> Result<Signature> {
        if let Some(signature) = known.get() {
            return Ok(signature.clone());
        }
        let (parameters, rest, assertion) = match &definition.kind {
            DefinitionKind::Function { parameters, assertion, .. } => (parameters, None, assertion.as_ref()),
            DefinitionKind::Intrinsic { parameters, rest, .. } => (parameters, rest.as_ref(), None),
            _ => return Err(not_of_its_kind(&definition.name)),
        };
        let mut types = Vec::with_capacity(parameters.len());
        for (_, declared) in parameters {
            types.push(self.evaluate(declared, home)?);
        }
        let rest = rest.map(|(_, declared)| self.evaluate(declared, home)).transpose()?;
        let result = assertion.map(|declared| self.evaluate(declared, home)).transpose()?;
        Ok(known.get_or_init(|| Signature { parameters: types, rest, result }).clone())
    }

    fn body(
        &mut self,
        parameters: &[(Name, Expression)],
        values: Vec<Type>,
        body: &Expression,
        signature: &Signature,
        home: &Scope,
    ) -> Result<Type> {
        let mut inner = home.child().local(home.is_local());
        for ((parameter, _), value) in parameters.iter().zip(values) {
            inner = inner.parameter(parameter.text.clone(), value).map_err(|error| error.or_at(parameter.span))?;
        }
        let result = self.evaluate(body, &inner.build())?;
        match &signature.result {
            Some(declared) if !result.is_subset_of(declared) => {
                let message = format!("the result is declared `{declared}`, which `{result}` is not within");
                Err(Error::new(ErrorKind::IncompatibleReturnType, message).or_at(body.span()))
            }
            _ => Ok(result),
        }
    }

    fn match_expression(&mut self, of: &Expression, arms: &[Arm], scope: &Scope) -> Result<Type> {
        let mut rest = self.evaluate(of, scope)?;
        let mut result = Type::never();
        if rest.is_never() {
            return Ok(result);
        }
        for arm in arms {
            let pattern = self.evaluate(&arm.pattern, scope)?;
            let hit = pattern.intersection(&rest);
            if hit.is_never() {
                continue;
            }
            let value = match &arm.binding {
                Some(name) => self.evaluate(&arm.value, &scope.with_value(&name.text, hit))?,
                None => self.evaluate(&arm.value, scope)?,
            };
            result = result.union(&value);
            rest = rest.without(&pattern);
        }
        if rest.is_never() {
            Ok(result)
        } else {
            let message = format!("no arm matches `{rest}`");
            Err(Error::new(ErrorKind::NonExhaustiveMatch, message).or_at(of.span()))
        }
    }
}

/// The field as spreads have it: the last one that has it for sure, and what later ones have instead.
fn from_spreads(field: &str, declared: &Type, sources: &[(Span, Vec<Instance>)]) -> Result<Type> {
    let mut value = Type::never();
    for (span, instances) in sources.iter().rev() {
        let mut in_all = true;
        for instance in instances {
            match instance.field(field) {
                Some(theirs) if !theirs.is_subset_of(declared) => {
                    let message = format!(
                        "the field `{field}` is `{declared}`, which `{theirs}` of `{}` is not within",
                        instance.name()
                    );
                    return Err(Error::new(ErrorKind::InvalidStructSpread, message).or_at(*span));
                }
                Some(theirs) => value = value.union(theirs),
                None => in_all = false,
            }
        }
        if in_all {
            return Ok(value);
        }
    }
    Ok(value.union(declared))
}

pub(crate) fn check_count(definition: &Definition, given: usize, name: &Name) -> Result<()> {
    let (parameters, more) = match &definition.kind {
        DefinitionKind::Function { parameters, .. } => (parameters.len(), false),
        DefinitionKind::Intrinsic { parameters, rest, .. } => (parameters.len(), rest.is_some()),
        _ => return Err(not_of_its_kind(name)),
    };
    if given == parameters || (more && given > parameters) {
        return Ok(());
    }
    let at_least = if more { "at least " } else { "" };
    let plural = if parameters == 1 { "" } else { "s" };
    let message = format!("`{}` takes {at_least}{parameters} argument{plural}, not {given}", name.text);
    Err(Error::new(ErrorKind::IncorrectArgumentCount, message).or_at(name.span))
}

fn function_as_value(name: &Name) -> Error {
    let message = format!("`{}` is a function and has to be called", name.text);
    Error::new(ErrorKind::CannotReferenceFunction, message).or_at(name.span)
}

/// Entries and their definitions are made together, so this does not happen.
fn not_of_its_kind(name: &Name) -> Error {
    Error::new(ErrorKind::Value, format!("`{}` is not what it was defined as", name.text)).or_at(name.span)
}

/// An error in a definition of another text is shown where the definition is used.
fn foreign(error: Error, home: &Scope, name: &Name) -> Error {
    if home.is_local() { error } else { error.moved_to(name.span, &name.text) }
}

/// The struct set of a single definition by name, for intrinsics.
pub(crate) fn whole_struct(scope: &Scope, name: &str) -> Result<StructSet> {
    scope.struct_definition(name).map(|definition| StructSet::of(Instance::whole(&definition)))
}
