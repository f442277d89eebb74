//! The lesser and the greater of two numbers.

use super::{arithmetic::neg, integers, interval, pairs};
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet, is_integer};

pub(super) fn max(a: &NumberSet, b: &NumberSet) -> Result<NumberSet> {
    Ok(neg(&min(&neg(a), &neg(b))?))
}

pub(super) fn min(a: &NumberSet, b: &NumberSet) -> Result<NumberSet> {
    pairs(a, b, |a, b| match (a, b) {
        (Item::Literal(x), _) | (_, Item::Literal(x)) if x.is_nan() => Ok(NumberSet::literal(x)),
        (Item::Literal(x), Item::Literal(y)) => Ok(NumberSet::literal(x.min(y))),
        (Item::Literal(x), other) | (other, Item::Literal(x)) => min_literal(x, other),
        (Item::All, Item::All) => Ok(NumberSet::all()),
        (Item::All, other) | (other, Item::All) => {
            Ok(interval(f64::NEG_INFINITY, other.max(), false, !other.includes_max())?
                .union(&NumberSet::literal(f64::NAN)))
        }
        _ => min_ranges(a, b),
    })
}

fn min_literal(x: f64, other: Item) -> Result<NumberSet> {
    let literal = NumberSet::literal(x);
    if x == f64::INFINITY {
        return Ok(other.into());
    }
    if let Item::All = other {
        return Ok(interval(f64::NEG_INFINITY, x, false, false)?.union(&NumberSet::literal(f64::NAN)));
    }
    if x <= other.min() {
        return Ok(literal);
    }
    if other.max() <= x {
        return Ok(other.into());
    }
    let (low, whole) = (other.min(), x.floor());
    match other {
        Item::Integers { .. } => Ok(integers(low, whole)?.union(&literal)),
        Item::NonIntegers { .. } if whole == x => Ok(non_integers(low, whole)?.union(&literal)),
        Item::NonIntegers { .. } if whole == low => interval(low, x, true, false),
        Item::NonIntegers { .. } => Ok(non_integers(low, whole)?.union(&interval(whole, x, true, false)?)),
        _ => interval(low, x, !other.includes_min(), false),
    }
}

fn non_integers(min: f64, max: f64) -> Result<NumberSet> {
    if min == max { Ok(NumberSet::never()) } else { NumberSet::non_integers(min, max) }
}

fn min_ranges(a: Item, b: Item) -> Result<NumberSet> {
    if a.max() <= b.min() {
        return Ok(a.into());
    }
    if b.max() <= a.min() {
        return Ok(b.into());
    }
    let (high, high_exclusive) = if a.max() == b.max() {
        (a.max(), !a.includes_max() || !b.includes_max())
    } else {
        let lower = if a.max() < b.max() { a } else { b };
        (lower.max(), !lower.includes_max())
    };
    let up_from = |low: f64, exclusive: bool| interval(low, high, exclusive, high_exclusive);
    match (a, b) {
        (Item::Integers { .. }, Item::Integers { .. }) => integers(a.min().min(b.min()), high),
        (Item::NonIntegers { .. }, Item::NonIntegers { .. }) => non_integers(a.min().min(b.min()), high),
        (Item::Interval { .. }, Item::Interval { .. }) => {
            let low = a.min().min(b.min());
            up_from(low, !a.contains(low) && !b.contains(low))
        }
        (run @ Item::Integers { .. }, gaps @ Item::NonIntegers { .. })
        | (gaps @ Item::NonIntegers { .. }, run @ Item::Integers { .. }) => {
            if gaps.min() < run.min() {
                Ok(non_integers(gaps.min(), run.min())?.union(&up_from(run.min(), false)?))
            } else if gaps.min().is_infinite() {
                up_from(gaps.min(), true)
            } else {
                Ok(integers(run.min(), gaps.min())?.union(&up_from(gaps.min(), false)?))
            }
        }
        (run @ Item::Integers { .. }, range @ Item::Interval { .. })
        | (range @ Item::Interval { .. }, run @ Item::Integers { .. }) => {
            let low = range.min();
            if low <= run.min() {
                up_from(low, !range.contains(low) && !run.contains(low))
            } else {
                Ok(integers(run.min(), low.floor())?.union(&up_from(low, !range.includes_min())?))
            }
        }
        (gaps @ Item::NonIntegers { .. }, range) | (range, gaps) => {
            let low = range.min();
            if low <= gaps.min() {
                up_from(low, !range.includes_min())
            } else if is_integer(low) {
                Ok(non_integers(gaps.min(), low)?.union(&up_from(low, !range.includes_min())?))
            } else {
                Ok(non_integers(gaps.min(), low.floor())?.union(&up_from(low.floor(), true)?))
            }
        }
    }
}
