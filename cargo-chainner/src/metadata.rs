//! `metadata`: what a package's wheel will say of it, without building the wheel. What `pip` and `uv` ask before they build.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde_json::json;

use crate::{
    build,
    cli::{CargoOptions, MetadataArgs},
    codes::Code,
    describe::Described,
    error::Failure,
    manifest,
    project::{self, NodePackage},
    shell::Shell,
    wheel::{Metadata, dist_info},
};

/// Prints `METADATA` on stdout, or writes the directory and prints its path.
///
/// # Errors
/// Cargo.toml says what metadata cannot, the package does not compile, or the directory is there already.
pub fn run(args: &MetadataArgs, manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let package = project::one(args.package.package.as_deref(), manifest, &args.cargo)?;
    let metadata = of(&package, &args.cargo, shell)?;
    let Some(out) = &args.out else {
        let text = metadata.render().map_err(build::wheel_failure)?;
        let keys = || json!({"package": package.name(), "metadata": text});
        return Ok(shell.result("chainner-metadata", keys, &text)?);
    };
    let directory = write(&metadata, out)?;
    shell.status("Wrote", directory.display());
    let keys = || json!({"package": package.name(), "path": directory});
    Ok(shell.result("chainner-metadata", keys, format_args!("{}\n", directory.display()))?)
}

/// The metadata of a package's wheel.
///
/// # Errors
/// Cargo.toml says what metadata cannot, or the package has to be compiled and does not.
pub fn of(package: &NodePackage, options: &CargoOptions, shell: &Shell) -> Result<Metadata> {
    let metadata = manifest::metadata(package).map_err(build::in_words)?;
    if has_no_dependencies(package) {
        return Ok(metadata);
    }
    let described = Described::new(package.clone(), options, shell)?;
    Ok(metadata.requiring(&described.description.requirements))
}

/// Whether the sources leave no doubt that nothing is required.
fn has_no_dependencies(package: &NodePackage) -> bool {
    matches!(package.sources.packages.as_slice(), [only] if only.stray.is_none() && !only.has_dependencies)
}

/// Writes beside, then gives the directory its name.
fn write(metadata: &Metadata, out: &Path) -> Result<PathBuf> {
    let files = dist_info::known_before_the_build(metadata).map_err(build::wheel_failure)?;
    let directory = out.join(metadata.dist_info());
    if directory.symlink_metadata().is_ok() {
        let message = format!("`{}` is there already", directory.display());
        return Err(Failure::new(Code::FileExists, message)
            .help("remove it, or choose another place with `--out`")
            .into());
    }
    let refused = |error| Failure::unwritable(&directory, &error);
    fs::create_dir_all(out).map_err(refused)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".metadata-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `create_dir` asks for; the umask takes its share. Temporary directories are private by default.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let temporary = builder.tempdir_in(out).map_err(refused)?;
    for (path, contents) in files {
        let path = temporary.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(out)).map_err(refused)?;
        fs::write(path, contents).map_err(refused)?;
    }
    fs::rename(temporary.path(), &directory).map_err(refused)?;
    Ok(directory)
}
