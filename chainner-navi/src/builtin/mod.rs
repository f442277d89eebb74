//! Navi's own names.

mod arithmetic;
mod compare;
mod extremum;
mod power;
mod rounding;
mod text;
mod transcendental;

use std::sync::LazyLock;

pub(crate) use text::{concat, few_integers};

use crate::error::{Error, ErrorKind, Result};
use crate::numbers::{NumberItem, NumberSet};
use crate::parser::parse_definitions;
use crate::scope::{Intrinsic, Scope, ScopeBuilder};
use crate::structs::truth;
use crate::types::Type;

/// What Navi's names mean, as far as Navi itself can say it.
const DEFINITIONS: &str = r#"
let any = any;
let never = never;
let number = number;
let string = string;
let int = int(..);
let uint = int(0..);
let bool = true | false;
let number::PI = 3.141592653589793;
let number::E = 2.718281828459045;

intrinsic def number::add(...terms: number): number;
intrinsic def number::mul(...factors: number): number;
intrinsic def number::neg(n: number): number;
intrinsic def number::rec(n: number): number;
intrinsic def number::mod(n: number, divisor: number): number;
def number::sub(a: number, b: number) = number::add(a, number::neg(b));
def number::div(a: number, b: number) = number::mul(a, number::rec(b));

intrinsic def number::exp(n: number): number;
intrinsic def number::log(n: number): number;
intrinsic def number::pow(base: number, exponent: number): number;
intrinsic def number::sin(n: number): number;
intrinsic def number::cos(n: number): number;
def number::tan(n: number) = number::sin(n) / number::cos(n);
def number::sqrt(n: number) = number::pow(n & (0..inf | nan), 0.5);
def number::degToRad(n: number) = n * (number::PI / 180);
def number::radToDeg(n: number) = n / (number::PI * 180);

intrinsic def round(n: number): number;
intrinsic def floor(n: number): number;
intrinsic def ceil(n: number): number;
intrinsic def min(...numbers: number): number;
intrinsic def max(...numbers: number): number;
def abs(n: number): 0..inf | nan = match n { -inf..0 as negative => -negative, _ as rest => rest };

intrinsic def any::eq(a: any, b: any): bool;
def any::neq(a: any, b: any): bool = not a == b;
intrinsic def number::lt(a: number, b: number): bool;
intrinsic def number::lte(a: number, b: number): bool;
def number::gt(a: number, b: number): bool = b < a;
def number::gte(a: number, b: number): bool = b <= a;
def bool::not(value: bool): bool = if value { false } else { true };
intrinsic def bool::and(...values: bool): bool;
intrinsic def bool::or(...values: bool): bool;

intrinsic def toString(value: string | number): string;
intrinsic def string::concat(...parts: string): string;
intrinsic def string::len(text: string): uint;
intrinsic def string::indexOf(text: string, part: string): uint | nan;
intrinsic def string::slice(text: string, start: int, length: uint | inf): string;
intrinsic def string::repeat(text: string, times: uint): string;
intrinsic def string::replace(text: string, old: string, new: string, times: uint | inf): string;
intrinsic def number::parseInt(text: string, base: int(2..36)): int | nan;
def string::includes(text: string, part: string): bool = string::indexOf(text, part) != nan;
def string::startsWith(text: string, part: string): bool = string::indexOf(text, part) == 0;
def string::endsWith(text: string, part: string): bool {
    let length = string::len(part);
    string::slice(text, -length, length) == part
}

def invStrSet(set: string): string = match string { set => never, _ as others => others };
def notStructs(set: anyStruct): anyStruct = match anyStruct { set => never, _ as others => others };
"#;

fn intrinsic(name: &str) -> Option<Intrinsic> {
    Some(match name {
        "number::add" => |a, _| variadic(a, 0.0, arithmetic::add),
        "number::mul" => |a, _| variadic(a, 1.0, arithmetic::mul),
        "number::neg" => |a, _| unary(a, |n| Ok(arithmetic::neg(n))),
        "number::rec" => |a, _| unary(a, arithmetic::rec),
        "number::mod" => |a, _| binary(a, arithmetic::modulo),
        "number::exp" => |a, _| unary(a, transcendental::exp),
        "number::log" => |a, _| unary(a, transcendental::log),
        "number::pow" => |a, _| binary(a, power::pow),
        "number::sin" => |a, _| unary(a, transcendental::sin),
        "number::cos" => |a, _| unary(a, transcendental::cos),
        "round" => |a, _| unary(a, rounding::round),
        "floor" => |a, _| unary(a, rounding::floor),
        "ceil" => |a, _| unary(a, rounding::ceil),
        "min" => |a, _| fold(a, f64::INFINITY, extremum::min),
        "max" => |a, _| fold(a, f64::NEG_INFINITY, extremum::max),
        "any::eq" => |a, _| Ok(compare::equal(argument(a, 0), argument(a, 1))),
        "number::lt" => |a, _| compare::less(argument(a, 0).numbers(), argument(a, 1).numbers()),
        "number::lte" => |a, _| compare::less_or_equal(argument(a, 0).numbers(), argument(a, 1).numbers()),
        "bool::and" => |a, _| Ok(compare::logic(a, |a, b| a && b)),
        "bool::or" => |a, _| Ok(compare::logic(a, |a, b| a || b)),
        "toString" => |a, _| Ok(text::to_string(argument(a, 0))),
        "string::concat" => |a, _| Ok(text::concat(a).into()),
        "string::len" => |a, _| text::len(argument(a, 0)),
        "string::indexOf" => |a, _| text::index_of(argument(a, 0), argument(a, 1)),
        "string::slice" => |a, _| text::slice(argument(a, 0), argument(a, 1), argument(a, 2)),
        "string::repeat" => |a, _| text::repeat(argument(a, 0), argument(a, 1)),
        "string::replace" => |a, _| text::replace(argument(a, 0), argument(a, 1), argument(a, 2), argument(a, 3)),
        "number::parseInt" => |a, _| text::parse_int(argument(a, 0), argument(a, 1)),
        _ => return None,
    })
}

static SCOPE: LazyLock<Scope> = LazyLock::new(|| {
    let structs = parse_definitions("struct true; struct false;").unwrap_or_default();
    let definitions = parse_definitions(DEFINITIONS).unwrap_or_default();
    let build = || -> Result<Scope> {
        let mut scope = ScopeBuilder::root().parameter("anyStruct", Type::all_structs())?;
        for definition in &structs {
            scope = scope.structure(definition, truth(&*definition.name.text == "true"))?;
        }
        Ok(scope.define_with(&definitions, intrinsic)?.build())
    };
    build().unwrap_or_else(|_| ScopeBuilder::root().build())
});

pub(crate) fn scope() -> Scope {
    SCOPE.clone()
}

/// Combinations of items a function is willing to look at.
const MAX_COMBINATIONS: usize = 100_000;

fn too_many() -> Error {
    Error::new(ErrorKind::Limit, "the types have too many parts to be combined")
}

/// The argument at `index`; the evaluator has checked the count.
pub(crate) fn argument(arguments: &[Type], index: usize) -> &Type {
    static NEVER: LazyLock<Type> = LazyLock::new(Type::never);
    arguments.get(index).unwrap_or(&NEVER)
}

fn unary(arguments: &[Type], f: fn(&NumberSet) -> Result<NumberSet>) -> Result<Type> {
    f(argument(arguments, 0).numbers()).map(Type::from)
}

fn binary(arguments: &[Type], f: fn(&NumberSet, &NumberSet) -> Result<NumberSet>) -> Result<Type> {
    f(argument(arguments, 0).numbers(), argument(arguments, 1).numbers()).map(Type::from)
}

/// From left to right; a single argument is returned as it is.
fn fold(arguments: &[Type], neutral: f64, f: fn(&NumberSet, &NumberSet) -> Result<NumberSet>) -> Result<Type> {
    let Some((first, rest)) = arguments.split_first() else { return Ok(Type::number(neutral)) };
    let mut result = first.numbers().clone();
    for argument in rest {
        result = f(&result, argument.numbers())?;
    }
    Ok(result.into())
}

/// As [`fold`]; three and more arguments are sorted first, literals to the front.
fn variadic(arguments: &[Type], neutral: f64, f: fn(&NumberSet, &NumberSet) -> Result<NumberSet>) -> Result<Type> {
    let mut arguments = arguments.to_vec();
    if arguments.len() >= 3 {
        arguments.sort_by_key(|argument| rank(argument.numbers()));
    }
    fold(&arguments, neutral, f)
}

fn rank(numbers: &NumberSet) -> u32 {
    let of_item = |item: &NumberItem| match item {
        NumberItem::Literal(_) => 10,
        NumberItem::Integers { .. } => 20,
        NumberItem::NonIntegers { .. } => 21,
        NumberItem::Interval { .. } => 30,
        NumberItem::All => 40,
    };
    match &numbers.items()[..] {
        [] => 0,
        [item] => of_item(item),
        items => 5 + items.iter().map(of_item).max().unwrap_or(0),
    }
}

/// Applies `f` to every item and unites the results.
fn each(numbers: &NumberSet, mut f: impl FnMut(NumberItem) -> Result<NumberSet>) -> Result<NumberSet> {
    let sets: Result<Vec<NumberSet>> = numbers.items().into_iter().map(&mut f).collect();
    sets.map(NumberSet::union_of)
}

/// Applies `f` to every pair of items and unites the results.
fn pairs(
    a: &NumberSet,
    b: &NumberSet,
    mut f: impl FnMut(NumberItem, NumberItem) -> Result<NumberSet>,
) -> Result<NumberSet> {
    let (a, b) = (a.items(), b.items());
    if a.len().saturating_mul(b.len()) > MAX_COMBINATIONS {
        return Err(too_many());
    }
    let mut sets = Vec::with_capacity(a.len() * b.len());
    for &a in &a {
        for &b in &b {
            sets.push(f(a, b)?);
        }
    }
    Ok(NumberSet::union_of(sets))
}

/// The interval between two ends: a literal, or nothing, where they meet.
fn interval(min: f64, max: f64, min_exclusive: bool, max_exclusive: bool) -> Result<NumberSet> {
    if min == max {
        return Ok(if min_exclusive || max_exclusive { NumberSet::never() } else { NumberSet::literal(min) });
    }
    NumberSet::interval(min, max, min_exclusive, max_exclusive)
}

/// The integers between two ends: a literal where they meet.
fn integers(min: f64, max: f64) -> Result<NumberSet> {
    if min == max && min.is_finite() { Ok(NumberSet::literal(min)) } else { NumberSet::integers(min, max) }
}

fn literals(values: impl IntoIterator<Item = f64>) -> NumberSet {
    NumberSet::union_of(values.into_iter().map(NumberSet::literal).collect())
}

#[cfg(test)]
mod tests;
