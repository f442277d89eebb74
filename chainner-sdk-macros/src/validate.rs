//! The rules that a declaration has to keep, one function each.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::{
    FnArg, GenericParam, Lifetime, LitStr, Pat, Safety, Signature, Type, TypeImplTrait, TypeReference,
    visit_mut::VisitMut,
};

use crate::{
    attr::Value,
    error::{Errors, suggestion},
    keys::{self, SLIDER_ONLY},
    model::{Choice, Input, Node, Package},
    names,
};

// ---- the function's head ----------------------------------------------------------------------------------------------------

const SIGNATURE: &[fn(&Signature, &mut Errors)] = &[
    plain_function,
    no_generics,
    no_receiver,
    arguments_have_names,
    arguments_are_borrowed_for_reading,
    arguments_live_for_the_call,
    types_are_concrete,
];

/// Whether the head is that of a plain function; the rest makes sense only then.
pub(crate) fn signature(signature: &Signature, errors: &mut Errors) -> bool {
    let mut own = Errors::default();
    SIGNATURE.iter().for_each(|rule| rule(signature, &mut own));
    let sound = own.is_empty();
    errors.append(own);
    sound
}

fn plain_function(signature: &Signature, errors: &mut Errors) {
    if let Some(token) = &signature.asyncness {
        errors.on(token, "a node cannot be `async`: it runs on a worker thread and may simply block");
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.on(token, "a node cannot be `unsafe`: whatever the artist plugs in has to be safe");
    }
    if let Some(abi) = &signature.abi {
        errors.on(abi, "a node is an ordinary Rust function, without `extern`");
    }
    if let Some(variadic) = &signature.variadic {
        errors.on(variadic, "a node has a fixed number of inputs");
    }
}

fn no_generics(signature: &Signature, errors: &mut Errors) {
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) | GenericParam::Const(_) => {
                errors.on(parameter, "a node cannot be generic: the app needs one fixed list of inputs");
            }
        }
    }
}

fn no_receiver(signature: &Signature, errors: &mut Errors) {
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first() {
        errors.on(receiver, "a node is a free function, without `self`; move it out of the `impl`");
    }
}

fn arguments_have_names(signature: &Signature, errors: &mut Errors) {
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        match &*argument.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {}
            Pat::Wild(wild) => {
                errors.on(wild, "an input needs a name: its label comes from it; `_name` may stay unused")
            }
            other => errors.on(other, "an input needs a plain name; take it apart inside the function"),
        }
    }
}

fn arguments_are_borrowed_for_reading(signature: &Signature, errors: &mut Errors) {
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        if let Type::Reference(TypeReference { mutability: Some(token), .. }) = &*argument.ty {
            errors.on(token, "an input cannot be changed; copy it, or take `ImageView<'_>` and return an `Image`");
        }
    }
}

fn types_are_concrete(signature: &Signature, errors: &mut Errors) {
    struct Find<'a>(&'a mut Errors, &'static str);
    impl VisitMut for Find<'_> {
        fn visit_type_impl_trait_mut(&mut self, ty: &mut TypeImplTrait) {
            self.0.on(ty, self.1);
        }
    }
    let mut signature = signature.clone();
    let message = "an input needs a concrete type, such as `f32` or `ImageView<'_>`, not `impl Trait`";
    signature.inputs.iter_mut().for_each(|argument| Find(errors, message).visit_fn_arg_mut(argument));
    let message = "an output needs a concrete type, such as `f32` or `Image`, not `impl Trait`";
    Find(errors, message).visit_return_type_mut(&mut signature.output);
}

fn arguments_live_for_the_call(signature: &Signature, errors: &mut Errors) {
    struct Find<'a>(&'a mut Errors);
    impl VisitMut for Find<'_> {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident == "static" {
                self.0.on(lifetime, "an input lives as long as the call, not for ever; leave `'static` away");
            }
        }
    }
    for argument in &signature.inputs {
        Find(errors).visit_fn_arg_mut(&mut argument.clone());
    }
}

// ---- nodes ------------------------------------------------------------------------------------------------------------------

const NODE: &[fn(&Node, &mut Errors)] = &[
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
];

/// The rules of a node.
pub(crate) fn node(node: &Node, errors: &mut Errors) {
    NODE.iter().for_each(|rule| rule(node, errors));
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
    let of_node = ["name", "icon"].iter().filter_map(|key| node.keys.text(key));
    let of_inputs = node.inputs.iter().filter_map(|input| input.keys.text("label"));
    let of_outputs = node.outputs.iter().filter_map(|output| output.keys.text("label"));
    for text in of_node.chain(of_inputs).chain(of_outputs) {
        not_empty(text, errors);
    }
}

fn not_empty(text: &LitStr, errors: &mut Errors) {
    if text.value().trim().is_empty() {
        errors.on(text, "this text is shown in the app and cannot be empty; leave the key away for the usual one");
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

fn unknown_input(node: &Node, name: &syn::Ident, errors: &mut Errors) {
    let names = node.input_names();
    let hint = suggestion(&names::plain(name), names.iter().map(String::as_str));
    errors.at(name.span(), format!("no input is called `{name}`; {hint}"));
}

// ---- choices ----------------------------------------------------------------------------------------------------------------

const CHOICE: &[fn(&Choice, &mut Errors)] =
    &[has_variants, one_default, variants_differ, style_fits, names_fit_the_type_language, labels_are_not_empty];

/// The rules of a choice.
pub(crate) fn choice(choice: &Choice, errors: &mut Errors) {
    CHOICE.iter().for_each(|rule| rule(choice, errors));
}

fn has_variants(choice: &Choice, errors: &mut Errors) {
    if choice.options.is_empty() {
        errors.at(choice.ident.span(), "a choice needs a variant at least");
    }
}

fn one_default(choice: &Choice, errors: &mut Errors) {
    let mut defaults = choice.options.iter().filter_map(|option| option.default.map(|span| (option, span)));
    let first = defaults.next();
    for (_, span) in defaults {
        let first = first.map(|(option, _)| option.name()).unwrap_or_default();
        errors.at(span, format!("`{first}` is the default already"));
    }
}

fn variants_differ(choice: &Choice, errors: &mut Errors) {
    let mut ids = HashMap::new();
    let mut labels = HashMap::new();
    for option in choice.options.iter().filter(|option| option.cfgs.is_empty()) {
        let place = |key: &str| option.keys.get(key).map_or_else(|| option.ident.span(), |entry| entry.span);
        if let Some(other) = ids.insert(option.stored().to_string(), option) {
            let message = format!(
                "saved chains could not tell this from `{}`: both have the id {}",
                other.name(),
                option.stored()
            );
            errors.at(place("id"), message);
        }
        if let Some(other) = labels.insert(option.label(), option) {
            let message = format!(
                "artists could not tell this from `{}`: both are labelled \"{}\"",
                other.name(),
                option.label()
            );
            errors.at(place("label"), message);
        }
    }
}

fn style_fits(choice: &Choice, errors: &mut Errors) {
    let Some((style, span)) = choice.keys.word("style") else { return };
    let count = choice.options.len();
    match style {
        "checkbox" if count != 2 => {
            errors.at(span, format!("a check box is two variants, the first meaning yes; here are {count}"));
        }
        "anchor" if count != 9 => {
            errors.at(span, format!("an anchor is nine variants, row by row; here are {count}"));
        }
        "icons" => {
            for option in choice.options.iter().filter(|option| option.keys.get("icon").is_none()) {
                errors.at(option.ident.span(), "with `style = icons` every variant needs an `icon`");
            }
        }
        _ => {}
    }
}

fn names_fit_the_type_language(choice: &Choice, errors: &mut Errors) {
    if let Some(name) = choice.keys.text("type_name") {
        let text = name.value();
        if !text.split("::").all(names::is_navi_name) {
            errors.on(name, "a type name is letters, digits and `_` (a-z, A-Z, 0-9), starting with a letter; `::` may stand between");
        }
    } else if !names::is_navi_name(&names::plain(&choice.ident)) {
        let message = "the app's type language has no such name (letters a-z, A-Z, digits and `_`, starting with a letter); \
                       give it one: `#[choice(type_name = \"…\")]`";
        errors.at(choice.ident.span(), message);
    }
    for option in &choice.options {
        if !names::is_navi_name(&option.name()) {
            let message =
                "the app's type language has no such name (letters a-z, A-Z, digits and `_`, starting with a letter)";
            errors.at(option.ident.span(), message);
        }
    }
}

fn labels_are_not_empty(choice: &Choice, errors: &mut Errors) {
    for text in
        choice.options.iter().flat_map(|option| ["label", "icon"].into_iter().filter_map(|key| option.keys.text(key)))
    {
        not_empty(text, errors);
    }
}

// ---- packages ---------------------------------------------------------------------------------------------------------------

const PACKAGE: &[fn(&Package, &mut Errors)] =
    &[needed_keys_are_given, package_id_is_well_formed, dependencies_are_complete];

/// The rules of a package.
pub(crate) fn package(package: &Package, errors: &mut Errors) {
    PACKAGE.iter().for_each(|rule| rule(package, errors));
}

fn needed_keys_are_given(package: &Package, errors: &mut Errors) {
    for key in keys::PACKAGE.iter().filter(|key| matches!(key.name, "name" | "description" | "categories")) {
        if !package.keys.mention(key.name) {
            errors.at(Span::call_site(), format!("`{}` is missing: `{}`", key.name, key.example));
        }
    }
    for text in ["name", "description", "icon", "color"].iter().filter_map(|key| package.keys.text(key)) {
        if text.value().trim().is_empty() {
            errors.on(text, "this is shown in the app and cannot be empty");
        }
    }
}

fn package_id_is_well_formed(package: &Package, errors: &mut Errors) {
    let Some(id) = package.keys.text("id") else { return };
    let text = id.value();
    let well_formed = text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !well_formed {
        errors.on(id, "a package id is lower-case letters, digits and `_`, starting with a letter, such as `film_lab`");
    } else if text == "chainner_standard" {
        errors.on(id, "`chainner_standard` is the app's own package; choose another id");
    }
}

fn dependencies_are_complete(package: &Package, errors: &mut Errors) {
    let span = package.keys.get("dependencies").map_or_else(Span::call_site, |entry| entry.span);
    for dependency in &package.dependencies {
        for key in keys::DEPENDENCY {
            if !dependency.mention(key.name) {
                errors.at(span, format!("a dependency lacks `{}`: `{}`", key.name, key.example));
            }
        }
    }
}

/// The id that the package being compiled has, if it does not choose another.
pub(crate) fn package_name() -> String {
    names::underscored(&std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "package".to_owned()))
}
