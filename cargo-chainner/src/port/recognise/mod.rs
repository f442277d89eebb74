//! From the schema back to the declaration: which Rust types and keys give exactly this.
//!
//! The counterpart of what chainner-sdk writes. What is as the Rust type has it by itself is left away.

mod choice;
mod condition;
mod group;
mod input;
mod navi;
mod output;

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::{
    names,
    read::{Face, Input, Iterated, KeyInfo, Node, Suggestion},
};

pub(super) use choice::{Choice, Choices};
pub(super) use group::Place;
pub(super) use navi::literal;

use group::Layout;
use navi::{float, plain};

/// What of a node cannot be declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inexpressible(pub(super) String);

type Outcome<T> = Result<T, Inexpressible>;

fn refused<T>(what: impl Into<String>) -> Outcome<T> {
    Err(Inexpressible(what.into()))
}

/// What sort of input it is.
#[derive(Debug, Clone, PartialEq)]
enum Sort {
    Integer(&'static str),
    Float { double: bool },
    Text,
    Bool,
    Choice,
    Image { colors: bool },
    Color,
    File,
    Directory,
    Seed,
    RelativePath,
    Clipboard,
    Any,
    ExecutionNumber,
}

/// A node as an author declares it.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) docs: String,
    /// Of `#[node(…)]`, but for those that depend on the package.
    pub(super) keys: Vec<String>,
    pub(super) layout: Option<Vec<Place>>,
    /// Keys of each `#[output(…)]`.
    pub(super) outputs: Vec<Vec<String>>,
    pub(super) arguments: Vec<Argument>,
    pub(super) returns: Option<String>,
}

/// An argument of the function.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) docs: String,
    pub(super) keys: Vec<String>,
    pub(super) name: String,
    pub(super) ty: String,
}

/// A node with the names of its inputs.
struct Scope<'a> {
    node: &'a Node,
    /// Names of the arguments, without `r#`.
    names: Vec<String>,
    sorts: Vec<Sort>,
    choices: Vec<Option<&'a Choice>>,
    /// Ids of the inputs, and of the outputs, that are given item by item.
    taken: Vec<u32>,
    given: Vec<u32>,
}

/// The enums of a node's inputs, in order.
pub(super) fn choices_of(node: &Node, choices: &mut Choices, user: usize) -> Result<Vec<Option<usize>>, Inexpressible> {
    let inputs = node.inputs.iter();
    inputs
        .map(|input| match (&input.face, input::sort(input)) {
            (Face::Dropdown(face), Sort::Choice) => choices.of(input, face, node, user).map(Some),
            _ => Ok(None),
        })
        .collect()
}

/// The declaration of a node; the function is called `function`.
pub(super) fn declaration(
    node: &Node,
    function: &str,
    choices: &Choices,
    own: &[Option<usize>],
) -> Result<Declaration, Inexpressible> {
    let scope = Scope::new(node, own.iter().map(|index| index.map(|index| &choices.list[index])).collect());
    scope.declaration(function)
}

impl<'a> Scope<'a> {
    fn new(node: &'a Node, choices: Vec<Option<&'a Choice>>) -> Self {
        let iterated = |of: &[Iterated]| of.iter().flat_map(|of| of.ids.clone()).collect::<Vec<u32>>();
        let (taken, given) = (iterated(&node.iterator_inputs), iterated(&node.iterator_outputs));
        let sort = |of: &Input| if taken.contains(&of.id) { input::sort_of_items(of) } else { input::sort(of) };
        let sorts = node.inputs.iter().map(sort).collect();
        let mut scope = Self { node, names: Vec::new(), sorts, choices, taken, given };
        scope.names = scope.argument_names();
        scope
    }

    /// For types outside of nodes.
    fn of_no_node() -> Scope<'static> {
        static NONE: std::sync::OnceLock<Node> = std::sync::OnceLock::new();
        let node = NONE.get_or_init(Node::nothing);
        let (names, sorts, choices) = Default::default();
        Scope { node, names, sorts, choices, taken: Vec::new(), given: Vec::new() }
    }

    /// As the labels are; inputs of one label are told apart by what they are, or by when they are shown.
    fn argument_names(&self) -> Vec<String> {
        let inputs = &self.node.inputs;
        let plain: Vec<String> = inputs.iter().map(|input| names::lower(&input.label, "input")).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        for name in &plain {
            *count.entry(name).or_default() += 1;
        }
        let mut taken: HashSet<String> = plain.iter().filter(|name| count[name.as_str()] == 1).cloned().collect();
        let mut named = Vec::new();
        for (index, input) in inputs.iter().enumerate() {
            let own = &plain[index];
            if count[own.as_str()] == 1 {
                named.push(own.clone());
                continue;
            }
            let mut candidates = Vec::new();
            candidates.extend(self.choice(index).map(|choice| names::snake_of_pascal(&choice.name)));
            let shown_by = Self::shown_by(&self.node.group_layout, input.id);
            let variant = shown_by.and_then(|(asked, value)| {
                let choice = self.choice(self.index(asked).ok()?)?;
                choice.variants.iter().find(|variant| variant.value == *value)
            });
            candidates.extend(variant.map(|variant| format!("{own}_{}", names::snake_of_pascal(&variant.name))));
            let whole = names::snake(&input.label);
            if whole != *own && !whole.is_empty() {
                candidates.push(whole);
            }
            candidates.push(own.clone());
            named.push(names::free(&mut taken, &candidates));
        }
        named
    }

    fn index(&self, id: u32) -> Outcome<usize> {
        let position = self.node.inputs.iter().position(|input| input.id == id);
        position.ok_or_else(|| Inexpressible(format!("there is no input {id}")))
    }

    /// The name of an input, without `r#`.
    fn name(&self, id: u32) -> Outcome<&str> {
        let index = self.index(id)?;
        Ok(self.names.get(index).map(String::as_str).unwrap_or_default())
    }

    /// The name of an input as it is written.
    fn written(&self, id: u32) -> Outcome<String> {
        self.name(id).map(names::written)
    }

    fn sort(&self, id: u32) -> Option<&Sort> {
        self.index(id).ok().and_then(|index| self.sorts.get(index))
    }

    fn choice(&self, index: usize) -> Option<&'a Choice> {
        self.choices.get(index).copied().flatten()
    }

    /// A stored value as Rust.
    fn value(&self, id: u32, value: &Json) -> Outcome<String> {
        let index = self.index(id)?;
        match (&self.sorts[index], value) {
            (Sort::Choice, value) => match self.choice(index) {
                Some(choice) => choice.value(value),
                None => refused("a choice without an enum"),
            },
            (Sort::Bool, Json::Number(_) | Json::Bool(_)) => Ok((*value == 1 || *value == true).to_string()),
            (Sort::Integer(_), Json::Number(number)) => Ok(plain(number.as_f64().unwrap_or_default())),
            (Sort::Float { .. }, Json::Number(number)) => Ok(float(number.as_f64().unwrap_or_default())),
            (Sort::Seed, Json::Number(number)) => Ok(format!("Seed({number})")),
            (Sort::Text | Sort::RelativePath, Json::String(text)) => Ok(literal(text)),
            (_, value) => refused(format!("the value {value} for \"{}\"", self.node.inputs[index].label)),
        }
    }

    fn declaration(&self, function: &str) -> Outcome<Declaration> {
        let node = self.node;
        let (mut grouping, layout) = match self.layout()? {
            Layout::Keys(keys) => (keys, None),
            Layout::Attribute(places) => (vec![Vec::new(); node.inputs.len()], Some(places)),
        };
        let mut arguments = Vec::new();
        let mut items = self.items()?;
        for (index, input) in node.inputs.iter().enumerate() {
            let written = self.input(index)?;
            let mut keys = written.keys;
            keys.append(&mut grouping[index]);
            let mut ty = written.ty;
            if self.taken.contains(&input.id) {
                ty = item(&self.sorts[index], &ty)?;
                keys.extend(items.take());
            }
            let docs = input.description.clone().unwrap_or_default();
            arguments.push(Argument { docs, keys, name: names::written(&self.names[index]), ty });
        }
        let order = self.returned()?;
        let outputs: Vec<input::Written> =
            order.iter().map(|position| self.output(*position)).collect::<Outcome<_>>()?;
        let mut types: Vec<String> = outputs.iter().map(|output| output.ty.clone()).collect();
        let mut attributes: Vec<Vec<String>> = outputs.into_iter().map(|output| output.keys).collect();
        for (returned, position) in order.iter().enumerate() {
            if returned >= self.given.len() && *position != returned {
                attributes[returned].push(format!("position = {position}"));
            }
        }
        while attributes.last().is_some_and(Vec::is_empty) {
            attributes.pop();
        }
        if !self.given.is_empty() {
            let rest = types.split_off(self.given.len());
            types = vec![format!("Generator<{}>", tuple(&types))];
            types.extend(rest);
        }
        let reads = node.has_side_effects || self.sorts.iter().any(|sort| matches!(sort, Sort::File | Sort::Directory));
        let returns = match (types.len(), reads) {
            (0, false) => None,
            (0, true) => Some("Result<(), NodeError>".to_owned()),
            (_, false) => Some(tuple(&types)),
            (_, true) => Some(format!("Result<{}, NodeError>", tuple(&types))),
        };
        let (docs, limited) = docs(&node.description);
        let mut keys = Vec::new();
        if names::title_of_snake(function) != node.name {
            keys.push(format!("name = {}", literal(&node.name)));
        }
        match &node.key_info {
            None => {}
            Some(KeyInfo::Enum { input } | KeyInfo::Number { input }) => {
                let choosing = matches!(self.sort(*input), Some(Sort::Choice | Sort::Bool));
                if choosing != matches!(node.key_info, Some(KeyInfo::Enum { .. })) {
                    return refused("the collapsed node shows an input as what it is not");
                }
                keys.push(format!("key_info = {}", self.written(*input)?));
            }
            Some(KeyInfo::Type { expression }) => keys.push(format!("key_info = {}", self.navi(expression)?)),
        }
        for (is, key) in [(node.has_side_effects, "side_effects"), (node.deprecated, "deprecated")] {
            if is {
                keys.push(key.to_owned());
            }
        }
        keys.extend(limited);
        keys.extend(self.length()?);
        if !node.suggestions.is_empty() {
            let suggestions: Vec<String> =
                node.suggestions.iter().map(|found| self.suggestion(found)).collect::<Outcome<_>>()?;
            keys.push(format!("suggestions = [\n        {},\n    ]", suggestions.join(",\n        ")));
        }
        Ok(Declaration { docs, keys, layout, outputs: attributes, arguments, returns })
    }

    /// The positions of the outputs in the order that a function returns them in: those given item by item first.
    fn returned(&self) -> Outcome<Vec<usize>> {
        let outputs = &self.node.outputs;
        let (mut order, fixed): (Vec<usize>, Vec<usize>) =
            (0..outputs.len()).partition(|position| self.given.contains(&outputs[*position].id));
        if !order.iter().map(|position| outputs[*position].id).eq(self.given.iter().copied()) {
            return refused(
                "the outputs given item by item are listed in another order than they are shown, or are not there",
            );
        }
        order.extend(fixed);
        Ok(order)
    }

    /// The length of the sequence given, if it is not just any.
    fn length(&self) -> Outcome<Option<String>> {
        self.length_of(&self.node.iterator_outputs, "length")
    }

    /// The length of the sequence taken, if it is not just any.
    fn items(&self) -> Outcome<Option<String>> {
        self.length_of(&self.node.iterator_inputs, "items")
    }

    fn length_of(&self, sequences: &[Iterated], key: &str) -> Outcome<Option<String>> {
        match sequences {
            [] => Ok(None),
            [sequence] => match &sequence.sequence_type["fields"]["length"] {
                length if *length == "uint" => Ok(None),
                length => Ok(Some(format!("{key} = {}", self.navi(length)?))),
            },
            _ => refused("several sequences that are not stepped together"),
        }
    }

    fn suggestion(&self, found: &Suggestion) -> Outcome<String> {
        let mut parts = vec![literal(&found.query)];
        parts.extend(found.name.iter().map(|name| format!("name = {}", literal(name))));
        if let Some(input) = found.parse_input {
            parts.push(format!("parse = {}", self.written(input)?));
        }
        let set = found.inputs.iter().map(|(id, value)| {
            let id = id.parse().map_err(|_| Inexpressible(format!("a suggestion sets the input `{id}`")))?;
            Ok(format!("{} = {}", self.written(id)?, self.value(id, value)?))
        });
        let set: Vec<String> = set.collect::<Outcome<_>>()?;
        if !set.is_empty() {
            parts.push(format!("set({})", set.join(", ")));
        }
        Ok(format!("({})", parts.join(", ")))
    }
}

/// The type of an argument that is given item by item.
fn item(sort: &Sort, ty: &str) -> Outcome<String> {
    let owned = match (sort, ty) {
        (_, "&str") => "String",
        (_, "ImageView<'_>") => "Image",
        (Sort::Choice, _) => return refused("a sequence of a choice"),
        // Items outlive the call, so they cannot be what borrows.
        (_, ty) if ty.contains("<'_>") => {
            return refused("a sequence of what can be put onto the clipboard, or of images or colours");
        }
        (_, ty) if ty.starts_with("Option<") => return refused("a sequence that may be missing"),
        (_, ty) => ty,
    };
    Ok(format!("Items<{owned}>"))
}

fn tuple(types: &[String]) -> String {
    match types {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

/// The help, and the key for the note about 8 bits at its end.
fn docs(description: &str) -> (String, Option<String>) {
    const HEADING: &str = "#### Limited color depth\n\n";
    const USUAL: &str = "This node computes with 8 bits per channel: finer gradations of its inputs are lost.";
    match description.split_once(HEADING) {
        Some((help, USUAL)) => (help.trim_end().to_owned(), Some("limited_to_8bit".to_owned())),
        Some((help, note)) => (help.trim_end().to_owned(), Some(format!("limited_to_8bit = {}", literal(note)))),
        None => (description.to_owned(), None),
    }
}
