//! The wheel: already known facts about a compiled package become one file that `pip` installs.
//!
//! Nothing here runs cargo, Python or the network. Who wants a wheel fills a [`Wheel`] and calls [`Wheel::write`]. The finished
//! file is read back and judged by [`verify`](crate::verify), as any other wheel is.
//!
//! | file | noun | document it follows |
//! |---|---|---|
//! | `version.rs` | version of the distribution | PEP 440 |
//! | `name.rs` | distribution, module and file-name component | PEP 503, PEP 625, binary distribution format |
//! | `requirement.rs` | pip requirements | PEP 508 (dependency specifiers) |
//! | `license.rs` | licence expression and licence files | PEP 639, SPDX |
//! | `metadata.rs` | `METADATA` | core metadata 2.4 |
//! | `platform.rs` | architectures and platform tags | PEP 600 (manylinux), PEP 656 (musllinux), PEP 425 |
//! | `extension.rs` | the built library, judged | – |
//! | `elf.rs` | what an ELF file (Linux) tells about itself | System V ABI, PEP 600 |
//! | `mach_o.rs` | what a Mach-O file (macOS) tells about itself | `mach-o/loader.h` |
//! | `pe.rs` | what a PE file (Windows) tells about itself | PE and COFF specification |
//! | `stable_abi.rs` | names of the stable ABI | PEP 384, PEP 652 |
//! | `python/` | `__init__.py` and `__init__.pyi` | PEP 484, PEP 561 |
//! | `dist_info.rs` | `WHEEL` and `entry_points.txt` | binary distribution format (PEP 427), entry points |
//! | `record.rs` | `RECORD` | PEP 376, PEP 627, RFC 4180 |
//! | `archive.rs` | the zip file | APPNOTE.TXT, reproducible-builds.org |
//! | `local_path.rs` | strings that must not leave this machine | – |
//! | `file.rs` | the whole: contents, file name, writing | binary distribution format |
//! | `error.rs` | what can go wrong | – |

pub(crate) mod archive;
pub(crate) mod dist_info;
pub(crate) mod elf;
mod error;
mod extension;
mod file;
#[cfg(test)]
mod fixture;
pub(crate) mod license;
mod local_path;
pub(crate) mod mach_o;
mod metadata;
mod name;
pub(crate) mod pe;
mod platform;
mod python;
pub(crate) mod record;
pub(crate) mod requirement;
pub(crate) mod stable_abi;
mod version;

pub use archive::Timestamp;
pub use error::WheelError;
pub use extension::Extension;
pub(crate) use extension::python_names;
pub(crate) use file::module;
pub use file::{Wheel, WrittenWheel};
pub use license::LicenseFile;
pub(crate) use license::license_expression;
pub use local_path::LocalPaths;
pub use metadata::Metadata;
pub use name::PackageName;
pub use platform::{Architecture, Platform, System};
pub use python::PythonSources;
pub(crate) use python::is_required;
pub use version::PythonVersion;
