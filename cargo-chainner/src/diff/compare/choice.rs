//! The choices of a dropdown. Saved chains keep the value of the chosen one.

use serde_json::Value;

use crate::diff::{
    change::{Changes, Kind},
    rename::{self, Item},
};

use super::pair::{Pair, enumerated, same, shown, text};

/// Compares the options of two dropdowns; `input` is what messages call them.
pub(super) fn compare(dropdown: Pair<'_>, input: &str, changes: &mut Changes) {
    let (old, new) = dropdown.at("options").lists();
    let Moves { gone, come, renamed } = Moves::of(dropdown);

    for (from, to) in &renamed {
        let pair = Pair { old: &old[*from]["value"], new: &new[*to]["value"] };
        let help = format!("keep the value {}; the label may change freely", shown(pair.old));
        let message = format!("choice {} of {input} looks renamed to {}", shown(pair.old), shown(pair.new));
        changes.advise(Kind::ChoiceRenamed, message, help);
    }
    for index in gone.iter().filter(|index| renamed.iter().all(|pair| pair.0 != **index)) {
        changes.add(Kind::ChoiceRemoved, format!("choice {} of {input} was removed", shown(&old[*index]["value"])));
    }
    for index in come.iter().filter(|index| renamed.iter().all(|pair| pair.1 != **index)) {
        changes.add(Kind::ChoiceAdded, format!("choice {} was added to {input}", shown(&new[*index]["value"])));
    }

    let kept: Vec<(usize, usize)> =
        old.iter().enumerate().filter_map(|(from, option)| Some((from, of_value(new, option)?))).collect();
    if kept.windows(2).any(|pair| pair[0].1 > pair[1].1) {
        reordered(dropdown, input, changes);
    }
    for (from, to) in kept {
        option(Pair { old: &old[from], new: &new[to] }, input, changes);
    }
}

/// The place of an option by its value.
fn of_value(list: &[Value], option: &Value) -> Option<usize> {
    list.iter().position(|other| same(&other["value"], &option["value"]))
}

/// Options that went, came, and likely did both: their places in the old and the new list.
struct Moves {
    gone: Vec<usize>,
    come: Vec<usize>,
    renamed: Vec<(usize, usize)>,
}

impl Moves {
    fn of(dropdown: Pair<'_>) -> Self {
        let (old, new) = dropdown.at("options").lists();
        let gone: Vec<usize> = (0..old.len()).filter(|index| of_value(new, &old[*index]).is_none()).collect();
        let come: Vec<usize> = (0..new.len()).filter(|index| of_value(old, &new[*index]).is_none()).collect();
        let renamed = renames(old, &gone, new, &come);
        Self { gone, come, renamed }
    }
}

/// The old values of options that look renamed, and their places in the new list.
pub(super) fn renamed(dropdown: Pair<'_>) -> Vec<(Value, usize)> {
    let old = dropdown.at("options").lists().0;
    Moves::of(dropdown).renamed.into_iter().map(|(from, to)| (old[from]["value"].clone(), to)).collect()
}

fn renames(old: &[Value], gone: &[usize], new: &[Value], come: &[usize]) -> Vec<(usize, usize)> {
    let values = |list: &[Value], indices: &[usize]| -> Vec<String> {
        indices.iter().map(|index| shown(&list[*index]["value"])).collect()
    };
    let (old_values, new_values) = (values(old, gone), values(new, come));
    let alike =
        |one: &Value, other: &Value| strsim::normalized_damerau_levenshtein(text(one, "option"), text(other, "option"));
    let pairs = rename::likely(&items(old, gone, &old_values), &items(new, come, &new_values), alike);
    pairs.into_iter().map(|(from, to)| (gone[from], come[to])).collect()
}

fn items<'a>(list: &'a [Value], indices: &[usize], values: &'a [String]) -> Vec<Item<'a, Value>> {
    let item = |(index, value): (&usize, &'a String)| Item {
        names: [value.as_str(), text(&list[*index], "option")],
        position: Some(*index),
        value: &list[*index],
    };
    indices.iter().zip(values).map(item).collect()
}

fn reordered(dropdown: Pair<'_>, input: &str, changes: &mut Changes) {
    let is_checkbox = |dropdown: &Value| text(dropdown, "preferredStyle") == "checkbox";
    if is_checkbox(dropdown.new) && dropdown.at("options").lists().1.len() == 2 {
        let message = format!("the choices of the check box {input} changed places");
        changes.advise(Kind::CheckboxReversed, message, "the first choice is the one of the ticked box");
    } else {
        changes.add(Kind::ChoicesReordered, format!("the choices of {input} are in another order"));
    }
}

fn option(option: Pair<'_>, input: &str, changes: &mut Changes) {
    let value = shown(&option.old["value"]);
    if option.differs("condition") {
        changes.add(Kind::ChoiceCondition, format!("choice {value} of {input} is offered under another condition"));
    }
    if option.differs("option") {
        changes.add(Kind::ChoiceLook, format!("label of choice {value} of {input}: {}", option.at("option").shown()));
    }
    let rest = option.others(&[&["value", "condition", "option"]]);
    if !rest.is_empty() {
        changes.add(Kind::ChoiceLook, format!("{} of choice {value} of {input} changed", enumerated(&rest)));
    }
}
