//! `new`: writes a package that builds, from a template inside the tool.
//!
//! | file | noun |
//! |---|---|
//! | `name.rs` | names of packages |
//! | `question.rs` | what is asked on a terminal |
//! | `render.rs` | templates with their placeholders filled in |
//! | `directory.rs` | where the package goes |

mod directory;
mod name;
mod question;
mod render;

use std::{
    io,
    path::{Path, PathBuf},
};

use anyhow::Result;
use chainner_templates::{MINIMAL, TEMPLATES, Template};
use serde_json::json;

use crate::{ci, cli::NewArgs, shell::Shell};

pub(crate) use directory::{check_directory, write};
pub(crate) use name::{check_name, title};
pub(crate) use render::{Blanks, File, alone, rendered, sdk_dependency};

/// Writes a new package.
///
/// # Errors
/// The name is no package name, the directory is not empty, or the file system refuses. Nothing is left half written.
pub fn run(args: &NewArgs, shell: &Shell) -> Result<()> {
    let (name, template) = asked(args)?;
    check_name(&name)?;
    let workflow = args.ci.map(|provider| ci::Arguments::new(provider, &args.to)).transpose()?;
    let directory = args.path.clone().unwrap_or_else(|| PathBuf::from(&name));
    check_directory(&directory)?;
    let sdk = sdk_dependency(args.sdk_path.as_deref())?;
    let blanks = Blanks { name: &name, sdk: &sdk };
    let mut files = rendered(template, blanks);
    let workspace = alone(&directory, &mut files)?;
    write(&directory, &files)?;
    if let Some(workflow) = workflow {
        ci::write(workflow, &directory.join("Cargo.toml"), shell)?;
    }
    tell(template, blanks, &directory, workspace.as_deref(), shell)
}

/// What the command line says, and what it leaves to be asked.
fn asked(args: &NewArgs) -> Result<(String, &'static Template)> {
    if let Some(name) = &args.name {
        return Ok((name.clone(), args.template.unwrap_or(usual())));
    }
    if args.yes || !question::is_answered() {
        return Err(question::nobody().into());
    }
    let (mut answers, mut terminal) = (io::stdin().lock(), io::stderr().lock());
    let name = question::name(&mut answers, &mut terminal)?;
    let template = match args.template {
        Some(template) => template,
        None => question::template(&mut answers, &mut terminal)?,
    };
    Ok((name, template))
}

/// The template that is used when none is named.
pub(crate) fn usual() -> &'static Template {
    &TEMPLATES[0]
}

/// The template with the least in it.
pub(crate) fn bare() -> &'static Template {
    &MINIMAL
}

/// Says how to make the package a member of the workspace around it.
pub(crate) fn tell_of_workspace(workspace: Option<&Path>, shell: &Shell) {
    if let Some(workspace) = workspace {
        shell.text(format_args!(
            "It stands alone: to make it a member of the workspace in {}, add it to `members` there and take `[workspace]` out of its \
             Cargo.toml.",
            workspace.display()
        ));
    }
}

fn tell(
    template: &Template,
    blanks: Blanks<'_>,
    directory: &Path,
    workspace: Option<&Path>,
    shell: &Shell,
) -> Result<()> {
    let shown = directory.display();
    let (name, nodes) = (blanks.name, template.nodes.join(", "));
    let s = if template.nodes.len() == 1 { "" } else { "s" };
    shell.status(
        "Created",
        format_args!("`{name}` in {shown} (template {}: {} node{s}, {nodes})", template.name, template.nodes.len()),
    );
    tell_of_workspace(workspace, shell);
    let next = next(template, blanks, directory);
    shell.text(format_args!("\nNext:\n    {}", next.join("\n    ")));
    let keys =
        || json!({"path": directory, "name": name, "template": template.name, "nodes": template.nodes, "next": next});
    Ok(shell.result("chainner-created", keys, "")?)
}

/// The next three commands.
fn next(template: &Template, blanks: Blanks<'_>, directory: &Path) -> [String; 3] {
    let directory = directory.display().to_string();
    let quoted = if directory.contains(' ') { format!("\"{directory}\"") } else { directory };
    let (test, build) = match template.is_workspace {
        true => ("cargo test --workspace", "cargo chainner build --all"),
        false => ("cargo test", "cargo chainner build"),
    };
    let test = format!("cd {quoted} && {test}");
    match template.run {
        Some(run) => [test, format!("cargo chainner run {}", blanks.fill(run)), build.to_owned()],
        None => [test, build.to_owned(), "pip install dist/*.whl".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_commands_fit_the_template() {
        let next = |template: &Template, directory: &str| {
            next(template, Blanks { name: "film-lab", sdk: "" }, Path::new(directory)).join("; ")
        };
        assert_eq!(
            next(usual(), "film-lab"),
            "cd film-lab && cargo test; cargo chainner run grain photo.png -o out.png; cargo chainner build"
        );
        let template = |name| chainner_templates::named(name).expect("there");
        assert_eq!(
            next(template("custom-type"), "my nodes/film-lab"),
            "cd \"my nodes/film-lab\" && cargo test; cargo chainner build; pip install dist/*.whl"
        );
        assert!(next(template("workspace"), "x").contains("run -p film-lab-tone levels "));
    }
}
