//! Runs cases in a process of its own, with a limit of time for each, and starts it anew behind one that ends it.

use std::{
    collections::BTreeMap,
    env,
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use chainner_sdk::library::NodeDescription;

use crate::{codes::Code, describe::Described, error::Failure, host, shell::Shell};

use super::{
    case::Case,
    outcome::{Line, Measurement, Outcome},
    worker::{Job, Maker, SUBCOMMAND, Task},
};

/// What a case came to.
#[derive(Debug)]
pub(crate) enum End {
    /// The node came back.
    Outcome(Box<Outcome>),
    /// The process ended, in words.
    Crash(String),
    /// The node was still at work.
    Hang(Duration),
    /// The case was measured.
    Measured(Box<Measurement>),
    /// The case could not be tried, and why.
    Skipped(String),
}

/// What calls the nodes of a package.
#[derive(Debug)]
pub(crate) struct Caller<'a> {
    described: &'a Described,
    library: PathBuf,
    makers: BTreeMap<String, Maker>,
    directory: tempfile::TempDir,
    /// Time for one call.
    limit: Duration,
}

/// Processes of one node that may end by themselves, before the rest of its cases is left alone.
const MOST_CRASHES: usize = 3;

impl<'a> Caller<'a> {
    pub(crate) fn new(described: &'a Described, limit: Duration) -> Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("chainner-test-").tempdir().context("cannot make a directory")?;
        // A copy: building the wheel puts the library with Python into its place.
        let library = directory.path().join("library");
        std::fs::copy(&described.library, &library)
            .with_context(|| format!("cannot copy `{}`", described.library.display()))?;
        Ok(Self { described, library, makers: makers(described), directory, limit })
    }

    /// Directory for files of the run.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Directory that holds the files of a case while it runs.
    pub(crate) fn sandbox(&self) -> PathBuf {
        self.directory().join("case")
    }

    /// What makes an object of a type.
    pub(crate) fn maker(&self, type_name: &str) -> Option<&Maker> {
        self.makers.get(type_name)
    }

    /// Runs cases of a node, and hands over what each came to, until `each` wants no more.
    pub(crate) fn run(
        &self,
        node: &NodeDescription,
        cases: &[Case],
        task: &Task,
        shell: &Shell,
        mut each: impl FnMut(usize, End) -> bool,
    ) -> Result<()> {
        let mut start = 0;
        let mut crashes = 0;
        while start < cases.len() {
            let mut process = self.start(node, &cases[start..], task, shell)?;
            let mut at = 0;
            let mut begun = Instant::now();
            let end = loop {
                let ended = process.child.try_wait()?;
                for line in process.lines()? {
                    match line {
                        Line::At(number) => (at, begun) = (number, Instant::now()),
                        Line::Again => begun = Instant::now(),
                        Line::Done(number, outcome) => {
                            begun = Instant::now();
                            at = number + 1;
                            if !each(start + number, End::Outcome(outcome)) {
                                return Ok(());
                            }
                        }
                        Line::Measured(number, measurement) => {
                            begun = Instant::now();
                            at = number + 1;
                            if !each(start + number, End::Measured(measurement)) {
                                return Ok(());
                            }
                        }
                        Line::Skipped(number, why) => {
                            begun = Instant::now();
                            at = number + 1;
                            if !each(start + number, End::Skipped(why)) {
                                return Ok(());
                            }
                        }
                        Line::Refused { code, message, help } => {
                            let code = Code::from_id(&code).unwrap_or(Code::Failed);
                            return Err(Failure { help, ..Failure::new(code, message) }.into());
                        }
                    }
                }
                match ended {
                    Some(_) if start + at >= cases.len() => return Ok(()),
                    Some(status) => break End::Crash(host::death(status)),
                    None if begun.elapsed() > self.limit => break End::Hang(self.limit),
                    None => thread::sleep(Duration::from_millis(2)),
                }
            };
            drop(process);
            crashes += 1;
            start += at;
            if !each(start, end) || crashes >= MOST_CRASHES {
                return Ok(());
            }
            start += 1;
        }
        Ok(())
    }

    fn start(&self, node: &NodeDescription, cases: &[Case], task: &Task, shell: &Shell) -> Result<Process> {
        let sandbox = self.sandbox();
        let job = Job {
            library: self.library.clone(),
            module: self.described.package.module(),
            node: node.clone(),
            cases: cases.to_vec(),
            makers: self.makers.clone(),
            sandbox: sandbox.clone(),
            task: task.clone(),
        };
        let reply = tempfile::Builder::new().prefix("reply-").tempfile_in(self.directory())?;
        let mut command = Command::new(env::current_exe()?);
        command.arg(SUBCOMMAND).arg(reply.path()).stdin(Stdio::piped());
        // What nodes print tells nothing of the cases that they are printed for.
        if shell.verbosity() < crate::shell::Verbosity::Verbose {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        } else {
            command.stdout(std::io::stderr());
        }
        // What a node takes for the person's own files is in the directory of the case, too.
        for name in ["HOME", "TMPDIR", "TMP", "TEMP", "USERPROFILE"] {
            command.env(name, &sandbox);
        }
        std::fs::create_dir_all(&sandbox)?;
        let mut child =
            command.current_dir(&sandbox).spawn().context("cannot start the process that calls the nodes")?;
        let mut stdin = child.stdin.take().context("the process that calls the nodes has no input")?;
        // A process that has ended already tells so by its status.
        let _ = stdin.write_all(&serde_json::to_vec(&job)?);
        drop(stdin);
        Ok(Process { child, reply, read: 0, rest: Vec::new() })
    }
}

/// A running process, and how far its lines have been read.
struct Process {
    child: Child,
    reply: tempfile::NamedTempFile,
    read: u64,
    rest: Vec<u8>,
}

impl Process {
    /// The lines that have been written since the last call.
    fn lines(&mut self) -> Result<Vec<Line>> {
        let mut file = File::open(self.reply.path())?;
        file.seek(SeekFrom::Start(self.read))?;
        self.read += file.read_to_end(&mut self.rest)? as u64;
        let mut lines = Vec::new();
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            lines.push(
                serde_json::from_slice(&line).context("cannot read what the process that calls the nodes tells")?,
            );
        }
        Ok(lines)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended, or no one wants what it does.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The nodes that give objects, by the names of their types.
fn makers(described: &Described) -> BTreeMap<String, Maker> {
    let mut makers = BTreeMap::new();
    let schema = &described.description.schema;
    for node in &described.description.nodes {
        let Some(schema) =
            schema["nodes"].as_array().and_then(|all| all.iter().find(|found| found["schemaId"] == node.id.as_str()))
        else {
            continue;
        };
        for (output, of) in schema["outputs"].as_array().into_iter().flatten().enumerate() {
            if let Some(name) = of["type"].as_str() {
                let needs_itself = |maker: &Maker| {
                    let takes = |kind: &chainner_sdk::library::InputValues| matches!(kind, chainner_sdk::library::InputValues::Handle { type_name } if type_name == name);
                    maker.node.inputs.iter().any(|input| !input.optional && takes(&input.kind))
                };
                let maker = Maker { node: node.clone(), output };
                let inputs = |maker: &Maker| maker.node.inputs.len();
                let better = makers.get(name).is_none_or(|other: &Maker| inputs(&maker) < inputs(other));
                if better && !needs_itself(&maker) {
                    makers.insert(name.to_owned(), maker);
                }
            }
        }
    }
    makers
}
