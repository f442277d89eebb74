//! `cargo chainner bench`: what it measures, and when it says that a node got slower. No time decides a test: baselines are edited
//! so far that no noise reaches the difference.

use std::{fs, path::Path, process::Command};

use serde_json::{Value as Json, json};
use system_tests::{Run, root, run, scratch, target_dir, tool};

/// Nodes of `tests/seeded` and `tests/probe` that each stand for a sort.
const NODES: [&str; 6] = ["opacity_gain_sound", "look_up_sound", "clock_sound", "file_sound", "invert", "each_sound"];

fn bench(nodes: &[&str], words: &[&str]) -> Run {
    let mut command = Command::new(tool());
    command.args(["bench", "-p"]).args([root().join("tests/seeded"), root().join("tests/probe")]);
    command.args(["--debug", "--quick", "--target-dir"]).arg(target_dir()).args(words);
    command.arg("--node").args(nodes).current_dir(root()).env_remove("CARGO_TERM_COLOR");
    run(&mut command)
}

fn lines(run: &Run, reason: &str) -> Vec<Json> {
    let line = |line: &str| serde_json::from_str::<Json>(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
    run.stdout.lines().map(line).filter(|line| line["reason"] == reason).collect()
}

#[test]
fn nodes_of_all_sorts_are_measured_or_skipped_with_the_reason() {
    let measured = bench(&NODES, &["--size", "64,40x20", "--message-format", "json"]).ended_with(0);
    let rows = lines(&measured, "chainner-bench");
    let row = |function: &str, size: Option<&str>| {
        let found = rows.iter().find(|row| row["function"] == function && row["size"] == json!(size));
        found.unwrap_or_else(|| panic!("no {function} {size:?}: {}", measured.stdout))
    };
    for function in ["opacity_gain_sound", "look_up_sound", "invert", "each_sound"] {
        for (size, width, height) in [("64", 64, 64), ("40x20", 40, 20)] {
            let row = row(function, Some(size));
            assert_eq!(
                (&row["width"], &row["height"], &row["profile"]),
                (&json!(width), &json!(height), &json!("dev"))
            );
            let number = |key: &str| row["seconds"][key].as_f64().expect("a number");
            assert!(0.0 < number("min") && number("min") <= number("median"), "{row}");
            assert!(row["calls"].as_u64() >= Some(1) && row["megapixels_per_second"].as_f64() > Some(0.0), "{row}");
        }
    }
    // An argument that owns its image is a copy, and a view is none.
    let copies = |function: &str| {
        (row(function, Some("64"))["copies"].clone(), row(function, Some("64"))["copied_bytes"].clone())
    };
    assert_eq!(copies("invert"), (json!(1), json!(64 * 64 * 3 * 4)));
    assert_eq!(copies("look_up_sound"), (json!(0), json!(0)));
    assert!(row("clock_sound", None)["megapixels_per_second"].is_null());
    assert_eq!(row("file_sound", None)["skipped"], "it needs a file for 'File'");
    let sum = &lines(&measured, "chainner-benched")[0];
    assert_eq!((&sum["measured"], &sum["skipped"], &sum["slower"]), (&json!(9), &json!(1), &Json::Null));
}

#[test]
#[cfg(target_os = "linux")]
fn the_memory_of_a_call_holds_its_result() {
    let measured = bench(&["opacity_gain_sound"], &["--size", "2048", "--message-format", "json"]).ended_with(0);
    let memory = lines(&measured, "chainner-bench")[0]["peak_memory"].as_u64().expect("Linux tells");
    let image = 2048 * 2048 * 3 * 4;
    assert!((image * 9 / 10..image * 4).contains(&memory), "{memory} bytes for an image of {image}");
}

/// Multiplies all times of a baseline.
fn scaled(file: &Path, factor: f64) -> String {
    let mut baseline: Json = serde_json::from_str(&fs::read_to_string(file).expect("saved")).expect("JSON");
    for measured in baseline["measurements"].as_array_mut().expect("a list") {
        for key in ["min", "median"] {
            measured[key] = json!(measured[key].as_f64().expect("a number") * factor);
        }
        for quartile in measured["quartiles"].as_array_mut().expect("two") {
            *quartile = json!(quartile.as_f64().expect("a number") * factor);
        }
    }
    baseline.to_string()
}

#[test]
fn a_node_that_got_slower_fails_and_one_that_did_not_passes() {
    let directory = scratch("bench");
    let file = directory.join("main.json");
    let path = file.to_str().expect("Unicode");
    let nodes = ["opacity_gain_sound", "clock_sound"];
    let table = bench(&nodes, &["--size", "300", "--save", path]).ended_with(0).stdout;
    assert!(table.starts_with("node") && table.contains("\nopacity_gain_sound  300"), "{table}");

    let against = |text: &str, words: &[&str], code: i32| {
        let other = directory.join("other.json");
        fs::write(&other, text).expect("written");
        let words = [&["--size", "300", "--baseline", other.to_str().expect("Unicode")], words].concat();
        bench(&nodes, &words).ended_with(code)
    };
    let slower = against(&scaled(&file, 0.01), &["--fail-over", "2"], 1);
    for told in
        ["error[CH1501]: node `opacity_gain_sound` at 300 takes", "error[CH1501]: node `clock_sound`", "Again", "src/"]
    {
        assert!(slower.stderr.contains(told), "no {told:?} in {}", slower.stderr);
    }
    // Without a limit it is told, and no failure.
    let told = against(&scaled(&file, 0.01), &[], 0);
    assert!(told.stdout.contains("slower") && !told.stderr.contains("error"), "{}", told.stdout);
    let faster = against(&scaled(&file, 100.0), &["--fail-over", "1.25"], 0);
    assert!(!faster.stderr.contains("Again") && !faster.stdout.contains("slower"), "{}", faster.stderr);

    let text = scaled(&file, 100.0);
    let elsewhere = text.replacen("\"threads\":", "\"threads\":9", 1);
    let said = against(&elsewhere, &["--fail-over", "1.25"], 0);
    assert!(said.stderr.contains("warning[CH1503]") && said.stderr.contains("on another machine"), "{}", said.stderr);
    for (wrong, told) in [
        (text.replacen("\"version\":1", "\"version\":2", 1), "it is of version 2"),
        (text.replacen("chainner-bench", "criterion", 1), "does not begin with"),
        (text[..text.len() / 2].to_owned(), "no JSON"),
        (text.replacen("\"calls\"", "\"tries\"", 1), "missing field `calls`"),
    ] {
        let said = against(&wrong, &["--fail-over", "1.25"], 2);
        assert!(said.stderr.contains("error[CH1502]") && said.stderr.contains(told), "{told:?}: {}", said.stderr);
    }
}

#[test]
fn a_node_of_the_baseline_that_fails_now_and_a_bench_of_nothing_are_errors() {
    let file = scratch("bench gone").join("main.json");
    let path = file.to_str().expect("Unicode");
    bench(&["clock_sound"], &["--save", path]).ended_with(0);
    let mut baseline: Json = serde_json::from_str(&fs::read_to_string(&file).expect("saved")).expect("JSON");
    let mut gone = baseline["measurements"][0].clone();
    let schema = run(Command::new(tool())
        .args(["run", "-p"])
        .arg(root().join("tests/seeded"))
        .args(["--debug", "--target-dir"])
        .arg(target_dir())
        .args(["--message-format", "json"]));
    let id = lines(&schema, "chainner-node").into_iter().find(|node| node["function"] == "file_sound").expect("there");
    gone["node"] = id["id"].clone();
    baseline["measurements"].as_array_mut().expect("a list").push(gone);
    fs::write(&file, baseline.to_string()).expect("written");
    let words = ["--baseline", path, "--fail-over", "900"];
    let said = bench(&["clock_sound", "file_sound"], &words).ended_with(1);
    assert!(said.stderr.contains("error[CH1505]: node `file_sound`"), "{}", said.stderr);

    let nothing = bench(&["file_sound"], &[]).ended_with(1);
    assert!(nothing.stderr.contains("error[CH1504]"), "{}", nothing.stderr);
    let unknown = bench(&["clock_sonud"], &[]).ended_with(2);
    assert!(unknown.stderr.contains("did you mean `clock_sound`?"), "{}", unknown.stderr);
}
