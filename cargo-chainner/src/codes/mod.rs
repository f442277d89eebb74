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
    /// Publishing was refused, or broke off.
    Unpublished,
    /// Cargo failed, and has said why.
    Cargo,
    /// It was stopped, by Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The number the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Unpublished => 4,
            Self::Cargo => 101,
            Self::Interrupted => 130,
        }
    }
}

/// An example of each code, in a section of its own.
const EXAMPLES: &str = include_str!("examples.md");

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
    SchemaFile = "CH0011", Usage, "not a schema",
        "`check --schema` reads the `schema.json` of a package, or what the app answers to `/nodes`: both are JSON objects with lists \
         `nodes` and `categories`.";
    UnknownCode = "CH0012", Usage, "no such code",
        "`explain` takes a code as messages show it in brackets, and without one lists them all.";
    Usage = "CH0020", Usage, "the command line was not understood",
        "A command, an option or a value is not one that the tool knows, or one that it needs is missing. `--help` behind a command \
         lists what it takes.";
    Unreadable = "CH0021", Failure, "a file cannot be read",
        "The file is not there, may not be read, or is not what it should be. The message has the path and the system's reason.";
    Unwritable = "CH0022", Failure, "a file cannot be written",
        "The directory may not be written to, or the disk is full. Files are written beside their place and then renamed: what was \
         there before is still there.";
    NotStarted = "CH0023", Failure, "a program cannot be started",
        "The tool starts cargo, and itself to load packages. The message names the program and the system's reason.";
    Bug = "CH0024", Failure, "the tool itself stumbled",
        "Something went wrong inside the tool that it has no better word for. It is not your package's fault.";

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
        "The layout is the tree of inputs as the node shows them. Each input stands in it once: the app refuses all nodes when one \
         stands there twice or does not exist, and nobody ever sees one that is left out.";
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
    DefinitionSyntax = "CH0141", Rejected, "type definitions that do not parse",
        "`typeDefinitions` of an input is a text of `let`, `struct`, `enum` and `def`. The app reads those of all nodes before it shows \
         any: one mistake, and there are no nodes at all.";
    Intrinsic = "CH0142", Rejected, "an intrinsic in type definitions",
        "Intrinsics are functions that the app itself computes. A package cannot bring one, and the app refuses all nodes when one \
         tries.";
    TypeSyntax = "CH0143", Rejected, "a type that does not parse",
        "Types are expressions of the app's type language, Navi, as text or as JSON. The app reads them all when it loads the nodes; one \
         that it cannot read makes it refuse all nodes.";
    UnknownType = "CH0144", Rejected, "a type that names what is not there",
        "An expression names a type, struct, field or function that neither the app nor any `typeDefinitions` define, or an input that \
         the node does not have: inputs are `Input0`, `Input1`, … by their id.";
    TypeMistake = "CH0145", Rejected, "a type that cannot be evaluated",
        "The expression can be read, but not computed: a field outside of its type, an argument that the function does not take, a \
         `match` that leaves values over. The app refuses all nodes.";
    NeverType = "CH0146", Rejected, "a type without values",
        "`never` is the type that nothing has. An input of that type could never be connected, so the app takes it for a mistake and \
         refuses all nodes.";
    OnlyError = "CH0147", Rejected, "an output that can only be an error",
        "The app splits `Error` off the type of an output and shows its message. When nothing else is left, it refuses all nodes.";
    CyclicType = "CH0148", Rejected, "types that need each other",
        "The types of inputs may refer to other inputs, and those of outputs to inputs and other outputs, as long as there is an order in \
         which they can be evaluated.";
    Adapt = "CH0149", Rejected, "an `adapt` that leaves values over",
        "`adapt` makes a type of the stored value, which is a number or a text, whatever the input takes. Its `match` has to have an arm for \
         both.";
    UnknownKind = "CH0150", Rejected, "a kind that the app does not know",
        "Nodes, inputs, outputs and groups are of the kinds that the app can draw. An unknown one of nodes, inputs or groups makes it refuse \
         all nodes, one of outputs crashes it when the node is drawn; unknown words for styles are ignored.";
    GroupRule = "CH0151", Rejected, "a group that holds what it must not",
        "Each kind of group of the layout has its rule. `conditional`: one item or more. `required`: optional inputs of kind `generic`. \
         `optional-list`: optional inputs. `seed`: exactly one `number`. `linked-inputs`: two or more inputs, equal in all but id, label, \
         description and placeholder. `icon-set`: choices in the style `checkbox`, and a label. `menu-icon-row`: `icon-set` groups and \
         choices in the style `icons`. `from-to-dropdowns`: exactly two choices. `ncnn-file-inputs`: exactly two files. The app refuses \
         all nodes when one is broken.";
    DuplicateGroupId = "CH0152", Rejected, "two groups of a layout have one id",
        "The app remembers by the id which optional inputs are revealed and which inputs are linked. Two groups with one id share that \
         memory.";
    ConditionType = "CH0153", Rejected, "a condition on a type that the app refuses",
        "The type in a condition is evaluated with the app's own names only: what `typeDefinitions` define is not there, and `never` is a \
         condition that is never true. The app refuses all nodes.";
    KeyInfo = "CH0154", Rejected, "what the header of a collapsed node cannot show",
        "`keyInfo` of kind `enum` names a choice, one of kind `number` a number or slider, one of kind `type` has an expression that is \
         always a text. Anything else throws when the header is drawn.";
    SequenceType = "CH0155", Rejected, "a sequence that is none",
        "`sequenceType` of an iterator is `Sequence`, or a `Sequence` with a `length` of 0 or more, which may refer to inputs. The app \
         refuses all nodes when it cannot be evaluated; of another type, it takes it and never iterates.";
    IteratorCount = "CH0156", Rejected, "iterators that do not fit the kind of the node",
        "A generator has one iterator of outputs, a collector one of inputs, a transformer one of each, and a regular node none.";
    IteratorMember = "CH0157", Rejected, "an iterator over what is not there",
        "An iterator names the inputs or outputs that it iterates over by their ids, at least one, and its own id is 0.";
    Fused = "CH0158", Rejected, "an input fused with an output that is not there",
        "`fused` draws the handle of an output on the row of an input. When the output does not exist, the row has no handle.";
    Suggestion = "CH0159", Rejected, "a suggestion that sets what is not there",
        "A suggestion makes a node from words of a search with some inputs set, and may read a number from the words into an input of kind \
         `number`. What it sets has to be an input.";
    NodeFeature = "CH0160", Rejected, "a feature that the package does not list",
        "The app asks for the state of each feature of a node, and takes one without state for disabled: the node shows as unavailable and \
         does not run.";
    DuplicateFeature = "CH0161", Rejected, "two features have one id",
        "The app looks states of features up by the id alone, over all packages.";
    DefaultType = "CH0162", Rejected, "a default outside the type of its input",
        "A new node would start with a type error: the value it starts with is not within the input's own type.";
    OptionType = "CH0163", Rejected, "an option outside the type of its choice",
        "When the option is chosen, the input has the option's type, which has to be a part of the input's own. The app takes it, and then \
         shows an error at the input.";
    RangeType = "CH0164", Rejected, "numbers that can be typed, but that the type does not have",
        "The box of a number takes what `min`, `max` and `precision` say; its type says the same to the type language. Where they differ, \
         someone types a number, and the node shows an error.";
    HiddenReference = "CH0165", Rejected, "an input named where the app does not look",
        "The app evaluates a type anew when an input that it names changes. It does not look for names in spreads (`...Input0`), bodies of \
         local functions and assertions of `let`; a type that names an input only there stays as it was.";
    SampleOutput = "CH0166", Rejected, "an output that cannot be",
        "With the values a new node starts with, or with plain samples (images of several sizes, each option, the ends of each range), the \
         type of the output becomes `never`, and the node shows an error. If that is meant, say why: the app shows the reason.";
    UndefinedType = "CH0167", Rejected, "a type that no input defines",
        "The app learns types of packages from `typeDefinitions` of inputs only. A type of which no input of the package speaks is unknown \
         to it.";
    DuplicatePackage = "CH0168", Rejected, "two packages have one id",
        "The id of a package is the key of its settings. It is the name of the crate, with `_` for `-`.";
    Replacement = "CH0169", Rejected, "a node that cannot run in place of another",
        "With `link --replace`, chaiNNer runs this node where a saved chain names the one in `replaces`. Chains hold values and edges by the \
         ids of inputs and outputs, and requests by their places, so kinds, ids, places and options have to be those of the original. If \
         they are not, the app runs the original. `cargo chainner check --app nodes.json` compares with what the app answers to `/nodes`.";

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
    NodeStopped = "CH0213", Interrupted, "the node was stopped",
        "Ctrl-C asks a node that takes a `Context` to stop, and it has. Nothing was written. A second Ctrl-C ends the process at \
         once, as the first does with any other node.";
    ItemCount = "CH0214", Usage, "sequences of different lengths",
        "Each item has a value for each of the inputs that are sequences; those that are not given have the value of a new node in all items.";

    // CH03xx: `new`.
    BadName = "CH0301", Usage, "not a package name",
        "The name has to be one for cargo and, with `_` for `-`, one for a Python module.";
    NotEmpty = "CH0302", Usage, "the directory is not empty",
        "`new` writes into a directory of its own, and never over other files.";
    SdkPath = "CH0303", Usage, "no chainner-sdk there",
        "`--sdk-path` takes a checkout of chainner-sdk, or the directory of the crate `chainner-sdk` in it.";
    NoName = "CH0304", Usage, "no name for the new package",
        "`new` needs a name. It asks for one on a terminal, unless `--yes` or the variable `CI` says that nobody is there.";

    // CH04xx: `verify`.
    WheelNotZip = "CH0401", Rejected, "not a readable zip file",
        "A wheel is a zip file. One that ends too early, or is none, no installer takes.";
    WheelZipHeaders = "CH0402", Rejected, "the parts of the archive disagree",
        "A zip file names its entries twice: before their data, and in a directory at its end. Readers differ in what \
         they believe, so both say the same, without gaps between.";
    WheelDamaged = "CH0403", Rejected, "a file cannot be unpacked",
        "The data do not give the bytes that the checksum was made of.";
    WheelDuplicate = "CH0404", Rejected, "two entries have one name",
        "Which of them is installed depends on the installer; on Windows and macOS that goes for names that differ in \
         case only.";
    WheelPath = "CH0405", Rejected, "a path that leads elsewhere",
        "Entries are relative paths in UTF-8, with `/`, below the root of the wheel. Others lead out of it, or to \
         different places on different systems.";
    WheelCompression = "CH0406", Rejected, "a compression that not all installers know",
        "Wheels are deflated or stored. pip reads other methods, uv and PyPI do not.";
    WheelZipUpload = "CH0407", Rejected, "an archive that PyPI refuses",
        "PyPI takes only zip files that all readers read alike: no comments, no data descriptors, nothing behind the \
         end.";
    WheelBomb = "CH0408", Rejected, "the archive unpacks to far more than its size",
        "PyPI refuses archives of more than 64 MiB that unpack to fifty times their size.";
    WheelUnreadable = "CH0409", Failure, "the wheel cannot be read",
        "The file is not there, or may not be read.";
    WheelFileName = "CH0411", Rejected, "not the name of a wheel",
        "Installers read name, version and tags off the file name, which has five parts, or six with a build number, \
         between hyphens.";
    WheelFileNameForm = "CH0412", Rejected, "a file name that is not in its normal form",
        "Names are in lower case with `_`, versions as PEP 440 normalises them. PyPI refuses others, and `uv publish` \
         leaves them out.";
    WheelDistInfo = "CH0413", Rejected, "the `.dist-info` directory is not named after the file",
        "Installers look for `{name}-{version}.dist-info`, and for only one.";
    WheelName = "CH0414", Rejected, "file name and METADATA have different names",
        "The name in the file name is that of METADATA, or installers refuse the wheel.";
    WheelVersion = "CH0415", Rejected, "file name and METADATA have different versions",
        "The version in the file name is that of METADATA, or installers refuse the wheel.";
    WheelVersionForm = "CH0416", Rejected, "not a version of PEP 440",
        "Python's versions are not Cargo's: `1.0.0-alpha.1` is `1.0.0a1`.";
    WheelTags = "CH0421", Rejected, "file name and WHEEL have different tags",
        "Installers choose by the file name, other tools by WHEEL. Both list the same tags.";
    WheelPlatformUpload = "CH0422", Rejected, "a platform that PyPI does not take",
        "A `linux_x86_64` wheel runs where it was built. PyPI wants to know which systems it runs on: manylinux or \
         musllinux.";
    WheelRecord = "CH0431", Rejected, "RECORD is missing or cannot be read",
        "RECORD lists every file with its digest and size, as comma-separated values.";
    WheelDigest = "CH0432", Rejected, "RECORD has another digest",
        "The file was changed after RECORD was written. Some installers check, pip does not.";
    WheelDigestForm = "CH0433", Rejected, "a digest in the wrong form",
        "Digests are sha256 or better, in URL-safe base64 without padding.";
    WheelRecordSize = "CH0434", Rejected, "RECORD has another size",
        "The file was changed after RECORD was written.";
    WheelUnlisted = "CH0435", Rejected, "RECORD does not list a file",
        "A file that RECORD does not list is not removed with the package.";
    WheelGhost = "CH0436", Rejected, "RECORD lists a file that is not there",
        "PyPI reports such wheels to their owners, and some installers refuse them.";
    WheelRecordPath = "CH0437", Rejected, "RECORD has a path with backslashes",
        "Paths have `/` on every system; with others, the file counts as not listed.";
    WheelRecordDirectory = "CH0438", Rejected, "RECORD lists a directory",
        "RECORD lists files only. PyPI reports such wheels to their owners.";
    WheelRecordTwice = "CH0439", Rejected, "RECORD lists a file twice",
        "Every file has one row in RECORD, and which of two counts depends on the installer.";
    WheelMetadata = "CH0441", Rejected, "METADATA is missing or not UTF-8",
        "METADATA says what the distribution is, in UTF-8.";
    WheelHeader = "CH0442", Rejected, "a broken field of METADATA",
        "A line break inside a value ends the fields: what follows, often the requirements, is silently lost.";
    WheelMetadataVersion = "CH0443", Rejected, "an unknown version of METADATA",
        "The first field says which version of the core metadata the file follows. PyPI takes 1.0 to 2.5.";
    WheelField = "CH0444", Rejected, "a field of METADATA is missing or twice there",
        "Name and version stand once, as do most fields.";
    WheelRequirement = "CH0445", Rejected, "a requirement that pip cannot read",
        "Requirements follow the dependency specifiers of PEP 508, e.g. `numpy>=1.24`.";
    WheelRequiresPython = "CH0446", Rejected, "`Requires-Python` cannot be read",
        "It is a list of version specifiers such as `>=3.10`.";
    WheelLicense = "CH0447", Rejected, "not an SPDX licence expression",
        "Since PEP 639, the licence is an expression of SPDX identifiers. PyPI refuses others.";
    WheelLicenseFile = "CH0448", Rejected, "a licence file is missing",
        "METADATA names a file that is not in the wheel. PyPI refuses the upload.";
    WheelContentType = "CH0449", Rejected, "the description is not of its type",
        "Without a content type, PyPI reads the description as reStructuredText. It knows Markdown, reStructuredText \
         and plain text.";
    WheelLocalVersion = "CH0451", Rejected, "a local version",
        "PyPI does not take versions with a `+`.";
    WheelDirectRequirement = "CH0452", Rejected, "a requirement that points to an address",
        "PyPI takes only requirements that can be found on PyPI.";
    WheelSummary = "CH0453", Rejected, "a summary that PyPI refuses",
        "The summary is one line of at most 512 characters.";
    WheelTwoLicenses = "CH0454", Rejected, "two statements of the licence",
        "`License-Expression` replaces `License` and the licence classifiers. PyPI refuses more than one kind.";
    WheelClassifier = "CH0455", Rejected, "an unknown classifier",
        "PyPI takes the classifiers of its list only.";
    WheelUrl = "CH0456", Rejected, "a malformed project address",
        "A `Project-URL` is a label of at most 32 characters, a comma and an address.";
    WheelMail = "CH0457", Rejected, "a malformed e-mail address",
        "E-mail addresses of authors and maintainers are written `Name <mail@example.com>`.";
    WheelFile = "CH0461", Rejected, "WHEEL is missing or cannot be read",
        "WHEEL says how the archive is to be installed.";
    WheelFormat = "CH0462", Rejected, "an unknown version of the format",
        "There is only version 1.0 of the format; installers refuse a higher major version.";
    WheelPurelib = "CH0463", Rejected, "compiled code in a pure wheel",
        "`Root-Is-Purelib: true` says that the files are the same for all systems. Compiled ones are not, and land in \
         the wrong directory on some.";
    WheelPureTag = "CH0464", Rejected, "compiled code for any platform",
        "The tag `any` lets pip install the wheel on systems whose interpreter cannot load it.";
    WheelScheme = "CH0465", Rejected, "an unknown directory below `.data`",
        "Installers refuse what they have no place for.";
    WheelEntryPoints = "CH0466", Rejected, "entry_points.txt cannot be read",
        "It has `[group]` lines and below each `name = package.module:object`, each name once.";
    WheelEntryPointTarget = "CH0467", Rejected, "an entry point that leads nowhere",
        "The module or object that it names is not in the wheel, so that loading it fails.";
    WheelJunk = "CH0471", Rejected, "a file that was left behind",
        "Caches, editors and systems leave files behind that no one needs installed.";
    WheelBinary = "CH0481", Rejected, "a library that cannot be loaded",
        "The file is named like an extension module, but it is not a whole library.";
    WheelInit = "CH0482", Rejected, "the module function is missing",
        "Python calls `PyInit_` and the name of the file. Without that function, the import fails.";
    WheelSuffix = "CH0483", Rejected, "a file name that Python does not import",
        "Python finds `.abi3.so` with any version, `.cpython-311-….so` with that one, `.pyd` on Windows.";
    WheelMachine = "CH0484", Rejected, "a library for another machine or system",
        "pip chooses by the tag, then the import fails.";
    WheelStableAbi = "CH0485", Rejected, "symbols outside the stable ABI of the tag",
        "`cp37-abi3` promises every CPython from 3.7 on. A symbol that came later, or is not part of the stable ABI, \
         breaks the promise.";
    WheelLibc = "CH0486", Rejected, "a newer C library than the tag promises",
        "`manylinux_2_17` promises glibc 2.17 and later. A symbol of a later one makes the import fail on older \
         systems.";
    WheelLinksPython = "CH0487", Rejected, "a link to the Python library",
        "Most interpreters come without `libpython`, and those that have it may load a second one.";
    WheelForeignLibrary = "CH0488", Rejected, "a link to a library that is not there",
        "Users have only the libraries that the tag promises, and those in the wheel.";
    WheelRunPath = "CH0489", Rejected, "a library path of the building machine",
        "An RPATH outside `$ORIGIN` points to nothing, or to what someone else put there.";
    WheelNotJudged = "CH0490", Rejected, "compiled code that was not judged",
        "The format was recognised, but its symbols and links were not looked at.";
    WheelCanonicalName = "CH0491", Rejected, "a name that chaiNNer does not find",
        "The app compares the names that pip prints, letter by letter, with lower-case names with hyphens.";
    WheelPackageEntryPoint = "CH0492", Rejected, "the package is not announced",
        "The app finds packages by their entry point of the group `chainner.packages`.";
    WheelPackageFile = "CH0493", Rejected, "a file of the package is missing",
        "A node package is `__init__.py`, its stub, `py.typed`, `schema.json` and, but for a wheel for all systems, `_native`.";
    WheelSchema = "CH0494", Rejected, "schema.json does not fit",
        "The app reads package, categories and nodes from it, and installs the packages it asks for.";
    WheelStray = "CH0495", Rejected, "a file that is not of the package",
        "Files beside the package are installed beside it, where they may hide or overwrite those of others.";
    WheelOldest = "CH0496", Rejected, "a newer system than the tag promises",
        "A library for macOS says for which version it is linked. On an older one it may not load, or fail when it calls what is not \
         there.";

    // CH05xx: `build` and `sdist`.
    SdistManifest = "CH0501", Failure, "a manifest that cannot stand alone",
        "A source distribution holds the package and the crates that it depends on by path. Their manifests are rewritten so that \
         they need nothing else of this machine; one of them cannot be.";
    SdistLock = "CH0502", Failure, "the locked versions do not fit",
        "A source distribution holds a Cargo.lock with the versions of the checkout, so that it builds tomorrow what was tested \
         today.";
    SdistRebuild = "CH0503", Failure, "the source distribution does not build",
        "What builds in the checkout does not build from the packed sources: usually a file is read that lies outside of the package, \
         or that `include` or `exclude` of Cargo.toml leaves out.";
    SdistPyproject = "CH0504", Failure, "no `pyproject.toml`",
        "pip, `python -m build` and uv read from `pyproject.toml` how a source distribution is built. Without it only cargo can.";
    UnknownTarget = "CH0511", Usage, "not a target",
        "`--target` takes Rust's name of a system and machine that Python has a platform tag for; with glibc, the oldest version that \
         the wheel is to run on can follow.";
    TargetMissing = "CH0512", Failure, "no standard library for a target",
        "To compile for another system, Rust needs its own standard library for that system. rustup installs it.";
    LinkerMissing = "CH0513", Failure, "no linker for a target",
        "To make a library for another system, or for an older glibc than that of this machine, another linker is needed. zig links for \
         all of them; it comes from PyPI, with `cargo-zigbuild`, which makes cargo use it.";
    Rustflags = "CH0514", Failure, "the compiler flags of cargo's configuration cannot be used",
        "What the wheel needs is added to the flags that the configuration of cargo and the environment give, which therefore have to be \
         read.";

    // CH06xx: `diff`.
    VersionTooLow = "CH0601", Failure, "the version number is too low",
        "Saved chains outlive versions. Changes that break them raise the first number of the version that is not zero, other \
         changes that users notice the one behind it.";
    ChangeDenied = "CH0602", Failure, "a change that `--deny` forbids",
        "The changes hold one of the level that the command line forbids, whatever the version number.";
    DiffSource = "CH0603", Usage, "nothing that could be compared",
        "`diff` takes a `schema.json`, a wheel, a package directory, or `index:NAME` for the newest wheel of an index.";
    NotASchema = "CH0604", Usage, "the file holds no schema",
        "A `schema.json` is an object with a list `nodes`. A wheel of a node package holds one in its module.";
    IndexUnreadable = "CH0605", Usage, "no index there",
        "`--index` takes a directory that holds wheels (side by side, or in one directory for each package, also below `simple/`), or the \
         address of an index, such as `https://pypi.org/simple`.";
    NotInIndex = "CH0606", Usage, "the index does not hold the package",
        "There is no wheel of that name, or none of that version, in the index.";
    FixTarget = "CH0607", Usage, "nothing that can be mended",
        "`diff --fix` writes into the sources of a package, so NEW is a package directory, or the package here.";
    FixFailed = "CH0608", Failure, "the sources could not be mended",
        "With the ids and values written into the sources, the package did not compile, or saved chains would still have lost what they \
         were written for. All files are as they were.";
    FixSource = "CH0609", Failure, "not found in the sources",
        "The function or enum that would have to say an id does not stand in the sources as it is compiled, for example because a macro \
         makes it.";

    // CH07xx: `port`.
    NoSchema = "CH0701", Usage, "not a schema",
        "`port` reads the schema.json of a package, or what the app's backend answers to `/nodes`.";
    NoSuchNode = "CH0702", Usage, "no such node in the schema",
        "`--node` takes the id of a node, or its last part where only one node has it.";
    FileExists = "CH0703", Usage, "the file is there already",
        "`port --into` writes a new file, and over one that is there only with `--force`; `metadata --out` makes a new directory.";
    NotPorted = "CH0704", Failure, "a node cannot be declared",
        "The schema says something of the node that no declaration in Rust gives. The message says what; the rest of the nodes is \
         written.";

    // CH08xx: what `test` finds.
    TestCrash = "CH0801", Rejected, "a node takes its process down",
        "The node ended the process it ran in: invalid memory access, an abort, an `exit`, a stack overflow. In the app it would take \
         the backend down, with everything that the artist has not saved.";
    TestHang = "CH0802", Rejected, "a node does not come to an end",
        "The node was still at work when its time was over. In the app the chain would stand still. `--time-limit` gives slow nodes more \
         time.";
    TestPanic = "CH0803", Rejected, "a node panics",
        "A panic reaches the artist as an error that tells nothing of what to do. Values that the declaration allows give a result, or an \
         error in words.";
    TestType = "CH0804", Rejected, "an output is not what it is declared as",
        "The type of the output, evaluated for the inputs of this very call, does not hold what came out. The app shows artists sizes that \
         are not real, and connects what cannot be connected.";
    TestTransposed = "CH0805", Rejected, "width and height of an output are swapped",
        "The image would be of its declared type if width and height changed places.";
    TestNan = "CH0806", Rejected, "a node makes NaN of finite samples",
        "All samples that went in were within 0..1, and some that came out were NaN. The SDK turns them into 0, which hides a division \
         by zero or the like: black holes in the image.";
    TestScale = "CH0807", Rejected, "samples are not on the scale 0..1",
        "With the values of a new node, most samples of an ordinary image are far above 1. The SDK clamps them, and the image comes out \
         white: the node computes on the scale 0..255.";
    TestEightBit = "CH0808", Rejected, "a node computes with 8 bits",
        "Samples between the 256 levels of 8 bits went in, and only multiples of 1/255 came out. Gradients that were smooth get bands.";
    TestOpacity = "CH0809", Rejected, "opacity is treated as a colour",
        "The fourth channel is the opacity. What is right for colours (gain, contrast, stretching) makes half-transparent parts opaque, or \
         drives opacity out of range.";
    TestInputChanged = "CH0810", Rejected, "a node changes its input",
        "The samples of an input were different after the call. They belong to the node upstream, and to all others that are connected to \
         it.";
    TestNotRepeatable = "CH0811", Rejected, "equal calls give different results",
        "The node was called with equal values, and gave another result. The app keeps results and reuses them, so the artist would see \
         either, by chance. Files and directories were the same in both calls.";
    TestThreads = "CH0812", Rejected, "the result depends on the number of threads",
        "One thread and four threads give different results, by more than the last digits of sums: artists with other computers get other \
         images.";
    TestLength = "CH0813", Rejected, "a sequence has another length than the node says",
        "The length that a generator tells, or the `length` of its declaration, is not the number of items that it gives. The app shows \
         progress by it, and nodes downstream may rely on it.";
    TestNothing = "CH0814", Rejected, "a node gave no result in any case",
        "The node refused or failed in all cases, so that the test says nothing about it. Perhaps it needs a file of a format of its own, \
         or values that fit each other.";
    TestWheel = "CH0815", Rejected, "the wheel does not work in a clean environment",
        "The wheel was built, and then installing it with pip into a fresh virtual environment, or importing it there, failed.";
    TestPython = "CH0816", Rejected, "a node does otherwise in Python",
        "The node gives another result when it is called from Python through the wheel than when it is called natively: for the same \
         values, or for an array that lies in memory in another way.";
    TestCase = "CH0817", Usage, "no such case",
        "`--case` takes the number of a case, or the values of inputs as a JSON object. Inputs that are left out have their initial values.";
    TestAllowed = "CH0818", Usage, "an entry of `[package.metadata.chainner.test]` that does not fit",
        "Findings that are meant to be are allowed in Cargo.toml, each with its node, its code and the reason.";

    // CH09xx: `publish`, `bundle`, and indexes.
    NothingToPublish = "CH0901", Failure, "nothing to publish",
        "`publish` and `bundle` take the files of the package's version from `dist`, where `cargo chainner build` puts them, or the files that \
         the command line names.";
    PublishDestination = "CH0902", Usage, "not a place to publish to",
        "`--to` takes `pypi`, the upload address of an index, or `dir:` and a directory. Names and passwords do not stand in it: they would be \
         seen in logs and lists of processes.";
    NotADistribution = "CH0903", Usage, "neither a wheel nor a source distribution",
        "Indexes hold wheels (`NAME-VERSION-PYTHON-ABI-PLATFORM.whl`) and source distributions (`NAME-VERSION.tar.gz`).";
    PublishMixture = "CH0904", Rejected, "files of several packages or versions",
        "What is published at once is one version of one package, so that either all of it is there or nothing. A stale file of an earlier \
         version in `dist` is the usual reason.";
    PublishDisagree = "CH0905", Rejected, "wheels of one version that are not alike",
        "The wheels of a version differ in their native code only. With other schemas, the same chain would mean different things on different \
         systems; with other requirements, resolvers that read one wheel for all install the wrong packages.";
    PublishSdist = "CH0906", Rejected, "a source distribution that is not sound",
        "A source distribution is NAME-VERSION.tar.gz with one directory NAME-VERSION, which holds PKG-INFO, `pyproject.toml` and the licence \
         files that PKG-INFO names. PyPI looks after the wheels are up, and then the release is half there.";
    PublishIncomplete = "CH0907", Rejected, "a system without a wheel",
        "Artists have no compiler: on a system without a wheel they cannot install the package. The app runs on Linux, Windows and macOS. Only \
         the lack of any wheel is an error.";
    PublishTaken = "CH0908", Unpublished, "the index has another file of that name",
        "A published file never changes: others have its hash in their lock files, and caches keep it. What is new has a new version number.";
    NoUploader = "CH0909", Failure, "no program that uploads",
        "Uploads are left to `uv publish` or `twine`, which know tokens, keyrings and trusted publishing. A directory is written without them.";
    UploadFailed = "CH0910", Unpublished, "the upload broke off",
        "The program that uploads has said why, above. Some of the files may be in the index.";
    IndexPage = "CH0911", Failure, "not the page of an index",
        "Indexes list their files in pages of HTML (PEP 503) or JSON (PEP 691) of version 1.";
    IndexUnreachable = "CH0912", Failure, "the index does not answer",
        "The server cannot be reached, does not know who asks, or has a fault of its own.";
    IndexHash = "CH0913", Failure, "a file is not what the index lists",
        "Indexes list the SHA-256 of each file, and the file that came has another.";
    BundleOut = "CH0921", Usage, "not a place for a bundle",
        "A bundle is a file that ends with `.zip`, which is replaced, or a directory that is not there yet or is empty.";
    BundlePlatform = "CH0922", Failure, "no wheel for a system of the site",
        "Each package of the bundle needs a wheel for each system of the site: `--platform` names them, or else they are those of the wheels.";
    BundleDependency = "CH0923", Failure, "a needed package cannot be fetched",
        "What the wheels require comes into the bundle, too: pip fetches it, and the site could not.";
    BundleSdk = "CH0924", Usage, "not a wheel of chainner-sdk",
        "`--sdk-wheel` takes the wheel of chainner-sdk, which shows the packages in the app.";

    // CH10xx: `docs`.
    DocsPlace = "CH1001", Usage, "not a place for the documentation",
        "`docs` writes to a directory that is new or empty, or to the site of the same package that it wrote before: `chainner-docs.json` \
         in it says which files are the tool's. Files of others are neither written over nor removed.";
    DocsStale = "CH1002", Failure, "the documentation is stale",
        "`docs --check` makes the site in memory and compares it with the one in the directory. A default, a range, a text or a result has \
         changed since it was written. Pictures that differ only by rounding count as equal.";
    DocsLink = "CH1003", Failure, "a link of the documentation that leads nowhere",
        "Documentation comments can link to nodes of the package and to addresses on the web. A path to a file means something else on each \
         site that shows the comment.";

    DocsExample = "CH1004", Failure, "an example that a node does not take",
        "`[package.metadata.chainner.docs]` says with which values nodes are shown, where defaults show little. The values are those of the \
         command line, by the names of the arguments; images are named after samples, and files lie in the package.";

    // CH13xx: `ci` and `doctor`.
    CiMissing = "CH1301", Failure, "no workflow of this tool",
        "`ci check` looks for what `ci init` wrote: `.github/workflows/package.yml` or `.gitlab-ci.yml` with the comment `chainner-ci`.";
    CiExists = "CH1302", Usage, "the workflow is there already",
        "`ci init` writes a new file, and over one that is there only with `--force`.";
    CiTarget = "CH1303", Usage, "no workflow builds for that",
        "The workflow builds for the systems that chaiNNer runs on, each on a machine that the CI system has.";
    CiDestination = "CH1304", Usage, "nothing that a workflow can hold",
        "Addresses, branches and paths stand in a text that is run as commands; what would mean something else there is refused. \
         Addresses are encrypted ones, unless they are of the machine itself.";
    CiSyntax = "CH1305", Failure, "the workflow cannot be read",
        "The workflow is no YAML, or the comment `chainner-ci` that says what it was made with is no longer as it was written.";
    CiUnpinned = "CH1306", Failure, "a part of the workflow is not pinned",
        "Actions and images run with the rights of the job. A tag can be moved to other code by whoever owns it, or has stolen it; a \
         commit cannot.";
    CiPermissions = "CH1307", Failure, "the workflow may do more than it needs",
        "Whatever a step runs, dependencies among it, has the permissions of its job. Only the job that publishes needs more than \
         reading: an identity (`id-token`), and to store signatures (`attestations`).";
    CiDrift = "CH1308", Failure, "the workflow does not fit the packages",
        "Targets, packages or the version of the tool are others than when the workflow was made.";
    CiEdited = "CH1309", Failure, "the workflow was edited",
        "It fits and is safe, but it is not what the tool would write. That may be meant.";
    RustMissing = "CH1321", Failure, "Rust is missing or too old",
        "Packages are compiled by rustc and cargo, of one installation and not older than the SDK and the package ask for.";
    NoLinker = "CH1322", Failure, "nothing links",
        "rustc compiles, and leaves linking to the C compiler of the system.";
    Pyo3Settings = "CH1323", Failure, "settings of pyo3 that build it anew",
        "pyo3 is built anew whenever a variable that names an interpreter comes or goes. `build` sets what it needs, so that nothing else \
         has to.";
    CargoSettings = "CH1324", Failure, "settings of cargo that hurt packages",
        "The configuration of cargo holds for everything below its directory. Some settings that suit programs make wheels that crash on \
         other machines, or take the app down.";
    PythonFeature = "CH1325", Failure, "a package that needs Python to be tested",
        "Node packages know nothing of Python: the half of the SDK that does is switched on when the wheel is built, and only then.";
    Environment = "CH1326", Failure, "an environment of the app with a problem",
        "The SDK's Python half examined the environment and found what keeps packages from working there.";
    NotInstalled = "CH1327", Failure, "something is not there",
        "It is needed for some commands only; the message says for which.";

    // CH14xx: `dev`.
    DevRunning = "CH1401", Failure, "the package is being developed already",
        "`dev` runs once for each package: two would build the same sources and hand their builds to the same apps. One that was killed \
         holds nothing any more.";
    DevNotLinked = "CH1402", Failure, "no linked environment",
        "An app takes what `dev` builds through the SDK's Python half, which has to be installed and linked where the app runs: \
         `python -m chainner_sdk link`. `dev` itself links nothing, so that it leaves nothing behind.";
    DevEnvironment = "CH1403", Failure, "an environment that does not answer, or is gone",
        "The interpreter of a linked environment is asked once, and the environment is looked after while `dev` runs. Without any \
         environment, nobody would see the builds.";
    DevWatch = "CH1404", Failure, "the sources cannot be watched",
        "The system tells `dev` when a source changes. It does so for a limited number of directories, and not on all disks: those \
         of networks and of virtual machines often cannot.";
    // CH15xx: `bench`.
    BenchSlower = "CH1501", Failure, "a node got slower",
        "Its shortest time is longer than that of the baseline by more than the ratio of `--fail-over`, and was so again each time that it \
         was measured anew.";
    BenchBaseline = "CH1502", Usage, "not a baseline",
        "`--baseline` takes a file that `bench --save` of this version of the tool wrote.";
    BenchMachine = "CH1503", Failure, "a baseline of another machine",
        "Times depend on the machine and on how the package was compiled. They are compared all the same; the ratio of a whole table tells \
         more about the machines than about the nodes.";
    BenchNothing = "CH1504", Failure, "nothing could be measured",
        "Nodes that need a file of the author's, or that fail with the values of a new node, are left out, and here these are all.";
    BenchGone = "CH1505", Failure, "a node of the baseline cannot be measured",
        "It was measured when the baseline was made, and now it fails, ends its process, or takes longer than the limit.";
}

impl Code {
    /// What it looks like, and how it should: Markdown, with code under `Wrong:` and `Right:`, or the fix in words.
    pub fn example(self) -> &'static str {
        let heading = format!("## {}\n", self.id());
        let section = EXAMPLES.split_once(&heading).map_or("", |(_, section)| section);
        section.split_once("\n## ").map_or(section, |(section, _)| section).trim()
    }

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
            assert!(code.explanation().split(' ').count() >= 6, "{code} is explained in too few words");
            assert_ne!(code.explanation().to_lowercase().trim_end_matches('.'), code.title().to_lowercase(), "{code}");
        }
    }

    #[test]
    fn every_code_has_an_example_or_a_fix() {
        for code in Code::ALL {
            let example = code.example();
            assert!(!example.contains("CH") || !example.contains("## CH"), "{code}");
            match example.split_once("\n\nRight:\n\n    ") {
                Some((wrong, right)) => {
                    let wrong = wrong.strip_prefix("Wrong:\n\n    ").unwrap_or_default();
                    assert!(!wrong.is_empty() && !right.is_empty() && wrong != right, "{code} has half an example");
                }
                None => {
                    let fix = example.strip_prefix("Fix: ").unwrap_or_default();
                    assert!(
                        fix.split(' ').count() >= 8,
                        "{code} needs a section in examples.md: `Wrong:` and `Right:`, or `Fix:`"
                    );
                }
            }
        }
        let headings = EXAMPLES.lines().filter_map(|line| line.strip_prefix("## "));
        assert!(
            headings.eq(Code::ALL.iter().map(|code| code.id())),
            "sections stand in the order of the codes, one for each"
        );
    }
}
