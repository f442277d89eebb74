//! Numbers: rounded to the declared precision, then clamped to the declared range, as the host does it.

use crate::{
    declare::{DefaultValue, InputOptions, LabelStyle, Precision, Scale},
    error::Mismatch,
    value::Value,
};

pub(super) const A_WHOLE_NUMBER: &str = "a whole number";
pub(super) const A_NUMBER: &str = "a number";

/// How a number is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFace {
    /// Step of the arrows.
    pub step: f64,
    /// Step of the slider.
    pub slider_step: f64,
    /// Whether it is a slider rather than a box.
    pub slider: bool,
    /// How the slider maps its position.
    pub scale: Scale,
    /// Captions of the slider.
    pub ends: [Option<&'static str>; 2],
    /// CSS colours of the slider's track.
    pub gradient: &'static [&'static str],
    /// JavaScript expression shown under the slider.
    pub note: Option<&'static str>,
    /// Text behind the number.
    pub unit: Option<&'static str>,
    /// Whether `1.50` is shown as such; the host's own default if not given.
    pub trailing_zeros: Option<bool>,
    /// Where the label is drawn; the host's own rule if not given.
    pub label_style: Option<LabelStyle>,
}

impl NumberFace {
    fn new(options: &InputOptions, step: f64, widen: impl Fn(f64) -> f64) -> Self {
        Self {
            step,
            slider_step: options.slider_step.map_or(step, widen),
            slider: options.slider,
            scale: options.scale,
            ends: options.ends,
            gradient: options.gradient,
            note: options.note,
            unit: options.unit,
            trailing_zeros: options.trailing_zeros,
            label_style: options.label_style,
        }
    }
}

/// An input for whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct IntegerSpec {
    /// Least value, if bounded.
    pub min: Option<i64>,
    /// Greatest value, if bounded.
    pub max: Option<i64>,
    /// Value of a new node.
    pub default: i64,
    /// How it is drawn.
    pub face: NumberFace,
}

impl IntegerSpec {
    /// From the keys; without a range, unsigned types start at 0 and signed ones are unbounded.
    pub fn new(options: &InputOptions, unsigned: bool) -> Self {
        let ranged = options.min.is_some() || options.max.is_some();
        let min = options.min.map(|min| min as i64).or((unsigned && !ranged).then_some(0)).or(unsigned.then_some(0));
        let max = options.max.map(|max| max as i64);
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Integer(default)) => default,
            _ => nearest_to_zero(min, max, 0),
        };
        let face = NumberFace::new(options, options.step.unwrap_or(1.0), |step| step);
        Self { min, max, default, face }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let value = match value {
            Value::Integer(value) => value,
            Value::Bool(value) => value.into(),
            Value::Float(value) if value.is_nan() => return Err(Mismatch::new(A_WHOLE_NUMBER, "NaN")),
            Value::Float(value) if value.is_infinite() => return Err(Mismatch::new(A_WHOLE_NUMBER, value)),
            // Half up, as the host rounds; what no i64 holds saturates, and the range decides.
            Value::Float(value) => round_half_up(value) as i64,
            other => return Err(Mismatch::new(A_WHOLE_NUMBER, other)),
        };
        let value = self.max.map_or(value, |max| value.min(max));
        Ok(Value::Integer(self.min.map_or(value, |min| value.max(min))))
    }
}

/// An input for numbers with a fraction.
#[derive(Debug, Clone, PartialEq)]
pub struct FloatSpec {
    /// Least value, if bounded.
    pub min: Option<f64>,
    /// Greatest value, if bounded.
    pub max: Option<f64>,
    /// Value of a new node.
    pub default: f64,
    /// Digits kept.
    pub precision: Precision,
    /// How it is drawn.
    pub face: NumberFace,
}

impl FloatSpec {
    /// From the keys. `single`: the author's numbers are `f32`, so 0.1 is meant where `f64` says 0.10000000149011612.
    ///
    /// Without `precision`, as many digits are kept as `step` has; without `step` either, all of them. Without `step`, the
    /// arrows move by one unit of the last digit, or, all digits being kept, by about a hundredth of the range (0.1 without a
    /// range).
    pub fn new(options: &InputOptions, single: bool) -> Self {
        let widen = |value: f64| if single { shortest(value) } else { value };
        let [min, max, step] = [options.min, options.max, options.step].map(|value| value.map(widen));
        let precision = options.precision.unwrap_or_else(|| step.map_or(Precision::Unlimited, digits_of));
        let step = step.unwrap_or_else(|| match (precision, min, max) {
            (Precision::Digits(digits), ..) => power_of_ten(-i32::from(digits)),
            (Precision::Unlimited, Some(min), Some(max)) if max > min => {
                power_of_ten((max - min).log10().floor() as i32 - 2)
            }
            (Precision::Unlimited, ..) => 0.1,
        });
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Float(default)) => widen(default),
            _ => nearest_to_zero(min, max, 0.0),
        };
        Self { min, max, default, precision, face: NumberFace::new(options, step, widen) }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let value = match value {
            Value::Float(value) if value.is_nan() => return Err(Mismatch::new(A_NUMBER, "NaN")),
            Value::Float(value) => value,
            Value::Integer(value) => value as f64,
            Value::Bool(value) => f64::from(u8::from(value)),
            other => return Err(Mismatch::new(A_NUMBER, other)),
        };
        let value = match self.precision {
            Precision::Unlimited => value,
            Precision::Digits(digits) => round_to(value, digits),
        };
        let value = self.max.map_or(value, |max| value.min(max));
        Ok(Value::Float(self.min.map_or(value, |min| value.max(min))))
    }
}

/// 0, or the end of the range next to it.
fn nearest_to_zero<T: PartialOrd + Copy>(min: Option<T>, max: Option<T>, zero: T) -> T {
    match (min, max) {
        (Some(min), _) if min > zero => min,
        (_, Some(max)) if max < zero => max,
        _ => zero,
    }
}

/// `floor(value + 0.5)`, as the host rounds to whole numbers.
fn round_half_up(value: f64) -> f64 {
    (value + 0.5).floor()
}

/// Python's `round(value, digits)`: to the nearest decimal, ties (of the binary value as it is) to even.
fn round_to(value: f64, digits: u8) -> f64 {
    // Exact powers of ten in f64 end at 10^22; products below 2^52 have room for the fraction.
    if digits <= 15 && value.abs() < 1e9 {
        let scale = power_of_ten(digits.into());
        let scaled = value * scale;
        // The product is off by less than half a unit in the last place: away from a tie it rounds to the right integer, and the
        // division of two exact numbers gives the double nearest to the decimal.
        if scaled.abs() < 4.5e15 && ((scaled - scaled.floor()) - 0.5).abs() > 1e-6 * scaled.abs().max(1.0) {
            return scaled.round() / scale;
        }
    }
    // Rust prints the exact decimal expansion, rounded half to even.
    format!("{value:.*}", usize::from(digits)).parse().unwrap_or(value)
}

/// The number whose shortest decimal text an `f32` has.
fn shortest(value: f64) -> f64 {
    (value as f32).to_string().parse().unwrap_or(value)
}

/// The power of ten nearest to `10^exponent`.
fn power_of_ten(exponent: i32) -> f64 {
    // By way of the text: `powi` is off by a digit in places.
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// Digits after the point in the shortest text of a number.
fn digits_of(value: f64) -> Precision {
    let text = value.to_string();
    Precision::Digits(text.split_once('.').map_or(0, |(_, digits)| u8::try_from(digits.len()).unwrap_or(u8::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(value: f64) -> Value<'static> {
        Value::Float(value)
    }

    #[test]
    fn rounding_follows_python() {
        // Python 3.11: round(v, p).
        for (value, digits, rounded) in [
            (0.125, 2, 0.12),
            (2.675, 2, 2.67),
            (0.375, 2, 0.38),
            (2.5, 0, 2.0),
            (0.5, 0, 0.0),
            (1.5, 0, 2.0),
            (-2.5, 0, -2.0),
            (1e22, 3, 1e22),
            (0.05, 1, 0.1),
            (0.15, 1, 0.1),
            (0.25, 1, 0.2),
            (0.35, 1, 0.3),
            (1.005, 2, 1.0),
            (123_456.785, 2, 123_456.79),
            (5e-324, 15, 0.0),
            (f64::INFINITY, 2, f64::INFINITY),
        ] {
            assert_eq!(round_to(value, digits), rounded, "round({value}, {digits})");
        }
    }

    #[test]
    fn whole_numbers_round_half_up_then_clamp() {
        let spec = IntegerSpec::new(&InputOptions { min: Some(-2.0), max: Some(9.0), ..InputOptions::EMPTY }, false);
        for (value, enforced) in [
            (float(2.5), 3),
            (float(-0.5), 0),
            (float(-1.5), -1),
            (float(1e30), 9),
            (Value::Integer(-7), -2),
            (Value::Bool(true), 1),
        ] {
            assert_eq!(spec.enforce(value.clone()), Ok(Value::Integer(enforced)), "{value}");
        }
        for value in [float(f64::NAN), float(f64::INFINITY), Value::Text("1".into()), Value::Foreign("a list".into())] {
            assert!(spec.enforce(value.clone()).is_err(), "{value}");
        }
    }

    #[test]
    fn floats_round_to_the_step_and_let_infinity_clamp() {
        let options =
            InputOptions { min: Some(0.0), max: Some(8.0), step: Some(f64::from(0.1_f32)), ..InputOptions::EMPTY };
        let spec = FloatSpec::new(&options, true);
        assert_eq!((spec.precision, spec.face.step), (Precision::Digits(1), 0.1));
        assert_eq!(spec.enforce(float(2.345)), Ok(float(2.3)));
        assert_eq!(spec.enforce(float(f64::INFINITY)), Ok(float(8.0)));
        assert_eq!(spec.enforce(Value::Integer(-3)), Ok(float(0.0)));
        assert!(spec.enforce(float(f64::NAN)).is_err());
    }

    #[test]
    fn without_a_step_all_digits_are_kept() {
        let spec = FloatSpec::new(&InputOptions { min: Some(0.0), max: Some(1.0), ..InputOptions::EMPTY }, false);
        assert_eq!((spec.precision, spec.face.step), (Precision::Unlimited, 0.01));
        assert_eq!(spec.enforce(float(0.123_456_789)), Ok(float(0.123_456_789)));
    }

    #[test]
    fn a_new_node_starts_at_zero_or_next_to_it() {
        let spec = FloatSpec::new(&InputOptions { min: Some(0.5), ..InputOptions::EMPTY }, false);
        assert_eq!(spec.default, 0.5);
        assert_eq!(IntegerSpec::new(&InputOptions { max: Some(-3.0), ..InputOptions::EMPTY }, false).default, -3);
        assert_eq!(IntegerSpec::new(&InputOptions::EMPTY, true).min, Some(0));
    }
}
