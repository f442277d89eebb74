//! The package itself: its id, settings, features and dependencies.

use serde_json::Value;

use crate::diff::change::{Changes, Kind};

use super::pair::{Pair, enumerated, items, same, text};

const LOOK: &[&str] = &["name", "description", "icon", "color", "disabled", "disabledReason"];
const JUDGED: &[&str] = &["id", "dependencies", "features", "settings"];

/// Compares two states of the package and its categories.
pub(super) fn compare(schema: Pair<'_>, changes: &mut Changes) {
    let package = schema.at("package");
    if package.differs("id") {
        let help = format!("keep the id: `id: \"{}\"` in `package!`", text(package.old, "id"));
        changes.advise(Kind::PackageId, format!("id of the package: {}", package.at("id").shown()), help);
    }
    let look = package.differing(LOOK);
    if !look.is_empty() {
        changes.add(Kind::PackageLook, format!("{} of the package changed", enumerated(&look)));
    }
    for key in package.others(&[LOOK, JUDGED]) {
        changes.add(Kind::Other, format!("`{key}` of the package: {}", package.at(key).shown()));
    }
    let lists = Listed {
        noun: "dependency",
        nouns: "dependencies",
        key: "pypiName",
        added: Kind::DependencyAdded,
        removed: Kind::DependencyRemoved,
    };
    lists.compare(package.at("dependencies"), changes, |dependency, name, changes| {
        for key in dependency.others(&[]) {
            changes.add(Kind::DependencyChanged, format!("{key} of {name}: {}", dependency.at(key).shown()));
        }
    });
    let lists = Listed {
        noun: "feature",
        nouns: "features",
        key: "id",
        added: Kind::FeatureAdded,
        removed: Kind::FeatureRemoved,
    };
    lists.compare(package.at("features"), changes, |feature, name, changes| {
        for key in feature.others(&[]) {
            changes.add(Kind::PackageLook, format!("{key} of {name}: {}", feature.at(key).shown()));
        }
    });
    let lists = Listed {
        noun: "setting",
        nouns: "settings",
        key: "key",
        added: Kind::SettingAdded,
        removed: Kind::SettingRemoved,
    };
    lists.compare(package.at("settings"), changes, setting);
    let lists = Listed {
        noun: "category",
        nouns: "categories",
        key: "id",
        added: Kind::CategoryAdded,
        removed: Kind::CategoryRemoved,
    };
    lists.compare(schema.at("categories"), changes, |category, name, changes| {
        let keys = category.others(&[]);
        if !keys.is_empty() {
            changes.add(Kind::CategoryLook, format!("{} of {name} changed", enumerated(&keys)));
        }
    });
}

/// A list of things that are told apart by a key.
struct Listed {
    noun: &'static str,
    nouns: &'static str,
    key: &'static str,
    added: Kind,
    removed: Kind,
}

impl Listed {
    fn compare(&self, lists: Pair<'_>, changes: &mut Changes, each: impl Fn(Pair<'_>, &str, &mut Changes)) {
        let (old, new) = lists.lists();
        let position =
            |list: &[Value], item: &Value| list.iter().position(|other| same(&other[self.key], &item[self.key]));
        let name = |item: &Value| format!("{} `{}`", self.noun, text(item, self.key));
        for gone in old.iter().filter(|item| position(new, item).is_none()) {
            changes.add(self.removed, format!("{} was removed", name(gone)));
        }
        for come in new.iter().filter(|item| position(old, item).is_none()) {
            changes.add(self.added, format!("{} was added", name(come)));
        }
        let kept: Vec<(&Value, usize)> = old.iter().filter_map(|item| Some((item, position(new, item)?))).collect();
        if kept.windows(2).any(|pair| pair[0].1 > pair[1].1) {
            changes.add(Kind::PackageLook, format!("the {} are in another order", self.nouns));
        }
        for (item, index) in kept {
            each(Pair { old: item, new: &new[index] }, &name(item), changes);
        }
    }
}

fn setting(setting: Pair<'_>, name: &str, changes: &mut Changes) {
    if setting.differs("type") {
        changes.add(Kind::SettingKind, format!("kind of {name}: {}", setting.at("type").shown()));
        return;
    }
    if setting.differs("default") {
        changes.add(Kind::SettingDefault, format!("default of {name}: {}", setting.at("default").shown()));
    }
    for (bound, is_wider) in [("min", f64::le as fn(&f64, &f64) -> bool), ("max", f64::ge)] {
        let pair = setting.at(bound);
        if let (Some(old), Some(new)) = (pair.old.as_f64(), pair.new.as_f64())
            && old != new
        {
            let kind = if is_wider(&new, &old) { Kind::SettingWidened } else { Kind::SettingNarrowed };
            changes.add(kind, format!("{bound} of {name}: {}", pair.shown()));
        }
    }
    options(setting.at("options"), name, changes);
    if setting.differs("directory") {
        changes.add(Kind::SettingNarrowed, format!("folder of {name}: {}", setting.at("directory").shown()));
    }
    let look = setting.differing(&["label", "description", "disabled"]);
    if !look.is_empty() {
        changes.add(Kind::SettingLook, format!("{} of {name} changed", enumerated(&look)));
    }
    let known = ["type", "key", "default", "min", "max", "options", "directory", "label", "description", "disabled"];
    for key in setting.others(&[&known]) {
        changes.add(Kind::Other, format!("`{key}` of {name}: {}", setting.at(key).shown()));
    }
}

fn options(options: Pair<'_>, name: &str, changes: &mut Changes) {
    let (old, new) = (items(options.old), items(options.new));
    let has = |list: &[Value], option: &Value| list.iter().any(|other| same(&other["value"], &option["value"]));
    let before = changes.len();
    for gone in old.iter().filter(|option| !has(new, option)) {
        changes.add(Kind::SettingNarrowed, format!("option `{}` of {name} was removed", text(gone, "value")));
    }
    for come in new.iter().filter(|option| !has(old, option)) {
        changes.add(Kind::SettingWidened, format!("option `{}` was added to {name}", text(come, "value")));
    }
    if changes.len() == before && !options.is_same() {
        changes.add(Kind::SettingLook, format!("labels or order of the options of {name} changed"));
    }
}
