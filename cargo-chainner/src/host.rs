//! Asking a compiled package: the tool starts itself as a child process, which loads the library, so that whatever the library
//! does ends the child at worst.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context as _, Result};
use chainner_sdk::library::Description;

use crate::{
    child::{self, Call, Called, Job, Reply, Work},
    codes::Code,
    error::Failure,
    project::NodePackage,
    run::attend::INTERRUPTED,
};

/// Asks a package what it is.
///
/// # Errors
/// The library cannot be loaded, is no node package, or crashes.
pub fn describe(package: &NodePackage, library: &Path) -> Result<Description> {
    described(package, library, None)
}

/// As [`describe`], of a half for Python, for which `stand_in` has the names of the interpreter.
///
/// # Errors
/// As [`describe`].
pub fn describe_with(package: &NodePackage, library: &Path, stand_in: &Path) -> Result<Description> {
    described(package, library, Some(stand_in))
}

fn described(package: &NodePackage, library: &Path, stand_in: Option<&Path>) -> Result<Description> {
    match ask(package, library, stand_in, Work::Describe)? {
        Reply::Description(description) => Ok(*description),
        reply => Err(refusal(package, reply)),
    }
}

/// Calls a node of a package.
///
/// # Errors
/// As [`describe`]; a picture cannot be read or written, or the node fails.
pub fn call(package: &NodePackage, library: &Path, call: Call) -> Result<Called> {
    match ask(package, library, None, Work::Call(call))? {
        Reply::Called(called) => Ok(called),
        reply => Err(refusal(package, reply)),
    }
}

fn ask(package: &NodePackage, library: &Path, stand_in: Option<&Path>, work: Work) -> Result<Reply> {
    if let Work::Call(_) = work {
        // Ctrl-C reaches the child as well, which knows whether the node can be asked to stop; this process waits for what it says.
        let _ = ctrlc::set_handler(|| ());
    }
    let stand_in = stand_in.map(Path::to_owned);
    let job = Job { library: library.to_owned(), module: package.module(), stand_in, work };
    let reply = tempfile::NamedTempFile::new().map_err(|error| Failure::unwritable(&env::temp_dir(), &error))?;
    let tool = env::current_exe()?;
    let mut child = Command::new(&tool)
        .arg(child::SUBCOMMAND)
        .arg(reply.path())
        .stdin(Stdio::piped())
        // What the node prints is for a person, whatever it prints it on.
        .stdout(std::io::stderr())
        .spawn()
        .map_err(|error| Failure::not_started(&tool, &error))?;
    let mut stdin = child.stdin.take().context("the process that loads the package has no input")?;
    // A child that crashed has closed its end; its status tells.
    let _ = stdin.write_all(&serde_json::to_vec(&job)?);
    drop(stdin);
    let status = child.wait()?;
    let text = std::fs::read(reply.path()).unwrap_or_default();
    serde_json::from_slice(&text).map_err(|_| match interrupted(status) {
        true => Failure::new(Code::NodeStopped, "the node was stopped").into(),
        false => crash(package, status).into(),
    })
}

fn crash(package: &NodePackage, status: ExitStatus) -> Failure {
    let name = package.name();
    Failure::new(Code::LibraryCrashed, format!("package `{name}` crashed while the tool asked it ({})", death(status)))
        .help("look for `unsafe` code, an `abort`, an `exit`, or a recursion without end in the package and its dependencies")
}

/// Whether Ctrl-C ended the child.
fn interrupted(status: ExitStatus) -> bool {
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status) == Some(2) {
        return true;
    }
    // What Windows ends a process with: STATUS_CONTROL_C_EXIT.
    matches!(status.code(), Some(INTERRUPTED | -1_073_741_510))
}

#[cfg(unix)]
pub(crate) fn death(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match status.signal() {
        Some(4) => "signal 4, illegal instruction".to_owned(),
        Some(6) => "signal 6, abort".to_owned(),
        Some(7) => "signal 7, bus error".to_owned(),
        Some(8) => "signal 8, arithmetic error".to_owned(),
        Some(9) => "signal 9, killed: is there enough memory?".to_owned(),
        Some(11) => "signal 11, invalid memory access".to_owned(),
        Some(signal) => format!("signal {signal}"),
        None => status.to_string(),
    }
}

#[cfg(not(unix))]
pub(crate) fn death(status: ExitStatus) -> String {
    status.to_string()
}

/// What a reply other than the one asked for means.
fn refusal(package: &NodePackage, reply: Reply) -> anyhow::Error {
    let name = package.name();
    match reply {
        Reply::Refused { code, message, help } => {
            let code = Code::from_id(&code).unwrap_or(Code::Failed);
            Failure { help, ..Failure::new(code, message) }.into()
        }
        Reply::NoSymbol => no_package_macro(package).into(),
        Reply::Description(_) | Reply::Called(_) => {
            Failure::new(Code::LibraryVersion, format!("package `{name}` answered another question than asked"))
                .help("upgrade cargo-chainner and chainner-sdk to the same version")
                .into()
        }
    }
}

/// Why the library does not export its package.
fn no_package_macro(package: &NodePackage) -> Failure {
    let name = package.name();
    let message = format!("the library of package `{name}` holds no `package!`");
    let failure = Failure::new(Code::NoPackageMacro, message);
    match package.sources.packages.first() {
        Some(found) => {
            let help = match &found.stray {
                Some(stray) => format!("`{}` is not a module of the crate: {}", stray.file, stray.help),
                None => "upgrade cargo-chainner and chainner-sdk to the same version".to_owned(),
            };
            Failure { places: vec![found.place.clone()], ..failure }.help(help)
        }
        None => failure.help(package.package_macro()),
    }
}
