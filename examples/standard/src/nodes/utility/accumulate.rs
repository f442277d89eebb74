//! One number of many.

use chainner_sdk::prelude::*;

use crate::categories::utility::MATH;

/// What is made of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Operation {
    /// All added up; 0 for none.
    Sum,
    /// All multiplied; 1 for none.
    #[choice(id = "prod")]
    Product,
    /// The largest; minus infinity for none.
    #[choice(id = "max")]
    Maximum,
    /// The smallest; infinity for none.
    #[choice(id = "min")]
    Minimum,
}

/// Makes one number of a sequence of numbers.
#[node(id = "chainner_native:utility:accumulate", group = MATH, icon = "MdCalculate")]
#[output(
    label = "Result",
    navi = r"
        let count = int(0..);
        match count {
            0 => match $operation {
                chainner_native::Operation::Sum => 0,
                chainner_native::Operation::Product => 1,
                chainner_native::Operation::Maximum => -inf,
                chainner_native::Operation::Minimum => inf
            },
            _ => match $operation {
                chainner_native::Operation::Sum => $numbers * count,
                chainner_native::Operation::Product => $numbers ** count,
                _ => $numbers
            }
        }
    "
)]
pub fn accumulate(numbers: Items<f64>, operation: Operation) -> f64 {
    match operation {
        Operation::Sum => numbers.sum(),
        Operation::Product => numbers.product(),
        Operation::Maximum => numbers.fold(f64::NEG_INFINITY, f64::max),
        Operation::Minimum => numbers.fold(f64::INFINITY, f64::min),
    }
}
