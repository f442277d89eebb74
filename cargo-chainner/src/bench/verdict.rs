//! Whether a node got slower: by the shortest times, since whatever else the machine does only makes times longer.

use super::figures::Figures;

/// What is called slower when no ratio is given.
pub(super) const USUAL: f64 = 1.25;

/// How a node compares with the baseline. Ratios are time now to time then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    /// No slower than allowed.
    Fine(f64),
    /// Slower.
    Slower(f64),
    /// It was not measured then.
    New,
    /// It was measured then, and cannot be now.
    Gone,
}

impl Verdict {
    /// Compares what is measured now with what was then.
    pub(super) fn of(now: Option<&Figures>, then: Option<&Figures>, limit: f64) -> Self {
        match (now, then) {
            (Some(now), Some(then)) => {
                let ratio = now.min / then.min;
                // A baseline that was made in a hurry varies more than by the ratio.
                let is_slower = ratio > limit && now.min > then.quartiles[1];
                if is_slower { Self::Slower(ratio) } else { Self::Fine(ratio) }
            }
            (Some(_), None) => Self::New,
            (None, _) => Self::Gone,
        }
    }

    /// Time now to time then.
    pub(super) fn ratio(self) -> Option<f64> {
        match self {
            Self::Fine(ratio) | Self::Slower(ratio) => Some(ratio),
            Self::New | Self::Gone => None,
        }
    }

    /// The word for it in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Fine(_) => "fine",
            Self::Slower(_) => "slower",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// The ratio of a command line: `1.25` or `1.25x`.
///
/// # Errors
/// It is no number above 1.
pub fn ratio(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches(['x', '×']);
    match number.parse::<f64>() {
        Ok(ratio) if ratio > 1.0 && ratio <= 1000.0 => Ok(ratio),
        _ => Err("expected how many times as long a node may take, above 1, e.g. `1.25`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(min: f64, upper: f64) -> Figures {
        let quartiles = [min, upper];
        Figures { calls: 9, min, median: min, quartiles, pixels: 0, copies: 0, copied_bytes: 0, peak_memory: None }
    }

    #[test]
    fn twice_the_time_is_slower_and_noise_is_not() {
        let of =
            |now: f64, then: f64, upper: f64| Verdict::of(Some(&figures(now, now)), Some(&figures(then, upper)), 1.25);
        assert_eq!(of(2.0, 1.0, 1.1), Verdict::Slower(2.0));
        assert_eq!(of(1.2, 1.0, 1.1), Verdict::Fine(1.2));
        assert_eq!(of(1.4, 1.0, 1.5), Verdict::Fine(1.4));
        assert_eq!(of(0.01, 1.0, 1.1), Verdict::Fine(0.01));
        assert_eq!(Verdict::of(Some(&figures(1.0, 1.0)), None, 1.25), Verdict::New);
        assert_eq!(Verdict::of(None, Some(&figures(1.0, 1.0)), 1.25), Verdict::Gone);
    }

    #[test]
    fn ratios_are_above_one() {
        assert_eq!(ratio("1.25"), Ok(1.25));
        assert_eq!(ratio("2x"), Ok(2.0));
        for wrong in ["", "0", "-1", "1", "0.5", "NaN", "inf", "fast"] {
            assert!(ratio(wrong).is_err(), "{wrong}");
        }
    }
}
