//! `pip install .`, `pip install -e .`, `python -m build` and `uv build` in the directory of a package, with the real tool.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use system_tests::{Environment, Run, interpreters, root, run, target_dir, tool};

/// A new package with the versions of the workspace, and a chainner-sdk that is installed from nothing but its wheel.
struct Package {
    directory: PathBuf,
    /// Where front-ends find chainner-sdk, as if it were an index.
    links: PathBuf,
    scratch: tempfile::TempDir,
}

impl Package {
    fn new(name: &str) -> Self {
        // Outside this repository, whose cargo has an alias of the tool's name.
        let scratch = tempfile::tempdir().expect("a temporary directory can be made");
        let links = scratch.path().join("links");
        let builder = Environment::with(&interpreters()[0], &["hatchling==1.33.0"]);
        let mut pip = builder.python();
        pip.args(["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir"]);
        run(pip.arg(&links).arg(root().join("python"))).succeeded();
        run(Command::new(tool())
            .args(["new", name, "--template", "minimal", "--sdk-path"])
            .arg(root())
            .current_dir(scratch.path()))
        .succeeded();
        let directory = scratch.path().join(name);
        // The versions of this workspace, so that nothing has to be fetched.
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("Cargo.lock can be copied");
        Self { directory, links, scratch }
    }

    /// A fresh environment without chainner-sdk.
    fn environment(&self, name: &str) -> Environment {
        Environment::fresh_at(&interpreters()[0], self.scratch.path().join(name))
    }

    /// A program in the package's directory, which finds the tool, and no index.
    fn here(&self, mut command: Command) -> Command {
        let path = env::var_os("PATH").unwrap_or_default();
        let tool = tool().parent().unwrap_or(Path::new(".")).to_owned();
        let path = env::join_paths([tool].into_iter().chain(env::split_paths(&path))).expect("a path");
        // The variables hold lists that are separated by spaces.
        let links = format!("file://{}", self.links.display().to_string().replace(' ', "%20"));
        command.current_dir(&self.directory).env("PATH", path).env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", &links);
        command.env("UV_FIND_LINKS", &links).env("UV_OFFLINE", "1").env("UV_NO_INDEX", "1").env("UV_NO_CACHE", "1");
        command.env("CARGO_TARGET_DIR", target_dir().join("system").join("pip-target")).env_remove("RUST_BACKTRACE");
        command
    }

    fn pip(&self, environment: &Environment, words: &[&str]) -> Run {
        let mut pip = self.here(environment.python());
        run(pip.args(["-m", "pip"]).args(words))
    }

    fn python(&self, environment: &Environment, script: &str) -> Run {
        run(self.here(environment.python()).args(["-c", script]))
    }

    /// Replaces a text of its library.
    fn edit(&self, from: &str, to: &str) {
        let file = self.directory.join("src/lib.rs");
        let text = fs::read_to_string(&file).expect("the library is there");
        assert!(text.contains(from), "no {from} in\n{text}");
        fs::write(&file, text.replace(from, to)).expect("the library can be written");
    }
}

/// With numpy, which native packages need when they are called.
fn add_numpy(environment: &Environment) {
    run(environment.python().args(["-m", "pip", "install", "--quiet", "numpy"])).succeeded();
}

const CALL: &str = "\
import numpy, {module}
print({module}.invert(numpy.full((2, 3, 3), 0.25, numpy.float32))[0, 0, 0])";

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .expect("the directory can be read")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn pip_installs_a_package_from_its_directory() {
    let package = Package::new("pip-plain");
    let environment = package.environment("environment");
    let before = names(&package.directory);
    package.pip(&environment, &["install", "--quiet", "-C", "debug=true", "."]).succeeded();
    assert_eq!(names(&package.directory), before, "nothing is left among the sources");
    let listed = package.pip(&environment, &["list", "--format", "freeze"]).succeeded().stdout;
    assert!(listed.contains("pip-plain") && !listed.contains("chainner"), "{listed}");

    let metadata = run(package.here(Command::new(tool())).arg("metadata")).succeeded().stdout;
    let installed = "import importlib.metadata as m; print(m.distribution('pip-plain').read_text('METADATA'), end='')";
    assert_eq!(package.python(&environment, installed).succeeded().stdout, metadata);
    add_numpy(&environment);
    assert_eq!(package.python(&environment, &CALL.replace("{module}", "pip_plain")).succeeded().stdout, "0.75\n");
}

#[test]
fn an_editable_package_follows_its_sources() {
    let package = Package::new("pip-editable");
    let environment = package.environment("environment");
    add_numpy(&environment);
    let before = package.pip(&environment, &["list", "--format", "freeze"]).succeeded().stdout;
    package.pip(&environment, &["install", "--quiet", "-e", "."]).succeeded();
    let call = || package.python(&environment, &CALL.replace("{module}", "pip_editable"));
    assert_eq!(call().succeeded().stdout, "0.75\n");
    let status = run(package.here(environment.python()).args(["-m", "chainner_sdk", "status"])).succeeded().stdout;
    assert!(status.starts_with("pip-editable  0.1.0  source  1  "), "{status}");

    package.edit("1.0 - ", "0.5 - ");
    assert_eq!(call().succeeded().stdout, "0.25\n", "built anew when it is imported");
    package.edit("0.5 - ", "0.5 - nothing - ");
    let broken = call().ended_with(1).stderr;
    for part in
        ["ImportError: pip-editable cannot run its nodes", "cannot find value `nothing`", "cargo chainner build"]
    {
        assert!(broken.contains(part), "no {part} in\n{broken}");
    }
    let status = run(package.here(environment.python()).args(["-m", "chainner_sdk", "status"])).ended_with(1).stdout;
    assert!(status.starts_with("pip-editable  0.1.0  schema  1  "), "the node stays: {status}");

    package.pip(&environment, &["uninstall", "--quiet", "--yes", "pip-editable", "chainner-sdk"]).succeeded();
    assert_eq!(package.pip(&environment, &["list", "--format", "freeze"]).succeeded().stdout, before);
    let purelib = "import sysconfig, os; print('\\n'.join(os.listdir(sysconfig.get_path('purelib'))))";
    let left = package.python(&environment, purelib).succeeded().stdout;
    assert!(!left.contains("pip_editable") && !left.contains("chainner"), "{left}");
}

#[test]
fn build_and_uv_make_the_same_files() {
    let package = Package::new("pip-fronts");
    let fronts = Environment::with(&interpreters()[0], &["build==1.5.1", "uv==0.13.9"]);
    let out = |name: &str| package.scratch.path().join(name);
    let mut build = package.here(fronts.python());
    run(build.args(["-m", "build", "-C", "debug=true"]).arg("--outdir").arg(out("build"))).succeeded();
    let mut uv = package.here(Command::new(fronts.program("uv")));
    run(uv.args(["build", "-C", "debug=true"]).arg("--out-dir").arg(out("uv"))).succeeded();
    let made = names(&out("build"));
    // uv also keeps git away from its output.
    let from_uv: Vec<String> = names(&out("uv")).into_iter().filter(|name| name != ".gitignore").collect();
    assert_eq!(from_uv, made);
    let (wheels, archives): (Vec<&str>, Vec<&str>) =
        made.iter().map(String::as_str).partition(|name| name.ends_with(".whl"));
    let [wheel] = wheels.as_slice() else { panic!("one wheel, got {made:?}") };
    assert!(wheel.starts_with("pip_fronts-0.1.0-cp310-abi3-"), "{wheel}");
    assert_eq!(archives, ["pip_fronts-0.1.0.tar.gz"]);
    let [one, other] = ["build", "uv"].map(out);
    let same =
        |name: &str| fs::read(one.join(name)).expect("readable") == fs::read(other.join(name)).expect("readable");
    assert!(same(archives[0]), "{} differs", archives[0]);
    // Each front-end unpacks the archive where it likes, which debuggers are told by the library.
    let script = "\
import sys, zipfile
one, other = (zipfile.ZipFile(path) for path in sys.argv[1:])
assert one.namelist() == other.namelist(), (one.namelist(), other.namelist())
for name in one.namelist():
    assert name.endswith(('.so', '.pyd', '/RECORD')) or one.read(name) == other.read(name), name";
    run(fronts.python().args(["-c", script]).args([one.join(wheel), other.join(wheel)])).succeeded();

    // With an archive, the wheel came of that. The installer of uv takes both ways, too.
    let environment = package.environment("environment");
    for what in [&["."][..], &["-e", "."]] {
        let mut uv = package.here(Command::new(fronts.program("uv")));
        uv.args(["pip", "install", "--quiet", "-C", "debug=true", "--python"]).arg(environment.program("python"));
        run(uv.args(what)).succeeded();
        let said = package.python(&environment, "import pip_fronts; print(pip_fronts.schema()['package']['name'])");
        assert_eq!(said.succeeded().stdout, "Pip Fronts\n");
    }
}

#[test]
fn wrong_inputs_are_told_and_nothing_is_installed() {
    let package = Package::new("pip-wrong");
    let environment = package.environment("environment");
    let before = package.pip(&environment, &["list", "--format", "freeze"]).succeeded().stdout;
    let refused = |prepare: &dyn Fn(&mut Command), words: &[&str], parts: &[&str]| {
        for what in [&["."][..], &["-e", "."]] {
            let mut pip = package.here(environment.python());
            pip.args(["-m", "pip", "install"]).args(words).args(what);
            prepare(&mut pip);
            let said = run(&mut pip).ended_with(1);
            let said = said.stdout + &said.stderr;
            for part in parts {
                assert!(said.contains(part), "{words:?} {what:?}: no {part} in\n{said}");
            }
            assert!(!said.contains("Traceback"), "{said}");
        }
    };
    let as_it_is = |_: &mut Command| {};

    let nowhere = package.scratch.path().join("nowhere");
    let without_cargo = |command: &mut Command| {
        command.env("PATH", &nowhere).env("CARGO_HOME", &nowhere);
    };
    let no_cargo = ["pip-wrong cannot be built", "cargo on PATH or in ~/.cargo/bin", "https://rustup.rs"];
    refused(&without_cargo, &[], &no_cargo);
    refused(&as_it_is, &["-C", "ofline=true"], &["no such setting", "did you mean -C offline"]);

    let cargo_toml = package.directory.join("Cargo.toml");
    let manifest = fs::read_to_string(&cargo_toml).expect("there");
    fs::remove_file(&cargo_toml).expect("removed");
    refused(&as_it_is, &[], &["There is no node package to build", "no such file", "cargo chainner new"]);
    let without_sdk: String =
        manifest.lines().filter(|line| !line.contains("sdk")).map(|line| format!("{line}\n")).collect();
    fs::write(&cargo_toml, without_sdk).expect("written");
    refused(&as_it_is, &[], &["error[CH", "does not depend on chainner-sdk", "cargo add chainner-sdk"]);
    fs::write(&cargo_toml, manifest.replace("\"MIT\"", "\"no licence\"")).expect("written");
    refused(&as_it_is, &[], &["error[CH", "SPDX", "pip-wrong cannot be built"]);
    fs::write(&cargo_toml, manifest).expect("written");

    package.edit("1.0 - ", "1.0 - nothing - ");
    refused(&as_it_is, &["-C", "debug=true"], &["cannot find value `nothing`", "src/lib.rs:", "cargo chainner build"]);
    assert_eq!(package.pip(&environment, &["list", "--format", "freeze"]).succeeded().stdout, before);
}
