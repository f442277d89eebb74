//! `bundle` as its users have it: the real program and the real pip, without network.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod fixture;
mod program;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use fixture::{Pure, contents, pip, sha256};
use program::{Said, checkout, said, tool};
use serde_json::Value;
use zip::ZipArchive;

const SDK: Pure<'_> = Pure { name: "chainner_sdk", version: "0.1.0", tag: "py3-none-any", requires: &[], text: "" };

fn place() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().canonicalize().unwrap();
    (place, path)
}

/// Runs `bundle` with pip looking into a directory only.
fn bundle(at: &Path, words: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
    let links = at.join("links");
    command
        .arg("bundle")
        .args(words)
        .env("PIP_NO_INDEX", "1")
        .env("PIP_FIND_LINKS", &links)
        .env("PIP_CONFIG_FILE", "/dev/null");
    said(&mut command, at)
}

fn unpacked(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let place = tempfile::tempdir().unwrap();
    ZipArchive::new(File::open(file).unwrap()).unwrap().extract(place.path()).unwrap();
    contents(place.path())
}

#[test]
fn a_bundle_installs_without_network_and_is_the_same_twice() {
    let (_keep, place) = place();
    if pip().is_none() {
        return;
    }
    let links = place.join("links");
    Pure { name: "grain_tables", version: "2.1", requires: &["grain-core"], ..Pure::default() }.write(&links);
    Pure { name: "grain_core", version: "1.0", ..Pure::default() }.write(&links);
    Pure { name: "other", version: "1.0", ..Pure::default() }.write(&links);
    let requires = &["grain-tables>=2", "pytest; extra == 'test'"];
    let wheel = Pure { requires, ..Pure::default() }.write(&place);
    let sdk = SDK.write(&place);
    let words = |out| ["--out", out, "--sdk-wheel", sdk.to_str().unwrap(), wheel.to_str().unwrap()];

    let said_1 =
        bundle(&place, &words("one.zip")).ended_with(0).tells(&["Fetching grain-tables>=2", "Bundled 4 wheels"]);
    assert_eq!(said_1.stdout, "one.zip\n");
    bundle(&place, &words("two.zip")).ended_with(0);
    bundle(&place, &words("three")).ended_with(0);
    assert_eq!(sha256(&place.join("one.zip")), sha256(&place.join("two.zip")));
    let files = unpacked(&place.join("one.zip"));
    assert_eq!(contents(&place.join("three")), files);

    let wheels: Vec<&str> = files.keys().filter(|name| name.ends_with(".whl")).map(String::as_str).collect();
    assert_eq!(
        wheels,
        [
            "chainner_sdk-0.1.0-py3-none-any.whl",
            "film_lab-0.1.0-py3-none-any.whl",
            "grain_core-1.0-py3-none-any.whl",
            "grain_tables-2.1-py3-none-any.whl",
        ]
    );
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    assert_eq!(sums.lines().count(), files.len() - 1);
    for line in sums.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        assert_eq!(sha256(&place.join("three").join(name)), hash, "{name}");
    }
    let parts: Value = serde_json::from_slice(&files["bundle.cdx.json"]).unwrap();
    assert_eq!((&parts["bomFormat"], parts["components"].as_array().unwrap().len()), (&"CycloneDX".into(), 4));
    assert_eq!(parts["components"][1]["hashes"][0]["content"], sha256(&wheel));
    let readme = String::from_utf8(files["README.txt"].clone()).unwrap();
    let install = "python -m pip install --no-index --find-links . film-lab chainner-sdk";
    assert!(readme.contains(install) && readme.contains("python -m chainner_sdk link"), "{readme}");

    let mut command = pip().unwrap();
    command.args(["install", "--target", "../a", "--no-index", "--find-links", ".", "film-lab", "chainner-sdk"]);
    said(&mut command, &place.join("three")).ended_with(0);
    for module in ["film_lab", "grain_tables", "grain_core", "chainner_sdk"] {
        assert!(place.join("a").join(module).is_dir(), "{module}");
    }
    let index = format!("file://{}", place.join("three/simple").display());
    let mut command = pip().unwrap();
    said(command.args(["install", "--target", "b", "--index-url", &index, "film-lab"]), &place).ended_with(0);
    assert!(place.join("b/grain_core").is_dir());
}

#[test]
fn wheels_of_a_package_are_those_of_its_version_and_of_the_site() {
    let (_keep, place) = place();
    let sdk = checkout().to_str().unwrap();
    tool(&place, &["new", "film-lab", "--template", "minimal", "--sdk-path", sdk]).ended_with(0);
    let package = place.join("film-lab");
    let dist = package.join("dist");
    bundle(&package, &["-o", "site.zip"]).ended_with(1).tells(&["error[CH0901]", "help: run `cargo chainner build`"]);
    for tag in ["py3-none-win_amd64", "py3-none-manylinux_2_17_x86_64", "py3-none-macosx_11_0_arm64"] {
        Pure { tag, ..Pure::default() }.write(&dist);
    }
    Pure { version: "0.0.9", ..Pure::default() }.write(&dist);
    let sdk = SDK.write(&place);
    let sdk = sdk.to_str().unwrap();
    let said = bundle(
        &package,
        &["-o", "site.zip", "--sdk-wheel", sdk, "--platform", "win_amd64,linux_x86_64", "--message-format", "json"],
    );
    let said = said.ended_with(0);
    let records: Vec<Value> = said.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let bundled = records.iter().find(|record| record["reason"] == "chainner-bundle").unwrap();
    assert_eq!((&bundled["sha256"], &bundled["sdk"]), (&sha256(&package.join("site.zip")).into(), &true.into()));
    let files = unpacked(&package.join("site.zip"));
    let wheels: Vec<&str> = files.keys().filter(|name| name.starts_with("film_lab")).map(String::as_str).collect();
    assert_eq!(wheels, ["film_lab-0.1.0-py3-none-manylinux_2_17_x86_64.whl", "film_lab-0.1.0-py3-none-win_amd64.whl"]);
    bundle(&package, &["-o", "other.zip", "--sdk-wheel", sdk, "--platform", "linux_aarch64"])
        .ended_with(1)
        .tells(&["error[CH0922]: film-lab has no wheel for linux_aarch64", "help: build it there or for it"]);
    assert!(!package.join("other.zip").exists());
}

#[test]
fn what_cannot_be_bundled_is_told_and_nothing_is_written() {
    let (_keep, place) = place();
    let at = |path: PathBuf| path.to_str().unwrap().to_owned();
    let wheel = at(Pure::default().write(&place));
    let next = at(Pure { version: "0.2.0", ..Pure::default() }.write(&place));
    let needy = at(Pure { name: "needy", requires: &["not-to-be-had"], ..Pure::default() }.write(&place));
    let sdk = at(SDK.write(&place));
    let cut = at(place.join("film_lab-0.3.0-py3-none-any.whl"));
    let bytes = fs::read(&wheel).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    fs::create_dir(place.join("full")).unwrap();
    fs::write(place.join("full/file"), "").unwrap();
    let before = contents(&place);
    let cases: [(i32, &[&str], &[&str]); 9] = [
        (2, &["-o", "site.tar", &wheel], &["error[CH0921]: a bundle is no `.tar` file"]),
        (2, &["-o", "full", &wheel], &["error[CH0921]: the directory `full` is not empty"]),
        (2, &["-o", "a.zip", "--sdk-wheel", &wheel, &wheel], &["error[CH0924]", "not the wheel of chainner-sdk"]),
        (
            1,
            &["-o", "a.zip", "--sdk-wheel", &sdk, &needy],
            &["error[CH0923]", "not-to-be-had", "help: fetching needs a network"],
        ),
        (3, &["-o", "a.zip", "--sdk-wheel", &sdk, &cut], &["error[CH0401]: film_lab-0.3.0"]),
        (3, &["-o", "a.zip", "--sdk-wheel", &sdk, &wheel, &next], &["error[CH0904]: expected one version of film-lab"]),
        (2, &["-o", "a.zip", "--python-version", "3.9", &wheel], &["3.10 or newer"]),
        (2, &["-o", "a.zip", "--platform", "windows", &wheel], &["win_amd64"]),
        (1, &["-o", "a.zip", "nothing-1.0-py3-none-any.whl"], &["error[CH0021]"]),
    ];
    for (code, words, parts) in cases {
        if code == 1 && words.contains(&needy.as_str()) && pip().is_none() {
            continue;
        }
        bundle(&place, words).ended_with(code).tells(parts);
        assert_eq!(contents(&place), before, "{words:?}");
    }
    // Without chainner-sdk to be had, it is a bundle for sites that have it.
    bundle(&place, &["-o", "a.zip", &wheel])
        .ended_with(0)
        .tells(&["warning[CH0923]: the bundle is without chainner-sdk"]);
    let readme = String::from_utf8(unpacked(&place.join("a.zip"))["README.txt"].clone()).unwrap();
    assert!(readme.contains("needs it installed already"), "{readme}");
}
