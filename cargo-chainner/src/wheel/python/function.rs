//! One node as a Python function.

use chainner_sdk::declare::NodeKind;
use chainner_sdk::library::{InputDescription, InputValues, NodeDescription};

use super::annotation::{Annotation, choice_id};
use super::{LINE_WIDTH, annotation, identifier, literal};
use crate::wheel::WheelError;

/// A function, with its names judged.
pub(super) struct Function<'a> {
    /// Name in Python.
    pub(super) name: String,
    /// The node behind it.
    pub(super) node: &'a NodeDescription,
    /// Parameters in the order of the inputs.
    pub(super) parameters: Vec<Parameter<'a>>,
}

/// One parameter.
pub(super) struct Parameter<'a> {
    /// Name in Python.
    pub(super) name: String,
    /// The input behind it.
    pub(super) input: &'a InputDescription,
    annotation: Annotation,
    /// Python source of the default; a parameter without one is required.
    default: Option<String>,
}

impl<'a> Function<'a> {
    /// The functions of all nodes, in their order.
    pub(super) fn all(nodes: &'a [NodeDescription]) -> Result<Vec<Self>, WheelError> {
        let mut functions: Vec<Self> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let function = Self::new(node)?;
            if let Some(first) = functions.iter().find(|earlier| earlier.name == function.name) {
                return Err(WheelError::DuplicateFunction {
                    function: function.name,
                    first: first.node.id.clone(),
                    second: node.id.clone(),
                });
            }
            functions.push(function);
        }
        Ok(functions)
    }

    fn new(node: &'a NodeDescription) -> Result<Self, WheelError> {
        let check = |name: &str| match identifier::is_identifier(name) {
            true => Ok(()),
            false => Err(WheelError::PythonName { name: name.to_owned(), node: node.id.clone() }),
        };
        check(&node.function)?;
        let mut names = Vec::with_capacity(node.inputs.len());
        let mut parameters = Vec::with_capacity(node.inputs.len());
        for input in &node.inputs {
            check(&input.name)?;
            let name = identifier::parameter_name(&input.name, &names);
            names.push(name.clone());
            parameters.push(Parameter {
                name,
                input,
                annotation: Annotation::of_input(input),
                default: default(input),
            });
        }
        Ok(Self { name: identifier::function_name(&node.function), node, parameters })
    }

    /// `def name(…) -> …:`, broken as `ruff format` breaks it.
    pub(super) fn signature(&self) -> String {
        let keyword_only = self.first_keyword_only();
        let mut parameters = self.parameters.iter().map(Parameter::on_one_line).collect::<Vec<_>>();
        if let Some(index) = keyword_only {
            parameters.insert(index, "*".to_owned());
        }
        let result = annotation::of_outputs(&self.node.outputs);
        let on_one_line = format!("def {}({}) -> {result}:\n", self.name, parameters.join(", "));
        if fits(&on_one_line) {
            return on_one_line;
        }
        let mut lines = format!("def {}(", self.name);
        for (index, parameter) in self.parameters.iter().enumerate() {
            lines.push_str(if index == 0 { "\n" } else { "" });
            lines.push_str(if keyword_only == Some(index) { "    *,\n" } else { "" });
            lines.push_str(&parameter.on_lines());
        }
        let end = format!(") -> {result}:\n");
        if fits(&end) && !self.parameters.is_empty() {
            return lines + &end;
        }
        lines + &format!(") -> {}:\n", annotation::of_outputs_on_lines(&self.node.outputs))
    }

    /// Where `*` must stand, so that a required parameter can follow one with a default.
    fn first_keyword_only(&self) -> Option<usize> {
        let first_default = self.parameters.iter().position(|parameter| parameter.default.is_some())?;
        let required = self.parameters[first_default..].iter().position(|parameter| parameter.default.is_none())?;
        Some(first_default + required)
    }

    /// `_call("film_lab:light:vignette", image, …)`, broken as `ruff format` breaks it.
    pub(super) fn call(&self) -> String {
        let id = literal::string(&self.node.id);
        let collect = (self.node.kind() == NodeKind::Collector).then_some("collect=True");
        let names = || self.parameters.iter().map(|one| one.name.as_str());
        let arguments = || std::iter::once(id.as_str()).chain(names()).chain(collect);
        let on_one_line = format!("    return _call({})\n", arguments().collect::<Vec<_>>().join(", "));
        if fits(&on_one_line) {
            return on_one_line;
        }
        let lines: String = arguments().map(|argument| format!("        {argument},\n")).collect();
        format!("    return _call(\n{lines}    )\n")
    }
}

/// Whether a line, with its end, is no wider than `ruff format` leaves it.
fn fits(line: &str) -> bool {
    line.chars().count() <= LINE_WIDTH + 1
}

impl Parameter<'_> {
    fn on_one_line(&self) -> String {
        self.with(&self.annotation.on_one_line())
    }

    fn on_lines(&self) -> String {
        let on_one_line = format!("    {},\n", self.on_one_line());
        if fits(&on_one_line) {
            return on_one_line;
        }
        format!("    {},\n", self.with(&self.annotation.on_lines("    ")))
    }

    fn with(&self, annotation: &str) -> String {
        match &self.default {
            Some(default) => format!("{}: {annotation} = {default}", self.name),
            None => format!("{}: {annotation}", self.name),
        }
    }
}

/// Whether the function has to be given a value for the input.
pub(crate) fn is_required(input: &InputDescription) -> bool {
    default(input).is_none()
}

/// The declared default; otherwise `None` for what may stay empty; otherwise none at all.
///
/// Kinds that always declare a default declare what the app's widget shows first, which is not what an empty optional
/// input means, so for those `None` comes first. A sequence has none.
fn default(input: &InputDescription) -> Option<String> {
    if input.iterated {
        return None;
    }
    let declared = match &input.kind {
        InputValues::Integer { default, .. } => default.map(|value| value.to_string()),
        InputValues::Float { default, .. } => default.map(literal::float),
        InputValues::Text { default, .. } => default.as_deref().map(literal::string),
        InputValues::Bool { default } => default.map(|value| literal::bool(value).to_owned()),
        InputValues::Choice { .. } | InputValues::Color { .. } | InputValues::Seed { .. } if input.optional => None,
        InputValues::Choice { default, .. } => Some(choice_id(default)),
        InputValues::Color { default, .. } => (!default.is_empty()).then(|| literal::color(default)),
        InputValues::Seed { default } => Some(default.to_string()),
        InputValues::RelativePath { default } => default.as_deref().map(literal::string),
        InputValues::ExecutionNumber => Some("1".to_owned()),
        InputValues::Image { .. }
        | InputValues::File { .. }
        | InputValues::Directory { .. }
        | InputValues::Clipboard
        | InputValues::Any
        | InputValues::Handle { .. } => None,
    };
    declared.or_else(|| input.optional.then(|| "None".to_owned()))
}
