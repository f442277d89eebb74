//! `typeDefinitions`: all packages and the app define their types in one space.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use chainner_navi::{Definition, DefinitionKind, Scope, host, parse_definitions};
use chainner_sdk::library::Place;
use sha2::{Digest as _, Sha256};

use crate::codes::Code;

use super::{
    super::{
        Findings, Subject,
        subject::{Input, text},
    },
    report,
};

/// Names that the app's own nodes define, each with the first 16 hexadecimal digits of the SHA-256 of the text that does.
const STOCK: &str = include_str!("stock.txt");

/// What to do about a name that is taken.
const RENAME: &str = "give the enum another `#[choice(type_name = \"…\")]`, or leave it out: types then stand in the name space of the \
     package";

/// The different texts of definitions in their order, each with the first input that brings it.
pub(in super::super) fn texts<'a>(subject: Subject<'a>) -> Vec<(&'a str, Input<'a>)> {
    let (mut met, mut texts) = (HashSet::new(), Vec::new());
    for input in subject.nodes().flat_map(|node| node.inputs().collect::<Vec<_>>()) {
        let definitions = text(input.schema, "typeDefinitions");
        if !definitions.is_empty() && met.insert(definitions) {
            texts.push((definitions, input));
        }
    }
    texts
}

/// What all nodes see: the names of the app, and every definition that is sound. Of a name, the first definition counts.
pub(in super::super) fn scope(subject: Subject<'_>) -> Scope {
    let host = host::scope();
    let mut names = BTreeSet::new();
    let mut sound: Vec<Arc<Definition>> = Vec::new();
    for definitions in texts(subject).into_iter().filter_map(|(text, _)| parse_definitions(text).ok()) {
        for definition in definitions {
            let is_intrinsic = matches!(definition.kind, DefinitionKind::Intrinsic { .. });
            let name = &definition.name.text;
            if !is_intrinsic && host.kind_of(name).is_none() && names.insert(name.clone()) {
                sound.push(definition);
            }
        }
    }
    match host.child().define(&sound) {
        Ok(scope) => scope.build(),
        Err(_) => host,
    }
}

/// Definitions that do not parse, names that are taken, and names that mean nothing.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let main = scope(subject);
    let mut known: BTreeMap<Arc<str>, Place> = BTreeMap::new();
    for (text, input) in texts(subject) {
        let place = input.part("/typeDefinitions");
        let what = format!("`typeDefinitions` of {}", input.called());
        let definitions = match parse_definitions(text) {
            Ok(definitions) => definitions,
            Err(error) => {
                report(&error, text, Code::DefinitionSyntax, &what, &place, findings);
                continue;
            }
        };
        let mut own = BTreeSet::new();
        let mut clashes = false;
        let mut told: Option<Arc<str>> = None;
        for definition in &definitions {
            let name = &definition.name.text;
            if matches!(definition.kind, DefinitionKind::Intrinsic { .. }) {
                let message = format!("{what} declares the intrinsic `{name}`, which only the app can have");
                findings.error(Code::Intrinsic, message).at(&place).help(format!("write `def {name}(…) = …;`"));
                clashes = true;
                continue;
            }
            let taken = match owner(name, text, subject) {
                Some(owner) => Some((format!("the type name `{name}` is taken by {owner}"), None)),
                None if !own.insert(name.clone()) => Some((format!("`{name}` is defined twice in one text"), None)),
                None => known
                    .get(name)
                    .map(|first| (format!("the type `{name}` is defined by two different texts"), Some(first.clone()))),
            };
            if let Some((message, first)) = taken {
                clashes = true;
                // The variants of an enum clash with it.
                let is_variant = |of: &Arc<str>| name.strip_prefix(&**of).is_some_and(|rest| rest.starts_with("::"));
                if told.as_ref().is_some_and(is_variant) {
                    continue;
                }
                told = Some(name.clone());
                let finding = findings.error(Code::TypeName, message);
                finding.at(&place).help(RENAME);
                if let Some(first) = first {
                    finding.at(first);
                }
            }
        }
        known.extend(
            own.into_iter().map(|name| (name, place.clone())).filter(|(name, _)| owner(name, text, subject).is_none()),
        );
        if clashes {
            continue;
        }
        for error in main.check_definitions(&definitions) {
            report(&error, text, Code::UnknownType, &what, &place, findings);
        }
    }
}

/// Who has defined a name already. The app takes a text that it has already, to the letter, as the same one.
fn owner(name: &str, text: &str, subject: Subject<'_>) -> Option<&'static str> {
    if host::scope().kind_of(name).is_some() {
        Some("the app's type language")
    } else if !subject.is_of_the_app() && stock(name).is_some_and(|known| known != digest(text)) {
        Some("a node of the app")
    } else {
        None
    }
}

/// The digest of the text in which the app defines a name.
fn stock(name: &str) -> Option<&'static str> {
    STOCK.lines().filter_map(|line| line.split_once(' ')).find_map(|(known, digest)| (known == name).then_some(digest))
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, SHAPE, errors};

    use super::*;

    fn with(definitions: &str) -> Vec<Code> {
        let mut fixture = Fixture::sound();
        let bare = json!([{"option": "Round", "value": "round"}, {"option": "Oval", "value": "oval"}]);
        fixture.change_input(SHAPE, json!({"typeDefinitions": definitions, "type": "string", "options": bare}));
        errors(&fixture)
    }

    #[test]
    fn names_of_the_app_are_taken() {
        for name in ["BlendMode", "Anchor", "BorderType", "Image", "Seed"] {
            assert_eq!(with(&format!("let {name} = {name}::A;\nstruct {name}::A;")), [Code::TypeName], "{name}");
        }
        assert_eq!(with("let acme::BlendMode = acme::BlendMode::A;\nstruct acme::BlendMode::A;"), []);
        assert_eq!(with("enum acme::Mode { Full, Half }"), []);
    }

    #[test]
    fn the_definitions_of_the_app_may_be_repeated_to_the_letter() {
        let text = |variants: [&str; 2]| {
            let [a, b] = variants.map(|variant| format!("AutoThreshold::{variant}"));
            format!("let AutoThreshold = {a} | {b};\nstruct {a};\nstruct {b};")
        };
        assert_eq!(with(&text(["Otsu", "Triangle"])), []);
        assert_eq!(with(&text(["Triangle", "Otsu"])), [Code::TypeName]);
    }

    #[test]
    fn one_name_has_one_definition() {
        let mut fixture = Fixture::sound();
        fixture.add_choice("film_lab::Shape", "let film_lab::Shape = film_lab::Shape::Round | film_lab::Shape::Oval;");
        assert_eq!(errors(&fixture), [Code::TypeName]);
        assert_eq!(with("struct acme::A; struct acme::A;"), [Code::TypeName]);
    }

    #[test]
    fn names_are_well_formed() {
        for name in ["film-lab::Shape", "2d::Shape", "match", "a::"] {
            assert_eq!(with(&format!("let {name} = 1;")), [Code::DefinitionSyntax], "{name}");
        }
    }

    #[test]
    fn what_definitions_name_is_there() {
        assert_eq!(with("let acme::Size = Imgae;"), [Code::UnknownType]);
        assert_eq!(with("intrinsic def acme::f(a: string): string;"), [Code::Intrinsic]);
    }
}
