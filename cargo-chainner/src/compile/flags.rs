//! Flags for rustc. Cargo takes them from one place only, so that giving some hides all others: ours are added to those that the
//! environment and the configuration give.

use anyhow::{Context as _, Result};
use cargo_config2::Config;

use super::{Target, directory, paths};
use crate::{cli::CargoOptions, codes::Code, error::Failure, project::NodePackage};

/// What stands between flags in `CARGO_ENCODED_RUSTFLAGS`.
const SEPARATOR: &str = "\x1f";

/// The flags that a library for Python needs.
pub(super) fn for_python(package: &NodePackage, target: &Target, options: &CargoOptions) -> Result<Vec<String>> {
    let mut flags: Vec<String> = target.flags().iter().map(|flag| (*flag).to_owned()).collect();
    if !options.debug {
        flags.extend(remapping(package, options)?);
    }
    Ok(flags)
}

/// The flags that cargo would pass anyway, then ours.
///
/// # Errors
/// The configuration of cargo cannot be read, or a flag cannot be passed on.
pub(super) fn with_those_given(package: &NodePackage, target: &Target, own: &[String]) -> Result<String> {
    let config = Config::load_with_cwd(package.directory()).map_err(unreadable)?;
    joined(given(&config, target)?.iter().chain(own))
}

/// The flags that cargo would pass without ours.
fn given(config: &Config, target: &Target) -> Result<Vec<String>> {
    let given = config.rustflags(target.triple()).map_err(unreadable)?;
    Ok(given.map(|given| given.flags).unwrap_or_default())
}

fn joined<'a>(flags: impl Iterator<Item = &'a String>) -> Result<String> {
    let flags: Vec<&str> = flags.map(String::as_str).filter(|flag| !flag.is_empty()).collect();
    if let Some(flag) = flags.iter().find(|flag| flag.contains(SEPARATOR)) {
        let message = format!("the compiler flag {flag:?} holds a control character");
        return Err(Failure::new(Code::Rustflags, message).help("rename the directory, or correct the flag").into());
    }
    Ok(flags.join(SEPARATOR))
}

fn unreadable(error: cargo_config2::Error) -> anyhow::Error {
    Failure::new(Code::Rustflags, format!("the configuration of cargo cannot be read: {error}"))
        .help("correct `.cargo/config.toml` in one of the directories above, or the variable that the message names")
        .into()
}

/// Flags that keep the paths of this machine out of the library. Of several prefixes that fit, rustc takes the last.
fn remapping(package: &NodePackage, options: &CargoOptions) -> Result<Vec<String>> {
    let mut prefixes = vec![
        (paths::home(), "/home".to_owned()),
        (paths::cargo_home(), "/cargo".to_owned()),
        (paths::sysroot(package), "/rust".to_owned()),
        (Some(package.workspace.clone()), "/package".to_owned()),
        (Some(directory(package, options)?), "/target".to_owned()),
    ];
    let elsewhere = paths::crates_elsewhere(package).into_iter();
    prefixes.extend(elsewhere.map(|(name, directory)| (Some(directory), format!("/local/{name}"))));
    let mut flags = Vec::new();
    for (prefix, stand_in) in prefixes {
        let Some(prefix) = prefix else { continue };
        let real = prefix.canonicalize().ok().filter(|real| *real != prefix);
        for path in [Some(prefix), real].into_iter().flatten() {
            let path = path.to_str().with_context(|| format!("the path `{}` is not Unicode", path.display()))?;
            flags.push(format!("--remap-path-prefix={path}={stand_in}"));
        }
    }
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use cargo_config2::ResolveOptions;

    use super::*;

    #[test]
    fn flags_with_spaces_survive() {
        let flags = ["--remap-path-prefix=/a b=/c".to_owned(), String::new(), "-Copt-level=3".to_owned()];
        assert_eq!(joined(flags.iter()).expect("flags"), "--remap-path-prefix=/a b=/c\x1f-Copt-level=3");
    }

    #[test]
    fn all_places_that_give_flags_are_heard() {
        let directory = tempfile::tempdir().expect("a directory");
        let target = Target::parse("x86_64-unknown-linux-gnu").expect("a target");
        std::fs::create_dir(directory.path().join(".cargo")).expect("made");
        let heard = |text: &str, environment: &[(&str, &str)]| {
            std::fs::write(directory.path().join(".cargo/config.toml"), text).expect("written");
            let options = ResolveOptions::default().cargo_home(None).env(environment.iter().copied());
            given(&Config::load_with_options(directory.path(), options).expect("TOML"), &target).expect("flags")
        };
        let build = "[build]\nrustflags = [\"-Cbuild\"]\n";
        let both = "[target.x86_64-unknown-linux-gnu]\nrustflags = \"-Ctriple -Cb\"\n[target.'cfg(unix)']\nrustflags = [\"-Ccfg c\"]\n";
        assert_eq!(heard("", &[]), Vec::<String>::new());
        assert_eq!(heard(build, &[]), ["-Cbuild"]);
        assert_eq!(heard(&format!("{build}{both}"), &[]), ["-Ctriple", "-Cb", "-Ccfg c"]);
        assert_eq!(heard(both, &[("RUSTFLAGS", "-Cenvironment -Ce")]), ["-Cenvironment", "-Ce"]);
        assert_eq!(heard(both, &[("CARGO_ENCODED_RUSTFLAGS", "-Ca b\x1f-Cc")]), ["-Ca b", "-Cc"]);
    }

    #[test]
    fn a_flag_that_would_become_two_is_refused() {
        let error = joined(["/a\x1fb".to_owned()].iter()).expect_err("a control character");
        assert!(error.to_string().contains("control character"), "{error}");
    }
}
