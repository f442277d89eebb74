//! What can go wrong between the facts and the file.
//!
//! Every message says what is wrong and where, what was expected and what came; its last line, `help: …`, is the fix.

use std::io;
use std::path::PathBuf;

/// Why no wheel was made. No variant leaves a file behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WheelError {
    /// A Cargo version that Python cannot express.
    #[error(
        "version `{version}` has no counterpart in Python: expected `X.Y.Z`, or `X.Y.Z-` with `alpha.N`, `beta.N`, `rc.N` or \
         `dev.N`, found {found}\nhelp: write `version = \"{suggestion}\"` in Cargo.toml"
    )]
    Version {
        /// Version as in Cargo.toml.
        version: String,
        /// The part that has no counterpart.
        found: String,
        /// The nearest version that has one.
        suggestion: String,
    },

    /// A crate name that is no name of a distribution or of a Python module.
    #[error("package name `{name}` cannot name a Python package: {reason}\nhelp: set another `name` in Cargo.toml")]
    Name {
        /// Name as in Cargo.toml.
        name: String,
        /// Rule that it breaks.
        reason: &'static str,
    },

    /// A character in a metadata field that would end the field or hide text.
    #[error(
        "metadata field `{field}` holds the control character {character:?}: expected one line of text, found {value:?}\n\
         help: remove the character from Cargo.toml"
    )]
    ControlCharacter {
        /// Field of the METADATA file.
        field: &'static str,
        /// The character.
        character: char,
        /// The whole value.
        value: String,
    },

    /// A metadata value that the field cannot take.
    #[error("metadata field `{field}` is {value:?}: {reason}\nhelp: change it in Cargo.toml")]
    Field {
        /// Field of the METADATA file.
        field: &'static str,
        /// The value.
        value: String,
        /// Rule that it breaks.
        reason: &'static str,
    },

    /// A licence that is no SPDX expression.
    #[error("license {license:?} is not an SPDX expression: {reason}\nhelp: {help}")]
    License {
        /// Licence as in Cargo.toml.
        license: String,
        /// What the parser says.
        reason: String,
        /// The fix, with the likely expression if there is one.
        help: String,
    },

    /// A pip requirement that PyPI would refuse.
    #[error(
        "pip requirement {requirement:?} cannot be read: {reason}\nhelp: write it as pip takes it, e.g. `numpy>=1.24`"
    )]
    Requirement {
        /// Requirement as declared.
        requirement: String,
        /// Rule that it breaks.
        reason: &'static str,
    },

    /// Two licence files, or two other files, of one name.
    #[error("the wheel would hold `{file}` twice\nhelp: give the files different names")]
    DuplicateFile {
        /// Path inside the wheel.
        file: String,
    },

    /// A path that is not allowed inside a wheel.
    #[error(
        "`{file}` cannot be a path inside a wheel: expected relative, printable, `/`-separated components without `..`\n\
         help: rename or move the file"
    )]
    FilePath {
        /// The path.
        file: String,
    },

    /// The library could not be parsed.
    #[error("`{library}` is no readable shared library: {reason}\nhelp: build it again, the file may be cut short")]
    UnreadableLibrary {
        /// The library.
        library: PathBuf,
        /// What the parser says.
        reason: String,
    },

    /// A machine Python has no platform tag for.
    #[error(
        "`{library}` is built for {found}, for which there is no platform tag: expected one of {}\n\
         help: build for one of these targets",
        crate::wheel::platform::Architecture::NAMES
    )]
    UnsupportedMachine {
        /// The library.
        library: PathBuf,
        /// Its machine.
        found: String,
    },

    /// A library of another architecture than asked for.
    #[error(
        "`{library}` is built for {found}: expected {expected}\n\
         help: give the tool the library of this build, the one at hand may be of an earlier `--target`"
    )]
    Architecture {
        /// The library.
        library: PathBuf,
        /// Architecture asked for.
        expected: crate::wheel::platform::Architecture,
        /// Architecture of the file.
        found: crate::wheel::platform::Architecture,
    },

    /// No module initialisation function of the right name.
    #[error(
        "`{library}` does not export `{expected}`, which Python calls when it imports the file: found {}\n\
         help: build with `--crate-type cdylib` and `--features chainner-sdk/python`",
        list(found, "no `PyInit_…` at all")
    )]
    InitFunction {
        /// The library.
        library: PathBuf,
        /// Name of the function.
        expected: String,
        /// The functions of this kind that it does export.
        found: Vec<String>,
    },

    /// A link to the Python library, which users' interpreters may not have.
    #[error(
        "`{library}` links `{found}`: expected no link to Python, its symbols come from the running interpreter\n\
         help: build with `PYO3_BUILD_EXTENSION_MODULE=1`"
    )]
    LinksPython {
        /// The library.
        library: PathBuf,
        /// The linked library.
        found: String,
    },

    /// A link to a library that users' systems may not have.
    #[error(
        "`{library}` links `{found}`: expected only libraries that are on every system ({expected})\n\
         help: link `{found}` statically (look for a `vendored` or `static` feature of the crate that uses it)"
    )]
    ForeignLibrary {
        /// The library.
        library: PathBuf,
        /// The linked library.
        found: String,
        /// The libraries that are allowed.
        expected: &'static str,
    },

    /// A symbol version that promises nothing to anyone.
    #[error(
        "`{library}` needs the symbol version `{version}` of `{provider}`: expected a published version\n\
         help: find the crate that uses a private symbol, and use a public one"
    )]
    PrivateSymbolVersion {
        /// The library.
        library: PathBuf,
        /// Library that has the version.
        provider: String,
        /// The version.
        version: String,
    },

    /// A Python symbol that may be missing in other Python versions.
    #[error(
        "`{library}` uses {}, outside the stable ABI of Python 3.10: expected only names of the stable ABI\n\
         help: build with pyo3's feature `abi3-py310` and no higher one (`cargo tree -e features -i pyo3` shows who asks)",
        list(found, "")
    )]
    UnstableSymbols {
        /// The library.
        library: PathBuf,
        /// The symbols, sorted.
        found: Vec<String>,
    },

    /// A library search path that only makes sense here.
    #[error(
        "`{library}` searches libraries in {found:?} ({kind}): expected nothing, or a path relative to the library (`$ORIGIN`, `@loader_path`)\n\
         help: remove `-C link-arg=-Wl,-rpath…` from RUSTFLAGS, `.cargo/config.toml` and build scripts"
    )]
    RunPath {
        /// The library.
        library: PathBuf,
        /// `RPATH`, `RUNPATH` or `LC_RPATH`.
        kind: &'static str,
        /// The entry.
        found: String,
    },

    /// Two nodes that would be one Python function.
    #[error(
        "nodes `{first}` and `{second}` would both be the Python function `{function}`\n\
         help: rename one of the Rust functions"
    )]
    DuplicateFunction {
        /// Name in Python.
        function: String,
        /// Id of the one node.
        first: String,
        /// Id of the other node.
        second: String,
    },

    /// A Rust name that is no Python name.
    #[error("`{name}` of node `{node}` is not a name in Python\nhelp: rename it in Rust")]
    PythonName {
        /// The name.
        name: String,
        /// Id of the node.
        node: String,
    },

    /// A path of this machine inside the wheel.
    #[error(
        "`{file}` of the wheel holds the local path {found:?}, near {near:?}\n\
         help: build with `--remap-path-prefix` for it, or remove it from the sources"
    )]
    LocalPath {
        /// File inside the wheel.
        file: String,
        /// The forbidden string.
        found: String,
        /// The text around it.
        near: String,
    },

    /// `SOURCE_DATE_EPOCH` is no number of seconds.
    #[error("SOURCE_DATE_EPOCH is {value:?}: expected seconds since 1970 as a whole number\nhelp: correct or unset it")]
    SourceDateEpoch {
        /// The value.
        value: String,
    },

    /// The finished file is not what was to be written.
    #[error(
        "the finished wheel failed its check: {reason} ({code})\nhelp: this is a defect of cargo-chainner, please report it"
    )]
    Verification {
        /// The rule of `verify`.
        code: crate::codes::Code,
        /// What differs.
        reason: String,
    },

    /// The zip file could not be written or read back.
    #[error("the zip file of the wheel: {0}\nhelp: this is a defect of cargo-chainner, please report it")]
    Zip(#[from] zip::result::ZipError),

    /// The file system refused.
    #[error("`{path}`: cannot {action}: {source}\nhelp: check that the directory exists, is writable and has space")]
    Io {
        /// What was to be done.
        action: &'static str,
        /// File or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn list(names: &[String], none: &str) -> String {
    if names.is_empty() {
        return none.to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
