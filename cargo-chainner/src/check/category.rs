//! Categories and groups.

use serde_json::Value;

use crate::codes::Code;

use super::{
    Findings, Subject, color, icon,
    subject::{first_twice, list, text},
};

/// Ids of the app's own categories.
const STOCK: &[&str] = &[
    "image",
    "image (adjustments)",
    "image (channels)",
    "image (dimensions)",
    "image (filters)",
    "image (utilities)",
    "material textures",
    "ncnn",
    "onnx",
    "pytorch",
    "stable diffusion (external)",
    "tensorrt",
    "utility",
];

/// Names, ids, icons and colours of categories and groups.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let place = subject.place("/categories");
    let categories = subject.categories();
    for (first, second) in first_twice(categories, |category| text(category, "id")) {
        let message = match (text(first, "name"), text(second, "name")) {
            (first, second) if first == second => {
                format!("two categories are called \"{first}\", but differ in icon or colour")
            }
            (first, second) => format!("the categories \"{first}\" and \"{second}\" have the same id"),
        };
        findings.error(Code::DuplicateCategory, message).at(&place).help("keep one of them, as one `const`");
    }
    for category in categories {
        let name = text(category, "name");
        let called = format!("category \"{name}\"");
        if name.trim().is_empty() {
            let help = "write `Category::new(\"…\", \"…\")`";
            findings.error(Code::EmptyName, "a category has no name").at(&place).help(help);
        }
        if !subject.is_of_the_app() && STOCK.contains(&text(category, "id")) {
            findings
                .warning(Code::StockCategory, format!("{called} is one of the app's own"))
                .at(&place)
                .help("choose a name of your own, e.g. the name of the package");
        }
        if text(category, "description").trim().is_empty() {
            let help = "the second argument of `Category::new` is its tooltip";
            findings.warning(Code::NoDescription, format!("{called} has no description")).at(&place).help(help);
        }
        icon::check(text(category, "icon"), &called, &place, findings);
        color::check(text(category, "color"), &called, &place, findings);
        groups(category, &place, findings);
    }
}

fn groups(category: &Value, place: &chainner_sdk::library::Place, findings: &mut Findings) {
    let groups = list(category, "groups");
    for (first, second) in first_twice(groups, |group| text(group, "id")) {
        let (first, second) = (text(first, "name"), text(second, "name"));
        findings
            .error(Code::DuplicateCategory, format!("the groups \"{first}\" and \"{second}\" have the same id"))
            .at(place)
            .help("keep one of them, as one `const`");
    }
    for group in groups {
        if text(group, "name").trim().is_empty() {
            let message = format!("a group of category \"{}\" has no name", text(category, "name"));
            findings.error(Code::EmptyName, message).at(place).help("write `.group(\"…\")`");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(key: &str, value: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/categories/0")[key] = value;
        fixture
    }

    #[test]
    fn ids_are_unique() {
        let mut fixture = Fixture::sound();
        let mut copy = fixture.schema_at("/categories/0").clone();
        copy["name"] = json!("FILM LAB");
        fixture.schema_at("/categories").as_array_mut().expect("a list").push(copy);
        assert_eq!(errors(&fixture), [Code::DuplicateCategory]);

        let mut fixture = Fixture::sound();
        let group = fixture.schema_at("/categories/0/groups/0").clone();
        fixture.schema_at("/categories/0/groups").as_array_mut().expect("a list").push(group);
        assert_eq!(errors(&fixture), [Code::DuplicateCategory]);
    }

    #[test]
    fn names_are_there_and_not_the_app_s() {
        assert_eq!(errors(&with("name", json!(""))), [Code::EmptyName]);
        let mut fixture = with("id", json!("utility"));
        fixture.schema_at("/nodes/0")["category"] = json!("utility");
        assert_eq!(warnings(&fixture), [Code::StockCategory]);
        let mut fixture = Fixture::sound();
        fixture.schema_at("/categories/0/groups/0")["name"] = json!("");
        assert_eq!(errors(&fixture), [Code::EmptyName]);
    }

    #[test]
    fn the_face_of_a_category_is_looked_at() {
        assert_eq!(warnings(&with("description", json!(""))), [Code::NoDescription]);
        assert_eq!(warnings(&with("icon", json!("Md"))), [Code::Icon]);
        assert_eq!(errors(&with("color", json!("#12"))), [Code::Color]);
    }
}
