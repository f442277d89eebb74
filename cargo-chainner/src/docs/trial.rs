//! What a node makes of the samples, called as `run` calls it: in a process of its own, with its defaults, or as the package's
//! example says.

use std::{collections::BTreeSet, ffi::OsString, fs, path::PathBuf};

use anyhow::{Context as _, Result};
use chainner_sdk::{
    declare::NodeKind,
    library::{OutputValues, WireValue},
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
        arguments::{self, Request},
        picture::{self, Depth},
        report,
    },
};

use super::{
    book::{Node, number, text},
    card::hexadecimal,
    example::Examples,
    given::{self, Given, Refusal, Second},
    sample::Sample,
};

/// Sides of shown pictures are not longer than this, in pixels; what is larger is shown smaller.
const MOST: u32 = 704;

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
    /// Values of other inputs that are not at their default: label and text.
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
    examples: &'a Examples,
    directory: tempfile::TempDir,
}

impl<'a> Bench<'a> {
    /// # Errors
    /// There is no room for temporary files.
    pub(super) fn new(described: &'a Described, examples: &'a Examples) -> Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("chainner-docs-").tempdir().context("cannot make a directory")?;
        Ok(Self { described, examples, directory })
    }

    /// Tries a node. Nodes that work on sequences, need files or act on the world outside are left alone.
    ///
    /// # Errors
    /// It was stopped, or the package cannot be asked.
    pub(super) fn trial(&self, node: &Node<'_>) -> Result<Trial> {
        if let Some(why) = left_alone(node) {
            return Ok(Trial::Without(why));
        }
        let example = self.examples.of_node(node);
        let given = |second: Second| given::given(node, example, self.described.package.directory(), second);
        let mut chosen = match given(Second::Clear) {
            Ok(chosen) => chosen,
            Err(Refusal::Lacking(why)) => return Ok(Trial::Without(why)),
            Err(Refusal::Example(failure)) => return Err(failure.into()),
        };
        let mut first = self.call(node, &chosen, "first")?;
        if let (Err(Trial::Without(_)), Ok(plain)) = (&first, given(Second::Plain))
            && plain.pictures != chosen.pictures
        {
            // Some nodes want all images alike.
            first = self.call(node, &plain, "first")?;
            chosen = plain;
        }
        if let (Some(example), Err(Trial::Without(why))) = (example, &first) {
            return Err(example.refused(node, why).into());
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
        Ok(Trial::Shown(Shown { before: chosen.before, given: chosen.values, after, is_unchanged }))
    }

    /// Calls the node as its command line would be; what came back, and the files of its pictures.
    fn call(&self, node: &Node<'_>, chosen: &Given, turn: &str) -> Result<Result<Came, Trial>> {
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
