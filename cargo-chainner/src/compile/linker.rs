//! Who links for another system: what the configuration of cargo names, the system's own tools, MinGW, or zig, which links for all
//! of them, and against an old glibc.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;
use cargo_config2::Config;

use super::{Target, cargo_program, paths::rustc, target::GLIBC_FLOOR, target::Os};
use crate::{
    codes::Code,
    error::Failure,
    project::{NodePackage, listed},
};

/// The packages of PyPI that bring zig.
const INSTALL_ZIG: &str = "python3 -m pip install ziglang cargo-zigbuild";

/// Who links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linker {
    /// Cargo by itself.
    Cargo,
    /// `cargo-zigbuild`, at this path.
    Zig(PathBuf),
}

impl Linker {
    /// Finds who links for a target that was asked for by name.
    ///
    /// # Errors
    /// Nobody at hand can; the message names what to install.
    pub fn find(package: &NodePackage, target: &Target) -> Result<Self> {
        if target.glibc().is_none() && is_configured(package, target)? {
            return Ok(Self::Cargo);
        }
        let host = Target::host()?;
        let triple = target.triple();
        match (target.os(), host.os()) {
            (Os::Mac, Os::Mac) => Ok(Self::Cargo),
            (Os::WindowsMsvc, Os::WindowsMsvc) => Ok(Self::Cargo),
            (Os::WindowsGnu, Os::WindowsGnu) if target == &host => Ok(Self::Cargo),
            (Os::WindowsMsvc, _) => Err(no_linker(
                format!("Microsoft's linker and libraries, which run on Windows only, link for `{triple}`"),
                "build on Windows, or for `x86_64-pc-windows-gnu`, whose wheels the same Pythons load; with a linker of your own, \
                 name it in `.cargo/config.toml`"
                    .to_owned(),
            )),
            (Os::WindowsGnu, _) if mingw(target).is_some_and(|program| find_program(program).is_some()) => Ok(Self::Cargo),
            (os, _) => match zig() {
                Some(zig) => Ok(Self::Zig(zig)),
                None => Err(no_linker(
                    format!("`zig` and `cargo-zigbuild`, which link for `{triple}`, are not on the PATH"),
                    install_help(os, target == &host),
                )),
            },
        }
    }

    /// The command that runs `cargo rustc`.
    pub(super) fn cargo(&self) -> Command {
        let mut command = match self {
            Self::Cargo => Command::new(cargo_program()),
            Self::Zig(program) => {
                let mut command = Command::new(program);
                // An interpreter that has the package `ziglang` may stand beside it, on no PATH.
                if let Some(directory) = program.parent() {
                    let path = env::var_os("PATH").unwrap_or_default();
                    let all = std::iter::once(directory.to_owned()).chain(env::split_paths(&path));
                    if let Ok(path) = env::join_paths(all) {
                        command.env("PATH", path);
                    }
                }
                command
            }
        };
        command.arg("rustc");
        command
    }

    /// The target as the command takes it: zig links against the glibc that stands behind it.
    pub(super) fn target(&self, target: &Target) -> String {
        match (self, target.os()) {
            (Self::Zig(_), Os::LinuxGnu) => {
                let (major, minor) = target.glibc().unwrap_or(GLIBC_FLOOR);
                format!("{}.{major}.{minor}", target.triple())
            }
            _ => target.triple().to_owned(),
        }
    }
}

/// The standard libraries of all these targets are installed.
///
/// # Errors
/// Some are not; the message names the command that installs them.
pub fn require_standard_libraries(package: &NodePackage, targets: &[Target]) -> Result<()> {
    let mut missing = Vec::new();
    for target in targets {
        let output = rustc()
            .args(["--print", "target-libdir", "--target", target.triple()])
            .current_dir(package.directory())
            .output();
        let directory = output.ok().and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default();
        let is_there = std::fs::read_dir(Path::new(directory.trim())).is_ok_and(|mut entries| {
            entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
        });
        if !is_there {
            missing.push(target.triple());
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("Rust's standard library is not installed for {}", listed(&missing));
    let help = format!("run `rustup target add {}`", missing.join(" "));
    Err(Failure::new(Code::TargetMissing, message).help(help).into())
}

fn no_linker(message: String, help: String) -> anyhow::Error {
    Failure::new(Code::LinkerMissing, message).help(help).into()
}

fn install_help(os: Os, is_host: bool) -> String {
    match os {
        Os::WindowsGnu => format!("run `{INSTALL_ZIG}`, or on Debian and Ubuntu `apt install gcc-mingw-w64`"),
        _ if is_host => {
            format!("run `{INSTALL_ZIG}`; without `--target`, the wheel is linked against this machine's C library")
        }
        _ => format!("run `{INSTALL_ZIG}`"),
    }
}

/// Whether the configuration of cargo, or the environment, names a linker for the target.
fn is_configured(package: &NodePackage, target: &Target) -> Result<bool> {
    let unreadable = |error: cargo_config2::Error| {
        Failure::new(Code::Rustflags, format!("the configuration of cargo cannot be read: {error}")).help(
            "correct `.cargo/config.toml` in one of the directories above, or the variable that the message names",
        )
    };
    let config = Config::load_with_cwd(package.directory()).map_err(unreadable)?;
    Ok(config.linker(target.triple()).map_err(unreadable)?.is_some())
}

/// The compiler of MinGW that rustc links with.
fn mingw(target: &Target) -> Option<&'static str> {
    match target.triple() {
        "x86_64-pc-windows-gnu" => Some("x86_64-w64-mingw32-gcc"),
        "i686-pc-windows-gnu" => Some("i686-w64-mingw32-gcc"),
        _ => None,
    }
}

fn zig() -> Option<PathBuf> {
    let program = find_program("cargo-zigbuild")?;
    let beside = |name: &str| program.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)).is_file();
    let has_zig = find_program("zig").is_some()
        || beside("python-zig")
        || ["python3", "python"].iter().any(|python| {
            let own = program.with_file_name(format!("{python}{}", env::consts::EXE_SUFFIX));
            let python = if own.is_file() { own.into_os_string() } else { (*python).into() };
            let asked = Command::new(python).args(["-c", "import ziglang"]).output();
            asked.is_ok_and(|answer| answer.status.success())
        });
    has_zig.then_some(program)
}

/// A program on the PATH, in the active virtual environment, or where cargo and pip install programs of the user.
fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    let environment = env::var_os("VIRTUAL_ENV").map(|directory| PathBuf::from(directory).join(programs));
    let cargo = super::paths::cargo_home().map(|directory| directory.join("bin"));
    let user = super::paths::home().map(|home| home.join(".local/bin"));
    let further = [environment, cargo, user].into_iter().flatten();
    env::split_paths(&path).chain(further).map(|directory| directory.join(&file)).find(|file| file.is_file())
}
