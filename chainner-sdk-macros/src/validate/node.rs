//! Rules of a node.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::LitStr;

use crate::{
    attr::{Condition, Item, KeyInfo, Known, Navi, TextKind, Value, navi_names, pointed_out},
    error::{Errors, suggestion},
    keys::SLIDER_ONLY,
    model::{Input, Node, Output},
    names,
};

use super::{is_word, not_empty, package_name, readable};

const RULES: &[fn(&Node, &mut Errors)] = &[
    id_is_given_and_well_formed,
    replaced_id_is_well_formed,
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
    types_name_inputs,
    layout_holds_every_input_once,
    groups_are_complete,
    linked_inputs_are_neighbours,
    suggestions_name_inputs,
    output_ids_differ,
    one_input_tells_the_number_of_items,
    values_come_from_somewhere,
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
    if !is_id(&text) {
        let message =
            "an id is lower-case words (a-z, 0-9, `_`) with `:` between them, such as `film_lab:light:vignette`";
        errors.on(id, message);
    }
}

/// Words with `:` between them.
fn is_id(text: &str) -> bool {
    text.contains(':') && text.split(':').all(is_word)
}

fn replaced_id_is_well_formed(node: &Node, errors: &mut Errors) {
    let Some(replaced) = node.keys.text("replaces") else { return };
    let text = replaced.value();
    if !is_id(&text) {
        let message = "`replaces` is the id of the node that this one can run in place of: lower-case words (a-z, 0-9, `_`) \
                       with `:` between them, such as `chainner:image:blend`";
        errors.on(replaced, message);
    } else if node.keys.text("id").is_some_and(|id| id.value() == text) {
        errors.on(replaced, "a node cannot run in place of itself: `replaces` is the id of another package's node");
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
    let of_node = ["name", "icon"].iter().filter_map(|key| node.keys.text(key));
    let of_inputs = node.inputs.iter().filter_map(|input| input.keys.text("label"));
    let of_outputs = node.outputs.iter().filter_map(|output| output.keys.text("label"));
    for text in of_node.chain(of_inputs).chain(of_outputs) {
        not_empty(text, errors);
    }
}

fn ids_differ(node: &Node, errors: &mut Errors) {
    let mut seen: HashMap<u32, &Input> = HashMap::new();
    // Those from positions are the compiler's to compare: it knows whether the first argument is an input.
    for input in &node.inputs {
        let Some((id, span)) = input.keys.integer("id") else { continue };
        if let Some(other) = seen.insert(id, input) {
            errors.at(span, format!("id {id} is already that of `{}`", other.name()));
        }
    }
}

/// Inputs that are shown under a condition may be labelled as others are: the artist sees which one is meant.
fn labels_differ(node: &Node, errors: &mut Errors) {
    let mut seen: HashMap<String, &Input> = HashMap::new();
    for input in node.inputs.iter().filter(|input| !node.is_conditional(input)) {
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
        let conditions = ["when", "required_when"].iter().filter_map(|key| input.keys.condition(key));
        for condition in conditions.chain(input.keys.option_conditions().map(|(_, condition)| condition)) {
            condition_asks(node, condition, Some(input), errors);
        }
    }
    for group in node.layout.iter().flat_map(|layout| layout.groups()) {
        if let Some(condition) = &group.condition {
            condition_asks(node, condition, None, errors);
        }
    }
}

fn condition_asks(node: &Node, condition: &Condition, of: Option<&Input>, errors: &mut Errors) {
    condition.types().into_iter().for_each(|ty| readable(ty, TextKind::Condition, &Known::default(), errors));
    for (name, by_value) in condition.inputs() {
        match node.input(name) {
            None => unknown_input(node, name, errors),
            Some(asked) if of.is_some_and(|of| of.index == asked.index) => {
                errors.at(name.span(), "an input cannot be shown depending on its own value");
            }
            Some(asked) if by_value && asked.keys.flag("handle") == Some(true) => {
                let message = format!(
                    "`when` cannot ask about `{name}`: it has a `handle`, so its value is known only when the node runs"
                );
                errors.at(name.span(), message);
            }
            Some(_) => {}
        }
    }
}

fn outputs_name_inputs(node: &Node, errors: &mut Errors) {
    for output in &node.outputs {
        for entry in output.keys.iter() {
            match &entry.value {
                Value::Input(name) if node.input(name).is_none() => unknown_input(node, name, errors),
                Value::Navi(navi) => navi_names_inputs(node, navi, errors),
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
        if output.keys.mention("navi") {
            for entry in ["value", "width", "height"].iter().filter_map(|key| output.keys.get(key)) {
                errors.at(entry.span, format!("`navi` gives the type; leave `{}` away", entry.key.name));
            }
        } else if let Some(bare) = output.keys.get("bare") {
            errors.at(bare.span, "`bare` is about the type in `navi`; give that too");
        }
        if let (Some(_), Some(second)) = (output.keys.get("same_as"), output.keys.get("size_as")) {
            errors.at(second.span, "`same_as` gives the size too; leave `size_as` away");
        }
    }
}

fn types_name_inputs(node: &Node, errors: &mut Errors) {
    for input in &node.inputs {
        if let Some(text) = input.keys.text("definitions") {
            readable(text, TextKind::Definitions, &known(node), errors);
        }
        for entry in input.keys.iter() {
            match &entry.value {
                Value::Navi(navi) => navi_names_inputs(node, navi, errors),
                Value::Pairs(pairs) => {
                    for (ty, convert) in pairs {
                        navi_names_inputs(node, ty, errors);
                        navi_names_inputs(node, convert, errors);
                    }
                }
                _ => {}
            }
        }
    }
    if let Some(length) = node.keys.navi("length") {
        navi_names_inputs(node, length, errors);
    }
    match node.keys.get("key_info").map(|entry| &entry.value) {
        Some(Value::KeyInfo(KeyInfo::Input(name))) if node.input(name).is_none() => unknown_input(node, name, errors),
        Some(Value::KeyInfo(KeyInfo::Text(navi))) => navi_names_inputs(node, navi, errors),
        _ => {}
    }
}

/// What the texts of a node can name.
fn known(node: &Node) -> Known {
    let mut known = Known { inputs: node.input_names(), names: Vec::new() };
    for input in &node.inputs {
        if let Some(definitions) = input.keys.text("definitions") {
            known.define(&definitions.value());
        }
        // An enum, or a type of the author's, may be known to the app by its own name.
        known.names.extend(names_in(&input.ty));
    }
    known.names.extend(names_in(&node.returns));
    known
}

fn names_in(ty: &syn::Type) -> Vec<String> {
    fn of(tokens: proc_macro2::TokenStream, into: &mut Vec<String>) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(name) => into.push(name.to_string()),
                proc_macro2::TokenTree::Group(group) => of(group.stream(), into),
                _ => {}
            }
        }
    }
    let mut names = Vec::new();
    of(quote::ToTokens::to_token_stream(ty), &mut names);
    names
}

/// The inputs in a type, in texts behind `$`, are inputs of the node.
fn navi_names_inputs(node: &Node, navi: &Navi, errors: &mut Errors) {
    for name in navi.inputs() {
        if node.input(name).is_none() {
            let names = node.input_names();
            let hint = suggestion(&names::plain(name), names.iter().map(String::as_str));
            let message =
                format!("no input is called `{name}`; {hint}\na type of this name is written as text: `\"{name}\"`");
            errors.at(name.span(), message);
        }
    }
    let mut known = known(node);
    known.names.extend(navi.bindings());
    for literal in navi.texts() {
        readable(literal, TextKind::Expression, &known, errors);
        let text = literal.value();
        for (start, name) in navi_names(&text) {
            if node.id(name, false).is_none() {
                let names = node.input_names();
                let hint = suggestion(name, names.iter().map(String::as_str));
                let place = pointed_out(&text, start, name.chars().count() + 1);
                errors.on(literal, format!("no input is called `{name}`; {hint}\n{place}"));
            }
        }
    }
}

/// Keys of inputs that `#[layout(…)]` stands for.
const GROUPING: [&str; 4] = ["when", "required_when", "optional_list", "linked"];

fn layout_holds_every_input_once(node: &Node, errors: &mut Errors) {
    let Some(layout) = &node.layout else { return };
    for input in &node.inputs {
        for entry in input.keys.iter().filter(|entry| GROUPING.contains(&entry.key.name)) {
            let message = format!("the node has a `#[layout]`; write `{}` there", entry.key.name);
            errors.at(entry.span, message);
        }
    }
    let mut placed: Vec<usize> = Vec::new();
    for name in layout.inputs() {
        match node.input(name) {
            None => unknown_input(node, name, errors),
            Some(input) if placed.contains(&input.index) => {
                errors.at(name.span(), format!("`{name}` stands in the layout already"));
            }
            Some(input) => placed.push(input.index),
        }
    }
    let missing: Vec<String> = node
        .inputs
        .iter()
        // The first may be the context, which has no place: only the compiler can tell.
        .filter(|input| input.index > 0 && !placed.contains(&input.index))
        .map(|input| format!("`{}`", input.name()))
        .collect();
    if !missing.is_empty() {
        let message = format!("the layout lacks {}; every input stands in it once", missing.join(", "));
        errors.at(layout.span, message);
    }
}

fn groups_are_complete(node: &Node, errors: &mut Errors) {
    for group in node.layout.iter().flat_map(|layout| layout.groups()) {
        let count = group.items.len();
        let (fits, needs) = match group.word {
            "seed" => (count == 1, "one input"),
            "from_to" => (count == 2, "two choices"),
            "ncnn_files" => (count == 2, "two files, the `.param` and the `.bin`"),
            "linked" => (count >= 2, "two inputs or more"),
            _ => (count >= 1, "something"),
        };
        if !fits {
            errors.at(group.span, format!("`{}` holds {needs}; here stand {count}", group.word));
        }
        let inputs_only = !matches!(group.word, "when" | "menu_icons" | "optional_list");
        for item in group.items.iter().filter(|_| inputs_only) {
            if let Item::Group(inner) = item {
                errors.at(inner.span, format!("`{}` holds inputs, no groups", group.word));
            }
        }
    }
}

fn linked_inputs_are_neighbours(node: &Node, errors: &mut Errors) {
    let mut sets: Vec<(String, Vec<&Input>)> = Vec::new();
    for (input, name) in node.inputs.iter().filter_map(|input| Some((input, input.keys.text("linked")?.value()))) {
        match sets.iter_mut().find(|(set, _)| *set == name) {
            Some((_, inputs)) => inputs.push(input),
            None => sets.push((name, vec![input])),
        }
    }
    for (name, inputs) in sets {
        let neighbours = inputs.windows(2).all(|pair| pair[0].index + 1 == pair[1].index);
        let Some(entry) = inputs.last().and_then(|input| input.keys.get("linked")) else { continue };
        if inputs.len() < 2 {
            errors.at(entry.span, format!("nothing else is linked as \"{name}\"; two inputs are needed at least"));
        } else if !neighbours {
            errors.at(entry.span, format!("the inputs linked as \"{name}\" do not stand next to each other"));
        }
    }
}

fn suggestions_name_inputs(node: &Node, errors: &mut Errors) {
    for found in node.keys.suggestions() {
        not_empty(&found.query, errors);
        for name in found.parse.iter().chain(found.set.iter().map(|(name, _)| name)) {
            if node.input(name).is_none() {
                unknown_input(node, name, errors);
            }
        }
    }
}

fn output_ids_differ(node: &Node, errors: &mut Errors) {
    let mut shown: Vec<&Output> = Vec::new();
    for (index, output) in node.outputs.iter().enumerate() {
        let position = output.keys.integer("position").map_or(index, |(position, _)| position as usize);
        shown.insert(position.min(index), output);
    }
    let position = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let ids: Vec<(u32, Option<Span>)> = shown
        .into_iter()
        .enumerate()
        .map(|(index, output)| output.keys.integer("id").map_or((position(index), None), |(id, span)| (id, Some(span))))
        .collect();
    for (index, (id, span)) in ids.iter().enumerate() {
        let taken = ids.iter().enumerate().any(|(other, (taken, _))| other != index && taken == id);
        if let (true, Some(span)) = (taken, span) {
            errors.at(*span, format!("another output has the id {id}"));
        }
    }
}

fn unknown_input(node: &Node, name: &syn::Ident, errors: &mut Errors) {
    let names = node.input_names();
    let hint = suggestion(&names::plain(name), names.iter().map(String::as_str));
    errors.at(name.span(), format!("no input is called `{name}`; {hint}"));
}

/// All sequences that a function takes are stepped together, so they have one length.
fn one_input_tells_the_number_of_items(node: &Node, errors: &mut Errors) {
    let mut given = node.inputs.iter().filter_map(|input| Some((input, input.keys.get("items")?)));
    let Some((first, _)) = given.next() else { return };
    for (_, entry) in given {
        let message = format!(
            "the sequences are stepped together, so they have one number of items, and `{}` gives it already",
            first.name()
        );
        errors.at(entry.span, message);
    }
}

fn values_come_from_somewhere(node: &Node, errors: &mut Errors) {
    for input in node.inputs.iter().filter(|input| input.keys.flag("control") == Some(false)) {
        if let (Some(false), Some(entry)) = (input.keys.flag("handle"), input.keys.get("handle")) {
            errors.at(entry.span, "with neither a control nor a handle, no value can come in; leave one of them");
        }
    }
}
