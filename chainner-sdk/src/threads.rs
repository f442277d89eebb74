//! Pools of threads: one that survives a fork, and one that a test has chosen.
//!
//! rayon's global pool does not survive a fork: in a forked child (Python's `multiprocessing` forks by default on Linux before 3.14) its
//! threads are gone, and work handed to them never returns. A child therefore gets a pool of its own.

use std::sync::{
    Arc, Mutex, Once, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Forks between the process that loaded the library and this one.
static FORKS: AtomicU64 = AtomicU64::new(0);
/// The pool of a forked process, and the number of forks it belongs to. Leaked: its threads live as long as the process, and one
/// inherited from a forked parent must not be waited for.
static POOL: Mutex<Option<(u64, &'static ThreadPool)>> = Mutex::new(None);

/// The pool that a test has nodes work in.
static CHOSEN: Mutex<Option<Arc<ThreadPool>>> = Mutex::new(None);

/// While `work` runs, what nodes do elsewhere is done by so many threads, and so is what is given to [`run_chosen`].
pub(crate) fn with_threads<T>(threads: usize, work: impl FnOnce() -> T) -> T {
    struct Unchoose;
    impl Drop for Unchoose {
        fn drop(&mut self) {
            *CHOSEN.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().ok().map(Arc::new);
    *CHOSEN.lock().unwrap_or_else(PoisonError::into_inner) = pool;
    let _unchoose = Unchoose;
    work()
}

fn chosen() -> Option<Arc<ThreadPool>> {
    CHOSEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Runs `work` in the pool that a test has chosen, if there is one.
pub(crate) fn run_chosen<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match chosen() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// From now on, forks are noticed.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only Python forks"))]
pub(crate) fn survive_forks() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[cfg(unix)]
        // SAFETY: the handler only changes an atomic number, which is allowed between fork and return.
        unsafe {
            extern "C" fn in_child() {
                FORKS.fetch_add(1, Ordering::Relaxed);
            }
            libc::pthread_atfork(None, None, Some(in_child));
        }
    });
}

/// Whether this process was forked from the one that loaded the library.
pub(crate) fn is_forked() -> bool {
    FORKS.load(Ordering::Relaxed) > 0
}

/// Runs `work` where rayon has threads: here, or after a fork in a pool of this process.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only Python forks"))]
pub(crate) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match FORKS.load(Ordering::Relaxed) {
        0 => work(),
        forks => match pool_after(forks) {
            Some(pool) => pool.install(work),
            // No threads to be had: without a pool, rayon's own attempt tells why.
            None => work(),
        },
    }
}

/// Runs `work` that may wait long for others where rayon has threads: here, or after a fork in a pool that no one else waits for.
pub(crate) fn run_apart(work: impl FnOnce() + Send) {
    let pool = match FORKS.load(Ordering::Relaxed) {
        0 => chosen(),
        _ => ThreadPoolBuilder::new().build().ok().map(Arc::new),
    };
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn pool_after(forks: u64) -> Option<&'static ThreadPool> {
    // The lock may have been held in the parent at the fork; it is only ever held for a moment by a thread that calls a node,
    // and a fork happens on such a thread or on none.
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    match *pool {
        Some((of, pool)) if of == forks => Some(pool),
        _ => {
            let fresh: &'static ThreadPool = Box::leak(Box::new(ThreadPoolBuilder::new().build().ok()?));
            *pool = Some((forks, fresh));
            Some(fresh)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forked_process_has_its_own_pool() {
        let first = pool_after(1).expect("threads can be had");
        assert!(std::ptr::eq(first, pool_after(1).expect("the same pool")));
        let second = pool_after(2).expect("threads can be had");
        assert!(!std::ptr::eq(first, second));
        assert_eq!(second.install(|| rayon::join(|| 1, || 2)), (1, 2));
    }
}
