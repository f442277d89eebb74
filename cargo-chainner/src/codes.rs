//! The table of message codes: what each code stands for, and what the tool's exit code is when it ends with it.

use std::fmt;

/// How the tool ended, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Success,
    /// It could not be done.
    Failure,
    /// The command line asks for something that cannot be.
    Usage,
    /// A check found errors.
    Rejected,
    /// Cargo failed, and has said why.
    Cargo,
}

impl Exit {
    /// The number the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Cargo => 101,
        }
    }
}

macro_rules! codes {
    ($($variant:ident = $id:literal, $exit:ident, $title:literal, $explanation:literal;)*) => {
        /// A message code. Codes are stable: none changes its meaning, and one that goes is not used again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// All codes, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as it stands in messages, e.g. `CH0102`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What it stands for, in a few words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Why it is so, and what to do.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }

            /// How the tool ends when this stops it.
            pub const fn exit(self) -> Exit {
                match self { $(Self::$variant => Exit::$exit,)* }
            }
        }
    };
}

codes! {
    // CH00xx: the tool and the project.
    Failed = "CH0001", Failure, "something failed",
        "The operating system, cargo or a file stood in the way. The message says which, and why.";
    NoProject = "CH0002", Failure, "there is no Cargo package here",
        "The tool looks for `Cargo.toml` in the current directory and its parents, as cargo does. Go to the package, or name its \
         manifest with `--manifest-path`.";
    UnknownPackage = "CH0003", Usage, "no such package",
        "`-p` takes the name of a package of the workspace, or the path of a package directory.";
    WhichPackage = "CH0004", Usage, "several packages to choose from",
        "The workspace holds several node packages, and the command works on one. Name it with `-p`, or go to its directory.";
    NotANodePackage = "CH0005", Failure, "not a node package",
        "A node package is a library that depends on `chainner-sdk` and calls `package!` in its sources.";
    LibraryUnreadable = "CH0006", Failure, "the compiled package could not be loaded",
        "The package compiled, but the system could not load its library, usually because it links another library that is not \
         there.";
    LibraryCrashed = "CH0007", Failure, "the compiled package crashed",
        "The package ran in a process of its own and took that process down: unsafe code, an abort, or a stack overflow. The tool \
         itself is not affected.";
    LibraryVersion = "CH0008", Failure, "tool and package do not understand each other",
        "`cargo-chainner` and the `chainner-sdk` that the package depends on are of versions that do not fit. Upgrade the one that \
         the message names.";
    CargoFailed = "CH0009", Cargo, "cargo failed",
        "Cargo could not compile the package, or could not read its manifest. Its own messages stand above.";
    Wheel = "CH0010", Failure, "the wheel could not be made",
        "The package compiled, but what would be in the wheel is not sound. The message says what, and what to do.";

    // CH01xx: what `check` finds.
    PackageTwice = "CH0101", Rejected, "`package!` stands more than once",
        "A crate is one node package: it has one `package!`.";
    DuplicateNodeId = "CH0102", Rejected, "two nodes have one id",
        "Saved chains know nodes by their id, and the app keeps only one node of each.";
    DuplicateFunction = "CH0103", Rejected, "two nodes have one function name",
        "The name of the Rust function is the name in Python and on the command line, so it is unique in the package, whatever \
         modules the functions stand in.";
    UnlistedCategory = "CH0104", Rejected, "a category that `package!` does not list",
        "The app shows the categories that the package lists, in that order. A node elsewhere would not be found.";
    DefaultText = "CH0105", Rejected, "a default text does not fit its own length",
        "The text that a new node starts with has to be one that the input takes.";
    NoPackageMacro = "CH0106", Rejected, "the library holds no `package!`",
        "`package!` names the package and exports it from the library. It stands once, usually at the top of `src/lib.rs`, in a \
         module that is compiled.";
    NoNodes = "CH0107", Rejected, "the package has no nodes",
        "Either no function carries `#[node]`, or those that do are not compiled: their file is not a module of the crate, or a \
         `#[cfg(…)]` leaves them out.";
    NodeMissing = "CH0108", Rejected, "a `#[node]` function is not in the library",
        "A function of the sources carries `#[node]`, but the compiled package does not know it. Usually its file is no module of \
         the crate: `src/blur.rs` needs `mod blur;` in `src/lib.rs`.";
    ReservedId = "CH0110", Rejected, "an id with the prefix `chainner:`",
        "That prefix belongs to the nodes of the app itself. Ids start with the id of the package.";
    ForeignId = "CH0111", Rejected, "an id that does not start with the id of the package",
        "Ids are shared by all packages of an app. One that starts with the id of its package cannot meet another.";
    BadId = "CH0112", Rejected, "a malformed id",
        "Ids are words of lower-case letters, digits and `_`, separated by colons, e.g. `film_lab:light:vignette`.";
    DuplicateInputId = "CH0113", Rejected, "two inputs have one id",
        "Saved chains know inputs by their id, and the app refuses the whole package.";
    DuplicateOutputId = "CH0114", Rejected, "two outputs have one id",
        "Connections know outputs by their id, and the app refuses the whole package.";
    UnknownCategory = "CH0115", Rejected, "a node in an unknown category or group",
        "The app drops nodes whose group it does not know, without a word.";
    EmptyName = "CH0116", Rejected, "an empty name",
        "The app would show nothing where the name stands.";
    DuplicateLabel = "CH0117", Rejected, "two labels are the same",
        "Who sees the node could not tell them apart.";
    NoDescription = "CH0118", Rejected, "no description",
        "The first paragraph of a description is the tooltip, and what the search looks through.";
    SeeAlso = "CH0119", Rejected, "`see_also` names an unknown node",
        "The app leaves unknown ids out. Those of other packages cannot be checked and start with another package's id.";
    DuplicateCategory = "CH0120", Rejected, "two categories or groups have one id",
        "The id of a category is its name in lower case. Of two with the same id, the app knows only the last.";
    StockCategory = "CH0121", Rejected, "a category of the app itself",
        "Categories are shared by all packages. A category of the same name hides the app's own one.";
    ReservedPackage = "CH0122", Rejected, "a package name that the app reserves",
        "The app treats a package named `chaiNNer_standard` as its own.";
    Color = "CH0123", Rejected, "not a CSS colour",
        "Colours are CSS colours such as `#B7791F`.";
    Icon = "CH0124", Rejected, "an icon that the app does not have",
        "An icon is a single character, or a react-icons name of the families `Bs`, `Cg`, `Md` and `Im` (and a few of `Fa` and `Gi`), e.g. \
         `MdVignette`. The app draws a question mark for any other.";
    TypeName = "CH0125", Rejected, "a type name that is taken",
        "All packages and the app share one space of type names. Two definitions of one name make the app refuse all nodes.";
    Condition = "CH0126", Rejected, "a condition that the app refuses",
        "A condition asks a choice (or a `bool` without handle) of the same node for values it has. The app refuses the whole \
         package otherwise.";
    Layout = "CH0127", Rejected, "a layout that the app refuses",
        "Every input stands in the layout once, and each kind of group has rules about what may stand in it.";
    Range = "CH0128", Rejected, "a range without values",
        "The lower end of a range is not above its upper end, and a slider has both.";
    Default = "CH0129", Rejected, "a default that the input does not take",
        "The value that a new node starts with lies in the range, has the length, or is one of the choices.";
    TextLength = "CH0130", Rejected, "lengths of a text that nothing fits",
        "The least length is not above the greatest.";
    FileType = "CH0131", Rejected, "a malformed file type",
        "File types are in lower case and start with a dot, e.g. `.png`.";
    ChoiceStyle = "CH0132", Rejected, "a choice that cannot be drawn in its style",
        "A check box needs two variants, the first meaning yes; tabs of icons need an icon on each variant; the grid of anchors \
         needs nine.";
    DuplicateChoice = "CH0133", Rejected, "two variants are the same",
        "Saved chains hold the id of a variant, so it is unique in its choice.";
    NoChoices = "CH0134", Rejected, "a choice without variants",
        "There has to be something to choose.";
    NoDocs = "CH0135", Rejected, "an input without documentation",
        "The `///` on an argument is its help in the app, in Python and on the command line.";
    PassThrough = "CH0136", Rejected, "an output that passes an unknown input through",
        "`same_as` names an input of the same node.";
    BadShape = "CH0137", Rejected, "a schema that the app cannot read",
        "A key that the app needs is missing or of the wrong type.";
    Dependency = "CH0138", Rejected, "a dependency that pip or the app would not find",
        "The app compares names of distributions as they are, and pip prints them in lower case with hyphens.";
    NoOutputs = "CH0139", Rejected, "a node that does nothing",
        "A node without outputs and without side effects is never run.";
    Metadata = "CH0140", Rejected, "Cargo.toml says too little",
        "Description, licence and readme of Cargo.toml become those of the wheel.";

    // CH02xx: `run`.
    UnknownNode = "CH0201", Usage, "no such node",
        "Nodes are named by their Rust function, or by their id.";
    OutOfRange = "CH0202", Usage, "a value outside its range",
        "The app clamps such a value without a word; on the command line it is more likely a slip.";
    BadValue = "CH0203", Usage, "a value that the input does not take",
        "Each option takes the values that its help lists.";
    MissingValue = "CH0204", Usage, "a value is missing",
        "Inputs without a default have to be given.";
    TooManyFiles = "CH0205", Usage, "more files than image inputs",
        "Files without an option go to the image inputs, in order.";
    Outputs = "CH0206", Usage, "image outputs and `-o` do not match",
        "Each `-o` takes one image output, in order; `-o -` leaves one out.";
    Picture = "CH0207", Failure, "a picture could not be read or written",
        "PNG and JPEG files are read and written.";
    PictureFormat = "CH0208", Usage, "a picture that the format cannot hold",
        "JPEG has no opacity and 8 bits for each sample; PNG holds 8 or 16 bits, grey or colour, with or without opacity.";
    Refused = "CH0209", Usage, "the node does not take a value",
        "The value has the right form, but the node's declaration, or the type of its argument, refuses it.";
    NodeFailed = "CH0210", Failure, "the node gave no result",
        "The node itself says that it cannot do this with these values.";
    NodePanicked = "CH0211", Failure, "the node panicked",
        "This is a bug in the node. `RUST_BACKTRACE=1` shows where it comes from.";
    UnknownOption = "CH0212", Usage, "an option in the wrong place",
        "Options of `run` stand before the node, options of the node behind it.";

    // CH03xx: `new`.
    BadName = "CH0301", Usage, "not a package name",
        "The name has to be one for cargo and, with `_` for `-`, one for a Python module.";
    NotEmpty = "CH0302", Usage, "the directory is not empty",
        "`new` writes into a directory of its own, and never over other files.";
    SdkPath = "CH0303", Usage, "no chainner-sdk there",
        "`--sdk-path` takes a checkout of chainner-sdk, or the directory of the crate `chainner-sdk` in it.";
}

impl Code {
    /// The code with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_sorted() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].id() < pair[1].id()));
        assert!(Code::ALL.iter().all(|code| code.id().len() == 6 && Code::from_id(code.id()) == Some(*code)));
    }

    #[test]
    fn every_code_is_explained() {
        for code in Code::ALL {
            assert!(code.explanation().ends_with('.'), "{code}");
            assert!(!code.title().ends_with('.'), "{code}");
        }
    }
}
