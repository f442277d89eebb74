//! Functions of strings. Lengths and indices count code points.

use std::collections::BTreeSet;

use super::{literals, too_many};
use crate::decimal::number_text;
use crate::error::Result;
use crate::numbers::{NumberItem, NumberSet, is_integer};
use crate::strings::{StringItem, StringSet};
use crate::text::Text;
use crate::types::Type;

/// Literals a result may have before it becomes `string`, and combinations a function looks at.
const MAX_LITERALS: usize = 4096;

/// Code units a made string may have before it becomes `string`.
const MAX_UNITS: usize = 1 << 16;

/// Integers from which on a range of them is not looked through.
const MANY: f64 = 10.0;

pub(super) fn to_string(value: &Type) -> Type {
    let mut result = value.strings().clone();
    for item in value.numbers().items() {
        let text = match item {
            NumberItem::Literal(n) if is_integer(n) && n.abs() <= 9_007_199_254_740_991.0 => {
                StringSet::literal(number_text(n))
            }
            _ => StringSet::all(),
        };
        result = result.union(&text);
    }
    result.into()
}

pub(crate) fn concat(parts: &[Type]) -> StringSet {
    let Some((first, rest)) = parts.split_first() else { return StringSet::literal("") };
    rest.iter().fold(first.strings().clone(), |all, part| match (&all, part.strings()) {
        _ if all.is_never() || part.strings().is_never() => StringSet::never(),
        (StringSet::Only(a), StringSet::Only(b)) => {
            let units = |texts: &BTreeSet<Text>| texts.iter().map(|text| text.units().len()).max().unwrap_or(0);
            if a.len().saturating_mul(b.len()) > MAX_LITERALS || units(a) + units(b) > MAX_UNITS {
                return StringSet::all();
            }
            StringSet::Only(a.iter().flat_map(|a| b.iter().map(|b| a.concat(b))).collect())
        }
        _ => StringSet::all(),
    })
}

fn united(results: impl IntoIterator<Item = Result<Type>>) -> Result<Type> {
    results.into_iter().try_fold(Type::never(), |all, result| Ok(all.union(&result?)))
}

/// Every combination of the items of two sets.
fn combinations<A: Clone, B: Clone>(a: &[A], b: &[B]) -> Result<Vec<(A, B)>> {
    if a.len().saturating_mul(b.len()) > MAX_LITERALS {
        return Err(too_many());
    }
    Ok(a.iter().flat_map(|a| b.iter().map(|b| (a.clone(), b.clone()))).collect())
}

fn except_has_empty(strings: &BTreeSet<Text>) -> bool {
    strings.iter().any(Text::is_empty)
}

pub(super) fn len(text: &Type) -> Result<Type> {
    united(text.strings().items().into_iter().map(|item| match item {
        StringItem::Literal(text) => Ok(Type::number(text.code_points().len() as f64)),
        StringItem::Except(strings) => {
            Type::integers(if except_has_empty(&strings) { 1.0 } else { 0.0 }, f64::INFINITY)
        }
    }))
}

fn find(text: &[u32], part: &[u32]) -> Option<usize> {
    if part.is_empty() { Some(0) } else { text.windows(part.len()).position(|window| window == part) }
}

pub(super) fn index_of(text: &Type, part: &Type) -> Result<Type> {
    let pairs = combinations(&text.strings().items(), &part.strings().items())?;
    united(pairs.into_iter().map(|pair| index_of_items(&pair.0, &pair.1)))
}

fn index_of_items(text: &StringItem, part: &StringItem) -> Result<Type> {
    let nan = Type::number(f64::NAN);
    match (text, part) {
        (_, StringItem::Literal(part)) if part.is_empty() => Ok(Type::number(0.0)),
        (StringItem::Literal(text), StringItem::Literal(part)) => {
            let index = find(&text.code_points(), &part.code_points());
            Ok(index.map_or(nan, |index| Type::number(index as f64)))
        }
        (StringItem::Literal(text), StringItem::Except(parts)) => {
            let points = text.code_points();
            if parts_all_missing(&points, parts) {
                return Ok(nan);
            }
            let last = points.len().saturating_sub(1) as f64;
            Ok(super::integers(0.0, last).map(Type::from)?.union(&nan))
        }
        (StringItem::Except(_), _) => Ok(Type::integers(0.0, f64::INFINITY)?.union(&nan)),
    }
}

/// Whether the set of all strings but `parts` has no part of the text.
fn parts_all_missing(text: &[u32], parts: &BTreeSet<Text>) -> bool {
    // A text of n code points has more distinct parts than it is long.
    parts.len() > text.len()
        && except_has_empty(parts)
        && (0..text.len())
            .all(|start| (start + 1..=text.len()).all(|end| parts.contains(&Text::from_code_points(&text[start..end]))))
}

pub(super) fn slice(text: &Type, start: &Type, length: &Type) -> Result<Type> {
    let ranges = combinations(&start.numbers().items(), &length.numbers().items())?;
    let combinations = combinations(&text.strings().items(), &ranges)?;
    united(combinations.into_iter().map(|(text, (start, length))| Ok(slice_items(&text, start, length).into())))
}

fn slice_items(text: &StringItem, start: NumberItem, length: NumberItem) -> StringSet {
    if length.min() == 0.0 && length.max() == 0.0 {
        return StringSet::literal("");
    }
    if start.min() == 0.0 && start.max() == 0.0 && length.min() == f64::INFINITY {
        return match text {
            StringItem::Literal(text) => StringSet::literal(text.clone()),
            StringItem::Except(strings) => StringSet::Except(strings.clone()),
        };
    }
    let StringItem::Literal(text) = text else { return StringSet::all() };
    let points = text.code_points();
    let count = points.len() as f64;
    let first = start.min().clamp(-count, count);
    let last = start.max().clamp(-count, count).min(first + count);
    if last - first >= MANY {
        return StringSet::all();
    }
    let mut slices = BTreeSet::new();
    for step in 0..=(last - first) as usize {
        let from = first + step as f64;
        let from = if from < 0.0 { count + from } else { from };
        let (shortest, longest) = (length.min().min(count - from), length.max().min(count - from));
        if longest - shortest >= MANY {
            return StringSet::all();
        }
        let from = from as usize;
        for length in shortest as usize..=longest as usize {
            slices.insert(Text::from_code_points(&points[from..(from + length).min(points.len())]));
        }
    }
    StringSet::Only(slices)
}

/// The integers of an item that is a literal or a short run of them.
pub(crate) fn few_integers(item: NumberItem) -> Option<Vec<f64>> {
    match item {
        NumberItem::Literal(n) => Some(vec![n]),
        _ => item.small_integers(),
    }
}

pub(super) fn repeat(text: &Type, times: &Type) -> Result<Type> {
    let combinations = combinations(&text.strings().items(), &times.numbers().items())?;
    united(combinations.into_iter().map(|(text, times)| Ok(repeat_items(&text, times).into())))
}

fn repeat_items(text: &StringItem, times: NumberItem) -> StringSet {
    if matches!(text, StringItem::Literal(text) if text.is_empty()) {
        return StringSet::literal("");
    }
    let Some(times) = few_integers(times) else { return StringSet::all() };
    let once = match text {
        StringItem::Literal(text) => StringSet::literal(text.clone()),
        StringItem::Except(strings) => StringSet::Except(strings.clone()),
    };
    times.into_iter().fold(StringSet::never(), |all, times| {
        all.union(&match text {
            _ if times == 0.0 => StringSet::literal(""),
            _ if times == 1.0 => once.clone(),
            StringItem::Literal(text) if text.units().len() as f64 * times <= MAX_UNITS as f64 => {
                StringSet::literal(Text::from_units(&text.units().repeat(times as usize)))
            }
            _ => StringSet::all(),
        })
    })
}

pub(super) fn replace(text: &Type, old: &Type, new: &Type, times: &Type) -> Result<Type> {
    let texts = combinations(&text.strings().items(), &old.strings().items())?;
    let others = combinations(&new.strings().items(), &times.numbers().items())?;
    let combinations = combinations(&texts, &others)?;
    united(
        combinations.into_iter().map(|((text, old), (new, times))| Ok(replace_items(text, &old, &new, times).into())),
    )
}

fn replace_items(text: StringItem, old: &StringItem, new: &StringItem, times: NumberItem) -> StringSet {
    let never_replaced = times.min() == 0.0 && times.max() == 0.0;
    if never_replaced || (matches!(old, StringItem::Literal(_)) && old == new) {
        return match text {
            StringItem::Literal(text) => StringSet::literal(text),
            StringItem::Except(strings) => StringSet::Except(strings),
        };
    }
    let (StringItem::Literal(text), StringItem::Literal(old), StringItem::Literal(new)) = (&text, old, new) else {
        return StringSet::all();
    };
    let Some(times) = few_integers(times) else { return StringSet::all() };
    let (text, old, new) = (text.code_points(), old.code_points(), new.code_points());
    if (text.len() + 1).saturating_mul(new.len() + 1) > MAX_UNITS {
        return StringSet::all();
    }
    StringSet::Only(times.into_iter().map(|times| replaced(&text, &old, &new, times)).collect())
}

fn replaced(text: &[u32], old: &[u32], new: &[u32], times: f64) -> Text {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    let mut done = 0.0;
    while at <= text.len() {
        if done < times && text[at..].starts_with(old) {
            out.extend_from_slice(new);
            done += 1.0;
            at += old.len();
            if !old.is_empty() {
                continue;
            }
        }
        // An empty text matches in front of every character, and at the end.
        out.extend(text.get(at));
        at += 1;
    }
    Text::from_code_points(&out)
}

pub(super) fn parse_int(text: &Type, base: &Type) -> Result<Type> {
    let nan = NumberSet::literal(f64::NAN);
    let any = NumberSet::integers(f64::NEG_INFINITY, f64::INFINITY)?.union(&nan);
    let combinations = combinations(&text.strings().items(), &base.numbers().items())?;
    united(combinations.into_iter().map(|(text, base)| {
        let (StringItem::Literal(text), Some(bases)) = (text, few_integers(base)) else {
            return Ok(any.clone().into());
        };
        Ok(literals(bases.into_iter().map(|base| parsed(&text, base as u32))).into())
    }))
}

/// The integer a text is in a base; nan if it is none.
fn parsed(text: &Text, base: u32) -> f64 {
    let Some(text) = text.to_utf8() else { return f64::NAN };
    // What JavaScript trims.
    let text = text.trim_matches(|c: char| (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}');
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefixes: &[&str] = match base {
        2 => &["0b", "0B"],
        8 => &["0o", "0O"],
        16 => &["0x", "0X"],
        _ => &[],
    };
    let digits = prefixes.iter().find_map(|prefix| digits.strip_prefix(prefix)).unwrap_or(digits);
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return f64::NAN;
    }
    if base == 10 {
        return sign * digits.parse().unwrap_or(f64::NAN);
    }
    sign * digits.chars().filter_map(|c| c.to_digit(base)).fold(0.0, |n, digit| n * f64::from(base) + f64::from(digit))
}
