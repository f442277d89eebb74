//! Braces: `a{b,c}` stands for `ab` and `ac`, `a{1..3}` for `a1`, `a2` and `a3`.
//!
//! Source: the manual of bash, section "Brace Expansion".

/// So many patterns one may stand for.
pub(super) const MOST: usize = 1000;

/// The patterns that one stands for; `None` if there are more than [`MOST`].
pub(super) fn expand(pattern: &str) -> Option<Vec<String>> {
    let characters: Vec<char> = pattern.chars().collect();
    let all = expand_from(&characters)?;
    Some(all.into_iter().map(String::from_iter).collect())
}

fn expand_from(pattern: &[char]) -> Option<Vec<Vec<char>>> {
    let Some((start, end, parts)) = first_group(pattern) else { return Some(vec![pattern.to_vec()]) };
    let mut all = Vec::new();
    let rests = expand_from(&pattern[end..])?;
    for part in parts {
        for middle in expand_from(&part)? {
            if all.len() + rests.len() > MOST {
                return None;
            }
            all.extend(rests.iter().map(|rest| [&pattern[..start], &middle, rest].concat()));
        }
    }
    Some(all)
}

/// The first group that is one: where it starts, where it ends, and what it stands for.
fn first_group(pattern: &[char]) -> Option<(usize, usize, Vec<Vec<char>>)> {
    let mut at = 0;
    while at < pattern.len() {
        match pattern[at] {
            '\\' => at += 1,
            '{' => {
                if let Some((end, commas)) = closed(pattern, at) {
                    let inner = &pattern[at + 1..end];
                    let parts = if commas.is_empty() { range(inner) } else { Some(split(pattern, at, end, &commas)) };
                    if let Some(parts) = parts {
                        return Some((at, end + 1, parts));
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the brace at `start` is closed, and its own commas.
fn closed(pattern: &[char], start: usize) -> Option<(usize, Vec<usize>)> {
    let (mut depth, mut commas, mut at) = (0, Vec::new(), start);
    while at < pattern.len() {
        match pattern[at] {
            '\\' => at += 1,
            '{' => depth += 1,
            '}' if depth == 1 => return Some((at, commas)),
            '}' => depth -= 1,
            ',' if depth == 1 => commas.push(at),
            _ => {}
        }
        at += 1;
    }
    None
}

fn split(pattern: &[char], start: usize, end: usize, commas: &[usize]) -> Vec<Vec<char>> {
    let starts = [&[start], commas].concat();
    let ends = [commas, &[end]].concat();
    starts.into_iter().zip(ends).map(|(start, end)| pattern[start + 1..end].to_vec()).collect()
}

/// `1..9`, `09..1..2` or `a..e`.
fn range(inner: &[char]) -> Option<Vec<Vec<char>>> {
    let inner: String = inner.iter().collect();
    let parts: Vec<&str> = inner.split("..").collect();
    let (from, to, step) = match parts[..] {
        [from, to] => (from, to, 1),
        [from, to, step] => (from, to, step.parse::<i64>().ok()?.unsigned_abs().max(1)),
        _ => return None,
    };
    let step = usize::try_from(step).ok()?;
    let along = |from: i64, to: i64| -> Option<Vec<i64>> {
        let most = usize::try_from(from.abs_diff(to)).ok()? / step;
        let up: Box<dyn Iterator<Item = i64>> =
            if from <= to { Box::new((from..=to).step_by(step)) } else { Box::new((to..=from).rev().step_by(step)) };
        // One more than is allowed is enough to be refused.
        Some(up.take(most.min(MOST) + 1).collect())
    };
    if let (Ok(first), Ok(last)) = (from.parse::<i64>(), to.parse::<i64>()) {
        let padded =
            |text: &str| text.trim_start_matches('-').starts_with('0') && text.trim_start_matches('-').len() > 1;
        let width = if padded(from) || padded(to) { from.len().max(to.len()) } else { 0 };
        return Some(along(first, last)?.into_iter().map(|n| format!("{n:0width$}").chars().collect()).collect());
    }
    let letter = |text: &str| match *text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(i64::from(letter)),
        _ => None,
    };
    let letters = along(letter(from)?, letter(to)?)?;
    Some(letters.into_iter().filter_map(|code| u8::try_from(code).ok()).map(|code| vec![char::from(code)]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_each_of_their_parts() {
        for (pattern, expanded) in [
            ("a", &["a"][..]),
            ("{a,b}.{x,y}", &["a.x", "a.y", "b.x", "b.y"]),
            ("{a,{b,c}}", &["a", "b", "c"]),
            ("a{,/b}", &["a", "a/b"]),
            ("{8..11}", &["8", "9", "10", "11"]),
            ("{08..10}", &["08", "09", "10"]),
            ("{5..1..2}", &["5", "3", "1"]),
            ("{-1..1}", &["-1", "0", "1"]),
            ("{c..a}", &["c", "b", "a"]),
            ("{a,b", &["{a,b"]),
            ("{a}{}", &["{a}{}"]),
            ("{a}{b,c}", &["{a}b", "{a}c"]),
            ("{{a,b}", &["{a", "{b"]),
            (r"\{a,b\}", &[r"\{a,b\}"]),
            (r"{a\,b,c}", &[r"a\,b", "c"]),
        ] {
            assert_eq!(expand(pattern).expect("few"), expanded, "{pattern}");
        }
    }

    #[test]
    fn too_many_are_refused_before_they_are_made() {
        assert_eq!(expand("{1..9999999999}"), None);
        assert_eq!(expand(&"{a,b}".repeat(64)), None);
        assert!(expand("{1..1000}").is_some());
    }
}
