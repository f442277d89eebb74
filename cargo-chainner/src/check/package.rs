//! What `package!` and Cargo.toml say about the package.

use chainner_sdk::library::Place;

use crate::codes::Code;

use super::{
    Findings, Subject, color, icon,
    subject::{list, text},
};

/// The name of the app's own package.
const STOCK_NAME: &str = "chaiNNer_standard";

/// Name, description, icon, colour and dependencies; the fields of Cargo.toml that go into the wheel.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let package = subject.package();
    if !package.is_object() || subject.is_of_the_app() {
        return;
    }
    let place = subject.place("/package");
    let name = text(package, "name");
    if name.trim().is_empty() || text(package, "id").trim().is_empty() {
        findings.error(Code::EmptyName, "the package has no name").at(&place).help("write `name: \"…\"` in `package!`");
    }
    for key in ["id", "name"] {
        if text(package, key) == STOCK_NAME {
            let message = format!("the package's {key} is `{STOCK_NAME}`, which is the app's own package");
            findings.error(Code::ReservedPackage, message).at(&place).help(format!("choose another {key}"));
        }
    }
    if text(package, "description").trim().is_empty() {
        findings
            .warning(Code::NoDescription, "the package has no description")
            .at(&place)
            .help("write `description: \"…\"` in `package!`: the app shows it where packages are listed");
    }
    icon::check(text(package, "icon"), "the package", &place, findings);
    color::check(text(package, "color"), "the package", &place, findings);
    for dependency in list(package, "dependencies") {
        let pypi = text(dependency, "pypiName");
        let canonical = pypi.to_lowercase().replace(['_', '.'], "-");
        if pypi != canonical {
            let message = format!("the dependency `{pypi}` would be installed anew each time the app starts");
            findings
                .warning(Code::Dependency, message)
                .at(&place)
                .help(format!("write `{canonical}`, as `pip list` prints it"));
        }
    }
    manifest(subject, findings);
}

fn manifest(subject: Subject<'_>, findings: &mut Findings) {
    let Some(manifest) = subject.built().map(|package| package.manifest) else { return };
    let place = Place { file: manifest.file.clone(), line: 0, column: 0 };
    let mut missing = |there: bool, what: &str, help: &str| {
        if !there {
            findings.warning(Code::Metadata, format!("Cargo.toml has no {what}")).at(&place).help(help);
        }
    };
    missing(manifest.description, "description", "add `description = \"…\"`: it is what pip and PyPI show");
    missing(
        manifest.license,
        "licence",
        "add `license = \"MIT\"`, or the licence you chose, and put its text beside it",
    );
    if !manifest.readme {
        findings
            .note(Code::Metadata, "the package has no readme")
            .at(&place)
            .help("write a README.md beside Cargo.toml: PyPI shows it");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(key: &str, value: serde_json::Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/package")[key] = value;
        fixture
    }

    #[test]
    fn names_are_there_and_not_the_app_s() {
        assert_eq!(errors(&with("name", json!(" "))), [Code::EmptyName]);
        assert_eq!(errors(&with("name", json!(STOCK_NAME))), [Code::ReservedPackage]);
    }

    #[test]
    fn the_face_of_the_package_is_looked_at() {
        assert_eq!(warnings(&with("description", json!(""))), [Code::NoDescription]);
        assert_eq!(warnings(&with("icon", json!("MdVingette"))), [Code::Icon]);
        assert_eq!(errors(&with("color", json!("brownish"))), [Code::Color]);
    }

    #[test]
    fn dependencies_are_spelt_as_pip_prints_them() {
        let dependency = |name: &str| with("dependencies", json!([{"pypiName": name}]));
        assert_eq!(warnings(&dependency("Pillow")), [Code::Dependency]);
        assert_eq!(warnings(&dependency("scikit-image")), []);
    }

    #[test]
    fn cargo_toml_says_what_the_wheel_needs() {
        let mut fixture = Fixture::sound();
        (fixture.manifest.description, fixture.manifest.license) = (false, false);
        assert_eq!(warnings(&fixture), [Code::Metadata, Code::Metadata]);
        fixture.manifest.readme = false;
        assert_eq!(fixture.findings().count(crate::shell::Level::Note), 1);
    }
}
