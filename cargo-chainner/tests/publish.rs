//! `publish` as its users have it: the real program, the real pip and uv on what it wrote, and stand-ins for what uploads.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod fixture;
mod program;
mod server;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use fixture::{Pure, contents, has, pip, sha256};
use program::{Said, checkout, said, tool};
use serde_json::{Value, json};
use server::Server;

const WHEEL: &str = "film_lab-0.1.0-py3-none-any.whl";

fn place() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().canonicalize().unwrap();
    (place, path)
}

fn publish(at: &Path, words: &[&str]) -> Said {
    tool(at, &[&["publish"], words].concat())
}

#[test]
fn a_directory_becomes_an_index_that_installers_read() {
    let (_keep, place) = place();
    let wheel = Pure::default().write(&place);
    let next = Pure { version: "0.2.0", ..Pure::default() }.write(&place);
    let (wheel, next) = (wheel.to_str().unwrap(), next.to_str().unwrap());
    let index = place.join("index");

    publish(&place, &["--to", "dir:index", "--dry-run", wheel])
        .ended_with(0)
        .prints(&[&format!("new       {WHEEL}")])
        .tells(&[
            "Would write",
            "film-lab/index.html",
            "Checked wheels: 1 wheel",
            "Checked schema",
            "nothing was written",
        ]);
    assert!(!index.exists());
    publish(&place, &["--to", "dir:index", wheel]).ended_with(0).tells(&["Published film-lab 0.1.0"]);
    let before = contents(&index);
    publish(&place, &["--to", "dir:index", wheel])
        .ended_with(0)
        .prints(&["unchanged"])
        .tells(&["film-lab 0.1.0 is already published"]);
    assert_eq!(contents(&index), before);
    publish(&place, &["--to", "dir:index", next]).ended_with(0);

    let names: Vec<String> = contents(&index).into_keys().collect();
    let wheel_2 = "film_lab-0.2.0-py3-none-any.whl";
    let project =
        [WHEEL, &format!("{WHEEL}.metadata"), wheel_2, &format!("{wheel_2}.metadata"), "index.html", "index.json"]
            .map(|name| format!("film-lab/{name}"));
    assert_eq!(names, [&project[..], &["index.html".to_owned(), "index.json".to_owned()]].concat());
    let page: Value = serde_json::from_slice(&fs::read(index.join("film-lab/index.json")).unwrap()).unwrap();
    assert_eq!((&page["meta"]["api-version"], &page["name"]), (&json!("1.1"), &json!("film-lab")));
    assert_eq!(page["versions"], json!(["0.1.0", "0.2.0"]));
    let file = &page["files"][0];
    let metadata = sha256(&index.join(format!("film-lab/{WHEEL}.metadata")));
    assert_eq!(file["hashes"]["sha256"], sha256(Path::new(wheel)));
    assert_eq!((&file["filename"], &file["requires-python"]), (&json!(WHEEL), &json!(">=3.10")));
    assert_eq!(
        (&file["core-metadata"]["sha256"], &file["dist-info-metadata"]["sha256"]),
        (&json!(metadata), &json!(metadata))
    );
    assert_eq!(file["size"], fs::metadata(wheel).unwrap().len());
    let html = fs::read_to_string(index.join("film-lab/index.html")).unwrap();
    assert!(html.contains(&format!("href=\"{WHEEL}#sha256={}\"", sha256(Path::new(wheel)))), "{html}");

    let version = |target: &str| fs::read_to_string(place.join(target).join("film_lab/__init__.py")).unwrap();
    let server = Server::of_directory(index.clone());
    if let Some(mut command) = pip() {
        let address = format!("file://{}", index.display());
        said(command.args(["install", "--target", "a", "--index-url", &address, "film-lab==0.1.0"]), &place)
            .ended_with(0);
        assert_eq!(version("a"), "VERSION = \"0.1.0\"\n");
        let mut command = pip().unwrap();
        said(command.args(["install", "--target", "b", "--index-url", &server.address, "film-lab"]), &place)
            .ended_with(0);
        assert_eq!(version("b"), "VERSION = \"0.2.0\"\n");
        // A file that is not what the page says is not installed.
        fs::write(index.join("film-lab").join(wheel_2), fs::read(wheel).unwrap()).unwrap();
        let mut command = pip().unwrap();
        let spoilt = said(command.args(["install", "--target", "c", "--index-url", &address, "film-lab"]), &place);
        assert_ne!(spoilt.code, Some(0));
        assert!(spoilt.stderr.contains("DO NOT MATCH THE HASHES"), "{}", spoilt.stderr);
        fs::copy(next, index.join("film-lab").join(wheel_2)).unwrap();
    }
    if has(&["uv"]) {
        let words = ["pip", "install", "--no-config", "--no-cache", "--target", "d", "--index-url", &server.address];
        said(Command::new("uv").args(words).arg("film-lab"), &place).ended_with(0);
        assert_eq!(version("d"), "VERSION = \"0.2.0\"\n");
        assert!(server.seen().iter().any(|path| path.ends_with(".whl.metadata")), "{:?}", server.seen());
    }
}

#[test]
fn a_published_file_never_changes() {
    let (_keep, place) = place();
    let one = Pure::default().write(&place.join("one"));
    let two = Pure { text: "# other\n", ..Pure::default() }.write(&place.join("two"));
    let more = Pure { tag: "py3-none-win_amd64", ..Pure::default() }.write(&place.join("two"));
    let (one, two, more) = (one.to_str().unwrap(), two.to_str().unwrap(), more.to_str().unwrap());
    publish(&place, &["--to", "dir:index", one]).ended_with(0);
    let before = contents(&place.join("index"));
    for words in [&["--to", "dir:index", two, more][..], &["--to", "dir:index", "--dry-run", two, more]] {
        publish(&place, words).ended_with(4).tells(&[
            "error[CH0908]: film-lab 0.1.0 is already published, with other contents",
            &sha256(Path::new(one)),
            &sha256(Path::new(two)),
            "help: raise `version` in Cargo.toml",
        ]);
        assert_eq!(contents(&place.join("index")), before);
    }
    let said =
        publish(&place, &["--to", "dir:index", "--skip-existing", "--message-format", "json", two, more]).ended_with(0);
    let records: Vec<Value> = said.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&Value> = records.iter().filter(|record| record["reason"] == "chainner-published").collect();
    let actions: Vec<&str> = files.iter().map(|file| file["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["skipped", "new"]);
    assert!(records.iter().any(|record| record["reason"] == "chainner-preflight" && record["check"] == "release"));
    let after = contents(&place.join("index"));
    assert_eq!(after[&format!("film-lab/{WHEEL}")], before[&format!("film-lab/{WHEEL}")]);
    assert!(after.contains_key("film-lab/film_lab-0.1.0-py3-none-win_amd64.whl"));
}

#[test]
fn what_is_not_sound_is_refused_before_the_first_byte() {
    let (_keep, place) = place();
    let at = |path: PathBuf| path.to_str().unwrap().to_owned();
    let good = at(Pure::default().write(&place));
    let next = at(Pure { version: "0.2.0", ..Pure::default() }.write(&place));
    let other = at(Pure { name: "studio_nodes", ..Pure::default() }.write(&place));
    let needy = at(Pure { tag: "py3-none-win_amd64", requires: &["numpy>=1.24"], ..Pure::default() }.write(&place));
    let local = at(Pure { version: "0.1.0+studio", ..Pure::default() }.write(&place));
    let cut = at(place.join("film_lab-0.3.0-py3-none-any.whl"));
    let bytes = fs::read(&good).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let sources = at(place.join("film_lab-0.1.0.tar.gz"));
    fs::write(&sources, "no archive").unwrap();
    fs::write(place.join("notes.txt"), "").unwrap();
    fs::create_dir_all(place.join("broken/film-lab")).unwrap();
    fs::write(place.join("broken/film-lab/index.json"), "{").unwrap();
    fs::create_dir_all(place.join("above/simple")).unwrap();

    let cases: [(i32, &[&str], &[&str]); 12] = [
        (3, &["dir:index", &good, &next], &["error[CH0904]", "0.2.0", "help: name the files of one version"]),
        (3, &["dir:index", &good, &other], &["error[CH0904]", "studio-nodes 0.1.0"]),
        (3, &["dir:index", &good, &needy], &["error[CH0905]", "`Requires-Dist` or `Requires-Python` differ"]),
        (3, &["dir:index", &cut], &["error[CH0401]: film_lab-0.3.0", "nothing was written or sent"]),
        (3, &["dir:index", &good, &sources], &["error[CH0906]: film_lab-0.1.0.tar.gz: it cannot be unpacked"]),
        (3, &["dir:index", &sources], &["error[CH0907]: there is no wheel, only sources"]),
        (3, &["pypi", &local], &["error[CH0451]: film_lab-0.1.0+studio"]),
        (2, &["dir:index", "notes.txt"], &["error[CH0903]", "`.whl` or `.tar.gz`"]),
        (1, &["dir:index", "film_lab-9.0-py3-none-any.whl"], &["error[CH0021]", "film_lab-9.0"]),
        (1, &["dir:broken", &good], &["error[CH0911]", "film-lab/index.json", "it is no JSON"]),
        (2, &["dir:above", &good], &["error[CH0902]", "help: write `--to dir:above/simple`"]),
        (1, &[&format!("dir:{good}"), &good], &["error[CH0022]"]),
    ];
    for (code, words, parts) in cases {
        publish(&place, &[&["--to"], words].concat()).ended_with(code).tells(parts);
    }
    assert!(!place.join("index").exists());
    assert_eq!(contents(&place.join("broken")).len(), 1);
    // An index of one's own takes what PyPI does not.
    publish(&place, &["--to", "dir:index", &local]).ended_with(0).tells(&["warning[CH0451]", "PyPI would refuse it"]);
}

#[test]
fn without_names_it_is_what_was_built_of_the_package() {
    let (_keep, place) = place();
    let sdk = checkout().to_str().unwrap();
    tool(&place, &["new", "film-lab", "--template", "minimal", "--sdk-path", sdk]).ended_with(0);
    let package = place.join("film-lab");
    publish(&package, &["--to", "dir:../index"])
        .ended_with(1)
        .tells(&["error[CH0901]: `dist` holds nothing of film-lab 0.1.0", "help: run `cargo chainner build`"]);
    Pure { version: "0.0.9", ..Pure::default() }.write(&package.join("dist"));
    publish(&package, &["--to", "dir:../index"]).ended_with(1).tells(&["there is only 0.0.9"]);
    Pure::default().write(&package.join("dist"));
    Pure { name: "studio_nodes", ..Pure::default() }.write(&package.join("dist"));
    let said = publish(&package, &["--to", "dir:../index"]).ended_with(0);
    assert!(said.stdout.contains(WHEEL) && said.stdout.lines().count() == 1, "{}", said.stdout);
    publish(&place, &["--to", "dir:index"]).ended_with(1).tells(&["error[CH0002]"]);
}

/// Programs that stand in for those that upload: they write down how they were called.
#[cfg(unix)]
fn stand_in(place: &Path, name: &str, code: u8) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = place.join(format!("{name}-{code}"));
    fs::create_dir_all(&directory).unwrap();
    let program = directory.join(name);
    let log = place.join("log");
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n\
         printf '%s\\n' \"$0\" \"$@\" \"token=$UV_PUBLISH_TOKEN$TWINE_PASSWORD\" \"elsewhere=$UV_PUBLISH_URL$TWINE_REPOSITORY_URL\" > '{}'\n\
         echo said by {name}\nexit {code}\n",
        log.display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    directory
}

#[cfg(unix)]
#[test]
fn uploads_are_left_to_uv_or_twine_without_a_word_of_tokens() {
    let (_keep, place) = place();
    let wheel = Pure::default().write(&place);
    let wheel = wheel.to_str().unwrap();
    let run = |path: &Path, words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
        command.arg("publish").args(words).arg(wheel).env("PATH", path).env("PYTHON", "/nowhere/python");
        command.env("UV_PUBLISH_TOKEN", "pypi-secret").env("TWINE_PASSWORD", "pypi-secret");
        command
            .env("UV_PUBLISH_URL", "https://elsewhere.example")
            .env("TWINE_REPOSITORY_URL", "https://elsewhere.example");
        let said = said(&mut command, &place);
        assert!(!format!("{}{}", said.stdout, said.stderr).contains("secret"), "{}", said.stderr);
        said
    };
    let called = || fs::read_to_string(place.join("log")).unwrap_or_default();
    let (uv, twine) = (stand_in(&place, "uv", 0), stand_in(&place, "twine", 0));

    run(&uv, &["--to", "pypi", "--dry-run"]).ended_with(0).tells(&[
        "Would run uv publish",
        "--publish-url https://upload.pypi.org/legacy/ -- ",
        "nothing was sent",
    ]);
    assert_eq!(called(), "");
    let said = run(&uv, &["--to", "pypi", "--skip-existing", "-v"])
        .ended_with(0)
        .tells(&["said by uv", "Published film-lab 0.1.0"]);
    assert!(said.stdout.starts_with(&format!("published {WHEEL}")), "{}", said.stdout);
    let words = called();
    for part in
        ["publish\n", "--publish-url\nhttps://upload.pypi.org/legacy/\n", "--check-url\nhttps://pypi.org/simple/\n"]
    {
        assert!(words.contains(part), "no {part:?} in {words}");
    }
    // The token reaches the program, and its command line does not hold it.
    assert!(
        words.ends_with(&format!("--\n{wheel}\ntoken=pypi-secretpypi-secret\nelsewhere=https://elsewhere.example\n")),
        "{words}"
    );
    assert!(!words.split("token=").next().unwrap().contains("secret"));

    let url = "https://pypi.studio.example/upload/";
    run(&twine, &["--to", url, "--skip-existing"]).ended_with(0);
    let words = called();
    for part in ["upload\n", "--non-interactive\n", "--skip-existing\n", &format!("--repository-url\n{url}\n")] {
        assert!(words.contains(part), "no {part:?} in {words}");
    }
    // Without being told where to look, uv cannot leave out what is there.
    run(&uv, &["--to", url, "--skip-existing", "--uploader", "uv"])
        .ended_with(2)
        .tells(&["error[CH0902]", "--check-url"]);
    run(&uv, &["--to", url, "--skip-existing"]).ended_with(1).tells(&["error[CH0909]: `twine`", "`pip install twine`"]);
    run(&uv, &["--to", url, "--skip-existing", "--check-url", "https://ada:secret@x.example/"])
        .ended_with(2)
        .tells(&["error[CH0902]"]);

    run(&stand_in(&place, "uv", 7), &["--to", "pypi"]).ended_with(4).tells(&[
        "error[CH0910]: uv did not upload film-lab 0.1.0 to PyPI",
        "help: see what it says above",
        "--skip-existing",
    ]);
    run(&place.join("nothing"), &["--to", "pypi"]).ended_with(1).tells(&[
        "error[CH0909]: `uv` or `twine` is neither",
        "help: install it: `pip install uv` or `pip install twine`",
    ]);
    for to in ["https://ada:secret@pypi.studio.example/upload", "ftp://ada:secret@x.example", "https://pypi.org/simple"]
    {
        run(&uv, &["--to", to]).ended_with(2).tells(&["error[CH0902]"]);
    }
}
