//! The flags that the configuration of cargo gives stay, and hide none of those that keep this machine out of the wheel.

use std::{env, fs, process::Command};

use system_tests::{quiet_package, run, target_dir, tool};

#[test]
fn flags_of_the_configuration_and_ours_are_used() {
    let package = quiet_package("rustflags");
    // Compiles with both flags only, and would hold the path of its source if it were not remapped.
    let source = fs::read_to_string(package.join("src/lib.rs")).expect("the source");
    let wants = "#[cfg(not(all(from_a_triple, from_a_cfg)))]\ncompile_error!(\"a flag is missing\");\n";
    fs::write(package.join("src/lib.rs"), format!("{source}\n{wants}")).expect("files can be written");
    let triple = run(Command::new("rustc").arg("-vV")).succeeded().stdout;
    let triple = triple.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc tells its host").to_owned();
    let config = format!(
        "[target.{triple}]\nrustflags = [\"--cfg\", \"from_a_triple\"]\n[target.'cfg(any(unix, windows))']\nrustflags = [\"--cfg\", \
         \"from_a_cfg\"]\n"
    );
    fs::create_dir_all(package.join(".cargo")).expect("directories can be made");
    fs::write(package.join(".cargo/config.toml"), config).expect("files can be written");

    let out = target_dir().join("system").join("rustflags-dist");
    let mut build = Command::new(tool());
    build.args(["build", "--offline", "--out"]).arg(&out).current_dir(&package);
    build.env("CARGO_TARGET_DIR", target_dir().join("system").join("rustflags-target"));
    build.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    let said = run(&mut build).succeeded();
    let wheel = said.stdout.lines().next().expect("the wheel is named on stdout");
    // `build` itself refuses a wheel with a local path; that none is in the library was not left to it.
    let script = "import sys, zipfile; sys.exit(sys.argv[2].encode() in zipfile.ZipFile(sys.argv[1]).read('quiet/_native.abi3.so'))";
    let checkout = env::current_dir().expect("the checkout");
    let checkout = checkout.parent().expect("above the tests").to_string_lossy().into_owned();
    run(Command::new("python3").args(["-c", script]).arg(wheel).arg(checkout)).succeeded();
}
