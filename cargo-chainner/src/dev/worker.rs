//! One build, in a process of its own: whatever the compiler, the package or this tool does there, the session goes on.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    build,
    cli::{CargoOptions, OnePackage},
    compile::{self, Linker, Target},
    error::Failure,
    manifest, project, schema,
    shell::Shell,
    wheel::{self, Extension, archive::Entry},
};

/// Name of the hidden command that is the process.
pub const SUBCOMMAND: &str = "__dev";

/// What was built.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Build {
    /// Which build of the session.
    pub number: u64,
    /// Name of the package.
    pub name: String,
    /// Name of the module.
    pub module: String,
    /// Version of the package, as cargo spells it.
    pub version: String,
    /// Directory of the module.
    pub directory: PathBuf,
    /// Digest of the library: equal ones are the same code.
    pub digest: String,
    /// The schema.
    pub schema: Value,
    /// Number of nodes.
    pub nodes: usize,
}

/// Builds the package, and writes its module into a directory, as it is in a wheel, and into `reply` what was built.
///
/// # Errors
/// As `build`: the package does not compile, is not sound, or cannot be written.
pub fn run(args: &Args, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let metadata = manifest::metadata(&package).map_err(build::in_words)?;
    let host = Target::host()?;
    let built = compile::library_for(&package, &host, &Linker::Cargo, &args.cargo, shell)?;
    let described = build::describe(&package, &built.library, &args.cargo, shell)?;
    let described = build::checked(described, shell)?;
    let extension = Extension::read(&built.library, host.architecture()).map_err(build::wheel_failure)?;

    let schema = schema::canonical(&described.description.schema)?;
    let module =
        wheel::module(&metadata, &described.description, &schema, Some(&extension)).map_err(build::wheel_failure)?;
    let mut digest = Sha256::new();
    for Entry { path, contents, .. } in module {
        digest.update(&contents);
        let path = args.out.join(path);
        let directory = path.parent().unwrap_or(&args.out);
        // Nobody looks here before all of it is there.
        fs::create_dir_all(directory)
            .and_then(|()| fs::write(&path, contents))
            .map_err(|error| Failure::unwritable(&path, &error))?;
    }
    let build = Build {
        number: args.number,
        name: package.name().to_owned(),
        module: package.module(),
        version: package.package.version.to_string(),
        directory: args.out.join(package.module()),
        digest: digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
        nodes: described.description.nodes.len(),
        schema: described.description.schema,
    };
    let reply = serde_json::to_vec(&build)?;
    Ok(fs::write(&args.reply, reply).map_err(|error| Failure::unwritable(&args.reply, &error))?)
}

/// Arguments of the hidden command.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which build it is.
    pub number: u64,
    /// Directory to write the module into.
    pub out: PathBuf,
    /// File for the reply.
    pub reply: PathBuf,
    /// Which package.
    #[command(flatten)]
    pub package: OnePackage,
    /// How to compile.
    #[command(flatten)]
    pub cargo: CargoOptions,
}
