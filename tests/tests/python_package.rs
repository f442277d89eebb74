//! The Python distribution `chainner-sdk`, installed by pip: its own tests, and source checkouts through the real tool.
//!
//! With `CHAINNER_REPO` (checkouts of chaiNNer, separated as in `PATH`) the tests of the bridge run against the real backend, too.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use system_tests::{Environment, example_wheels, interpreters, probe_wheel, root, run, scratch, tool};

/// What the tests of the distribution need, and what builds it.
const TOOLS: [&str; 2] = ["pytest==9.2.0", "hatchling==1.33.0"];

/// An environment with the distribution freshly installed from this checkout.
fn with_sdk(python: &Path, packages: &[&str]) -> Environment {
    let packages: Vec<&str> = packages.iter().chain(&TOOLS).copied().collect();
    let environment = Environment::with(python, &packages);
    environment.install(&[root().join("python")]);
    environment
}

/// Native packages to test with.
fn wheels() -> Vec<PathBuf> {
    example_wheels().iter().cloned().chain([probe_wheel().to_owned()]).collect()
}

/// The distribution's own tests.
fn pytest(environment: &Environment) -> Command {
    let mut command = environment.python();
    // Tests start interpreters of their own, which find no cargo but those that the tests bring.
    command.args(["-m", "pytest", "-q", "-rs"]).current_dir(root().join("python")).env_remove("RUST_BACKTRACE");
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

#[test]
fn the_distribution_passes_its_tests_on_every_interpreter() {
    if env::var_os("CHAINNER_REPO").is_none() {
        println!("CHAINNER_REPO is not set: only the stand-in of the app is tested against, not the app");
    }
    let wheels = wheels();
    let tested = |python: &Path| {
        let environment = with_sdk(python, &["numpy"]);
        environment.install(&wheels);
        let said = run(pytest(&environment).env_remove("CHAINNER_REPO")).succeeded();
        println!("{}\n{}", python.display(), said.stdout);
    };
    // Two at a time: the tests wait for processes as much as they compute.
    for pair in interpreters().chunks(2) {
        thread::scope(|scope| pair.iter().for_each(|python| _ = scope.spawn(|| tested(python))));
    }
}

#[test]
fn real_backends_show_and_run_packages() {
    let (environment, repositories) = match Environment::of_the_app(&TOOLS) {
        Ok(found) => found,
        Err(reason) => return println!("skipped: {reason}"),
    };
    environment.install(&[root().join("python")]);
    environment.install(&wheels());
    let said = run(pytest(&environment).arg("tests/test_host.py").env("CHAINNER_REPO", repositories)).succeeded();
    println!("{}", said.stdout);
}

#[test]
fn a_source_checkout_is_built_by_the_real_tool() {
    // In an environment of its own: an installed wheel would come first.
    let environment = with_sdk(&interpreters()[0], &["numpy", "wheel"]);
    let checkout = root().join("examples/film_lab");
    let script = format!(
        "\
import chainner_sdk, numpy
film_lab = chainner_sdk.load('film-lab', source={checkout:?})
assert film_lab.origin is chainner_sdk.Origin.SOURCE, film_lab.problems
image = numpy.full((4, 5, 3), 0.5, numpy.float32)
result = film_lab.call('film_lab:light:vignette', image, 8, 'round', 1)
assert result.shape == image.shape and result.max() < 0.5
from chainner_sdk.source import Checkout
assert not Checkout.at({checkout:?}).is_stale()"
    );
    // Any directory will do, if cargo finds the tool from there.
    let programs = env::join_paths(
        [tool().parent().unwrap_or(Path::new(".")).to_owned()]
            .into_iter()
            .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    run(environment.python().args(["-c", &script]).env("PATH", programs.expect("a path"))).succeeded();
}

#[test]
fn the_distribution_has_the_version_of_the_crates_and_no_start_up_file() {
    let environment = with_sdk(&interpreters()[0], &[]);
    let script = "\
from importlib.metadata import distribution
import chainner_sdk
found = distribution('chainner-sdk')
assert found.version == chainner_sdk.__version__
assert not found.requires, found.requires
names = {file.as_posix() for file in found.files}
assert 'chainner_sdk/py.typed' in names
assert not {name for name in names if name.endswith(('.pth', '.start'))}
assert {'LICENSE-APACHE', 'LICENSE-MIT'} <= {name.rpartition('/')[2] for name in names}
print(found.version)";
    let said = run(environment.python().args(["-c", script])).succeeded();
    assert_eq!(said.stdout.trim(), env!("CARGO_PKG_VERSION"));
}

#[test]
fn the_distribution_is_typed() {
    let environment = Environment::with(&interpreters()[0], &["numpy", "mypy==2.4.1"]);
    run(environment
        .python()
        .args(["-m", "mypy", "--cache-dir"])
        .arg(scratch("mypy"))
        .current_dir(root().join("python")))
    .succeeded();
}
