//! `diff` as its users have it: the real program on files, wheels, an index, and a package that it compiles.

mod program;
mod server;

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zip::{ZipWriter, write::SimpleFileOptions};

use program::{said, tool};
use server::{Answer, Server};

/// A schema with one node that blurs.
fn blur() -> Value {
    let input = |id: u32, kind: &str, label: &str, own: Value| {
        let mut input = json!({
            "id": id, "type": "Image", "conversions": [], "adapt": null, "typeDefinitions": null, "kind": kind,
            "label": label, "optional": false, "hasHandle": kind != "dropdown", "description": null,
        });
        input.as_object_mut().expect("an object").extend(own.as_object().expect("an object").clone());
        input
    };
    let radius =
        json!({"type": {"type": "interval", "min": 0, "max": 10}, "min": 0, "max": 10, "def": 1, "precision": 1});
    let options = json!([{"option": "Normal", "value": "normal"}, {"option": "Fast", "value": "fast"}]);
    let mode = json!({"type": "string", "options": options, "def": "normal", "preferredStyle": "dropdown"});
    json!({
        "package": {"id": "studio_nodes", "name": "Studio", "dependencies": [], "features": [], "settings": []},
        "categories": [],
        "nodes": [{
            "schemaId": "studio_nodes:image:blur", "name": "Blur", "category": "studio", "nodeGroup": "studio/image",
            "kind": "regularNode", "hasSideEffects": false, "deprecated": false, "features": [],
            "inputs": [
                input(0, "generic", "Image", json!({})),
                input(1, "slider", "Radius", radius),
                input(2, "dropdown", "Mode", mode),
            ],
            "outputs": [{"id": 0, "type": "Image", "label": "Image", "hasHandle": true}],
            "groupLayout": [0, 1, 2], "iteratorInputs": [], "iteratorOutputs": [],
        }],
    })
}

/// The input is renamed and has a new id, its range is wider, and a choice is gone.
fn changed_blur() -> Value {
    let mut schema = blur();
    let input = &mut schema["nodes"][0]["inputs"][1];
    (input["id"], input["label"]) = (json!(3), json!("Sigma"));
    (input["max"], input["type"]["max"]) = (json!(100), json!(100));
    schema["nodes"][0]["groupLayout"][1] = json!(3);
    schema["nodes"][0]["inputs"][2]["options"].as_array_mut().expect("a list").remove(1);
    schema
}

fn write_wheel(directory: &Path, version: &str, schema: &Value) -> PathBuf {
    let path = directory.join(format!("studio_nodes-{version}-cp310-abi3-manylinux_2_17_x86_64.whl"));
    let mut wheel = ZipWriter::new(File::create(&path).expect("made"));
    let metadata = format!("Metadata-Version: 2.4\nName: studio-nodes\nVersion: {version}\n\nStudio.\n");
    for (name, text) in [
        ("studio_nodes/schema.json".to_owned(), schema.to_string()),
        (format!("studio_nodes-{version}.dist-info/METADATA"), metadata),
    ] {
        wheel.start_file(name, SimpleFileOptions::default()).expect("added");
        wheel.write_all(text.as_bytes()).expect("written");
    }
    wheel.finish().expect("finished");
    path
}

#[test]
fn a_breaking_change_asks_for_a_version_and_passes_with_it() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    let published = root.join("index/studio-nodes");
    fs::create_dir_all(&published).expect("made");
    write_wheel(&published, "0.0.9", &json!({"nodes": []}));
    write_wheel(&published, "0.1.0", &blur());
    write_wheel(root, "0.1.1", &changed_blur());
    write_wheel(root, "0.2.0", &changed_blur());
    let diff = |new: &str, more: &[&str]| {
        let new = format!("studio_nodes-{new}-cp310-abi3-manylinux_2_17_x86_64.whl");
        tool(root, &[&["diff", "index:studio-nodes", &new, "--index", "dir:index"], more].concat())
    };

    diff("0.1.1", &[])
        .ended_with(1)
        .prints(&[
            "BREAKING  blur: choice `fast` of input `Mode` (id 2) was removed",
            "BREAKING  blur: input `Radius` (id 1) looks renamed to input `Sigma` (id 3)",
            "help: keep its id: `#[input(id = 1)]`",
            "minor     blur: range of input `Radius` (id 1): 0..=10 -> 0..=100",
            "verdict: 0.1.0 -> 0.2.0 required, but the new version is 0.1.1",
        ])
        .tells(&["error[CH0601]: version 0.1.1 is too low", "help: set `version = \"0.2.0\"` in Cargo.toml"]);
    diff("0.2.0", &[]).ended_with(0).prints(&["verdict: 0.1.0 -> 0.2.0, as required"]);
    diff("0.2.0", &["--deny", "breaking"]).ended_with(1).tells(&["error[CH0602]"]);

    let lines = diff("0.1.1", &["--message-format", "json"]).ended_with(1).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [changes @ .., verdict, error, end] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((&error["id"], &end["success"]), (&json!("CH0601"), &json!(false)));
    assert_eq!((&verdict["reason"], &verdict["required"]), (&json!("chainner-verdict"), &json!("0.2.0")));
    let kinds: Vec<&str> = changes.iter().filter_map(|change| change["kind"].as_str()).collect();
    assert_eq!(kinds, ["input-renamed", "choice-removed", "input-range-widened"]);
}

/// An index behind HTTP: one project, told in the type and with the hash that the request's path begins with.
fn index(old: &Path) -> Server {
    let wheel = fs::read(old).expect("there");
    let name = old.file_name().expect("a name").to_str().expect("Unicode").to_owned();
    let hash: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    Server::start(move |path, head| -> Answer {
        let file = |url: &str, hash: &str| {
            let yanked =
                json!({"filename": "studio_nodes-0.9.0-py3-none-any.whl", "url": "x", "hashes": {}, "yanked": "no"});
            let file = json!({"filename": name, "url": url, "hashes": {"sha256": hash}});
            json!({"meta": {"api-version": "1.1"}, "name": "studio-nodes", "files": [file, yanked]})
                .to_string()
                .into_bytes()
        };
        let json = "application/vnd.pypi.simple.v1+json";
        let link = format!("<a href='../../files/{name}#sha256={hash}'>{name}</a><a href='http://x/y.exe'>y</a>");
        match path {
            "/json/studio-nodes/" if head.contains(json) => (200, json, file(&format!("/files/{name}"), &hash)),
            "/html/studio-nodes/" => (200, "text/html; charset=utf-8", link.into_bytes()),
            "/spoilt/studio-nodes/" => (200, json, file("../../files/x.whl", &"0".repeat(64))),
            "/lost/studio-nodes/" => (200, json, file("../../nowhere.whl", &hash)),
            "/garbled/studio-nodes/" => (200, json, b"{".to_vec()),
            "/closed/studio-nodes/" if head.contains("Basic YWRhOnNlY3JldA==") => (200, "text/html", link.into_bytes()),
            "/closed/studio-nodes/" => (401, "text/plain", Vec::new()),
            "/broken/studio-nodes/" => (503, "text/plain", Vec::new()),
            path if path.starts_with("/files/") => (200, "application/octet-stream", wheel.clone()),
            _ => (404, "text/html", b"not here".to_vec()),
        }
    })
}

#[test]
fn an_index_is_read_over_http_in_both_forms() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    let server = index(&write_wheel(root, "0.1.0", &blur()));
    fs::write(root.join("new.json"), changed_blur().to_string()).expect("written");
    let diff = |wanted: &str, at: &str| {
        let address = if at.contains("://") { at.to_owned() } else { format!("{}/{at}", server.address) };
        let words = ["diff", wanted, "new.json", "--new-version", "0.2.0", "--index", &address];
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
        said(command.args(words).env("NO_PROXY", "127.0.0.1"), root)
    };
    for at in ["json", "html", "html/"] {
        diff("index:Studio_Nodes", at).ended_with(0).prints(&["verdict: 0.1.0 -> 0.2.0, as required"]);
    }
    diff("index:studio-nodes@0.1.0", "json").ended_with(0);
    let closed = format!("{}/closed", server.address.replace("://", "://ada:secret@"));
    diff("index:studio-nodes", &closed).ended_with(0);
    for (code, wanted, at, parts) in [
        (
            2,
            "index:other",
            "json",
            &["error[CH0606]: the index holds no wheel of `other`", "looked for wheels in `http://"][..],
        ),
        (2, "index:studio-nodes@0.3.0", "json", &["error[CH0606]", "it holds 0.1.0"]),
        (1, "index:studio-nodes", "spoilt", &["error[CH0913]", "expected sha256 0000"]),
        (1, "index:studio-nodes", "lost", &["error[CH0911]", "lists a file that is not there"]),
        (1, "index:studio-nodes", "garbled", &["error[CH0911]", "it is no JSON"]),
        (1, "index:studio-nodes", "closed", &["error[CH0912]", "401", "pip download --no-deps"]),
        (1, "index:studio-nodes", "broken", &["error[CH0912]", "503", "try again later"]),
        (
            1,
            "index:studio-nodes",
            "http://127.0.0.1:9/simple",
            &["error[CH0912]: cannot read `http://127.0.0.1:9/simple/studio-nodes/`"],
        ),
    ] {
        diff(wanted, at).ended_with(code).tells(parts);
    }
    let wrong = closed.replace("secret", "geheim");
    let said = diff("index:studio-nodes", &wrong).ended_with(1);
    assert!(!format!("{}{}", said.stdout, said.stderr).contains("geheim"), "{}", said.stderr);
}

#[test]
fn equal_schemas_have_no_changes() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    fs::write(directory.path().join("schema.json"), blur().to_string()).expect("written");
    let wheel = write_wheel(directory.path(), "0.1.0", &blur());
    let wheel = wheel.to_str().expect("Unicode");
    for words in [["diff", "schema.json", wheel], ["diff", wheel, "schema.json"], ["diff", wheel, wheel]] {
        let said = tool(directory.path(), &words).ended_with(0);
        assert_eq!(said.stdout, "verdict: no change\n");
    }
}

#[test]
fn without_versions_breaking_changes_fail() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    fs::write(directory.path().join("old.json"), blur().to_string()).expect("written");
    fs::write(directory.path().join("new.json"), changed_blur().to_string()).expect("written");
    let diff = |more: &[&str]| tool(directory.path(), &[&["diff", "old.json", "new.json"], more].concat());
    diff(&[]).ended_with(1).tells(&["error[CH0601]", "--old-version"]);
    diff(&["--old-version", "1.0.0", "--new-version", "1.1.0"]).ended_with(1).tells(&["2.0.0 is required"]);
    diff(&["--old-version", "1.0.0", "--new-version", "2.0.0"]).ended_with(0);
    diff(&["--old-version", "one"]).ended_with(2);
}

#[test]
fn what_cannot_be_compared_is_wrong_usage() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    fs::write(directory.path().join("schema.json"), "[1]").expect("written");
    fs::create_dir(directory.path().join("empty")).expect("made");
    for (words, parts) in [
        (&["diff", "shema.json", "schema.json"][..], &["error[CH0603]", "did you mean `schema.json`?"][..]),
        (&["diff", "schema.json", "empty"], &["error[CH0603]", "the directory `empty` holds no package"]),
        (&["diff", "schema.json", "schema.json"], &["error[CH0604]: `schema.json` is no schema"]),
        (&["diff", "index:film-lab", "schema.json"], &["error[CH0605]", "--index DIR"]),
        (
            &["diff", "index:film-lab", "schema.json", "--index", "ftp://pypi.org/simple"],
            &["error[CH0605]", "https://"],
        ),
        (&["diff", "index:film-lab", "schema.json", "--index", "empty"], &["error[CH0606]"]),
        (&["diff"], &["<OLD>"]),
    ] {
        tool(directory.path(), words).ended_with(2).tells(parts);
    }
}

#[test]
fn a_package_is_compiled_and_compared_under_its_version() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in the workspace");
    let directory = tempfile::tempdir().expect("a temporary directory");
    let sdk = checkout.to_str().expect("Unicode");
    tool(directory.path(), &["new", "cli-diff", "--template", "minimal", "--sdk-path", sdk]).ended_with(0);
    let package = directory.path().join("cli-diff");
    fs::copy(checkout.join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    let schema = tool(&package, &["schema", "--debug"]).ended_with(0).stdout;
    fs::write(package.join("old.json"), schema).expect("written");

    let old = ["diff", "old.json", "--debug", "--old-version", "0.1.0"];
    tool(&package, &old).ended_with(0).prints(&["verdict: no change"]);

    let library = package.join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("there");
    fs::write(&library, text.replace("cli_diff:adjust:invert", "cli_diff:adjust:inverse")).expect("written");
    tool(directory.path(), &["diff", "cli-diff/old.json", "cli-diff", "--debug", "--old-version", "0.1.0"])
        .ended_with(1)
        .prints(&["BREAKING  invert: the node looks renamed: `cli_diff:adjust:invert` -> `cli_diff:adjust:inverse`"])
        .tells(&["0.2.0 is required"]);
}

/// A package whose sources say as little as they can.
const SOURCE: &str = "\
use chainner_sdk::prelude::*;

package! { name: \"Cli Fix\", description: \"Two nodes.\", icon: \"MdBlurOn\", color: \"#777777\", categories: [C] }

const C: Category = Category::new(\"Cli Fix\", \"Two nodes.\").icon(\"MdBlurOn\");
const G: Group = C.group(\"All\");

/// Ä shape.
#[derive(Choice)]
pub enum Shape {
    Round,
    #[choice(label = \"Oval (fit)\")]
    Oval,
    Star,
}

/// Blurs.
#[node(id = \"cli_fix:all:blur\", group = G)]
pub fn blur(
    image: ImageView<'_>,
    #[input(default = 1.0, range = 0.0..=8.0)] amount: f32, /* ä */ shape: Shape,
    /// How far.
    #[input(default = 3)]
    radius: u32,
) -> Image {
    let _ = (amount, shape, radius);
    image.to_image()
}
";

#[test]
fn what_a_declaration_can_keep_is_written_at_its_place_and_nowhere_else() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("in the workspace");
    let directory = tempfile::tempdir().expect("a temporary directory");
    let sdk = checkout.to_str().expect("Unicode");
    tool(directory.path(), &["new", "cli-fix", "--template", "minimal", "--sdk-path", sdk]).ended_with(0);
    let package = directory.path().join("cli-fix");
    fs::copy(checkout.join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    // What is new asks for a higher version, which is not what this is about.
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("there");
    fs::write(package.join("Cargo.toml"), manifest.replace("version = \"0.1.0\"", "version = \"0.1.1\""))
        .expect("written");
    let library = package.join("src/lib.rs");
    let write = |text: &str| fs::write(&library, text).expect("written");
    write(SOURCE);
    let schema = tool(&package, &["schema", "--debug"]).ended_with(0).stdout;
    fs::write(package.join("old.json"), schema).expect("written");
    let diff = |more: &[&str]| {
        tool(&package, &[&["diff", "old.json", "--debug", "--old-version", "0.1.0", "--fix"], more].concat())
    };

    // What the author did to the sources, and what is written: each a text and the one in its place.
    let [amount, shape, radius] = [
        "#[input(default = 1.0, range = 0.0..=8.0)] amount: f32,",
        " shape: Shape,",
        "#[input(default = 3)]\n    radius: u32,",
    ];
    let moved = SOURCE.replace(shape, "").replace(radius, &format!("{radius}\n   {shape}"));
    let inserted = SOURCE.replace(amount, &format!("gamma: Option<f32>, {amount}"));
    let rows: &[(String, &[(&str, &str)])] = &[
        (SOURCE.replace("cli_fix:all:blur", "cli_fix:all:blurred"), &[("cli_fix:all:blurred", "cli_fix:all:blur")]),
        (SOURCE.replace("    Oval,", "    Ovals,"), &[("#[choice(label", "#[choice(id = \"oval\", label")]),
        (SOURCE.replace("    Star,", "    Stars,"), &[("    Stars,", "    #[choice(id = \"star\")]\n    Stars,")]),
        (
            moved,
            &[
                (" shape: Shape", " #[input(id = 2)] shape: Shape"),
                ("#[input(default = 3)]", "#[input(id = 3, default = 3)]"),
            ],
        ),
        (
            inserted,
            &[
                ("gamma: Op", "#[input(id = 4)] gamma: Op"),
                ("#[input(default = 1.0", "#[input(id = 1, default = 1.0"),
                (" shape: Shape", " #[input(id = 2)] shape: Shape"),
                ("#[input(default = 3)]", "#[input(id = 3, default = 3)]"),
            ],
        ),
    ];
    for (changed, edits) in rows {
        write(changed);
        let said = diff(&["--dry-run"]).ended_with(0).prints(&["--- a/src/lib.rs", "\n@@ -"]);
        assert_eq!(fs::read_to_string(&library).expect("there"), *changed, "a dry run writes nothing");
        let expected = edits.iter().fold(changed.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from} in\n{text}");
            text.replacen(from, to, 1)
        });
        diff(&[]).ended_with(0);
        assert_eq!(fs::read_to_string(&library).expect("there"), expected, "{}", said.stdout);
        // Once is enough.
        diff(&["--deny", "breaking"]).ended_with(0).tells(&["Unchanged"]);
    }

    // A choice that is gone cannot be kept, and is told; what can be kept is.
    write(&SOURCE.replace("    Round,\n", "").replace("cli_fix:all:blur", "cli_fix:all:blurs"));
    diff(&[]).ended_with(1).prints(&["BREAKING  blur: choice `round`"]).tells(&["error[CH0601]", "Writing the id"]);
    // A node that a macro makes.
    let made = SOURCE
        .replace("/// Blurs.\n", "macro_rules! made { ($($all:tt)*) => { $($all)* } }\nmade! {\n")
        .replace(":blur\"", ":blurry\"");
    let made = format!("{made}}}\n");
    write(&made);
    diff(&[]).ended_with(1).tells(&["warning[CH0609]", "cli_fix:all:blur"]);
    assert_eq!(fs::read_to_string(&library).expect("there"), made);
    diff(&["old.json"]).ended_with(2).tells(&["error[CH0607]"]);
    tool(&package, &["diff", "old.json", "--dry-run"]).ended_with(2).tells(&["--fix"]);
}
