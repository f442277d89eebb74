//! Nodes of the sources against nodes of the library: nothing is left out in silence.

use crate::codes::Code;

use super::{Findings, Subject};

/// Functions with `#[node]` that the library does not know, and libraries without nodes.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let Some(package) = subject.built() else { return };
    let known = &package.description.nodes;
    for node in &package.sources.nodes {
        if known.iter().any(|known| known.function == node.function && (node.stray.is_none() || same_file(known, node)))
        {
            continue;
        }
        let finding = findings
            .error(Code::NodeMissing, format!("`{}` carries `#[node]`, but is not in the library", node.function));
        finding.at(&node.place);
        match &node.stray {
            Some(stray) => finding.help(format!("`{}` is not a module of the crate: {}", stray.file, stray.help)),
            None => finding.help(
                "look for a macro or a `#[cfg_attr(…)]` that leaves the function out, and run `cargo clean -p` for the package",
            ),
        };
    }
    if known.is_empty() {
        let finding = findings.error(Code::NoNodes, "the package has no nodes");
        finding.at(subject.place("/package"));
        finding.help(match package.sources.nodes.as_slice() {
            [] => "put `#[node(id = \"…\", group = …)]` on a function; a `#[cfg(…)]` around it may leave it out"
                .to_owned(),
            nodes => format!("none of the {} `#[node]` functions in the sources is compiled", nodes.len()),
        });
    }
}

/// A file that is no module may hold a copy of a function that is in the library.
fn same_file(known: &chainner_sdk::library::NodeDescription, node: &crate::sources::SourceNode) -> bool {
    known.place.file == node.place.file
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::Place;

    use crate::{
        check::fixture::{Fixture, errors},
        sources::{SourceNode, Stray},
    };

    use super::*;

    fn source(function: &str, stray: Option<Stray>) -> SourceNode {
        let place = Place { file: "src/blur.rs".to_owned(), line: 3, column: 8 };
        SourceNode { function: function.to_owned(), place, stray }
    }

    #[test]
    fn a_node_whose_file_is_no_module_is_named_with_the_fix() {
        let mut fixture = Fixture::sound();
        let stray = Stray { file: "src/blur.rs".to_owned(), help: "add `mod blur;` to `src/lib.rs`".to_owned() };
        fixture.sources.nodes.push(source("blur", Some(stray.clone())));
        fixture.sources.nodes.push(source("vignette", Some(stray)));
        let findings = fixture.findings();
        assert_eq!(errors(&fixture), [Code::NodeMissing, Code::NodeMissing]);
        assert_eq!(
            findings.0[0].help.as_deref(),
            Some("`src/blur.rs` is not a module of the crate: add `mod blur;` to `src/lib.rs`")
        );
        assert_eq!(findings.0[0].places[0].line, 3);
    }

    #[test]
    fn a_node_that_the_compiler_left_out_is_named() {
        let mut fixture = Fixture::sound();
        fixture.sources.nodes.push(source("blur", None));
        assert_eq!(errors(&fixture), [Code::NodeMissing]);
    }

    #[test]
    fn no_nodes_at_all_are_an_error() {
        let mut fixture = Fixture::sound();
        fixture.description.nodes.clear();
        fixture.schema_at("/nodes").as_array_mut().expect("a list").clear();
        fixture.sources.nodes.clear();
        assert_eq!(errors(&fixture), [Code::NoNodes]);
    }
}
