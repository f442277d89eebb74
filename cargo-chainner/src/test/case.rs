//! Cases: the values of one call, as JSON that a person can read, write and put on a command line.

use std::collections::BTreeMap;

use chainner_sdk::library::{ChoiceId, InputDescription, InputValues, NodeDescription};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::{codes::Code, error::Failure, project::listed};

use super::recipe::{Pattern, Recipe};

/// Values of inputs by the names of the arguments; for iterated inputs, lists of one value for each item. Inputs that are left
/// out have their [initial value](initial).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Case(pub(crate) BTreeMap<String, Json>);

/// What stands for a file or directory, in place of its path.
pub(crate) const SAMPLE: &str = "sample";
pub(crate) const EMPTY: &str = "empty";
pub(crate) const GARBAGE: &str = "garbage";
pub(crate) const FOLDER: &str = "directory";
pub(crate) const MISSING: &str = "missing";
/// What stands for an object that another node of the package has made.
pub(crate) const MADE: &str = "made";

/// Images that show most, and are small enough for hundreds of calls.
pub(crate) const USUAL: Recipe = Recipe { width: 24, height: 16, channels: 3, pattern: Pattern::Noise };

impl Case {
    /// The case of a command line: JSON, or nothing but initial values.
    ///
    /// # Errors
    /// It is no JSON object, or names inputs that the node does not have, or a value that cannot be.
    pub(crate) fn read(text: &str, node: &NodeDescription) -> Result<Self, Failure> {
        let refused = |message: String, help: String| Failure::new(Code::TestCase, message).help(help);
        let case: Self = serde_json::from_str(text).map_err(|error| {
            let help = format!("give a number, or values by input: `--case '{}'`", Self::default().complete(node));
            refused(format!("`--case` is no JSON object: {error}"), help)
        })?;
        let names: Vec<&str> = node.inputs.iter().map(|input| input.name.as_str()).collect();
        for (name, value) in &case.0 {
            let Some(input) = node.inputs.iter().find(|input| input.name == *name) else {
                let help = format!("the node has {}", listed(&names));
                return Err(refused(format!("node {} has no input `{name}`", node.function), help));
            };
            let values: Vec<&Json> = match (input.iterated, value.as_array()) {
                (true, Some(items)) => items.iter().collect(),
                (true, None) => {
                    let message = format!("`{name}` is given item by item, and the case has one value for it");
                    return Err(refused(message, format!("give a list: `{{\"{name}\": [{value}]}}`")));
                }
                (false, _) => vec![value],
            };
            for value in values {
                if let (InputValues::Image { .. }, Some(text)) = (&input.kind, value.as_str()) {
                    text.parse::<Recipe>().map_err(|why| {
                        refused(format!("`{name}`: {why}"), format!("e.g. `{{\"{name}\": \"{USUAL}\"}}`"))
                    })?;
                }
            }
        }
        Ok(case)
    }

    /// The value of an input that takes no items.
    pub(crate) fn value(&self, input: &InputDescription) -> Json {
        self.0.get(&input.name).cloned().unwrap_or_else(|| initial(input))
    }

    /// The values of an iterated input.
    pub(crate) fn items(&self, input: &InputDescription) -> Vec<Json> {
        match self.0.get(&input.name) {
            Some(Json::Array(items)) => items.clone(),
            _ => vec![initial(input); 3],
        }
    }

    /// How many items the case has.
    pub(crate) fn length(&self, node: &NodeDescription) -> usize {
        node.inputs.iter().filter(|input| input.iterated).map(|input| self.items(input).len()).min().unwrap_or(0)
    }

    /// With a value for an input.
    pub(crate) fn with(mut self, name: &str, value: Json) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// All values, those of inputs that are left out among them.
    pub(crate) fn complete(&self, node: &NodeDescription) -> String {
        let value = |input: &InputDescription| match input.iterated {
            true => Json::Array(self.items(input)),
            false => self.value(input),
        };
        let all: BTreeMap<&str, Json> = node.inputs.iter().map(|input| (input.name.as_str(), value(input))).collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// The images of the case.
    pub(crate) fn images(&self, node: &NodeDescription) -> Vec<Recipe> {
        let mut all = Vec::new();
        for input in &node.inputs {
            let values = if input.iterated { self.items(input) } else { vec![self.value(input)] };
            if matches!(input.kind, InputValues::Image { .. } | InputValues::Clipboard | InputValues::Any) {
                all.extend(values.iter().filter_map(Json::as_str).filter_map(|text| text.parse::<Recipe>().ok()));
            }
        }
        all
    }

    /// Whether nothing but images differs from the initial values.
    pub(crate) fn is_plain(&self, node: &NodeDescription) -> bool {
        let is_image = |name: &String| {
            let input = node.inputs.iter().find(|input| input.name == *name);
            input.is_some_and(|input| matches!(input.kind, InputValues::Image { .. }))
        };
        self.0.keys().all(is_image)
    }

    /// Whether all numbers are finite and all samples within 0..1.
    pub(crate) fn is_regular(&self, node: &NodeDescription) -> bool {
        fn is_finite(value: &Json) -> bool {
            match value {
                Json::Array(items) => items.iter().all(is_finite),
                Json::String(text) => !matches!(text.as_str(), "NaN" | "inf" | "-inf"),
                _ => true,
            }
        }
        self.0.values().all(is_finite) && self.images(node).iter().all(|image| image.pattern.is_regular())
    }
}

/// What an input of a new node has; a usual image, sample file or text where a new node has nothing.
pub(crate) fn initial(input: &InputDescription) -> Json {
    if input.optional { Json::Null } else { given(input) }
}

/// What is given to an input that may also stay empty.
pub(crate) fn given(input: &InputDescription) -> Json {
    match &input.kind {
        InputValues::Integer { default, min, max, .. } => {
            json!(default.unwrap_or_else(|| 1.clamp(min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX))))
        }
        InputValues::Float { default, min, max, .. } => {
            let one = 1.0_f64.max(min.unwrap_or(f64::NEG_INFINITY)).min(max.unwrap_or(f64::INFINITY));
            json!(default.unwrap_or(one))
        }
        InputValues::Text { default, min_length, max_length } => {
            let length = max_length.map_or(usize::MAX, |max| max as usize);
            let usual: String = "text".chars().cycle().take((*min_length as usize).max(4).min(length)).collect();
            json!(default.clone().unwrap_or(usual))
        }
        InputValues::Bool { default } => json!(default.unwrap_or(false)),
        InputValues::Choice { default, .. } => choice(default),
        InputValues::Image { channels, .. } => {
            json!(Recipe { channels: usual_channels(channels), ..USUAL }.to_string())
        }
        InputValues::Color { default, .. } => json!(default),
        InputValues::File { .. } => json!(SAMPLE),
        InputValues::Directory { .. } => json!(FOLDER),
        InputValues::Seed { default } => json!(default),
        InputValues::RelativePath { default } => json!(default.clone().unwrap_or_else(|| "name".to_owned())),
        InputValues::Clipboard => json!("text"),
        InputValues::Any => json!(1),
        InputValues::Handle { .. } => json!(MADE),
        InputValues::ExecutionNumber => json!(1),
    }
}

/// The stored value of a choice.
pub(crate) fn choice(id: &ChoiceId) -> Json {
    match id {
        ChoiceId::Number(number) => json!(number),
        ChoiceId::Text(text) => json!(text),
    }
}

fn usual_channels(accepted: &Option<Vec<u32>>) -> usize {
    match accepted.as_deref() {
        None | Some([]) => USUAL.channels,
        Some(accepted) if accepted.contains(&3) => 3,
        Some(accepted) => accepted[0] as usize,
    }
}
