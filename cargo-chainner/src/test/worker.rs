//! The process that calls nodes: whatever they do ends this process at worst.
//!
//! It says which case begins before it begins, so that the tool knows which one a crash belongs to.

use std::{
    collections::BTreeMap,
    env,
    fs::File,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use chainner_sdk::{
    image::{Image, ImageView},
    library::{
        Answer, Ask, Entry, InputDescription, InputValues, Measure, Measured, NodeDescription, Probe, ProbeFailure,
        Probed, WireFloat, WireValue,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{child, codes::Code, error::Failure};

use super::{
    case::Case,
    compare, measure, memory,
    outcome::{Difference, Line, Measurement, Outcome, Seen, SeenImage},
    recipe::Recipe,
    sandbox::Sandbox,
};

/// Name of the hidden command that is the process.
pub const SUBCOMMAND: &str = "__cases";

/// Items that are taken of a sequence.
const MOST_ITEMS: usize = 64;
/// Items that are taken of a sequence whose making is measured.
const FEW_ITEMS: usize = 8;
/// Calls to measure, as long as that takes no more than ten times the time meant for it, three times, and at all.
const FEW_CALLS: usize = 3;
const SOME_CALLS: usize = 9;
const MOST_CALLS: usize = 5000;
/// How often the tool hears that calls go on, while they are short.
const TELL_EACH: Duration = Duration::from_millis(200);
/// Threads of the second call; the first has one.
const MANY_THREADS: usize = 4;

/// What the process is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The library.
    pub(crate) library: PathBuf,
    /// Name of the package's module.
    pub(crate) module: String,
    /// The node.
    pub(crate) node: NodeDescription,
    /// What it is called with.
    pub(crate) cases: Vec<Case>,
    /// By the name of a type, what makes an object of it.
    pub(crate) makers: BTreeMap<String, Maker>,
    /// Directory for the files of each call.
    pub(crate) sandbox: PathBuf,
    /// What to do with each case.
    pub(crate) task: Task,
}

/// What is done with a case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Task {
    /// The node is called with it twice, for what comes out.
    Judge {
        /// Directory for the samples of the images that come out.
        samples: Option<PathBuf>,
    },
    /// The node is called with it again and again, for what that costs.
    Measure(Effort),
}

impl Default for Task {
    fn default() -> Self {
        Self::Judge { samples: None }
    }
}

/// How often a node is called to be measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Effort {
    /// Seconds that the calls take together.
    pub(crate) seconds: f64,
    /// A case that makes less work, to begin with: it loads what the node needs and starts its threads.
    pub(crate) warm_up: Case,
}

/// A node that gives an object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Maker {
    pub(crate) node: NodeDescription,
    /// Which output it is.
    pub(crate) output: usize,
}

/// Does the job on stdin, and writes a line for each step to a file.
///
/// # Errors
/// The job cannot be read, or a line not written.
pub fn run(reply: &Path) -> Result<()> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let job: Job = serde_json::from_slice(&text).context("this command is started by cargo-chainner itself")?;
    let lines = Lines(File::options().append(true).create(true).open(reply)?);
    if let Err(error) = work(&job, &lines) {
        let line = match error.downcast::<Failure>() {
            Ok(failure) => {
                Line::Refused { code: failure.code.id().to_owned(), message: failure.message, help: failure.help }
            }
            Err(error) => {
                Line::Refused { code: Code::Failed.id().to_owned(), message: format!("{error:#}"), help: None }
            }
        };
        lines.write(&line)?;
    }
    Ok(())
}

struct Lines(File);

impl Lines {
    fn write(&self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        (&self.0).write_all(&text).context("cannot write the reply")
    }
}

fn work(job: &Job, lines: &Lines) -> Result<()> {
    let entry = child::load(&job.library, &job.module)?.with_context(|| "the library exports no package")?;
    let caller = Caller { entry, job, lines };
    for (number, case) in job.cases.iter().enumerate() {
        lines.write(&Line::At(number))?;
        let line = match &job.task {
            Task::Judge { samples } => {
                caller.outcome(number, case, samples.as_deref()).map(|outcome| Line::Done(number, Box::new(outcome)))
            }
            Task::Measure(effort) => {
                caller.measurement(case, effort).map(|measurement| Line::Measured(number, Box::new(measurement)))
            }
        };
        let line = line.unwrap_or_else(|error| Line::Skipped(number, format!("{error:#}")));
        lines.write(&line)?;
    }
    Ok(())
}

struct Caller<'a> {
    entry: Entry,
    job: &'a Job,
    lines: &'a Lines,
}

/// One call: what it gave, the images of that, and the images that went in.
struct Called {
    probed: Probed,
    images: Vec<Image>,
    inputs: Inputs,
}

/// The values of a call.
#[derive(Default)]
struct Inputs {
    images: Vec<(String, Recipe, Image)>,
    values: Vec<WireValue>,
    items: Vec<Vec<WireValue>>,
}

impl Caller<'_> {
    fn outcome(&self, number: usize, case: &Case, samples: Option<&Path>) -> Result<Outcome> {
        let node = &self.job.node;
        let first = self.call(node, case, 1, false)?;
        let changed = first.inputs.changed();
        let second = self.call(node, case, MANY_THREADS, false)?;
        let difference = match compare::difference(node, first.results(), second.results()) {
            None => None,
            Some(what) => Some(self.explained(case, &first, what)?),
        };
        let changed = changed.or(second.inputs.changed());
        let Called { probed, images, inputs } = first;
        let taken = |values: &[WireValue]| values.iter().map(|value| inputs.seen(value)).collect::<Vec<_>>();
        let mut seen = |value: &WireValue| -> Result<Seen> {
            let WireValue::Image(index) = value else { return Ok(Seen::Value(value.clone())) };
            let image = images.get(*index).context("the package named an image that it did not give")?;
            let observed = probed.observed.get(*index).cloned().unwrap_or_default();
            let mut told = SeenImage { observed, ..shape(image.view()) };
            told.eight_bit = measure::is_eight_bit(image.view());
            told.opacity = inputs.images.iter().find_map(|(_, _, input)| measure::stretch(input.view(), image.view()));
            if let Some(directory) = samples {
                let name = format!("{number}-{index}.f32");
                let bytes: Vec<u8> = image.view().samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
                std::fs::write(directory.join(&name), bytes)?;
                told.file = Some(name);
            }
            Ok(Seen::Image(told))
        };
        let mut all = |values: &Result<Vec<WireValue>, ProbeFailure>| -> Result<Result<Vec<Seen>, ProbeFailure>> {
            match values {
                Ok(values) => Ok(Ok(values.iter().map(&mut seen).collect::<Result<_>>()?)),
                Err(failure) => Ok(Err(failure.clone())),
            }
        };
        Ok(Outcome {
            statics: all(&probed.statics)?,
            items: probed.items.iter().map(&mut all).collect::<Result<_>>()?,
            taken: taken(&probed.taken),
            taken_items: probed.taken_items.iter().map(|item| taken(item)).collect(),
            length: probed.length,
            complete: probed.complete,
            limited_to_8bit: probed.limited_to_8bit,
            changed,
            difference,
        })
    }

    /// Whether results differ by the threads that share the work, or anyway.
    fn explained(&self, case: &Case, first: &Called, what: String) -> Result<Difference> {
        let node = &self.job.node;
        // Chance gives equal results at times: more than once, it does not.
        for _ in 0..3 {
            let again = self.call(node, case, 1, false)?;
            if let Some(what) = compare::difference(node, first.results(), again.results()) {
                return Ok(Difference { what, by_threads: false });
            }
        }
        Ok(Difference { what, by_threads: true })
    }

    /// Calls the node with a case until its times are known well enough.
    fn measurement(&self, case: &Case, effort: &Effort) -> Result<Measurement> {
        let node = &self.job.node;
        let sandbox = self.sandbox()?;
        let warm_up = self.inputs(node, &effort.warm_up, &sandbox, 0)?;
        // Whether the node takes the smaller case is not what is asked.
        let _ = self.measured(node, &warm_up);
        drop(warm_up);
        let inputs = self.inputs(node, case, &sandbox, 0)?;
        let begun = Instant::now();
        let before = memory::before();
        let first = self.measured(node, &inputs)?;
        let peak_memory = memory::peak_since(before);
        let mut seconds = vec![first.seconds];
        let mut told = Instant::now();
        while effort.wants_more(seconds.len(), begun.elapsed().as_secs_f64()) {
            if told.elapsed() > TELL_EACH {
                self.lines.write(&Line::Again)?;
                told = Instant::now();
            }
            seconds.push(self.measured(node, &inputs)?.seconds);
        }
        // The first call is another one than those to come: memory and caches are cold.
        if seconds.len() > FEW_CALLS {
            seconds.remove(0);
        }
        let pixels = inputs.most_pixels(node).max(first.pixels);
        Ok(Measurement { seconds, copies: first.copies, copied_bytes: first.copied_bytes, pixels, peak_memory })
    }

    fn measured(&self, node: &NodeDescription, inputs: &Inputs) -> Result<Measured> {
        let ask = Ask::Measure(Measure {
            node: node.id.clone(),
            values: inputs.values.clone(),
            items: inputs.items.clone(),
            most_items: FEW_ITEMS,
        });
        match child::ask(self.entry, &ask, &inputs.views(), None)?.0 {
            Answer::Measured(measured) => Ok(measured),
            other => Err(child::refusal(other).into()),
        }
    }

    /// An empty directory, which the process works in from now on.
    fn sandbox(&self) -> Result<Sandbox> {
        let sandbox = Sandbox::fresh(&self.job.sandbox)?;
        env::set_current_dir(sandbox.path())?;
        Ok(sandbox)
    }

    fn call(&self, node: &NodeDescription, case: &Case, threads: usize, keep: bool) -> Result<Called> {
        self.lines.write(&Line::Again)?;
        let inputs = self.inputs(node, case, &self.sandbox()?, 0)?;
        self.ask(node, inputs, threads, keep)
    }

    fn ask(&self, node: &NodeDescription, inputs: Inputs, threads: usize, keep: bool) -> Result<Called> {
        let ask = Ask::Probe(Probe {
            node: node.id.clone(),
            values: inputs.values.clone(),
            items: inputs.items.clone(),
            most_items: MOST_ITEMS,
            threads: Some(threads),
            keep,
        });
        let (answer, images) = child::ask(self.entry, &ask, &inputs.views(), None)?;
        match answer {
            Answer::Probed(probed) => Ok(Called { probed: *probed, images, inputs }),
            other => Err(child::refusal(other).into()),
        }
    }

    fn inputs(&self, node: &NodeDescription, case: &Case, sandbox: &Sandbox, depth: usize) -> Result<Inputs> {
        let mut inputs = Inputs::default();
        for input in &node.inputs {
            let value = match input.iterated {
                true => WireValue::Missing,
                false => self.value(&mut inputs, input, &case.value(input), sandbox, depth)?,
            };
            inputs.values.push(value);
        }
        for number in 0..case.length(node) {
            let mut item = Vec::new();
            for input in node.inputs.iter().filter(|input| input.iterated) {
                let values = case.items(input);
                item.push(self.value(&mut inputs, input, &values[number], sandbox, depth)?);
            }
            inputs.items.push(item);
        }
        Ok(inputs)
    }

    fn value(
        &self,
        inputs: &mut Inputs,
        input: &InputDescription,
        json: &Json,
        sandbox: &Sandbox,
        depth: usize,
    ) -> Result<WireValue> {
        if json.is_null() {
            return Ok(WireValue::Missing);
        }
        if let (InputValues::Image { .. } | InputValues::Clipboard | InputValues::Any, Some(text)) =
            (&input.kind, json.as_str())
            && let Ok(recipe) = text.parse::<Recipe>()
        {
            inputs.images.push((input.label.clone(), recipe, recipe.image()));
            return Ok(WireValue::Image(inputs.images.len() - 1));
        }
        Ok(match (&input.kind, json) {
            (InputValues::File { .. } | InputValues::Directory { .. }, Json::String(what)) => {
                WireValue::Path(sandbox.file(input, what)?.to_string_lossy().into_owned())
            }
            (InputValues::Seed { .. }, Json::Number(number)) => {
                WireValue::Seed(number.as_i64().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i64))
            }
            (InputValues::Handle { type_name }, _) => self.made(type_name, sandbox, depth)?,
            (_, Json::Array(components)) => {
                WireValue::Color(components.iter().map(|c| c.as_f64().unwrap_or_default() as f32).collect())
            }
            (InputValues::Float { .. } | InputValues::Integer { .. }, Json::String(text)) => {
                WireValue::Float(WireFloat::Other(text.clone()))
            }
            (_, Json::Bool(value)) => WireValue::Bool(*value),
            (_, Json::String(text)) => WireValue::Text(text.clone()),
            (_, Json::Number(number)) => match number.as_i64() {
                Some(number) => WireValue::Integer(number),
                None => WireValue::Float(number.as_f64().unwrap_or_default().into()),
            },
            (_, other) => bail!("`{}` cannot be given {other}", input.name),
        })
    }

    /// An object of a type, made by another node of the package.
    fn made(&self, type_name: &str, sandbox: &Sandbox, depth: usize) -> Result<WireValue> {
        let maker = self.job.makers.get(type_name).with_context(|| format!("no node gives a `{type_name}`"))?;
        if depth > 3 {
            bail!("no node gives a `{type_name}` that does not need one itself");
        }
        let inputs = self.inputs(&maker.node, &Case::default(), sandbox, depth + 1)?;
        let called = self.ask(&maker.node, inputs, MANY_THREADS, true)?;
        let iterated = maker.node.outputs.iter().filter(|output| output.iterated).count();
        let (values, index) = match maker.output.checked_sub(iterated) {
            Some(index) => (Some(&called.probed.statics), index),
            None => (called.probed.items.first(), maker.output),
        };
        match values {
            Some(Ok(values)) if values.get(index).is_some() => Ok(values[index].clone()),
            Some(Err(failure)) => bail!("node {} makes no `{type_name}`: {}", maker.node.function, failure.message),
            _ => bail!("node {} makes no `{type_name}`", maker.node.function),
        }
    }
}

impl Called {
    fn results(&self) -> compare::Results<'_> {
        compare::Results { probed: &self.probed, images: &self.images }
    }
}

impl Effort {
    /// Whether another call is worth its time, after so many that took so many seconds together.
    fn wants_more(&self, calls: usize, seconds: f64) -> bool {
        let patience = match calls {
            0 => f64::INFINITY,
            calls if calls <= FEW_CALLS => self.seconds * 10.0,
            calls if calls <= SOME_CALLS => self.seconds * 3.0,
            calls if calls < MOST_CALLS => self.seconds,
            _ => 0.0,
        };
        seconds < patience
    }
}

impl Inputs {
    fn views(&self) -> Vec<ImageView<'_>> {
        self.images.iter().map(|(_, _, image)| image.view()).collect()
    }

    /// Pixels of the input that has the most of them, in all its items.
    fn most_pixels(&self, node: &NodeDescription) -> u64 {
        let pixels = |input: &InputDescription| {
            let of_input = self.images.iter().filter(|(label, _, _)| *label == input.label);
            of_input.map(|(_, _, image)| image.width() as u64 * image.height() as u64).sum()
        };
        node.inputs.iter().map(pixels).max().unwrap_or(0)
    }

    fn seen(&self, value: &WireValue) -> Seen {
        match value {
            WireValue::Image(index) => match self.images.get(*index) {
                Some((_, _, image)) => Seen::Image(shape(image.view())),
                None => Seen::Value(value.clone()),
            },
            other => Seen::Value(other.clone()),
        }
    }

    /// An image that is not as it was made, in words.
    fn changed(&self) -> Option<String> {
        self.images.iter().find_map(|(label, recipe, image)| {
            let before = recipe.image();
            let pairs = before.view().samples().iter().zip(image.view().samples());
            let (index, (from, to)) = pairs.enumerate().find(|(_, (from, to))| from.to_bits() != to.to_bits())?;
            let (x, y) = (index / recipe.channels % recipe.width, index / recipe.channels / recipe.width);
            Some(format!("input '{label}', pixel ({x}, {y}): {from} became {to}"))
        })
    }
}

fn shape(image: ImageView<'_>) -> SeenImage {
    SeenImage { width: image.width(), height: image.height(), channels: image.channels(), ..SeenImage::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_nodes_are_called_a_few_times_and_quick_ones_many() {
        let effort = Effort { seconds: 1.0, warm_up: Case::default() };
        let calls = |seconds: f64| (1..).find(|calls| !effort.wants_more(*calls, seconds * *calls as f64));
        assert_eq!([1e-6, 0.01, 0.25, 1.0, 30.0].map(calls), [Some(5000), Some(100), Some(10), Some(4), Some(1)]);
    }
}
