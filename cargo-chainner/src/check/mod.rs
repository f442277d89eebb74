//! `check`: what would make the app refuse a schema, what it takes and then mishandles, and what is plainly wrong. One family
//! of rules a file.

mod across;
mod category;
mod choice;
mod color;
mod command;
mod condition;
mod finding;
#[cfg(test)]
mod fixture;
mod group;
mod icon;
mod input;
mod iterator;
mod layout;
mod manners;
mod node;
mod output;
mod package;
mod reference;
mod registration;
mod replacement;
mod shape;
mod subject;
mod types;

use serde_json::Value;

use crate::codes::Code;

pub use command::{require, run};
pub use finding::{Finding, Findings};
pub use subject::{ManifestFacts, Origin, Package, Subject};

/// The families of rules, in the order in which they speak.
const RULES: &[fn(Subject<'_>, &mut Findings)] = &[
    shape::check,
    registration::check,
    package::check,
    category::check,
    node::check,
    manners::check,
    iterator::check,
    input::check,
    choice::check,
    output::check,
    types::check,
    condition::check,
    layout::check,
    reference::check,
    replacement::check,
];

/// What the rules find, errors first.
pub fn findings(subject: Subject<'_>) -> Findings {
    let mut findings = Findings::default();
    for fault in subject.built().iter().flat_map(|package| &package.description.faults) {
        // A package may have been compiled with a newer SDK than this tool.
        let code = Code::from_id(&fault.code).unwrap_or(Code::Failed);
        let finding = findings.error(code, fault.message.clone()).help(fault.help.clone());
        finding.places = fault.places.clone();
    }
    for rule in RULES {
        rule(subject, &mut findings);
    }
    findings.sort();
    findings
}

/// What is wrong with a schema that comes from a file: a `schema.json`, or what the app answers to `/nodes`.
///
/// Findings point into the file: `nodes.json#/nodes/3/inputs/0/type`.
pub fn schema(file: &str, schema: &Value) -> Findings {
    findings(Subject { schema, origin: Origin::File(file) })
}

/// What is wrong with packages beside each other: ids and type names that several of them claim.
pub fn across(subjects: &[Subject<'_>]) -> Findings {
    let mut findings = Findings::default();
    across::check(subjects, &mut findings);
    findings.sort();
    findings
}

/// Where nodes do not fit those that they are to run in place of: those of an app's answer to `/nodes`, or of packages beside them.
pub fn replacements(subjects: &[Subject<'_>], app: Option<&Value>) -> Findings {
    let mut findings = Findings::default();
    replacement::fit(subjects, app, &mut findings);
    findings.sort();
    findings
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::{Fault, Place};

    use crate::shell::Level;

    use super::*;
    use fixture::{Fixture, errors};

    #[test]
    fn faults_that_the_library_tells_are_passed_on() {
        let place = Place { file: "src/lib.rs".to_owned(), line: 7, column: 1 };
        for code in [
            Code::PackageTwice,
            Code::DuplicateNodeId,
            Code::DuplicateFunction,
            Code::UnlistedCategory,
            Code::DefaultText,
            Code::UndefinedType,
            Code::NodeFeature,
        ] {
            let mut fixture = Fixture::sound();
            fixture.description.faults.push(Fault {
                code: code.id().to_owned(),
                message: "wrong".to_owned(),
                help: "right".to_owned(),
                places: vec![place.clone()],
            });
            assert_eq!(errors(&fixture), [code]);
            assert_eq!(fixture.findings().0[0].places, std::slice::from_ref(&place));
        }
    }

    #[test]
    fn errors_come_before_warnings_and_notes() {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/package")["icon"] = "MdNothing".into();
        fixture.schema_at("/nodes/0/inputs/1")["description"] = Value::Null;
        fixture.schema_at("/nodes/0/outputs/0")["label"] = "".into();
        let levels: Vec<Level> = fixture.findings().0.iter().map(|finding| finding.level).collect();
        assert_eq!(levels, [Level::Error, Level::Warning, Level::Note]);
        assert_eq!(fixture.findings().counts(), "1 error, 1 warning, 1 note (shown with -v)");
    }

    #[test]
    fn packages_beside_each_other_share_nothing() {
        let one = Fixture::sound();
        let subject = one.subject();
        assert_eq!(across(&[subject]).0, []);
        let codes: Vec<Code> = across(&[subject, subject]).0.iter().map(|finding| finding.code).collect();
        // The two define their types by one text, which is no clash.
        assert_eq!(codes, [Code::DuplicatePackage, Code::DuplicateNodeId, Code::DuplicateCategory]);
        let mut other = Fixture::sound();
        other.schema_at("/package")["id"] = "film_set".into();
        other.schema_at("/categories/0")["id"] = "film set".into();
        other.schema_at("/categories/0/groups/0")["id"] = "film set/light".into();
        other.schema_at("/nodes/0")["schemaId"] = "film_set:light:vignette".into();
        other.schema_at("/nodes/0/inputs/2")["typeDefinitions"] = "enum film_lab::Shape { Round, Oval }".into();
        let findings = across(&[subject, other.subject()]);
        let [finding] = findings.0.as_slice() else { panic!("{findings:?}") };
        assert_eq!((finding.code, finding.places.len()), (Code::TypeName, 2));
    }
}
