//! With which values a package wants its nodes shown: `[package.metadata.chainner.docs]` of Cargo.toml.

use anyhow::Result;
use chainner_sdk::library::Place;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    codes::Code,
    error::{Failure, did_you_mean},
    project::NodePackage,
};

use super::book::{Book, Node, number};

/// What a node is to be shown with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    /// Id or function of the node.
    node: String,
    /// By the names of arguments.
    values: Map<String, Value>,
    /// Where it stands.
    #[serde(skip)]
    file: String,
}

/// The examples of a package.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Examples {
    #[serde(default)]
    examples: Vec<Example>,
}

impl Examples {
    /// What the package's Cargo.toml says.
    ///
    /// # Errors
    /// It cannot be read, or speaks of nodes that are not there.
    pub(super) fn of(package: &NodePackage, book: &Book<'_>) -> Result<Self> {
        let metadata = package.package.metadata.pointer("/chainner/docs");
        let Some(metadata) = metadata else { return Ok(Self::default()) };
        let file = package.shown(package.package.manifest_path.as_std_path());
        let refused = |message: &str| {
            let message = format!("`[package.metadata.chainner.docs]` of `{file}`: {message}");
            Failure::new(Code::DocsExample, message)
        };
        let mut examples: Self = serde_json::from_value(metadata.clone()).map_err(|error| {
            refused(&error.to_string()).help("write `examples = [{ node = \"vignette\", values = { amount = 3 } }]`")
        })?;
        for (index, example) in examples.examples.iter().enumerate() {
            let node = &example.node;
            let functions = || book.nodes.iter().map(|node| node.described.function.as_str());
            if !book.nodes.iter().any(|known| example.is_of(known)) {
                let failure = refused(&format!("there is no node `{node}`"));
                let help = did_you_mean(node, functions()).map(|name| format!("did you mean `{name}`?"));
                return Err(Failure { help, ..failure }.into());
            }
            if examples.examples[..index].iter().any(|other| other.node == *node) {
                return Err(refused(&format!("node `{node}` has two examples")).help("keep one of them").into());
            }
        }
        for example in &mut examples.examples {
            example.file.clone_from(&file);
        }
        Ok(examples)
    }

    /// The example of a node.
    pub(super) fn of_node(&self, node: &Node<'_>) -> Option<&Example> {
        self.examples.iter().find(|example| example.is_of(node))
    }
}

impl Example {
    fn is_of(&self, node: &Node<'_>) -> bool {
        self.node == node.id() || self.node == node.described.function
    }

    /// Whether the node has all inputs that the example speaks of.
    ///
    /// # Errors
    /// It has not.
    pub(super) fn fits(&self, node: &Node<'_>) -> Result<(), Failure> {
        let known = || node.inputs.iter().map(|input| input.described.name.as_str());
        for (name, value) in &self.values {
            if !known().any(|known| known == name) {
                let failure = self.refused(node, &format!("it has no input `{name}`"));
                let help = did_you_mean(name, known()).map(|name| format!("did you mean `{name}`?"));
                return Err(Failure { help, ..failure });
            }
            if words(value).is_none() {
                return Err(self.refused(node, &format!("{value} is no value of an input")));
            }
        }
        Ok(())
    }

    /// The value of an input, as a command line has it.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        words(self.values.get(name)?)
    }

    /// The node does not take the example.
    pub(super) fn refused(&self, node: &Node<'_>, why: &str) -> Failure {
        let message = format!("the example of node `{}` cannot be shown: {why}", node.described.function);
        let place = Place { file: self.file.clone(), line: 0, column: 0 };
        Failure { places: vec![place], ..Failure::new(Code::DocsExample, message) }
            .help("change its entry in `[package.metadata.chainner.docs]`")
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(_) => Some(number(value)),
        Value::Array(items) => {
            let parts: Option<Vec<String>> = items.iter().map(words).collect();
            parts.map(|parts| parts.join(","))
        }
        Value::Null | Value::Object(_) => None,
    }
}
