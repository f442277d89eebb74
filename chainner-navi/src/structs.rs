//! Sets of structs.

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::text::Text;
use crate::types::Type;

/// A struct's definition: its name, and its fields with their declared types.
///
/// Definitions are told apart by identity: two of the same name from different scopes are different structs.
#[derive(Debug)]
pub struct StructDefinition {
    name: Arc<str>,
    fields: Vec<(Arc<str>, Type)>,
}

impl StructDefinition {
    /// A new definition, different from every other one.
    pub fn new(name: impl Into<Arc<str>>, fields: Vec<(Arc<str>, Type)>) -> Arc<StructDefinition> {
        Arc::new(StructDefinition { name: name.into(), fields })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The fields in the order of their declaration, which is that of printing.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = (&str, &Type)> {
        self.fields.iter().map(|(name, declared)| (&**name, declared))
    }

    /// Where a field stands among the others.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|(field, _)| &**field == name)
    }

    /// A field's declared type.
    pub fn field(&self, name: &str) -> Option<&Type> {
        self.fields.iter().find(|(field, _)| &**field == name).map(|(_, declared)| declared)
    }
}

static TRUE: LazyLock<Arc<StructDefinition>> = LazyLock::new(|| StructDefinition::new("true", Vec::new()));
static FALSE: LazyLock<Arc<StructDefinition>> = LazyLock::new(|| StructDefinition::new("false", Vec::new()));

/// The struct `true` or `false`.
pub(crate) fn truth(value: bool) -> Arc<StructDefinition> {
    if value { TRUE.clone() } else { FALSE.clone() }
}

/// A struct with a type for each of its fields: all its values whose fields are of these types.
#[derive(Clone, Debug)]
pub struct Instance {
    definition: Arc<StructDefinition>,
    /// As many as the definition has, none of them `never`.
    fields: Vec<Type>,
}

impl Instance {
    /// All values of a struct.
    pub fn whole(definition: &Arc<StructDefinition>) -> Instance {
        let fields = definition.fields.iter().map(|(_, declared)| declared.clone()).collect();
        Instance { definition: definition.clone(), fields }
    }

    /// The instance with these field types, in the order of the definition; `None` if one of them is `never`.
    ///
    /// Missing ones are the declared types, surplus ones are ignored.
    pub fn new(definition: &Arc<StructDefinition>, fields: Vec<Type>) -> Option<Instance> {
        let mut instance = Instance::whole(definition);
        for (field, given) in instance.fields.iter_mut().zip(fields) {
            *field = given;
        }
        (!instance.fields.iter().any(Type::is_never)).then_some(instance)
    }

    /// The struct.
    pub fn definition(&self) -> &Arc<StructDefinition> {
        &self.definition
    }

    /// The struct's name.
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// The fields and their types, in the order of the definition.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = (&str, &Type)> {
        self.definition.fields.iter().zip(&self.fields).map(|((name, _), field)| (&**name, field))
    }

    /// A field's type.
    pub fn field(&self, name: &str) -> Option<&Type> {
        self.definition.field_index(name).and_then(|index| self.fields.get(index))
    }

    fn is_whole(&self) -> bool {
        self.definition.fields.iter().zip(&self.fields).all(|((_, declared), field)| field == declared)
    }

    fn zip_with(&self, other: &Instance, op: fn(&Type, &Type) -> Type) -> Option<Instance> {
        let fields = self.fields.iter().zip(&other.fields).map(|(a, b)| op(a, b)).collect();
        Instance::new(&self.definition, fields)
    }

    /// Exact if the instances differ in one field only; else everything stays, which is more than exact.
    fn without(&self, other: &Instance) -> Option<Instance> {
        let outside: Vec<usize> =
            (0..self.fields.len()).filter(|&i| !self.fields[i].is_subset_of(&other.fields[i])).collect();
        match outside[..] {
            [] => None,
            [only] => {
                let mut remaining = self.clone();
                remaining.fields[only] = self.fields[only].without(&other.fields[only]);
                (!remaining.fields[only].is_never()).then_some(remaining)
            }
            _ => Some(self.clone()),
        }
    }

    /// Structs with few fields first, then by name in UTF-16 order.
    fn order_key(&self) -> (usize, Text) {
        (self.fields.len(), Text::from(self.name()))
    }
}

impl PartialEq for Instance {
    fn eq(&self, other: &Instance) -> bool {
        // Instances are equal if they print alike; so are types.
        self.name() == other.name() && self.fields().eq(other.fields())
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if self.fields.is_empty() {
            return Ok(());
        }
        for (index, (name, field)) in self.fields().enumerate() {
            let before = if index == 0 { " { " } else { ", " };
            write!(f, "{before}{name}: {field}")?;
        }
        f.write_str(" }")
    }
}

/// A set of structs: at most one instance per definition, and possibly all structs of other definitions.
#[derive(Clone, Debug, Default)]
pub struct StructSet {
    instances: Vec<Instance>,
    /// `Some`: all structs except those of these definitions, as far as they are no instances.
    all_except: Option<Vec<Arc<StructDefinition>>>,
}

impl StructSet {
    /// No struct.
    pub fn never() -> StructSet {
        StructSet::default()
    }

    /// All structs.
    pub fn all() -> StructSet {
        StructSet { instances: Vec::new(), all_except: Some(Vec::new()) }
    }

    /// The values of one instance.
    pub fn of(instance: Instance) -> StructSet {
        StructSet { instances: vec![instance], all_except: None }
    }

    /// Whether there is no struct in the set.
    pub fn is_never(&self) -> bool {
        self.instances.is_empty() && self.all_except.is_none()
    }

    /// Whether every struct is in the set.
    pub fn is_all(&self) -> bool {
        self.instances.is_empty() && self.all_except.as_ref().is_some_and(Vec::is_empty)
    }

    /// The instances, at most one per definition.
    pub fn instances(&self) -> &[Instance] {
        &self.instances
    }

    /// The definitions left out, if the set has all structs except some.
    pub fn all_except(&self) -> Option<&[Arc<StructDefinition>]> {
        self.all_except.as_deref()
    }

    /// The set without its "all structs except".
    pub fn named(&self) -> StructSet {
        StructSet { instances: self.instances.clone(), all_except: None }
    }

    fn instance_of(&self, definition: &Arc<StructDefinition>) -> Option<&Instance> {
        self.instances.iter().find(|instance| Arc::ptr_eq(&instance.definition, definition))
    }

    /// Whether the definition is among "all structs except".
    fn covers(&self, definition: &Arc<StructDefinition>) -> bool {
        self.all_except.as_ref().is_some_and(|except| !has(except, definition))
    }

    /// What the set has of a definition.
    fn part(&self, definition: &Arc<StructDefinition>) -> Option<Instance> {
        if self.covers(definition) { Some(Instance::whole(definition)) } else { self.instance_of(definition).cloned() }
    }

    /// All structs of both sets; instances of one definition are merged field by field.
    pub fn union(&self, other: &StructSet) -> StructSet {
        let all_except = match (&self.all_except, &other.all_except) {
            (Some(a), Some(b)) => Some(a.iter().filter(|definition| has(b, definition)).cloned().collect()),
            (Some(except), None) | (None, Some(except)) => Some(except.clone()),
            (None, None) => None,
        };
        let mut instances = self.instances.clone();
        for instance in &other.instances {
            match instances.iter_mut().find(|mine| Arc::ptr_eq(&mine.definition, &instance.definition)) {
                Some(mine) => {
                    for (field, more) in mine.fields.iter_mut().zip(&instance.fields) {
                        *field = field.union(more);
                    }
                }
                None => instances.push(instance.clone()),
            }
        }
        StructSet { instances, all_except }.normalized()
    }

    /// The structs in both sets.
    pub fn intersection(&self, other: &StructSet) -> StructSet {
        let all_except = match (&self.all_except, &other.all_except) {
            (Some(a), Some(b)) => {
                let more = b.iter().filter(|definition| !has(a, definition)).cloned();
                Some(a.iter().cloned().chain(more).collect())
            }
            _ => None,
        };
        let mut instances: Vec<Instance> = Vec::new();
        for instance in self.instances.iter().chain(&other.instances) {
            let definition = &instance.definition;
            if instances.iter().any(|known| Arc::ptr_eq(&known.definition, definition)) {
                continue;
            }
            if let (Some(a), Some(b)) = (self.part(definition), other.part(definition)) {
                instances.extend(a.zip_with(&b, Type::intersection));
            }
        }
        StructSet { instances, all_except }.normalized()
    }

    /// The structs that are not in the other set; may be more than that where instances differ in several fields.
    pub fn without(&self, other: &StructSet) -> StructSet {
        let mut instances = Vec::new();
        for instance in &self.instances {
            if other.covers(&instance.definition) {
                continue;
            }
            match other.instance_of(&instance.definition) {
                Some(theirs) => instances.extend(instance.without(theirs)),
                None => instances.push(instance.clone()),
            }
        }
        let mut all_except = None;
        if let Some(mine) = &self.all_except {
            // What the others except, or have a part of, is what can remain of our "all".
            let theirs = other.all_except.iter().flatten().chain(other.instances.iter().map(|i| &i.definition));
            let mut except = mine.clone();
            for definition in theirs {
                if has(&except, definition) {
                    continue;
                }
                except.push(definition.clone());
                let whole = Instance::whole(definition);
                instances.extend(match other.instance_of(definition) {
                    Some(theirs) => whole.without(theirs),
                    None => Some(whole),
                });
            }
            if other.all_except.is_none() {
                all_except = Some(except);
            }
        }
        StructSet { instances, all_except }.normalized()
    }

    /// No instance of what "all structs except" has anyway; a whole instance is no exception.
    fn normalized(mut self) -> StructSet {
        if let Some(except) = &mut self.all_except {
            self.instances.retain(|instance| has(except, &instance.definition));
            self.instances.retain(|instance| {
                let whole = instance.is_whole();
                if whole {
                    except.retain(|definition| !Arc::ptr_eq(definition, &instance.definition));
                }
                !whole
            });
        }
        self
    }

    fn sorted(&self) -> Vec<&Instance> {
        let mut sorted: Vec<&Instance> = self.instances.iter().collect();
        sorted.sort_by_cached_key(|instance| instance.order_key());
        sorted
    }

    fn except_names(&self) -> Option<Vec<Text>> {
        let except = self.all_except.as_ref()?;
        let mut names: Vec<(usize, Text)> =
            except.iter().map(|definition| (definition.fields.len(), Text::from(definition.name()))).collect();
        names.sort();
        Some(names.into_iter().map(|(_, name)| name).collect())
    }
}

fn has(definitions: &[Arc<StructDefinition>], definition: &Arc<StructDefinition>) -> bool {
    definitions.iter().any(|known| Arc::ptr_eq(known, definition))
}

impl PartialEq for StructSet {
    fn eq(&self, other: &StructSet) -> bool {
        self.sorted() == other.sorted() && self.except_names() == other.except_names()
    }
}

impl fmt::Display for StructSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.sorted().into_iter().map(Instance::to_string).collect();
        if let Some(names) = self.except_names() {
            parts.push(if names.is_empty() {
                "anyStruct".into()
            } else {
                let names: Vec<String> = names.iter().map(Text::to_utf8_lossy).collect();
                format!("notStructs({})", names.join(" | "))
            });
        }
        f.write_str(if parts.is_empty() { "never".into() } else { parts.join(" | ") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Arc<StructDefinition> {
        let positive = Type::integers(1.0, f64::INFINITY).expect("integers");
        StructDefinition::new("Image", vec![("width".into(), positive.clone()), ("height".into(), positive)])
    }

    fn sized(definition: &Arc<StructDefinition>, width: f64, height: f64) -> StructSet {
        let fields = vec![Type::number(width), Type::number(height)];
        StructSet::of(Instance::new(definition, fields).expect("an image"))
    }

    #[test]
    fn instances_of_one_definition_are_merged() {
        let image = image();
        let both = sized(&image, 1.0, 2.0).union(&sized(&image, 5.0, 2.0));
        assert_eq!(both.to_string(), "Image { width: 1 | 5, height: 2 }");
    }

    #[test]
    fn a_difference_in_one_field_is_exact_and_in_two_is_all() {
        let image = image();
        let both = sized(&image, 1.0, 2.0).union(&sized(&image, 5.0, 2.0));
        assert_eq!(both.without(&sized(&image, 1.0, 2.0)).to_string(), "Image { width: 5, height: 2 }");
        assert_eq!(both.without(&sized(&image, 1.0, 3.0)), both);
        assert!(both.without(&both).is_never());
    }

    #[test]
    fn all_structs_but_some() {
        let image = image();
        let whole = StructSet::of(Instance::whole(&image));
        let others = StructSet::all().without(&whole);
        assert_eq!(others.to_string(), "notStructs(Image)");
        assert_eq!(others.union(&whole), StructSet::all());
        assert!(others.intersection(&whole).is_never());
        assert_eq!(StructSet::all().without(&others), whole);
    }

    #[test]
    fn definitions_are_told_apart_by_identity() {
        let (a, b) = (StructDefinition::new("A", Vec::new()), StructDefinition::new("A", Vec::new()));
        let (a, b) = (StructSet::of(Instance::whole(&a)), StructSet::of(Instance::whole(&b)));
        assert!(a.intersection(&b).is_never());
        assert_eq!(a.union(&b).to_string(), "A | A");
    }
}
