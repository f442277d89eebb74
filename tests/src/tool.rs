//! The tool as its users get it, and the wheels it makes of the examples.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use crate::run;

/// The workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where cargo builds this workspace.
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |directory| root().join(directory))
}

/// A directory for the files of one test, empty.
///
/// # Panics
/// When it cannot be made.
pub fn scratch(name: &str) -> PathBuf {
    let directory = target_dir().join("system").join(name);
    if directory.exists() {
        std::fs::remove_dir_all(&directory).expect("an old scratch directory can be removed");
    }
    std::fs::create_dir_all(&directory).expect("a scratch directory can be made");
    directory
}

/// The built `cargo-chainner`.
///
/// # Panics
/// When it does not build.
pub fn tool() -> &'static Path {
    static TOOL: OnceLock<PathBuf> = OnceLock::new();
    TOOL.get_or_init(|| {
        run(Command::new(env!("CARGO")).args(["build", "--quiet", "--package", "cargo-chainner"]).current_dir(root()))
            .succeeded();
        target_dir().join("debug").join(format!("cargo-chainner{}", env::consts::EXE_SUFFIX))
    })
}

/// The wheels of all example packages, built once for each test program by the README's first command.
///
/// # Panics
/// When one does not build.
pub fn example_wheels() -> &'static [PathBuf] {
    static WHEELS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    WHEELS.get_or_init(|| {
        let dist = target_dir().join("system").join(format!("dist-{}", std::process::id()));
        let built =
            run(Command::new(tool()).args(["build", "--all", "--out"]).arg(&dist).current_dir(root())).succeeded();
        let wheels: Vec<PathBuf> =
            built.stdout.lines().filter(|line| line.ends_with(".whl")).map(|line| root().join(line)).collect();
        assert!(!wheels.is_empty(), "`build --all` names the wheels on stdout, got: {}", built.stdout);
        wheels
    })
}

/// The schema of a package in a directory, as the tool prints it.
///
/// # Panics
/// When there is none.
pub fn schema_of(package: &Path) -> String {
    let mut schema = Command::new(tool());
    schema.args(["schema", "--debug", "--target-dir"]).arg(target_dir());
    run(schema.current_dir(package).env("CARGO_NET_OFFLINE", "true")).succeeded().stdout
}

/// The wheel of the example `film-lab` alone.
///
/// # Panics
/// When it does not build.
pub fn film_lab_wheel() -> &'static Path {
    static WHEEL: OnceLock<PathBuf> = OnceLock::new();
    WHEEL.get_or_init(|| {
        let out = target_dir().join("system").join(format!("film-lab-{}", std::process::id()));
        let mut build = Command::new(tool());
        let built = run(build.args(["build", "-p", "film-lab", "--out"]).arg(&out).current_dir(root())).succeeded();
        let wheel = built.stdout.lines().find(|line| line.ends_with(".whl")).expect("the wheel is named on stdout");
        root().join(wheel)
    })
}

/// The wheel of the package whose nodes take and give everything, as `--debug` builds it.
///
/// # Panics
/// When it does not build.
pub fn probe_wheel() -> &'static Path {
    static WHEEL: OnceLock<PathBuf> = OnceLock::new();
    WHEEL.get_or_init(|| {
        let out = target_dir().join("system").join(format!("probe-{}", std::process::id()));
        let mut build = Command::new(tool());
        build.args(["build", "--debug", "--package"]).arg(root().join("tests/probe")).arg("--out").arg(&out);
        let built = run(build.arg("--target-dir").arg(target_dir()).current_dir(root())).succeeded();
        let wheel = built.stdout.lines().find(|line| line.ends_with(".whl")).expect("the wheel is named on stdout");
        root().join(wheel)
    })
}
