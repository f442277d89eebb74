//! The author's project: the workspace as cargo tells it, and the node packages in it.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::Result;
use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package, Target, TargetKind};

use crate::{
    cli::{CargoOptions, Packages},
    codes::Code,
    error::{Failure, did_you_mean},
    new::title,
    sources::Sources,
};

/// Cargo name of the SDK.
const SDK: &str = "chainner-sdk";

/// A workspace, or a package that stands alone.
#[derive(Debug)]
pub struct Project {
    metadata: Metadata,
    /// Directory from which a package is chosen when none is named.
    here: PathBuf,
}

/// The one package that a command works on: the named one, that of the current directory, or the only one.
///
/// # Errors
/// There is no such package, it is no node package, or there are several.
pub fn one(wanted: Option<&str>, manifest: Option<&Path>, options: &CargoOptions) -> Result<NodePackage> {
    match wanted {
        Some(path) if is_path(path) => Project::at(Path::new(path), options)?.default(),
        Some(name) => {
            let named = Project::open(manifest, options).and_then(|project| project.named(name));
            match named {
                // A member of the workspace goes before a directory of the same name.
                Err(error) if is_unknown(&error) && Path::new(name).join("Cargo.toml").is_file() => {
                    Project::at(Path::new(name), options)?.default()
                }
                named => named,
            }
        }
        None => Project::open(manifest, options)?.default(),
    }
}

fn is_unknown(error: &anyhow::Error) -> bool {
    let code = error.downcast_ref::<Failure>().map(|failure| failure.code);
    matches!(code, Some(Code::UnknownPackage | Code::NoProject))
}

/// The packages that a command works on.
///
/// # Errors
/// As [`one`].
pub fn chosen(packages: &Packages, manifest: Option<&Path>, options: &CargoOptions) -> Result<Vec<NodePackage>> {
    if packages.all {
        let project = Project::open(manifest, options)?;
        let all = project.all();
        return if all.is_empty() { Err(project.no_node_package().into()) } else { Ok(all) };
    }
    if packages.package.is_empty() {
        return Ok(vec![one(None, manifest, options)?]);
    }
    let mut chosen: Vec<NodePackage> = Vec::new();
    for wanted in &packages.package {
        let package = one(Some(wanted), manifest, options)?;
        if chosen.iter().all(|other| other.package.id != package.package.id) {
            chosen.push(package);
        }
    }
    Ok(chosen)
}

/// Directory of the workspace that the tool was started in; the current directory if it was started in none.
///
/// # Errors
/// There is no current directory.
pub fn root(manifest: Option<&Path>, options: &CargoOptions) -> Result<PathBuf> {
    match Project::open(manifest, options) {
        Ok(project) => Ok(project.root().to_owned()),
        Err(_) => Ok(env::current_dir()?),
    }
}

/// Whether a package is named by its directory.
fn is_path(wanted: &str) -> bool {
    wanted.starts_with('.') || wanted.contains(['/', '\\'])
}

/// A package that may be a node package: a library that depends on chainner-sdk.
#[derive(Debug, Clone)]
pub struct NodePackage {
    /// The package as cargo tells it.
    pub package: Package,
    /// Directory of the workspace.
    pub workspace: PathBuf,
    /// Directory for what cargo makes.
    pub target_directory: PathBuf,
    /// Name by which the package depends on chainner-sdk.
    pub sdk: String,
    /// The library target.
    pub library: Target,
    /// What stands in its sources.
    pub sources: Sources,
}

impl Project {
    /// The project of a manifest, or of the current directory.
    ///
    /// # Errors
    /// There is none, or cargo cannot read it.
    fn open(manifest: Option<&Path>, options: &CargoOptions) -> Result<Self> {
        if let Some(manifest) = manifest
            && !manifest.is_file()
        {
            return Err(Failure::new(Code::NoProject, format!("there is no manifest `{}`", manifest.display()))
                .help("give the path of a `Cargo.toml`")
                .into());
        }
        let here = match manifest.and_then(Path::parent) {
            Some(directory) if directory.as_os_str().is_empty() => env::current_dir()?,
            Some(directory) => directory.to_owned(),
            None => env::current_dir()?,
        };
        Self::read(manifest, here, options)
    }

    /// The project of a package directory.
    fn at(directory: &Path, options: &CargoOptions) -> Result<Self> {
        let manifest = directory.join("Cargo.toml");
        if !manifest.is_file() {
            return Err(Failure::new(
                Code::UnknownPackage,
                format!("there is no package in `{}`", directory.display()),
            )
            .help("give the name of a package of the workspace, or a directory with a `Cargo.toml`")
            .into());
        }
        Self::read(Some(&manifest), directory.to_owned(), options)
    }

    fn read(manifest: Option<&Path>, here: PathBuf, options: &CargoOptions) -> Result<Self> {
        let mut command = MetadataCommand::new();
        command.features(CargoOpt::AllFeatures).no_deps();
        if let Some(manifest) = manifest {
            command.manifest_path(manifest);
        }
        if options.offline || options.frozen {
            command.other_options(vec!["--offline".to_owned()]);
        }
        match command.exec() {
            Ok(metadata) => Ok(Self { metadata, here: here.canonicalize().unwrap_or(here) }),
            Err(cargo_metadata::Error::CargoMetadata { stderr }) if stderr.contains("could not find `Cargo.toml`") => {
                Err(Failure::new(Code::NoProject, format!("there is no Cargo package in `{}`", here.display()))
                    .help("go to your package, or make one: `cargo chainner new film-lab`")
                    .into())
            }
            Err(cargo_metadata::Error::CargoMetadata { stderr }) => {
                let said = stderr.trim().trim_start_matches("error: ").to_owned();
                Err(Failure::new(Code::CargoFailed, said).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// All node packages of the workspace, by name.
    fn all(&self) -> Vec<NodePackage> {
        let mut all: Vec<NodePackage> = self
            .metadata
            .workspace_packages()
            .into_iter()
            .filter_map(|package| self.node_package(package).ok())
            .filter(|package| package.sources.may_be_a_package())
            .collect();
        all.sort_by(|one, other| one.package.name.cmp(&other.package.name));
        all
    }

    fn named(&self, wanted: &str) -> Result<NodePackage> {
        let members = self.metadata.workspace_packages();
        if let Some(package) = members.iter().find(|package| package.name.as_str() == wanted) {
            return Ok(self.node_package(package)?.with_nodes()?);
        }
        let names: Vec<&str> = members.iter().map(|package| package.name.as_str()).collect();
        let nodes = self.all();
        let known = if nodes.is_empty() { names.clone() } else { nodes.iter().map(NodePackage::name).collect() };
        let help = match did_you_mean(wanted, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the workspace holds {}", listed(&known)),
        };
        Err(Failure::new(Code::UnknownPackage, format!("there is no package `{wanted}` in the workspace"))
            .help(help)
            .into())
    }

    fn default(&self) -> Result<NodePackage> {
        let members = self.metadata.workspace_packages();
        let directory = |package: &Package| package.manifest_path.parent().map(|path| path.as_std_path().to_owned());
        let around = members
            .iter()
            .filter(|package| directory(package).is_some_and(|directory| self.here.starts_with(directory)))
            .max_by_key(|package| package.manifest_path.as_str().len());
        let at_root = self.here == self.root();
        match around {
            // At the root of a workspace, the other packages may be meant.
            Some(package) if !at_root || self.all().is_empty() => {
                return Ok(self.node_package(package)?.with_nodes()?);
            }
            Some(package) => {
                if let Ok(package) = self.node_package(package)
                    && package.sources.may_be_a_package()
                {
                    return Ok(package);
                }
            }
            None => {}
        }
        let mut all = self.all();
        match (all.pop(), all.len()) {
            (Some(only), 0) => Ok(only),
            (None, _) => Err(self.no_node_package().into()),
            (Some(last), _) => {
                all.push(last);
                let names: Vec<&str> = all.iter().map(NodePackage::name).collect();
                let message = format!("the workspace holds several node packages: {}", listed(&names));
                let help = format!("choose one: `-p {}`", names[0]);
                Err(Failure::new(Code::WhichPackage, message).help(help).into())
            }
        }
    }

    fn no_node_package(&self) -> Failure {
        Failure::new(Code::NotANodePackage, format!("there is no node package in `{}`", self.root().display()))
            .help("make one: `cargo chainner new film-lab`")
    }

    fn node_package(&self, package: &Package) -> Result<NodePackage, Failure> {
        let name = &package.name;
        let is_library = |target: &&Target| {
            let kinds =
                [TargetKind::Lib, TargetKind::RLib, TargetKind::CDyLib, TargetKind::DyLib, TargetKind::StaticLib];
            target.kind.iter().any(|kind| kinds.contains(kind))
        };
        let Some(library) = package.targets.iter().find(is_library) else {
            return Err(Failure::new(Code::NotANodePackage, format!("package `{name}` has no library"))
                .help("a node package has its nodes in `src/lib.rs` and the modules that this declares"));
        };
        let sdk = package
            .dependencies
            .iter()
            .find(|dependency| dependency.name == SDK && dependency.kind == DependencyKind::Normal);
        let Some(sdk) = sdk else {
            return Err(Failure::new(Code::NotANodePackage, format!("package `{name}` does not depend on {SDK}"))
                .help(format!("run `cargo add {SDK}`")));
        };
        let workspace = self.root().to_owned();
        let mut library = library.clone();
        library.name = library.name.replace('-', "_");
        Ok(NodePackage {
            sources: Sources::read(library.src_path.as_std_path(), &workspace),
            sdk: sdk.rename.clone().unwrap_or_else(|| sdk.name.clone()),
            target_directory: self.metadata.target_directory.as_std_path().to_owned(),
            package: package.clone(),
            workspace,
            library,
        })
    }
}

impl NodePackage {
    /// The package, if anything in its sources speaks of nodes.
    ///
    /// # Errors
    /// Nothing does.
    fn with_nodes(self) -> Result<Self, Failure> {
        if !self.sources.may_be_a_package() && self.sources.nodes.is_empty() {
            let message = format!("package `{}` calls no `package!`", self.name());
            return Err(Failure::new(Code::NotANodePackage, message).help(self.package_macro()));
        }
        Ok(self)
    }

    /// What to write for the package to be a node package.
    pub fn package_macro(&self) -> String {
        format!(
            "write at the top of `{}`:\n\n    package! {{\n        name: \"{}\",\n        description: \"What the nodes are for.\",\n        \
             icon: \"BsImage\",\n        color: \"#777777\",\n        categories: [],\n    }}\n",
            self.shown(self.library.src_path.as_std_path()),
            title(self.name()),
        )
    }

    /// Cargo name of the package.
    pub fn name(&self) -> &str {
        self.package.name.as_str()
    }

    /// Name of the Python module: the Cargo name with `_` for `-`.
    pub fn module(&self) -> String {
        self.name().replace('-', "_")
    }

    /// Directory of the package.
    pub fn directory(&self) -> &Path {
        self.package.manifest_path.parent().map_or(&self.workspace, |directory| directory.as_std_path())
    }

    /// A file of the package as messages name it: from the workspace on.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.workspace).unwrap_or(path).to_string_lossy().into_owned()
    }
}

/// `` `a`, `b` and `c` ``.
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
