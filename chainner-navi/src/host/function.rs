//! A node as a function from the types of its inputs to those of its outputs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::assign::assign;
use super::node::{Iterator, Node, NodeInput, NodeOutput};
use super::references::references;
use crate::error::{Error, ErrorKind, Result};
use crate::scope::Scope;
use crate::strings::StringItem;
use crate::structs::{Instance, StructDefinition};
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
    node: Node,
    main: Scope,
    /// Inputs and their iterators in the order of evaluation.
    inputs: Vec<Variable>,
    /// Outputs and their iterators in the order of evaluation.
    outputs: Vec<Variable>,
    conversions: BTreeMap<i64, Vec<Type>>,
    options: BTreeMap<i64, Vec<(Value, Type)>>,
    error: Arc<StructDefinition>,
}

/// A parameter of the node's types.
#[derive(Clone, Debug)]
struct Variable {
    name: Arc<str>,
    place: Place,
    /// The type from when the node was loaded.
    declared: Type,
    /// Whether its expression refers to parameters, as far as the host sees.
    depends: bool,
}

/// What a variable is; the numbers are indices into the node's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Input(usize),
    IteratorInput(usize),
    Output(usize),
    IteratorOutput(usize),
}

/// What an input has.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// The type of the edge, or what the user typed.
    pub value: Option<InputValue>,
    /// The sequence the edge's values are items of.
    pub sequence: Option<Type>,
}

/// The value of an input.
#[derive(Clone, Debug)]
pub enum InputValue {
    /// The type of an edge.
    Edge(Type),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// The types of a node for certain inputs.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Evaluated {
    /// The type of every input, by id.
    pub inputs: BTreeMap<i64, Type>,
    /// The type of every output, by id.
    pub outputs: BTreeMap<i64, Type>,
    /// Inputs that cannot be connected as they are.
    pub input_errors: Vec<InputError>,
    /// Outputs that cannot be computed.
    pub output_errors: Vec<OutputError>,
    /// Sequences that do not go together.
    pub sequence_errors: Vec<SequenceError>,
    /// The sequences inputs take, by id.
    pub input_sequences: BTreeMap<i64, Type>,
    /// The sequences outputs give, by id.
    pub output_sequences: BTreeMap<i64, Type>,
}

/// An input that cannot be connected to what it is connected to.
#[derive(Clone, Debug, PartialEq)]
pub struct InputError {
    /// The input's id.
    pub input_id: i64,
    /// Its declared type.
    pub expected: Type,
    /// What it was given.
    pub assigned: Type,
}

/// An output that is `never`, or only an `Error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputError {
    /// The output's id.
    pub output_id: i64,
    /// What the user reads.
    pub message: Option<String>,
}

/// A sequence that cannot have the length of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceError {
    /// The input's id.
    pub input_id: i64,
    /// What the others, or the node, ask for.
    pub expected: Type,
    /// The sequence of the input.
    pub assigned: Type,
}

type Values = BTreeMap<Arc<str>, Type>;

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
        let input_places: Vec<Place> = places.chain((0..node.iterator_inputs.len()).map(Place::IteratorInput)).collect();
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
        let run = Run { function: self, assignments, broadcast, values: self.declared_values(), out: Evaluated::default() };
        run.finish().map_err(|error| error.prefixed(&place))
    }

    fn declared_values(&self) -> Values {
        self.inputs.iter().map(|variable| (variable.name.clone(), variable.declared.clone())).collect()
    }

    fn expression(&self, place: Place) -> &Expression {
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

    fn describe(&self, place: Place) -> String {
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

    fn evaluate_in(&self, expression: &Expression, values: &Values) -> Result<Type> {
        let mut scope = self.main.child();
        for (name, value) in values {
            scope = scope.parameter(name.clone(), value.clone())?;
        }
        scope.build().evaluate(expression)
    }

    /// Evaluates an expression of `Input`.
    fn evaluate_for(&self, expression: &Expression, input: Type) -> Result<Type> {
        self.main.child().parameter("Input", input)?.build().evaluate(expression)
    }

    fn error_type(&self) -> Type {
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

/// One evaluation of a node.
struct Run<'a> {
    function: &'a NodeFunction,
    assignments: &'a BTreeMap<i64, Assignment>,
    broadcast: &'a BTreeMap<i64, Type>,
    values: Values,
    out: Evaluated,
}

impl Run<'_> {
    fn finish(mut self) -> Result<Evaluated> {
        let (inputs, outputs) = (&self.function.inputs, &self.function.outputs);
        for variable in inputs {
            match variable.place {
                Place::Input(index) => self.input(variable, &self.function.node.inputs[index])?,
                Place::IteratorInput(index) => self.input_group(variable, &self.function.node.iterator_inputs[index])?,
                Place::Output(_) | Place::IteratorOutput(_) => {}
            }
        }
        self.regular_sequences();
        self.values.extend(outputs.iter().map(|variable| (variable.name.clone(), variable.declared.clone())));
        for variable in outputs {
            match variable.place {
                Place::Output(index) => self.output(variable, &self.function.node.outputs[index])?,
                Place::IteratorOutput(index) => {
                    self.output_group(variable, &self.function.node.iterator_outputs[index])?;
                }
                Place::Input(_) | Place::IteratorInput(_) => {}
            }
        }
        for variable in inputs.iter().chain(outputs) {
            let Some(value) = self.values.get(&variable.name) else { continue };
            let node = &self.function.node;
            match variable.place {
                Place::Input(index) => self.out.inputs.insert(node.inputs[index].id, value.clone()),
                Place::Output(index) => self.out.outputs.insert(node.outputs[index].id, value.clone()),
                Place::IteratorInput(_) | Place::IteratorOutput(_) => None,
            };
        }
        Ok(self.out)
    }

    /// The type for the values so far; `None` where the host keeps the declared one.
    fn evaluated(&self, variable: &Variable) -> Result<Option<Type>> {
        if !variable.depends {
            return Ok(Some(variable.declared.clone()));
        }
        match self.function.evaluate_in(self.function.expression(variable.place), &self.values) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind().is_evaluation() => Ok(None),
            Err(error) => Err(error.prefixed(&self.function.describe(variable.place))),
        }
    }

    fn set(&mut self, variable: &Variable, value: Type) -> Result<()> {
        if !value.is_subset_of(&variable.declared) {
            let message = format!("the type became `{value}`, which is not within `{}`", variable.declared);
            let error = Error::new(ErrorKind::ParameterAssignment, message);
            return Err(error.prefixed(&self.function.describe(variable.place)));
        }
        self.values.insert(variable.name.clone(), value);
        Ok(())
    }

    fn input(&mut self, variable: &Variable, input: &NodeInput) -> Result<()> {
        let Some(declared) = self.evaluated(variable)?.filter(|declared| !declared.is_never()) else { return Ok(()) };
        let Some(given) = self.given(input)? else { return self.set(variable, declared) };
        match assign(&self.converted(input, &given)?, &declared) {
            Some(value) => self.set(variable, value),
            None => {
                self.out.input_errors.push(InputError { input_id: input.id, expected: declared, assigned: given });
                Ok(())
            }
        }
    }

    /// What an input has, if that says something about its type.
    fn given(&self, input: &NodeInput) -> Result<Option<Type>> {
        let value = self.assignments.get(&input.id).and_then(|assignment| assignment.value.as_ref());
        let (typed, json) = match value {
            Some(InputValue::Edge(edge)) => return Ok(Some(edge.clone())),
            None if input.optional => return super::scope().evaluate_text("null").map(Some),
            None => return Ok(None),
            Some(InputValue::Number(number)) => (Type::number(*number), Value::from(*number)),
            Some(InputValue::Text(text)) => (Type::string(text.as_str()), Value::from(text.as_str())),
        };
        if let Some(adapt) = &input.adapt {
            return match self.function.evaluate_for(adapt, typed) {
                Ok(adapted) => Ok(Some(adapted).filter(|adapted| !adapted.is_never())),
                Err(error) if error.kind().is_evaluation() => Ok(None),
                Err(error) => Err(error),
            };
        }
        Ok(match input.kind.as_str() {
            "number" | "slider" | "text" | "static" => Some(typed),
            "dropdown" => {
                let options = self.function.options.get(&input.id).into_iter().flatten();
                let chosen = |value: &Value| match (value.as_f64(), json.as_f64()) {
                    (Some(value), Some(json)) => value == json,
                    _ => *value == json,
                };
                options.into_iter().find(|(value, _)| chosen(value)).map(|(_, declared)| declared.clone())
            }
            _ => None,
        })
    }

    fn converted(&self, input: &NodeInput, given: &Type) -> Result<Type> {
        let mut rest = given.clone();
        let mut converted = Type::never();
        let types = self.function.conversions.get(&input.id).into_iter().flatten();
        for (from, conversion) in types.zip(&input.conversions) {
            let hit = from.intersection(&rest);
            if hit.is_never() {
                continue;
            }
            match self.function.evaluate_for(&conversion.convert, hit) {
                Ok(result) => converted = converted.union(&result),
                Err(error) if error.kind().is_evaluation() => {}
                Err(error) => return Err(error),
            }
            rest = rest.without(from);
        }
        Ok(rest.union(&converted))
    }

    fn sequence(&self, id: i64) -> Option<&Type> {
        self.assignments.get(&id).and_then(|assignment| assignment.sequence.as_ref())
    }

    /// What all sequences of some inputs have in common; an error and nothing if they have nothing.
    fn common_sequence(&mut self, ids: &[i64]) -> std::result::Result<Option<(i64, Type)>, ()> {
        let mut common: Option<(i64, Type)> = None;
        for &input_id in ids {
            let Some(assigned) = self.sequence(input_id).cloned() else { continue };
            common = Some(match common {
                None => (input_id, assigned),
                Some((first, expected)) => {
                    let both = expected.intersection(&assigned);
                    if both.is_never() {
                        self.out.sequence_errors.push(SequenceError { input_id, expected, assigned });
                        return Err(());
                    }
                    (first, both)
                }
            });
        }
        Ok(common)
    }

    /// A regular node is repeated for the items of its inputs, and so gives a sequence of the same length.
    fn regular_sequences(&mut self) {
        let node = &self.function.node;
        if !node.is_regular {
            return;
        }
        let ids: Vec<i64> = node.inputs.iter().filter(|input| input.has_handle).map(|input| input.id).collect();
        for &id in &ids {
            if let Some(sequence) = self.sequence(id).cloned() {
                self.out.input_sequences.insert(id, sequence);
            }
        }
        if let Ok(Some((_, common))) = self.common_sequence(&ids) {
            self.out.output_sequences.extend(node.outputs.iter().map(|output| (output.id, common.clone())));
        }
    }

    fn input_group(&mut self, variable: &Variable, group: &Iterator) -> Result<()> {
        let declared = self.evaluated(variable)?.filter(|declared| !declared.is_never());
        let declared = declared.unwrap_or_else(|| variable.declared.clone());
        let mut value = declared.clone();
        if let Ok(Some((input_id, assigned))) = self.common_sequence(&group.members) {
            let both = assigned.intersection(&declared);
            if both.is_never() {
                self.out.sequence_errors.push(SequenceError { input_id, expected: declared, assigned });
            } else {
                value = both;
            }
        }
        self.out.input_sequences.extend(group.members.iter().map(|id| (*id, value.clone())));
        self.set(variable, value)
    }

    fn output(&mut self, variable: &Variable, output: &NodeOutput) -> Result<()> {
        let Some(evaluated) = self.evaluated(variable)? else { return Ok(()) };
        let fail = |message| OutputError { output_id: output.id, message };
        if evaluated.is_never() {
            self.out.output_errors.push(fail(output.never_reason.clone()));
            return Ok(());
        }
        let mut value = evaluated.without(&self.function.error_type());
        if value.is_never() {
            self.out.output_errors.push(fail(Some(self.message(&evaluated))));
            return Ok(());
        }
        if let Some(broadcast) = self.broadcast.get(&output.id) {
            value = value.intersection(broadcast);
            if value.is_never() {
                return Ok(());
            }
        }
        self.set(variable, value)
    }

    /// The messages of an `Error`, as far as they are known.
    fn message(&self, error: &Type) -> String {
        let instances = error.structs().instances().iter();
        let mut instances = instances.filter(|instance| Arc::ptr_eq(instance.definition(), &self.function.error));
        let messages = instances.next().and_then(|error: &Instance| error.field("message"));
        let items = messages.map(|messages| messages.strings().items()).unwrap_or_default();
        let texts: Vec<String> = items
            .into_iter()
            .filter_map(|item| match item {
                StringItem::Literal(text) => Some(text.to_utf8_lossy()),
                StringItem::Except(_) => None,
            })
            .collect();
        if texts.is_empty() { "Unknown error".into() } else { texts.join(" ") }
    }

    fn output_group(&mut self, variable: &Variable, group: &Iterator) -> Result<()> {
        let Some(value) = self.evaluated(variable)?.filter(|value| !value.is_never()) else { return Ok(()) };
        self.set(variable, value.clone())?;
        self.out.output_sequences.extend(group.members.iter().map(|id| (*id, value.clone())));
        Ok(())
    }
}

// A text input of the host is a text even if it looks like a number.
impl From<&str> for InputValue {
    fn from(text: &str) -> InputValue {
        InputValue::Text(text.to_owned())
    }
}

impl From<f64> for InputValue {
    fn from(number: f64) -> InputValue {
        InputValue::Number(number)
    }
}

impl From<Type> for InputValue {
    fn from(edge: Type) -> InputValue {
        InputValue::Edge(edge)
    }
}

impl InputValue {
    /// The value as the host stores it: a number or a text.
    pub fn from_json(json: &Value) -> Option<InputValue> {
        match json {
            Value::Number(number) => number.as_f64().map(InputValue::Number),
            Value::String(text) => Some(InputValue::Text(text.clone())),
            _ => None,
        }
    }
}

