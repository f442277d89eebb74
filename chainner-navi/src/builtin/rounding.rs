//! Rounding to integers.

use super::{arithmetic::neg, each, integers};
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet, is_integer};

/// Half towards inf, as JavaScript rounds.
pub(super) fn round(numbers: &NumberSet) -> Result<NumberSet> {
    let nearest = |n: f64| {
        let floor = n.floor();
        if n - floor >= 0.5 { floor + 1.0 } else { floor }
    };
    rounded(numbers, nearest, |end| end.is_finite() && end - end.floor() == 0.5)
}

pub(super) fn floor(numbers: &NumberSet) -> Result<NumberSet> {
    rounded(numbers, f64::floor, is_integer)
}

pub(super) fn ceil(numbers: &NumberSet) -> Result<NumberSet> {
    Ok(neg(&floor(&neg(numbers))?))
}

/// `jumps_at` tells whether the function takes another value just below a number than at it.
fn rounded(numbers: &NumberSet, f: fn(f64) -> f64, jumps_at: fn(f64) -> bool) -> Result<NumberSet> {
    each(numbers, |item| match item {
        Item::Literal(n) => Ok(NumberSet::literal(if n.is_finite() { f(n) } else { n })),
        Item::Integers { .. } => Ok(item.into()),
        Item::All => {
            let integers = NumberSet::integers(f64::NEG_INFINITY, f64::INFINITY)?;
            let others = [f64::NEG_INFINITY, f64::INFINITY, f64::NAN].map(NumberSet::literal);
            Ok(others.iter().fold(integers, |all, other| all.union(other)))
        }
        Item::NonIntegers { .. } | Item::Interval { .. } => {
            let end = |n: f64| if n.is_finite() { f(n) } else { n };
            let (min, mut max) = (end(item.min()), end(item.max()));
            if !item.includes_max() && jumps_at(item.max()) {
                max -= 1.0;
            }
            let mut result = integers(min, max)?;
            for infinity in [f64::NEG_INFINITY, f64::INFINITY] {
                if item.contains(infinity) {
                    result = result.union(&NumberSet::literal(infinity));
                }
            }
            Ok(result)
        }
    })
}
