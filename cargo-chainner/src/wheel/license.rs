//! Licence of the distribution: an SPDX expression and the files that hold the texts, as PEP 639 wants them.

use super::WheelError;

/// A licence text that goes into `.dist-info/licenses/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseFile {
    /// Path below `licenses/`, `/`-separated, e.g. `LICENSE-MIT`.
    pub path: String,
    /// The text.
    pub contents: Vec<u8>,
}

/// Turns the `license` of Cargo.toml into a `License-Expression`.
///
/// Cargo's older `MIT/Apache-2.0` means `MIT OR Apache-2.0`.
///
/// # Errors
///
/// [`WheelError::License`] for what is not SPDX, and for deprecated identifiers, with the likely expression.
pub(crate) fn license_expression(license: &str) -> Result<String, WheelError> {
    let separated = license.replace('/', " OR ");
    let text = separated.split_whitespace().collect::<Vec<_>>().join(" ");
    match spdx::Expression::parse(&text) {
        Ok(_) => Ok(upper_case_operators(&text)),
        Err(error) => Err(WheelError::License {
            license: license.to_owned(),
            reason: error.reason.to_string(),
            help: match likely_expression(&text) {
                Some(likely) => format!("write `license = \"{likely}\"` in Cargo.toml"),
                None => "take the identifier from https://spdx.org/licenses/".to_owned(),
            },
        }),
    }
}

/// PEP 639 writes the operators in capitals; SPDX 3 reads them in any case.
fn upper_case_operators(expression: &str) -> String {
    let words = expression.split(' ').map(|word| match word.to_ascii_uppercase() {
        upper if matches!(upper.as_str(), "AND" | "OR" | "WITH") => upper,
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn likely_expression(text: &str) -> Option<String> {
    let likely = spdx::Expression::canonicalize(text).ok()??;
    spdx::Expression::parse(&likely).is_ok().then_some(likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_kept_and_the_older_slash_is_converted() {
        for (cargo, expected) in [
            ("MIT", "MIT"),
            ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
            ("MIT / Apache-2.0", "MIT OR Apache-2.0"),
            ("  MIT  or Apache-2.0 ", "MIT OR Apache-2.0"),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", "(MIT OR Apache-2.0) AND Unicode-3.0"),
            ("Apache-2.0 with LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
            ("LicenseRef-House", "LicenseRef-House"),
        ] {
            assert_eq!(license_expression(cargo).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_not_spdx_is_refused_with_the_likely_expression() {
        for (cargo, help) in [
            ("GPL-3.0", "write `license = \"GPL-3.0-only\"`"),
            ("Apache 2.0", "write `license = \"Apache-2.0\"`"),
            ("mit", "write `license = \"MIT\"`"),
            ("do what you like", "https://spdx.org/licenses/"),
            ("", "https://spdx.org/licenses/"),
            ("MIT\nRequires-Dist: evil", "https://spdx.org/licenses/"),
        ] {
            let message = license_expression(cargo).unwrap_err().to_string();
            assert!(message.contains(help), "{cargo}: {message}");
        }
    }
}
