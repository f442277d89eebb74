//! Files and directories: a box with a browse button.

use crate::{
    declare::{InputOptions, Kind},
    enforce::{DirectorySpec, FileSpec, InputSpec},
    error::Mismatch,
    value::{DirPath, FilePath, Value},
};

use super::{NodeInput, OptionalInput};

macro_rules! paths {
    ($($path:ident: $kind:ident($spec:ident), $what:literal;)*) => {$(
        impl NodeInput<'_> for $path {
            const KIND: Kind = Kind::$kind;

            fn declare(options: &InputOptions) -> InputSpec {
                InputSpec::$kind($spec::new(options))
            }

            fn take(value: &Value<'_>) -> Result<Self, Mismatch> {
                match value {
                    Value::Path(path) => Ok(Self(path.clone())),
                    other => Err(Mismatch::new($what, other)),
                }
            }
        }

        impl OptionalInput<'_> for $path {}
    )*};
}

paths! {
    FilePath: File(FileSpec), "the path of a file";
    DirPath: Directory(DirectorySpec), "the path of a directory";
}
