//! Types of parameters and results, as both files write them.

use chainner_sdk::library::{ChoiceId, InputDescription, InputValues, OutputDescription, OutputValues};

use super::literal;

const IMAGE: &str = "numpy.typing.NDArray[numpy.float32]";
const PATH: &str = "str | os.PathLike[str]";
const COLOR: &str = "str | Sequence[float]";

/// A type: what stands before, between and after the entries of a `Literal`, if it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// Entries of `Literal[…]`, or none.
    choices: Vec<String>,
    /// The whole type if it has no choices, otherwise what follows `Literal[…]`.
    rest: String,
}

impl Annotation {
    /// The type an input takes.
    pub(super) fn of_input(input: &InputDescription) -> Self {
        let mut annotation = match &input.kind {
            InputValues::Choice { choices, .. } if !choices.is_empty() => {
                Self { choices: choices.iter().map(|choice| choice_id(&choice.id)).collect(), rest: String::new() }
            }
            kind => Self { choices: Vec::new(), rest: input_type(kind) },
        };
        if input.optional {
            annotation.rest.push_str(" | None");
        }
        if input.iterated {
            return Self { choices: Vec::new(), rest: format!("Iterable[{}]", annotation.on_one_line()) };
        }
        annotation
    }

    /// The type on one line.
    pub(super) fn on_one_line(&self) -> String {
        if self.choices.is_empty() {
            return self.rest.clone();
        }
        format!("Literal[{}]{}", self.choices.join(", "), self.rest)
    }

    /// The type with a line for each choice, the first line not indented; the same if there is nothing to break.
    pub(super) fn on_lines(&self, indent: &str) -> String {
        if self.choices.len() < 2 {
            return self.on_one_line();
        }
        let choices: String = self.choices.iter().map(|choice| format!("{indent}    {choice},\n")).collect();
        format!("Literal[\n{choices}{indent}]{}", self.rest)
    }
}

/// The stored value of a choice.
pub(super) fn choice_id(id: &ChoiceId) -> String {
    match id {
        ChoiceId::Number(number) => number.to_string(),
        ChoiceId::Text(text) => literal::string(text),
    }
}

fn input_type(kind: &InputValues) -> String {
    match kind {
        InputValues::Integer { .. } | InputValues::Seed { .. } => "int".to_owned(),
        InputValues::Float { .. } => "float".to_owned(),
        InputValues::Text { .. } => "str".to_owned(),
        InputValues::Bool { .. } => "bool".to_owned(),
        InputValues::Choice { .. } => "str | int".to_owned(),
        InputValues::Image { colors: false, .. } => IMAGE.to_owned(),
        InputValues::Image { colors: true, .. } => format!("{IMAGE} | {COLOR}"),
        InputValues::Color { .. } => COLOR.to_owned(),
        InputValues::File { .. } | InputValues::Directory { .. } => PATH.to_owned(),
        InputValues::RelativePath { .. } => "str".to_owned(),
        InputValues::Clipboard => format!("{IMAGE} | str"),
        InputValues::Any | InputValues::Handle { .. } => "object".to_owned(),
        InputValues::ExecutionNumber => "int".to_owned(),
    }
}

/// The type a function returns, on one line.
pub(super) fn of_outputs(outputs: &[OutputDescription]) -> String {
    let given: Vec<OutputDescription> = outputs.iter().filter(|output| output.iterated).cloned().collect();
    if !given.is_empty() {
        return format!("Iterator[{}]", at_once(&given));
    }
    at_once(outputs)
}

fn at_once(outputs: &[OutputDescription]) -> String {
    match outputs {
        [] => "None".to_owned(),
        [output] => output_type(output.kind).to_owned(),
        several => {
            let types = several.iter().map(|output| output_type(output.kind)).collect::<Vec<_>>().join(", ");
            format!("tuple[{types}]")
        }
    }
}

/// The type a function returns, with a line for each of several outputs, the first line not indented.
pub(super) fn of_outputs_on_lines(outputs: &[OutputDescription]) -> String {
    if outputs.len() < 2 || outputs.iter().any(|output| output.iterated) {
        return of_outputs(outputs);
    }
    let types: String = outputs.iter().map(|output| format!("    {},\n", output_type(output.kind))).collect();
    format!("tuple[\n{types}]")
}

fn output_type(kind: OutputValues) -> &'static str {
    match kind {
        OutputValues::Image => IMAGE,
        OutputValues::Integer | OutputValues::Seed => "int",
        OutputValues::Float => "float",
        OutputValues::Text => "str",
        OutputValues::Bool => "bool",
        OutputValues::Color => "tuple[float, ...]",
        OutputValues::Directory => "pathlib.Path",
        OutputValues::Any | OutputValues::Handle => "object",
    }
}
