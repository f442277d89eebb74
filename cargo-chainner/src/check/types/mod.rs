//! Types: the definitions that all nodes share, every type of a node, and what comes of them with real values.

mod declared;
mod definitions;
mod expression;
mod key_info;
mod samples;

pub(super) use definitions::{scope, texts};
pub(super) use expression::{Part, report};

use chainner_navi::host::{self, NodeFunction};

use crate::{codes::Code, shell::Level};

use super::{Findings, Subject};

/// Definitions and types, as the app evaluates them when it loads a schema; then with the values a new node starts with,
/// and with samples.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    definitions::check(subject, findings);
    let main = scope(subject);
    for node in subject.nodes() {
        let before = findings.count(Level::Error);
        let types = declared::check(&node, &main, findings);
        if findings.count(Level::Error) > before {
            continue;
        }
        key_info::check(&node, &main, &types, findings);
        // What is not told above in its own words is told in those of the evaluator: nothing it refuses passes.
        let function = host::Node::from_json(node.schema).and_then(|parsed| NodeFunction::load(parsed, &main));
        match function {
            Ok(function) => samples::check(&node, &function, findings),
            Err(error) => {
                let ids_twice = findings.0.iter().any(|finding| {
                    matches!(finding.code, Code::DuplicateInputId | Code::DuplicateOutputId | Code::BadShape)
                });
                if !ids_twice {
                    findings.error(Code::TypeMistake, error.to_string()).at(node.place());
                }
            }
        }
    }
}
