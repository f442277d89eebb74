//! Settings in the schema.

use serde_json::{Value as Json, json};

use crate::declare::{SettingDecl, SettingKind};

use super::number;

/// A setting as the host knows it.
pub(super) fn setting(decl: &SettingDecl) -> Json {
    let (ty, default) = match (decl.kind)() {
        SettingKind::Toggle { default } => ("toggle", json!(default)),
        SettingKind::Number { default, .. } => ("number", number(default)),
        SettingKind::Dropdown { table, default } => ("dropdown", json!(table.variants[default].id.to_string())),
        SettingKind::Cache { .. } => ("cache", json!("")),
    };
    let mut json = json!({
        "type": ty,
        "key": decl.key,
        "label": decl.label,
        "description": decl.docs,
        "default": default,
        "disabled": decl.disabled,
    });
    match (decl.kind)() {
        SettingKind::Toggle { .. } => {}
        SettingKind::Number { min, max, .. } => {
            json["min"] = number(min);
            json["max"] = number(max);
        }
        SettingKind::Dropdown { table, .. } => {
            // The host stores texts only.
            let options =
                table.variants.iter().map(|variant| json!({"label": variant.label, "value": variant.id.to_string()}));
            json["options"] = options.collect();
        }
        SettingKind::Cache { directory } => json["directory"] = json!(directory),
    }
    json
}
