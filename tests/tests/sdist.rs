//! The source distribution: the wheel can be built from it, wherever it is unpacked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use system_tests::{Environment, film_lab_wheel, interpreters, root, run, scratch, target_dir, tool};

fn sdist(directory: &Path, package: &[&str], out: &Path) -> PathBuf {
    let said = run(Command::new(tool()).arg("sdist").args(package).arg("--out-dir").arg(out).current_dir(directory));
    let said = said.succeeded();
    directory.join(said.stdout.trim())
}

fn unpacked(archive: &Path, directory: &Path) -> PathBuf {
    fs::create_dir_all(directory).expect("directories can be made");
    // With the time of now: cargo takes what is as old as the archive says for what it compiled earlier.
    run(Command::new("tar").arg("-xzmf").arg(archive).arg("-C").arg(directory)).succeeded();
    let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
    directory.join(name.trim_end_matches(".tar.gz"))
}

/// A file of a wheel.
fn member(wheel: &Path, file: &str) -> String {
    let python = &interpreters()[0];
    let script = "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";
    run(Command::new(python).args(["-c", script]).arg(wheel).arg(file)).succeeded().stdout
}

#[test]
fn the_wheel_is_built_from_it_and_is_the_same_but_for_places() {
    let directory = scratch("sdist");
    let archive = sdist(root(), &["-p", "film-lab"], &directory.join("dist"));
    let checkout = unpacked(&archive, &directory.join("somewhere else"));
    assert!(checkout.join("local-crates/chainner-sdk/src/lib.rs").is_file());
    assert!(!checkout.join("local-crates/chainner-sdk/tests").exists());

    // Nothing of the first checkout is in reach: its path leads nowhere in the manifests, and the network is off.
    let out = directory.join("wheels");
    let target = target_dir().join("system").join("sdist-target");
    let mut build = Command::new(tool());
    build.args(["build", "--locked", "--offline", "--out"]).arg(&out).arg("--target-dir").arg(&target);
    let said = run(build.current_dir(&checkout).env_remove("CARGO_TARGET_DIR")).succeeded();
    let wheel = said.stdout.lines().find(|line| line.ends_with(".whl")).map(PathBuf::from).expect("a wheel");
    let original = film_lab_wheel();
    assert_eq!(wheel.file_name(), original.file_name());
    for file in ["film_lab/schema.json", "film_lab/__init__.py", "film_lab-0.1.0.dist-info/METADATA"] {
        assert_eq!(member(&wheel, file), member(original, file), "{file}");
    }

    // Of the unpacked sources comes the same archive again.
    let again = sdist(&checkout, &[], &directory.join("again"));
    assert!(fs::read(&archive).expect("there") == fs::read(&again).expect("there"), "{}", again.display());
}

#[test]
fn pypi_takes_its_metadata() {
    let directory = scratch("sdist-metadata");
    let archive = sdist(root(), &["-p", "film-lab"], &directory);
    let environment = Environment::with(&interpreters()[0], &["twine==7.0.0"]);
    run(Command::new(environment.program("twine")).args(["check", "--strict"]).arg(&archive)).succeeded();
    let script = "\
import sys, tarfile
with tarfile.open(sys.argv[1]) as archive:
    names = archive.getnames()
    assert len(names) == len(set(names)) and all(name.startswith('film_lab-0.1.0/') for name in names), names
    assert all((member.uid, member.gid, member.mtime, member.uname) == (0, 0, 315532800, '') for member in archive)
    text = archive.extractfile('film_lab-0.1.0/PKG-INFO').read().decode()
    for line in text.split('\\n\\n')[0].splitlines():
        field, value = line.split(': ', 1)
        if field == 'License-File':
            assert f'film_lab-0.1.0/{value}' in names, value";
    run(Command::new(&interpreters()[0]).args(["-c", script]).arg(&archive)).succeeded();
}

#[test]
fn sources_that_reach_outside_are_found_by_building_them() {
    let package = system_tests::quiet_package("sdist-outside");
    let source = package.join("src/lib.rs");
    let text = fs::read_to_string(&source).expect("the source");
    let out = scratch("sdist-outside-dist");
    let sdist = || {
        let mut command = Command::new(tool());
        command.args(["sdist", "--verify", "--debug", "--offline", "--out"]).arg(&out).current_dir(&package);
        run(command.env("CARGO_TARGET_DIR", target_dir()))
    };
    // What an earlier archive was compiled to is not taken for a later one.
    fs::remove_file(sdist().succeeded().stdout.trim()).expect("an archive");
    fs::write(package.with_file_name("outside.txt"), "outside").expect("files can be written");
    fs::write(
        &source,
        format!("{text}\n/// Outside.\npub const OUTSIDE: &str = include_str!(\"../../outside.txt\");\n"),
    )
    .expect("files can be written");
    let said = sdist().ended_with(1);
    assert!(said.stderr.contains("error[CH0503]"), "{}", said.stderr);
    assert_eq!(fs::read_dir(&out).expect("there").count(), 0, "nothing is written");
}
