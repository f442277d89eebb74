//! A body on a thread of its own while the caller's thread, which the host knows, looks after it.

use std::{
    panic,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

/// How long host and body may not hear of each other.
pub(crate) const INTERVAL: Duration = Duration::from_millis(40);

/// The stack of a program's first thread, as common systems have it: a body is not to run out of one because it takes a context.
const STACK: usize = 8 << 20;

/// Runs `work` while the calling thread calls `look` now and then.
///
/// Without a thread to be had, `work` runs here, and nobody looks.
pub(crate) fn attended<T: Send>(work: impl FnOnce() -> T + Send, mut look: impl FnMut()) -> T {
    let (ended, ends) = mpsc::channel::<()>();
    // Where it is decided who runs it.
    let (give, take) = mpsc::channel();
    thread::scope(|scope| {
        let body = thread::Builder::new().name("node".to_owned()).stack_size(STACK).spawn_scoped(scope, move || {
            // Dropped at the end, however it comes.
            let _ended = ended;
            let work: Box<dyn FnOnce() -> T + Send> = take.recv().expect("the caller gives the work and waits");
            work()
        });
        let work: Box<dyn FnOnce() -> T + Send + '_> = Box::new(work);
        let Ok(body) = body else { return work() };
        give.send(work).unwrap_or_else(|_| unreachable!("the thread waits for the work"));
        while ends.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
            look();
        }
        body.join().unwrap_or_else(|payload| panic::resume_unwind(payload))
    })
}
