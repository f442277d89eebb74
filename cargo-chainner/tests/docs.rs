//! The documentation of a package: what its pages hold, and whether they are noticed to be stale.

mod program;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use html5gum::{Token, Tokenizer};
use program::{checkout, said, tool};

const HEAD: &str = "use chainner_sdk::prelude::*;\n\
    package! { name: \"Probe\", description: \"Probes.\", icon: \"BsImage\", color: \"#777\", categories: [ALL] }\n\
    const ALL: Category = Category::new(\"Probe\", \"Probes.\");\n\
    const GROUP: Group = ALL.group(\"All\");\n";

/// A node whose documentation tries to be more than text, and two that it knows.
const TONE: &str = "/// How.\n#[derive(Choice)]\npub enum Mode { Plain, /** Turns it <i>over</i>. */ Invert }\n\
    /// Makes <script>alert(1)</script> brighter, as [`measure`] tells. See [this](../NOTES.md).\n///\n/// # More\n///\n/// [evil](javascript:alert(1))\n\
    #[node(id = \"cli_docs:all:tone\", group = GROUP, see_also = [\"cli_docs:all:measure\", \"other:node\"])]\n#[output(same_as = image)]\n\
    pub fn tone(image: ImageView<'_>, #[input(default = 0.25, range = 0.0..=1.0, slider)] amount: f32, mode: Mode,\n\
    #[input(default = 2, range = 0..=9, when(mode == Mode::Invert))] times: i32) -> Image {\n\
    let _ = times; image.map_colors(|_, _, c| match mode { Mode::Plain => c + amount, Mode::Invert => 1.0 - c }) }\n";
const MEASURE: &str = "/// Measures.\n#[node(id = \"cli_docs:all:measure\", group = GROUP)]\n\
    #[output(label = \"Width\")]\n#[output(label = \"Name\")]\n\
    pub fn measure(image: ImageView<'_>) -> (u32, String) { (image.width() as u32, \"<b>ä</b>\".into()) }\n";
const RANDOM: &str = "/// Draws lots.\n#[node(id = \"cli_docs:all:lots\", group = GROUP)]\n\
    pub fn lots() -> f64 { std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos() as f64 }\n";

struct Package {
    _keep: tempfile::TempDir,
    path: PathBuf,
}

impl Package {
    fn new(name: &str) -> Self {
        let keep = tempfile::tempdir().expect("a temporary directory");
        let sdk = checkout().to_str().expect("Unicode");
        tool(keep.path(), &["new", name, "--template", "minimal", "--sdk-path", sdk]).ended_with(0);
        let path = keep.path().join(name);
        fs::copy(checkout().join("Cargo.lock"), path.join("Cargo.lock")).expect("copied");
        let _ = fs::remove_dir_all(path.join("tests"));
        Self { _keep: keep, path }
    }

    fn write(&self, nodes: &[&str]) {
        fs::write(self.path.join("src/lib.rs"), format!("{HEAD}{}", nodes.concat())).expect("written");
    }

    fn docs(&self, words: &[&str]) -> program::Said {
        tool(&self.path, &[&["docs", "--debug", "--out", "site"], words].concat())
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join("site").join(path)).expect("there")
    }
}

/// The files below a directory, by path.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(directory: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(directory).expect("there").flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.path() {
                path if path.is_dir() => walk(&path, &format!("{name}/"), found),
                path => drop(found.insert(name, fs::read(path).expect("readable"))),
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(directory, "", &mut found);
    found
}

/// Name and attributes.
type Element = (String, BTreeMap<String, String>);

/// The elements of a page, each with its attributes, and its whole text.
fn parsed(html: &str) -> (Vec<Element>, String) {
    let mut elements = Vec::new();
    let mut text = String::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| {
                    (String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(value).into_owned())
                });
                elements.push((String::from_utf8_lossy(&tag.name).into_owned(), attributes.collect()));
            }
            Token::String(part) => text += &String::from_utf8_lossy(&part),
            Token::Error(error) => panic!("{error:?} in\n{html}"),
            _ => {}
        }
    }
    (elements, text)
}

fn of<'a>(elements: &'a [Element], name: &str) -> Vec<&'a BTreeMap<String, String>> {
    elements.iter().filter(|(element, _)| element == name).map(|(_, attributes)| attributes).collect()
}

#[test]
fn sites_are_written_checked_and_kept_true() {
    let package = Package::new("cli-docs");
    package.write(&[TONE, MEASURE, RANDOM]);
    let told = package.docs(&[]).ended_with(0).tells(&[
        "Documented 4 pages, 2 of 3 nodes with results",
        "results of `lots`: it gives something else each time",
        "warning[CH1003]",
        "`../NOTES.md`",
    ]);
    assert_eq!(told.stdout, format!("{}\n", Path::new("site").join("index.html").display()));
    let site = files(&package.path.join("site"));
    let names: BTreeSet<&str> = site.keys().map(String::as_str).collect();
    let expected = [
        "chainner-docs.json",
        "index.html",
        "nodes/lots.html",
        "nodes/lots.svg",
        "nodes/measure.html",
        "nodes/measure.svg",
        "nodes/tone.html",
        "nodes/tone.svg",
        "pictures/samples/scene.png",
        "pictures/tone-0.png",
        "search.js",
        "style.css",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    pages_hold_what_the_node_declares(&package);
    command_lines_run(&package);

    // The same package gives the same site.
    package.docs(&[]).ended_with(0).tells(&["0 files written, 0 removed"]);
    assert_eq!(files(&package.path.join("site")), site);
    let same = package.docs(&["--check"]).ended_with(0);
    assert_eq!(same.stdout, "");

    // A default, and with it the picture of the node, the page, and what it makes of the sample.
    package.write(&[&TONE.replace("default = 0.25", "default = 0.75"), MEASURE, RANDOM]);
    let stale = package.docs(&["--check"]).ended_with(1).tells(&["error[CH1002]", "`cargo chainner docs --out site`"]);
    assert_eq!(stale.stdout, "stale   nodes/tone.html\nstale   nodes/tone.svg\nstale   pictures/tone-0.png\n");
    assert_eq!(files(&package.path.join("site")), site, "a check writes nothing");
    package.docs(&[]).ended_with(0).tells(&["3 files written, 0 removed"]);

    // A node that goes, a file of others, and one that was changed.
    fs::write(package.path.join("site/CNAME"), "probe.example").expect("written");
    fs::write(package.path.join("site/style.css"), "body {}").expect("written");
    package.write(&[&TONE.replace("default = 0.25", "default = 0.75"), RANDOM]);
    let lines = package.docs(&["--check", "--message-format", "json"]).ended_with(1).stdout;
    let states: Vec<(String, String)> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON"))
        .filter(|line| line["reason"] == "chainner-stale")
        .map(|line| ["state", "file"].map(|key| line[key].as_str().expect("a text").to_owned()).into())
        .collect();
    let states: Vec<(&str, &str)> = states.iter().map(|(state, file)| (state.as_str(), file.as_str())).collect();
    assert_eq!(
        states,
        [
            ("stale", "index.html"),
            ("stale", "nodes/lots.html"),
            ("extra", "nodes/measure.html"),
            ("extra", "nodes/measure.svg"),
            ("stale", "nodes/tone.html"),
            ("stale", "style.css"),
        ]
    );
    let told = package.docs(&["--message-format", "json"]).ended_with(0);
    assert!(told.stdout.contains("\"reason\":\"chainner-docs\""), "{}", told.stdout);
    assert_eq!(told.stdout.matches("\"reason\":\"chainner-page\"").count(), 2);
    assert!(!package.path.join("site/nodes/measure.html").exists());
    assert_eq!(package.read("CNAME"), "probe.example");
    assert_eq!(package.read("style.css"), String::from_utf8_lossy(&site["style.css"]));

    // Without results there are no pictures of them, and a check asks for none.
    package.docs(&["--no-images"]).ended_with(0);
    assert!(!package.path.join("site/pictures").exists());
    package.docs(&["--check"]).ended_with(0);

    // What the package says of examples, and what it cannot say.
    package.write(&[TONE, MEASURE]);
    let manifest = fs::read_to_string(package.path.join("Cargo.toml")).expect("there");
    let with = |values: &str| {
        let entry =
            format!("\n[package.metadata.chainner.docs]\nexamples = [{{ node = \"tone\", values = {values} }}]\n");
        fs::write(package.path.join("Cargo.toml"), format!("{manifest}{entry}")).expect("written");
    };
    with("{ image = \"lights\", amount = 0.5, mode = \"invert\" }");
    package.docs(&[]).ended_with(0);
    let (_, text) = parsed(&package.read("nodes/tone.html"));
    assert!(text.contains("With Amount 0.5, Mode invert, and all else at its default."), "{text}");
    assert!(package.path.join("site/pictures/samples/lights.png").exists());
    for (values, parts) in [
        ("{ amuont = 1 }", &["error[CH1004]", "no input `amuont`", "did you mean `amount`?", "Cargo.toml"][..]),
        ("{ amount = 7 }", &["error[CH1004]", "outside 0..=1"]),
        ("{ image = \"photo.png\" }", &["error[CH1004]", "`photo.png` is no sample", "`scene`"]),
        ("{ amount = { a = 1 } }", &["error[CH1004]", "is no value"]),
        ("3", &["error[CH1004]", "examples = [{ node"]),
    ] {
        with(values);
        package.docs(&[]).ended_with(1).tells(parts);
    }
    fs::write(package.path.join("Cargo.toml"), manifest).expect("written");

    // A node that panics has no page that tells what it does.
    let before = files(&package.path.join("site"));
    let panics = "/// Panics.\n#[node(id = \"cli_docs:all:panics\", group = GROUP)]\n\
        pub fn panics(image: ImageView<'_>) -> Image { panic!(\"no {}\", image.width()) }\n";
    package.write(&[TONE, MEASURE, panics]);
    package.docs(&[]).ended_with(1).tells(&[
        "error[CH0211]: node `panics` broke down",
        "no 336",
        "src/lib.rs:",
        "--node panics",
    ]);
    assert_eq!(files(&package.path.join("site")), before);
}

fn pages_hold_what_the_node_declares(package: &Package) {
    let html = package.read("nodes/tone.html");
    let (elements, text) = parsed(&html);
    // One script, the site's own, and nothing that runs beside it.
    let scripts = of(&elements, "script");
    assert_eq!(scripts.iter().map(|script| script["src"].as_str()).collect::<Vec<_>>(), ["../search.js"]);
    assert!(elements.iter().all(|(_, attributes)| attributes.keys().all(|name| !name.starts_with("on"))));
    assert!(text.contains("Makes <script>alert(1)</script> brighter"), "{text}");
    assert!(text.contains("Turns it <i>over</i>."), "{text}");
    for attributes in elements.iter().map(|(_, attributes)| attributes) {
        for name in ["href", "src", "action"] {
            let value = attributes.get(name).map_or("", String::as_str);
            assert!(!value.contains(':') && !value.starts_with('/'), "{value} leads out of the site");
        }
    }
    // Headings go down by one at most.
    let levels: Vec<u8> = elements
        .iter()
        .filter(|(name, _)| name.len() == 2 && name.starts_with('h') && name != "hr")
        .map(|(name, _)| name.as_bytes()[1] - b'0')
        .collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] >= 2 && pair[1] <= pair[0] + 1), "{levels:?}");
    assert!(of(&elements, "img").iter().all(|img| !img["alt"].is_empty() && img.contains_key("width")));
    let rows = of(&elements, "tr").len();
    assert_eq!(rows, 1 + 4 + 1 + 1, "a row for each of four inputs and one output");
    for part in [
        "cli_docs:all:tone",
        "0.25",
        "0 to 1",
        "Shown when Mode is Invert.",
        "Before and after",
        "other:node",
        "is the type of",
        "--amount 0.25",
        "cli_docs.tone(image)",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(!text.contains("--times"), "what is hidden is not typed");
    let links: BTreeSet<&str> = of(&elements, "a").iter().map(|a| a["href"].as_str()).collect();
    assert!(links.contains("measure.html") || links.contains("../nodes/measure.html"), "{links:?}");

    let (_, text) = parsed(&package.read("nodes/measure.html"));
    assert!(text.contains("336") && text.contains("<b>ä</b>"), "{text}");
    let (elements, text) = parsed(&package.read("index.html"));
    let nodes: Vec<_> =
        elements.iter().filter(|(_, of)| of.get("class").is_some_and(|class| class == "node")).collect();
    assert_eq!(nodes.len(), 3);
    assert!(nodes.iter().any(|(_, of)| of["data-words"].contains("<script>alert(1)")), "searched as it is written");
    assert!(text.contains("version 0.1.0"));

    let card = package.read("nodes/tone.svg");
    let document = roxmltree::Document::parse(&card).expect("well-formed");
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text())
        .collect();
    assert!(texts.contains(&"Amount") && texts.contains(&"Plain") && !texts.contains(&"Times"), "{texts:?}");

    let [before, after] = ["samples/scene.png", "tone-0.png"]
        .map(|name| image::open(package.path.join("site/pictures").join(name)).expect("a picture").to_rgb8());
    assert_eq!(before.dimensions(), after.dimensions());
    // Brighter by a quarter, rounded once.
    for (one, other) in before.as_raw().iter().zip(after.as_raw()) {
        assert!(i16::from(*other).abs_diff((i16::from(*one) + 64).min(255)) <= 1, "{one} became {other}");
    }
}

/// What stands in the page is what a shell takes.
fn command_lines_run(package: &Package) {
    if !cfg!(unix) {
        return;
    }
    let html = package.read("nodes/tone.html");
    let command = html
        .split_once("<code>cargo chainner run ")
        .and_then(|(_, rest)| rest.split_once("</code>"))
        .expect("a command")
        .0;
    let input = package.path.join("image.png");
    fs::copy(package.path.join("site/pictures/samples/scene.png"), &input).expect("copied");
    let script = format!("'{}' run --debug {}", env!("CARGO_BIN_EXE_cargo-chainner"), command.replace("&quot;", "\""));
    said(Command::new("sh").args(["-ec", &script]), &package.path).ended_with(0);
    let [run, shown] =
        ["out.png", "site/pictures/tone-0.png"].map(|name| image::open(package.path.join(name)).expect("a picture"));
    assert_eq!(run.to_rgb8(), shown.to_rgb8());
}

#[test]
fn places_that_are_not_ours_are_refused_before_anything_is_compiled() {
    let package = Package::new("cli-docs-place");
    fs::write(package.path.join("src/lib.rs"), format!("{HEAD}{MEASURE}fn broken() -> u8 {{ \"\" }}\n"))
        .expect("written");
    let refused = |words: &[&str], code: i32, parts: &[&str]| {
        tool(&package.path, &[&["docs", "--debug"], words].concat()).ended_with(code).tells(parts);
    };
    refused(&["--out", "."], 2, &["error[CH1001]", "not empty", "--out DIR"]);
    refused(&["--out", "Cargo.toml"], 2, &["error[CH1001]", "no directory"]);
    refused(&["--out", "new", "--check"], 1, &["error[CH1002]: there is no site of package `cli-docs-place` in `new`"]);
    refused(&["--check"], 1, &["error[CH1002]", "chainner/docs/cli-docs-place"]);
    refused(&["--check", "--no-images"], 2, &["error[CH0020]"]);
    assert!(!package.path.join("new").exists());
}
