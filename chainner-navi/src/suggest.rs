//! "Did you mean".

use std::collections::HashMap;

/// The up to three names that share the most letter pairs with `wanted`, the likeliest first.
///
/// ```
/// let names = ["Input0", "round", "Image"];
/// assert_eq!(chainner_navi::suggest("Inptu0", names), ["Input0"]);
/// ```
pub fn suggest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted_pairs = pairs(wanted);
    let mut scored: Vec<(f64, &str)> = names
        .into_iter()
        .filter(|name| *name != wanted)
        .map(|name| (similarity(&wanted_pairs, &pairs(name)), name))
        .filter(|(score, _)| *score >= 0.4)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

type Pairs = HashMap<(char, char), usize>;

/// The pairs of neighbouring letters, with a blank on either side so that single letters have some.
fn pairs(name: &str) -> Pairs {
    let letters: Vec<char> =
        std::iter::once(' ').chain(name.chars().flat_map(char::to_lowercase)).chain(std::iter::once(' ')).collect();
    let mut pairs = Pairs::new();
    for pair in letters.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

/// Dice's coefficient: twice the shared pairs by all pairs.
fn similarity(a: &Pairs, b: &Pairs) -> f64 {
    let shared: usize = a.iter().map(|(pair, count)| count.min(b.get(pair).unwrap_or(&0))).sum();
    let all = a.values().sum::<usize>() + b.values().sum::<usize>();
    2.0 * shared as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelier_names_come_first() {
        let names = ["width", "height", "channels", "with"];
        assert_eq!(suggest("widht", names)[0], "width");
        assert!(suggest("zzz", names).is_empty());
    }
}
