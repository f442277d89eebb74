//! The child process: loads a package's library, asks it one question, and writes the reply to a file.

use std::{
    ffi::c_void,
    fs,
    io::Read,
    path::{Path, PathBuf},
    slice,
};

use anyhow::Result;
use chainner_sdk::{
    image::{Image, ImageView},
    library::{
        ABI_VERSION, Answer, Ask, Attendant, Conveyor, Description, Entry, FailureKind, RawImage, Request, Response,
        WireValue, symbol,
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    codes::Code,
    error::Failure,
    run::{
        attend::Attending,
        conveyor::Belt,
        picture::{self, Depth, Picture, Written},
    },
};

/// Name of the hidden command that is the child process.
pub const SUBCOMMAND: &str = "__library";

/// What the child is to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    /// The library.
    pub library: PathBuf,
    /// Name of the package's module, which is part of the exported symbol.
    pub module: String,
    /// A library to load before it, with the names that it takes from others.
    pub stand_in: Option<PathBuf>,
    /// What to ask.
    pub work: Work,
}

/// What to ask a library.
#[derive(Debug, Serialize, Deserialize)]
pub enum Work {
    /// What it is.
    Describe,
    /// To call a node.
    Call(Call),
}

/// One call of a node, with pictures in files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Id of the node.
    pub node: String,
    /// A value for each input, in order.
    pub arguments: Vec<Argument>,
    /// For each item of the sequence that the node takes, a value for each iterated input; `None` for a node without sequences.
    pub items: Option<Vec<Vec<Argument>>>,
    /// For each image output that is no sequence, in order, the file to write; `None` leaves it out.
    pub files: Vec<Option<PathBuf>>,
    /// For each image output that is a sequence, in order, the file of an item, with `{}` for its number.
    pub item_files: Vec<Option<PathBuf>>,
    /// Bits of a sample; those of the inputs if not given.
    pub depth: Option<Depth>,
    /// What to call the node while it tells its progress; nothing to leave that out.
    pub progress: Option<String>,
}

/// A value for an input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// As it is.
    Value(WireValue),
    /// The picture in a file.
    Picture(PathBuf),
}

/// What a call gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Called {
    /// The pictures that went in, in words.
    pub inputs: Vec<String>,
    /// A value for each output that is no sequence, in order.
    pub outputs: Vec<Output>,
    /// How many items the node was given.
    pub taken: usize,
    /// For each item that the node gave, a value for each iterated output; or why there is none.
    pub items: Vec<Result<Vec<Output>, String>>,
    /// How long the node took, in seconds; with sequences, reading and writing of pictures among it.
    pub seconds: f64,
}

/// What an output gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// A picture, in words.
    Picture(String),
    /// Anything else.
    Value(WireValue),
}

/// What the child replies.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Work::Describe`].
    Description(Box<Description>),
    /// To [`Work::Call`].
    Called(Called),
    /// The library does not export the package.
    NoSymbol,
    /// It could not be done.
    Refused {
        /// A message code.
        code: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

/// Does the job on stdin and writes the reply to a file.
///
/// # Errors
/// The job cannot be read, or the reply not written.
pub fn run(reply: &Path) -> Result<()> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let job: Job = serde_json::from_slice(&text).map_err(|_| {
        Failure::new(Code::Usage, "this command is not for people: the tool starts it to load a package")
            .help("`cargo chainner --help` lists the commands")
    })?;
    let answer = work(&job).unwrap_or_else(|error| match error.downcast::<Failure>() {
        Ok(failure) => {
            Reply::Refused { code: failure.code.id().to_owned(), message: failure.message, help: failure.help }
        }
        Err(error) => Reply::Refused { code: Code::Failed.id().to_owned(), message: format!("{error:#}"), help: None },
    });
    Ok(fs::write(reply, serde_json::to_vec(&answer)?).map_err(|error| Failure::unwritable(reply, &error))?)
}

fn work(job: &Job) -> Result<Reply> {
    if let Some(stand_in) = &job.stand_in {
        load_for_all(stand_in)?;
    }
    let Some(entry) = load(&job.library, &job.module)? else { return Ok(Reply::NoSymbol) };
    match &job.work {
        Work::Describe => match ask(entry, &Ask::Describe, &[], None)?.0 {
            Answer::Description(description) => Ok(Reply::Description(description)),
            answer => Err(refusal(answer).into()),
        },
        Work::Call(call) => Ok(Reply::Called(self::call(entry, call)?)),
    }
}

/// Loads a library whose names all libraries to come can use, for as long as the process runs.
fn load_for_all(library: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_NOW};
        // SAFETY: the tool made the library; it has data and nothing to run.
        std::mem::forget(unsafe { Library::open(Some(library), RTLD_NOW | RTLD_GLOBAL) }?);
    }
    #[cfg(not(unix))]
    // SAFETY: as above. A library of this name that is loaded already is the one that others get.
    std::mem::forget(unsafe { libloading::Library::new(library) }?);
    Ok(())
}

/// Loads a library for as long as the process lives; nothing if it exports no package.
pub(crate) fn load(path: &Path, module: &str) -> Result<Option<Entry>> {
    // SAFETY: loading runs the initialisers of the author's library, which is what this process exists for.
    let library = unsafe { libloading::Library::new(path) }.map_err(|error| {
        Failure::new(Code::LibraryUnreadable, format!("cannot load `{}`: {error}", path.display()))
            .help("install the libraries that it names, or link them statically")
    })?;
    // The library stays loaded until the process ends: its threads may still run.
    let library: &'static libloading::Library = Box::leak(Box::new(library));
    // SAFETY: the symbol is exported by `package!` with this signature; versions are compared on each call.
    let entry = unsafe { library.get::<Entry>(symbol(module)) };
    Ok(entry.ok().map(|entry| *entry))
}

fn call(entry: Entry, call: &Call) -> Result<Called> {
    let mut pictures = Vec::new();
    let values = values(&call.arguments, &mut pictures)?;
    let views: Vec<ImageView<'_>> = pictures.iter().map(|picture| picture.image.view()).collect();
    let mut attending = Attending::new(call.progress.as_deref().unwrap_or_default(), call.progress.is_none());
    let attendant = attending.attendant();
    let deepest = pictures.iter().map(|picture| picture.depth).max();
    let node = call.node.clone();
    let mut belt = Belt::new(call, deepest);
    let (answer, images) = match call.items {
        None => ask(entry, &Ask::Call { node, values }, &views, Some(&attendant))?,
        Some(_) => belt.drive(|conveyor| {
            ask_with(entry, &Ask::Stream { node, values }, &views, Some(&attendant), Some(conveyor))
        })?,
    };
    drop(attending);
    let Answer::Results { values, seconds } = answer else { return Err(refusal(answer).into()) };

    let depth = call.depth.or(belt.deepest()).unwrap_or(Depth::Eight);
    let (outputs, written) = outputs(values, &images, &call.files, depth)?;
    // All pictures are complete; only now does any of them take its name.
    for file in written {
        file.persist()?;
    }
    let inputs = views.iter().map(|view| picture::shape(*view)).collect();
    Ok(Called { inputs, outputs, taken: belt.taken(), items: belt.into_items(), seconds })
}

/// The values of arguments; pictures are read and added to the others.
pub(crate) fn values(arguments: &[Argument], pictures: &mut Vec<Picture>) -> Result<Vec<WireValue>> {
    let value = |argument: &Argument| {
        Ok(match argument {
            Argument::Value(value) => value.clone(),
            Argument::Picture(file) => {
                pictures.push(Picture::read(file)?);
                WireValue::Image(pictures.len() - 1)
            }
        })
    };
    arguments.iter().map(value).collect()
}

/// What to tell of results; their pictures are written beside the files that they will be.
pub(crate) fn outputs(
    values: Vec<WireValue>,
    images: &[Image],
    files: &[Option<PathBuf>],
    depth: Depth,
) -> Result<(Vec<Output>, Vec<Written>)> {
    let mut files = files.iter();
    let mut written = Vec::new();
    let mut outputs = Vec::new();
    for value in values {
        outputs.push(match value {
            WireValue::Image(index) => {
                let image = images.get(index).ok_or_else(|| garbled("it names an image that it does not give"))?;
                if let Some(Some(file)) = files.next() {
                    written.push(picture::write_beside(image, depth, file)?);
                }
                Output::Picture(picture::shape(image.view()))
            }
            value => Output::Value(value),
        });
    }
    Ok((outputs, written))
}

/// Asks the library. Pictures are copied out of its answer, which is gone when the function returns.
pub(crate) fn ask(
    entry: Entry,
    ask: &Ask,
    images: &[ImageView<'_>],
    attendant: Option<&Attendant>,
) -> Result<(Answer, Vec<Image>)> {
    ask_with(entry, ask, images, attendant, None)
}

fn ask_with(
    entry: Entry,
    ask: &Ask,
    images: &[ImageView<'_>],
    attendant: Option<&Attendant>,
    conveyor: Option<&Conveyor>,
) -> Result<(Answer, Vec<Image>)> {
    let json = serde_json::to_vec(ask)?;
    let raw: Vec<RawImage> = images.iter().map(raw_image).collect();
    let request = Request {
        version: ABI_VERSION,
        json: json.as_ptr(),
        json_len: json.len(),
        images: raw.as_ptr(),
        image_count: raw.len(),
        attendant: attendant.map_or(std::ptr::null(), |attendant| attendant),
        conveyor: conveyor.map_or(std::ptr::null(), |conveyor| conveyor),
    };
    let mut received: Option<Result<(Answer, Vec<Image>)>> = None;
    entry(&request, receive, (&raw mut received).cast());
    received.ok_or_else(|| garbled("it is empty"))?
}

/// Where the samples of an image lie.
pub(crate) fn raw_image(image: &ImageView<'_>) -> RawImage {
    RawImage {
        samples: image.samples().as_ptr(),
        width: image.width(),
        height: image.height(),
        channels: image.channels(),
    }
}

extern "C" fn receive(receiver: *mut c_void, response: &Response) {
    // SAFETY: `ask` passes a pointer to this type, and waits.
    let received = unsafe { &mut *receiver.cast::<Option<Result<(Answer, Vec<Image>)>>>() };
    *received = Some(copied(response));
}

pub(crate) fn copied(response: &Response) -> Result<(Answer, Vec<Image>)> {
    // SAFETY: the library promises valid pointers while this runs.
    let json = unsafe { slice::from_raw_parts(response.json, response.json_len) };
    let answer = serde_json::from_slice(json).map_err(garbled)?;
    let raw: &[RawImage] = match response.image_count {
        0 => &[],
        // SAFETY: as above.
        count => unsafe { slice::from_raw_parts(response.images, count) },
    };
    let images = raw.iter().map(|raw| image(raw).ok_or_else(|| garbled("it has an image without a shape")));
    Ok((answer, images.collect::<Result<_, Failure>>()?))
}

/// The package does not speak as the tool does.
pub(crate) fn garbled(why: impl std::fmt::Display) -> Failure {
    Failure::new(Code::LibraryVersion, format!("cannot read the package's answer: {why}"))
        .help("upgrade cargo-chainner and chainner-sdk to the same version")
}

fn image(raw: &RawImage) -> Option<Image> {
    let len = raw.width.checked_mul(raw.height)?.checked_mul(raw.channels)?;
    if len == 0 {
        return (raw.channels > 0).then(|| Image::new(raw.width, raw.height, raw.channels));
    }
    // SAFETY: the library promises that many samples while the receiver runs.
    let samples = unsafe { slice::from_raw_parts(raw.samples, len) };
    Image::from_samples(samples, raw.width, raw.height, raw.channels)
}

pub(crate) fn refusal(answer: Answer) -> Failure {
    match answer {
        Answer::Failure { kind, message } => {
            let code = match kind {
                FailureKind::Input => Code::Refused,
                FailureKind::Node | FailureKind::Broken => Code::NodeFailed,
                FailureKind::Bug => Code::NodePanicked,
                FailureKind::Aborted => Code::NodeStopped,
                FailureKind::Version => Code::LibraryVersion,
            };
            let failure = Failure::new(code, message);
            match kind {
                FailureKind::Version => {
                    failure.help("compare `cargo chainner --version` with `cargo tree -i chainner-sdk`")
                }
                _ => failure,
            }
        }
        Answer::Description(_)
        | Answer::Results { .. }
        | Answer::Probed(_)
        | Answer::Item { .. }
        | Answer::Measured(_) => Failure::new(Code::LibraryVersion, "the package answered another question than asked"),
    }
}
