//! Rules of a node.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::LitStr;

use crate::{
    attr::Value,
    error::{Errors, suggestion},
    keys::SLIDER_ONLY,
    model::{Input, Node},
    names, navi,
};

use super::{not_empty, package_name};

const RULES: &[fn(&Node, &mut Errors)] = &[
    id_is_given_and_well_formed,
    group_is_given,
    texts_are_not_empty,
    ids_differ,
    labels_differ,
    slider_keys_need_a_slider,
    sliders_have_two_ends,
    channels_are_at_least_one,
    gradients_have_two_colours,
    filetypes_are_extensions,
    conditions_ask_other_inputs,
    outputs_name_inputs,
    length_names_inputs,
];

/// The rules of a node.
pub(crate) fn node(node: &Node, errors: &mut Errors) {
    RULES.iter().for_each(|rule| rule(node, errors));
}

fn id_is_given_and_well_formed(node: &Node, errors: &mut Errors) {
    let Some(id) = node.keys.text("id") else {
        if !node.keys.mention("id") {
            let package = package_name();
            let example = format!("{package}:{}", names::plain(&node.ident));
            errors.at(
                Span::call_site(),
                format!("`id` is missing; saved chains know the node by it: `id = \"{example}\"`"),
            );
        }
        return;
    };
    let text = id.value();
    if text.starts_with("chainner:") {
        errors.on(id, "ids that start with `chainner:` are the app's own; start with the name of your package");
        return;
    }
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !(text.contains(':') && text.split(':').all(word)) {
        let message =
            "an id is lower-case words (a-z, 0-9, `_`) with `:` between them, such as `film_lab:light:vignette`";
        errors.on(id, message);
    }
}

fn group_is_given(node: &Node, errors: &mut Errors) {
    if !node.keys.mention("group") {
        let message = "`group` is missing; it says where the node is listed: \
                       `group = LIGHT` with `const LIGHT: Group = FILM.group(\"Light\");`";
        errors.at(Span::call_site(), message);
    }
}

fn texts_are_not_empty(node: &Node, errors: &mut Errors) {
    let of_node = ["name", "icon", "length"].iter().filter_map(|key| node.keys.text(key));
    let of_inputs = node.inputs.iter().filter_map(|input| input.keys.text("label"));
    let of_outputs = node.outputs.iter().filter_map(|output| output.keys.text("label"));
    for text in of_node.chain(of_inputs).chain(of_outputs) {
        not_empty(text, errors);
    }
}

fn ids_differ(node: &Node, errors: &mut Errors) {
    let mut seen: HashMap<u32, &Input> = HashMap::new();
    // Explicit ids first, so that the mistake is noted on one of them.
    let (explicit, implicit): (Vec<&Input>, Vec<&Input>) =
        node.inputs.iter().partition(|input| input.keys.integer("id").is_some());
    for input in explicit {
        if let Some(other) = seen.insert(input.id(), input) {
            let span = input.keys.integer("id").map_or_else(|| input.ident.span(), |(_, span)| span);
            errors.at(span, format!("id {} is already that of `{}`", input.id(), other.name()));
        }
    }
    for input in implicit {
        if let Some(explicit) = seen.get(&input.id()) {
            let span = explicit.keys.integer("id").map_or_else(|| explicit.ident.span(), |(_, span)| span);
            let message = format!(
                "id {} is that of `{}`, from its position; give one of them another `id`",
                input.id(),
                input.name()
            );
            errors.at(span, message);
        }
    }
}

fn labels_differ(node: &Node, errors: &mut Errors) {
    let mut seen: HashMap<String, &Input> = HashMap::new();
    for input in &node.inputs {
        if let Some(other) = seen.insert(input.label(), input) {
            let span = input.keys.text("label").map_or_else(|| input.ident.span(), LitStr::span);
            let message = format!(
                "`{}` is already labelled \"{}\"; artists could not tell them apart",
                other.name(),
                input.label()
            );
            errors.at(span, message);
        }
    }
}

fn slider_keys_need_a_slider(node: &Node, errors: &mut Errors) {
    for input in node.inputs.iter().filter(|input| input.keys.flag("slider") != Some(true)) {
        for entry in input.keys.iter().filter(|entry| SLIDER_ONLY.contains(&entry.key.name)) {
            errors.at(entry.span, format!("`{}` is for sliders; add `slider`", entry.key.name));
        }
    }
}

fn sliders_have_two_ends(node: &Node, errors: &mut Errors) {
    for input in node.inputs.iter().filter(|input| input.keys.flag("slider") == Some(true)) {
        let closed = input.keys.range("range").is_some_and(|range| range.lower.is_some() && range.upper.is_some());
        let malformed = input.keys.mention("range") && input.keys.range("range").is_none();
        if let Some(entry) = input.keys.get("slider").filter(|_| !closed && !malformed) {
            errors.at(entry.span, "a slider has two ends; add a range with both, such as `range = 0..=100`");
        }
    }
}

fn channels_are_at_least_one(node: &Node, errors: &mut Errors) {
    let of_inputs = node.inputs.iter().flat_map(|input| input.keys.integers("channels")).copied();
    let of_outputs = node.outputs.iter().filter_map(|output| output.keys.integer("channels"));
    for (_, span) in of_inputs.chain(of_outputs).filter(|(channels, _)| *channels == 0) {
        errors.at(span, "there is at least one channel");
    }
}

fn gradients_have_two_colours(node: &Node, errors: &mut Errors) {
    for entry in node.inputs.iter().filter_map(|input| input.keys.get("gradient").map(|entry| (entry, input))) {
        let (entry, input) = entry;
        if input.keys.texts("gradient").len() < 2 {
            errors.at(entry.span, "a gradient runs between two colours at least: `gradient = [\"#000\", \"#fff\"]`");
        }
    }
}

fn filetypes_are_extensions(node: &Node, errors: &mut Errors) {
    for text in node.inputs.iter().flat_map(|input| input.keys.texts("filetypes")) {
        let value = text.value();
        let well_formed = value.strip_prefix('.').is_some_and(|rest| !rest.is_empty() && rest.to_lowercase() == rest);
        if !well_formed {
            errors.on(
                text,
                format!(
                    "an extension is lower case with its dot, such as `\".{}\"`",
                    value.trim_start_matches(['.', '*']).to_lowercase()
                ),
            );
        }
    }
}

fn conditions_ask_other_inputs(node: &Node, errors: &mut Errors) {
    for input in &node.inputs {
        let Some(condition) = input.keys.condition("when") else { continue };
        for name in condition.inputs() {
            match node.input(name) {
                None => unknown_input(node, name, errors),
                Some(asked) if asked.index == input.index => {
                    errors.at(name.span(), "an input cannot be shown depending on its own value");
                }
                Some(asked) if asked.keys.flag("handle") == Some(true) => {
                    let message = format!(
                        "`when` cannot ask about `{name}`: it has a `handle`, so its value is known only when the node runs"
                    );
                    errors.at(name.span(), message);
                }
                Some(_) => {}
            }
        }
    }
}

fn outputs_name_inputs(node: &Node, errors: &mut Errors) {
    for output in &node.outputs {
        for entry in output.keys.iter() {
            match &entry.value {
                Value::Input(name) if node.input(name).is_none() => unknown_input(node, name, errors),
                Value::Formula(formula) => {
                    for (name, _) in formula.inputs() {
                        if node.input(name).is_none() {
                            unknown_input(node, name, errors);
                        }
                    }
                }
                _ => {}
            }
        }
        if let (Some(_), Some(second)) = (output.keys.get("same_as"), output.keys.get("size_as")) {
            errors.at(second.span, "`same_as` gives the size too; leave `size_as` away");
        }
    }
}

fn length_names_inputs(node: &Node, errors: &mut Errors) {
    let Some(text) = node.keys.text("length") else { return };
    let names = node.input_names();
    navi::with_inputs(&text.value(), |name| {
        if !names.iter().any(|known| known == name) {
            let hint = suggestion(name, names.iter().map(String::as_str));
            errors.on(text, format!("no input is called `{name}`; {hint}"));
        }
        String::new()
    });
}

fn unknown_input(node: &Node, name: &syn::Ident, errors: &mut Errors) {
    let names = node.input_names();
    let hint = suggestion(&names::plain(name), names.iter().map(String::as_str));
    errors.at(name.span(), format!("no input is called `{name}`; {hint}"));
}
