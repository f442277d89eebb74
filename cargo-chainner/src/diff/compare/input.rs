//! The inputs of a node. Saved chains keep values and connections under their ids.

use chainner_navi::Type;
use serde_json::Value;

use crate::diff::{
    change::{Changes, Kind},
    rename::{self, Item},
};

use super::{
    choice,
    matching::Matching,
    pair::{Pair, enumerated, text},
    types::{NodeTypes, Relation, without_null},
    value,
};

/// Keys that are only seen.
const LOOK: &[&str] = &[
    "label",
    "description",
    "hint",
    "suggest",
    "fused",
    "labelStyle",
    "controlsStep",
    "sliderStep",
    "hideTrailingZeros",
    "noteExpression",
    "ends",
    "gradient",
    "scale",
    "placeholder",
    "multiline",
    "preferredStyle",
    "groups",
    "primaryInput",
];

/// Keys that rules look at.
const JUDGED: &[&str] = &["id", "kind", "optional", "hasHandle", "type", "conversions", "adapt", "typeDefinitions"];

/// Changes of what an input lets in, which its type only repeats.
const EXPLAINING: &[Kind] = &[
    Kind::InputRangeNarrowed,
    Kind::InputRangeWidened,
    Kind::InputPrecisionLowered,
    Kind::InputPrecisionRaised,
    Kind::InputTextNarrowed,
    Kind::InputTextWidened,
    Kind::InputFileKind,
    Kind::InputColorsNarrowed,
    Kind::InputColorsWidened,
    Kind::ChoiceAdded,
    Kind::ChoiceRemoved,
    Kind::ChoiceRenamed,
    Kind::ChoiceLook,
];

/// Compares the inputs of a node. Returns the old and new ids of those that stayed.
pub(super) fn compare(node: Pair<'_>, types: Option<&NodeTypes>, changes: &mut Changes) -> Vec<(i64, i64)> {
    let (old, new) = node.at("inputs").lists();
    let Matched { mut matching, renamed } = Matched::of(node);
    for (from, to) in &renamed {
        let (from, to) = (&old[*from], &new[*to]);
        let help = format!("keep its id: `#[input(id = {})]`; the name may change freely", from["id"]);
        changes.advise(Kind::InputRenamed, format!("{} looks renamed to {}", name(from), name(to)), help);
    }
    for gone in matching.gone.iter().filter(|gone| renamed.iter().all(|pair| pair.0 != **gone)) {
        changes.add(Kind::InputRemoved, format!("{} was removed", name(&old[*gone])));
    }
    for come in matching.come.iter().filter(|come| renamed.iter().all(|pair| pair.1 != **come)) {
        added(&new[*come], changes);
    }
    if matching.is_reordered() {
        changes.add(Kind::InputMoved, "the inputs are in another order");
    }
    matching.kept.extend(renamed);
    matching.kept.sort_unstable();
    let mut ids = Vec::new();
    for (from, to) in matching.kept {
        let pair = Pair { old: &old[from], new: &new[to] };
        let is_renamed = matching.gone.contains(&from);
        ids.extend(pair.old["id"].as_i64().zip(pair.new["id"].as_i64()));
        input(pair, is_renamed, types, changes);
    }
    ids
}

/// Which old input is which new one, likely renames among them.
pub(super) struct Matched {
    matching: Matching,
    renamed: Vec<(usize, usize)>,
}

impl Matched {
    pub(super) fn of(node: Pair<'_>) -> Self {
        let (old, new) = node.at("inputs").lists();
        let matching = Matching::of(old, new);
        let gone: Vec<Item<'_, Value>> = matching.gone.iter().map(|index| item(old, *index)).collect();
        let come: Vec<Item<'_, Value>> = matching.come.iter().map(|index| item(new, *index)).collect();
        let renamed = rename::likely(&gone, &come, alike).into_iter();
        let renamed = renamed.map(|(from, to)| (matching.gone[from], matching.come[to])).collect();
        Self { matching, renamed }
    }

    /// Places of those that stayed, in the old and the new list.
    pub(super) fn kept(&self) -> impl Iterator<Item = (usize, usize)> {
        self.matching.kept.iter().chain(&self.renamed).copied()
    }

    /// Places of those that came.
    pub(super) fn come(&self) -> impl Iterator<Item = usize> {
        let is_new = |index: &usize| self.renamed.iter().all(|pair| pair.1 != *index);
        self.matching.come.iter().copied().filter(is_new)
    }
}

fn item(list: &[Value], index: usize) -> Item<'_, Value> {
    let label = text(&list[index], "label");
    Item { names: [label, label], position: Some(index), value: &list[index] }
}

/// Inputs of other kinds are no renames of one another.
fn alike(old: &Value, new: &Value) -> f64 {
    match (text(old, "kind"), text(new, "kind")) {
        ("generic", "generic") if old["type"] != new["type"] => 0.3,
        (one, other) if one == other || is_number(one) && is_number(other) => 1.0,
        _ => 0.0,
    }
}

fn is_number(kind: &str) -> bool {
    matches!(kind, "number" | "slider")
}

fn name(input: &Value) -> String {
    format!("input `{}` (id {})", text(input, "label"), input["id"])
}

fn added(input: &Value, changes: &mut Changes) {
    let has_value = !input["def"].is_null() || text(input, "kind") == "static";
    let name = name(input);
    match (input["optional"] == true, has_value) {
        (true, _) => changes.add(Kind::InputAdded, format!("{name} was added, which can be left out")),
        (_, true) => changes.add(Kind::InputAdded, format!("{name} was added, with a default")),
        _ => {
            let message = format!("{name} was added, which every chain has to give");
            changes.advise(Kind::InputAddedRequired, message, "make it optional, or give it a default");
        }
    }
}

fn input(input: Pair<'_>, is_renamed: bool, types: Option<&NodeTypes>, changes: &mut Changes) {
    let name = name(input.old);
    if input.differs("id") && !is_renamed {
        let shown = input.at("id").shown();
        let help = format!("keep its id: `#[input(id = {})]`", input.old["id"]);
        changes.advise(Kind::InputId, format!("id of input `{}`: {shown}", text(input.old, "label")), help);
    }
    match input.at("optional").flags() {
        (true, false) => changes.add(Kind::InputRequired, format!("{name} can no longer be left out")),
        (false, true) => changes.add(Kind::InputOptional, format!("{name} can now be left out")),
        _ => {}
    }
    match input.at("hasHandle").flags() {
        (true, false) => changes.add(Kind::InputHandleRemoved, format!("{name} has lost its handle")),
        (false, true) => changes.add(Kind::InputHandleAdded, format!("{name} has got a handle")),
        _ => {}
    }
    let kinds = input.at("kind").texts();
    let stays = kinds.0 == kinds.1 || is_number(kinds.0) && is_number(kinds.1);
    if kinds.0 != kinds.1 {
        let kind = if stays { Kind::InputControl } else { Kind::InputKind };
        changes.add(kind, format!("kind of {name}: {}", input.at("kind").shown()));
    }
    // Values of another kind cannot be compared.
    let mut known = vec![LOOK, JUDGED];
    if stays {
        let before = changes.len();
        known.push(value::compare(input, &name, changes));
        if kinds.1 == "dropdown" {
            choice::compare(input, &name, changes);
        }
        let is_explained =
            changes.has_since(before, EXPLAINING) && (is_number(kinds.1) || !input.differs("conversions"));
        compare_types(input, &name, types, is_explained, changes);
    }
    if input.differs("label") && !is_renamed {
        changes.add(Kind::InputLook, format!("label of {name}: {}", input.at("label").shown()));
    }
    let look =
        if stays { input.differing(&LOOK[1..]) } else { input.differing(&["description", "hint", "suggest", "fused"]) };
    if !look.is_empty() {
        changes.add(Kind::InputLook, format!("{} of {name} changed", enumerated(&look)));
    }
    if stays {
        for key in input.others(&known) {
            changes.add(Kind::Other, format!("`{key}` of {name}: {}", input.at(key).shown()));
        }
    }
}

/// Compares what can be connected; `is_explained` when another range or choice is why the type is another one.
fn compare_types(input: Pair<'_>, name: &str, types: Option<&NodeTypes>, is_explained: bool, changes: &mut Changes) {
    let (had_handle, has_handle) = input.at("hasHandle").flags();
    let is_rewritten = !input.differing(&["type", "typeDefinitions"]).is_empty();
    let is_converted = !input.differing(&["conversions", "adapt"]).is_empty();
    if !(had_handle && has_handle) {
        if (is_rewritten || is_converted) && !is_explained {
            changes.add(Kind::InputTypeInside, format!("the type of {name} changed"));
        }
        return;
    }
    let ids = input.old["id"].as_i64().zip(input.new["id"].as_i64());
    // That an input can be left out is part of its type, and told already.
    let besides_null = |(old, new): (Type, Type)| match input.differs("optional") {
        true => (without_null(&old), without_null(&new)),
        false => (old, new),
    };
    let found = ids.zip(types).and_then(|((from, to), types)| {
        Some((besides_null(types.input(from, to)?), besides_null(types.declared(from, to)?)))
    });
    let Some((connected, declared)) = found else {
        if is_rewritten || is_converted {
            changes.add(Kind::InputTypeUnknown, format!("type of {name}: {}", input.at("type").shown()));
        }
        return;
    };
    let shown = format!("type of {name}: {} -> {}", connected.0, connected.1);
    match Relation::of(&connected.0, &connected.1) {
        Relation::Same if is_converted || Relation::of(&declared.0, &declared.1) != Relation::Same => {
            if !is_explained {
                changes.add(Kind::InputConversion, format!("what {name} makes of other types changed"));
            }
        }
        Relation::Same if is_rewritten && !is_explained && !input.differs("optional") => {
            changes.add(Kind::InputTypeText, format!("the type of {name} is written in another way"));
        }
        _ if is_explained => {}
        Relation::Same => {}
        Relation::Narrower => changes.add(Kind::InputTypeNarrowed, shown),
        Relation::Wider => changes.add(Kind::InputTypeWidened, shown),
        Relation::Other => changes.add(Kind::InputTypeChanged, shown),
    }
}
