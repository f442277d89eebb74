//! What times depend on besides the nodes.

use std::{fs, thread};

use serde::{Deserialize, Serialize};

/// A machine, and how the package was compiled on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Machine {
    /// Rust's names of the system and the processor's kind.
    pub(super) os: String,
    pub(super) arch: String,
    /// Model of the processor, as the system names it.
    pub(super) cpu: Option<String>,
    /// Threads that run at a time.
    pub(super) threads: usize,
    /// `release` or `dev`.
    pub(super) profile: String,
}

impl Machine {
    /// The one that this runs on.
    pub(super) fn this(is_debug: bool) -> Self {
        Self {
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            cpu: cpu(),
            threads: thread::available_parallelism().map_or(1, usize::from),
            profile: if is_debug { "dev" } else { "release" }.to_owned(),
        }
    }

    /// In what this one differs from another, as in "was made …".
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let mut all = Vec::new();
        if self.profile != other.profile {
            all.push(format!("with the {} profile, and this is the {} profile", self.profile, other.profile));
        }
        let hardware =
            |machine: &Self| (machine.os.clone(), machine.arch.clone(), machine.cpu.clone(), machine.threads);
        if hardware(self) != hardware(other) {
            all.push(format!("on another machine ({self})"));
        }
        all
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { os, arch, cpu, threads, .. } = self;
        let cpu = cpu.as_deref().unwrap_or(arch);
        write!(f, "{cpu}, {threads} thread{}, {os}", if *threads == 1 { "" } else { "s" })
    }
}

fn cpu() -> Option<String> {
    if cfg!(windows) {
        return std::env::var("PROCESSOR_IDENTIFIER").ok();
    }
    if cfg!(target_vendor = "apple") {
        let told = std::process::Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]).output().ok()?;
        return Some(String::from_utf8(told.stdout).ok()?.trim().to_owned()).filter(|name| !name.is_empty());
    }
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let name = text.lines().find_map(|line| line.strip_prefix("model name"))?;
    Some(name.trim_start_matches([' ', '\t', ':']).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_like_itself_and_others_are_told() {
        let this = Machine::this(false);
        assert_eq!(this.differences(&this), [""; 0]);
        let other = Machine { threads: this.threads + 62, ..this.clone() };
        assert!(other.differences(&this)[0].starts_with("on another machine ("));
        assert!(Machine::this(true).differences(&this)[0].contains("dev profile"));
    }
}
