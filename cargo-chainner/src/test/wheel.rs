//! The wheel in a clean environment: built, installed, imported, and each node called once more, with the results that the library
//! without Python gave to compare with.

use std::{
    env,
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use chainner_sdk::library::{InputDescription, InputValues, NodeDescription, WireFloat, WireValue};
use serde_json::{Value as Json, json};

use crate::{
    cli::CargoOptions,
    codes::Code,
    describe::Described,
    error::Failure,
    host,
    shell::{Shell, Verbosity},
};

use super::{
    case::{Case, MADE},
    judge::{Judge, Verdict},
    outcome::{Outcome, Seen},
    plan,
    process::{Caller, End},
    recipe::Recipe,
    sandbox::Sandbox,
    worker::Task,
};

/// Cases of each node.
const CASES: usize = 4;
const SCRIPT: &str = include_str!("wheel.py");
/// How a line of the script begins that is for the tool.
const MARK: &str = "chainner:";

/// An environment with the wheel in it.
#[derive(Debug)]
pub(crate) struct Installed {
    python: PathBuf,
}

/// The interpreter to test with, if there is one: CPython 3.10 or newer that can make environments.
pub(crate) fn interpreter() -> Option<PathBuf> {
    let chosen = env::var_os("PYTHON").map(PathBuf::from);
    chosen.into_iter().chain(["python3", "python"].map(PathBuf::from)).find(|python| {
        let asked = Command::new(python)
            .args(["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    })
}

/// Builds the wheel and installs it into a fresh environment, with numpy; nothing if there is no numpy to be had.
///
/// # Errors
/// One of the steps fails; the message has what was said.
pub(crate) fn install(
    python: &Path,
    caller: &Caller<'_>,
    described: &Described,
    cargo: &CargoOptions,
    shell: &Shell,
) -> Result<Option<Installed>> {
    let directory = caller.directory();
    let dist = directory.join("dist");
    let mut build = Command::new(env::current_exe()?);
    build.arg("build").arg("--quiet").arg("--package").arg(described.package.directory()).arg("--out").arg(&dist);
    for (is, flag) in
        [(cargo.debug, "--debug"), (cargo.locked, "--locked"), (cargo.offline, "--offline"), (cargo.frozen, "--frozen")]
    {
        build.args(is.then_some(flag));
    }
    let target = cargo.target_dir.as_ref().map_or(&described.package.target_directory, |target| target);
    build.arg("--target-dir").arg(target);
    if let Some(jobs) = &cargo.jobs {
        build.args(["--jobs", jobs]);
    }
    step(build.env("CARGO_TERM_QUIET", "true"), "the wheel cannot be built", shell)?;
    let wheels = fs::read_dir(&dist)?.flatten().map(|entry| entry.path());
    let wheel = wheels.into_iter().find(|path| path.extension() == Some(OsStr::new("whl")));
    let wheel = wheel.context("the build left no wheel")?;

    let environment = directory.join("environment");
    let mut venv = Command::new(python);
    step(venv.args(["-m", "venv"]).arg(&environment), "no clean environment can be made", shell)?;
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = environment.join(programs).join(format!("python{}", env::consts::EXE_SUFFIX));
    let mut pip = clean(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).arg(&wheel);
    step(&mut pip, "pip cannot install the wheel", shell)?;
    let mut import = clean(&python);
    import.args(["-c", "import importlib, sys; importlib.import_module(sys.argv[1])"]);
    step(import.arg(described.package.module()), "the installed package cannot be imported", shell)?;
    // The package works with numpy where there is one, and does not bring it along.
    let mut numpy = clean(&python);
    numpy.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "numpy"]);
    let has_numpy = step(&mut numpy, "pip cannot install numpy", shell).is_ok();
    Ok(has_numpy.then_some(Installed { python }))
}

/// An interpreter without the settings of the person who started the tool.
fn clean(python: &Path) -> Command {
    let mut command = Command::new(python);
    for name in ["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"] {
        command.env_remove(name);
    }
    command
}

fn step(command: &mut Command, what: &str, shell: &Shell) -> Result<()> {
    shell.detail("Running", format_args!("{command:?}"));
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {command:?}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(if output.stderr.is_empty() { &output.stdout } else { &output.stderr });
    let lines: Vec<&str> = said.lines().collect();
    let last = lines[lines.len().saturating_sub(12)..].join("\n");
    let help =
        "run the step by itself: `cargo chainner build`, then `pip install` what it names; `--no-wheel` leaves it out";
    Err(Failure::new(Code::TestWheel, format!("{what}:\n{last}")).help(help).into())
}

/// A case for the script, and where it comes from.
struct Planned<'a> {
    node: &'a NodeDescription,
    case: Case,
    json: Json,
}

/// Calls nodes in the environment, and hands over what is wrong with each. Only cases that came to an end natively are tried, so there is
/// no limit of time.
pub(crate) fn call(
    installed: &Installed,
    caller: &Caller<'_>,
    nodes: &[(&NodeDescription, &Judge<'_>)],
    module: &str,
    shell: &Shell,
    mut found: impl FnMut(&NodeDescription, &Case, Verdict),
) -> Result<usize> {
    let mut planned = Vec::new();
    for (number, (node, judge)) in nodes.iter().enumerate() {
        let directory = caller.directory().join("python").join(number.to_string());
        plan_node(caller, node, judge, &directory, shell, &mut planned)?;
    }
    let plan = caller.directory().join("plan.json");
    let cases: Vec<&Json> = planned.iter().map(|planned| &planned.json).collect();
    fs::write(&plan, serde_json::to_vec(&json!({"module": module, "cases": cases}))?)?;
    let script = caller.directory().join("call_nodes.py");
    fs::write(&script, SCRIPT)?;

    let mut start = 0;
    while start < planned.len() {
        let mut command = clean(&installed.python);
        command.arg(&script).arg(&plan).arg(start.to_string()).current_dir(caller.directory());
        let quiet = shell.verbosity() < Verbosity::Verbose;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start Python")?;
        let errors = child.stderr.take().context("Python has no stderr")?;
        let errors = std::thread::spawn(move || std::io::read_to_string(errors).unwrap_or_default());
        let lines = BufReader::new(child.stdout.take().context("Python has no stdout")?).lines();
        let (mut at, mut is_done) = (None, false);
        for line in lines.map_while(Result::ok) {
            // Nodes may print, too.
            let Some(told) = line.strip_prefix(MARK) else { continue };
            let told: Json = serde_json::from_str(told)?;
            if let Some(number) = told["at"].as_u64() {
                at = Some(number as usize);
            }
            if let (Some(number), Some(problem)) = (told["case"].as_u64(), told["problem"].as_str()) {
                let Planned { node, case, .. } = &planned[number as usize];
                let help = "the two halves share all but the conversion of values; if the node is sound, this is a bug of the SDK";
                let message = format!("does otherwise in Python: {problem}");
                let verdict = Verdict::new(Code::TestPython, message, help);
                found(node, case, verdict.sides("the result of the native library", problem));
            }
            is_done |= told["done"] == true;
        }
        let status = child.wait()?;
        let said = errors.join().unwrap_or_default();
        if !quiet {
            shell.text(&said);
        }
        if is_done {
            break;
        }
        let last = said.lines().last().unwrap_or_default();
        let Some((at, Planned { node, case, .. })) = at.and_then(|at| Some((at, planned.get(at)?))) else {
            let message = format!("the script that calls the nodes in Python stopped before the first: {last}");
            return Err(Failure::new(Code::TestWheel, message).help("see the whole of what it says: `-v`").into());
        };
        let death = if status.success() { "it ended".to_owned() } else { format!("{} {last}", host::death(status)) };
        let help = "look for `unsafe` code, an `abort` or an `exit` in the node";
        let message = format!("takes Python down ({})", death.trim());
        found(
            node,
            case,
            Verdict::new(Code::TestPython, message, help).sides("the result of the native library", death),
        );
        start = at + 1;
    }
    Ok(planned.len())
}

fn plan_node<'a>(
    caller: &Caller<'_>,
    node: &'a NodeDescription,
    judge: &Judge<'_>,
    directory: &Path,
    shell: &Shell,
    planned: &mut Vec<Planned<'a>>,
) -> Result<()> {
    let cases: Vec<Case> =
        plan::cases(node, 0, 0).into_iter().filter(|case| judge.is_bearable(case)).take(CASES).collect();
    fs::create_dir_all(directory)?;
    let mut ends: Vec<(usize, Outcome)> = Vec::new();
    let task = Task::Judge { samples: Some(directory.to_owned()) };
    caller.run(node, &cases, &task, shell, |number, end| {
        // What is wrong natively has been told, and says nothing of Python.
        if judge.verdicts(&cases[number], &end).is_empty()
            && let End::Outcome(outcome) = end
        {
            ends.push((number, *outcome));
        }
        true
    })?;
    for (number, outcome) in ends {
        let case = &cases[number];
        let sandbox = Sandbox::fresh(&directory.join(format!("files-{number}")))?;
        let writer = Writer { caller, directory, sandbox: &sandbox, number };
        let Ok(arguments) = writer.arguments(node, case) else { continue };
        let iterated = node.outputs.iter().filter(|output| output.iterated).count();
        let labels: Vec<&str> = node.outputs[iterated..].iter().map(|output| output.label.as_str()).collect();
        let labels = if iterated > 0 { [vec!["items"], labels].concat() } else { labels };
        let json = json!({
            "function": node.function,
            "arguments": arguments,
            "iterated": iterated,
            "most": 64,
            "outputs": node.outputs.len(),
            "labels": labels,
            "expected": writer.expected(iterated > 0, &outcome),
        });
        planned.push(Planned { node, case: case.clone(), json });
    }
    Ok(())
}

struct Writer<'a> {
    caller: &'a Caller<'a>,
    directory: &'a Path,
    sandbox: &'a Sandbox,
    number: usize,
}

impl Writer<'_> {
    fn arguments(&self, node: &NodeDescription, case: &Case) -> Result<Vec<Json>> {
        let argument = |input: &InputDescription| match input.iterated {
            true => {
                let items = case.items(input).into_iter().take(case.length(node));
                let items: Vec<Json> = items.map(|value| self.argument(input, &value)).collect::<Result<_>>()?;
                Ok(json!({"items": items}))
            }
            false => self.argument(input, &case.value(input)),
        };
        node.inputs.iter().map(argument).collect()
    }

    fn argument(&self, input: &InputDescription, value: &Json) -> Result<Json> {
        if let (InputValues::Image { .. } | InputValues::Clipboard | InputValues::Any, Some(text)) =
            (&input.kind, value.as_str())
            && let Ok(recipe) = text.parse::<Recipe>()
        {
            let image = recipe.image();
            let name = format!("in-{}-{text}.f32", self.number).replace(':', "-");
            let file = self.directory.join(name);
            let bytes: Vec<u8> = image.view().samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
            fs::write(&file, bytes)?;
            return Ok(json!({"image": {"file": file, "shape": [recipe.height, recipe.width, recipe.channels]}}));
        }
        match (&input.kind, value.as_str()) {
            (InputValues::File { .. } | InputValues::Directory { .. }, Some(what)) => {
                Ok(json!({"value": self.sandbox.file(input, what)?}))
            }
            (InputValues::Handle { type_name }, Some(MADE)) => {
                let maker = self.caller.maker(type_name).with_context(|| format!("no node gives a `{type_name}`"))?;
                if maker
                    .node
                    .inputs
                    .iter()
                    .any(|input| matches!(input.kind, InputValues::Handle { .. }) && !input.optional)
                {
                    anyhow::bail!("objects that are made of objects are not tried in Python");
                }
                let iterated = maker.node.outputs.iter().filter(|output| output.iterated).count();
                if iterated > 0 {
                    anyhow::bail!("objects that come in sequences are not tried in Python");
                }
                Ok(json!({"made": {
                    "function": maker.node.function,
                    "arguments": self.arguments(&maker.node, &Case::default())?,
                    "output": maker.output,
                    "outputs": maker.node.outputs.len(),
                    "iterated": 0,
                }}))
            }
            (InputValues::Float { .. }, Some(text)) => Ok(json!({"float": text})),
            _ => Ok(json!({"value": value})),
        }
    }

    /// What the script has to get; nothing if it has to get an error.
    fn expected(&self, has_items: bool, outcome: &Outcome) -> Option<Vec<Json>> {
        let statics = outcome.statics.as_ref().ok()?;
        let all = |values: &[Seen]| values.iter().map(|seen| self.result(seen)).collect::<Vec<_>>();
        let items: Option<Vec<Json>> = outcome.items.iter().map(|item| Some(json!(all(item.as_ref().ok()?)))).collect();
        let items = has_items.then_some(json!({"items": items?}));
        Some(items.into_iter().chain(all(statics)).collect())
    }

    fn result(&self, seen: &Seen) -> Json {
        // Files of the two calls lie in different directories.
        let native = self.caller.sandbox().to_string_lossy().into_owned();
        let moved = |text: &str| text.replace(&native, &self.sandbox.path().to_string_lossy());
        match seen {
            Seen::Image(image) => {
                let file = image.file.as_ref().map(|name| self.directory.join(name));
                json!({"image": {"file": file, "shape": [image.height, image.width, image.channels]}})
            }
            Seen::Value(value) => match value {
                WireValue::Missing => json!({"value": null}),
                WireValue::Bool(value) => json!({"value": value}),
                WireValue::Integer(value) | WireValue::Seed(value) => json!({"value": value}),
                WireValue::Unsigned(value) => json!({"value": value}),
                WireValue::Float(WireFloat::Finite(value)) => json!({"float": value}),
                WireValue::Float(WireFloat::Other(text)) => json!({"float": text}),
                WireValue::Text(text) | WireValue::Path(text) => json!({"value": moved(text)}),
                WireValue::Color(components) => json!({"color": components}),
                WireValue::Image(_) | WireValue::Object(_) | WireValue::Kept(_) => json!({"anything": null}),
            },
        }
    }
}
