//! `completions` and `man`: what shells complete, and the manual, both made from the definition of the command line.
//!
//! Shells complete `cargo-chainner` by itself; the bridges beside this file make `cargo chainner` complete too, and the names of nodes,
//! which are read from the sources without compiling.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Command, CommandFactory as _, ValueEnum};
use serde_json::json;

use crate::{
    cli::{CargoOptions, Cli, CompletionsArgs, ManArgs, Packages},
    files, project,
    shell::{self, MessageFormat, Shell},
};

/// Name of the hidden command that lists the nodes for shells.
pub const NODES: &str = "__nodes";

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellName {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
}

/// Prints the completions of a shell on stdout.
///
/// # Errors
/// Stdout cannot be written to.
pub fn run(args: &CompletionsArgs, shell: &Shell) -> Result<()> {
    let script = script(args.shell);
    let name = args.shell.to_possible_value().map(|value| value.get_name().to_owned());
    Ok(shell.result("chainner-completions", || json!({"shell": name, "script": script}), &script)?)
}

/// The completions of a shell.
pub fn script(shell: ShellName) -> String {
    use clap_complete::aot::{Shell as Aot, generate};

    let (aot, bridge) = match shell {
        ShellName::Bash => (Aot::Bash, include_str!("bridge.bash")),
        ShellName::Zsh => (Aot::Zsh, ""),
        ShellName::Fish => (Aot::Fish, include_str!("bridge.fish")),
        ShellName::Powershell => (Aot::PowerShell, include_str!("bridge.ps1")),
    };
    let mut text = Vec::new();
    generate(aot, &mut shown(&named()), "cargo-chainner", &mut text);
    // clap_complete 4.6.11 names the cases of bash after `cargo-chainner` in two ways, of which one is never met.
    let text = String::from_utf8_lossy(&text).replace("cargo__subcmd__chainner__", "cargo__chainner__");
    format!("{text}{bridge}")
}

/// The command line under the name of the program.
fn named() -> Command {
    Cli::command().bin_name("cargo-chainner")
}

/// The command line without what people need not see: scripts would propose it.
fn shown(command: &Command) -> Command {
    let below = command.get_subcommands().filter(|command| !command.is_hide_set()).map(shown);
    let about = command.get_about().cloned().unwrap_or_default();
    Command::new(command.get_name().to_owned())
        .about(about)
        .disable_help_subcommand(true)
        .args(command.get_arguments().cloned())
        .groups(command.get_groups().cloned())
        .subcommands(below)
}

/// Prints the manual of a command, or writes those of all commands into a directory.
///
/// # Errors
/// The directory cannot be written to.
pub fn man(args: &ManArgs, shell: &Shell) -> Result<()> {
    let mut root = named();
    root.build();
    let Some(directory) = &args.out else {
        let text = page(&root)?;
        let name = file_name(&root);
        return Ok(shell.result("chainner-man", || json!({"name": name, "text": text}), &text)?);
    };
    for command in commands(&root) {
        let path: PathBuf = directory.join(file_name(command));
        files::write(&path, page(command)?.as_bytes())?;
        shell.result("chainner-file", || json!({"path": path}), format_args!("{}\n", path.display()))?;
    }
    Ok(())
}

/// The command and those below it that people may use.
fn commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(commands)).collect()
}

fn file_name(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    format!("{}.1", name.replace(' ', "-"))
}

fn page(command: &Command) -> Result<String> {
    let name = file_name(command);
    let name = name.trim_end_matches(".1").to_owned();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone().name(name)).render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Prints the nodes of the packages here, one a line, for shells to complete. Reads sources and compiles nothing.
///
/// # Errors
/// Stdout cannot be written to. That there is no package is no error to a shell.
pub fn nodes(manifest: Option<&Path>, shell: &Shell) -> Result<()> {
    let all = Packages { package: Vec::new(), all: true };
    let packages = project::chosen(&all, manifest, &CargoOptions::default()).unwrap_or_default();
    for node in packages.iter().flat_map(|package| &package.sources.nodes) {
        match shell.format() {
            MessageFormat::Json => shell.record("chainner-node", json!({"function": node.function}))?,
            MessageFormat::Human | MessageFormat::Short => shell::data(format!("{}\n", node.function).as_bytes())?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_completed_in_every_shell() {
        let command = named();
        let names: Vec<&str> =
            command.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name).collect();
        assert!(names.len() >= 12, "{names:?}");
        for shell in ShellName::value_variants() {
            let script = script(*shell);
            for name in &names {
                assert!(script.contains(name), "{shell:?}: {name}");
            }
            assert!(!script.replace("cargo-chainner __nodes", "").contains("__library"), "{shell:?}");
            // clap_complete knows no values of options for PowerShell.
            let has_values = *shell == ShellName::Powershell || script.contains("custom-type");
            assert!(has_values, "{shell:?}: values of options are completed");
        }
    }

    #[test]
    fn every_command_has_a_page() {
        let mut root = named();
        root.build();
        let names: Vec<String> = commands(&root).into_iter().map(file_name).collect();
        for name in ["cargo-chainner.1", "cargo-chainner-build.1", "cargo-chainner-ci-init.1"] {
            assert!(names.iter().any(|found| found == name), "{names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("__")), "{names:?}");
        assert!(page(&root).expect("a page").contains(".SH SUBCOMMANDS"));
    }
}
