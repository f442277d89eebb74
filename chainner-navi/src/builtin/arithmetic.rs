//! Addition, multiplication and their inverses; Python's modulo.

use super::{each, integers, interval, literals, pairs, rounding};
use crate::decimal::fix;
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet, is_integer};

pub(super) fn neg(numbers: &NumberSet) -> NumberSet {
    NumberSet::union_of(numbers.items().into_iter().map(|item| neg_item(item).into()).collect())
}

fn neg_item(item: Item) -> Item {
    match item {
        Item::All => Item::All,
        Item::Literal(n) => Item::Literal(-n),
        Item::Integers { min, max } => Item::Integers { min: -max, max: -min },
        Item::NonIntegers { min, max } => Item::NonIntegers { min: -max, max: -min },
        Item::Interval { min, max, min_exclusive, max_exclusive } => {
            Item::Interval { min: -max, max: -min, min_exclusive: max_exclusive, max_exclusive: min_exclusive }
        }
    }
}

pub(super) fn add(a: &NumberSet, b: &NumberSet) -> Result<NumberSet> {
    pairs(a, b, |a, b| match (a, b) {
        (Item::Literal(x), other) | (other, Item::Literal(x)) => add_literal(x, other),
        (Item::All, _) | (_, Item::All) => Ok(NumberSet::all()),
        (Item::Integers { .. }, Item::Integers { .. }) => integers(a.min() + b.min(), a.max() + b.max()),
        (Item::Integers { .. }, Item::NonIntegers { .. }) | (Item::NonIntegers { .. }, Item::Integers { .. }) => {
            NumberSet::non_integers(a.min() + b.min(), a.max() + b.max())
        }
        (Item::Integers { .. }, Item::Interval { .. }) => add_ranges(a, b),
        (Item::Interval { .. }, Item::Integers { .. }) => add_ranges(b, a),
        _ => add_ends(a, b),
    })
}

fn add_literal(x: f64, other: Item) -> Result<NumberSet> {
    if x.is_nan() {
        return Ok(NumberSet::literal(x));
    }
    if let Item::Literal(y) = other {
        return Ok(NumberSet::literal(fix(x + y)));
    }
    if x.is_infinite() {
        let sum = NumberSet::literal(x);
        return Ok(if other.contains(-x) { sum.union(&NumberSet::literal(f64::NAN)) } else { sum });
    }
    let (min, max) = (fix(x + other.min()), fix(x + other.max()));
    match other {
        Item::All => Ok(NumberSet::all()),
        _ if min == max => Ok(NumberSet::literal(min)),
        Item::Integers { .. } if is_integer(x) => integers(min, max),
        Item::Integers { .. } => match other.small_integers() {
            Some(small) => Ok(literals(small.into_iter().map(|i| fix(i + x)))),
            None => interval(min, max, false, false),
        },
        Item::NonIntegers { .. } if is_integer(x) => NumberSet::non_integers(min, max),
        Item::NonIntegers { .. } => interval(min, max, true, true),
        _ => interval(min, max, !other.includes_min(), !other.includes_max()),
    }
}

/// A run of integers and an interval that may be too short to fill the space between them.
fn add_ranges(run: Item, range: Item) -> Result<NumberSet> {
    match run.small_integers() {
        Some(small) if range.max() - range.min() < 1.0 => {
            let sums: Result<Vec<NumberSet>> = small.into_iter().map(|i| add_literal(i, range)).collect();
            sums.map(NumberSet::union_of)
        }
        _ => add_ends(run, range),
    }
}

fn add_ends(a: Item, b: Item) -> Result<NumberSet> {
    let included = |infinity: f64, both: bool| a.contains(infinity) || b.contains(infinity) || both;
    let min_included = included(f64::NEG_INFINITY, a.includes_min() && b.includes_min());
    let max_included = included(f64::INFINITY, a.includes_max() && b.includes_max());
    interval(fix(a.min() + b.min()), fix(a.max() + b.max()), !min_included, !max_included)
}

pub(super) fn mul(a: &NumberSet, b: &NumberSet) -> Result<NumberSet> {
    pairs(a, b, |a, b| match (a, b) {
        (Item::Literal(x), other) | (other, Item::Literal(x)) => mul_literal(x, other),
        (Item::All, _) | (_, Item::All) => Ok(NumberSet::all()),
        _ => mul_ranges(a, b),
    })
}

fn mul_literal(x: f64, other: Item) -> Result<NumberSet> {
    if x.is_nan() {
        return Ok(NumberSet::literal(x));
    }
    if x == 1.0 {
        return Ok(other.into());
    }
    if x == -1.0 {
        return Ok(neg_item(other).into());
    }
    if let Item::Literal(y) = other {
        return Ok(NumberSet::literal(fix(x * y)));
    }
    if x.is_infinite() {
        let mut products = Vec::new();
        products.extend(other.contains(0.0).then_some(f64::NAN));
        products.extend((other.min() < 0.0).then_some(-x));
        products.extend((other.max() > 0.0).then_some(x));
        return Ok(literals(products));
    }
    if x == 0.0 {
        let infinite = other.contains(f64::INFINITY) || other.contains(f64::NEG_INFINITY);
        return Ok(literals([Some(0.0), infinite.then_some(f64::NAN)].into_iter().flatten()));
    }
    if let Item::All = other {
        return Ok(NumberSet::all());
    }
    if let Some(small) = other.small_integers() {
        return Ok(literals(small.into_iter().map(|i| fix(i * x))));
    }
    let (mut ends, mut included) = ((other.min(), other.max()), (other.includes_min(), other.includes_max()));
    if x < 0.0 {
        ends = (ends.1, ends.0);
        included = (included.1, included.0);
    }
    if matches!(other, Item::Integers { .. }) && is_integer(x) {
        return integers(fix(ends.0 * x), fix(ends.1 * x));
    }
    interval(fix(ends.0 * x), fix(ends.1 * x), !included.0, !included.1)
}

fn mul_ranges(a: Item, b: Item) -> Result<NumberSet> {
    let ends = |item: Item| [(item.min(), item.includes_min()), (item.max(), item.includes_max())];
    let are_integers = matches!((a, b), (Item::Integers { .. }, Item::Integers { .. }));
    let mut products = Vec::with_capacity(4);
    for (x, x_included) in ends(a) {
        for (y, y_included) in ends(b) {
            let product = if are_integers { x * y } else { fix(x * y) };
            if !product.is_nan() {
                products.push((product, x_included && y_included));
            }
        }
    }
    let min = products.iter().map(|(product, _)| *product).fold(f64::INFINITY, f64::min);
    let max = products.iter().map(|(product, _)| *product).fold(f64::NEG_INFINITY, f64::max);
    if are_integers {
        return integers(min, max);
    }
    let excluded = |end: f64| !products.iter().any(|(product, included)| *product == end && *included);
    let result = interval(min, max, excluded(min), excluded(max))?;
    let infinite = |item: Item| item.contains(f64::INFINITY) || item.contains(f64::NEG_INFINITY);
    let undefined = (a.contains(0.0) && infinite(b)) || (b.contains(0.0) && infinite(a));
    Ok(if undefined { result.union(&NumberSet::literal(f64::NAN)) } else { result })
}

/// 1 divided by the numbers.
pub(super) fn rec(numbers: &NumberSet) -> Result<NumberSet> {
    each(numbers, rec_item)
}

fn both_infinities() -> NumberSet {
    literals([f64::NEG_INFINITY, f64::INFINITY])
}

fn rec_item(item: Item) -> Result<NumberSet> {
    let (min, max) = (item.min(), item.max());
    match item {
        Item::All => Ok(NumberSet::all()),
        Item::Literal(0.0) => Ok(both_infinities()),
        Item::Literal(n) => Ok(NumberSet::literal(1.0 / n)),
        Item::Integers { .. } => {
            if let Some(small) = item.small_integers() {
                let each: Result<Vec<NumberSet>> = small.into_iter().map(|i| rec_item(Item::Literal(i))).collect();
                return each.map(NumberSet::union_of);
            }
            let mut result = if item.contains(0.0) { both_infinities() } else { NumberSet::never() };
            if min < 0.0 {
                let part = interval(1.0 / max.min(-1.0), 1.0 / min + 0.0, false, min.is_infinite())?;
                result = result.union(&part);
            }
            if max > 0.0 {
                result = result.union(&interval(1.0 / max, 1.0 / min.max(1.0), max.is_infinite(), false)?);
            }
            Ok(result)
        }
        Item::NonIntegers { .. } | Item::Interval { .. } => {
            if min.is_infinite() && max.is_infinite() {
                return if item.includes_min() || item.includes_max() {
                    interval(f64::NEG_INFINITY, f64::INFINITY, false, false)
                } else {
                    let negative = interval(f64::NEG_INFINITY, 0.0, false, true)?;
                    Ok(negative.union(&interval(0.0, f64::INFINITY, true, false)?))
                };
            }
            let zero = if item.contains(0.0) { both_infinities() } else { NumberSet::never() };
            let negative = neg(&rec_positive(neg_item(item))?);
            Ok(zero.union(&rec_positive(item)?).union(&negative))
        }
    }
}

/// The reciprocals of an interval's positive part.
fn rec_positive(item: Item) -> Result<NumberSet> {
    if item.max() <= 0.0 {
        return Ok(NumberSet::never());
    }
    let (low, low_exclusive) = if item.min() < 0.0 { (0.0, false) } else { (item.min(), !item.includes_min()) };
    let highest = if low == 0.0 { f64::INFINITY } else { 1.0 / low };
    interval(1.0 / item.max(), highest, !item.includes_max(), low_exclusive)
}

/// Python's modulo: the result has the divisor's sign.
pub(super) fn modulo(a: &NumberSet, b: &NumberSet) -> Result<NumberSet> {
    let infinity = NumberSet::literal(f64::INFINITY);
    let negative_infinity = NumberSet::literal(f64::NEG_INFINITY);
    let nan = NumberSet::literal(f64::NAN);
    let positive = interval(0.0, f64::INFINITY, true, false)?;
    let negative = interval(f64::NEG_INFINITY, 0.0, false, true)?;

    let mut b = b.without(&NumberSet::literal(0.0));
    let mut a = a.clone();
    let mut result = NumberSet::never();
    if a.is_never() || b.is_never() {
        return Ok(result);
    }
    let not_finite = nan.union(&infinity).union(&negative_infinity);
    if !a.intersection(&not_finite).is_never() || b.contains(f64::NAN) {
        result = result.union(&nan);
        a = a.without(&not_finite);
        b = b.without(&nan);
    }
    if b.contains(f64::INFINITY) {
        result = result.union(&a.intersection(&interval(0.0, f64::INFINITY, false, true)?));
        if !a.intersection(&negative).is_never() {
            result = result.union(&infinity);
        }
    }
    if b.contains(f64::NEG_INFINITY) {
        if !a.intersection(&positive).is_never() {
            result = result.union(&negative_infinity);
        }
        result = result.union(&a.intersection(&interval(f64::NEG_INFINITY, 0.0, true, false)?));
    }
    b = b.without(&infinity).without(&negative_infinity);

    let remainders = pairs(&a, &b, |a, b| match b.small_integers() {
        Some(small) => {
            let sets: Result<Vec<NumberSet>> = small.into_iter().map(|i| remainder(a, Item::Literal(i))).collect();
            sets.map(NumberSet::union_of)
        }
        None => remainder(a, b),
    })?;
    Ok(result.union(&remainders))
}

fn remainder(a: Item, b: Item) -> Result<NumberSet> {
    let bounds = match b {
        Item::Literal(n) if n > 0.0 => interval(0.0, n, false, true)?,
        Item::Literal(n) if n < 0.0 => interval(n, 0.0, true, false)?,
        Item::Literal(_) => return Ok(NumberSet::never()),
        _ if b.min() >= 0.0 => interval(0.0, b.max(), false, true)?,
        _ if b.max() <= 0.0 => interval(b.min(), 0.0, true, false)?,
        _ => interval(b.min(), b.max(), true, true)?,
    };
    let (a, b) = (NumberSet::from(a), NumberSet::from(b));
    let times = rounding::floor(&mul(&a, &rec(&b)?)?)?;
    let rest = add(&a, &neg(&mul(&b, &times)?))?;
    Ok(rest.intersection(&bounds))
}
