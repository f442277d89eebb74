//! Calls of registered nodes.

use std::fmt;

use crate::{
    enforce::{InputSpec, OutputSpec},
    error::NodeError,
    node::{Input, Node},
    registry, schema,
    sequence::Whole,
    value::{OutputValue, Seed, Value},
};

use super::{Breach, Given, Known, KnownInputs, NodeTypes, Results};

/// A node about to be called. Inputs that are not set have the value that a new node starts with.
#[derive(Debug)]
pub struct NodeTest<'a> {
    node: Node,
    values: Vec<Value<'a>>,
    items: Vec<Vec<Value<'a>>>,
}

/// The values of one item of a sequence.
#[derive(Debug)]
pub struct ItemValues<'n, 'a> {
    node: &'n Node,
    values: Vec<Value<'a>>,
}

/// Why a test of a node fails.
#[derive(Debug)]
pub enum TestFailure {
    /// The node gave an error: it refused a value, failed, or panicked.
    Node(NodeError),
    /// The app would not run the node with these values.
    Refused(String),
    /// What came out is not what is declared.
    Broken {
        /// Name of the node.
        node: &'static str,
        /// Where.
        breaches: Vec<Breach>,
    },
}

impl fmt::Display for TestFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(error) => write!(f, "{error}"),
            Self::Refused(why) => f.write_str(why),
            Self::Broken { node, breaches } => {
                write!(f, "{node} breaks its declaration:")?;
                breaches.iter().try_for_each(|breach| write!(f, "\n{breach}"))
            }
        }
    }
}

impl std::error::Error for TestFailure {}

/// The node with this function name or schema id, among all that are linked into the test.
///
/// In `tests/*.rs`, name the package once, so that it is linked: `use film_lab as _;`.
///
/// # Panics
/// When there is none, or several have the name.
#[track_caller]
pub fn node<'a>(name: &str) -> NodeTest<'a> {
    let all = registry::all_nodes();
    let mut found: Vec<_> = all.iter().filter(|node| node.id == name || node.function == name).collect();
    if found.len() > 1 {
        found.retain(|node| node.id == name);
    }
    let ids = || all.iter().map(|node| node.id).collect::<Vec<_>>().join(", ");
    let [decl] = found[..] else {
        match all.as_slice() {
            [] => panic!("there is no node `{name}`: none is linked; in tests/*.rs write `use your_package as _;`"),
            _ => panic!("there is no single node `{name}` among: {}", ids()),
        }
    };
    let node = Node::new(decl);
    let values = node.inputs().iter().map(initial).collect();
    NodeTest { node, values, items: Vec::new() }
}

/// What a new node has.
fn initial<'a>(input: &Input) -> Value<'a> {
    if input.decl.optional || input.decl.item.is_some() {
        return Value::Missing;
    }
    match &input.spec {
        InputSpec::Integer(spec) => Value::Integer(spec.default),
        InputSpec::Float(spec) => Value::Float(spec.default),
        InputSpec::Text(spec) => spec.default.map_or(Value::Missing, |text| Value::Text(text.into())),
        InputSpec::RelativePath(spec) => spec.text.default.map_or(Value::Missing, |text| Value::Text(text.into())),
        InputSpec::Bool(spec) if !spec.handle => Value::Bool(spec.default),
        InputSpec::Choice(spec) => Value::Variant(spec.default),
        InputSpec::Color(spec) => Value::Color(spec.default),
        InputSpec::Seed(spec) => Value::Seed(Seed(spec.default)),
        InputSpec::ExecutionNumber(_) => Value::Integer(1),
        _ => Value::Missing,
    }
}

/// The position of an input by its argument or label.
#[track_caller]
fn position(node: &Node, name: &str, iterated: bool) -> usize {
    let named =
        |input: &Input| input.decl.item.is_some() == iterated && [input.decl.name, input.decl.label].contains(&name);
    node.inputs().iter().position(named).unwrap_or_else(|| {
        let names = node.inputs().iter().filter(|input| input.decl.item.is_some() == iterated);
        let names: Vec<&str> = names.map(|input| input.decl.name).collect();
        let (sort, how) = if iterated { ("iterated ", "") } else { ("", "; items are given with `item`") };
        let how = if node.inputs().iter().any(|input| input.decl.item.is_some()) { how } else { "" };
        panic!("node `{}` has no {sort}input `{name}`, only {names:?}{how}", node.decl().function)
    })
}

impl<'a> NodeTest<'a> {
    /// Gives a value to an input, by the name of its argument or its label.
    ///
    /// # Panics
    /// When there is no such input.
    #[track_caller]
    #[must_use]
    pub fn set(mut self, input: &str, value: impl Given<'a>) -> Self {
        let index = position(&self.node, input, false);
        self.values[index] = value.into_value();
        self
    }

    /// Adds an item to the sequence that the node takes.
    #[must_use]
    pub fn item(mut self, item: impl for<'n> FnOnce(ItemValues<'n, 'a>) -> ItemValues<'n, 'a>) -> Self {
        let width = self.node.inputs().iter().filter(|input| input.decl.item.is_some()).count();
        let values = item(ItemValues { node: &self.node, values: vec![Value::Missing; width] }).values;
        self.items.push(values);
        self
    }

    /// Calls the node, and checks all that comes out against its declared types.
    ///
    /// # Panics
    /// When the node fails, or does something else than it declares; the message shows both sides.
    #[track_caller]
    pub fn call(self) -> Results {
        self.try_call().unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// As [`call`](Self::call), for tests of what a node refuses.
    ///
    /// # Errors
    /// The node fails, or does something else than it declares.
    pub fn try_call(self) -> Result<Results, TestFailure> {
        let Self { node, values, items } = self;
        let decl = node.decl();
        let types = types(&node)?;
        let known = known(&node, &values, &items)?;
        let outputs = types.outputs(&known).map_err(TestFailure::Refused)?;
        if let Some(why) = outputs.never() {
            return Err(TestFailure::Refused(format!("the app would not run the node: {why}")));
        }
        let whole = Whole::of(&node, values, items, usize::MAX);
        let statics = whole.statics.map_err(TestFailure::Node)?;
        let given: Vec<_> = whole.items.into_iter().collect::<Result<_, _>>().map_err(TestFailure::Node)?;

        let ids: Vec<u32> = schema::output_ids(&node);
        let (iterated, fixed) = ids.split_at(decl.iterated_outputs);
        let (of_items, of_node) = node.outputs().split_at(decl.iterated_outputs);
        let mut breaches = Vec::new();
        let mut check = |ids: &[u32], specs: &[OutputSpec], values: &[OutputValue], number| {
            for ((id, spec), value) in ids.iter().zip(specs).zip(values) {
                breaches.extend(outputs.check(*id, number, &Known::of_output(spec.kind, value)).err());
            }
        };
        check(fixed, of_node, &statics, None);
        for (number, item) in given.iter().enumerate() {
            check(iterated, of_items, item, Some(number));
        }
        if let Some(first) = iterated.first() {
            breaches.extend(outputs.check_length(*first, given.len()).err());
        }
        if !breaches.is_empty() {
            return Err(TestFailure::Broken { node: decl.name, breaches });
        }
        let labelled = |specs: &[OutputSpec], values: Vec<_>| {
            specs.iter().map(|spec| spec.label.to_owned()).zip(values).collect::<Vec<_>>()
        };
        let items = given.into_iter().map(|item| Results { outputs: labelled(of_items, item), items: Vec::new() });
        Ok(Results { items: items.collect(), outputs: labelled(of_node, statics) })
    }
}

impl<'a> ItemValues<'_, 'a> {
    /// Gives a value to an iterated input, by the name of its argument or its label.
    ///
    /// # Panics
    /// When there is no such input.
    #[track_caller]
    #[must_use]
    pub fn set(mut self, input: &str, value: impl Given<'a>) -> Self {
        let index = position(self.node, input, true);
        let number = self.node.inputs()[..index].iter().filter(|input| input.decl.item.is_some()).count();
        self.values[number] = value.into_value();
        self
    }
}

/// The types of a node, beside those of all others of its package, which may define some of them.
fn types(node: &Node) -> Result<NodeTypes, TestFailure> {
    let nodes: Vec<Node> = registry::nodes_of(node.decl().package).into_iter().map(Node::new).collect();
    NodeTypes::new(&schema::nodes(&nodes), node.decl().id).map_err(TestFailure::Refused)
}

/// What is known of the values, once the inputs have let them through.
fn known(node: &Node, values: &[Value<'_>], items: &[Vec<Value<'_>>]) -> Result<KnownInputs, TestFailure> {
    let through = |input: &Input, value: &Value<'_>| {
        let value = input.enforce(value.clone()).map_err(|error| TestFailure::Node(error.at_node(node.decl().name)))?;
        Ok(Known::of_input(&input.spec, &value))
    };
    let mut known = KnownInputs::default();
    let mut number = 0;
    for (input, value) in node.inputs().iter().zip(values) {
        if input.decl.item.is_some() {
            let of_items = items.iter().map(|item| through(input, &item[number])).collect::<Result<_, _>>()?;
            known.items.insert(input.decl.id, of_items);
            number += 1;
        } else {
            known.values.insert(input.decl.id, through(input, value)?);
        }
    }
    Ok(known)
}
