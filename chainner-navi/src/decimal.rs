//! Numbers as JavaScript prints them, and Navi's repair of rounding errors.

/// The number as JavaScript prints it, with Navi's words for infinities and nan; -0 is `0`.
pub(crate) fn number_text(n: f64) -> String {
    if n.is_nan() {
        return "nan".into();
    }
    if n.is_infinite() {
        return if n > 0.0 { "inf".into() } else { "-inf".into() };
    }
    if n == 0.0 {
        return "0".into();
    }
    // Rust's exponential form has as few digits as read back as the same number, as JavaScript wants. Of two such
    // texts equally close to the number JavaScript takes the even one; so does Rust if told how many digits there are.
    let shortest = format!("{:e}", n.abs());
    let count = shortest.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    let scientific = format!("{:.*e}", count.saturating_sub(1), n.abs());
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let count = digits.len() as i32;
    // Digits in front of the decimal point.
    let whole = exponent + 1;

    let sign = if n < 0.0 { "-" } else { "" };
    let body = if count <= whole && whole <= 21 {
        digits + &"0".repeat((whole - count) as usize)
    } else if 0 < whole && whole <= 21 {
        let (front, back) = digits.split_at(whole as usize);
        format!("{front}.{back}")
    } else if -6 < whole && whole <= 0 {
        format!("0.{}{digits}", "0".repeat(-whole as usize))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{first}{point}{rest}e{sign}{}", exponent.abs())
    };
    format!("{sign}{body}")
}

/// Navi's repair of rounding errors: 0.30000000000000004 becomes 0.3.
pub(crate) fn fix(n: f64) -> f64 {
    if !n.is_finite() {
        return n;
    }
    let scientific = format!("{n:.15e}");
    let mantissa = scientific.split('e').next().unwrap_or("");
    if ends_in_zeros(mantissa) {
        return format!("{n:.12e}").parse().unwrap_or(n);
    }
    if n.fract() == 0.0 {
        return n;
    }
    let shortest = number_text(n);
    if ends_in_zeros(&shortest) || ends_in_nines(&shortest) {
        // 12 significant digits: one before the point, 11 after it.
        return format!("{n:.11e}").parse().unwrap_or(n);
    }
    n
}

/// Whether six zeros, a digit up to 3 and any digit are at the end.
fn ends_in_zeros(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'0', b'0', b'0', b'0', b'0', b'0', b'0'..=b'3', b'0'..=b'9'])
}

/// Whether six nines, a digit from 6 and any digit are at the end.
fn ends_in_nines(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'9', b'9', b'9', b'9', b'9', b'9', b'6'..=b'9', b'0'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_javascript() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.5, "1.5"),
            (-12.0, "-12"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (1e-6, "0.000001"),
            (123456789012345680000.0, "123456789012345680000"),
            (f64::MAX, "1.7976931348623157e+308"),
            (1e15 - 2.75, "999999999999997.2"),
            (5e-324, "5e-324"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn rounding_errors_are_repaired() {
        for (number, fixed) in [
            (0.1 + 0.2, 0.3),
            (0.1 * 3.0, 0.3),
            (1.0 / 3.0, 1.0 / 3.0),
            (1e15, 1e15),
            (0.999999999999, 0.999999999999),
            (f64::INFINITY, f64::INFINITY),
            (0.0, 0.0),
        ] {
            assert_eq!(fix(number), fixed);
        }
    }
}
