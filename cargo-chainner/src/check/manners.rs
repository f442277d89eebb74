//! What the app leaves to packages: ids that cannot meet those of others, and documentation.

use crate::codes::Code;

use super::{
    Findings, Subject,
    subject::{Node, text},
};

/// The prefix of the app's own nodes.
const STOCK_PREFIX: &str = "chainner:";

/// The ids of a package's nodes.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    if subject.is_of_the_app() {
        return;
    }
    for node in subject.nodes() {
        id(subject, &node, findings);
    }
}

fn id(subject: Subject<'_>, node: &Node<'_>, findings: &mut Findings) {
    let id = text(node.schema, "schemaId");
    let place = &node.place();
    let prefix = format!("{}:", text(subject.package(), "id"));
    if id.starts_with(STOCK_PREFIX) {
        let message = format!("the id `{id}` begins with `{STOCK_PREFIX}`, which is kept for the app's own nodes");
        let own = id.strip_prefix(STOCK_PREFIX).unwrap_or_default();
        findings.error(Code::ReservedId, message).at(place).help(format!("write `{prefix}{own}`"));
        return;
    }
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !id.split(':').all(is_word) {
        findings
            .error(Code::BadId, format!("the id `{id}` is not made of lower-case words with colons between them"))
            .at(place)
            .help(format!("write it like `{prefix}group:{}`", own_word(node)));
    } else if !id.starts_with(&prefix) {
        findings
            .warning(Code::ForeignId, format!("the id `{id}` does not begin with the package's id"))
            .at(place)
            .help(format!("begin it with `{prefix}`; but leave an id as it is once chains have been saved with it"));
    }
}

/// The last word of an example of an id.
fn own_word<'a>(node: &Node<'a>) -> &'a str {
    node.described.map_or("node", |described| &described.function)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::check::fixture::{Fixture, errors, warnings};

    use super::*;

    fn with(key: &str, value: Value) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.schema_at("/nodes/0")[key] = value;
        fixture
    }

    #[test]
    fn ids_are_words_below_the_package_s_own() {
        assert_eq!(errors(&with("schemaId", json!("chainner:image:blur"))), [Code::ReservedId]);
        for id in ["Film:Blur", "film_lab:", "film_lab::blur", "film lab:blur", "", "film_lab:2x"] {
            assert_eq!(errors(&with("schemaId", json!(id))), [Code::BadId], "{id}");
        }
        assert_eq!(warnings(&with("schemaId", json!("acme:blur"))), [Code::ForeignId]);
    }
}
