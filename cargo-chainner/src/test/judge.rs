//! What is wrong with what a case came to.

use chainner_sdk::{
    library::{ChoiceId, FailureKind, InputDescription, InputValues, NodeDescription, ProbeFailure, WireValue},
    testing::{Known, KnownInputs, NodeTypes},
};
use serde_json::Value as Json;

use crate::{codes::Code, shell::Level};

use super::{
    case::Case,
    outcome::{Outcome, Seen, SeenImage},
    process::End,
    recipe::{Pattern, Recipe},
};

/// Images of fewer samples say nothing about how a node computes.
const TELLING: usize = 64;
/// Overshoot of opacity that no rounding makes.
const OVERSHOOT: f32 = 0.01;
/// Samples of one image that are not worth the wait.
const MOST_SAMPLES: f64 = (1 << 20) as f64;

/// One thing that is wrong with a case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) level: Level,
    pub(crate) code: Code,
    /// Which input or output it is about; empty for the whole node. Verdicts of one code on one subject are one finding.
    pub(crate) subject: String,
    /// What is wrong, continuing the name of the node.
    pub(crate) message: String,
    pub(crate) expected: Option<String>,
    pub(crate) got: Option<String>,
    pub(crate) help: &'static str,
}

impl Verdict {
    pub(crate) fn new(code: Code, message: impl Into<String>, help: &'static str) -> Self {
        let message = message.into();
        Self { level: Level::Error, code, subject: String::new(), message, expected: None, got: None, help }
    }

    fn about(self, subject: &str) -> Self {
        Self { subject: subject.to_owned(), ..self }
    }

    pub(crate) fn sides(self, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { expected: Some(expected.into()), got: Some(got.into()), ..self }
    }
}

/// Judges the cases of one node.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    node: &'a NodeDescription,
    /// Ids of the outputs, in order.
    outputs: Vec<u32>,
    types: NodeTypes,
}

impl<'a> Judge<'a> {
    /// A judge over a node of a schema.
    ///
    /// # Errors
    /// The types of the node are not sound.
    pub(crate) fn new(schema: &Json, node: &'a NodeDescription) -> Result<Self, String> {
        let types = NodeTypes::new(schema, &node.id)?;
        let nodes = schema["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let found = nodes.iter().find(|found| found["schemaId"] == node.id.as_str());
        let ids = found.and_then(|node| node["outputs"].as_array()).into_iter().flatten();
        let outputs = ids.map(|output| output["id"].as_u64().and_then(|id| id.try_into().ok()).unwrap_or(u32::MAX));
        Ok(Self { node, outputs: outputs.collect(), types })
    }

    /// Whether the case is worth trying: one that asks for images of gigabytes by its own declaration is not.
    pub(crate) fn is_bearable(&self, case: &Case) -> bool {
        let mut known = KnownInputs::default();
        for input in &self.node.inputs {
            if input.iterated {
                let items = case.items(input).iter().map(|value| self.known(input, value)).collect();
                known.items.insert(input.id, items);
            } else {
                known.values.insert(input.id, self.known(input, &case.value(input)));
            }
        }
        self.types.outputs(&known).map_or(true, |outputs| outputs.most_samples() <= MOST_SAMPLES)
    }

    fn known(&self, input: &InputDescription, value: &Json) -> Known {
        match (&input.kind, value) {
            (_, Json::Null) => Known::Nothing,
            (InputValues::Image { .. }, Json::String(text)) => match text.parse::<Recipe>() {
                Ok(Recipe { width, height, channels, .. }) if channels > 0 => Known::Image { width, height, channels },
                _ => Known::Something,
            },
            (InputValues::Choice { .. }, Json::String(id)) => Known::Choice(ChoiceId::Text(id.clone())),
            (InputValues::Choice { .. }, Json::Number(id)) => {
                id.as_i64().map_or(Known::Something, |id| Known::Choice(ChoiceId::Number(id)))
            }
            (InputValues::Integer { .. } | InputValues::Float { .. }, Json::Number(number)) => {
                number.as_f64().map_or(Known::Something, Known::Float)
            }
            (InputValues::Bool { .. }, Json::Bool(value)) => Known::Bool(*value),
            (InputValues::Text { .. }, Json::String(text)) => Known::Text(text.clone()),
            _ => Known::Something,
        }
    }

    /// All that is wrong.
    pub(crate) fn verdicts(&self, case: &Case, end: &End) -> Vec<Verdict> {
        match end {
            End::Outcome(outcome) => self.of_outcome(case, outcome),
            End::Crash(death) => {
                let help = "look for `unsafe` code, an `abort`, an `exit`, or a recursion without end in the node and what it calls";
                let verdict = Verdict::new(Code::TestCrash, format!("takes its process down ({death})"), help);
                vec![verdict.sides("a result or an error", death.clone())]
            }
            End::Hang(limit) => {
                let limit = format!("{} s", limit.as_secs_f64());
                let help = "end the loop, or if the node is only slow, give it more time: `--time-limit SECONDS`";
                let verdict = Verdict::new(Code::TestHang, format!("is still at work after {limit}"), help);
                vec![verdict.sides(format!("an end within {limit}"), "none")]
            }
            End::Skipped(_) | End::Measured(_) => Vec::new(),
        }
    }

    fn of_outcome(&self, case: &Case, outcome: &Outcome) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        let results = std::iter::once(&outcome.statics).chain(&outcome.items);
        verdicts.extend(results.filter_map(|result| failure(result.as_ref().err()?)));
        if let Some(what) = &outcome.changed {
            let help = "inputs belong to the caller: work on a copy, `image.to_image()`";
            let verdict = Verdict::new(Code::TestInputChanged, format!("changes its input: {what}"), help);
            verdicts.push(verdict.sides("inputs as they were", what.clone()));
        }
        if let Some(difference) = &outcome.difference {
            let what = &difference.what;
            let verdict = match difference.by_threads {
                false => Verdict::new(
                    Code::TestNotRepeatable,
                    format!("gives different results in equal calls: {what}"),
                    "make all that is random depend on a `Seed` input, and keep nothing between calls",
                ),
                true => Verdict::new(
                    Code::TestThreads,
                    format!("gives another result when more threads share its work: {what}"),
                    "let each row or item depend on its position only, not on what other threads have done",
                ),
            };
            verdicts.push(verdict.sides("equal results", what.clone()));
        }
        let is_regular = case.is_regular(self.node);
        self.types_of(outcome, is_regular, &mut verdicts);
        if is_regular {
            self.images(case, outcome, &mut verdicts);
        }
        verdicts
    }

    /// Compares results with their types. What is measured of images with NaN and the like may be anything.
    fn types_of(&self, outcome: &Outcome, is_regular: bool, verdicts: &mut Vec<Verdict>) {
        let Ok(statics) = &outcome.statics else { return };
        let mut known = KnownInputs::default();
        for (input, seen) in self.node.inputs.iter().zip(&outcome.taken) {
            if !input.iterated {
                known.values.insert(input.id, known_input(input, seen));
            }
        }
        for (number, input) in self.node.inputs.iter().filter(|input| input.iterated).enumerate() {
            let items = outcome.taken_items.iter().filter_map(|item| Some(known_input(input, item.get(number)?)));
            known.items.insert(input.id, items.collect());
        }
        // What the app would not let in, it would not run.
        let Ok(outputs) = self.types.outputs(&known) else { return };
        if outputs.never().is_some() {
            return;
        }
        let mut check = |id: u32, item: Option<usize>, seen: &Seen| {
            let is_measured =
                matches!(seen, Seen::Value(WireValue::Float(_) | WireValue::Integer(_) | WireValue::Unsigned(_)));
            if is_measured && !is_regular {
                return;
            }
            let Err(breach) = outputs.check(id, item, &known_output(seen)) else { return };
            let (expected, got) = (breach.declared.clone(), breach.returned.clone());
            let is_transposed = match seen {
                Seen::Image(image) => {
                    let turned = Known::Image { width: image.height, height: image.width, channels: image.channels };
                    image.width != image.height && outputs.check(id, item, &turned).is_ok()
                }
                Seen::Value(_) => false,
            };
            let verdict = match is_transposed {
                true => Verdict::new(
                    Code::TestTransposed,
                    format!("swaps width and height: {breach}"),
                    "`Image::new(width, height, channels)` and `pixel(x, y)` take the horizontal first",
                ),
                false => Verdict::new(
                    Code::TestType,
                    format!("breaks its declaration: {breach}"),
                    "correct the node, or what `#[output(…)]` says of it",
                ),
            };
            verdicts.push(verdict.about(&breach.output).sides(expected, got));
        };
        let iterated = self.node.outputs.iter().filter(|output| output.iterated).count();
        let (of_items, of_node) = self.outputs.split_at(iterated.min(self.outputs.len()));
        of_node.iter().zip(statics).for_each(|(id, seen)| check(*id, None, seen));
        for (number, item) in outcome.items.iter().enumerate() {
            let values = item.as_deref().unwrap_or_default();
            of_items.iter().zip(values).for_each(|(id, seen)| check(*id, Some(number), seen));
        }
        let all_well = outcome.complete && outcome.items.iter().all(Result::is_ok);
        let Some(first) = of_items.first().filter(|_| all_well) else { return };
        let given = outcome.items.len();
        if let Err(breach) = outputs.check_length(*first, given) {
            let help = "correct the node, or its `length`";
            let message = format!("gives a sequence of another length than declared: {breach}");
            verdicts.push(Verdict::new(Code::TestLength, message, help).sides(breach.declared, breach.returned));
        } else if let Some(length) = outcome.length.filter(|length| *length != given) {
            let message = format!("says that it gives {length} items, and gives {given}");
            let help = "pass the real length to `Generator::new(length, …)`: the app shows progress by it";
            // The iterator decides, and the app copes; what a declaration says is another matter.
            let verdict = Verdict::new(Code::TestLength, message, help).sides(length.to_string(), given.to_string());
            verdicts.push(Verdict { level: Level::Warning, ..verdict });
        }
    }

    /// Traces in the images of a case without NaN and the like.
    fn images(&self, case: &Case, outcome: &Outcome, verdicts: &mut Vec<Verdict>) {
        let inputs = case.images(self.node);
        let is_telling = case.is_plain(self.node)
            && !inputs.is_empty()
            && inputs.iter().all(|image| image.pattern.is_fine() && image.width * image.height >= TELLING);
        let has = |pattern| inputs.iter().any(|image| image.pattern == pattern && image.channels == 4);
        let labels: Vec<&str> = self.node.outputs.iter().map(|output| output.label.as_str()).collect();
        let iterated = self.node.outputs.iter().filter(|output| output.iterated).count();
        let of_node = outcome.statics.as_deref().unwrap_or_default().iter().zip(&labels[iterated.min(labels.len())..]);
        let of_items = outcome.items.iter().flatten().flat_map(|item| item.iter().zip(&labels));
        for (seen, label) in of_node.chain(of_items) {
            let Seen::Image(image) = seen else { continue };
            let mut found = |verdict: Verdict| verdicts.push(verdict.about(label));
            let sum = |of: fn(&chainner_sdk::image::Observed) -> u64| image.observed.iter().map(of).sum::<u64>();
            let (samples, nan, far_above) =
                (sum(|seen| seen.samples), sum(|seen| seen.nan), sum(|seen| seen.far_above));
            let least = image.observed.iter().map(|seen| seen.min).fold(f32::INFINITY, f32::min);
            let most = image.observed.iter().map(|seen| seen.max).fold(f32::NEG_INFINITY, f32::max);
            if nan > 0 {
                let message = format!("makes NaN of finite samples: {nan} of {samples} in output '{label}'");
                let help = "look for a division by zero, or a root or logarithm of what can be negative; the SDK turns NaN into 0";
                found(Verdict::new(Code::TestNan, message, help).sides("samples 0..1", format!("{nan} NaN")));
            }
            if is_telling && far_above * 2 > samples {
                let message = format!("gives samples up to {most} in output '{label}', where 1 is white");
                let help = "samples are 0..1: divide by 255, or leave the multiplication out";
                let got = format!("samples {least}..{most}, clamped to 1 by the SDK");
                found(Verdict::new(Code::TestScale, message, help).sides("samples 0..1", got));
            }
            if is_telling && image.eight_bit && !outcome.limited_to_8bit {
                let message = format!("rounds to 8 bits: all samples of output '{label}' are multiples of 1/255");
                let help = "compute in `f32`, or say so: `#[node(…, limited_to_8bit)]`";
                found(Verdict::new(Code::TestEightBit, message, help).sides("samples of `f32`", "256 levels"));
            }
            if is_telling && (has(Pattern::Veil) || has(Pattern::Opaque)) {
                opacity(image, label, &mut found);
            }
        }
    }
}

/// Opacity that the node treats as it treats colours.
fn opacity(image: &SeenImage, label: &str, found: &mut impl FnMut(Verdict)) {
    let help = "leave opacity as it is, as `map_colors` and `map_bgr` do, or write the fourth sample by itself";
    if let [.., alpha] = image.observed.as_slice()
        && image.channels == 4
        && (alpha.max > 1.0 + OVERSHOOT || alpha.min < -OVERSHOOT)
    {
        let message = format!("drives the opacity of output '{label}' out of range: {}..{}", alpha.min, alpha.max);
        let verdict = Verdict::new(Code::TestOpacity, message, help);
        return found(verdict.sides("opacity 0..1", format!("{}..{}", alpha.min, alpha.max)));
    }
    if let Some(stretch) = image.opacity.filter(|stretch| stretch.gain > 1.0 + 2.0 * OVERSHOOT) {
        let line = format!("{:.2} × opacity {:+.2}", stretch.gain, stretch.offset);
        let message = format!("stretches the opacity of output '{label}' as if it were a colour: {line}");
        found(Verdict::new(Code::TestOpacity, message, help).sides("the opacity of the input, or less", line));
    }
}

fn failure(failure: &ProbeFailure) -> Option<Verdict> {
    // The node's own name stands in front already, and whose bug it is goes without saying.
    let (message, _) = failure.message.split_once("\nThis is a bug in the node").unwrap_or((&failure.message, ""));
    match failure.kind {
        FailureKind::Bug => {
            let said = message.split_once("the node panicked").map_or(message, |(_, said)| said);
            let help = "correct it, or return an error that tells what to do: `Result<…, NodeError>`";
            let verdict = Verdict::new(Code::TestPanic, format!("panics{said}"), help);
            Some(verdict.sides("a result or an error", format!("a panic{said}")))
        }
        FailureKind::Broken => {
            let said = message.split_once(": ").map_or(message, |(_, said)| said);
            let help = "correct the node, or what `#[output(…)]` says of it";
            let (expected, got) = said.split_once(", but the node returned ").unwrap_or((said, ""));
            let expected = expected.split_once(" is declared as ").map_or(expected, |(_, expected)| expected);
            let subject = said.split('\'').nth(1).unwrap_or_default().to_owned();
            let verdict = Verdict::new(Code::TestType, format!("breaks its declaration: {said}"), help);
            Some(verdict.about(&subject).sides(expected, got))
        }
        FailureKind::Input | FailureKind::Node | FailureKind::Aborted | FailureKind::Version => None,
    }
}

fn known_input(input: &InputDescription, seen: &Seen) -> Known {
    let value = match seen {
        Seen::Image(image) => return known_image(image),
        Seen::Value(value) => value,
    };
    match (&input.kind, value) {
        (InputValues::Choice { .. }, WireValue::Text(id)) => Known::Choice(ChoiceId::Text(id.clone())),
        (InputValues::Choice { .. }, WireValue::Integer(id)) => Known::Choice(ChoiceId::Number(*id)),
        (InputValues::Directory { .. }, WireValue::Path(path)) => Known::Directory(path.clone()),
        (_, WireValue::Path(path)) => Known::File(path.clone()),
        (InputValues::Handle { type_name }, WireValue::Kept(_)) => Known::Struct(type_name.clone()),
        (_, value) => known_value(value),
    }
}

fn known_output(seen: &Seen) -> Known {
    match seen {
        Seen::Image(image) => known_image(image),
        Seen::Value(WireValue::Path(path)) => Known::Directory(path.clone()),
        Seen::Value(value) => known_value(value),
    }
}

fn known_image(image: &SeenImage) -> Known {
    Known::Image { width: image.width, height: image.height, channels: image.channels }
}

fn known_value(value: &WireValue) -> Known {
    match value {
        WireValue::Missing => Known::Nothing,
        WireValue::Bool(value) => Known::Bool(*value),
        WireValue::Integer(value) => Known::Integer((*value).into()),
        WireValue::Unsigned(value) => Known::Integer((*value).into()),
        WireValue::Float(value) => Known::Float(value.into()),
        WireValue::Text(text) => Known::Text(text.clone()),
        WireValue::Color(components) => Known::Color(components.len().try_into().unwrap_or(u32::MAX)),
        WireValue::Seed(_) => Known::Seed,
        WireValue::Path(_) | WireValue::Image(_) | WireValue::Object(_) | WireValue::Kept(_) => Known::Something,
    }
}
