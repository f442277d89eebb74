//! Being asked to end: Ctrl-C, the closed terminal, the end of the machine.

use std::sync::mpsc::Sender;

use anyhow::{Context as _, Result};

use super::Wake;

/// Wakes the loop when the process is asked to end. It ends by itself then, so that nothing is left behind.
///
/// # Errors
/// The system does not let it listen.
#[cfg(unix)]
pub(super) fn listen(wakes: Sender<Wake>) -> Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot hear Ctrl-C")?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            // Nobody listens when it is ending already.
            let _ = wakes.send(Wake::Stop);
        }
    });
    Ok(())
}

/// As above.
///
/// # Errors
/// As above.
#[cfg(not(unix))]
pub(super) fn listen(wakes: Sender<Wake>) -> Result<()> {
    ctrlc::set_handler(move || {
        let _ = wakes.send(Wake::Stop);
    })
    .context("cannot hear Ctrl-C")
}
