//! Powers, as Python has them.

use super::arithmetic::{mul, neg, rec};
use super::{each, extremum, integers, interval, literals, pairs, transcendental};
use crate::decimal::fix;
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet, is_integer};

pub(super) fn pow(base: &NumberSet, exponent: &NumberSet) -> Result<NumberSet> {
    const INF: f64 = f64::INFINITY;
    let one = NumberSet::literal;
    let positive = interval(0.0, INF, true, false)?;
    let negative = interval(-INF, 0.0, false, true)?;
    let has = |set: &NumberSet, part: &NumberSet| !set.intersection(part).is_never();

    let (mut b, mut e) = (base.clone(), exponent.clone());
    let mut result = NumberSet::never();
    // Special values are taken out one by one, in this order, while the other side has something left.
    let take = |from: &mut NumberSet, other: &NumberSet, n: f64| {
        let there = from.contains(n) && !other.is_never();
        if there {
            *from = from.without(&NumberSet::literal(n));
        }
        there
    };
    if take(&mut e, &b, 0.0) {
        result = result.union(&one(1.0));
    }
    if take(&mut b, &e, 1.0) {
        result = result.union(&one(1.0));
    }
    if take(&mut e, &b, f64::NAN) {
        result = result.union(&one(f64::NAN));
    }
    if take(&mut b, &e, f64::NAN) {
        result = result.union(&one(f64::NAN));
    }
    if take(&mut e, &b, 1.0) {
        result = result.union(&b);
    }
    if take(&mut e, &b, INF) {
        result = result.union(&each(&b, |item| Ok(to_infinity(item, INF, 0.0)))?);
    }
    if take(&mut e, &b, -INF) {
        result = result.union(&each(&b, |item| Ok(to_infinity(item, 0.0, INF)))?);
    }
    if take(&mut b, &e, INF) {
        result = result.union(&literals(
            [has(&e, &negative).then_some(0.0), has(&e, &positive).then_some(INF)].into_iter().flatten(),
        ));
    }
    if take(&mut b, &e, -INF) {
        result = result.union(&of_negative_infinity(&e, &positive, &negative)?);
    }
    if take(&mut b, &e, 0.0) && has(&e, &positive) {
        result = result.union(&one(0.0));
    }
    if take(&mut e, &b, -1.0) {
        result = result.union(&rec(&b)?);
    }
    let upwards = positive_powers(&b, &e.intersection(&positive))?;
    let downwards = positive_powers(&b, &neg(&e.intersection(&negative)))?;
    Ok(result.union(&upwards).union(&rec(&downwards)?))
}

/// `big` is what bases beyond 1 go to, `small` what those within go to.
fn to_infinity(base: Item, big: f64, small: f64) -> NumberSet {
    let limit = |magnitude: f64| match magnitude {
        1.0 => 1.0,
        m if m < 1.0 => small,
        _ => big,
    };
    match base {
        Item::Literal(n) => NumberSet::literal(limit(n.abs())),
        Item::All => literals([0.0, 1.0, f64::INFINITY]),
        _ => {
            let within = match base {
                Item::Integers { .. } => base.contains(0.0),
                _ => base.max() > -1.0 && base.min() < 1.0,
            };
            let mut limits = Vec::new();
            limits.extend((base.contains(1.0) || base.contains(-1.0)).then_some(1.0));
            limits.extend((base.min() < -1.0 || base.max() > 1.0).then_some(big));
            limits.extend(within.then_some(small));
            literals(limits)
        }
    }
}

fn of_negative_infinity(e: &NumberSet, positive: &NumberSet, negative: &NumberSet) -> Result<NumberSet> {
    let mut powers = Vec::new();
    powers.extend((!e.intersection(negative).is_never()).then_some(0.0));
    for item in e.intersection(positive).items() {
        match item {
            Item::Literal(n) => powers.push(if is_odd(n) && n >= 3.0 { f64::NEG_INFINITY } else { f64::INFINITY }),
            _ => {
                powers.push(f64::INFINITY);
                powers.extend(spans(item, 1.0).filter(|span| span.last >= 3.0).map(|_| f64::NEG_INFINITY));
            }
        }
    }
    Ok(literals(powers))
}

/// Powers with exponents greater than 0, other than 1.
fn positive_powers(b: &NumberSet, e: &NumberSet) -> Result<NumberSet> {
    if b.is_never() || e.is_never() {
        return Ok(NumberSet::never());
    }
    let whole = e.intersection(&NumberSet::integers(f64::NEG_INFINITY, f64::INFINITY)?);
    let fractional = e.intersection(&NumberSet::non_integers(0.0, f64::INFINITY)?);

    let magnitude = extremum::max(b, &neg(b))?;
    let mut results = Vec::new();
    for item in whole.items() {
        for parity in [0.0, 1.0] {
            if let Some(span) = spans(item, parity) {
                let base = if parity == 0.0 { &magnitude } else { b };
                results.push(each(base, |base| span_powers(base, span))?);
            }
        }
    }
    if !fractional.is_never() {
        let positive = interval(0.0, f64::INFINITY, true, false)?;
        let logarithm = transcendental::log(&b.intersection(&positive))?;
        // Of every base with every exponent: the product of the whole sets.
        let product = pairs(&logarithm, &fractional, |a, b| mul(&a.into(), &b.into()))?;
        results.push(transcendental::exp(&product)?);
    }
    Ok(NumberSet::union_of(results))
}

/// Exponents `first`, `first + 2`, … up to `last`.
#[derive(Clone, Copy)]
struct Span {
    first: f64,
    last: f64,
    /// 0 if the exponents are even, 1 if they are odd.
    parity: f64,
}

fn is_odd(n: f64) -> bool {
    n.is_finite() && (n % 2.0).abs() == 1.0
}

/// The even (`parity` 0) or odd integers of an item.
fn spans(item: Item, parity: f64) -> Option<Span> {
    if let Item::NonIntegers { .. } = item {
        return None;
    }
    let has_parity = |n: f64| n.is_infinite() || f64::from(u8::from(is_odd(n))) == parity;
    let low = if item.includes_min() { item.min().ceil() } else { item.min().floor() + 1.0 };
    let high =
        if item.includes_max() || item.max().is_infinite() { item.max().floor() } else { item.max().ceil() - 1.0 };
    let first = if has_parity(low) { low } else { low + 1.0 };
    let last = if has_parity(high) { high } else { high - 1.0 };
    (first <= last).then_some(Span { first, last, parity })
}

fn span_powers(base: Item, span: Span) -> Result<NumberSet> {
    let Span { first, last, parity } = span;
    let power = |base: f64, exponent: f64| power(base, exponent, parity);
    let in_order = |a: f64, b: f64| if a <= b { (a, b) } else { (b, a) };
    if let Item::Literal(n) = base {
        if last - first <= 6.0 {
            let steps = (0..=3).map(|step| first + 2.0 * f64::from(step)).filter(|exponent| *exponent <= last);
            return Ok(literals(steps.map(|exponent| power(n, exponent))));
        }
        let (min, max) = in_order(power(n, first), power(n, last));
        return if is_integer(n) && min < max { integers(min, max) } else { interval(min, max, false, false) };
    }
    let corners = [
        (power(base.min(), first), base.min(), base.includes_min()),
        (power(base.min(), last), base.min(), base.includes_min()),
        (power(base.max(), first), base.max(), base.includes_max()),
        (power(base.max(), last), base.max(), base.includes_max()),
    ];
    let min = corners.iter().map(|(value, ..)| *value).fold(f64::INFINITY, f64::min);
    let max = corners.iter().map(|(value, ..)| *value).fold(f64::NEG_INFINITY, f64::max);
    if let Item::Integers { .. } = base {
        return match base {
            Item::Integers { min, max } if first == last && max - min <= 6.0 => {
                Ok(literals((0..=(max - min) as u32).map(|step| power(min + f64::from(step), first))))
            }
            // All of them can be too large for a float.
            _ if min == max => Ok(NumberSet::literal(min)),
            _ => integers(min, max),
        };
    }
    // The power of a finite end that is too large for a float is a member nevertheless.
    let included = |end: f64| {
        corners
            .iter()
            .any(|(value, base, included)| *value == end && (*included || (value.is_infinite() && base.is_finite())))
    };
    interval(min, max, !included(min), !included(max))
}

/// `parity` is that of the exponents that lead to an infinite one.
fn power(base: f64, exponent: f64, parity: f64) -> f64 {
    if base == 0.0 {
        return 0.0;
    }
    if exponent == f64::INFINITY {
        let magnitude = match base.abs() {
            1.0 => 1.0,
            m if m < 1.0 => 0.0,
            _ => f64::INFINITY,
        };
        return if base < 0.0 && parity == 1.0 { -magnitude } else { magnitude };
    }
    fix(libm::pow(base, exponent))
}
