//! The wheel without native code: pip takes it where no other fits, its nodes can be seen, and running one says why it cannot.

use std::{fs, path::PathBuf, process::Command};

use system_tests::{Environment, film_lab_wheel, interpreters, root, run, scratch, tool};

/// A directory with the wheel without native code beside that of this machine.
fn wheels(name: &str) -> (PathBuf, PathBuf) {
    let directory = scratch(name);
    let said = run(Command::new(tool())
        .args(["build", "-p", "film-lab", "--schema-only", "--out"])
        .arg(&directory)
        .current_dir(root()))
    .succeeded();
    let wheel = root().join(said.stdout.lines().next().expect("the wheel is named on stdout"));
    assert!(wheel.ends_with("film_lab-0.1.0-py3-none-any.whl"), "{}", wheel.display());
    let native = film_lab_wheel();
    fs::copy(native, directory.join(native.file_name().unwrap_or_default())).expect("files can be copied");
    (directory, wheel)
}

#[test]
fn nodes_can_be_seen_and_running_one_says_why_not() {
    let (_, wheel) = wheels("schema-only");
    let environment = Environment::fresh_at(&interpreters()[0], scratch("schema-only-environment").join("environment"));
    run(environment.python().args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]).arg(&wheel))
        .succeeded();
    let script = "\
import inspect, film_lab
assert film_lab.schema()['package']['id'] == 'film_lab'
assert 'amount' in inspect.signature(film_lab.vignette).parameters and film_lab.vignette.__doc__
try:
    film_lab.vignette(None)
except ImportError as error:
    text = str(error)
    assert 'installed without its native part' in text and 'pip install --force-reinstall' in text, text
    assert error.name == 'film_lab._native'
else:
    raise AssertionError('it ran')
import chainner_sdk
package = chainner_sdk.load('film-lab')
assert package.origin is chainner_sdk.Origin.SCHEMA, package.origin
assert len(package.nodes) == len(film_lab.schema()['nodes'])
node = next(iter(package.nodes.values()))
try:
    node()
except chainner_sdk.NodeUnavailableError as error:
    assert 'py3-none-any' in str(error) and 'film-lab' in str(error), error
else:
    raise AssertionError('it ran')";
    run(environment.python().args(["-c", script]).env("PYTHONPATH", root().join("python/src"))).succeeded();
}

#[test]
fn pip_takes_it_only_where_no_other_fits() {
    let (directory, _) = wheels("schema-only-choice");
    let chosen = |platform: Option<&str>| {
        let out = scratch("schema-only-chosen");
        let mut pip = Command::new(&interpreters()[0]);
        pip.args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--only-binary=:all:",
            "--find-links",
        ]);
        pip.arg(&directory).arg("--dest").arg(&out);
        if let Some(platform) = platform {
            pip.args(["--platform", platform, "--python-version", "3.11"]);
        }
        run(pip.arg("film-lab").env_remove("PIP_FIND_LINKS")).succeeded();
        let mut files = fs::read_dir(&out).expect("there").map(|entry| entry.expect("readable").file_name());
        files.next().expect("one wheel").to_string_lossy().into_owned()
    };
    assert!(chosen(None).contains("-cp310-abi3-"), "this machine has a wheel of its own");
    assert_eq!(chosen(Some("macosx_11_0_arm64")), "film_lab-0.1.0-py3-none-any.whl");
}

#[test]
fn other_people_s_tools_accept_it() {
    let (_, wheel) = wheels("schema-only-judged");
    let environment =
        Environment::with(&interpreters()[0], &["twine==7.0.0", "check-wheel-contents==0.6.3", "installer==1.1.0"]);
    run(Command::new(environment.program("twine")).args(["check", "--strict"]).arg(&wheel)).succeeded();
    run(Command::new(environment.program("check-wheel-contents")).arg("--no-config").arg(&wheel)).succeeded();
    let mut installer = environment.python();
    installer.args(["-m", "installer", "--validate-record", "all", "--no-compile-bytecode", "--destdir"]);
    run(installer.arg(scratch("schema-only-installed")).arg(&wheel)).succeeded();
    run(Command::new(tool()).args(["verify", "--pypi"]).arg(&wheel)).succeeded();
}
