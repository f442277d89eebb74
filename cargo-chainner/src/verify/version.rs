//! Versions as PEP 440 reads and writes them.

/// The normal form of a version; `None` if it is none.
pub(crate) fn normal(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_prefix('v').unwrap_or(&text);
    let (public, local) = match text.split_once('+') {
        Some((public, local)) => (public, Some(local)),
        None => (text, None),
    };
    let mut normal = String::new();
    let mut rest = public;
    if let Some((epoch, after)) = rest.split_once('!') {
        let epoch = number(epoch)?;
        if epoch != "0" {
            normal = format!("{epoch}!");
        }
        rest = after;
    }
    let (first, mut rest) = digits(rest)?;
    normal += first;
    while let Some((part, after)) = rest.strip_prefix('.').and_then(digits) {
        normal = format!("{normal}.{part}");
        rest = after;
    }
    const PRE: [(&str, &str); 8] = [
        ("alpha", "a"),
        ("beta", "b"),
        ("preview", "rc"),
        ("pre", "rc"),
        ("rc", "rc"),
        ("a", "a"),
        ("b", "b"),
        ("c", "rc"),
    ];
    if let Some((word, number, after)) = suffix(rest, &PRE) {
        normal = format!("{normal}{word}{number}");
        rest = after;
    }
    if let Some((number, after)) = rest.strip_prefix('-').and_then(digits) {
        normal = format!("{normal}.post{number}");
        rest = after;
    } else if let Some((_, number, after)) = suffix(rest, &[("post", ""), ("rev", ""), ("r", "")]) {
        normal = format!("{normal}.post{number}");
        rest = after;
    }
    if let Some((_, number, after)) = suffix(rest, &[("dev", "")]) {
        normal = format!("{normal}.dev{number}");
        rest = after;
    }
    if !rest.is_empty() {
        return None;
    }
    if let Some(local) = local {
        let parts = local.split(['-', '_', '.']).map(|part| {
            let is_part = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_part.then(|| number(part).unwrap_or(part))
        });
        normal = format!("{normal}+{}", parts.collect::<Option<Vec<_>>>()?.join("."));
    }
    Some(normal)
}

/// Whether two texts are one version; what is none equals only itself.
pub(super) fn are_equal(one: &str, other: &str) -> bool {
    match (normal(one), normal(other)) {
        (Some(one), Some(other)) => without_zeros(&one) == without_zeros(&other),
        _ => one == other,
    }
}

/// `1.0` and `1.0.0` are equal: the release without the zeros at its end, and what follows it.
fn without_zeros(version: &str) -> (&str, &str) {
    let end = version.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '!')).unwrap_or(version.len());
    let (mut release, rest) = version.split_at(end);
    release = release.strip_suffix('.').unwrap_or(release);
    while let Some(shorter) = release.strip_suffix(".0") {
        release = shorter;
    }
    (release, rest)
}

/// A number without leading zeros.
fn number(text: &str) -> Option<&str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = text.trim_start_matches('0');
    Some(if number.is_empty() { "0" } else { number })
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((number(&text[..end])?, &text[end..]))
}

/// `.rc1`, `-rc.1`, `rc`: the normal word, the number, and what follows.
fn suffix<'a>(text: &'a str, words: &[(&str, &'static str)]) -> Option<(&'static str, &'a str, &'a str)> {
    let unseparated = |text: &'a str| text.strip_prefix(['.', '-', '_']).unwrap_or(text);
    let start = unseparated(text);
    let (word, rest) = words.iter().find_map(|(word, normal)| Some((*normal, start.strip_prefix(word)?)))?;
    match digits(unseparated(rest)) {
        Some((number, after)) => Some((word, number, after)),
        None => Some((word, "0", rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_one_normal_form() {
        for (text, expected) in [
            ("1.0", "1.0"),
            ("v1.02", "1.2"),
            ("0!1", "1"),
            ("2!1.0", "2!1.0"),
            ("1.0-alpha.1", "1.0a1"),
            ("1.0RC", "1.0rc0"),
            ("1.0c2", "1.0rc2"),
            ("1.0-1", "1.0.post1"),
            ("1.0.r4", "1.0.post4"),
            ("1.0a1.post2.dev3", "1.0a1.post2.dev3"),
            ("1.0+CUDA_12.01", "1.0+cuda.12.1"),
        ] {
            assert_eq!(normal(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "one", "1.0-nightly", "1.0.", "1..0", "1.0+", "1.0 b", "1.0rc1x", "é"] {
            assert_eq!(normal(text), None, "{text}");
        }
    }

    #[test]
    fn zeros_at_the_end_of_a_release_do_not_count() {
        assert!(are_equal("1.0", "1.0.0") && are_equal("1.0.0rc1", "1rc1") && are_equal("1.0.dev1", "1.dev1"));
        assert!(!are_equal("1.0", "1.0.1") && !are_equal("10", "1"));
    }
}
