//! Types: sets of numbers, strings and structs.

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::error::Result;
use crate::numbers::{NumberItem, NumberSet};
use crate::strings::{StringItem, StringSet};
use crate::structs::{Instance, StructDefinition, StructSet, truth};
use crate::text::Text;

/// A set of values: of numbers, strings and structs, each part independent of the others.
///
/// Printed canonically: two types are equal if and only if they print alike.
///
/// ```
/// use chainner_navi::Type;
///
/// let small = Type::integers(0.0, 5.0)?;
/// let half = Type::interval(0.5, 2.5)?;
/// assert_eq!(small.union(&half).to_string(), "0 | 0.5..2.5 | int(3..5)");
/// assert_eq!(small.intersection(&half).to_string(), "int(1..2)");
/// assert!(Type::number(3.0).is_subset_of(&small));
/// # Ok::<(), chainner_navi::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Type(Arc<Parts>);

#[derive(Clone, Debug, PartialEq)]
struct Parts {
    numbers: NumberSet,
    strings: StringSet,
    structs: StructSet,
}

static NEVER: LazyLock<Type> = LazyLock::new(|| Type::of(NumberSet::never(), StringSet::never(), StructSet::never()));
static ANY: LazyLock<Type> = LazyLock::new(|| Type::of(NumberSet::all(), StringSet::all(), StructSet::all()));

impl Type {
    /// The type of these three parts.
    pub fn of(numbers: NumberSet, strings: StringSet, structs: StructSet) -> Type {
        Type(Arc::new(Parts { numbers, strings, structs }))
    }

    /// No value.
    pub fn never() -> Type {
        NEVER.clone()
    }

    /// Every value.
    pub fn any() -> Type {
        ANY.clone()
    }

    /// One number.
    pub fn number(n: f64) -> Type {
        NumberSet::literal(n).into()
    }

    /// All numbers.
    pub fn all_numbers() -> Type {
        NumberSet::all().into()
    }

    /// The integers from `min` to `max`, which may be infinite.
    ///
    /// # Errors
    ///
    /// See [`NumberSet::integers`].
    pub fn integers(min: f64, max: f64) -> Result<Type> {
        NumberSet::integers(min, max).map(Type::from)
    }

    /// The numbers from `min` to `max`, both included.
    ///
    /// # Errors
    ///
    /// See [`NumberSet::interval`].
    pub fn interval(min: f64, max: f64) -> Result<Type> {
        NumberSet::interval(min, max, false, false).map(Type::from)
    }

    /// One string.
    pub fn string(text: impl Into<Text>) -> Type {
        StringSet::literal(text).into()
    }

    /// All strings.
    pub fn all_strings() -> Type {
        StringSet::all().into()
    }

    /// All structs.
    pub fn all_structs() -> Type {
        StructSet::all().into()
    }

    /// The struct `true` or `false`.
    pub fn boolean(value: bool) -> Type {
        Type::whole(&truth(value))
    }

    /// All values of a struct.
    pub fn whole(definition: &Arc<StructDefinition>) -> Type {
        Instance::whole(definition).into()
    }

    /// The number part.
    pub fn numbers(&self) -> &NumberSet {
        &self.0.numbers
    }

    /// The string part.
    pub fn strings(&self) -> &StringSet {
        &self.0.strings
    }

    /// The struct part.
    pub fn structs(&self) -> &StructSet {
        &self.0.structs
    }

    /// Whether the type has no value.
    pub fn is_never(&self) -> bool {
        self.0.numbers.is_never() && self.0.strings.is_never() && self.0.structs.is_never()
    }

    /// Whether the type has every value.
    pub fn is_any(&self) -> bool {
        self.0.numbers.is_all() && self.0.strings.is_all() && self.0.structs.is_all()
    }

    /// All values of both.
    pub fn union(&self, other: &Type) -> Type {
        Type::of(
            self.numbers().union(other.numbers()),
            self.strings().union(other.strings()),
            self.structs().union(other.structs()),
        )
    }

    /// The values of both.
    pub fn intersection(&self, other: &Type) -> Type {
        Type::of(
            self.numbers().intersection(other.numbers()),
            self.strings().intersection(other.strings()),
            self.structs().intersection(other.structs()),
        )
    }

    /// The values that are not of the other type.
    ///
    /// Exact for numbers and strings; of structs more can remain, see [`StructSet::without`].
    pub fn without(&self, other: &Type) -> Type {
        Type::of(
            self.numbers().without(other.numbers()),
            self.strings().without(other.strings()),
            self.structs().without(other.structs()),
        )
    }

    /// Whether every value is of the other type.
    pub fn is_subset_of(&self, other: &Type) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.intersection(other) == *self
    }

    /// Whether no value is of the other type.
    pub fn is_disjoint_from(&self, other: &Type) -> bool {
        self.intersection(other).is_never()
    }

    /// The string, if the type is a single one.
    pub fn as_string(&self) -> Option<&Text> {
        match self.strings() {
            StringSet::Only(strings) if self.numbers().is_never() && self.structs().is_never() => {
                let mut strings = strings.iter();
                strings.next().filter(|_| strings.next().is_none())
            }
            _ => None,
        }
    }

    /// The number, if the type is a single one.
    pub fn as_number(&self) -> Option<f64> {
        match self.numbers().items()[..] {
            [NumberItem::Literal(n)] if self.strings().is_never() && self.structs().is_never() => Some(n),
            _ => None,
        }
    }

    /// The instance, if the type is a single one.
    pub fn as_instance(&self) -> Option<&Instance> {
        match self.structs().instances() {
            [instance]
                if self.structs().all_except().is_none() && self.numbers().is_never() && self.strings().is_never() =>
            {
                Some(instance)
            }
            _ => None,
        }
    }

    /// The parts that are printed between `|`, each as a type of its own.
    pub fn items(&self) -> Vec<Type> {
        let mut items: Vec<Type> =
            self.numbers().items().into_iter().map(|item| NumberSet::from(item).into()).collect();
        items.extend(self.strings().items().into_iter().map(|item| {
            Type::from(match item {
                StringItem::Literal(text) => StringSet::literal(text),
                StringItem::Except(strings) => StringSet::Except(strings),
            })
        }));
        items.extend(self.struct_items());
        items
    }

    /// The struct part's instances and rest, each as a type of its own.
    pub(crate) fn struct_items(&self) -> Vec<Type> {
        let structs = self.structs();
        let mut items: Vec<Type> = structs.instances().iter().cloned().map(Type::from).collect();
        if structs.all_except().is_some() {
            // An exception's instance is an item of its own; without it the rest is what is left.
            items.push(structs.without(&structs.named()).into());
        }
        items
    }

    /// The number of values: `inf` for infinitely many.
    pub(crate) fn count(&self) -> f64 {
        let numbers = self.numbers().items().into_iter().map(|item| match item {
            NumberItem::Literal(_) => 1.0,
            NumberItem::Integers { min, max } => max - min + 1.0,
            _ => f64::INFINITY,
        });
        let strings = match self.strings() {
            StringSet::Only(strings) => strings.len() as f64,
            StringSet::Except(_) => f64::INFINITY,
        };
        let instances = self.structs().instances().iter();
        let structs: f64 = instances.map(|i| i.fields().map(|(_, field)| field.count()).product::<f64>()).sum();
        let others = if self.structs().all_except().is_some() { f64::INFINITY } else { 0.0 };
        numbers.sum::<f64>() + strings + structs + others
    }
}

impl From<NumberSet> for Type {
    fn from(numbers: NumberSet) -> Type {
        Type::of(numbers, StringSet::never(), StructSet::never())
    }
}

impl From<StringSet> for Type {
    fn from(strings: StringSet) -> Type {
        Type::of(NumberSet::never(), strings, StructSet::never())
    }
}

impl From<StructSet> for Type {
    fn from(structs: StructSet) -> Type {
        Type::of(NumberSet::never(), StringSet::never(), structs)
    }
}

impl From<Instance> for Type {
    fn from(instance: Instance) -> Type {
        StructSet::of(instance).into()
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_any() {
            return f.write_str("any");
        }
        if self.is_never() {
            return f.write_str("never");
        }
        let parts: [(&dyn fmt::Display, bool); 3] = [
            (self.numbers(), self.numbers().is_never()),
            (self.strings(), self.strings().is_never()),
            (self.structs(), self.structs().is_never()),
        ];
        let mut or = "";
        for (part, _) in parts.iter().filter(|(_, is_never)| !is_never) {
            write!(f, "{or}{part}")?;
            or = " | ";
        }
        Ok(())
    }
}
