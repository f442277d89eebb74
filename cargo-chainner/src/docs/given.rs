//! What a node is given: samples for its images, values where it has no defaults, and what the package's own example says.

use std::path::Path;

use chainner_sdk::library::InputValues;

use crate::{error::Failure, project::listed, run::arguments::option_name};

use super::{
    book::{Input, Node, text},
    condition,
    example::Example,
    sample::Sample,
};

/// What is typed where a text has to be, and no default says which.
pub(super) const WORDS: &str = "Sample";

/// Why a node is given nothing.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It needs what no sample is.
    Lacking(String),
    /// The package's example does not fit the node.
    Example(Failure),
}

/// What a node is given.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// Image inputs, by label, with what they are given.
    pub(super) before: Vec<(String, Sample)>,
    /// Other inputs, by label, with the text that is given.
    pub(super) values: Vec<(String, String)>,
    /// Options of image inputs.
    pub(super) pictures: Vec<(String, Sample)>,
    /// Other options, with their values.
    pub(super) words: Vec<String>,
}

/// What the images behind the first one show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Second {
    /// Lights that the first one can be seen through.
    Clear,
    /// As many channels as the first one has.
    Plain,
}

/// Chooses what a node is given. Paths of the example are below `directory`.
///
/// # Errors
/// There is nothing for one of its inputs, or the example is not one of this node.
pub(super) fn given(
    node: &Node<'_>,
    example: Option<&Example>,
    directory: &Path,
    second: Second,
) -> Result<Given, Refusal> {
    if let Some(example) = example {
        example.fits(node).map_err(Refusal::Example)?;
    }
    let mut chosen = Given::default();
    let lacking = |what: String| Err(Refusal::Lacking(what));
    let is_image = |input: &Input<'_>| matches!(input.described.kind, InputValues::Image { .. });
    let needed = |input: &Input<'_>| {
        let asked = !input.required_when.is_empty()
            && input.required_when.iter().all(|when| condition::holds(when, node))
            && input.is_shown(node);
        !input.described.optional || asked
    };
    // Of several that may all stay empty, the first shows what the node does.
    let none_needed = !node.inputs.iter().any(|input| is_image(input) && needed(input));
    let first_image = node.inputs.iter().position(is_image);
    for (index, input) in node.inputs.iter().enumerate() {
        let example = example.and_then(|example| Some((example, example.value(&input.described.name)?)));
        let is_first = none_needed && first_image == Some(index);
        if example.is_none() && !needed(input) && !is_first {
            continue;
        }
        let name = option_name(input.described);
        let mut given = |value: String| {
            chosen.words.push(format!("--{name}={value}"));
            chosen.values.push((input.label(), value));
        };
        let bounded =
            |min: Option<f64>, max: Option<f64>| 1.0_f64.max(min.unwrap_or(f64::MIN)).min(max.unwrap_or(f64::MAX));
        if let Some((example, value)) = example {
            match &input.described.kind {
                InputValues::Image { .. } => {
                    let Some(sample) = Sample::named(&value) else {
                        let names: Vec<&str> = Sample::ALL.iter().map(|sample| sample.name()).collect();
                        let message =
                            format!("input `{}` is an image, and `{value}` is no sample", input.described.name);
                        let failure = example.refused(node, &message);
                        return Err(Refusal::Example(failure.help(format!("samples are {}", listed(&names)))));
                    };
                    chosen.before.push((input.label(), sample));
                    chosen.pictures.push((name, sample));
                }
                InputValues::File { .. } | InputValues::Directory { .. } => {
                    chosen.words.push(format!("--{name}={}", directory.join(&value).display()));
                    chosen.values.push((input.label(), value));
                }
                _ => given(value),
            }
            continue;
        }
        match &input.described.kind {
            InputValues::Image { channels, .. } => {
                let Some(sample) = sample(node, input, channels.as_deref(), chosen.before.len(), second) else {
                    return lacking(format!("there is no sample for its input {}", input.label()));
                };
                chosen.before.push((input.label(), sample));
                chosen.pictures.push((name, sample));
            }
            InputValues::Integer { default: None, min, max, .. } => {
                given(bounded(min.map(|min| min as f64), max.map(|max| max as f64)).to_string());
            }
            InputValues::Float { default: None, min, max, .. } => given(bounded(*min, *max).to_string()),
            InputValues::Text { default: None, min_length, max_length } => {
                let length = (WORDS.len() as u32).max(*min_length).min(max_length.unwrap_or(u32::MAX));
                given(WORDS.chars().cycle().take(length as usize).collect());
            }
            InputValues::Bool { default: None } => given("true".to_owned()),
            InputValues::Color { default, channels } if default.is_empty() => {
                let gray = channels.as_ref().is_some_and(|channels| channels == &[1]);
                given(if gray { "0.5".to_owned() } else { "#b7791f".to_owned() });
            }
            InputValues::Clipboard => given(WORDS.to_owned()),
            InputValues::File { .. } => return lacking(format!("it needs a file ({})", input.label())),
            InputValues::Directory { .. } => return lacking(format!("it needs a directory ({})", input.label())),
            InputValues::RelativePath { default: None } => {
                return lacking(format!("it needs a path ({})", input.label()));
            }
            InputValues::Handle { type_name } => {
                return lacking(format!("it needs a `{type_name}`, which only other nodes make ({})", input.label()));
            }
            _ => {}
        }
    }
    Ok(chosen)
}

/// What shows best what a node does with its `nth` image.
fn sample(node: &Node<'_>, input: &Input<'_>, channels: Option<&[u32]>, nth: usize, second: Second) -> Option<Sample> {
    let takes = |count: u32| channels.is_none_or(|channels| channels.contains(&count));
    let speaks_of = |word: &str| {
        let group = text(node.group, "name");
        [group, node.name(), &input.label()].iter().any(|text| text.to_lowercase().contains(word))
    };
    let is_called = |words: &[&str]| words.iter().any(|word| input.label().to_lowercase().contains(word));
    let chosen = match nth {
        _ if takes(3) && is_called(&["normal"]) => Sample::Normals,
        _ if takes(1) && is_called(&["mask", "alpha", "matte"]) => Sample::Mask,
        0 if takes(4) && (speaks_of("alpha") || speaks_of("transparen") || speaks_of("opacity")) => Sample::Cutout,
        0 if takes(3) => Sample::Scene,
        0 if takes(4) => Sample::Cutout,
        0 if takes(1) => Sample::GrayScene,
        _ if second == Second::Plain && takes(3) => Sample::Lights,
        1 if takes(4) => Sample::ClearLights,
        1 if takes(3) => Sample::Lights,
        1 if takes(1) => Sample::GrayLights,
        _ if takes(4) => Sample::Cutout,
        _ if takes(3) => Sample::Scene,
        _ if takes(1) => Sample::Mask,
        _ => return None,
    };
    Some(chosen)
}
