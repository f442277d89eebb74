//! A node as a function from the types of its inputs to those of its outputs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::evaluation::{Assignment, Evaluated, Run};
use super::node::{Node, NodeInput, NodeOutput};
use super::references::references;
use crate::error::{Error, ErrorKind, Result};
use crate::scope::Scope;
use crate::structs::StructDefinition;
use crate::syntax::Expression;
use crate::types::Type;

/// A node the host would accept, with its types evaluated.
///
/// ```
/// use chainner_navi::host::{Assignment, InputValue, Node, NodeFunction, main_scope};
/// use chainner_navi::Type;
/// use serde_json::json;
///
/// let node = Node::from_json(&json!({
///     "schemaId": "acme:double", "kind": "regularNode", "iteratorInputs": [], "iteratorOutputs": [],
///     "inputs": [{"id": 0, "label": "Number", "kind": "number", "type": "int(0..100)", "conversions": [
///         {"type": "number", "convert": "round(Input)"}
///     ]}],
///     "outputs": [{"id": 0, "label": "Twice", "type": "Input0 * 2"}],
/// }))?;
/// let scope = main_scope([&node])?;
/// let double = NodeFunction::load(node, &scope)?;
/// assert_eq!(double.output(0).map(ToString::to_string).as_deref(), Some("int(0..200)"));
///
/// let edge = Assignment { value: Some(InputValue::Edge(Type::number(2.6))), sequence: None };
/// let evaluated = double.evaluate(&[(0, edge)].into())?;
/// assert_eq!(evaluated.outputs[&0], Type::number(6.0));
/// # Ok::<(), chainner_navi::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NodeFunction {
    pub(super) node: Node,
    main: Scope,
    /// Inputs and their iterators in the order of evaluation.
    pub(super) inputs: Vec<Variable>,
    /// Outputs and their iterators in the order of evaluation.
    pub(super) outputs: Vec<Variable>,
    pub(super) conversions: BTreeMap<i64, Vec<Type>>,
    pub(super) options: BTreeMap<i64, Vec<(Value, Type)>>,
    pub(super) error: Arc<StructDefinition>,
}

/// A parameter of the node's types.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: Arc<str>,
    pub(super) place: Place,
    /// The type from when the node was loaded.
    pub(super) declared: Type,
    /// Whether its expression refers to parameters, as far as the host sees.
    pub(super) depends: bool,
}

/// What a variable is; the numbers are indices into the node's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Input(usize),
    IteratorInput(usize),
    Output(usize),
    IteratorOutput(usize),
}

/// Parameters and their types.
pub(super) type Values = BTreeMap<Arc<str>, Type>;

impl NodeFunction {
    /// Evaluates all types of a node in the scope of all nodes, see [`main_scope`](super::main_scope).
    ///
    /// # Errors
    ///
    /// Whatever makes the host refuse the node, and with it every other node: types that do not evaluate, that are
    /// `never`, or that need themselves.
    pub fn load(node: Node, main: &Scope) -> Result<NodeFunction> {
        let place = format!("node `{}`", node.schema_id);
        NodeFunction::load_unnamed(node, main).map_err(|error| error.prefixed(&place))
    }

    fn load_unnamed(node: Node, main: &Scope) -> Result<NodeFunction> {
        let error = super::scope().struct_definition("Error")?;
        let mut function = NodeFunction {
            node,
            main: main.clone(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            conversions: BTreeMap::new(),
            options: BTreeMap::new(),
            error,
        };
        let node = &function.node;
        let places = (0..node.inputs.len()).map(Place::Input);
        let input_places: Vec<Place> =
            places.chain((0..node.iterator_inputs.len()).map(Place::IteratorInput)).collect();
        let places = (0..node.outputs.len()).map(Place::Output);
        let output_places: Vec<Place> =
            places.chain((0..node.iterator_outputs.len()).map(Place::IteratorOutput)).collect();

        let inputs = function.load_variables(&input_places, &Values::new())?;
        let known = inputs.iter().map(|variable| (variable.name.clone(), variable.declared.clone())).collect();
        function.inputs = inputs;
        function.load_inputs()?;
        function.outputs = function.load_variables(&output_places, &known)?;
        Ok(function)
    }

    /// Evaluates variables that may refer to one another and to known ones.
    fn load_variables(&self, places: &[Place], known: &Values) -> Result<Vec<Variable>> {
        let names: Vec<Arc<str>> = places.iter().map(|place| self.name(*place)).collect();
        let mut values = known.clone();
        for (name, place) in names.iter().zip(places) {
            if values.insert(name.clone(), Type::any()).is_some() {
                let message = format!("{} shares its id with another", self.describe(*place));
                return Err(Error::new(ErrorKind::Node, message));
            }
        }
        let mut variables = Vec::with_capacity(places.len());
        for index in evaluation_order(&names, |index| references(self.expression(places[index])))? {
            let (place, name) = (places[index], &names[index]);
            let expression = self.expression(place);
            let described = |error: Error| error.prefixed(&self.describe(place));
            let mut declared = self.evaluate_in(expression, &values).map_err(described)?;
            if matches!(place, Place::Output(_)) {
                declared = declared.without(&self.error_type());
            }
            if declared.is_never() {
                let error = Error::new(ErrorKind::Node, "the type is always `never`");
                return Err(described(error));
            }
            values.insert(name.clone(), declared.clone());
            let depends = references(expression).iter().any(|reference| values.contains_key(*reference));
            variables.push(Variable { name: name.clone(), place, declared, depends });
        }
        Ok(variables)
    }

    /// Conversions, `adapt` and options, which are expressions of their own.
    fn load_inputs(&mut self) -> Result<()> {
        for (index, input) in self.node.inputs.iter().enumerate() {
            let place = self.describe(Place::Input(index));
            let described = |error: Error, what: &str| error.prefixed(what).prefixed(&place);
            let mut conversions = Vec::new();
            for conversion in &input.conversions {
                let load = || {
                    let from = self.main.evaluate(&conversion.from)?;
                    if from.is_never() {
                        return Err(Error::new(ErrorKind::Node, "the type is always `never`"));
                    }
                    self.evaluate_for(&conversion.convert, from.clone())?;
                    Ok(from)
                };
                conversions.push(load().map_err(|error| described(error, "conversion"))?);
            }
            self.conversions.insert(input.id, conversions);

            if let Some(adapt) = &input.adapt {
                let typed = Type::all_numbers().union(&Type::all_strings());
                self.evaluate_for(adapt, typed).map_err(|error| described(error, "adapt"))?;
                continue;
            }
            let mut options = Vec::new();
            for option in &input.options {
                let Some(declared) = &option.declared else { continue };
                let what = format!("option {}", option.value);
                let declared = self.main.evaluate(declared).map_err(|error| described(error, &what))?;
                if declared.is_never() {
                    return Err(described(Error::new(ErrorKind::Node, "the type is always `never`"), &what));
                }
                options.push((option.value.clone(), declared));
            }
            self.options.insert(input.id, options);
        }
        Ok(())
    }

    /// The node.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// The scope of all nodes the node was loaded in.
    pub fn scope(&self) -> &Scope {
        &self.main
    }

    /// The declared type of an input.
    pub fn input(&self, id: i64) -> Option<&Type> {
        let is_it = |place| matches!(place, Place::Input(index) if self.node.inputs[index].id == id);
        self.inputs.iter().find(|variable| is_it(variable.place)).map(|variable| &variable.declared)
    }

    /// The declared type of an output, without `Error`.
    pub fn output(&self, id: i64) -> Option<&Type> {
        let is_it = |place| matches!(place, Place::Output(index) if self.node.outputs[index].id == id);
        self.outputs.iter().find(|variable| is_it(variable.place)).map(|variable| &variable.declared)
    }

    /// All types an input can be connected to in part: the declared one, and what is converted.
    pub fn convertible(&self, id: i64) -> Option<Type> {
        let conversions = self.conversions.get(&id).into_iter().flatten();
        Some(conversions.fold(self.input(id)?.clone(), |all, from| all.union(from)))
    }

    /// The outputs and output sequences whose types depend on inputs, as far as the host sees, by their names in types.
    pub fn dependent_outputs(&self) -> BTreeSet<&str> {
        self.outputs.iter().filter(|variable| variable.depends).map(|variable| &*variable.name).collect()
    }

    /// The types of the node with these inputs; inputs that are not in there have no value.
    ///
    /// # Errors
    ///
    /// What the host does not survive: an output that is wider than declared, and errors that are none of the
    /// expression, see [`ErrorKind::is_evaluation`]. Errors of expressions leave types as they are declared.
    pub fn evaluate(&self, assignments: &BTreeMap<i64, Assignment>) -> Result<Evaluated> {
        self.evaluate_with(assignments, &BTreeMap::new())
    }

    /// As [`evaluate`](NodeFunction::evaluate), with types that outputs turned out to have at run time.
    ///
    /// # Errors
    ///
    /// As [`evaluate`](NodeFunction::evaluate).
    pub fn evaluate_with(
        &self,
        assignments: &BTreeMap<i64, Assignment>,
        broadcast: &BTreeMap<i64, Type>,
    ) -> Result<Evaluated> {
        let place = format!("node `{}`", self.node.schema_id);
        Run::new(self, assignments, broadcast).finish().map_err(|error| error.prefixed(&place))
    }

    pub(super) fn declared_values(&self) -> Values {
        self.inputs.iter().map(|variable| (variable.name.clone(), variable.declared.clone())).collect()
    }

    pub(super) fn expression(&self, place: Place) -> &Expression {
        match place {
            Place::Input(index) => &self.node.inputs[index].declared,
            Place::Output(index) => &self.node.outputs[index].declared,
            Place::IteratorInput(index) => &self.node.iterator_inputs[index].sequence,
            Place::IteratorOutput(index) => &self.node.iterator_outputs[index].sequence,
        }
    }

    fn name(&self, place: Place) -> Arc<str> {
        match place {
            Place::Input(index) => format!("Input{}", self.node.inputs[index].id),
            Place::Output(index) => format!("Output{}", self.node.outputs[index].id),
            Place::IteratorInput(index) => format!("IterInput{}", self.node.iterator_inputs[index].id),
            Place::IteratorOutput(index) => format!("IterOutput{}", self.node.iterator_outputs[index].id),
        }
        .into()
    }

    pub(super) fn describe(&self, place: Place) -> String {
        match place {
            Place::Input(index) => {
                let NodeInput { label, id, .. } = &self.node.inputs[index];
                format!("input `{label}` (id {id})")
            }
            Place::Output(index) => {
                let NodeOutput { label, id, .. } = &self.node.outputs[index];
                format!("output `{label}` (id {id})")
            }
            Place::IteratorInput(_) | Place::IteratorOutput(_) => format!("sequence `{}`", self.name(place)),
        }
    }

    pub(super) fn evaluate_in(&self, expression: &Expression, values: &Values) -> Result<Type> {
        let mut scope = self.main.child();
        for (name, value) in values {
            scope = scope.parameter(name.clone(), value.clone())?;
        }
        scope.build().evaluate(expression)
    }

    /// Evaluates an expression of `Input`.
    pub(super) fn evaluate_for(&self, expression: &Expression, input: Type) -> Result<Type> {
        self.main.child().parameter("Input", input)?.build().evaluate(expression)
    }

    pub(super) fn error_type(&self) -> Type {
        Type::whole(&self.error)
    }
}

/// Indices so that what is referred to comes first; otherwise as they are.
fn evaluation_order<'a>(names: &[Arc<str>], references: impl Fn(usize) -> BTreeSet<&'a str>) -> Result<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let needs: Vec<Vec<usize>> = (0..names.len())
        .map(|index| {
            let references = references(index);
            (0..names.len()).filter(|other| references.contains(&*names[*other])).collect()
        })
        .collect();
    let mut states = vec![State::New; names.len()];
    let mut order = Vec::with_capacity(names.len());
    for start in 0..names.len() {
        // A node, and how many of its needs are visited.
        let mut path = vec![(start, 0)];
        while let Some((index, visited)) = path.pop() {
            if states[index] == State::Done {
                continue;
            }
            states[index] = State::Open;
            match needs[index].get(visited) {
                None => {
                    states[index] = State::Done;
                    order.push(index);
                }
                Some(&need) if states[need] == State::Open => {
                    let message = format!("the types of `{}` and `{}` need each other", names[index], names[need]);
                    return Err(Error::new(ErrorKind::Node, message));
                }
                Some(&need) => path.extend([(index, visited + 1), (need, 0)]),
            }
        }
    }
    Ok(order)
}
