//! The compiler, its targets and linkers, and what publishes.

use std::{env, fs, path::Path};

use semver::Version;

use crate::codes::Code;

use super::{examination::Examination, program::answer};

/// The oldest Rust that the SDK compiles with.
pub(super) const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

const INSTALL_ZIG: &str = "python3 -m pip install ziglang cargo-zigbuild";

pub(super) fn examine(examination: &mut Examination) {
    let Some(rustc) = compiler(examination) else { return };
    cargo(&rustc, examination);
    linker(examination);
    targets(&rustc, examination);
    cross(examination);
    uploaders(examination);
}

/// `1.95` or `1.95.0` or `1.96.0-nightly` as a version.
pub(super) fn version(text: &str) -> Option<Version> {
    let word = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let parts = word.split('-').next()?.split('.').count();
    Version::parse(&if parts == 2 { format!("{word}.0") } else { word.to_owned() }).ok()
}

/// Whether a compiler is new enough; a pre-release counts as the release it leads to.
pub(super) fn is_enough(found: &Version, needed: &Version) -> bool {
    (found.major, found.minor, found.patch) >= (needed.major, needed.minor, needed.patch)
}

fn compiler(examination: &mut Examination) -> Option<String> {
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let Some(said) = answer(&rustc, &["-vV"]) else {
        let found = format!("`{rustc}` does not answer");
        examination.fail(Code::RustMissing, "rust", found, "install Rust: https://rustup.rs");
        return None;
    };
    let first = said.lines().next().unwrap_or_default();
    let (found, needed) = (version(first), version(OLDEST));
    match (found, needed) {
        (Some(found), Some(needed)) if !is_enough(&found, &needed) => {
            let found = format!("{first}, and chainner-sdk needs {OLDEST}");
            examination.fail(Code::RustMissing, "rust", found, "run `rustup update`");
        }
        _ => {
            let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("an unknown machine");
            examination.ok("rust", format!("{first} for {host} (needed: {OLDEST})"));
        }
    }
    Some(rustc)
}

fn cargo(rustc: &str, examination: &mut Examination) {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let Some(said) = answer(&cargo, &["-V"]) else {
        let found = format!("`{cargo}` does not answer");
        return examination.fail(Code::RustMissing, "cargo", found, "install Rust: https://rustup.rs");
    };
    let compiler = answer(rustc, &["-V"]).and_then(|said| version(&said));
    match (version(&said), compiler) {
        (Some(own), Some(compiler)) if (own.major, own.minor) != (compiler.major, compiler.minor) => {
            let found = format!("{said}, and the compiler is {compiler}: they are of different installations");
            examination.warn(Code::RustMissing, "cargo", found, "keep one installation in `PATH`, best that of rustup");
        }
        _ => examination.ok("cargo", said),
    }
}

fn linker(examination: &mut Examination) {
    if cfg!(windows) {
        return;
    }
    match answer("cc", &["--version"]) {
        Some(said) => examination.ok("linker", said.lines().next().unwrap_or_default()),
        None => {
            let help = match cfg!(target_os = "macos") {
                true => "run `xcode-select --install`",
                false => "install a C compiler, which links: `apt install gcc`, `dnf install gcc`",
            };
            examination.fail(Code::NoLinker, "linker", "`cc` does not answer, and nothing can be linked", help);
        }
    }
}

fn targets(rustc: &str, examination: &mut Examination) {
    let Some(sysroot) = answer(rustc, &["--print", "sysroot"]) else { return };
    let Ok(entries) = fs::read_dir(Path::new(&sysroot).join("lib/rustlib")) else { return };
    let has_library = |directory: &Path| {
        let mut files = fs::read_dir(directory.join("lib")).into_iter().flatten().flatten();
        files.any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
    };
    let mut installed: Vec<String> = entries
        .flatten()
        .filter(|entry| has_library(&entry.path()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    installed.sort();
    match installed.as_slice() {
        [] => examination.fail(
            Code::RustMissing,
            "targets",
            "the compiler has no standard library",
            "install Rust anew: `rustup toolchain install stable`",
        ),
        _ => examination.ok("targets", installed.join(", ")),
    }
}

/// What links for other systems.
fn cross(examination: &mut Examination) {
    let zig = answer("zig", &["version"]).or_else(|| answer("python3", &["-m", "ziglang", "version"]));
    match (zig, answer("cargo-zigbuild", &["--version"])) {
        (Some(zig), Some(zigbuild)) => examination.ok("zig", format!("{zig}, {zigbuild}")),
        (zig, zigbuild) => {
            let missing = match (zig, zigbuild) {
                (None, None) => "zig and cargo-zigbuild are",
                (None, _) => "zig is",
                _ => "cargo-zigbuild is",
            };
            let found = format!("{missing} not there: needed only to build for other systems");
            examination.note(Code::NotInstalled, "zig", found, format!("run `{INSTALL_ZIG}`"));
        }
    }
    match answer("x86_64-w64-mingw32-gcc", &["--version"]) {
        Some(said) => examination.ok("mingw", said.lines().next().unwrap_or_default()),
        None => examination.note(
            Code::NotInstalled,
            "mingw",
            "MinGW is not there: zig links for Windows, too",
            "run `apt install gcc-mingw-w64-x86-64`, or do with zig",
        ),
    }
}

fn uploaders(examination: &mut Examination) {
    let uv = answer("uv", &["--version"]);
    let twine = answer("twine", &["--version"]).map(|said| said.lines().next().unwrap_or_default().to_owned());
    match (uv, twine) {
        (None, None) => examination.note(
            Code::NotInstalled,
            "upload",
            "neither uv nor twine is there: needed only to publish",
            "run `python3 -m pip install uv`",
        ),
        (uv, twine) => examination.ok("upload", [uv, twine].into_iter().flatten().collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        let found = |text: &str| version(text).expect("a version");
        assert_eq!(found("rustc 1.95.0 (59807616e 2026-04-14)"), Version::new(1, 95, 0));
        assert_eq!(found("1.88"), Version::new(1, 88, 0));
        assert!(is_enough(&found("rustc 1.96.0-nightly (abc 2026-05-01)"), &Version::new(1, 96, 0)));
        assert!(!is_enough(&found("rustc 1.87.0"), &found(OLDEST)));
        assert_eq!(version("no version here"), None);
    }
}
