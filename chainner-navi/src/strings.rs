//! Sets of strings.

use std::collections::BTreeSet;
use std::fmt;

use crate::text::Text;

/// A set of strings: finitely many, or all but finitely many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringSet {
    /// These strings.
    Only(BTreeSet<Text>),
    /// All other strings.
    Except(BTreeSet<Text>),
}

/// A part of a [`StringSet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringItem {
    /// A single string.
    Literal(Text),
    /// All strings but these, which may be none.
    Except(BTreeSet<Text>),
}

impl StringSet {
    /// No string.
    pub fn never() -> StringSet {
        StringSet::Only(BTreeSet::new())
    }

    /// All strings.
    pub fn all() -> StringSet {
        StringSet::Except(BTreeSet::new())
    }

    /// One string.
    pub fn literal(text: impl Into<Text>) -> StringSet {
        StringSet::Only(BTreeSet::from([text.into()]))
    }

    /// Whether there is no string in the set.
    pub fn is_never(&self) -> bool {
        matches!(self, StringSet::Only(strings) if strings.is_empty())
    }

    /// Whether every string is in the set.
    pub fn is_all(&self) -> bool {
        matches!(self, StringSet::Except(strings) if strings.is_empty())
    }

    /// Whether `text` is a member.
    pub fn contains(&self, text: &Text) -> bool {
        match self {
            StringSet::Only(strings) => strings.contains(text),
            StringSet::Except(strings) => !strings.contains(text),
        }
    }

    /// All strings of both sets.
    pub fn union(&self, other: &StringSet) -> StringSet {
        use StringSet::{Except, Only};
        match (self, other) {
            (Only(a), Only(b)) => Only(a | b),
            (Only(only), Except(except)) | (Except(except), Only(only)) => Except(except - only),
            (Except(a), Except(b)) => Except(a & b),
        }
    }

    /// The strings in both sets.
    pub fn intersection(&self, other: &StringSet) -> StringSet {
        use StringSet::{Except, Only};
        match (self, other) {
            (Only(a), Only(b)) => Only(a & b),
            (Only(only), Except(except)) | (Except(except), Only(only)) => Only(only - except),
            (Except(a), Except(b)) => Except(a | b),
        }
    }

    /// The strings that are not in the other set.
    pub fn without(&self, other: &StringSet) -> StringSet {
        self.intersection(&other.complement())
    }

    /// All other strings.
    pub fn complement(&self) -> StringSet {
        match self {
            StringSet::Only(strings) => StringSet::Except(strings.clone()),
            StringSet::Except(strings) => StringSet::Only(strings.clone()),
        }
    }

    /// The parts: every literal, or one part for all but some.
    pub fn items(&self) -> Vec<StringItem> {
        match self {
            StringSet::Only(strings) => strings.iter().cloned().map(StringItem::Literal).collect(),
            StringSet::Except(strings) => vec![StringItem::Except(strings.clone())],
        }
    }
}

impl fmt::Display for StringSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |strings: &BTreeSet<Text>| strings.iter().map(Text::to_string).collect::<Vec<_>>().join(" | ");
        match self {
            StringSet::Only(strings) if strings.is_empty() => f.write_str("never"),
            StringSet::Only(strings) => f.write_str(&join(strings)),
            StringSet::Except(strings) if strings.is_empty() => f.write_str("string"),
            StringSet::Except(strings) => write!(f, "invStrSet({})", join(strings)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_some_strings_are_exact_too() {
        let a = StringSet::literal("a");
        let b = StringSet::literal("b");
        let not_a = a.complement();
        assert_eq!(not_a.union(&b.complement()), StringSet::all());
        assert_eq!(not_a.intersection(&b.complement()).to_string(), "invStrSet(\"a\" | \"b\")");
        assert_eq!(not_a.union(&a), StringSet::all());
        assert_eq!(not_a.without(&b.complement()), b);
        assert_eq!(b.union(&a).to_string(), "\"a\" | \"b\"");
        assert!(a.without(&a).is_never());
    }
}
