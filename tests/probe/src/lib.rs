//! Nodes that take and give everything, and that fail in every way: what the tests of the Python half call.

use std::{
    fmt,
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use chainner_sdk::prelude::*;

package! {
    name: "Probe",
    description: "Nodes that take and give everything, and that fail in every way.",
    icon: "MdBugReport",
    color: "#777777",
    categories: [PROBE],
    features: [SCANNER],
    settings: context::ProbeSettings,
}

pub mod context;
pub mod sequences;

const SCANNER: Feature =
    Feature::new("probe_scanner", "Scanner", "A scanner.", || FeatureState::disabled("No scanner was found."));

const PROBE: Category = Category::new("Probe", "Nodes for tests.").icon("MdBugReport").color("#777777");
const ALL: Group = PROBE.group("All");

/// A choice.
#[derive(Debug, Choice)]
pub enum Mode {
    Plain,
    #[choice(id = 7, label = "By number")]
    Numbered,
}

/// Says what arrived in each input, in Rust's words.
#[node(id = "probe:all:echo", group = ALL)]
pub fn echo(
    #[input(range = -10..=10)] whole: i32,
    #[input(range = 0.0..=1.0, step = 0.25, default = 0.5)] fraction: f64,
    #[input(default = "nothing", length = 0..=20)] text: &str,
    #[input(default = true)] flag: bool,
    #[input(handle)] wired: bool,
    mode: Mode,
    #[input(default = Color::rgb(1.0, 0.5, 0.0))] color: Color,
    #[input(default = Seed(3))] seed: Seed,
    optional_number: Option<f32>,
    optional_text: Option<String>,
    #[input(filetypes = [".txt"])] optional_file: Option<FilePath>,
    optional_directory: Option<DirPath>,
    optional_image: Option<ImageView<'_>>,
    optional_picture: Option<ImageOrColor<'_>>,
) -> String {
    let file = optional_file.map(|file| file.file_name().map(|name| name.to_string_lossy().into_owned()));
    let directory = optional_directory.map(|path| path.is_dir());
    format!(
        "{whole}|{fraction}|{text}|{flag}|{wired}|{mode:?}|{color}|{}|{optional_number:?}|{optional_text:?}|{file:?}|\
         {directory:?}|{optional_image:?}|{optional_picture:?}",
        seed.0
    )
}

/// Gives a value of each sort.
#[node(id = "probe:all:give", group = ALL)]
pub fn give(directory: DirPath) -> (Image, i32, u64, f32, String, bool, Color, DirPath) {
    let image = Image::from_pixels(3, 2, |x, y| Gray { value: (x + y) as f32 });
    (image, -4, u64::MAX, 0.1, "Grüße".to_owned(), true, Color::rgba(0.25, 0.5, 0.75, 1.0), directory)
}

/// Gives a seed back.
#[node(id = "probe:all:reseed", group = ALL)]
pub fn reseed(seed: Seed) -> Seed {
    Seed(seed.0.wrapping_add(1))
}

/// Needs what is not there.
#[node(id = "probe:all:scan", group = ALL, features = [SCANNER])]
pub fn scan(resolution: u32) -> u32 {
    resolution
}

/// Gives nothing.
#[node(id = "probe:all:sink", group = ALL, side_effects)]
pub fn sink(_number: f32) {}

/// Tells whether the pixels lie where the caller's array has them.
#[node(id = "probe:all:address", group = ALL)]
pub fn address(image: ImageView<'_>) -> u64 {
    image.samples().as_ptr() as u64
}

/// Waits until this node runs on two threads at once; says whether that came to pass.
#[node(id = "probe:all:meet", group = ALL)]
pub fn meet() -> bool {
    static PRESENT: Mutex<u32> = Mutex::new(0);
    static ARRIVED: Condvar = Condvar::new();
    let mut present = PRESENT.lock().unwrap_or_else(PoisonError::into_inner);
    *present += 1;
    ARRIVED.notify_all();
    let patience = Duration::from_secs(60);
    let waited = ARRIVED.wait_timeout_while(present, patience, |present| *present < 2);
    waited.is_ok_and(|(_, timeout)| !timeout.timed_out())
}

/// How to fail.
#[derive(Choice)]
pub enum Failure {
    PanicHere,
    PanicOnAWorker,
    PanicWithANumber,
    OwnError,
    NodeError,
    BlameInput,
    EmptyImage,
    WrongChannels,
}

/// An author's own error type.
#[derive(Debug)]
pub struct Own(std::num::ParseIntError);

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the count cannot be read")
    }
}

impl std::error::Error for Own {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Fails as asked.
#[node(id = "probe:all:fail", group = ALL, name = "Fail (on purpose)")]
#[output(channels = 3)]
pub fn fail(how: Failure) -> Result<Image, NodeError> {
    match how {
        Failure::PanicHere => panic!("here"),
        Failure::PanicOnAWorker => {
            rayon::scope(|scope| scope.spawn(|_| panic!("on a worker")));
            unreachable!("the panic is passed on")
        }
        Failure::PanicWithANumber => std::panic::panic_any(17),
        Failure::OwnError => {
            "many".parse::<u32>().map_err(Own)?;
            unreachable!("`many` is no number")
        }
        Failure::NodeError => Err(NodeError::new("there is nothing to do")),
        Failure::BlameInput => Err(NodeError::new("too bright").input("How")),
        Failure::EmptyImage => Ok(Image::new(0, 3, 3)),
        Failure::WrongChannels => Ok(Image::new(2, 2, 4)),
    }
}

/// A value that only nodes of this package understand.
#[derive(NaviType)]
pub struct Token {
    number: u32,
}

/// Makes a token.
#[node(id = "probe:all:make_token", group = ALL)]
pub fn make_token(number: u32) -> Handle<Token> {
    Handle::new(Token { number })
}

/// Looks into a token.
#[node(id = "probe:all:read_token", group = ALL)]
pub fn read_token(token: Handle<Token>, spare: Option<Handle<Token>>) -> u32 {
    token.number + spare.map_or(0, |spare| spare.number)
}

/// Gives back what it is given.
#[node(id = "probe:all:same", group = ALL)]
pub fn same(value: Any, other: Option<Any>) -> (Any, bool) {
    (value, other.is_some())
}

/// Says what would go onto the clipboard, and where.
#[node(id = "probe:all:clip", group = ALL)]
pub fn clip(content: Clipboard<'_>, folder: RelativePath, run: ExecutionNumber) -> String {
    match content {
        Clipboard::Image(image) => format!("{}x{} {} {}", image.width(), image.height(), &*folder, run.0),
        Clipboard::Text(text) => format!("{text} {} {}", &*folder, run.0),
    }
}

/// The negative of an image, as the app's own node of that name has it.
#[node(id = "probe:image:invert", group = ALL, name = "Invert Color", replaces = "chainner:image:invert")]
#[output(same_as = image)]
pub fn invert(mut image: Image) -> Image {
    INVERTED.fetch_add(1, Ordering::SeqCst);
    let colors = image.channels().min(3);
    let channels = image.channels();
    image.samples_mut().chunks_exact_mut(channels).for_each(|pixel| {
        pixel[..colors].iter_mut().for_each(|sample| *sample = 1.0 - *sample);
    });
    image
}

/// How often an image has been inverted by the node above.
#[node(id = "probe:image:inverted", group = ALL)]
pub fn inverted() -> u32 {
    INVERTED.load(Ordering::SeqCst)
}

static INVERTED: AtomicU32 = AtomicU32::new(0);

/// Says that it is another, and is not: it lacks an input.
#[node(id = "probe:image:opacity", group = ALL, name = "Opacity", replaces = "chainner:image:opacity")]
#[output(same_as = image)]
pub fn opacity(image: Image) -> Image {
    image
}
