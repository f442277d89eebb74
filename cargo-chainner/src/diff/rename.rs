//! Likely renames: what went and what came at once, and resembles it.

/// Something that went or came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a, T: ?Sized> {
    /// The names it goes by, such as id and label.
    pub(super) names: [&'a str; 2],
    /// Where it stands among its like, if that means something.
    pub(super) position: Option<usize>,
    /// The thing itself.
    pub(super) value: &'a T,
}

/// Shares of the likeness: the name counts half, the rest is what the thing is and where it stands.
const NAME: f64 = 0.5;
const NATURE: f64 = 0.3;
const POSITION: f64 = 0.2;

/// From here on a rename is likely. Things of one nature at one place with unlike names just reach it.
const LIKELY: f64 = NATURE + POSITION;

/// Pairs of indices into `gone` and `come`, the likeliest first; none is in two pairs.
///
/// `alike` says how much of the nature two things share: 0 for things that cannot be one another, 1 for equals.
pub(super) fn likely<T: ?Sized>(
    gone: &[Item<'_, T>],
    come: &[Item<'_, T>],
    alike: impl Fn(&T, &T) -> f64,
) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (from, old) in gone.iter().enumerate() {
        for (to, new) in come.iter().enumerate() {
            let nature = alike(old.value, new.value);
            let in_place = old.position.is_some() && old.position == new.position;
            let score =
                NAME * resemblance(old.names, new.names) + NATURE * nature + if in_place { POSITION } else { 0.0 };
            if nature > 0.0 && score >= LIKELY {
                scored.push((score, from, to));
            }
        }
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, from, to) in scored {
        if pairs.iter().all(|pair| pair.0 != from && pair.1 != to) {
            pairs.push((from, to));
        }
    }
    pairs
}

/// Of the two names, the one that changed less decides.
fn resemblance(old: [&str; 2], new: [&str; 2]) -> f64 {
    let of =
        |index: usize| strsim::normalized_damerau_levenshtein(&old[index].to_lowercase(), &new[index].to_lowercase());
    of(0).max(of(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item<'a>(name: &'a str, position: usize, nature: &'a str) -> Item<'a, str> {
        Item { names: [name, name], position: Some(position), value: nature }
    }

    fn same(old: &str, new: &str) -> f64 {
        f64::from(u8::from(old == new))
    }

    #[test]
    fn a_thing_of_the_same_nature_at_the_same_place_was_renamed() {
        assert_eq!(likely(&[item("radius", 1, "slider")], &[item("sigma", 1, "slider")], same), [(0, 0)]);
        assert_eq!(likely(&[item("radius", 1, "slider")], &[item("radius px", 4, "slider")], same), [(0, 0)]);
    }

    #[test]
    fn an_unlike_thing_was_not() {
        assert_eq!(likely(&[item("radius", 1, "slider")], &[item("sigma", 2, "slider")], same), []);
        assert_eq!(likely(&[item("radius", 1, "slider")], &[item("radius", 1, "text")], same), []);
    }

    #[test]
    fn the_likeliest_pair_is_taken_first() {
        let gone = [item("blur", 0, "x"), item("blur radius", 1, "x")];
        let come = [item("blur radius 2", 0, "x"), item("blurs", 5, "x")];
        assert_eq!(likely(&gone, &come, same), [(1, 0), (0, 1)]);
    }
}
