//! Groups of the layout: keys of the inputs where those say all, else `#[layout(…)]`.

use super::{Outcome, Scope, Sort, navi::literal, refused};
use crate::port::{
    names,
    read::{Condition, LayoutGroup, LayoutItem},
};

/// More inputs than this are named in one place rather than each repeat the condition.
const MOST_REPEATED: usize = 3;

/// How the layout is written.
pub(super) enum Layout {
    /// Keys of each input, in order.
    Keys(Vec<Vec<String>>),
    /// In one place.
    Attribute(Vec<Place>),
}

/// A place of `#[layout(…)]`.
#[derive(Debug)]
pub(in crate::port) enum Place {
    /// An input.
    Input(String),
    /// A group: what stands before the bracket, and what in it.
    Group(String, Vec<Place>),
}

/// The groups that are keys of inputs too, from the outside in.
const LEVELS: [&str; 4] = ["conditional", "required", "optional-list", "linked-inputs"];

impl Scope<'_> {
    /// The layout of the node.
    pub(super) fn layout(&self) -> Outcome<Layout> {
        let items = &self.node.group_layout;
        let mut keys = vec![Vec::new(); self.node.inputs.len()];
        let mut order = Vec::new();
        if self.keys_of(items, 0, &[], &mut keys, &mut order)? && order.iter().copied().eq(0..keys.len()) {
            return Ok(Layout::Keys(keys));
        }
        Ok(Layout::Attribute(self.places(items)?))
    }

    /// Adds the keys of the inputs; `false` if keys cannot say it, or only at length.
    fn keys_of(
        &self,
        items: &[LayoutItem],
        level: usize,
        around: &[String],
        keys: &mut [Vec<String>],
        order: &mut Vec<usize>,
    ) -> Outcome<bool> {
        let mut before: Option<&LayoutGroup> = None;
        for item in items {
            match item {
                LayoutItem::Input(id) => {
                    let index = self.index(*id)?;
                    if self.sorts[index] == Sort::Seed {
                        return Ok(false);
                    }
                    keys[index].extend_from_slice(around);
                    order.push(index);
                    before = None;
                }
                LayoutItem::Group(group) => {
                    if let Some(index) = self.own_seed(group) {
                        keys[index].extend_from_slice(around);
                        order.push(index);
                        before = None;
                        continue;
                    }
                    let Some(at) = LEVELS.iter().position(|kind| *kind == group.kind).filter(|at| *at >= level) else {
                        return Ok(false);
                    };
                    // Neighbours with the same key would become one group.
                    let merges =
                        before.is_some_and(|before| before.kind == group.kind && before.options == group.options);
                    if merges && group.kind != "linked-inputs" {
                        return Ok(false);
                    }
                    before = Some(group);
                    let key = match (group.kind.as_str(), &group.options.condition) {
                        ("conditional", Some(condition)) => format!("when({})", self.condition(condition)?),
                        ("required", Some(condition)) => format!("required_when({})", self.condition(condition)?),
                        ("optional-list", _) => "optional_list".to_owned(),
                        ("linked-inputs", _) => format!("linked = {}", literal(&self.set(group))),
                        _ => return Ok(false),
                    };
                    if at < 2 && group.items.len() > MOST_REPEATED {
                        return Ok(false);
                    }
                    let around: Vec<String> = around.iter().cloned().chain([key]).collect();
                    if !self.keys_of(&group.items, at + 1, &around, keys, order)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// The seed that stands in a group of its own, as seeds do by themselves.
    fn own_seed(&self, group: &LayoutGroup) -> Option<usize> {
        match (group.kind.as_str(), group.items.as_slice()) {
            ("seed", [LayoutItem::Input(id)]) => self.index(*id).ok().filter(|index| self.sorts[*index] == Sort::Seed),
            _ => None,
        }
    }

    /// A name for inputs that are kept equal.
    fn set(&self, group: &LayoutGroup) -> String {
        let names: Vec<&str> = group
            .items
            .iter()
            .filter_map(|item| match item {
                LayoutItem::Input(id) => self.name(*id).ok(),
                LayoutItem::Group(_) => None,
            })
            .collect();
        names.join("_and_")
    }

    fn places(&self, items: &[LayoutItem]) -> Outcome<Vec<Place>> {
        items.iter().map(|item| self.place(item)).collect()
    }

    fn place(&self, item: &LayoutItem) -> Outcome<Place> {
        let group = match item {
            LayoutItem::Input(id) => return Ok(Place::Input(self.written(*id)?)),
            LayoutItem::Group(group) => group,
        };
        if let Some(index) = self.own_seed(group) {
            return Ok(Place::Input(names::written(&self.names[index])));
        }
        let condition = |word: &str| match &group.options.condition {
            Some(condition) => Ok(format!("{word}({})", self.condition(condition)?)),
            None => refused(format!("a group `{}` without a condition", group.kind)),
        };
        let head = match group.kind.as_str() {
            "conditional" => condition("when")?,
            "required" => condition("required_when")?,
            "optional-list" => "optional_list".to_owned(),
            "seed" => "seed".to_owned(),
            "linked-inputs" => "linked".to_owned(),
            "icon-set" => format!("icon_set({})", literal(group.options.label.as_deref().unwrap_or_default())),
            "menu-icon-row" => "menu_icons".to_owned(),
            "from-to-dropdowns" => "from_to".to_owned(),
            "ncnn-file-inputs" => "ncnn_files".to_owned(),
            kind => return refused(format!("a group of the kind `{kind}`")),
        };
        Ok(Place::Group(head, self.places(&group.items)?))
    }

    /// What decides whether an input is shown, if it is one value of one choice.
    pub(in crate::port) fn shown_by(items: &[LayoutItem], id: u32) -> Option<(u32, &serde_json::Value)> {
        fn find<'a>(
            items: &'a [LayoutItem],
            id: u32,
            around: Option<(u32, &'a serde_json::Value)>,
        ) -> Option<(u32, &'a serde_json::Value)> {
            items.iter().find_map(|item| match item {
                LayoutItem::Input(input) => around.filter(|_| *input == id),
                LayoutItem::Group(group) => {
                    let own = match &group.options.condition {
                        Some(Condition::Enum { input, values }) if values.len() == 1 => Some((*input, &values[0])),
                        _ => None,
                    };
                    find(&group.items, id, own.or(around))
                }
            })
        }
        find(items, id, None)
    }
}
