//! What a node makes of the samples, called as `run` calls it: in a process of its own, with its defaults.

use std::{collections::BTreeSet, ffi::OsString, fs, path::PathBuf};

use anyhow::{Context as _, Result};
use chainner_sdk::{
    declare::NodeKind,
    library::{InputValues, OutputValues, WireValue},
};
use image::{
    DynamicImage, ImageEncoder as _,
    codecs::png::{CompressionType, FilterType, PngEncoder},
    imageops,
};

use crate::{
    child::{Called, Output},
    codes::Code,
    describe::Described,
    error::Failure,
    host,
    run::{
        arguments::{self, Request, option_name, suggested},
        picture::{self, Depth},
        report,
    },
};

use super::{
    book::{Input, Node, number, text},
    card::hexadecimal,
    condition,
    sample::Sample,
};

/// Sides of shown pictures are not longer than this, in pixels; what is larger is shown smaller.
const MOST: u32 = 640;
/// What is typed where a text has to be, and no default says which.
const WORDS: &str = "Sample";

/// How the call of a node went.
#[derive(Debug)]
pub(super) enum Trial {
    /// It gave something to show.
    Shown(Shown),
    /// There is nothing to show, and why.
    Without(String),
    /// It panicked, or took its process down.
    Broken(Failure),
}

/// What went in, and what came out.
#[derive(Debug)]
pub(super) struct Shown {
    /// Image inputs, by label, with what they were given.
    pub(super) before: Vec<(String, Sample)>,
    /// Values of other inputs that have no default: label and text.
    pub(super) given: Vec<(String, String)>,
    /// Outputs, by label.
    pub(super) after: Vec<(String, After)>,
    /// Whether all that came out is the picture that went in.
    pub(super) is_unchanged: bool,
}

/// What an output gave.
#[derive(Debug)]
pub(super) enum After {
    /// A picture.
    Picture {
        /// PNG.
        bytes: Vec<u8>,
        width: u32,
        height: u32,
        /// Size and colours in words, as the node gave it.
        shape: String,
        /// Whether the node gave more pixels than are shown.
        smaller: bool,
    },
    /// A colour, as CSS writes it.
    Color(String),
    /// Anything else, in words.
    Value(String),
}

/// What nodes are tried with: the package, and a directory with the samples.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    described: &'a Described,
    directory: tempfile::TempDir,
}

impl<'a> Bench<'a> {
    /// # Errors
    /// There is no room for temporary files.
    pub(super) fn new(described: &'a Described) -> Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("chainner-docs-").tempdir().context("cannot make a directory")?;
        Ok(Self { described, directory })
    }

    /// Tries a node. Nodes that work on sequences, need files or act on the world outside are left alone.
    ///
    /// # Errors
    /// It was stopped, or the package cannot be asked.
    pub(super) fn trial(&self, node: &Node<'_>) -> Result<Trial> {
        if let Some(why) = left_alone(node) {
            return Ok(Trial::Without(why));
        }
        let mut chosen = match chosen(node, Second::Clear) {
            Ok(chosen) => chosen,
            Err(why) => return Ok(Trial::Without(why)),
        };
        let mut first = self.call(node, &chosen, "first")?;
        if let (Err(Trial::Without(_)), Ok(plain)) = (&first, self::chosen(node, Second::Plain))
            && plain.pictures != chosen.pictures
        {
            // Some nodes want all images alike.
            first = self.call(node, &plain, "first")?;
            chosen = plain;
        }
        let first = match first {
            Ok(first) => first,
            Err(end) => return Ok(end),
        };
        let second = match self.call(node, &chosen, "second")? {
            Ok(second) => second,
            Err(end) => return Ok(end),
        };
        if first != second {
            return Ok(Trial::Without("it gives something else each time".to_owned()));
        }
        let (called, files) = first;
        let mut files = files.into_iter();
        let mut after = Vec::new();
        for (output, value) in node.outputs.iter().zip(called.outputs) {
            let label = text(output.schema, "label").to_owned();
            let value = match value {
                Output::Picture(shape) => match files.next() {
                    Some(bytes) => shown(&bytes, shape)?,
                    None => continue,
                },
                Output::Value(WireValue::Color(components)) => {
                    let components: Vec<f64> = components.iter().map(|&component| component.into()).collect();
                    After::Color(hexadecimal(&components))
                }
                Output::Value(value) => match worded(&value) {
                    Some(words) => After::Value(words),
                    None => continue,
                },
            };
            after.push((label, value));
        }
        if after.is_empty() {
            return Ok(Trial::Without("it gives nothing that can be shown".to_owned()));
        }
        let is_unchanged = match (chosen.before.as_slice(), after.as_slice()) {
            ([(_, sample)], [(_, After::Picture { bytes, .. })]) => alike(&self.shown(*sample)?, bytes),
            _ => false,
        };
        Ok(Trial::Shown(Shown { before: chosen.before, given: chosen.given, after, is_unchanged }))
    }

    /// Calls the node as its command line would be; what came back, and the files of its pictures.
    fn call(&self, node: &Node<'_>, chosen: &Chosen, turn: &str) -> Result<Result<Came, Trial>> {
        let directory = self.directory.path().join(turn);
        fs::create_dir_all(&directory).map_err(|error| Failure::unwritable(&directory, &error))?;
        let mut words: Vec<OsString> = chosen.words.iter().map(OsString::from).collect();
        for (input, sample) in &chosen.pictures {
            words.push(format!("--{input}").into());
            words.push(self.sample(*sample)?.into());
        }
        let pictures = node.described.outputs.iter().filter(|output| output.kind == OutputValues::Image).count();
        let files: Vec<PathBuf> = (0..pictures).map(|index| directory.join(format!("{index}.png"))).collect();
        for file in &files {
            words.extend(["-o".into(), file.into()]);
        }
        let request = match arguments::command(node.described).try_get_matches_from(words) {
            Ok(matches) => Request::new(node.described, &matches),
            Err(error) => Err(Failure::new(Code::Usage, error.to_string())),
        };
        let request = match request {
            Ok(request) => request,
            Err(failure) => return Ok(Err(Trial::Without(first_line(&failure.message)))),
        };
        let called = match host::call(&self.described.package, &self.described.library, request.call) {
            Ok(called) => called,
            Err(error) => return Ok(Err(ended(error)?)),
        };
        let read = |file: &PathBuf| fs::read(file).map_err(|error| Failure::unreadable(file, &error));
        let bytes = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // How long it took is another thing each time.
        Ok(Ok((Called { seconds: 0.0, ..called }, bytes)))
    }

    /// The file of a sample, made when it is first asked for.
    fn sample(&self, sample: Sample) -> Result<PathBuf> {
        let file = self.directory.path().join(format!("{}.png", sample.name()));
        if !file.exists() {
            picture::write_beside(&sample.image(), Depth::Eight, &file)?.persist()?;
        }
        Ok(file)
    }

    /// A sample as it is shown.
    ///
    /// # Errors
    /// As [`trial`](Self::trial).
    pub(super) fn shown(&self, sample: Sample) -> Result<Vec<u8>> {
        let file = self.sample(sample)?;
        let bytes = fs::read(&file).map_err(|error| Failure::unreadable(&file, &error))?;
        match shown(&bytes, String::new())? {
            After::Picture { bytes, .. } => Ok(bytes),
            _ => Ok(bytes),
        }
    }
}

/// What a call gave, and the files of its pictures.
type Came = (Called, Vec<Vec<u8>>);

/// Why a node is not called at all.
fn left_alone(node: &Node<'_>) -> Option<String> {
    if node.kind() != NodeKind::Regular {
        return Some(format!("a {} works on sequences", node.kind().as_str()));
    }
    if node.schema["hasSideEffects"] == true {
        return Some("it acts on more than its outputs".to_owned());
    }
    None
}

/// What a node is given.
#[derive(Debug, Default)]
struct Chosen {
    before: Vec<(String, Sample)>,
    given: Vec<(String, String)>,
    /// Options of image inputs.
    pictures: Vec<(String, Sample)>,
    /// Other options, with their values.
    words: Vec<String>,
}

/// What the images behind the first one show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Second {
    /// Lights that the first one can be seen through.
    Clear,
    /// As many channels as the first one has.
    Plain,
}

fn chosen(node: &Node<'_>, second: Second) -> Result<Chosen, String> {
    let mut chosen = Chosen::default();
    let is_image = |input: &Input<'_>| matches!(input.described.kind, InputValues::Image { .. });
    let needed = |input: &Input<'_>| {
        let asked = !input.required_when.is_empty()
            && input.required_when.iter().all(|when| condition::holds(when, node))
            && input.is_shown(node);
        !input.described.optional || asked
    };
    // Of several that may all stay empty, the first shows what the node does.
    let none_needed = !node.inputs.iter().any(|input| is_image(input) && needed(input));
    let first_image = node.inputs.iter().position(|input| is_image(input));
    for (index, input) in node.inputs.iter().enumerate() {
        if !needed(input) && !(none_needed && first_image == Some(index)) {
            continue;
        }
        let name = option_name(input.described);
        let mut given = |value: String| {
            chosen.words.push(format!("--{name}={value}"));
            chosen.given.push((input.label(), value));
        };
        let bounded =
            |min: Option<f64>, max: Option<f64>| 1.0_f64.max(min.unwrap_or(f64::MIN)).min(max.unwrap_or(f64::MAX));
        match &input.described.kind {
            InputValues::Image { channels, .. } => {
                let Some(sample) = sample(node, input, channels.as_deref(), chosen.before.len(), second) else {
                    return Err(format!("there is no sample for its input {}", input.label()));
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
            InputValues::File { .. } => return Err(format!("it needs a file ({})", input.label())),
            InputValues::Directory { .. } => return Err(format!("it needs a directory ({})", input.label())),
            InputValues::RelativePath { default: None } => return Err(format!("it needs a path ({})", input.label())),
            InputValues::Handle { type_name } => {
                return Err(format!("it needs a `{type_name}`, which only other nodes make ({})", input.label()));
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

/// What a failed call means for the page.
///
/// # Errors
/// The call says nothing about the node.
fn ended(error: anyhow::Error) -> Result<Trial> {
    let failure = error.downcast::<Failure>()?;
    match failure.code {
        Code::NodePanicked | Code::LibraryCrashed => Ok(Trial::Broken(failure)),
        Code::NodeStopped | Code::LibraryVersion | Code::LibraryUnreadable | Code::NotStarted => Err(failure.into()),
        Code::Refused => {
            Ok(Trial::Without(format!("the samples are not what it needs: {}", first_line(&failure.message))))
        }
        _ => Ok(Trial::Without(format!("it fails on the samples: {}", first_line(&failure.message)))),
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_start_matches("error: ").trim_end_matches('.').to_owned()
}

/// A picture of a node, small enough for a page.
fn shown(png: &[u8], shape: String) -> Result<After> {
    let mut decoded = image::load_from_memory(png).context("a picture that was written cannot be read")?;
    let side = decoded.width().max(decoded.height());
    let smaller = side > MOST;
    if smaller {
        let size = |length: u32| (length * MOST / side).max(1);
        decoded = decoded.resize_exact(size(decoded.width()), size(decoded.height()), imageops::FilterType::Triangle);
    }
    let (width, height) = (decoded.width(), decoded.height());
    Ok(After::Picture { bytes: compressed(&decoded)?, width, height, shape, smaller })
}

/// PNG, as small as it can be made. What is the same in all colours is kept in one.
fn compressed(decoded: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    encoder
        .write_image(decoded.as_bytes(), decoded.width(), decoded.height(), decoded.color().into())
        .context("a picture cannot be written")?;
    Ok(bytes)
}

/// A value in words; nothing if it means nothing outside the call.
fn worded(value: &WireValue) -> Option<String> {
    match value {
        WireValue::Missing | WireValue::Image(_) | WireValue::Kept(_) | WireValue::Path(_) => None,
        WireValue::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        WireValue::Float(float) => {
            let value = f64::from(float);
            // Six digits that count: the last ones differ from machine to machine.
            let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
            Some(number(&serde_json::json!(rounded)))
        }
        other => Some(report::text(other)),
    }
}

/// The samples that were used.
pub(super) fn used<'a>(trials: impl IntoIterator<Item = &'a Trial>) -> BTreeSet<Sample> {
    let shown = trials.into_iter().filter_map(|trial| match trial {
        Trial::Shown(shown) => Some(shown),
        Trial::Without(_) | Trial::Broken(_) => None,
    });
    shown.flat_map(|shown| shown.before.iter().map(|(_, sample)| *sample)).collect()
}

/// Whether two pictures look the same: what differs by rounding on another machine does.
pub(super) fn alike(one: &[u8], other: &[u8]) -> bool {
    /// Of 255.
    const MOST: u8 = 3;
    if one == other {
        return true;
    }
    let [Ok(one), Ok(other)] = [one, other].map(image::load_from_memory) else { return false };
    one.color() == other.color()
        && (one.width(), one.height()) == (other.width(), other.height())
        && one.as_bytes().iter().zip(other.as_bytes()).all(|(one, other)| one.abs_diff(*other) <= MOST)
}

/// What `run` would be given, for a person to type: a file for each image, the defaults of what is shown.
pub(super) fn command_line(node: &Node<'_>) -> String {
    let mut line = format!("cargo chainner run {}", node.described.function);
    let mut parts = Vec::new();
    for input in &node.inputs {
        let name = option_name(input.described);
        if let InputValues::Image { .. } = input.described.kind {
            if !input.described.optional {
                // A directory stands for the pictures of a sequence.
                let end = if input.described.iterated { "/" } else { ".png" };
                line += &format!(" {}{end}", input.described.name.replace('_', "-"));
            }
        } else if !input.described.optional && input.is_shown(node) {
            // A switch without a value is on.
            let join = if let InputValues::Bool { .. } = input.described.kind { '=' } else { ' ' };
            parts.extend(typed(input).map(|value| format!("--{name}{join}{value}")));
        }
    }
    let pictures = node.outputs.iter().filter(|output| output.described.kind == OutputValues::Image);
    let names: Vec<String> =
        pictures.map(|output| suggested(text(output.schema, "label"), output.described.iterated)).collect();
    let given: BTreeSet<&str> = line.split(' ').collect();
    let names: Vec<String> = names
        .iter()
        .map(|name| if given.contains(name.as_str()) { "out.png".to_owned() } else { name.clone() })
        .collect();
    parts.extend(names.iter().map(|name| format!("-o {name}")));
    for part in parts {
        line += &format!(" \\\n    {part}");
    }
    line
}

/// The default of an input as it is typed, or what stands for one.
fn typed(input: &Input<'_>) -> Option<String> {
    let quoted = |text: &str| match text {
        "" => "\"\"".to_owned(),
        text if text.chars().all(|c| c.is_alphanumeric() || "-_.,:/+".contains(c)) => text.to_owned(),
        text => format!("'{}'", text.replace('\'', "'\\''")),
    };
    match &input.described.kind {
        InputValues::Integer { default, .. } => Some(default.map_or("1".to_owned(), |value| value.to_string())),
        InputValues::Float { default, .. } => Some(default.map_or("1".to_owned(), |value| value.to_string())),
        InputValues::Text { default, .. } | InputValues::RelativePath { default } => {
            Some(default.as_deref().map_or(WORDS.to_owned(), quoted))
        }
        InputValues::Bool { default } => Some(default.unwrap_or(true).to_string()),
        InputValues::Choice { .. } => {
            let stored = &input.schema["def"];
            Some(quoted(&stored.as_str().map_or_else(|| stored.to_string(), str::to_owned)))
        }
        InputValues::Color { default, .. } if default.is_empty() => Some("'#b7791f'".to_owned()),
        InputValues::Color { default, .. } => match default.as_slice() {
            [gray] => Some(gray.to_string()),
            _ => Some(format!("'{}'", hexadecimal(default))),
        },
        InputValues::File { extensions } => Some(format!("file{}", extensions.first().map_or("", String::as_str))),
        InputValues::Directory { .. } => Some("directory".to_owned()),
        InputValues::Seed { default } => Some(default.to_string()),
        InputValues::Clipboard => Some(WORDS.to_owned()),
        InputValues::Image { .. } | InputValues::Any | InputValues::Handle { .. } | InputValues::ExecutionNumber => {
            None
        }
    }
}
