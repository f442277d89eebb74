//! The parts a set of numbers is printed as.

use std::cmp::Ordering;
use std::fmt;

use super::{NumberSet, has_integers, is_integer};
use crate::decimal::number_text;

/// A part of a [`NumberSet`].
#[derive(Clone, Copy, Debug)]
pub enum NumberItem {
    /// Every number, nan included.
    All,
    /// A single number, nan or an infinity.
    Literal(f64),
    /// The integers from `min` to `max`; infinities are not among them.
    Integers {
        /// The least integer, or -inf.
        min: f64,
        /// The greatest integer, or inf.
        max: f64,
    },
    /// The numbers between two integers or infinities that are not integers.
    NonIntegers {
        /// The lower end, not a member.
        min: f64,
        /// The upper end, not a member.
        max: f64,
    },
    /// All real numbers between two ends, infinite ends included if not exclusive.
    Interval {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
        /// Whether the lower end is missing.
        min_exclusive: bool,
        /// Whether the upper end is missing.
        max_exclusive: bool,
    },
}

impl NumberItem {
    /// The lower end; -inf for everything, nan for nan.
    pub fn min(self) -> f64 {
        match self {
            NumberItem::All => f64::NEG_INFINITY,
            NumberItem::Literal(n) => n,
            NumberItem::Integers { min, .. }
            | NumberItem::NonIntegers { min, .. }
            | NumberItem::Interval { min, .. } => min,
        }
    }

    /// The upper end; inf for everything, nan for nan.
    pub fn max(self) -> f64 {
        match self {
            NumberItem::All => f64::INFINITY,
            NumberItem::Literal(n) => n,
            NumberItem::Integers { max, .. }
            | NumberItem::NonIntegers { max, .. }
            | NumberItem::Interval { max, .. } => max,
        }
    }

    /// Whether the lower end is a member.
    pub fn includes_min(self) -> bool {
        match self {
            NumberItem::All | NumberItem::Literal(_) => true,
            NumberItem::Integers { min, .. } => min.is_finite(),
            NumberItem::NonIntegers { .. } => false,
            NumberItem::Interval { min_exclusive, .. } => !min_exclusive,
        }
    }

    /// Whether the upper end is a member.
    pub fn includes_max(self) -> bool {
        match self {
            NumberItem::All | NumberItem::Literal(_) => true,
            NumberItem::Integers { max, .. } => max.is_finite(),
            NumberItem::NonIntegers { .. } => false,
            NumberItem::Interval { max_exclusive, .. } => !max_exclusive,
        }
    }

    /// Whether `n` is a member.
    pub fn contains(self, n: f64) -> bool {
        if n.is_nan() {
            return match self {
                NumberItem::All => true,
                NumberItem::Literal(literal) => literal.is_nan(),
                _ => false,
            };
        }
        let above = n > self.min() || (n == self.min() && self.includes_min());
        let below = n < self.max() || (n == self.max() && self.includes_max());
        above
            && below
            && match self {
                NumberItem::Integers { .. } => is_integer(n),
                NumberItem::NonIntegers { .. } => n.fract() != 0.0,
                _ => true,
            }
    }

    /// The integers of a run short enough for Navi to look at each of them.
    pub(crate) fn small_integers(self) -> Option<Vec<f64>> {
        match self {
            NumberItem::Integers { min, max } if max - min <= 10.0 => {
                // Beyond 2^53 `min + 2` and `min + 1` can be the same float.
                let mut integers: Vec<f64> = (0..=(max - min) as u32).map(|step| min + f64::from(step)).collect();
                integers.dedup();
                Some(integers)
            }
            _ => None,
        }
    }

    /// Literals before integers before non-integers before intervals.
    fn rank(self) -> u8 {
        match self {
            NumberItem::Literal(_) => 0,
            NumberItem::Integers { .. } => 1,
            NumberItem::NonIntegers { .. } => 2,
            NumberItem::Interval { .. } => 3,
            NumberItem::All => 4,
        }
    }

    fn order(self, other: NumberItem) -> Ordering {
        // Positive nan is greater than everything in this order.
        let key = |n: f64| if n.is_nan() { f64::NAN.abs() } else { n };
        key(self.min())
            .total_cmp(&key(other.min()))
            .then(self.rank().cmp(&other.rank()))
            .then(key(self.max()).total_cmp(&key(other.max())))
    }
}

/// nan is equal to itself here: items are parts of sets.
impl PartialEq for NumberItem {
    fn eq(&self, other: &NumberItem) -> bool {
        self.rank() == other.rank()
            && self.order(*other) == Ordering::Equal
            && self.includes_min() == other.includes_min()
            && self.includes_max() == other.includes_max()
    }
}

impl fmt::Display for NumberItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (min, max) = (number_text(self.min()), number_text(self.max()));
        match self {
            NumberItem::All => f.write_str("number"),
            NumberItem::Literal(_) => f.write_str(&min),
            NumberItem::Integers { .. } => write!(f, "int({min}..{max})"),
            NumberItem::NonIntegers { .. } => write!(f, "nonInt({min}..{max})"),
            NumberItem::Interval { min_exclusive, max_exclusive, .. } => {
                let left = if *min_exclusive { "!" } else { "" };
                let right = if *max_exclusive { "!" } else { "" };
                write!(f, "{min}{left}..{right}{max}")
            }
        }
    }
}

/// The parts of a set, in printing order.
pub(super) fn items(set: &NumberSet) -> Vec<NumberItem> {
    let mut walk = Walk::default();
    let mut left = f64::NEG_INFINITY;
    // The component that reaches the point `left`, which is then a member.
    let mut open = set.negative_infinity.then_some((left, false));

    for (index, gap) in set.gaps.iter().enumerate() {
        let (right, right_member) =
            set.cuts.get(index).map_or((f64::INFINITY, set.positive_infinity), |cut| (cut.at, cut.member));
        let has_integers = has_integers(left, right);

        if gap.others && (gap.integers || !has_integers) {
            open = Some(open.unwrap_or((left, true)));
        } else if gap.others {
            // The integers are missing, so the gap falls apart into (left, n), unit gaps, and (m, right).
            let first = if left.is_finite() { left.floor() + 1.0 } else { left };
            let last = if right.is_finite() { right.ceil() - 1.0 } else { right };
            if left.is_finite() {
                let (min, exclusive) = open.unwrap_or((left, true));
                walk.component(min, exclusive, first, true);
            } else if let Some((min, exclusive)) = open {
                walk.component(min, exclusive, left, false);
            }
            if first < last {
                walk.unit_gaps(first, last);
            }
            open = right.is_finite().then_some((last, true));
        } else {
            if let Some((min, exclusive)) = open {
                walk.component(min, exclusive, left, false);
            }
            if gap.integers && has_integers {
                walk.integers_between(left, right);
            }
            open = None;
        }

        // On to the point at the right of the gap.
        open = match (open, right_member) {
            (Some(component), true) => Some(component),
            (Some((min, exclusive)), false) => {
                walk.component(min, exclusive, right, true);
                None
            }
            (None, true) => Some((right, false)),
            (None, false) => None,
        };
        left = right;
    }
    if let Some((min, exclusive)) = open {
        walk.component(min, exclusive, left, false);
    }
    walk.finish(set.nan)
}

/// Collects connected components from left to right.
#[derive(Default)]
struct Walk {
    integers: Vec<Integers>,
    unit_gaps: Vec<(f64, f64)>,
    rest: Vec<NumberItem>,
}

enum Integers {
    One(f64),
    /// All integers strictly between two cuts.
    Between(f64, f64),
}

impl Walk {
    fn component(&mut self, min: f64, min_exclusive: bool, max: f64, max_exclusive: bool) {
        if min == max {
            if is_integer(min) {
                self.integers.push(Integers::One(min));
            } else {
                self.rest.push(NumberItem::Literal(min));
            }
        } else if min_exclusive && max_exclusive && is_integer(min) && max == min + 1.0 {
            self.unit_gaps(min, max);
        } else {
            self.rest.push(NumberItem::Interval { min, max, min_exclusive, max_exclusive });
        }
    }

    fn unit_gaps(&mut self, min: f64, max: f64) {
        match self.unit_gaps.last_mut() {
            Some((_, end)) if *end == min => *end = max,
            _ => self.unit_gaps.push((min, max)),
        }
    }

    fn integers_between(&mut self, min: f64, max: f64) {
        self.integers.push(Integers::Between(min, max));
    }

    fn finish(self, nan: bool) -> Vec<NumberItem> {
        if let (true, [], [], [NumberItem::Interval { min, max, min_exclusive: false, max_exclusive: false }]) =
            (nan, &self.integers[..], &self.unit_gaps[..], &self.rest[..])
            && min.is_infinite()
            && max.is_infinite()
        {
            return vec![NumberItem::All];
        }
        let mut items = self.rest;
        items.extend(runs(&self.integers));
        items.extend(self.unit_gaps.into_iter().map(|(min, max)| NumberItem::NonIntegers { min, max }));
        if nan {
            items.push(NumberItem::Literal(f64::NAN));
        }
        items.sort_by(|a, b| a.order(*b));
        items
    }
}

/// Joins consecutive integers.
fn runs(integers: &[Integers]) -> Vec<NumberItem> {
    let mut runs: Vec<(f64, f64)> = Vec::new();
    // The cut the last run was followed up to: its integer, if a member, continues the run whatever `+ 1` says.
    let mut followed_to = f64::NAN;
    for piece in integers {
        let (start, end, touches) = match *piece {
            Integers::One(n) => (n, n, n == followed_to),
            Integers::Between(min, max) => {
                let start = if min.is_finite() { min.floor() + 1.0 } else { min };
                let end = if max.is_finite() { max.ceil() - 1.0 } else { max };
                (start, end, runs.last().is_some_and(|(_, last)| *last == min))
            }
        };
        match runs.last_mut() {
            Some((_, last)) if touches || (*last + 1.0 == start && *last < start) => *last = end,
            _ => runs.push((start, end)),
        }
        followed_to = match *piece {
            Integers::One(_) => f64::NAN,
            Integers::Between(_, max) => max,
        };
    }
    runs.into_iter()
        .map(|(min, max)| if min == max { NumberItem::Literal(min) } else { NumberItem::Integers { min, max } })
        .collect()
}
