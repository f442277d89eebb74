//! Wheels for an older glibc than this machine's, and for other systems, linked by zig from PyPI.

#![cfg(target_os = "linux")]

use std::{env, path::PathBuf, process::Command};

use serde_json::Value as Json;
use system_tests::{Environment, interpreters, quiet_package, run, target_dir, tool};

/// Builds the package for these targets; the wheels, as the tool names them.
fn built(targets: &[&str]) -> Vec<PathBuf> {
    let zig = Environment::with(&interpreters()[0], &["ziglang==0.17.1", "cargo-zigbuild==0.24.0"]);
    let programs = zig.program("python").parent().expect("programs lie in a directory").to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([programs].into_iter().chain(env::split_paths(&path))).expect("a path");
    let out = target_dir().join("system").join("targets-dist");
    let mut build = Command::new(tool());
    build.args(["build", "--offline", "--target"]).args(targets).arg("--out").arg(&out);
    build.current_dir(quiet_package("targets")).env("PATH", path);
    build.env("CARGO_TARGET_DIR", target_dir().join("system").join("targets-target"));
    let said = run(&mut build).succeeded();
    said.stdout.lines().filter(|line| line.ends_with(".whl")).map(PathBuf::from).collect()
}

#[test]
fn a_wheel_for_glibc_2_17_is_one_and_runs_here() {
    let target = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let wheels = built(&[&target]);
    let [wheel] = wheels.as_slice() else { panic!("{wheels:?}") };
    let tag = format!("manylinux_2_17_{}", env::consts::ARCH);
    assert!(wheel.to_string_lossy().ends_with(&format!(".{tag}.whl")), "{}", wheel.display());

    let judges = Environment::with(&interpreters()[0], &["auditwheel==6.8.2"]);
    let said = run(judges.python().args(["-m", "auditwheel", "show", "--json"]).arg(wheel)).succeeded();
    let report: Json = serde_json::from_str(&said.stdout).expect("auditwheel writes JSON");
    assert_eq!(report["overall_tag"], tag.as_str());

    let environment = Environment::with(&interpreters()[0], &["numpy", "pytest==9.2.0"]);
    let mut pip = environment.python();
    run(pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall"]).arg(wheel))
        .succeeded();
    run(environment.python().args(["-c", "import quiet; assert quiet.add(1, 2) == 3"])).succeeded();
}

#[test]
fn wheels_for_other_systems_are_made_without_them() {
    // Each compiles everything anew; asked for by name.
    let Ok(targets) = env::var("CHAINNER_TARGETS") else {
        eprintln!(
            "note: skipped, set CHAINNER_TARGETS to targets whose standard library is installed, separated by spaces"
        );
        return;
    };
    let wheels = built(&targets.split_whitespace().collect::<Vec<_>>());
    assert_eq!(wheels.len(), targets.split_whitespace().count());
    let judges = Environment::with(&interpreters()[0], &["abi3audit==0.0.26"]);
    for wheel in &wheels {
        println!("{}", wheel.display());
        run(Command::new(judges.program("abi3audit")).args(["--strict", "--report"]).arg(wheel)).succeeded();
        run(Command::new(tool()).args(["verify", "--pypi"]).arg(wheel)).succeeded();
    }
}
