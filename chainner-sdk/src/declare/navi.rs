//! Expressions of the host's type language, as text or in parts.

/// An expression of the host's type language.
///
/// The host takes text and parts alike; parts are what its own helper classes make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Navi {
    /// Source text, e.g. `Image { channels: 3 }`.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// Any of the items, written as a list.
    OneOf(&'static [Navi]),
    /// Any of the items.
    Union(&'static [Navi]),
    /// What belongs to each of the items.
    Intersection(&'static [Navi]),
    /// A struct by name, with the given fields narrowed.
    Named {
        /// Its name.
        name: &'static str,
        /// The fields.
        fields: &'static [(&'static str, Navi)],
    },
    /// A field of something.
    Field {
        /// Of what.
        of: &'static Navi,
        /// Name of the field.
        field: &'static str,
    },
    /// A call of a function.
    Call {
        /// Name of the function.
        name: &'static str,
        /// Its arguments.
        arguments: &'static [Navi],
    },
    /// What the first arm whose pattern fits gives.
    Match {
        /// Of what.
        of: &'static Navi,
        /// The arms, in order.
        arms: &'static [NaviArm],
    },
    /// Numbers between two ends, both inclusive.
    Interval {
        /// Least, if bounded.
        min: Option<f64>,
        /// Greatest, if bounded.
        max: Option<f64>,
        /// Whole numbers only.
        whole: bool,
    },
}

/// An arm of a [`Navi::Match`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NaviArm {
    /// What fits; `any` fits all.
    pub pattern: Navi,
    /// Name for what fits, in the arm's own expression.
    pub binding: Option<&'static str>,
    /// What it gives.
    pub to: Navi,
}
