//! Which old input is which new one, and the same for outputs.

use serde_json::Value;

use super::pair::{same, text};

/// Whether an old thing is a new one.
type Rule<'a> = &'a dyn Fn(&Value, &Value) -> bool;

/// Indices into the old and the new list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matching {
    /// Those that stayed, in the old order. Their ids may differ.
    pub(super) kept: Vec<(usize, usize)>,
    /// Old ones that went.
    pub(super) gone: Vec<usize>,
    /// New ones that came.
    pub(super) come: Vec<usize>,
}

impl Matching {
    /// Things with one id and label are the same. Of the others, those with one label and kind are the same under a new id,
    /// and the rest is told by the id.
    pub(super) fn of(old: &[Value], new: &[Value]) -> Self {
        let mut kept: Vec<(usize, usize)> = Vec::new();
        let same_id = |one: &Value, other: &Value| same(&one["id"], &other["id"]);
        let same_label = |one: &Value, other: &Value| text(one, "label") == text(other, "label");
        let same_sort = |one: &Value, other: &Value| same_label(one, other) && one["kind"] == other["kind"];
        let rules: [Rule<'_>; 3] = [&|one, other| same_id(one, other) && same_label(one, other), &same_sort, &same_id];
        for rule in rules {
            for (from, one) in old.iter().enumerate() {
                let free = |to: &usize| kept.iter().all(|pair| pair.1 != *to);
                if kept.iter().any(|pair| pair.0 == from) {
                    continue;
                }
                if let Some(to) = (0..new.len()).find(|to| free(to) && rule(one, &new[*to])) {
                    kept.push((from, to));
                }
            }
        }
        kept.sort_unstable();
        let gone = (0..old.len()).filter(|from| kept.iter().all(|pair| pair.0 != *from)).collect();
        let come = (0..new.len()).filter(|to| kept.iter().all(|pair| pair.1 != *to)).collect();
        Self { kept, gone, come }
    }

    /// Whether those that stayed are in another order.
    pub(super) fn is_reordered(&self) -> bool {
        self.kept.windows(2).any(|pair| pair[0].1 > pair[1].1)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn things(things: &[(u32, &str)]) -> Vec<Value> {
        things.iter().map(|(id, label)| json!({"id": id, "label": label, "kind": "slider"})).collect()
    }

    #[test]
    fn things_that_got_new_ids_are_found_by_their_labels() {
        let old = things(&[(0, "Image"), (1, "Amount"), (2, "Shape")]);
        let new = things(&[(0, "Image"), (1, "Gamma"), (2, "Amount"), (3, "Shape")]);
        let expected = Matching { kept: vec![(0, 0), (1, 2), (2, 3)], gone: vec![], come: vec![1] };
        assert_eq!(Matching::of(&old, &new), expected);
    }

    #[test]
    fn a_new_label_alone_is_a_new_label() {
        let matching = Matching::of(&things(&[(0, "A"), (1, "B")]), &things(&[(1, "B"), (0, "C")]));
        assert_eq!(matching.kept, [(0, 1), (1, 0)]);
        assert!(matching.is_reordered());
    }
}
