//! Panics of node functions become errors with message and place, also when they happen on a worker thread.

use std::{
    any::Any,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::error::NodeError;

/// A panic that the hook saw: what was said, and where.
struct Seen {
    message: String,
    place: String,
}

/// The latest panics of the process, oldest first. A worker's panic reaches its caller as a bare payload (rayon resumes it
/// there), so the place is looked up by the message.
static SEEN: Mutex<Vec<Seen>> = Mutex::new(Vec::new());
const KEPT: usize = 16;

/// Whether panics of nodes are also written to stderr, as Rust does by default. Libraries loaded by a host switch it off: the
/// error says it all. `RUST_BACKTRACE` switches it on again.
static REPORT: AtomicBool = AtomicBool::new(true);

/// Leaves the reporting of panics to errors; for libraries that a host has loaded.
pub(crate) fn report_in_errors_only() {
    REPORT.store(std::env::var_os("RUST_BACKTRACE").is_some(), Ordering::Relaxed);
}

/// Runs a node's function; a panic becomes an error.
pub(crate) fn caught<T>(body: impl FnOnce() -> Result<T, NodeError>) -> Result<T, NodeError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            remember(info);
            if REPORT.load(Ordering::Relaxed) {
                previous(info);
            }
        }));
    });
    let result = panic::catch_unwind(AssertUnwindSafe(body));
    result.unwrap_or_else(|payload| {
        let message = said(&*payload);
        let place = place_of(&message);
        Err(NodeError::panic(message, place))
    })
}

fn remember(info: &PanicHookInfo<'_>) {
    let Some(location) = info.location() else { return };
    let seen = Seen {
        message: said(info.payload()),
        place: format!("{}:{}:{}", location.file(), location.line(), location.column()),
    };
    let mut list = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if list.len() == KEPT {
        list.remove(0);
    }
    list.push(seen);
}

fn place_of(message: &str) -> Option<String> {
    let list = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    list.iter().rev().find(|seen| seen.message == message).map(|seen| seen.place.clone())
}

fn said(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message_of(body: impl FnOnce() -> Result<(), NodeError>) -> String {
        caught(body).expect_err("the body panics").to_string()
    }

    #[test]
    fn message_and_place_are_told() {
        let message = message_of(|| panic!("index {} is out", 7));
        assert!(message.contains("index 7 is out"), "{message}");
        assert!(message.contains("panic.rs:"), "{message}");
    }

    #[test]
    fn a_panic_on_a_worker_thread_is_told_with_its_place() {
        let message = message_of(|| {
            rayon::join(|| (), || panic!("from a worker"));
            Ok(())
        });
        assert!(message.contains("from a worker"), "{message}");
        assert!(message.contains("panic.rs:"), "{message}");
    }

    #[test]
    fn a_payload_that_is_no_text_is_an_error_too() {
        assert!(message_of(|| panic::panic_any(5_u8)).contains("no message"));
    }
}
