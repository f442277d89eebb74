//! `port`: writes the declarations of nodes that a schema describes, as the start of a package in Rust.

mod names;
mod own;
mod package;
mod read;
mod recognise;
mod write;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde_json::json;

use crate::{
    cli::PortArgs,
    codes::Code,
    error::{Failure, did_you_mean},
    files, new,
    shell::{Level, Shell},
};

use package::Ported;
use read::{Node, Schema};

/// Writes a package, or a file, with a declaration of each node.
///
/// # Errors
/// The schema cannot be read, a node or the name is unknown, or something stands in the way. Nothing is left half written.
pub fn run(args: &PortArgs, shell: &Shell) -> Result<()> {
    let module = match (&args.new, &args.into) {
        (Some(name), _) => name.replace('-', "_"),
        (None, Some(file)) => module_around(file),
        (None, None) => return Ok(()),
    };
    let schema = Schema::read(&args.schema, args.own_types.then_some(module.as_str()))?;
    let nodes = chosen(&schema, &args.node)?;
    match (&args.new, &args.into) {
        (Some(name), _) => new_package(args, name, &schema, &nodes, shell),
        (None, Some(file)) => into_file(args, file, &schema, &nodes, shell),
        (None, None) => Ok(()),
    }
}

fn new_package(args: &PortArgs, name: &str, schema: &Schema, nodes: &[&Node], shell: &Shell) -> Result<()> {
    new::check_name(name)?;
    let directory = args.path.clone().unwrap_or_else(|| PathBuf::from(name));
    new::check_directory(&directory)?;
    let sdk = new::sdk_dependency(args.sdk_path.as_deref())?;
    let ported = ported(schema, nodes, &name.replace('-', "_"), shell)?;
    let title = new::title(name);
    let sources = ported.sources(&title).map_err(|refused| Failure::new(Code::NotPorted, refused.0))?;
    let readme = format!("# {title}\n\nNodes for [chaiNNer](https://chainner.app), written in Rust.\n");
    let mut files = new::rendered(new::bare(), new::Blanks { name, sdk: &sdk });
    files.retain(|file| !file.path.starts_with("src/") && !file.path.starts_with("tests/") && file.path != "README.md");
    files.push(new::File { path: "README.md".to_owned(), text: readme });
    let workspace = new::alone(&directory, &mut files)?;
    files.extend(sources.into_iter().map(|source| new::File { path: source.path, text: source.text }));
    new::write(&directory, &files)?;
    let shown = directory.display();
    shell.status("Created", format_args!("`{name}` in {shown}"));
    new::tell_of_workspace(workspace.as_deref(), shell);
    count(&ported, nodes.len(), shell);
    report(&ported, &directory, shell)?;
    let function = ported.first_function().unwrap_or_default();
    shell.text(format_args!(
        "\nNext:\n    cd {shown} && cargo check\n    cargo chainner schema\n    cargo chainner run {function} --help"
    ));
    Ok(())
}

fn into_file(args: &PortArgs, file: &Path, schema: &Schema, nodes: &[&Node], shell: &Shell) -> Result<()> {
    if file.symlink_metadata().is_ok() && !args.force {
        return Err(Failure::new(Code::FileExists, format!("`{}` is there already", file.display()))
            .help("add `--force` to write over it")
            .into());
    }
    let ported = ported(schema, nodes, &module_around(file), shell)?;
    let text = ported.file().map_err(|refused| Failure::new(Code::NotPorted, refused.0))?;
    files::write(file, text.as_bytes())?;
    shell.status("Wrote", file.display());
    count(&ported, nodes.len(), shell);
    report(&ported, file, shell)?;
    let module = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let categories: Vec<String> =
        ported.category_constants().into_iter().map(|name| format!("{module}::{name}")).collect();
    shell.text(format_args!(
        "\nNext: add `mod {module};` to src/lib.rs, and to `package!` the categories {}\n    cargo check\n    cargo chainner schema",
        categories.join(", ")
    ));
    Ok(())
}

/// The declarations; names the nodes that have none.
fn ported<'a>(schema: &'a Schema, nodes: &[&'a Node], module: &str, shell: &Shell) -> Result<Ported<'a>> {
    let ported = Ported::new(schema, nodes, module);
    if ported.len() == 0 {
        let why = ported.refused.first().map(|(id, why)| format!(": in `{id}`, {why}")).unwrap_or_default();
        return Err(Failure::new(Code::NotPorted, format!("no node can be declared{why}")).into());
    }
    for (id, why) in &ported.refused {
        let message = format!("`{id}` is left out: {why}");
        shell.message(Level::Warning, Some(Code::NotPorted), &message, &[], None);
    }
    Ok(ported)
}

/// What programs get of it.
fn report(ported: &Ported<'_>, path: &Path, shell: &Shell) -> Result<()> {
    let refused = ported.refused.iter().map(|(id, why)| json!({"node": id, "why": why})).collect::<Vec<_>>();
    let keys = || json!({"path": path, "nodes": ported.len(), "left_out": refused});
    Ok(shell.result("chainner-ported", keys, "")?)
}

fn count(ported: &Ported<'_>, all: usize, shell: &Shell) {
    let s = if all == 1 { "" } else { "s" };
    shell.status("Finished", format_args!("ported {} of {all} node{s}", ported.len()));
    if ported.has_new_ids() {
        shell.text(
            "Ids that start with `chainner:` are the app's own: the nodes have ids of the package, and the app's in a comment.",
        );
    }
}

/// The nodes asked for, in the order of the schema; all without a question.
fn chosen<'a>(schema: &'a Schema, wanted: &[String]) -> Result<Vec<&'a Node>, Failure> {
    let last = |node: &'a Node| node.schema_id.rsplit(':').next().unwrap_or_default();
    let mut asked = Vec::new();
    for word in wanted {
        let exact = schema.nodes.iter().find(|node| node.schema_id == *word);
        let short: Vec<&Node> = schema.nodes.iter().filter(|node| last(node) == word).collect();
        match (exact, short.as_slice()) {
            (Some(node), _) => asked.push(node.schema_id.as_str()),
            (None, [node]) => asked.push(node.schema_id.as_str()),
            (None, []) => {
                let ids = schema.nodes.iter().map(|node| node.schema_id.as_str());
                let near = did_you_mean(word, ids).or_else(|| {
                    let near = did_you_mean(word, schema.nodes.iter().map(last))?;
                    schema.nodes.iter().find(|node| last(node) == near).map(|node| node.schema_id.as_str())
                });
                let failure = Failure::new(Code::NoSuchNode, format!("the schema has no node `{word}`"));
                return Err(match near {
                    Some(near) => failure.help(format!("did you mean `{near}`?")),
                    None => failure.help(format!("it has {} nodes; `--node` takes their ids", schema.nodes.len())),
                });
            }
            (None, several) => {
                let ids: Vec<String> = several.iter().map(|node| format!("`{}`", node.schema_id)).collect();
                return Err(Failure::new(Code::NoSuchNode, format!("several nodes are called `{word}`"))
                    .help(format!("one of {}", ids.join(", "))));
            }
        }
    }
    Ok(schema.nodes.iter().filter(|node| wanted.is_empty() || asked.contains(&node.schema_id.as_str())).collect())
}

/// Module of the package that a file is in.
fn module_around(file: &Path) -> String {
    let file = env::current_dir().map(|here| here.join(file)).unwrap_or_else(|_| file.to_owned());
    let name = file.ancestors().skip(1).find_map(|directory| {
        let manifest = fs::read_to_string(directory.join("Cargo.toml")).ok()?;
        let package = manifest.split_once("[package]")?.1;
        let name = package.lines().find_map(|line| line.trim().strip_prefix("name")?.trim().strip_prefix('='))?;
        Some(name.trim().trim_matches('"').replace('-', "_"))
    });
    name.unwrap_or_else(|| "my_nodes".to_owned())
}
