//! A package made by `new` outside this repository: tested, run and built without Python, then installed and called.

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use system_tests::{Environment, interpreters, root, run, scratch, target_dir, tool};

/// What compiling needs, and nothing else.
const PROGRAMS: &[&str] =
    &["cargo", "rustc", "rustdoc", "cc", "gcc", "ld", "ld.bfd", "as", "ar", "ranlib", "strip", "uname", "sh", "env"];

/// A directory with links to the compilers: a `PATH` without Python.
fn path_without_python() -> PathBuf {
    let directory = scratch("path without python");
    for program in PROGRAMS {
        let found = env::split_paths(&env::var_os("PATH").unwrap_or_default())
            .map(|directory| directory.join(program))
            .find(|path| path.is_file());
        if let Some(found) = found {
            symlink(found, directory.join(program)).expect("links can be made");
        }
    }
    directory
}

#[test]
fn a_new_package_is_tested_run_and_built_without_python_and_then_installed() {
    let path = path_without_python();
    assert!(!path.join("python3").exists());
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    assert!(!directory.path().starts_with(root()), "the package stands outside the repository");
    let isolated = |program: &Path, words: &[&str], at: &Path| {
        let mut command = Command::new(program);
        command.args(words).current_dir(at).env("PATH", &path).env_remove("CARGO");
        command.env("CARGO_TARGET_DIR", target_dir().join("system").join("new-target"));
        run(&mut command).succeeded()
    };
    let cargo = path.join("cargo");
    let sdk = root().to_str().expect("the checkout has a Unicode path");

    isolated(tool(), &["new", "first-light", "--template", "filter", "--sdk-path", sdk], directory.path());
    let package = directory.path().join("first-light");
    // The versions of this workspace, so that nothing has to be fetched.
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("Cargo.lock can be copied");

    let tested = isolated(&cargo, &["test"], &package);
    assert!(tested.stdout.contains("test result: ok. 3 passed"), "{}", tested.stdout);

    let picture = directory.path().join("in.png");
    picture_of_a_ramp(&picture);
    let picture = picture.to_str().expect("Unicode");
    isolated(tool(), &["run", "grain", picture, "-o", "out.png"], &package);
    assert!(package.join("out.png").metadata().is_ok_and(|file| file.len() > 0));

    isolated(tool(), &["check"], &package);
    let built = isolated(tool(), &["build"], &package);
    let wheel = built.stdout.lines().find(|line| line.ends_with(".whl")).expect("the wheel is named on stdout");
    assert!(package.join("dist/schema.json").is_file());

    let environment = Environment::fresh_at(&interpreters()[0], directory.path().join("environment"));
    let mut pip = environment.python();
    run(pip.args(["-m", "pip", "install", "--quiet", "numpy"]).arg(package.join(wheel))).succeeded();
    let script = "\
import first_light, numpy
picture = numpy.full((20, 30, 3), 0.5, numpy.float32)
result = first_light.grain(picture, seed=3)
assert result.shape == picture.shape and not numpy.array_equal(result, picture)
print(first_light.schema()['package']['name'])";
    let said = run(environment.python().args(["-c", script])).succeeded();
    assert_eq!(said.stdout.trim(), "First Light");
}

/// A picture to run a node on.
fn picture_of_a_ramp(path: &Path) {
    // 2×1 pixels of 8-bit RGB: a PNG small enough to be written by hand.
    const PNG: &[u8] = &[
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00,
        0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x70, 0x68, 0x38, 0xd0, 0xd0, 0xd0, 0x00, 0x00, 0x0a, 0x07,
        0x03, 0x01, 0x08, 0x35, 0xfe, 0x66, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
    fs::write(path, PNG).expect("the picture can be written");
}
