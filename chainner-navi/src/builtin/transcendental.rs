//! exp, log, sin and cos, from `libm`, so that types do not depend on the platform.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::{each, interval, literals};
use crate::decimal::fix;
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet};

pub(super) fn exp(numbers: &NumberSet) -> Result<NumberSet> {
    let value = |n: f64| fix(libm::exp(n));
    each(numbers, |item| match item {
        Item::Literal(n) => Ok(NumberSet::literal(value(n))),
        Item::All => Ok(interval(0.0, f64::INFINITY, false, false)?.union(&NumberSet::literal(f64::NAN))),
        _ => match item.small_integers() {
            Some(small) => Ok(literals(small.into_iter().map(value))),
            None => interval(value(item.min()), value(item.max()), false, false),
        },
    })
}

/// The natural logarithm; numbers up to 0 have none.
pub(super) fn log(numbers: &NumberSet) -> Result<NumberSet> {
    let value = |n: f64| fix(libm::log(n));
    each(numbers, |item| match item {
        Item::All => Ok(NumberSet::all()),
        _ if item.max() <= 0.0 => Ok(NumberSet::never()),
        Item::Literal(n) => Ok(NumberSet::literal(value(n))),
        _ => match item.small_integers() {
            Some(small) => Ok(literals(small.into_iter().filter(|i| *i > 0.0).map(value))),
            None => interval(value(item.min().max(0.0)), value(item.max()), false, false),
        },
    })
}

pub(super) fn sin(numbers: &NumberSet) -> Result<NumberSet> {
    wave(numbers, libm::sin, &[-3.0, -1.0, 1.0, 3.0])
}

pub(super) fn cos(numbers: &NumberSet) -> Result<NumberSet> {
    wave(numbers, libm::cos, &[-2.0, 0.0, 2.0])
}

/// `extrema` are those between -2 pi and 2 pi, in quarters of a turn.
fn wave(numbers: &NumberSet, f: fn(f64) -> f64, extrema: &[f64]) -> Result<NumberSet> {
    let nan = NumberSet::literal(f64::NAN);
    each(numbers, |item| match item {
        Item::Literal(n) if !n.is_finite() => Ok(nan.clone()),
        Item::Literal(n) => Ok(NumberSet::literal(f(n))),
        Item::All => Ok(interval(-1.0, 1.0, false, false)?.union(&nan)),
        _ => {
            if let Some(small) = item.small_integers() {
                return Ok(literals(small.into_iter().map(f)));
            }
            let result =
                if item.max() - item.min() < TAU { arc(item, f, extrema)? } else { interval(-1.0, 1.0, false, false)? };
            let infinite = item.contains(f64::INFINITY) || item.contains(f64::NEG_INFINITY);
            Ok(if infinite { result.union(&nan) } else { result })
        }
    })
}

/// The values over a range shorter than a full turn.
fn arc(item: Item, f: fn(f64) -> f64, extrema: &[f64]) -> Result<NumberSet> {
    let shift = (item.max() / TAU).floor() * TAU;
    let (min, max) = (item.min() - shift, item.max() - shift);
    let mut values = vec![(f(min), item.includes_min()), (f(max), item.includes_max())];
    for quarter in extrema {
        let at = quarter * FRAC_PI_2;
        if min < at && at < max {
            values.push((f(at).round(), true));
        }
    }
    let low = values.iter().map(|(value, _)| *value).fold(f64::INFINITY, f64::min);
    let high = values.iter().map(|(value, _)| *value).fold(f64::NEG_INFINITY, f64::max);
    let excluded = |end: f64| !values.iter().any(|(value, included)| *value == end && *included);
    interval(low, high, excluded(low), excluded(high))
}
