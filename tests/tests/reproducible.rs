//! The same sources give the same bytes: wheels, lists of what they are made of, and source distributions, built twice, and in
//! another directory.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};
use system_tests::{root, run, scratch, target_dir, tool};

/// File name and digest of each file.
fn digests(files: &[PathBuf]) -> Vec<(String, String)> {
    let mut digests: Vec<_> = files
        .iter()
        .map(|file| {
            let digest = Sha256::digest(fs::read(file).expect("the file is there"));
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, digest.iter().map(|byte| format!("{byte:02x}")).collect())
        })
        .collect();
    digests.sort();
    digests
}

/// Builds all packages, or `film-lab` alone, and what else is made of the latter.
fn built(checkout: &Path, packages: &[&str], out: &Path, target: &Path) -> Vec<PathBuf> {
    let said = run(Command::new(tool())
        .arg("build")
        .args(packages)
        .args(["--sbom", "--out"])
        .arg(out)
        .arg("--target-dir")
        .arg(target)
        .current_dir(checkout))
    .succeeded();
    let mut files: Vec<PathBuf> =
        said.stdout.lines().filter(|line| line.ends_with(".whl")).map(|line| checkout.join(line)).collect();
    let further: [&[&str]; 2] = [&["build", "-p", "film-lab", "--schema-only", "--sbom"], &["sdist", "-p", "film-lab"]];
    for words in further {
        let mut command = Command::new(tool());
        command.args(words).arg("--out").arg(out).arg("--target-dir").arg(target).current_dir(checkout);
        let said = run(&mut command).succeeded();
        files.push(checkout.join(said.stdout.lines().next().expect("a file is named on stdout")));
    }
    files
}

#[test]
fn the_same_bytes_come_out_again_and_in_another_directory() {
    let directory = scratch("reproducible");
    let first = digests(&built(root(), &["--all"], &directory.join("first"), &target_dir()));
    assert_eq!(first, digests(&built(root(), &["--all"], &directory.join("again"), &target_dir())));
    assert!(first.iter().any(|(name, _)| name.ends_with("-py3-none-any.whl")), "{first:?}");
    assert!(first.iter().any(|(name, _)| name.ends_with(".tar.gz")), "{first:?}");

    let checkout = directory.join("another directory");
    copy_sources(root(), &checkout);
    // A target directory of its own, outside the copy so that it survives: only the workspace's own crates are built anew. Of the
    // packages, one: to compile the largest another time takes minutes, and tells nothing more of places.
    let target = target_dir().join("system").join("reproducible-target");
    let elsewhere = digests(&built(&checkout, &["-p", "film-lab"], &directory.join("elsewhere"), &target));
    assert!(elsewhere.len() > 2 && elsewhere.iter().all(|file| first.contains(file)), "{first:?}\n{elsewhere:?}");
}

/// Copies what git knows, or would add, of a checkout.
fn copy_sources(from: &Path, to: &Path) {
    let listed =
        run(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(from))
            .succeeded();
    for file in listed.stdout.lines() {
        let (source, target) = (from.join(file), to.join(file));
        if !source.is_file() {
            continue;
        }
        fs::create_dir_all(target.parent().expect("a file lies in a directory")).expect("directories can be made");
        fs::copy(&source, &target).expect("files can be copied");
    }
}
