//! Interpreters, and the environments of the app. None is needed to build.

use std::{
    env,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::codes::Code;

use super::{
    examination::Examination,
    program::{answer, asked},
};

/// What `python -m chainner_sdk doctor --json` answers; more may stand there.
#[derive(Debug, Deserialize)]
struct Report {
    facts: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    packages: Vec<String>,
    problems: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
struct Problem {
    what: String,
    #[serde(rename = "where")]
    place: Option<String>,
    fix: Option<String>,
}

/// Looks at the given interpreters; without any, at those that are likely meant.
pub(super) fn examine(given: &[PathBuf], examination: &mut Examination) {
    let likely = likely();
    let interpreters = if given.is_empty() { &likely } else { given };
    let mut found = false;
    for python in interpreters {
        match answer(python, &["-c", "import platform, sys; print(platform.python_version(), sys.executable)"]) {
            Some(said) => {
                found = true;
                interpreter(python, &said, examination);
            }
            None if !given.is_empty() => examination.fail(
                Code::Environment,
                "python",
                format!("`{}` is no Python that answers", python.display()),
                "give the path of an interpreter, e.g. `.venv/bin/python`",
            ),
            None => {}
        }
    }
    if !found && given.is_empty() {
        examination.note(
            Code::NotInstalled,
            "python",
            "there is none: building needs none, using the wheel does",
            "install Python 3.10 or later where the wheel is to be used",
        );
    }
}

/// The active environment, the one here, that of the app, and the first on the path.
pub(crate) fn likely() -> Vec<PathBuf> {
    let (programs, name) = if cfg!(windows) { ("Scripts", "python.exe") } else { ("bin", "python3") };
    let within = |directory: PathBuf| directory.join(programs).join(name);
    let app = app_directory().and_then(|root| interpreter_of_app(&root));
    let places = [env::var_os("VIRTUAL_ENV").map(|root| within(root.into())), Some(within(".venv".into())), app];
    let mut likely: Vec<PathBuf> = places.into_iter().flatten().filter(|python| python.is_file()).collect();
    likely.push(if cfg!(windows) { "python".into() } else { "python3".into() });
    likely
}

/// The interpreter that the app keeps, below its data folder or, if portable, its own folder.
pub(crate) fn interpreter_of_app(root: &Path) -> Option<PathBuf> {
    let programs = ["python.exe", "bin/python3.11", "bin/python3", "bin/python"];
    let places = ["python/python", "python", ""].map(|place| root.join(place));
    let candidates = places.iter().flat_map(|place| programs.map(|program| place.join(program)));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

/// Where the app keeps its own interpreter.
fn app_directory() -> Option<PathBuf> {
    let root = match () {
        () if cfg!(windows) => PathBuf::from(env::var_os("APPDATA")?),
        () if cfg!(target_os = "macos") => env::home_dir()?.join("Library/Application Support"),
        () => env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".config")))?,
    };
    Some(root.join("chaiNNer"))
}

fn interpreter(python: &Path, said: &str, examination: &mut Examination) {
    let (version, executable) = said.split_once(' ').unwrap_or((said, ""));
    if examination.lines.iter().any(|line| line.subject == "python" && line.found.ends_with(&format!(", {executable}")))
    {
        return;
    }
    let minor = version.strip_prefix("3.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    if minor.is_none_or(|minor| minor < 10) {
        let found = format!("{version} is too old for the wheels, {executable}");
        return examination.warn(Code::Environment, "python", found, "use CPython 3.10 or later");
    }
    examination.ok("python", format!("{version}, {executable}"));
    environment(python, executable, examination);
}

/// What the SDK's Python half says of an environment.
fn environment(python: &Path, executable: &str, examination: &mut Examination) {
    let has_sdk = "import importlib.util, sys; sys.exit(importlib.util.find_spec('chainner_sdk') is None)";
    if answer(python, &["-c", has_sdk]).is_none() {
        return examination.note(
            Code::NotInstalled,
            "chainner",
            format!("chainner-sdk is not installed for {executable}: the app there shows no packages of wheels"),
            format!("run `{executable} -m pip install chainner-sdk`, then `{executable} -m chainner_sdk link`"),
        );
    }
    let output = asked(python, &["-m", "chainner_sdk", "doctor", "--json"]);
    let report = output.and_then(|output| serde_json::from_slice::<Report>(&output.stdout).ok());
    let Some(report) = report else {
        return examination.fail(
            Code::Environment,
            "chainner",
            format!("`{executable} -m chainner_sdk doctor --json` does not answer as it should"),
            format!("install it anew: `{executable} -m pip install --force-reinstall chainner-sdk`"),
        );
    };
    let fact = |name: &str| report.facts.get(name).map_or("unknown", String::as_str);
    let packages = match report.packages.len() {
        1 => "1 package".to_owned(),
        count => format!("{count} packages"),
    };
    examination
        .ok("chainner", format!("chainner-sdk {}, numpy {}, {packages}, {}", fact("sdk"), fact("numpy"), fact("link")));
    for Problem { what, place, fix } in report.problems {
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        let help = fix.unwrap_or_else(|| format!("run `{executable} -m chainner_sdk doctor` for the details"));
        examination.fail(Code::Environment, "chainner", format!("{what}{place}"), help);
    }
}
