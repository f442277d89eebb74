//! The list of what is in a wheel's library: valid, complete, and free of this machine.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value as Json;
use system_tests::{Environment, interpreters, root, run, scratch, tool};

#[test]
fn it_is_cyclonedx_and_names_what_was_compiled() {
    let out = scratch("sbom");
    let mut build = Command::new(tool());
    build.args(["build", "-p", "film-lab", "--sbom", "--out"]).arg(&out).current_dir(root());
    let said = run(&mut build).succeeded();
    let wheel = root().join(said.stdout.lines().next().expect("the wheel is named on stdout"));

    let environment = Environment::with(
        &interpreters()[0],
        &["cyclonedx-python-lib[json-validation]==11.5.0", "check-wheel-contents==0.6.3"],
    );
    let script = "\
import sys, zipfile
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = zipfile.ZipFile(sys.argv[1]).read('film_lab-0.1.0.dist-info/sboms/film_lab.cyclonedx.json').decode()
fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
assert fault is None, fault
broken = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text.replace('\"CycloneDX\"', '\"Cyclone\"'))
assert broken is not None, 'the validator takes anything'
print(text)";
    let said = run(environment.python().args(["-c", script]).arg(&wheel)).succeeded();
    run(Command::new(environment.program("check-wheel-contents")).arg("--no-config").arg(&wheel)).succeeded();

    assert!(!said.stdout.contains(&*root().canonicalize().expect("the checkout").to_string_lossy()), "a local path");
    let document: Json = serde_json::from_str(&said.stdout).expect("JSON");
    let components = document["components"].as_array().expect("components");
    let scopes: BTreeMap<&str, &str> =
        components.iter().filter_map(|one| Some((one["name"].as_str()?, one["scope"].as_str()?))).collect();
    for (name, scope) in [
        ("chainner-sdk", "required"),
        ("pyo3", "required"),
        ("numpy", "required"),
        ("syn", "excluded"),
        ("autocfg", "excluded"),
    ] {
        assert_eq!(scopes.get(name), Some(&scope), "{name} in {scopes:?}");
    }
    // Of the workspace, but not of this wheel.
    assert!(!scopes.contains_key("clap"));
    for component in components.iter().filter(|one| one["name"] != "chainner-sdk") {
        let is_local = component["name"].as_str().is_some_and(|name| name.starts_with("chainner-"));
        assert_eq!(component["hashes"].is_array(), !is_local, "{component}");
    }
    let references: Vec<&str> = components.iter().filter_map(|one| one["bom-ref"].as_str()).collect();
    for dependency in document["dependencies"].as_array().expect("dependencies") {
        for target in dependency["dependsOn"].as_array().into_iter().flatten() {
            assert!(references.contains(&target.as_str().unwrap_or_default()), "{target}");
        }
    }
}
