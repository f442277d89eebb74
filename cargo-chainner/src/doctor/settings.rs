//! Settings of cargo and pyo3 that make builds slow, or wheels that fail elsewhere.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

use crate::codes::Code;

use super::examination::Examination;

/// Variables that tie pyo3 to one interpreter. Where some commands see them and others do not, each builds anew.
const PYO3: &[&str] = &[
    "PYO3_PYTHON",
    "PYO3_CONFIG_FILE",
    "PYO3_NO_PYTHON",
    "PYO3_BUILD_EXTENSION_MODULE",
    "PYO3_CROSS",
    "PYO3_ENVIRONMENT_SIGNATURE",
];

pub(super) fn examine(manifest: Option<&Path>, examination: &mut Examination) {
    let before = examination.lines.len();
    for name in PYO3.iter().filter(|name| env::var_os(name).is_some()) {
        let found = format!("the variable {name} is set: cargo builds pyo3 anew whenever it comes and goes");
        examination.warn(Code::Pyo3Settings, "pyo3", found, format!("unset {name}; `build` sets what it needs itself"));
    }
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        if let Ok(flags) = env::var(name) {
            let found = format!("the variable {name}");
            native(&found, flags.split(['\x1f', ' ']), examination);
            examination.note(
                Code::CargoSettings,
                "flags",
                format!(
                    "{found} is set: it hides the flags of the configuration, and cargo builds anew whenever it changes"
                ),
                "write flags into `.cargo/config.toml`, where every command sees them",
            );
        }
    }
    for (path, config) in configurations(manifest) {
        match config {
            Ok(config) => self::config(&path, &config, examination),
            Err(why) => examination.fail(
                Code::CargoSettings,
                "config",
                format!("`{}` cannot be read: {why}", path.display()),
                "correct the file",
            ),
        }
    }
    if examination.lines.len() == before {
        examination.ok("settings", "nothing in the way");
    }
}

/// The configurations of cargo that hold here, the nearest first.
fn configurations(manifest: Option<&Path>) -> Vec<(PathBuf, Result<Table, String>)> {
    let here = env::current_dir().unwrap_or_default();
    let from = manifest.and_then(Path::parent).map_or(here.clone(), |directory| here.join(directory));
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let mut directories: Vec<PathBuf> = from.ancestors().map(|directory| directory.join(".cargo")).collect();
    directories.extend(home.filter(|home| !directories.contains(home)));
    let mut found = Vec::new();
    for directory in directories {
        for name in ["config.toml", "config"] {
            let path = directory.join(name);
            if let Ok(text) = fs::read_to_string(&path) {
                let table = text.parse::<Table>().map_err(|error| error.message().to_owned());
                found.push((path, table));
                break;
            }
        }
    }
    found
}

fn config(path: &Path, config: &Table, examination: &mut Examination) {
    let shown = path.display();
    let build = config.get("build").and_then(Value::as_table);
    if build.is_some_and(|build| build.contains_key("target")) {
        examination.warn(
            Code::CargoSettings,
            "config",
            format!("`{shown}` sets `build.target`: plain cargo commands then build for that system"),
            "take it out, and give `--target` to the commands that are to build for another system",
        );
    }
    let targets = config.get("target").and_then(Value::as_table);
    let tables = build.into_iter().chain(targets.into_iter().flat_map(|all| all.values().filter_map(Value::as_table)));
    for flags in tables.filter_map(|table| table.get("rustflags")) {
        let words: Vec<&str> = match flags {
            Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
            flags => flags.as_str().unwrap_or_default().split(' ').collect(),
        };
        native(&format!("`{shown}`"), words, examination);
    }
    let variables = config.get("env").and_then(Value::as_table);
    for name in variables.into_iter().flat_map(Table::keys).filter(|name| PYO3.contains(&name.as_str())) {
        examination.warn(
            Code::Pyo3Settings,
            "pyo3",
            format!("`{shown}` sets {name}, which `build` sets otherwise: the two build pyo3 anew in turn"),
            format!("take {name} out; `build` needs no interpreter"),
        );
    }
    aborts(&format!("`{shown}`"), config, examination);
}

/// Code for the processor of this machine only.
fn native<'a>(whose: &str, flags: impl IntoIterator<Item = &'a str>, examination: &mut Examination) {
    if flags.into_iter().any(|flag| flag.contains("target-cpu=native")) {
        examination.fail(
            Code::CargoSettings,
            "flags",
            format!("{whose} compiles for the processor of this machine: wheels crash on older ones"),
            "take `target-cpu=native` out, or name the oldest processor: `target-cpu=x86-64-v2`",
        );
    }
}

/// A panic that ends the whole app.
pub(super) fn aborts(whose: &str, manifest: &Table, examination: &mut Examination) {
    let release = manifest.get("profile").and_then(|profiles| profiles.get("release"));
    if release.and_then(|release| release.get("panic")).and_then(Value::as_str) == Some("abort") {
        examination.fail(
            Code::CargoSettings,
            "panic",
            format!(
                "{whose} sets `panic = \"abort\"`: a panic in a node ends the whole app instead of becoming an error"
            ),
            "take `panic` out of `[profile.release]`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Option<Code>> {
        let mut examination = Examination::default();
        config(Path::new("config.toml"), &text.parse().expect("TOML"), &mut examination);
        examination.lines.into_iter().map(|line| line.code).collect()
    }

    #[test]
    fn settings_that_hurt_are_found() {
        for text in [
            "build.target = \"aarch64-apple-darwin\"",
            "build.rustflags = [\"-C\", \"target-cpu=native\"]",
            "build.rustflags = \"-Ctarget-cpu=native\"",
            "target.x86_64-unknown-linux-gnu.rustflags = [\"-Ctarget-cpu=native\"]",
            "profile.release.panic = \"abort\"",
        ] {
            assert_eq!(found(text), [Some(Code::CargoSettings)], "{text}");
        }
        assert_eq!(found("[env]\nPYO3_PYTHON = \"python3\""), [Some(Code::Pyo3Settings)]);
        for text in [
            "",
            "build.rustflags = [\"-Ctarget-cpu=x86-64-v2\"]",
            "[env]\nRUST_LOG = \"1\"",
            "profile.dev.panic = \"abort\"",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
