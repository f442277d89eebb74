//! `cargo chainner run` of nodes that make, take and turn sequences: files in, files out.

use std::{fs, path::Path, process::Command};

use serde_json::{Value as Json, json};
use system_tests::{Run, root, run, scratch, target_dir, tool};

fn node(directory: &Path, words: &[&str]) -> Run {
    let mut command = Command::new(tool());
    command.args(["run", "-p"]).arg(root().join("tests/seeded")).args(["--debug", "--target-dir"]).arg(target_dir());
    run(command.args(words).current_dir(directory).env_remove("CARGO_TERM_COLOR"))
}

fn record(run: &Run) -> Json {
    let first = run.stdout.lines().next().expect("a line");
    serde_json::from_str(first).unwrap_or_else(|_| panic!("no JSON: {first}"))
}

fn files(directory: &Path) -> Vec<String> {
    let names = fs::read_dir(directory).expect("there").map(|entry| entry.expect("readable").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A directory with an image, `image.png`, and those that a generator makes of it in `frames`.
fn frames(name: &str, count: &str) -> std::path::PathBuf {
    let directory = scratch(name);
    fs::create_dir(directory.join("frames")).expect("made");
    fs::write(directory.join("image.png"), PIXELS).expect("written");
    node(&directory, &["items_sound", "image.png", "--count", count, "-o", "frames"]).ended_with(0);
    directory
}

/// 2×1 pixels.
const PIXELS: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00, 0x0f, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x70, 0x68, 0x38, 0xd0, 0xd0, 0xd0, 0x00, 0x00, 0x0a, 0x07, 0x03, 0x01, 0x08,
    0x35, 0xfe, 0x66, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

#[test]
fn a_generator_numbers_its_files_and_a_transformer_takes_them() {
    let directory = frames("sequence files", "12");
    let made = files(&directory.join("frames"));
    assert_eq!((made.len(), made[0].as_str(), made[11].as_str()), (12, "0001.png", "0012.png"));

    let turned = node(&directory, &["each_sound", "frames", "-o", "turned-{}.png", "--message-format", "json"]);
    let items = record(&turned.ended_with(0))["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(12));
    // Twice the negative is the image again, and the items stand in their order.
    let back = ["each_sound", "turned-*.png", "-o", "back-{}.png"];
    node(&directory, &back).ended_with(0);
    for number in ["0001", "0012"] {
        let bytes = |name: String| fs::read(directory.join(name)).expect("written");
        assert_eq!(bytes(format!("back-{number}.png")), bytes(format!("frames/{number}.png")));
        assert_ne!(bytes(format!("turned-{number}.png")), bytes(format!("frames/{number}.png")));
    }
}

#[test]
fn numbers_are_sequences_too() {
    let directory = scratch("sequence numbers");
    let most = node(&directory, &["none_sound", "--numbers", "3", "-7.5", "5.25"]).ended_with(0);
    assert_eq!(most.stdout, "Number: 5.25\n");
    assert!(most.stderr.contains("none_sound: 3 items -> number in"), "{}", most.stderr);
    let made = node(&directory, &["length_sound", "--count", "3"]).ended_with(0);
    assert_eq!(made.stdout, "1: Number: 0\n2: Number: 1\n3: Number: 2\n");
    let none = record(&node(&directory, &["length_sound", "--count", "0", "--message-format", "json"]).ended_with(0));
    assert_eq!((&none["items"], &none["outputs"]), (&json!([]), &json!([])));
}

#[test]
fn what_cannot_be_is_refused_and_a_broken_file_ends_the_run() {
    let directory = frames("sequence refusals", "3");
    fs::write(directory.join("frames/0002.png"), "no picture").expect("written");
    for (words, code, told) in [
        (&["items_sound", "image.png", "-o", "out.png"][..], 2, "error[CH0206]"),
        (&["each_sound", "-o", "out-{}.png"], 2, "error[CH0204]: --images is a sequence, and there are no items"),
        (&["each_sound", "none.png", "-o", "out-{}.png"], 2, "error[CH0203]"),
        (&["none_sound", "--numbers", "three"], 2, "error[CH0203]"),
        (&["each_sound", "frames", "-o", "out-{}.png"], 1, "error[CH0207]: cannot read `frames/0002.png`"),
        (&["items_buggy", "--count", "2", "image.png", "-o", "-", "-o", "-"], 2, "has 1 image outputs"),
    ] {
        let said = node(&directory, words).ended_with(code);
        assert!(said.stderr.contains(told), "{words:?}: {}", said.stderr);
    }
    assert!(!files(&directory).contains(&"out.png".to_owned()));
}
