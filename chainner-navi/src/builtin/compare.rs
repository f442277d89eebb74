//! Comparison and logic.

use super::{MAX_COMBINATIONS, too_many};
use crate::error::Result;
use crate::numbers::{NumberItem as Item, NumberSet};
use crate::structs::{Instance, StructSet, truth};
use crate::types::Type;

/// Which truth values are possible.
#[derive(Clone, Copy, Default)]
struct Answers {
    yes: bool,
    no: bool,
}

impl From<Answers> for Type {
    fn from(answers: Answers) -> Type {
        let of = |possible: bool, value: bool| if possible { Type::boolean(value) } else { Type::never() };
        of(answers.yes, true).union(&of(answers.no, false))
    }
}

/// nan is equal to nan.
pub(super) fn equal(a: &Type, b: &Type) -> Type {
    if a.is_never() || b.is_never() {
        return Type::never();
    }
    if a.is_disjoint_from(b) {
        return Type::boolean(false);
    }
    let certain = a.count() == 1.0 && b.count() == 1.0;
    Answers { yes: true, no: !certain }.into()
}

pub(super) fn less(a: &NumberSet, b: &NumberSet) -> Result<Type> {
    compared(a, b, |p, q| Answers {
        yes: p.min() < q.max(),
        no: q.min() < p.max() || (q.min() == p.max() && q.includes_min() && p.includes_max()),
    })
}

pub(super) fn less_or_equal(a: &NumberSet, b: &NumberSet) -> Result<Type> {
    compared(a, b, |p, q| Answers {
        yes: p.min() < q.max() || (p.min() == q.max() && p.includes_min() && q.includes_max()),
        no: q.min() < p.max(),
    })
}

fn compared(a: &NumberSet, b: &NumberSet, ranges: fn(Item, Item) -> Answers) -> Result<Type> {
    let (a, b) = (a.items(), b.items());
    if a.len().saturating_mul(b.len()) > MAX_COMBINATIONS {
        return Err(too_many());
    }
    let mut answers = Answers::default();
    for &p in &a {
        for &q in &b {
            answers.no |= p.contains(f64::NAN) || q.contains(f64::NAN);
            if p.min().is_nan() || q.min().is_nan() {
                continue;
            }
            let of_ranges = ranges(p, q);
            answers.yes |= of_ranges.yes;
            // What is not certain is possible.
            answers.no |= of_ranges.no || !of_ranges.yes;
        }
    }
    Ok(answers.into())
}

/// Folds truth values; of no argument the result is `true`.
pub(super) fn logic(arguments: &[Type], op: fn(bool, bool) -> bool) -> Type {
    let answers = |argument: &Type| {
        let has = |value| {
            let whole = StructSet::of(Instance::whole(&truth(value)));
            !argument.structs().intersection(&whole).is_never()
        };
        Answers { yes: has(true), no: has(false) }
    };
    let Some((first, rest)) = arguments.split_first() else { return Type::boolean(true) };
    let mut result = answers(first);
    for argument in rest {
        let (before, after) = (result, answers(argument));
        result = Answers::default();
        for (a, possible) in [(true, before.yes), (false, before.no)] {
            for (b, also) in [(true, after.yes), (false, after.no)] {
                if possible && also {
                    if op(a, b) { result.yes = true } else { result.no = true }
                }
            }
        }
    }
    result.into()
}
