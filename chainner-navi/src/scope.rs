//! What names mean.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::builtin;
use crate::error::{Error, ErrorKind, Result};
use crate::eval::Evaluator;
use crate::parser::parse_expression;
use crate::structs::{Instance, StructDefinition};
use crate::suggest::suggest;
use crate::syntax::{Definition, DefinitionKind, Expression};
use crate::types::Type;

/// Names and what they mean, on top of the names of a parent.
///
/// Definitions are evaluated when they are first used, in the scope they stand in, and remembered. Scopes do not change
/// once built, and are cheap to clone.
///
/// ```
/// use chainner_navi::{Scope, Type, parse_definitions};
///
/// let definitions = parse_definitions("def double(a: number) = a * 2;")?;
/// let scope = Scope::builtin().child().define(&definitions)?.parameter("Input0", Type::integers(1.0, 4.0)?)?.build();
/// assert_eq!(scope.evaluate_text("double(Input0) | \"none\"")?.to_string(), "2 | 4 | 6 | 8 | \"none\"");
///
/// let error = scope.evaluate_text("double(Inptu0)").unwrap_err();
/// assert_eq!(error.suggestions(), ["Input0"]);
/// # Ok::<(), chainner_navi::Error>(())
/// ```
#[derive(Clone)]
pub struct Scope(Arc<Inner>);

struct Inner {
    parent: Option<Scope>,
    /// Sorted by name.
    entries: Vec<(Arc<str>, Entry)>,
    /// Whether the definitions stand in the evaluated text itself.
    local: bool,
}

/// An implementation of an intrinsic function, given its arguments and the scope that has it.
pub(crate) type Intrinsic = fn(&[Type], &Scope) -> Result<Type>;

pub(crate) enum Entry {
    Variable(Arc<Definition>, OnceLock<Type>),
    Struct(Arc<Definition>, OnceLock<Arc<StructDefinition>>),
    Function(Arc<Definition>, OnceLock<Signature>),
    Intrinsic(Arc<Definition>, OnceLock<Signature>, Intrinsic),
    Value(Type),
}

/// The evaluated types of a function's parameters and result.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) parameters: Vec<Type>,
    pub(crate) rest: Option<Type>,
    pub(crate) result: Option<Type>,
}

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A `let`, or a parameter.
    Variable,
    /// A struct.
    Struct,
    /// A function.
    Function,
}

impl Scope {
    /// Navi's own names.
    pub fn builtin() -> Scope {
        builtin::scope()
    }

    /// Builds a scope on top of this one.
    pub fn child(&self) -> ScopeBuilder {
        ScopeBuilder { parent: Some(self.clone()), entries: Vec::new(), names: BTreeSet::new(), local: false }
    }

    /// The type of an expression.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the expression, with a span in its text. What is not needed is not looked at: arms that
    /// do not match, bodies of functions not called, variables not used.
    pub fn evaluate(&self, expression: &Expression) -> Result<Type> {
        Evaluator::new().evaluate(expression, self)
    }

    /// The type of an expression given as text.
    ///
    /// # Errors
    ///
    /// As [`parse_expression`] and [`evaluate`](Scope::evaluate).
    pub fn evaluate_text(&self, text: &str) -> Result<Type> {
        self.evaluate(&parse_expression(text)?)
    }

    /// What `name` is, here or in a parent.
    pub fn kind_of(&self, name: &str) -> Option<NameKind> {
        self.lookup(name).map(|(_, entry)| match entry {
            Entry::Variable(..) | Entry::Value(_) => NameKind::Variable,
            Entry::Struct(..) => NameKind::Struct,
            Entry::Function(..) | Entry::Intrinsic(..) => NameKind::Function,
        })
    }

    /// All names of this scope and its parents.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        let mut scope = Some(self);
        while let Some(Scope(inner)) = scope {
            names.extend(inner.entries.iter().map(|(name, _)| &**name));
            scope = inner.parent.as_ref();
        }
        names
    }

    /// The definition of a struct.
    ///
    /// # Errors
    ///
    /// There must be such a struct, and its fields' types must evaluate.
    pub fn struct_definition(&self, name: &str) -> Result<Arc<StructDefinition>> {
        Evaluator::new().struct_named(name, self)
    }

    /// A struct with some of its fields; the others have their declared types.
    ///
    /// ```
    /// use chainner_navi::{Type, host};
    ///
    /// let image = host::scope().instance("Image", [("width", Type::number(640.0)), ("channels", Type::number(3.0))])?;
    /// assert_eq!(image.to_string(), "Image { width: 640, height: int(1..inf), channels: 3 }");
    /// # Ok::<(), chainner_navi::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The struct must have the fields, and each type must be a subset of the declared one.
    pub fn instance<'a>(&self, name: &str, fields: impl IntoIterator<Item = (&'a str, Type)>) -> Result<Type> {
        let definition = self.struct_definition(name)?;
        let mut types: Vec<Type> = definition.fields().map(|(_, declared)| declared.clone()).collect();
        for (field, given) in fields {
            let Some(index) = definition.field_index(field) else {
                return Err(unknown_field(&definition, field));
            };
            if !given.is_subset_of(&types[index]) {
                return Err(incompatible_field(&definition, field, &given));
            }
            types[index] = given;
        }
        Ok(Instance::new(&definition, types).map_or_else(Type::never, Type::from))
    }

    /// The scope that has the name, and what it is there.
    pub(crate) fn lookup(&self, name: &str) -> Option<(&Scope, &Entry)> {
        let mut scope = self;
        loop {
            if let Ok(index) = scope.0.entries.binary_search_by(|(known, _)| (**known).cmp(name)) {
                return Some((scope, &scope.0.entries[index].1));
            }
            scope = scope.0.parent.as_ref()?;
        }
    }

    pub(crate) fn is_local(&self) -> bool {
        self.0.local
    }

    /// An error about an unknown name, suggesting those of the given kinds that are like it.
    pub(crate) fn unknown(&self, kind: ErrorKind, what: &str, name: &str, wanted: &[NameKind]) -> Error {
        let names = self.names();
        let candidates = names.into_iter().filter(|name| self.kind_of(name).is_some_and(|kind| wanted.contains(&kind)));
        Error::new(kind, format!("there is no {what} `{name}`")).suggesting(suggest(name, candidates))
    }

    /// A scope with a single value.
    pub(crate) fn with_value(&self, name: &Arc<str>, value: Type) -> Scope {
        let entries = vec![(name.clone(), Entry::Value(value))];
        Scope(Arc::new(Inner { parent: Some(self.clone()), entries, local: self.0.local }))
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.entries.iter().map(|(name, _)| name)).finish_non_exhaustive()
    }
}

pub(crate) fn unknown_field(definition: &StructDefinition, field: &str) -> Error {
    let message = format!("the struct `{}` has no field `{field}`", definition.name());
    Error::new(ErrorKind::UnknownStructField, message)
        .suggesting(suggest(field, definition.fields().map(|(name, _)| name)))
}

pub(crate) fn incompatible_field(definition: &StructDefinition, field: &str, given: &Type) -> Error {
    let declared = definition.field(field).map(Type::to_string).unwrap_or_default();
    let message =
        format!("the field `{field}` of `{}` is `{declared}`, which `{given}` is not within", definition.name());
    Error::new(ErrorKind::IncompatibleFieldType, message)
}

/// Collects the names of a new [`Scope`].
pub struct ScopeBuilder {
    parent: Option<Scope>,
    entries: Vec<(Arc<str>, Entry)>,
    names: BTreeSet<Arc<str>>,
    local: bool,
}

impl ScopeBuilder {
    pub(crate) fn root() -> ScopeBuilder {
        ScopeBuilder { parent: None, entries: Vec::new(), names: BTreeSet::new(), local: false }
    }

    /// The definitions stand in the evaluated text itself, so errors in them have spans in that text.
    pub(crate) fn local(mut self, local: bool) -> ScopeBuilder {
        self.local = local;
        self
    }

    /// Adds definitions.
    ///
    /// # Errors
    ///
    /// A name can be defined only once in a scope, and intrinsics only by this crate.
    pub fn define(self, definitions: &[Arc<Definition>]) -> Result<ScopeBuilder> {
        self.define_with(definitions, |_| None)
    }

    pub(crate) fn define_with(
        mut self,
        definitions: &[Arc<Definition>],
        intrinsic: fn(&str) -> Option<Intrinsic>,
    ) -> Result<ScopeBuilder> {
        for definition in definitions {
            let name = &definition.name;
            let entry = match &definition.kind {
                DefinitionKind::Let { .. } => Entry::Variable(definition.clone(), OnceLock::new()),
                DefinitionKind::Struct { .. } => Entry::Struct(definition.clone(), OnceLock::new()),
                DefinitionKind::Function { .. } => Entry::Function(definition.clone(), OnceLock::new()),
                DefinitionKind::Intrinsic { .. } => match intrinsic(&name.text) {
                    Some(run) => Entry::Intrinsic(definition.clone(), OnceLock::new(), run),
                    None => {
                        let message = format!("there is no implementation of the intrinsic `{}`", name.text);
                        return Err(Error::new(ErrorKind::Value, message).or_at(name.span));
                    }
                },
            };
            self = self.entry(name.text.clone(), entry).map_err(|error| error.or_at(name.span))?;
        }
        Ok(self)
    }

    /// Adds a parameter with its type.
    ///
    /// # Errors
    ///
    /// A name can be defined only once in a scope.
    pub fn parameter(self, name: impl Into<Arc<str>>, value: Type) -> Result<ScopeBuilder> {
        self.entry(name.into(), Entry::Value(value))
    }

    /// Adds a struct of a known definition.
    pub(crate) fn structure(self, definition: &Arc<Definition>, known: Arc<StructDefinition>) -> Result<ScopeBuilder> {
        self.entry(definition.name.text.clone(), Entry::Struct(definition.clone(), OnceLock::from(known)))
    }

    fn entry(mut self, name: Arc<str>, entry: Entry) -> Result<ScopeBuilder> {
        if !self.names.insert(name.clone()) {
            return Err(Error::new(ErrorKind::Value, format!("`{name}` is defined already in this scope")));
        }
        self.entries.push((name, entry));
        Ok(self)
    }

    /// The scope.
    pub fn build(mut self) -> Scope {
        self.entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Scope(Arc::new(Inner { parent: self.parent, entries: self.entries, local: self.local }))
    }
}
