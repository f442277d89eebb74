//! What has to stand in the sources for saved chains to stay whole: ids of nodes and inputs, values of choices.

use serde_json::Value;

use super::compare::{self, Kept};

/// Something that a declaration can say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keep {
    /// Id of the node, as it is.
    pub(super) node: String,
    /// What is to be said.
    pub(super) what: What,
}

/// What is to be said of a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// Its id.
    Id(String),
    /// The id of an input that has another one now.
    Input { now: i64, id: i64 },
    /// The value of a choice of an input, by the place of the choice.
    Choice { input: i64, place: usize, value: Value },
}

/// All that has to be said, of a schema that was and one that is.
pub(super) fn all(old: &Value, new: &Value) -> Vec<Keep> {
    compare::kept(old, new).iter().flat_map(of_node).collect()
}

fn of_node(node: &Kept) -> Vec<Keep> {
    let Kept { ids: [was, is], inputs, come, choices } = node;
    let keep = |what| Keep { node: is.clone(), what };
    let mut all = Vec::new();
    if was != is {
        all.push(keep(What::Id(was.clone())));
    }
    let mut taken: Vec<i64> = inputs.iter().map(|(was, _)| *was).collect();
    for (was, now) in inputs.iter().filter(|(was, now)| was != now) {
        all.push(keep(What::Input { now: *now, id: *was }));
    }
    // What came may have an id that one that stayed gets back.
    for now in come {
        let highest = taken.iter().chain(come).copied().max().unwrap_or(0);
        let id = if taken.contains(now) { highest + 1 } else { *now };
        if id != *now {
            all.push(keep(What::Input { now: *now, id }));
        }
        taken.push(id);
    }
    for (input, value, place) in choices {
        all.push(keep(What::Choice { input: *input, place: *place, value: value.clone() }));
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema(node: &str, inputs: &[(i64, &str)], options: &[&str]) -> Value {
        let mut inputs: Vec<Value> = inputs
            .iter()
            .map(|(id, label)| json!({"id": id, "label": label, "kind": "number", "type": "number"}))
            .collect();
        if !options.is_empty() {
            let options: Vec<Value> = options.iter().map(|value| json!({"value": value, "option": value})).collect();
            inputs.push(json!({"id": 9, "label": "Mode", "kind": "dropdown", "options": options}));
        }
        let node = json!({"schemaId": node, "name": "Blur", "kind": "regularNode", "inputs": inputs, "outputs": []});
        json!({"package": {}, "categories": [], "nodes": [node]})
    }

    #[test]
    fn what_chains_hold_is_kept_and_nothing_else() {
        let old = schema("a:b:blur", &[(0, "Image"), (1, "Amount"), (2, "Radius")], &["round", "oval"]);
        let input = |now, id| What::Input { now, id };
        let rows: &[(Value, &[What])] = &[
            (old.clone(), &[]),
            // Another order.
            (
                schema("a:b:blur", &[(0, "Image"), (1, "Radius"), (2, "Amount")], &["round", "oval"]),
                &[input(2, 1), input(1, 2)],
            ),
            // A new one in between gets out of the way.
            (
                schema("a:b:blur", &[(0, "Image"), (1, "Gamma"), (2, "Amount"), (3, "Radius")], &["round", "oval"]),
                &[input(2, 1), input(3, 2), input(1, 10)],
            ),
            // A new one at the end is none of its business.
            (schema("a:b:blur", &[(0, "Image"), (1, "Amount"), (2, "Radius"), (3, "Gamma")], &["round", "oval"]), &[]),
            (
                schema("a:b:blurs", &[(0, "Image"), (1, "Amount"), (2, "Radius")], &["round", "oval"]),
                &[What::Id("a:b:blur".to_owned())],
            ),
            (
                schema("a:b:blur", &[(0, "Image"), (1, "Amount"), (2, "Radius")], &["round", "ovals"]),
                &[What::Choice { input: 9, place: 1, value: json!("oval") }],
            ),
            // What is gone cannot be kept.
            (schema("a:b:blur", &[(0, "Image"), (1, "Amount"), (2, "Radius")], &["round"]), &[]),
            (schema("a:b:blur", &[(0, "Image"), (1, "Amount")], &["round", "oval"]), &[]),
        ];
        for (new, expected) in rows {
            let found: Vec<What> = all(&old, new).into_iter().map(|keep| keep.what).collect();
            assert_eq!(found, *expected, "{new}");
        }
    }
}
