//! `new`: writes a package that compiles, from a template inside the tool.

use anyhow::Result;

use crate::{cli::NewArgs, shell::Shell};

/// x
pub fn run(_args: &NewArgs, _shell: &Shell) -> Result<()> {
    Ok(())
}

/// The name of a package as a title: `film-lab` is `Film Lab`.
pub fn title(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}
