//! The sites that `docs` writes, judged by other people's parsers and shown by a real browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use system_tests::{Environment, interpreters, root, run, scratch, target_dir, tool};

/// The judges, pinned. html5lib parses as browsers do, and can refuse what they only mend.
const VALIDATORS: &[&str] = &["html5lib==1.1"];
/// The checker of the W3C, from npm; it runs on Java.
const CHECKER: &str = "vnu-jar@26.9.27";

/// Parses each file it is given, pages strictly and pictures as XML.
const JUDGE: &str = "\
import sys, xml.etree.ElementTree, html5lib
for path in sys.argv[1:]:
    text = open(path, encoding='utf-8').read()
    try:
        if path.endswith('.svg'):
            xml.etree.ElementTree.fromstring(text)
        else:
            html5lib.HTMLParser(strict=True).parse(text)
    except Exception as error:
        sys.exit(f'{path}: {error}')
print(len(sys.argv) - 1)
";

/// Sites of a package as people write them, and of one that declares every key of every kind.
fn sites() -> &'static [PathBuf] {
    static SITES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    SITES.get_or_init(|| {
        let mut sites = Vec::new();
        for package in ["examples/film_lab", "tests/kitchen_sink"] {
            let site = scratch(&format!("docs of {package}")).join("site");
            let mut docs = Command::new(tool());
            docs.args(["docs", "--debug", "-p", "."]).arg("--out").arg(&site);
            run(docs.current_dir(root().join(package)).env("CARGO_TARGET_DIR", target_dir())).succeeded();
            sites.push(site);
        }
        sites
    })
}

/// Pages and pictures of nodes of a site.
fn files(site: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for directory in [site.to_owned(), site.join("nodes")] {
        let entries = fs::read_dir(directory).expect("there").flatten().map(|entry| entry.path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == ending)));
    }
    files.sort();
    files
}

#[test]
fn every_node_has_a_page_and_all_are_well_formed() {
    let environment = Environment::with(&interpreters()[0], VALIDATORS);
    for site in sites() {
        let (pages, pictures) = (files(site, "html"), files(site, "svg"));
        assert_eq!(pages.len(), pictures.len() + 1, "a page and a picture for each node, and the first page");
        assert!(pages.len() > 8);
        let judged = run(environment.python().args(["-c", JUDGE]).args(&pages).args(&pictures)).succeeded();
        assert_eq!(judged.stdout.trim(), (pages.len() + pictures.len()).to_string());
    }
    // The judge does judge.
    let broken = scratch("docs broken");
    for (name, text) in [("a.html", "<!DOCTYPE html>\n<p><b>a</p>\n"), ("a.svg", "<svg><g></svg>")] {
        let path = broken.join(name);
        fs::write(&path, text).expect("written");
        run(environment.python().args(["-c", JUDGE]).arg(&path)).ended_with(1);
    }
}

#[test]
fn the_checker_of_the_w3c_finds_nothing() {
    let has =
        |program: &str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !has("npm") || !has("java") {
        println!("skipped: there is no npm or no java");
        return;
    }
    let directory = target_dir().join("environments").join("vnu");
    let jar = directory.join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !jar.exists() {
        fs::create_dir_all(&directory).expect("made");
        let install = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"];
        run(Command::new("npm").args(install).arg(&directory).arg(CHECKER)).succeeded();
    }
    let checked = |paths: &[PathBuf]| {
        let mut java = Command::new("java");
        java.arg("-jar").arg(&jar).args([
            "--format",
            "text",
            "--also-check-css",
            "--also-check-svg",
            "--skip-non-html",
        ]);
        run(java.args(paths))
    };
    checked(sites()).succeeded();
    let broken = scratch("docs checker");
    fs::write(
        broken.join("a.html"),
        "<!DOCTYPE html>\n<html lang=en><title>a</title><h1>a</h1><h3>b</h3><img src=x>\n",
    )
    .expect("written");
    checked(&[broken]).ended_with(1);
}

/// A browser that runs without a screen.
fn browser() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    names
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()))
}

#[test]
fn the_search_narrows_the_list_in_a_browser() {
    let Some(browser) = browser() else {
        println!("skipped: there is no Chromium");
        return;
    };
    let profile = scratch("docs browser");
    let shown = |query: &str| {
        let index = sites()[0].join("index.html");
        let mut command = Command::new(browser);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]);
        command.arg(format!("--user-data-dir={}", profile.display()));
        let page = run(command.arg(format!("file://{}{query}", index.display()))).succeeded().stdout;
        let nodes: Vec<String> = page
            .split("<li class=\"node\"")
            .skip(1)
            .filter(|node| !node.split('>').next().unwrap_or_default().contains(" hidden="))
            .filter_map(|node| Some(node.split_once("href=\"nodes/")?.1.split_once(".html")?.0.to_owned()))
            .collect();
        let found =
            page.split_once("id=\"found\"").and_then(|(_, rest)| rest.split_once("</p>")).expect("a line").0.to_owned();
        (nodes, found)
    };
    let (nodes, found) = shown("");
    assert_eq!(nodes.len(), 8);
    assert!(found.contains("hidden"), "{found}");
    // Words of the name, of a label and of the description, in any order.
    assert_eq!(shown("?q=Vignette"), (vec!["vignette".to_owned()], shown("?q=vignette").1));
    assert_eq!(shown("?q=corners%20amount").0, ["vignette"]);
    let (nodes, found) = shown("?q=no-such-node");
    assert!(nodes.is_empty() && found.contains("No node has all of these words."), "{found}");
    let _ = fs::remove_dir_all(profile);
}
