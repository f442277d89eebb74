//! Pip requirements as PEP 508 writes them, without direct URLs, which PyPI refuses.

use super::WheelError;

/// Operators of PEP 440, longest first.
const OPERATORS: [&str; 8] = ["===", "~=", "==", "!=", "<=", ">=", "<", ">"];

/// Marker variables of PEP 508, besides `extra`.
const MARKER_WORDS: [&str; 15] = [
    "and",
    "in",
    "not",
    "or",
    "implementation_name",
    "implementation_version",
    "os_name",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_full_version",
    "python_version",
    "sys_platform",
];

/// Returns the requirement with single spaces, or says what is wrong with it.
///
/// Markers are checked word by word only; pip reads their grammar.
///
/// # Errors
///
/// [`WheelError::Requirement`].
pub(super) fn requirement(text: &str) -> Result<String, WheelError> {
    match check(text) {
        Ok(()) => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Err(reason) => Err(WheelError::Requirement { requirement: text.to_owned(), reason }),
    }
}

fn check(text: &str) -> Result<(), &'static str> {
    if text.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    let (main, marker) = match text.split_once(';') {
        Some((main, marker)) => (main, Some(marker)),
        None => (text, None),
    };
    if main.contains('@') {
        return Err("it points to a URL, which PyPI refuses");
    }
    check_main(main)?;
    marker.map_or(Ok(()), |marker| check_marker(marker, &[]))
}

/// Judges a requirement of any distribution: direct URLs, extras and the parentheses of older tools are allowed.
pub(crate) fn check_any(text: &str) -> Result<(), &'static str> {
    if text.chars().any(char::is_control) {
        return Err("it holds a control character");
    }
    let (main, marker) = match text.split_once(';') {
        Some((main, marker)) => (main, Some(marker)),
        None => (text, None),
    };
    if let Some((name, url)) = main.split_once('@') {
        // What follows a semicolon may be part of the URL.
        return if url.trim().is_empty() { Err("nothing follows the `@`") } else { check_main(name) };
    }
    match main.trim_end().strip_suffix(')').and_then(|main| main.split_once('(')) {
        Some((name, versions)) => check_main(name).and(check_versions(versions))?,
        None => check_main(main.trim_end().trim_end_matches(','))?,
    }
    let words = ["extra", "extras", "dependency_groups", "python_implementation"];
    marker.map_or(Ok(()), |marker| check_marker(marker, &words))
}

/// Judges a list of version specifiers, such as `>=3.10, <4`.
pub(crate) fn check_versions(versions: &str) -> Result<(), &'static str> {
    let clauses = versions.split(',').map(str::trim).filter(|clause| !clause.is_empty());
    clauses.into_iter().try_for_each(check_version)
}

/// Name, extras and versions.
fn check_main(main: &str) -> Result<(), &'static str> {
    let name_end = main.trim_start().find(|c: char| !is_name_character(c)).unwrap_or(main.trim_start().len());
    let (name, rest) = main.trim_start().split_at(name_end);
    check_name(name)?;
    let versions = match rest.trim_start().strip_prefix('[') {
        Some(extras) => {
            let (extras, versions) = extras.split_once(']').ok_or("`[` is not closed")?;
            extras.split(',').try_for_each(|extra| check_name(extra.trim()))?;
            versions
        }
        None => rest,
    };
    if !versions.trim().is_empty() {
        versions.split(',').try_for_each(|version| check_version(version.trim()))?;
    }
    Ok(())
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_.".contains(character)
}

fn check_name(name: &str) -> Result<(), &'static str> {
    let ends_well = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_name =
        name.chars().all(is_name_character) && ends_well(name.chars().next()) && ends_well(name.chars().last());
    if is_name { Ok(()) } else { Err("expected a name of letters, digits, `-`, `_` and `.`") }
}

fn check_version(clause: &str) -> Result<(), &'static str> {
    let operator =
        OPERATORS.into_iter().find(|operator| clause.starts_with(operator)).ok_or("expected `>=`, `==`, `<` …")?;
    let version = clause[operator.len()..].trim();
    let version = match operator {
        "==" | "!=" => version.strip_suffix(".*").unwrap_or(version),
        _ => version,
    };
    let is_version = version.starts_with(|first: char| first.is_ascii_digit())
        && version.ends_with(|last: char| last.is_ascii_alphanumeric())
        && version.chars().all(|c| c.is_ascii_alphanumeric() || ".!+-_".contains(c));
    if is_version { Ok(()) } else { Err("expected a version after the operator") }
}

fn check_marker(marker: &str, more_words: &[&str]) -> Result<(), &'static str> {
    let mut rest = marker.trim_start();
    if rest.is_empty() {
        return Err("nothing follows the `;`");
    }
    let mut depth = 0_usize;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => 2 + rest[1..].find(first).ok_or("a quote of the marker is not closed")?,
            '(' => {
                depth += 1;
                1
            }
            ')' => {
                depth = depth.checked_sub(1).ok_or("`)` without `(`")?;
                1
            }
            _ if first.is_ascii_lowercase() => {
                let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(rest.len());
                if !MARKER_WORDS.iter().chain(more_words).any(|word| *word == &rest[..end]) {
                    return Err("a word of the marker is unknown");
                }
                end
            }
            _ => OPERATORS.into_iter().find(|o| rest.starts_with(o)).ok_or("the marker cannot be read")?.len(),
        };
        rest = rest[length..].trim_start();
    }
    if depth == 0 { Ok(()) } else { Err("`(` is not closed") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_that_pypi_takes_are_kept() {
        for text in [
            "numpy",
            "numpy>=1.24",
            "numpy >= 1.24, < 3, != 2.0.*",
            "opencv-python-headless==4.10.0.84",
            "scikit_image[data,optional]~=0.22",
            "torch===2.1.0+cu118",
            "tomli>=1.1.0; python_version < '3.11'",
            "pywin32; (sys_platform == \"win32\" or os_name=='nt') and platform_machine not in 'arm64'",
        ] {
            assert_eq!(requirement(text).unwrap(), text);
        }
        assert_eq!(requirement("  numpy   >=1.24 ").unwrap(), "numpy >=1.24");
    }

    #[test]
    fn other_distributions_may_use_the_whole_grammar() {
        for text in [
            "a @ https://example.com/a.whl ; python_version < '3'",
            "pytest (>=3,<9) ; extra == 'test'",
            "coverage[toml]>=5; extra == \"test\" and python_version >= '3.8'",
            "numpy>=1.24",
        ] {
            assert_eq!(check_any(text), Ok(()), "{text}");
        }
        for text in ["", "numpy 1", "numpy @", "numpy (1", "numpy>=1; moon == 'full'", "numpy>="] {
            check_any(text).unwrap_err();
        }
        assert_eq!(check_versions(">=2.7, !=3.0.*, !=3.1.*"), Ok(()));
        check_versions("3.10").unwrap_err();
    }

    #[test]
    fn other_requirements_are_refused() {
        for (text, reason) in [
            ("", "name"),
            ("-numpy", "name"),
            ("numpy 1.24", ">="),
            ("numpy>=", "version"),
            ("numpy>=1.24,", ">="),
            ("numpy=>1.24", ">="),
            ("numpy>=1.*", "version"),
            ("numpy[data", "not closed"),
            ("numpy[]", "name"),
            ("numpy @ https://example.com/n.whl", "URL"),
            ("numpy\nRequires-Dist: evil", "control"),
            ("numpy;", "nothing follows"),
            ("numpy; phase_of_moon == 'full'", "unknown"),
            ("numpy; python_version < '3", "quote"),
            ("numpy; (python_version < '3'", "not closed"),
            ("numpy; python_version < '3')", "without"),
            ("numpy; python_version § '3'", "cannot be read"),
        ] {
            let message = requirement(text).unwrap_err().to_string();
            assert!(message.contains(reason), "{text}: {message}");
        }
    }
}
