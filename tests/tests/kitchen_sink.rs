//! The package that uses every key of every kind: its schema is the one that is stored.

use std::{env, fs};

use system_tests::{root, run, schema_of, scratch, target_dir, tool};

/// `UPDATE_SCHEMAS=1 cargo test -p system-tests --test kitchen_sink` stores it anew; read what changed before you commit.
#[test]
fn the_schema_of_the_kitchen_sink_is_the_stored_one() {
    let package = root().join("tests/kitchen_sink");
    let (schema, file) = (schema_of(&package), package.join("schema.json"));
    if env::var_os("UPDATE_SCHEMAS").is_some() {
        fs::write(&file, &schema).expect("it can be written");
    }
    let stored = fs::read_to_string(&file).expect("it is stored").replace("\r\n", "\n");
    let differ = stored.lines().zip(schema.lines()).enumerate().find(|(_, (stored, now))| stored != now);
    let (line, (stored_line, now)) = differ.unwrap_or_default();
    assert!(stored == schema, "{}:{}\n  stored {stored_line}\n  now    {now}", file.display(), line + 1);
}

/// What it declares is not only possible but right.
#[test]
fn check_has_nothing_to_say_about_the_kitchen_sink() {
    let mut check = std::process::Command::new(tool());
    check.args(["check", "--debug", "--target-dir"]).arg(target_dir());
    let checked =
        run(check.current_dir(root().join("tests/kitchen_sink")).env("CARGO_NET_OFFLINE", "true")).succeeded();
    assert!(checked.stderr.contains("0 errors, 0 warnings"), "{}", checked.stderr);
}

/// A node that is to run in place of another has to be like it.
#[test]
fn check_compares_nodes_with_those_that_they_replace() {
    let mut node = serde_json::json!({"schemaId": "chainner:utility:keys", "kind": "regularNode", "inputs": []});
    let app = scratch("replaced").join("nodes.json");
    let checked = |node: &serde_json::Value| {
        let answer = serde_json::json!({"nodes": [node]});
        fs::write(&app, answer.to_string()).expect("it can be written");
        let mut check = std::process::Command::new(tool());
        check.args(["check", "--debug", "--target-dir"]).arg(target_dir()).arg("--app").arg(&app);
        let package = root().join("tests/kitchen_sink");
        run(check.current_dir(package).env("CARGO_NET_OFFLINE", "true")).succeeded().stderr
    };
    let said = checked(&node);
    let told = "cannot run in place of `chainner:utility:keys`: that has 0 inputs, and this 2";
    assert!(said.contains("warning[CH0169]") && said.contains(told), "{said}");
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root().join("tests/kitchen_sink/schema.json")).expect("it is stored"))
            .expect("a schema");
    let ours = schema["nodes"].as_array().into_iter().flatten().find(|of| of["schemaId"] == "kitchen_sink:nodes:keys");
    node = ours.expect("it is there").clone();
    node["schemaId"] = "chainner:utility:keys".into();
    let said = checked(&node);
    assert!(!said.contains("CH0169"), "{said}");
}
