//! Packages beside each other: all packages of an app share one space of ids and type names.

use std::collections::BTreeMap;

use chainner_navi::parse_definitions;
use chainner_sdk::library::Place;

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{list, text},
    types,
};

/// What has been met, by its name: the package's number, and the place.
type Met = BTreeMap<String, (usize, Place)>;

/// Ids and type names that several packages claim.
pub(super) fn check(subjects: &[Subject<'_>], findings: &mut Findings) {
    packages(subjects, findings);
    nodes(subjects, findings);
    type_names(subjects, findings);
    categories(subjects, findings);
    features(subjects, findings);
}

/// The earlier place of a name that another package claims too.
fn claimed(met: &mut Met, name: &str, package: usize, place: &Place) -> Option<Place> {
    let (owner, first) = met.entry(name.to_owned()).or_insert_with(|| (package, place.clone()));
    (*owner != package).then(|| first.clone())
}

fn packages(subjects: &[Subject<'_>], findings: &mut Findings) {
    let mut met = Met::new();
    for (index, subject) in subjects.iter().enumerate() {
        let (id, place) = (text(subject.package(), "id"), subject.place("/package"));
        if id.is_empty() {
            continue;
        }
        if let Some(first) = claimed(&mut met, id, index, &place) {
            let message = format!("two packages have the id `{id}`");
            let help = "rename one of the crates: the id of a package is its name";
            findings.error(Code::DuplicatePackage, message).at(place).at(first).help(help);
        }
    }
}

fn nodes(subjects: &[Subject<'_>], findings: &mut Findings) {
    let mut met = Met::new();
    for (index, subject) in subjects.iter().enumerate() {
        for node in subject.nodes() {
            let place = node.place();
            if let Some(first) = claimed(&mut met, node.id(), index, &place) {
                let message = format!("nodes of two packages have the id `{}`", node.id());
                let help = "begin each id with the id of its package";
                findings.error(Code::DuplicateNodeId, message).at(place).at(first).help(help);
            }
        }
    }
}

fn type_names(subjects: &[Subject<'_>], findings: &mut Findings) {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut met = Met::new();
    for (index, subject) in subjects.iter().enumerate() {
        for (definitions, input) in types::texts(*subject) {
            // One text counts once, whoever brings it.
            if texts.insert(definitions, index).is_some() {
                continue;
            }
            let place = input.part("/typeDefinitions");
            let mut told = String::new();
            for definition in parse_definitions(definitions).unwrap_or_default() {
                let name = &definition.name.text;
                // The variants of an enum clash with it.
                let is_variant =
                    !told.is_empty() && name.strip_prefix(&*told).is_some_and(|rest| rest.starts_with("::"));
                if let Some(first) = claimed(&mut met, name, index, &place).filter(|_| !is_variant) {
                    told = name.to_string();
                    let message = format!("two packages define the type `{name}`, by different texts");
                    let help = "rename one of them, or leave `type_name` out: types then stand in the name space of their package";
                    findings.error(Code::TypeName, message).at(&place).at(first).help(help);
                }
            }
        }
    }
}

fn categories(subjects: &[Subject<'_>], findings: &mut Findings) {
    let (mut met, mut groups) = (Met::new(), Met::new());
    for (index, subject) in subjects.iter().enumerate() {
        for (number, category) in subject.categories().iter().enumerate() {
            let place = subject.place(&format!("/categories/{number}"));
            let id = text(category, "id");
            if let Some(first) = claimed(&mut met, id, index, &place) {
                let message = format!("two packages have the category `{id}`: the app shows both, and mixes them up");
                let help = "give one of them another name, e.g. that of its package";
                findings.warning(Code::DuplicateCategory, message).at(&place).at(first).help(help);
                continue;
            }
            for group in list(category, "groups") {
                let id = text(group, "id");
                if let Some(first) = claimed(&mut groups, id, index, &place) {
                    let message = format!("two packages have the group `{id}`, and the app merges them");
                    let help = "give one of them another name";
                    findings.warning(Code::DuplicateCategory, message).at(&place).at(first).help(help);
                }
            }
        }
    }
}

fn features(subjects: &[Subject<'_>], findings: &mut Findings) {
    let mut met = Met::new();
    for (index, subject) in subjects.iter().enumerate() {
        for feature in list(subject.package(), "features") {
            let (id, place) = (text(feature, "id"), subject.place("/package/features"));
            if let Some(first) = claimed(&mut met, id, index, &place) {
                let message =
                    format!("two packages have a feature with the id `{id}`: the app looks states up by id alone");
                let help = "begin the id with that of the package";
                findings.error(Code::DuplicateFeature, message).at(place).at(first).help(help);
            }
        }
    }
}
