//! What is to be built: which libraries, for which systems, and who links them.

use anyhow::Result;

use crate::{
    cli::BuildArgs,
    compile::{self, Linker, Target},
    project::NodePackage,
};

/// The wheels to build of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// The systems, that of this machine first, each with who links for it.
    pub(super) targets: Vec<(Target, Linker)>,
    /// Whether the wheel without native code is built, too.
    pub(super) schema_only: bool,
    /// Whether wheels list what they are made of.
    pub(super) sbom: bool,
}

impl Plan {
    /// What the command line asks for.
    ///
    /// # Errors
    /// A target is unknown, or nothing at hand can compile or link for it.
    pub(super) fn new(args: &BuildArgs, package: &NodePackage) -> Result<Self> {
        let mut wanted = if args.all_targets { Target::all() } else { Vec::new() };
        for text in &args.target {
            let target = Target::parse(text)?;
            if !wanted.contains(&target) {
                wanted.push(target);
            }
        }
        let host = Target::host()?;
        wanted.sort_by_key(|target| target.triple() != host.triple());
        let targets = match wanted.as_slice() {
            [] if args.schema_only => Vec::new(),
            [] => vec![(host, Linker::Cargo)],
            wanted => {
                compile::require_standard_libraries(package, wanted)?;
                let found = wanted.iter().map(|target| Ok((target.clone(), Linker::find(package, target)?)));
                found.collect::<Result<_>>()?
            }
        };
        Ok(Self { targets, schema_only: args.schema_only, sbom: args.sbom })
    }
}
