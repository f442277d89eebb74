//! The command line.

use std::{ffi::OsString, path::PathBuf};

use chainner_templates::{TEMPLATES, Template, named};
use clap::{
    Args, Parser, Subcommand, ValueEnum as _,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

pub use crate::shell::MessageFormat;
use crate::shell::{ColorChoice, Verbosity};

/// Makes, checks, runs and packages chaiNNer node packages written in Rust.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-chainner",
    bin_name = "cargo chainner",
    version,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 `check`, `test` or `verify` found errors, 4 not published, \
                  101 cargo failed, 130 stopped."
)]
pub struct Cli {
    /// What applies to all commands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of all commands.
#[derive(Debug, Args)]
pub struct Global {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    pub color: Option<ColorChoice>,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    pub quiet: bool,
    /// Also show notes and the commands that are run
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub verbose: bool,
    /// How results and messages are told
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Global options"
    )]
    pub message_format: MessageFormat,
    /// Cargo.toml of the package or workspace
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub manifest_path: Option<PathBuf>,
}

impl Global {
    /// How much is said.
    ///
    /// Without an option, cargo's variables `CARGO_TERM_QUIET` and `CARGO_TERM_VERBOSE` decide.
    pub fn verbosity(&self) -> Verbosity {
        let is_set = |name: &str| std::env::var(name).is_ok_and(|value| value == "true");
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ if is_set("CARGO_TERM_QUIET") => Verbosity::Quiet,
            _ if is_set("CARGO_TERM_VERBOSE") => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new node package
    New(NewArgs),
    /// Start a package from the nodes that a schema describes
    Port(PortArgs),
    /// Compile, check and package into a wheel
    Build(BuildArgs),
    /// Package the sources, so that the wheel can be built from them
    Sdist(SdistArgs),
    /// Find what the app would refuse, and what is plainly wrong
    Check(CheckArgs),
    /// Tell more about the code of a message
    Explain(ExplainArgs),
    /// Run a node on the command line
    Run(RunArgs),
    /// Test the package, then every node with cases made of its declaration, then the wheel
    Test(TestArgs),
    /// Build whenever a source changes, for apps that go on running
    Dev(DevArgs),
    /// Measure what nodes cost: time, copies, memory
    Bench(BenchArgs),
    /// Judge wheels, of whatever tool
    Verify(VerifyArgs),
    /// Print schema.json
    Schema(SchemaArgs),
    /// Print the wheel's METADATA, without building the wheel
    Metadata(MetadataArgs),
    /// Tell which changes break saved chains
    Diff(DiffArgs),
    /// Make a site of plain HTML: a page for each node, with what it makes of samples
    Docs(DocsArgs),
    /// Judge wheels and source distributions, then put them into an index
    Publish(PublishArgs),
    /// Put wheels and all they need into one file, for sites without network
    Bundle(BundleArgs),
    /// Look for what keeps packages from being built, published or shown
    Doctor(DoctorArgs),
    /// Print what a shell needs to complete this tool
    Completions(CompletionsArgs),
    /// Print the manual
    Man(ManArgs),
    /// Write and check the workflow of a CI system
    #[command(subcommand)]
    Ci(CiCommand),
    /// Lists nodes for shells to complete.
    #[command(name = crate::completions::NODES, hide = true)]
    Nodes,
    /// Loads a compiled package; what the other commands start.
    #[command(name = crate::child::SUBCOMMAND, hide = true)]
    Library {
        /// File for the reply.
        reply: PathBuf,
    },
    /// Calls a node with many cases; what `test` starts.
    #[command(name = crate::test::worker::SUBCOMMAND, hide = true)]
    Cases {
        /// File for the reply.
        reply: PathBuf,
    },
    /// Builds once; what `dev` starts.
    #[command(name = crate::dev::worker::SUBCOMMAND, hide = true)]
    Development(crate::dev::worker::Args),
}

/// Arguments of `new`.
#[derive(Debug, Args)]
#[command(after_help = "What the command line does not say is asked for on a terminal: the name, then the template.")]
pub struct NewArgs {
    /// Name of the package, e.g. `film-lab`
    pub name: Option<String>,
    /// What to start from [default: filter]
    #[arg(long, value_name = "TEMPLATE", value_parser = templates())]
    pub template: Option<&'static Template>,
    /// Directory to make [default: the name]
    #[arg(long, value_name = "DIR")]
    pub path: Option<PathBuf>,
    /// Depend on a checkout of chainner-sdk instead of the published crate
    #[arg(long, value_name = "DIR")]
    pub sdk_path: Option<PathBuf>,
    /// Also write the workflow of a CI system, as `ci init` does
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub ci: Option<crate::ci::Provider>,
    /// Where the workflow publishes tagged versions: `pypi`, or the upload address of an index
    #[arg(long, value_name = "pypi|URL", default_value = "pypi", requires = "ci")]
    pub to: String,
    /// Ask nothing
    #[arg(short, long)]
    pub yes: bool,
}

/// The names of the templates, each with what it is.
fn templates() -> impl TypedValueParser<Value = &'static Template> {
    let values = TEMPLATES.iter().map(|template| PossibleValue::new(template.name).help(template.about));
    PossibleValuesParser::new(values).map(|name| named(&name).unwrap_or(&TEMPLATES[0]))
}

/// Arguments of `port`.
#[derive(Debug, Args)]
#[command(
    after_help = "The schema is a schema.json, or what the app's backend answers to `/nodes`. The functions have `todo!()` bodies."
)]
pub struct PortArgs {
    /// Schema to read
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,
    /// Nodes by their ids, or the last parts of these [default: all]
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub node: Vec<String>,
    /// Make a new package
    #[arg(long, value_name = "NAME", required_unless_present = "into", conflicts_with = "into")]
    pub new: Option<String>,
    /// Give the types of choices names of the new package, which cannot clash with those of the nodes they come from
    #[arg(long)]
    pub own_types: bool,
    /// Directory to make [default: the name]
    #[arg(long, value_name = "DIR", requires = "new")]
    pub path: Option<PathBuf>,
    /// Depend on a checkout of chainner-sdk instead of the published crate
    #[arg(long, value_name = "DIR", requires = "new")]
    pub sdk_path: Option<PathBuf>,
    /// Write one file for a package that is there already
    #[arg(long, value_name = "FILE.rs")]
    pub into: Option<PathBuf>,
    /// Write over the file
    #[arg(long, requires = "into")]
    pub force: bool,
}

/// Which package a command works on.
#[derive(Debug, Args)]
pub struct OnePackage {
    /// Package of the workspace by name, or the path of a package directory
    #[arg(short, long, value_name = "NAME|PATH")]
    pub package: Option<String>,
}

/// Which packages a command works on.
#[derive(Debug, Args)]
pub struct Packages {
    /// Packages of the workspace by name, or the paths of package directories
    #[arg(short, long, value_name = "NAME|PATH", num_args = 1..)]
    pub package: Vec<String>,
    /// All node packages of the workspace
    #[arg(long, conflicts_with = "package")]
    pub all: bool,
}

/// How cargo compiles.
#[derive(Debug, Clone, Default, Args)]
pub struct CargoOptions {
    /// Compile with the dev profile, as `cargo test` does
    #[arg(long, help_heading = "Compilation")]
    pub debug: bool,
    /// Assert that Cargo.lock stays as it is
    #[arg(long, help_heading = "Compilation")]
    pub locked: bool,
    /// Do not use the network
    #[arg(long, help_heading = "Compilation")]
    pub offline: bool,
    /// Both `--locked` and `--offline`
    #[arg(long, help_heading = "Compilation")]
    pub frozen: bool,
    /// Directory for what cargo makes
    #[arg(long, value_name = "DIR", help_heading = "Compilation")]
    pub target_dir: Option<PathBuf>,
    /// Number of parallel compilations
    #[arg(short, long, value_name = "N", help_heading = "Compilation")]
    pub jobs: Option<String>,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
#[command(
    after_help = "One package: DIR/<wheel> and DIR/schema.json. Several: DIR/<wheel> and DIR/<module>/schema.json of each."
)]
pub struct BuildArgs {
    /// Which packages.
    #[command(flatten)]
    pub packages: Packages,
    /// Directory for wheels and schemas [default: dist of the workspace]
    #[arg(long, visible_alias = "out-dir", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Systems to build for, by Rust's names; on glibc 2.17 and later, or on later than X.Y with `.X.Y` behind the name
    /// [default: this machine, and systems as new as this]
    #[arg(long, value_name = "TRIPLE", num_args = 1..)]
    pub target: Vec<String>,
    /// Build for Linux (glibc, musl), macOS and Windows
    #[arg(long, conflicts_with = "target")]
    pub all_targets: bool,
    /// Build the wheel without native code, which shows the nodes on all systems and runs none; alone, or beside those of the targets
    #[arg(long)]
    pub schema_only: bool,
    /// Put a list of the crates that the library is made of into the wheel (CycloneDX)
    #[arg(long)]
    pub sbom: bool,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `sdist`.
#[derive(Debug, Args)]
#[command(
    after_help = "Crates that the package depends on by path are packed with it. What cargo resolves from the archive is checked."
)]
pub struct SdistArgs {
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// Directory for the file [default: dist of the workspace]
    #[arg(long, visible_alias = "out-dir", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also build the wheel from what was packed
    #[arg(long)]
    pub verify: bool,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Of several packages or schemas, ids and type names that more than one of them claims are found too."
)]
pub struct CheckArgs {
    /// Check a schema.json, or what the app answers to `/nodes`, instead of packages
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["package", "all"])]
    pub schema: Vec<PathBuf>,
    /// What the app answers to `/nodes`: whether nodes that replace others fit them
    #[arg(long, value_name = "FILE", conflicts_with = "schema")]
    pub app: Option<PathBuf>,
    /// Which packages.
    #[command(flatten)]
    pub packages: Packages,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Code of a message, e.g. `CH0126`; without it, all codes are listed
    pub code: Option<String>,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
#[command(
    after_help = "Nodes are called in a process of their own: images of all shapes, ends of ranges, all choices, odd texts, missing files. \
                  Each finding comes with the smallest case that shows it, and the command that runs it again.\n\nWhat a node is meant \
                  to do is allowed in Cargo.toml:\n\n    [package.metadata.chainner.test]\n    allow = [{ node = \"film_lab:print:now\", \
                  code = \"CH0811\", reason = \"tells the time\" }]"
)]
pub struct TestArgs {
    /// Only these nodes, by their functions or ids
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub node: Vec<String>,
    /// Where random cases start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Random cases of each node, after those that are always tried
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub cases: usize,
    /// Only this case of one node: its number, or values as JSON, e.g. '{"amount": 0}'
    #[arg(long, value_name = "CASE", requires = "node")]
    pub case: Option<String>,
    /// Seconds that a node may take for one call [default: 10, with `--debug` 60]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<f64>,
    /// Leave out `cargo test`
    #[arg(long)]
    pub no_cargo: bool,
    /// Leave out the wheel
    #[arg(long)]
    pub no_wheel: bool,
    /// Which packages.
    #[command(flatten)]
    pub packages: Packages,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// A time that is worth waiting for.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.1..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("expected a number of seconds from 0.1 to 3600".to_owned()),
    }
}

/// Arguments of `dev`.
#[derive(Debug, Args)]
#[command(
    after_help = "Linked environments (`python -m chainner_sdk link`) show the package while this runs, before an installed one of that name. \
                  An app that runs already takes each good build at the next run of a node; a changed schema it shows after a restart, and \
                  is told here as `diff` tells it. A build that fails changes nothing. Ctrl-C ends it, and leaves nothing behind.\n\n\
                  Watched are the package, the crates that it takes from this machine, Cargo.toml and Cargo.lock; not what cargo or editors \
                  make beside them."
)]
pub struct DevArgs {
    /// Interpreters of linked environments [default: the active environment, .venv, the app's own, `python3`]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub python: Vec<PathBuf>,
    /// Data folders of the app, for the Python that it keeps
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub chainner: Vec<PathBuf>,
    /// Compile with the release profile [default: the dev profile]
    #[arg(long, conflicts_with = "debug", help_heading = "Compilation")]
    pub release: bool,
    /// Look at the files instead of waiting for the system to tell, on disks that cannot
    #[arg(long)]
    pub poll: bool,
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
#[command(
    after_help = "Images have the channels of the declaration, other inputs what a new node has. Times are medians, beside half the \
                  distance of their quartiles; `MP/s` counts the input or output that has the most pixels. Copies are those that the SDK \
                  makes: for arguments of type `Image`, and by `to_image`, `clone` and `from_samples`; views of arrays and returned \
                  images need none. Memory is by how much the process grows in the first call, results included.\n\nShortest times \
                  are compared; what seems slower is measured three times more before it counts."
)]
pub struct BenchArgs {
    /// Only these nodes, by their functions or ids
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub node: Vec<String>,
    /// Sizes of the images: 720p, 1080p, 4k, 8k, a side, or WIDTHxHEIGHT [default: 512,1080p,4k]
    #[arg(long, value_name = "SIZE", value_delimiter = ',', num_args = 1..)]
    pub size: Vec<crate::bench::Size>,
    /// Fewer calls, and without `--size` only 512
    #[arg(long)]
    pub quick: bool,
    /// Write what was measured to a file, for `--baseline`
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Compare with what was saved
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Fail if a node takes more than so many times as long as in the baseline, e.g. 1.25
    #[arg(long, value_name = "RATIO", requires = "baseline", allow_negative_numbers = true, value_parser = crate::bench::ratio)]
    pub fail_over: Option<f64>,
    /// Seconds that a node may take for one call
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub time_limit: f64,
    /// Which packages.
    #[command(flatten)]
    pub packages: Packages,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The files
    #[arg(value_name = "WHEEL", required = true)]
    pub wheels: Vec<PathBuf>,
    /// Also judge whether PyPI takes them
    #[arg(long)]
    pub pypi: bool,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `metadata`.
#[derive(Debug, Args)]
#[command(
    after_help = "Compiles only if pip dependencies are declared in Rust. With --out, a directory NAME-VERSION.dist-info is made: \
                        METADATA, entry_points.txt and licences, as they will be in the wheel."
)]
pub struct MetadataArgs {
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// Write all files that are known before the build to a new directory in DIR
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
#[command(
    after_help = "A package is a schema.json, a wheel, a package directory, or the newest wheel of an index: index:NAME, or \
                        index:NAME@VERSION. Indexes are read without Python, by PEP 503 and PEP 691.\n\nThe version number is that of the wheel or of Cargo.toml.\n\n--fix says in the \
                        sources what keeps saved chains whole after nodes, inputs or choices were renamed or moved: their ids and values as they were."
)]
pub struct DiffArgs {
    /// The package that saved chains were made with
    pub old: String,
    /// The package that is to follow [default: the package here]
    pub new: Option<String>,
    /// Where wheels are published, for `index:NAME`: a directory, or an address such as `https://pypi.org/simple`
    #[arg(long, value_name = "DIR|URL")]
    pub index: Option<String>,
    /// Version of OLD, if it is a schema.json
    #[arg(long, value_name = "VERSION")]
    pub old_version: Option<semver::Version>,
    /// Version of NEW, if it is a schema.json
    #[arg(long, value_name = "VERSION")]
    pub new_version: Option<semver::Version>,
    /// Write ids and values that keep saved chains whole into the sources of NEW, and compare again
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: print what would be written, as a patch
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// Fail if there is a change of this level or above, whatever the version
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub deny: Option<crate::diff::Level>,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `docs`.
#[derive(Debug, Args)]
#[command(
    after_help = "The site is files only: it can be opened from a disk, or put below any address. Nodes are called with samples that the tool \
                  makes, in a process of their own, as `run` calls them; those that work on sequences, need files or act on more than their \
                  outputs are not.\n\nFor CI: write the site to a directory that is committed (`--out docs`), and let `--check` tell when it \
                  is no longer what the package gives (exit code 1)."
)]
pub struct DocsArgs {
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// Directory for the site: new, empty, or its own [default: chainner/docs/NAME in the target directory]
    #[arg(long, visible_alias = "out-dir", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; fail if the site is not what the package gives now, and list the files
    #[arg(long)]
    pub check: bool,
    /// Do not call nodes; show no results
    #[arg(long, conflicts_with = "check")]
    pub no_images: bool,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}

/// Arguments of `publish`.
#[derive(Debug, Args)]
#[command(
    after_help = "Everything is judged before the first byte is sent. Tokens are taken by the program that uploads, from its own variables \
                  (UV_PUBLISH_TOKEN; TWINE_USERNAME and TWINE_PASSWORD) or the keyring.\n\nA directory becomes an index of plain files, \
                  which pip and uv read from any web server, or from file://."
)]
pub struct PublishArgs {
    /// Wheels and source distributions [default: those of the package's version in dist]
    #[arg(value_name = "DIST")]
    pub dist: Vec<PathBuf>,
    /// Where to: PyPI, the upload address of an index, or a directory
    #[arg(long, value_name = "pypi|URL|dir:PATH")]
    pub to: String,
    /// Do all but write and send, and say what would be
    #[arg(long)]
    pub dry_run: bool,
    /// Leave out files whose names the index has already
    #[arg(long)]
    pub skip_existing: bool,
    /// What uploads [default: uv, or else twine]
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub uploader: Option<crate::publish::Program>,
    /// Where the files of an upload address can be seen, which uv needs to leave out what is there
    #[arg(long, value_name = "URL", requires = "skip_existing")]
    pub check_url: Option<String>,
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
}

/// Arguments of `bundle`.
#[derive(Debug, Args)]
#[command(
    after_help = "The bundle holds the wheels, those of what they need (fetched by pip), that of chainner-sdk, an index, hashes, a list of \
                  parts (CycloneDX), and a README with the commands that install it. The same wheels give the same bytes."
)]
pub struct BundleArgs {
    /// Wheels [default: those of the packages' versions in dist]
    #[arg(value_name = "WHEEL", conflicts_with_all = ["package", "all"])]
    pub wheels: Vec<PathBuf>,
    /// What to write: a file that ends with `.zip`, or a new directory
    #[arg(short, long, value_name = "FILE.zip|DIR")]
    pub out: PathBuf,
    /// Python of the site
    #[arg(long, value_name = "VERSION", default_value = "3.11", value_parser = crate::bundle::python_version)]
    pub python_version: String,
    /// Systems of the site [default: those of the wheels]
    #[arg(long, value_name = "PLATFORM", value_delimiter = ',', num_args = 1.., value_enum)]
    pub platform: Vec<crate::bundle::Platform>,
    /// Wheel of chainner-sdk [default: made of the checkout that the package depends on, or fetched]
    #[arg(long, value_name = "FILE")]
    pub sdk_wheel: Option<PathBuf>,
    /// Which packages.
    #[command(flatten)]
    pub packages: Packages,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
bash:        cargo chainner completions bash > ~/.local/share/bash-completion/completions/cargo-chainner, and source it from ~/.bashrc
zsh:         cargo chainner completions zsh > ~/.zfunc/_cargo-chainner, in a directory of $fpath
fish:        cargo chainner completions fish > ~/.config/fish/completions/cargo-chainner.fish
powershell:  cargo chainner completions powershell >> $PROFILE")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: crate::completions::ShellName,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write the pages of all commands into a directory, e.g. `~/.local/share/man/man1`
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Arguments of `doctor`.
#[derive(Debug, Default, Args)]
#[command(after_help = "Exit code 1: something has to be mended. What is printed can be pasted into a report.")]
pub struct DoctorArgs {
    /// Interpreters to look at [default: the active environment, .venv, the app's own, `python3`]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub python: Vec<PathBuf>,
    /// Leave out what is not there and not needed for everything
    #[arg(long)]
    pub brief: bool,
}

/// The commands below `ci`.
#[derive(Debug, Subcommand)]
pub enum CiCommand {
    /// Write the workflow of a CI system
    Init(CiInitArgs),
    /// Tell whether the workflow still fits the packages
    Check(CiCheckArgs),
}

/// Arguments of `ci init`.
#[derive(Debug, Args)]
#[command(
    after_help = "GitHub: .github/workflows/package.yml. GitLab: .gitlab-ci.yml. Tags that start with `v` are published; PyPI trusts \
                  the workflow itself, other indexes take a secret `INDEX_TOKEN`."
)]
pub struct CiInitArgs {
    /// What the workflow does.
    #[command(flatten)]
    pub workflow: crate::ci::Arguments,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// Print the workflow instead of writing it
    #[arg(long, conflicts_with = "force")]
    pub print: bool,
}

/// Arguments of `ci check`.
#[derive(Debug, Args)]
#[command(after_help = "Exit code 1: the workflow does not fit, or there is none.")]
pub struct CiCheckArgs {
    /// The workflow [default: those that `ci init` writes]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(
    override_usage = "cargo chainner run [OPTIONS] NODE [FILES]... [--INPUT VALUE]... [-o FILE]...\n       \
                      cargo chainner run [OPTIONS] NODE --help\n       cargo chainner run [OPTIONS]",
    after_help = "Options of this list stand before NODE. Without NODE, the nodes are listed."
)]
pub struct RunArgs {
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
    /// Node by its function or id, then its own arguments
    #[arg(value_name = "NODE", trailing_var_arg = true, allow_hyphen_values = true, num_args = 0..)]
    pub command: Vec<OsString>,
}

/// What has to be known before the command line is understood: how to tell that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Early {
    /// When colours are used, if it is said.
    pub color: Option<ColorChoice>,
    /// How messages are told.
    pub format: MessageFormat,
    /// How much is said.
    pub verbosity: Verbosity,
}

impl Early {
    /// Looks for the global options as they are usually written. What is no value of theirs is left to clap to refuse.
    pub fn of(arguments: &[OsString]) -> Self {
        let words: Vec<&str> = arguments.iter().skip(1).filter_map(|word| word.to_str()).collect();
        let value = |option: &str| {
            words.iter().enumerate().find_map(|(index, word)| match word.strip_prefix(option)? {
                "" => words.get(index + 1).copied(),
                rest => rest.strip_prefix('='),
            })
        };
        let has = |options: [&str; 2]| words.iter().any(|word| options.contains(word));
        Self {
            color: value("--color").and_then(|word| ColorChoice::from_str(word, false).ok()),
            format: value("--message-format")
                .and_then(|word| MessageFormat::from_str(word, false).ok())
                .unwrap_or_default(),
            verbosity: if has(["-q", "--quiet"]) { Verbosity::Quiet } else { Verbosity::Normal },
        }
    }
}

/// The command line without the `chainner` that cargo passes to its subcommands.
pub fn arguments(mut all: Vec<OsString>) -> Vec<OsString> {
    if all.get(1).is_some_and(|first| first == "chainner") {
        all.remove(1);
    }
    all
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    /// The rows of the table of commands.
    fn rows(command: &clap::Command, path: &str) -> Vec<String> {
        let below = command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
        let row = |command: &clap::Command| {
            let path = format!("{path} {}", command.get_name());
            match command.has_subcommands() {
                true => rows(command, &path),
                false => {
                    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                    vec![format!("| `{path}` | {about} |")]
                }
            }
        };
        below.flat_map(row).collect()
    }

    #[test]
    fn the_readme_lists_the_commands_as_the_help_does() {
        let readme = include_str!("../README.md");
        let table = readme.split_once("|---|---|\n").and_then(|(_, rest)| rest.split_once("\n\n")).expect("a table").0;
        let rows = rows(&Cli::command(), "cargo chainner").join("\n");
        assert_eq!(table, rows, "the first table of cargo-chainner/README.md is\n{rows}");
        let readme = include_str!("../../README.md");
        for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let name = command.get_name();
            let named = [format!("`cargo chainner {name}"), format!(", `{name}`")];
            assert!(named.iter().any(|named| readme.contains(named)), "the README of the workspace lacks `{name}`");
        }
    }

    #[test]
    fn the_readme_explains_every_line_of_json_and_exit_code() {
        fn sources(directory: &std::path::Path, text: &mut String) {
            for entry in std::fs::read_dir(directory).expect("there").flatten() {
                let path = entry.path();
                match path.is_dir() {
                    true => sources(&path, text),
                    false if path.extension().is_some_and(|extension| extension == "rs") => {
                        *text += &std::fs::read_to_string(path).expect("readable");
                    }
                    false => {}
                }
            }
        }
        let readme = include_str!("../README.md");
        let mut text = String::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        let calls = ["record(\"", "result(\"", "record(\n", "result(\n", "\"reason\": \""];
        let mut reasons = std::collections::BTreeSet::new();
        for call in calls {
            for rest in text.split(call).skip(1) {
                let rest = rest.trim_start().trim_start_matches('"');
                let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
                reasons.extend(word.starts_with("chainner-").then_some(word));
            }
        }
        assert!(reasons.len() >= 16, "{reasons:?}");
        for reason in reasons {
            assert!(readme.contains(&format!("| `{reason}` |")), "the README lacks `{reason}`");
        }
        for code in crate::codes::Code::ALL {
            assert!(
                readme.contains(&format!("\n| {} | ", code.exit().code())),
                "the README lacks the exit code of {code}"
            );
        }
    }

    #[test]
    fn cargo_s_own_word_is_left_out() {
        let parse = |words: &[&str]| Cli::try_parse_from(arguments(words.iter().map(Into::into).collect()));
        for words in [&["cargo-chainner", "chainner", "schema"][..], &["cargo-chainner", "schema"]] {
            assert!(matches!(parse(words).expect("valid").command, Command::Schema(_)), "{words:?}");
        }
    }

    #[test]
    fn the_format_is_known_before_the_rest_is_understood() {
        let early = |words: &[&str]| {
            let words: Vec<OsString> = ["cargo-chainner"].iter().chain(words).map(Into::into).collect();
            Early::of(&words)
        };
        assert_eq!(early(&["check", "--message-format", "json", "--nonsense"]).format, MessageFormat::Json);
        assert_eq!(early(&["run", "grain", "--message-format=json"]).format, MessageFormat::Json);
        assert_eq!(early(&["check", "--message-format", "jason"]).format, MessageFormat::Human);
        assert_eq!(early(&["--color=never", "-q"]).color, Some(ColorChoice::Never));
        assert_eq!(early(&["--color=never", "-q"]).verbosity, Verbosity::Quiet);
        assert_eq!(early(&["run", "paint", "--color", "red"]).color, None);
    }

    #[test]
    fn what_follows_the_node_is_the_node_s() {
        let words = ["cargo-chainner", "run", "-p", "film-lab", "vignette", "a.png", "--amount", "-2", "-p", "--help"];
        let Command::Run(run) = Cli::try_parse_from(words).expect("valid").command else { panic!("not run") };
        assert_eq!(run.package.package.as_deref(), Some("film-lab"));
        assert_eq!(run.command, ["vignette", "a.png", "--amount", "-2", "-p", "--help"]);
    }
}
