//! What the header of a collapsed node shows.

use chainner_navi::{Scope, Type};
use serde_json::Value;

use crate::codes::Code;

use super::{
    super::{
        Findings,
        subject::{Node, text, whole},
    },
    Part,
    declared::{Values, with},
};

/// `keyInfo`: an input of the right kind, or an expression that is a text.
pub(super) fn check(node: &Node<'_>, main: &Scope, values: &Values, findings: &mut Findings) {
    let info = &node.schema["keyInfo"];
    if info.is_null() {
        return;
    }
    let mut refuse = |message: String, help: &str| {
        let message = format!("`keyInfo` of {} {message}", node.called());
        findings.error(Code::KeyInfo, message).at(node.part("/keyInfo")).help(help);
    };
    let kinds: &[&str] = match text(info, "kind") {
        "enum" => &["dropdown"],
        "number" => &["number", "slider"],
        "type" => return expression(node, &info["expression"], main, values, findings),
        kind => {
            let help = "the kinds are `enum`, `number` and `type`";
            return refuse(format!("is of the unknown kind `{kind}`"), help);
        }
    };
    let kind = text(info, "kind");
    match whole(&info["inputId"]).and_then(|id| node.input(id)) {
        None => refuse(format!("names the unknown input {}", info["inputId"]), "name an input of the node"),
        Some(input) if !kinds.contains(&input.kind()) => refuse(
            format!("of kind `{kind}` names \"{}\", an input of kind `{}`", input.label(), input.kind()),
            &format!("name an input of kind `{}`", kinds.join("` or `")),
        ),
        Some(_) => {}
    }
}

fn expression(node: &Node<'_>, json: &Value, main: &Scope, values: &Values, findings: &mut Findings) {
    let part = Part { what: format!("`keyInfo` of {}", node.called()), place: node.part("/keyInfo/expression"), json };
    if json.is_null() {
        let help = "a `keyInfo` of kind `type` has an `expression`";
        findings.error(Code::KeyInfo, format!("{} has no expression", part.what)).at(&part.place).help(help);
        return;
    }
    let Some(parsed) = part.parse(findings) else { return };
    match with(main, &parsed, values).evaluate(&parsed) {
        Err(error) => part.report(&error, Some(Code::KeyInfo), findings),
        Ok(shown) if shown.is_never() || !shown.is_subset_of(&Type::all_strings()) => {
            let message = format!("{} is `{shown}`, and the app can only show a text", part.what);
            findings.error(Code::KeyInfo, message).at(&part.place).help("write `toString(…)` around numbers");
        }
        Ok(_) => {}
    }
}
