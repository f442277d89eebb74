//! Sets of numbers.
//!
//! The line is cut at finitely many numbers. For every cut the set knows whether it is a member, for every open gap
//! between two cuts whether its integers and whether its other numbers are. Every set Navi can write has that form, and
//! union, intersection and difference stay exact.

mod item;

use std::fmt;

pub use item::NumberItem;

use crate::error::{Error, ErrorKind, Result};

/// A set of 64-bit floats: single values, intervals, their integers, their other numbers, infinities and nan.
///
/// -0 and 0 are one value.
#[derive(Clone, Debug)]
pub struct NumberSet {
    nan: bool,
    negative_infinity: bool,
    positive_infinity: bool,
    /// Finite numbers, ascending.
    cuts: Vec<Cut>,
    /// The open gaps between the cuts, one more than there are cuts.
    gaps: Vec<Gap>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    at: f64,
    member: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    integers: bool,
    others: bool,
}

impl Gap {
    const EMPTY: Gap = Gap { integers: false, others: false };
    const FULL: Gap = Gap { integers: true, others: true };

    fn contains(self, n: f64) -> bool {
        if is_integer(n) { self.integers } else { self.others }
    }
}

impl NumberSet {
    /// No number.
    pub fn never() -> NumberSet {
        NumberSet {
            nan: false,
            negative_infinity: false,
            positive_infinity: false,
            cuts: Vec::new(),
            gaps: vec![Gap::EMPTY],
        }
    }

    /// All numbers, infinities and nan included.
    pub fn all() -> NumberSet {
        NumberSet {
            nan: true,
            negative_infinity: true,
            positive_infinity: true,
            cuts: Vec::new(),
            gaps: vec![Gap::FULL],
        }
    }

    /// One number.
    pub fn literal(n: f64) -> NumberSet {
        let mut set = NumberSet::never();
        if n.is_nan() {
            set.nan = true;
        } else if n == f64::INFINITY {
            set.positive_infinity = true;
        } else if n == f64::NEG_INFINITY {
            set.negative_infinity = true;
        } else {
            // The sum turns -0 into 0.
            set.cuts.push(Cut { at: n + 0.0, member: true });
            set.gaps.push(Gap::EMPTY);
        }
        set
    }

    /// The integers from `min` to `max`, both included unless infinite.
    ///
    /// # Errors
    ///
    /// Both ends must be integers, or the infinity on their side, and `min < max`.
    pub fn integers(min: f64, max: f64) -> Result<NumberSet> {
        check_integer_ends(min, max)?;
        Ok(NumberSet::span(min, max, Gap { integers: true, others: false }, true))
    }

    /// The numbers between `min` and `max` that are not integers.
    ///
    /// # Errors
    ///
    /// As for [`integers`](NumberSet::integers).
    pub fn non_integers(min: f64, max: f64) -> Result<NumberSet> {
        check_integer_ends(min, max)?;
        Ok(NumberSet::span(min, max, Gap { integers: false, others: true }, false))
    }

    /// The numbers from `min` to `max`; an end belongs to the set unless it is exclusive.
    ///
    /// # Errors
    ///
    /// `min < max` must be true.
    pub fn interval(min: f64, max: f64, min_exclusive: bool, max_exclusive: bool) -> Result<NumberSet> {
        check_ends(min, max)?;
        let mut set = NumberSet::span(min, max, Gap::FULL, false);
        if !min_exclusive {
            set = set.union(&NumberSet::literal(min));
        }
        if !max_exclusive {
            set = set.union(&NumberSet::literal(max));
        }
        Ok(set)
    }

    /// The gap between two ends, and the ends themselves where they are finite and `closed`.
    fn span(min: f64, max: f64, gap: Gap, closed: bool) -> NumberSet {
        let mut set = NumberSet::never();
        set.gaps.clear();
        if min.is_finite() {
            set.gaps.push(Gap::EMPTY);
            set.cuts.push(Cut { at: min + 0.0, member: closed });
        }
        set.gaps.push(gap);
        if max.is_finite() {
            set.cuts.push(Cut { at: max + 0.0, member: closed });
            set.gaps.push(Gap::EMPTY);
        }
        set
    }

    /// Whether there is no number in the set.
    pub fn is_never(&self) -> bool {
        !self.nan
            && !self.negative_infinity
            && !self.positive_infinity
            && !self.cuts.iter().any(|cut| cut.member)
            && !self.spaces().any(|(gap, has_integers)| gap.others || (gap.integers && has_integers))
    }

    /// Whether every number, infinities and nan included, is in the set.
    pub fn is_all(&self) -> bool {
        self.nan
            && self.negative_infinity
            && self.positive_infinity
            && self.cuts.iter().all(|cut| cut.member)
            && self.spaces().all(|(gap, has_integers)| gap.others && (gap.integers || !has_integers))
    }

    /// The gaps, and whether there are integers in them.
    fn spaces(&self) -> impl Iterator<Item = (Gap, bool)> {
        self.gaps.iter().enumerate().map(|(index, gap)| {
            let left = index.checked_sub(1).map_or(f64::NEG_INFINITY, |left| self.cuts[left].at);
            let right = self.cuts.get(index).map_or(f64::INFINITY, |right| right.at);
            (*gap, has_integers(left, right))
        })
    }

    /// Whether `n` is a member.
    pub fn contains(&self, n: f64) -> bool {
        if n.is_nan() {
            self.nan
        } else if n == f64::INFINITY {
            self.positive_infinity
        } else if n == f64::NEG_INFINITY {
            self.negative_infinity
        } else {
            let index = self.cuts.partition_point(|cut| cut.at < n);
            match self.cuts.get(index) {
                Some(cut) if cut.at == n => cut.member,
                _ => self.gaps[index].contains(n),
            }
        }
    }

    /// All numbers of both sets.
    pub fn union(&self, other: &NumberSet) -> NumberSet {
        self.combine(other, |a, b| a || b)
    }

    /// The numbers in both sets.
    pub fn intersection(&self, other: &NumberSet) -> NumberSet {
        self.combine(other, |a, b| a && b)
    }

    /// The numbers that are not in the other set.
    pub fn without(&self, other: &NumberSet) -> NumberSet {
        self.combine(other, |a, b| a && !b)
    }

    /// The union of many sets.
    pub fn union_of(mut sets: Vec<NumberSet>) -> NumberSet {
        // Pairwise, so that many small sets do not take quadratic time.
        while sets.len() > 1 {
            sets = sets.chunks(2).map(|pair| pair[1..].iter().fold(pair[0].clone(), |a, b| a.union(b))).collect();
        }
        sets.pop().unwrap_or_else(NumberSet::never)
    }

    fn combine(&self, other: &NumberSet, op: fn(bool, bool) -> bool) -> NumberSet {
        let (mut i, mut j) = (0, 0);
        let mut cuts = Vec::with_capacity(self.cuts.len() + other.cuts.len());
        let mut gaps = Vec::with_capacity(cuts.capacity() + 1);
        loop {
            let (a, b) = (self.gaps[i], other.gaps[j]);
            gaps.push(Gap { integers: op(a.integers, b.integers), others: op(a.others, b.others) });
            let at = match (self.cuts.get(i), other.cuts.get(j)) {
                (Some(a), Some(b)) => a.at.min(b.at),
                (Some(cut), None) | (None, Some(cut)) => cut.at,
                (None, None) => break,
            };
            let member = |set: &NumberSet, index: &mut usize| match set.cuts.get(*index) {
                Some(cut) if cut.at == at => {
                    *index += 1;
                    cut.member
                }
                _ => set.gaps[*index].contains(at),
            };
            let (a, b) = (member(self, &mut i), member(other, &mut j));
            cuts.push(Cut { at, member: op(a, b) });
        }
        let mut set = NumberSet {
            nan: op(self.nan, other.nan),
            negative_infinity: op(self.negative_infinity, other.negative_infinity),
            positive_infinity: op(self.positive_infinity, other.positive_infinity),
            cuts,
            gaps,
        };
        set.drop_needless_cuts();
        set
    }

    /// Removes cuts that cut nothing: the numbers on both sides and the cut itself are treated alike.
    fn drop_needless_cuts(&mut self) {
        let mut cuts: Vec<Cut> = Vec::with_capacity(self.cuts.len());
        let mut gaps = vec![self.gaps[0]];
        for (index, &cut) in self.cuts.iter().enumerate() {
            let left_end = cuts.last().map_or(f64::NEG_INFINITY, |cut| cut.at);
            let right_end = self.cuts.get(index + 1).map_or(f64::INFINITY, |cut| cut.at);
            let (left, right) = (gaps[gaps.len() - 1], self.gaps[index + 1]);

            let mut integers = Vec::with_capacity(3);
            integers.extend(has_integers(left_end, cut.at).then_some(left.integers));
            integers.extend(has_integers(cut.at, right_end).then_some(right.integers));
            let mut others = vec![left.others, right.others];
            if is_integer(cut.at) { &mut integers } else { &mut others }.push(cut.member);

            let alike = |flags: &[bool]| flags.windows(2).all(|pair| pair[0] == pair[1]);
            if alike(&integers) && alike(&others) {
                let merged = Gap { integers: integers.first().copied().unwrap_or(false), others: left.others };
                let last = gaps.len() - 1;
                gaps[last] = merged;
            } else {
                cuts.push(cut);
                gaps.push(right);
            }
        }
        self.cuts = cuts;
        self.gaps = gaps;
    }

    /// The parts of the set in the order Navi prints them: none for the empty set, [`NumberItem::All`] alone for the
    /// full one.
    pub fn items(&self) -> Vec<NumberItem> {
        item::items(self)
    }
}

/// Two sets are equal if they have the same members.
impl PartialEq for NumberSet {
    fn eq(&self, other: &NumberSet) -> bool {
        self.nan == other.nan && self.items() == other.items()
    }
}

impl From<NumberItem> for NumberSet {
    fn from(item: NumberItem) -> NumberSet {
        match item {
            NumberItem::All => NumberSet::all(),
            NumberItem::Literal(n) => NumberSet::literal(n),
            NumberItem::Integers { min, max } => NumberSet::span(min, max, Gap { integers: true, others: false }, true),
            NumberItem::NonIntegers { min, max } => {
                NumberSet::span(min, max, Gap { integers: false, others: true }, false)
            }
            NumberItem::Interval { min, max, min_exclusive, max_exclusive } => {
                let mut set = NumberSet::span(min, max, Gap::FULL, false);
                for end in [(!min_exclusive).then_some(min), (!max_exclusive).then_some(max)].into_iter().flatten() {
                    set = set.union(&NumberSet::literal(end));
                }
                set
            }
        }
    }
}

impl fmt::Display for NumberSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items = self.items();
        if items.is_empty() {
            return f.write_str("never");
        }
        for (index, item) in items.iter().enumerate() {
            let or = if index == 0 { "" } else { " | " };
            write!(f, "{or}{item}")?;
        }
        Ok(())
    }
}

/// Whether `n` is a finite integer.
pub(crate) fn is_integer(n: f64) -> bool {
    n.is_finite() && n.fract() == 0.0
}

/// From here on every float is an integer, and adding 1 changes nothing.
const SPARSE: f64 = 9_007_199_254_740_992.0;

/// Whether an integer lies strictly between the ends.
fn has_integers(min: f64, max: f64) -> bool {
    if (-SPARSE..SPARSE).contains(&min) { min.floor() + 1.0 < max } else { min < max }
}

pub(crate) fn check_ends(min: f64, max: f64) -> Result<()> {
    let fail = |rule: &str| {
        let ends = format!("{}..{}", crate::decimal::number_text(min), crate::decimal::number_text(max));
        Err(Error::new(ErrorKind::Value, format!("there is no interval `{ends}`: {rule}")))
    };
    if min.is_nan() || max.is_nan() {
        return fail("an end cannot be nan");
    }
    if min >= max {
        return fail("the left end must be less than the right one");
    }
    Ok(())
}

pub(crate) fn check_integer_ends(min: f64, max: f64) -> Result<()> {
    if !min.is_nan() && !max.is_nan() {
        let whole = |end: f64, infinity: f64| is_integer(end) || end == infinity;
        if !whole(min, f64::NEG_INFINITY) || !whole(max, f64::INFINITY) {
            let ends = format!("{}..{}", crate::decimal::number_text(min), crate::decimal::number_text(max));
            let message = format!("the ends of `int({ends})` must be integers, or the infinity on their side");
            return Err(Error::new(ErrorKind::Value, message));
        }
    }
    check_ends(min, max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(min: f64, max: f64) -> NumberSet {
        NumberSet::integers(min, max).expect("integers")
    }

    fn non_int(min: f64, max: f64) -> NumberSet {
        NumberSet::non_integers(min, max).expect("non-integers")
    }

    fn real(min: f64, max: f64) -> NumberSet {
        NumberSet::interval(min, max, false, false).expect("interval")
    }

    fn one(n: f64) -> NumberSet {
        NumberSet::literal(n)
    }

    const INF: f64 = f64::INFINITY;

    #[test]
    fn unions_print_canonically() {
        for (a, b, text) in [
            (one(1.0), one(2.0), "int(1..2)"),
            (one(1.0), one(3.0), "1 | 3"),
            (int(0.0, 3.0), real(0.5, 2.5), "0 | 0.5..2.5 | 3"),
            (int(-INF, INF), non_int(-INF, INF), "-inf!..!inf"),
            (one(1.0).union(&one(2.0)), real(1.2, 1.8), "int(1..2) | 1.2..1.8"),
            (non_int(0.0, 3.0), one(0.0), "0..!1 | nonInt(1..3)"),
            (non_int(0.0, 3.0), real(3.0, 4.0), "nonInt(0..2) | 2!..4"),
            (non_int(0.0, 3.0), one(1.0).union(&one(2.0)), "0!..!3"),
            (int(0.0, INF), one(-1.0), "int(-1..inf)"),
            (one(9007199254740992.0), one(9007199254740994.0), "9007199254740992 | 9007199254740994"),
        ] {
            assert_eq!(a.union(&b).to_string(), text);
            assert_eq!(b.union(&a).to_string(), text);
        }
    }

    #[test]
    fn intersections_and_differences_are_exact() {
        assert_eq!(int(-INF, INF).intersection(&real(0.5, 2.5)).to_string(), "int(1..2)");
        assert_eq!(non_int(0.0, 3.0).intersection(&real(0.5, 2.5)).to_string(), "0.5..!1 | nonInt(1..2) | 2!..2.5");
        assert_eq!(NumberSet::all().without(&one(1.0)).to_string(), "-inf..!1 | 1!..inf | nan");
        assert_eq!(NumberSet::all().without(&int(-INF, INF)).to_string(), "-inf | nonInt(-inf..inf) | inf | nan");
        assert_eq!(real(0.0, 2.0).without(&int(-INF, INF)).to_string(), "nonInt(0..2)");
        assert_eq!(int(0.0, 5.0).without(&int(2.0, 3.0)).to_string(), "int(0..1) | int(4..5)");
        assert!(one(-0.0).without(&one(0.0)).is_never());
    }

    #[test]
    fn impossible_ends_are_errors() {
        for bad in [
            NumberSet::interval(1.0, 1.0, false, false),
            NumberSet::interval(f64::NAN, 1.0, false, false),
            NumberSet::integers(0.5, 2.0),
            NumberSet::integers(INF, INF),
            NumberSet::integers(3.0, 2.0),
        ] {
            assert_eq!(bad.map_err(|error| error.kind()), Err(ErrorKind::Value));
        }
    }
}
