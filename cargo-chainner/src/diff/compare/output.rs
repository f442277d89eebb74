//! The outputs of a node. Saved chains keep their ids; runs address them by position.

use serde_json::Value;

use crate::diff::{
    change::{Changes, Kind},
    rename::{self, Item},
};

use super::{
    matching::Matching,
    node::new_id,
    pair::{Pair, enumerated, same, text},
    types::{NodeTypes, Relation},
};

const LOOK: &[&str] = &["label", "description", "neverReason", "kind", "suggest"];
const JUDGED: &[&str] = &["id", "type", "hasHandle", "passthroughOf"];

/// Compares the outputs of a node; `inputs` are the old and new ids of its inputs that stayed.
pub(super) fn compare(node: Pair<'_>, types: Option<&NodeTypes>, inputs: &[(i64, i64)], changes: &mut Changes) {
    let (old, new) = node.at("outputs").lists();
    let matching = Matching::of(old, new);
    let gone: Vec<Item<'_, Value>> = matching.gone.iter().map(|index| item(old, *index)).collect();
    let come: Vec<Item<'_, Value>> = matching.come.iter().map(|index| item(new, *index)).collect();
    let renamed: Vec<(usize, usize)> = rename::likely(&gone, &come, alike)
        .into_iter()
        .map(|(from, to)| (matching.gone[from], matching.come[to]))
        .collect();
    for (from, to) in &renamed {
        let (from, to) = (&old[*from], &new[*to]);
        let help = format!("keep its id: `#[output(id = {})]`", from["id"]);
        changes.advise(Kind::OutputRenamed, format!("{} looks renamed to {}", name(from), name(to)), help);
    }
    for gone in matching.gone.iter().filter(|gone| renamed.iter().all(|pair| pair.0 != **gone)) {
        changes.add(Kind::OutputRemoved, format!("{} was removed", name(&old[*gone])));
    }
    let last_kept = matching.kept.iter().map(|pair| pair.1).max();
    for come in matching.come.iter().filter(|come| renamed.iter().all(|pair| pair.1 != **come)) {
        if last_kept.is_some_and(|last| *come < last) {
            changes.add(Kind::OutputInserted, format!("{} was added before others", name(&new[*come])));
        } else {
            changes.add(Kind::OutputAdded, format!("{} was added", name(&new[*come])));
        }
    }
    if matching.is_reordered() {
        changes.add(Kind::OutputsReordered, "the outputs are in another order");
    }
    for (from, to) in matching.kept {
        output(Pair { old: &old[from], new: &new[to] }, false, types, inputs, changes);
    }
    for (from, to) in renamed {
        output(Pair { old: &old[from], new: &new[to] }, true, types, inputs, changes);
    }
}

fn item(list: &[Value], index: usize) -> Item<'_, Value> {
    let label = text(&list[index], "label");
    Item { names: [label, label], position: Some(index), value: &list[index] }
}

fn alike(old: &Value, new: &Value) -> f64 {
    if old["type"] == new["type"] { 1.0 } else { 0.3 }
}

fn name(output: &Value) -> String {
    format!("output `{}` (id {})", text(output, "label"), output["id"])
}

fn output(output: Pair<'_>, is_renamed: bool, types: Option<&NodeTypes>, inputs: &[(i64, i64)], changes: &mut Changes) {
    let name = name(output.old);
    if output.differs("id") && !is_renamed {
        let message = format!("id of output `{}`: {}", text(output.old, "label"), output.at("id").shown());
        changes.advise(Kind::OutputId, message, format!("keep its id: `#[output(id = {})]`", output.old["id"]));
    }
    match output.at("hasHandle").flags() {
        (true, false) => changes.add(Kind::OutputHandleRemoved, format!("{name} has lost its handle")),
        (false, true) => changes.add(Kind::OutputHandleAdded, format!("{name} has got a handle")),
        _ => {}
    }
    compare_types(output, &name, types, inputs, changes);
    if !same(&new_id(&output.old["passthroughOf"], inputs), &output.new["passthroughOf"]) {
        let shown = output.at("passthroughOf").shown();
        changes.add(Kind::OutputPassthrough, format!("input that {name} passes through: {shown}"));
    }
    if output.differs("label") && !is_renamed {
        changes.add(Kind::OutputLook, format!("label of {name}: {}", output.at("label").shown()));
    }
    let look = output.differing(&LOOK[1..]);
    if !look.is_empty() {
        changes.add(Kind::OutputLook, format!("{} of {name} changed", enumerated(&look)));
    }
    for key in output.others(&[LOOK, JUDGED]) {
        changes.add(Kind::Other, format!("`{key}` of {name}: {}", output.at(key).shown()));
    }
}

fn compare_types(
    output: Pair<'_>,
    name: &str,
    types: Option<&NodeTypes>,
    inputs: &[(i64, i64)],
    changes: &mut Changes,
) {
    let is_rewritten = output.differs("type");
    let ids = output.old["id"].as_i64().zip(output.new["id"].as_i64());
    let found = ids.zip(types).and_then(|((from, to), types)| Some((from, to, types, types.output(from, to)?)));
    let Some((from, to, types, (old, new))) = found else {
        if is_rewritten {
            let shown = output.at("type").shown();
            changes.add(Kind::OutputTypeUnknown, format!("type of {name}: {shown}"));
        }
        return;
    };
    let shown = format!("type of {name}: {old} -> {new}");
    match Relation::of(&old, &new) {
        Relation::Narrower => changes.add(Kind::OutputTypeNarrowed, shown),
        Relation::Wider => changes.add(Kind::OutputTypeWidened, shown),
        Relation::Other => changes.add(Kind::OutputTypeChanged, shown),
        Relation::Same => match types.connected_output(inputs, from, to) {
            Some((old, new)) if Relation::of(&old, &new) != Relation::Same => {
                let shown = format!("type of {name} with connected inputs: {old} -> {new}");
                changes.add(Kind::OutputTypeDependence, shown);
            }
            _ if is_rewritten => {
                changes.add(Kind::OutputTypeText, format!("the type of {name} is written in another way"));
            }
            _ => {}
        },
    }
}
