//! The wheels of the examples, judged by other people's tools.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value as Json;
use system_tests::{Environment, example_wheels, interpreters, run, scratch};

/// The judges, pinned.
const VALIDATORS: &[&str] = &[
    "twine==7.0.0",
    "check-wheel-contents==0.6.3",
    "installer==1.1.0",
    "wheel-inspect==1.7.2",
    "auditwheel==6.8.2",
    "abi3audit==0.0.26",
];

fn validators() -> Environment {
    Environment::with(&interpreters()[0], VALIDATORS)
}

fn each(judge: impl Fn(&Environment, &Path)) {
    let environment = validators();
    example_wheels().iter().for_each(|wheel| judge(&environment, wheel));
}

#[test]
fn twine_accepts_the_metadata() {
    each(|environment, wheel| {
        run(Command::new(environment.program("twine")).args(["check", "--strict"]).arg(wheel)).succeeded();
    });
}

#[test]
fn check_wheel_contents_finds_nothing() {
    each(|environment, wheel| {
        run(Command::new(environment.program("check-wheel-contents")).arg("--no-config").arg(wheel)).succeeded();
    });
}

#[test]
fn installer_finds_every_file_as_recorded() {
    let destination = scratch("installer");
    each(|environment, wheel| {
        run(environment
            .python()
            .args(["-m", "installer", "--validate-record", "all", "--no-compile-bytecode", "--destdir"])
            .arg(&destination)
            .arg(wheel))
        .succeeded();
    });
}

#[test]
fn wheel_inspect_calls_them_valid() {
    each(|environment, wheel| {
        let said = run(Command::new(environment.program("wheel2json")).arg(wheel)).succeeded();
        let report: Json = serde_json::from_str(&said.stdout).expect("wheel2json writes JSON");
        assert_eq!(report["valid"], true, "{}", said.stdout);
    });
}

#[test]
fn abi3audit_finds_only_the_stable_interface() {
    each(|environment, wheel| {
        run(Command::new(environment.program("abi3audit")).args(["--strict", "--report"]).arg(wheel)).succeeded();
    });
}

#[test]
fn auditwheel_agrees_with_the_platform_tag() {
    each(|environment, wheel| {
        let said = run(environment.python().args(["-m", "auditwheel", "show", "--json"]).arg(wheel)).succeeded();
        let report: Json = serde_json::from_str(&said.stdout).expect("auditwheel writes JSON");
        let tag = report["overall_tag"].as_str().expect("the report has a tag");
        let name = file_name(wheel);
        let platforms = name.trim_end_matches(".whl").rsplit('-').next().unwrap_or_default();
        assert!(platforms.split('.').any(|platform| platform == tag), "{name}: auditwheel says {tag}");
        assert_eq!(report["external_libs"], serde_json::json!({}), "{name}");
    });
}

#[test]
fn names_carry_the_stable_interface_from_3_10() {
    for wheel in example_wheels() {
        let name = file_name(wheel);
        assert!(name.contains("-cp310-abi3-"), "{name}");
    }
}

fn file_name(wheel: &Path) -> String {
    PathBuf::from(wheel.file_name().unwrap_or_default()).display().to_string()
}
