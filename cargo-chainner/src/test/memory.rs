//! How much memory a call needs: by how far the process grows while it runs, at most. Everything counts: results, working memory,
//! and what the allocator asks for beyond that.

/// What the process had before the call, in bytes; nothing where the system does not tell.
pub(super) fn before() -> Option<u64> {
    system::before()
}

/// By how many bytes the process has grown since, at most.
pub(super) fn peak_since(before: Option<u64>) -> Option<u64> {
    Some(system::peak()?.saturating_sub(before?))
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs;

    /// Resident memory now. The peak is forgotten.
    pub(super) fn before() -> Option<u64> {
        // proc(5): 5 resets the peak of the process that writes it.
        fs::write("/proc/self/clear_refs", "5").ok()?;
        status("VmRSS:")
    }

    pub(super) fn peak() -> Option<u64> {
        status("VmHWM:")
    }

    fn status(name: &str) -> Option<u64> {
        let text = fs::read_to_string("/proc/self/status").ok()?;
        let kibibytes = text.lines().find_map(|line| line.strip_prefix(name))?.trim().strip_suffix(" kB")?;
        Some(kibibytes.parse::<u64>().ok()? * 1024)
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
mod system {
    use std::mem::MaybeUninit;

    /// The peak so far, which the process is near while it makes nothing but inputs.
    pub(super) fn before() -> Option<u64> {
        peak()
    }

    pub(super) fn peak() -> Option<u64> {
        let mut usage = MaybeUninit::<libc::rusage>::uninit();
        // SAFETY: the pointer is valid for the struct that the call fills in.
        let failed = unsafe { libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()) } != 0;
        if failed {
            return None;
        }
        // SAFETY: the call succeeded, so it has written all of it.
        let peak = u64::try_from(unsafe { usage.assume_init() }.ru_maxrss).ok()?;
        // macOS counts in bytes, others in kibibytes: getrusage(2).
        Some(if cfg!(target_vendor = "apple") { peak } else { peak * 1024 })
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn before() -> Option<u64> {
        None
    }

    pub(super) fn peak() -> Option<u64> {
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_to_counts_while_it_is_there() {
        const SIZE: usize = 64 << 20;
        let before = before();
        let memory = std::hint::black_box(vec![1_u8; SIZE]);
        drop(memory);
        let peak = peak_since(before).expect("Linux tells");
        // Other tests of the process may free memory in the meantime.
        assert!(peak >= SIZE as u64 / 2, "{peak}");
    }
}
