//! The tool as its users have it: the real program, on packages that it made itself.

mod program;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use program::{checkout, said, tool};

/// A new package in a directory of its own, with the versions of the workspace.
fn package(name: &str, template: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let sdk = checkout().to_str().expect("Unicode");
    tool(directory.path(), &["new", name, "--template", template, "--sdk-path", sdk]).ended_with(0);
    let package = directory.path().join(name);
    fs::copy(checkout().join("Cargo.lock"), package.join("Cargo.lock")).expect("copied");
    (directory, package)
}

fn picture(package: &Path) -> String {
    let path = package.join("in.png");
    image::RgbImage::from_fn(8, 6, |x, y| image::Rgb([x as u8 * 30, y as u8 * 40, 99])).save(&path).expect("written");
    path.to_str().expect("Unicode").to_owned()
}

/// Puts the library of a package together anew.
fn write_library(package: &Path, nodes: &str) {
    let head = "use chainner_sdk::prelude::*;\n\
        package! { name: \"Probe\", description: \"Probes.\", icon: \"BsImage\", color: \"#777\", categories: [ALL] }\n\
        const ALL: Category = Category::new(\"Probe\", \"Probes.\");\n\
        const GROUP: Group = ALL.group(\"All\");\n";
    fs::write(package.join("src/lib.rs"), format!("{head}{nodes}")).expect("written");
    let _ = fs::remove_dir_all(package.join("tests"));
}

#[test]
fn a_new_filter_passes_its_tests_and_runs() {
    let (_keep, package) = package("cli-filter", "filter");
    said(Command::new(env!("CARGO")).args(["fmt", "--check"]), &package).ended_with(0);
    said(Command::new(env!("CARGO")).arg("test"), &package).ended_with(0);
    let input = picture(&package);
    let input = input.as_str();

    let help = tool(&package, &["run", "--debug", "grain", "--help"]).ended_with(0).stdout;
    for part in ["--amount <0..=100>", "[number in %] [default: 10]", "--stock <fine|coarse|custom>", "--size <1..=32>"]
    {
        assert!(help.contains(part), "no {part} in\n{help}");
    }
    tool(&package, &["run", "--debug", "grain", input, "-o", "out.png", "--amount", "40", "--stock", "coarse"])
        .ended_with(0)
        .tells(&["grain: 8×6 RGB -> 8×6 RGB in "]);
    let open = |name: &str| image::open(package.join(name)).expect("a picture").to_rgb8();
    assert_eq!(open("out.png").dimensions(), (8, 6));
    assert_ne!(open("out.png"), open("in.png"));

    let refused = |words: &[&str], parts: &[&str]| {
        tool(&package, &[&["run", "--debug"], words].concat()).ended_with(2).tells(parts);
    };
    refused(
        &["grain", input, "-o", "no.png", "--amount", "180"],
        &["error[CH0202]: --amount = 180 is outside 0..=100"],
    );
    refused(&["grain", input, "-o", "no.png", "--stock", "fien"], &["error[CH0203]", "did you mean `fine`?"]);
    refused(&["grain", input, "-o", "no.png", "--amonut", "1"], &["'--amonut'", "'--amount'"]);
    refused(&["grain", input], &["error[CH0206]", "help: add `-o image.png`"]);
    refused(&["grain", "-o", "no.png"], &["error[CH0204]: --image is missing"]);
    refused(&["grian", input, "-o", "no.png"], &["error[CH0201]", "did you mean `grain`?"]);
    refused(&["grain", input, "-o", "no.bmp"], &["error[CH0208]"]);
    refused(&["grain", input, input, "-o", "no.png"], &["error[CH0205]"]);
    refused(&["grain", input, "-o", "no.png", "-p", "x"], &["error[CH0212]", "before the node"]);
    let files = fs::read_dir(&package).expect("there").flatten();
    assert!(files.into_iter().all(|file| !file.file_name().to_string_lossy().starts_with("no.")));

    tool(&package, &["check", "--debug"]).ended_with(0).tells(&["1 node, 0 errors, 0 warnings"]);
}

#[test]
fn a_new_minimal_package_passes_its_tests_and_prints_its_schema() {
    let (_keep, package) = package("cli-minimal", "minimal");
    said(Command::new(env!("CARGO")).args(["fmt", "--check"]), &package).ended_with(0);
    said(Command::new(env!("CARGO")).arg("test"), &package).ended_with(0);
    // As cargo calls its subcommands.
    let schema = tool(&package, &["chainner", "schema", "--debug"]).ended_with(0);
    let json: serde_json::Value = serde_json::from_str(&schema.stdout).expect("JSON");
    assert_eq!(json["nodes"][0]["schemaId"], "cli_minimal:adjust:invert");
    let list = tool(&package, &["run", "--debug"]).ended_with(0).stdout;
    assert_eq!(list, "invert  Turns an image into its negative.\n");
}

#[test]
fn values_are_printed_and_panics_and_crashes_are_told() {
    let (_keep, package) = package("cli-probe", "minimal");
    write_library(
        &package,
        "/// Measures.\n#[node(id = \"cli_probe:all:measure\", group = GROUP)]\n\
         #[output(label = \"Width\")]\n#[output(label = \"Name\")]\n\
         pub fn measure(image: ImageView<'_>) -> (u32, String) { println!(\"noise\"); (image.width() as u32, \"ä\".into()) }\n\
         /// Panics.\n#[node(id = \"cli_probe:all:panics\", group = GROUP)]\n\
         pub fn panics(image: ImageView<'_>) -> Image { panic!(\"no {}\", image.width()) }\n\
         /// Aborts.\n#[node(id = \"cli_probe:all:aborts\", group = GROUP)]\n\
         pub fn aborts(#[input(range = 0..=9)] code: i32) -> i32 { if code == 3 { std::process::abort() } code }\n",
    );
    let input = picture(&package);
    let input = input.as_str();
    let run = |words: &[&str]| tool(&package, &[&["run", "--debug"], words].concat());
    let measured = run(&["measure", input]).ended_with(0).tells(&["noise"]);
    assert_eq!(measured.stdout, "Width: 8\nName: ä\n");
    let lines = run(&["measure", input, "--message-format", "json"]).ended_with(0).stdout;
    let json = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line of JSON"));
    let json = json.into_iter().find(|json| json["reason"] == "chainner-run").expect("the result");
    assert_eq!(json["outputs"][1], serde_json::json!({"label": "Name", "value": "ä"}));

    run(&["panics", input, "-o", "out.png"]).ended_with(1).tells(&["error[CH0211]", "src/lib.rs:", "no 8"]);
    assert!(!package.join("out.png").exists());
    run(&["aborts", "--code", "3"]).ended_with(1).tells(&["error[CH0007]"]);
    assert_eq!(run(&["aborts", "--code=4"]).ended_with(0).stdout, "Number: 4\n");
}

#[test]
fn metadata_is_that_of_the_wheel_and_compiles_only_for_dependencies() {
    let (_keep, package) = package("cli-metadata", "minimal");
    let plain = tool(&package, &["metadata"]).ended_with(0);
    assert!(
        plain.stdout.starts_with("Metadata-Version: 2.4\nName: cli-metadata\nVersion: 0.1.0\n"),
        "{}",
        plain.stdout
    );
    assert!(!plain.stdout.contains("Requires-Dist"));
    // Nothing that does not compile keeps it from being said.
    let library = fs::read_to_string(package.join("src/lib.rs")).expect("there");
    fs::write(package.join("src/lib.rs"), format!("{library}\nfn broken() -> u8 {{ \"\" }}\n")).expect("written");
    assert_eq!(tool(&package, &["metadata"]).ended_with(0).stdout, plain.stdout);

    let dependencies = "dependencies: [{ name: \"Colours\", pypi: \"colours\", version: \"1.0\", size: 1000 }],";
    assert!(library.contains("categories:"), "{library}");
    let library = library.replace("categories:", &format!("{dependencies}\n    categories:"));
    fs::write(package.join("src/lib.rs"), library).expect("written");
    let out = package.join("out");
    let made = tool(&package, &["metadata", "--debug", "--out", "out"]).ended_with(0).stdout;
    assert_eq!(made, "out/cli_metadata-0.1.0.dist-info\n");
    let metadata = fs::read_to_string(package.join(made.trim()).join("METADATA")).expect("there");
    assert!(metadata.contains("\nRequires-Dist: colours==1.0\n"), "{metadata}");
    tool(&package, &["metadata", "--debug", "--out", "out"])
        .ended_with(2)
        .tells(&["error[CH0703]", "is there already"]);
    assert_eq!(fs::read_dir(&out).expect("there").count(), 1);

    let wheel = tool(&package, &["build", "--debug"]).ended_with(0).stdout;
    let wheel = wheel.lines().find(|line| line.ends_with(".whl")).expect("named");
    let mut wheel = zip::ZipArchive::new(fs::File::open(package.join(wheel)).expect("there")).expect("a wheel");
    for file in ["METADATA", "entry_points.txt", "licenses/LICENSE"] {
        let name = format!("cli_metadata-0.1.0.dist-info/{file}");
        let packed = std::io::read_to_string(wheel.by_name(&name).expect(file)).expect("text");
        assert_eq!(packed, fs::read_to_string(out.join(&name)).expect("there"), "{file}");
    }
}

#[test]
fn nodes_that_are_not_compiled_are_named() {
    let (_keep, package) = package("cli-stray", "minimal");
    let node = "use crate::*;\n/// Blurs.\n#[node(id = \"cli_stray:all:blur\", group = GROUP)]\n\
                pub fn blur(image: ImageView<'_>) -> Image { image.to_image() }\n";
    write_library(&package, "");
    fs::write(package.join("src/blur.rs"), node).expect("written");
    let check = || tool(&package, &["check", "--debug"]);
    check().ended_with(3).tells(&[
        "error[CH0107]: the package has no nodes",
        "error[CH0108]: `blur` carries `#[node]`",
        "src/blur.rs:4:8",
        "help: `src/blur.rs` is not a module of the crate: add `mod blur;` to `src/lib.rs`",
    ]);
    tool(&package, &["build", "--debug"]).ended_with(3);
    assert!(!package.join("dist").exists());

    write_library(&package, "mod blur;\n");
    check().ended_with(0);

    let library = fs::read_to_string(package.join("src/lib.rs")).expect("there");
    let without: Vec<&str> = library.lines().filter(|line| !line.starts_with("package!")).collect();
    fs::write(package.join("src/lib.rs"), without.join("\n")).expect("written");
    check().ended_with(3).tells(&["error[CH0106]", "package! {", "name: \"Cli Stray\""]);

    fs::write(package.join("src/lib.rs"), "fn {").expect("written");
    check().ended_with(101).tells(&["error"]);
}

#[test]
fn new_refuses_bad_names_and_full_directories_and_leaves_nothing() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let new = |words: &[&str]| tool(directory.path(), &[&["new"], words].concat());
    new(&["Film Lab"]).ended_with(2).tells(&["error[CH0301]", "help: try `cargo chainner new film-lab`"]);
    new(&["json"]).ended_with(2).tells(&["error[CH0301]"]);
    new(&["film", "--sdk-path", "/nowhere"]).ended_with(2).tells(&["error[CH0303]"]);
    new(&["film", "--template", "movie"]).ended_with(2);
    fs::create_dir(directory.path().join("full")).expect("made");
    fs::write(directory.path().join("full/file"), "").expect("written");
    new(&["full"]).ended_with(2).tells(&["error[CH0302]", "--path"]);
    let left: Vec<_> =
        fs::read_dir(directory.path()).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["full"]);
}

#[test]
fn packages_are_chosen_by_name_and_place() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    tool(root, &["schema"]).ended_with(1).tells(&["error[CH0002]", "cargo chainner new"]);

    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\", \"plain\"]\n";
    fs::write(root.join("Cargo.toml"), manifest).expect("written");
    let sdk = checkout().to_str().expect("Unicode");
    for name in ["one", "two"] {
        let new = tool(root, &["new", name, "--template", "minimal", "--sdk-path", sdk]);
        new.ended_with(0).tells(&["It stands alone"]);
        let manifest = root.join(name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("there");
        fs::write(&manifest, text.replace("[workspace]", "")).expect("written");
    }
    fs::create_dir_all(root.join("plain/src")).expect("made");
    fs::write(root.join("plain/Cargo.toml"), "[package]\nname = \"plain\"\nedition = \"2024\"\n").expect("written");
    fs::write(root.join("plain/src/lib.rs"), "").expect("written");

    tool(root, &["schema"]).ended_with(2).tells(&["error[CH0004]", "`one` and `two`", "-p one"]);
    tool(root, &["schema", "-p", "tow"]).ended_with(2).tells(&["error[CH0003]", "did you mean `two`?"]);
    tool(root, &["schema", "-p", "plain"]).ended_with(1).tells(&["error[CH0005]", "cargo add chainner-sdk"]);
    tool(root, &["schema", "-p", "./nowhere"]).ended_with(2).tells(&["error[CH0003]"]);
    tool(&root.join("plain"), &["schema"]).ended_with(1).tells(&["error[CH0005]"]);
    tool(root, &["schema", "--manifest-path", "no/Cargo.toml"]).ended_with(1).tells(&["error[CH0002]"]);
    tool(root, &["scheme"]).ended_with(2).tells(&["schema"]);
}

#[test]
fn codes_are_explained() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let explain = |words: &[&str]| tool(directory.path(), &[&["explain"], words].concat());
    let text = explain(&["CH0126"]).ended_with(0).stdout;
    assert!(text.starts_with("CH0126: a condition that the app refuses\n\n"), "{text}");
    assert!(text.contains("\nWrong:\n\n    ") && text.contains("\nRight:\n\n    "), "{text}");
    let list = explain(&[]).ended_with(0).stdout;
    assert!(list.lines().count() > 80 && list.starts_with("CH0001  something failed\n"), "{list}");
    explain(&["CH0726"]).ended_with(2).tells(&["error[CH0012]: there is no code `CH0726`", "did you mean `CH0"]);
}

#[test]
fn schemas_of_others_are_checked_too() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).expect("written");
    let sound = include_str!("schemas/sound.json");
    write("sound.json", sound);
    let spoilt = sound.replace("Input1 * 2", "Inptu1 * 2").replace("acme::Mode {", "acme::Mode {{");
    write("spoilt.json", &spoilt);
    write("text.json", "{");
    write("list.json", "[]");
    let check = |words: &[&str]| tool(directory.path(), &[&["check", "--schema"], words].concat());

    check(&["sound.json"]).ended_with(0).tells(&["Checked sound.json: 4 nodes, 0 errors, 0 warnings"]);
    let said = check(&["spoilt.json"]).ended_with(3).tells(&[
        "error[CH0141]: `typeDefinitions` of input \"Mode\" of node `acme:tone:grade` is refused",
        "error[CH0144]: the type of output \"Doubled\" of node `acme:tone:grade` is refused: ",
        "  --> spoilt.json#/nodes/0/outputs/1/type\n   | Inptu1 * 2\n   | ^^^^^^\nhelp: did you mean `Input1`",
        "error: spoilt.json: 4 nodes, ",
    ]);
    assert_eq!(said.stderr.matches("cargo chainner explain").count(), 1, "{}", said.stderr);
    check(&["sound.json", "sound.json"]).ended_with(3).tells(&[
        "error[CH0168]",
        "error[CH0102]",
        "2 beside each other",
    ]);
    check(&["text.json"]).ended_with(2).tells(&["error[CH0011]", "text.json:1:1"]);
    check(&["list.json"]).ended_with(2).tells(&["error[CH0011]", "has no list of `nodes`"]);
    check(&["nowhere.json"]).ended_with(1).tells(&["error[CH0021]", "nowhere.json"]);

    let json = check(&["spoilt.json", "--message-format", "json"]).ended_with(3).stdout;
    let lines: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines[0]["reason"], "chainner-check");
    assert_eq!(lines[0]["level"], "error");
    assert_eq!(lines.last().expect("a last line")["success"], false);
}

#[test]
fn programs_get_results_errors_and_the_end_as_json() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let root = directory.path();
    let sdk = checkout().to_str().expect("Unicode");
    let records = |code: i32, words: &[&str]| -> Vec<serde_json::Value> {
        let said = tool(root, &[words, &["--message-format", "json"]].concat()).ended_with(code);
        let records: Vec<serde_json::Value> =
            said.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        let last = records.last().expect("a last line");
        assert_eq!((&last["reason"], &last["exit"]), (&"chainner-finished".into(), &code.into()), "{words:?}");
        assert_eq!(last["success"], code == 0, "{words:?}");
        assert!(records.iter().all(|record| record["v"] == 1 && record["reason"].is_string()), "{words:?}");
        records
    };
    let created = records(0, &["new", "film-lab", "--sdk-path", sdk, "--ci", "github"]);
    assert!(created[0]["path"].as_str().is_some_and(|path| path.ends_with("package.yml")), "{created:?}");
    assert_eq!((&created[1]["reason"], &created[1]["template"]), (&"chainner-created".into(), &"filter".into()));
    assert_eq!(created[1]["next"].as_array().map(Vec::len), Some(3));

    let failures: [(i32, &[&str], &str); 7] = [
        (2, &["new", "film-lab"], "CH0302"),
        (2, &["new", "other", "--ci", "gitlab", "--to", "http://example.com"], "CH1304"),
        (2, &["new", "other", "--template", "blnd"], "CH0020"),
        (2, &["bulid"], "CH0020"),
        (2, &["new"], "CH0304"),
        (1, &["check", "--schema", "nowhere.json"], "CH0021"),
        (1, &["new", "below", "--path", "film-lab/Cargo.toml/below"], "CH0022"),
    ];
    for (exit, words, code) in failures {
        let told = records(exit, words);
        assert_eq!((&told[0]["reason"], &told[0]["id"]), (&"chainner-message".into(), &code.into()), "{words:?}");
        assert!(["message", "help", "title"].iter().all(|key| told[0][key].is_string()), "{told:?}");
        let said = tool(root, words).ended_with(exit);
        assert!(said.stderr.starts_with(&format!("error[{code}]: ")) && said.stdout.is_empty(), "{}", said.stderr);
    }
    assert!(!root.join("other").exists() && !root.join("below").exists());
    assert_eq!(records(0, &["explain", "CH0102"])[0]["id"], "CH0102");
    assert_eq!(records(0, &["completions", "bash"])[0]["shell"], "bash");
}

#[test]
fn colours_and_silence_are_as_asked() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let said = |words: &[&str]| tool(directory.path(), words);
    assert!(said(&["explain", "CH9999", "--color", "always"]).ended_with(2).stderr.contains("\u{1b}["));
    assert!(!said(&["explain", "CH9999", "--color", "never"]).ended_with(2).stderr.contains("\u{1b}["));
    assert!(said(&["bulid", "--color", "always"]).ended_with(2).stderr.contains("\u{1b}["));
    assert!(said(&["--help", "--color=always"]).ended_with(0).stdout.contains("\u{1b}["));
    assert!(!said(&["--help"]).ended_with(0).stdout.contains("\u{1b}["));
    let sdk = checkout().to_str().expect("Unicode");
    assert_eq!(said(&["new", "film-lab", "--sdk-path", sdk, "-q"]).ended_with(0).stderr, "");
    let short = said(&["explain", "CH9999", "--message-format", "short", "-q"]).ended_with(2).stderr;
    assert_eq!(short.lines().count(), 1, "{short}");
    // A reader that has gone away is no failure.
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"))
        .arg("explain")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("ended").code(), Some(0));
}

#[test]
fn a_node_tells_its_progress_and_is_stopped_by_ctrl_c() {
    let (_keep, package) = package("cli-context", "filter");
    write_library(
        &package,
        "/// Works.\n\
         #[node(id = \"probe:work\", group = GROUP)]\n\
         fn work(ctx: &Context, steps: u32) -> Result<u32, NodeError> {\n\
             let all = ctx.steps(steps as usize);\n\
             for _ in 0..steps {\n\
                 std::thread::sleep(std::time::Duration::from_millis(10));\n\
                 all.step()?;\n\
             }\n\
             Ok(steps)\n\
         }\n",
    );
    let said = tool(&package, &["run", "--debug", "work", "--steps", "60"]).ended_with(0);
    said.tells(&["work: 100 %\n", "work: -> number in "]);
    let quiet = tool(&package, &["run", "--debug", "-q", "work", "--steps", "20"]).ended_with(0);
    assert!(!quiet.stderr.contains('%'), "{}", quiet.stderr);
    #[cfg(unix)]
    {
        use std::{
            io::{BufRead as _, BufReader, Read as _},
            os::unix::process::CommandExt as _,
            process::Stdio,
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
        command.args(["run", "--debug", "work", "--steps", "6000"]).current_dir(&package);
        command.env("CARGO_TARGET_DIR", program::target()).env("CARGO_NET_OFFLINE", "true");
        let mut running = command.process_group(0).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut said = BufReader::new(running.stderr.take().expect("piped"));
        let mut line = String::new();
        while !line.contains('%') {
            line.clear();
            assert_ne!(said.read_line(&mut line).expect("text"), 0, "it tells its progress");
        }
        // As a terminal does: to all processes in front.
        let group = format!("-{}", running.id());
        assert!(Command::new("kill").args(["-INT", "--", &group]).status().expect("there is `kill`").success());
        let mut rest = String::new();
        said.read_to_string(&mut rest).expect("text");
        assert_eq!(running.wait().expect("it ends").code(), Some(130), "{rest}");
        assert!(rest.contains("error[CH0213]: Work: the run was stopped"), "{rest}");
    }
}
