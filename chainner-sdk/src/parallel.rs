//! Work shared out among threads: those of rayon's pool and, unlike with its parallel iterators, the calling one.
//!
//! A thread from outside rayon's pool that starts a parallel iterator sleeps until the pool is done. Two threads are then woken for
//! two processors at the same moment, and the system often puts both on one of them for its first slice of time, some milliseconds:
//! as long as a light node takes over a whole image. The functions here let the caller work from the first moment, so that only the
//! others are woken, while its own processor is seen to be busy.

use std::{
    any::Any,
    mem::MaybeUninit,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    slice,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Calls `work(i)` for each `i` below `count`, on several threads, in no particular order. Each call should take some microseconds
/// at least: a run of rows, not a pixel. Work that is shared out within such a call is done by this thread, and by those that have
/// nothing else to do.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// let sum = AtomicUsize::new(0);
/// chainner_sdk::parallel::for_each(5, |i| {
///     sum.fetch_add(i, Ordering::Relaxed);
/// });
/// assert_eq!(sum.into_inner(), 10);
/// ```
///
/// # Panics
/// When `work` does, once all threads are done.
pub fn for_each(count: usize, work: impl Fn(usize) + Sync) {
    let helpers = rayon::current_num_threads().min(count).saturating_sub(1);
    if helpers == 0 {
        return (0..count).for_each(work);
    }
    let job = Arc::new(Job {
        next: AtomicUsize::new(0),
        count,
        work: Work(address(&work)),
        helpers: Mutex::default(),
        left: Condvar::new(),
    });
    // Whatever panics, the job is closed before the work is gone.
    let own = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..helpers {
            let job = Arc::clone(&job);
            rayon::spawn(move || job.help());
        }
        job.take_turns();
    }));
    let others = job.close();
    if let Err(panic) = own.and(others) {
        resume_unwind(panic);
    }
}

/// Where the work is, whose lifetime is left out: see [`Job::take_turns`] for why nobody calls it later.
fn address<'a>(work: &'a (dyn Fn(usize) + Sync + 'a)) -> *const (dyn Fn(usize) + Sync + 'static) {
    let work: *const (dyn Fn(usize) + Sync + 'a) = work;
    // SAFETY: a pointer's lifetime says nothing about its use; both have the same layout.
    unsafe { std::mem::transmute(work) }
}

/// Work whose indices several threads take in turns. Those who come to help only when it is closed find nothing to do: so a caller never
/// waits for threads of the pool that are busy elsewhere.
struct Job {
    next: AtomicUsize,
    count: usize,
    work: Work,
    helpers: Mutex<Helpers>,
    /// A helper left.
    left: Condvar,
}

struct Work(*const (dyn Fn(usize) + Sync));

// SAFETY: what it points to may be called by several threads.
unsafe impl Send for Work {}
// SAFETY: likewise.
unsafe impl Sync for Work {}

#[derive(Default)]
struct Helpers {
    working: usize,
    closed: bool,
    panic: Option<Panic>,
}

type Panic = Box<dyn Any + Send>;

impl Job {
    /// Works on indices until there are none left. To be called by the owner, before it closes the job, and by those who have joined.
    fn take_turns(&self) {
        /// Leaves no index to others when the work panics.
        struct Stop<'a>(&'a Job);
        impl Drop for Stop<'_> {
            fn drop(&mut self) {
                self.0.next.store(self.0.count, Ordering::Relaxed);
            }
        }
        let _stop = Stop(self);
        // SAFETY: the owner of the work waits in `close`, after which nobody joins, until all who have joined have left.
        let work = unsafe { &*self.work.0 };
        loop {
            let i = self.next.fetch_add(1, Ordering::Relaxed);
            if i >= self.count {
                return;
            }
            work(i);
        }
    }

    /// Joins, unless the job is closed, takes turns and leaves.
    fn help(&self) {
        let mut helpers = self.helpers();
        if helpers.closed {
            return;
        }
        helpers.working += 1;
        drop(helpers);
        let worked = catch_unwind(AssertUnwindSafe(|| self.take_turns()));
        let mut helpers = self.helpers();
        helpers.working -= 1;
        if let Err(panic) = worked {
            helpers.panic = Some(panic);
        }
        drop(helpers);
        self.left.notify_one();
    }

    /// Lets nobody join any more, and waits for those who have.
    fn close(&self) -> Result<(), Panic> {
        let mut helpers = self.helpers();
        helpers.closed = true;
        let waited = self.left.wait_while(helpers, |helpers| helpers.working > 0);
        waited.unwrap_or_else(PoisonError::into_inner).panic.take().map_or(Ok(()), Err)
    }

    fn helpers(&self) -> MutexGuard<'_, Helpers> {
        self.helpers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What `make(i)` gives for each `i` below `count`, in this order, made as by [`for_each`].
///
/// ```
/// assert_eq!(chainner_sdk::parallel::map(3, |i| i * i), [0, 1, 4]);
/// ```
///
/// # Panics
/// When `make` does, once all threads are done; what was made by then is not dropped.
pub fn map<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut made = Vec::with_capacity(count);
    for_each_item(&mut made.spare_capacity_mut()[..count], |i, slot: &mut MaybeUninit<T>| {
        slot.write(make(i));
    });
    // SAFETY: the first `count` slots are written, each by the call for its index.
    unsafe { made.set_len(count) };
    made
}

/// Calls `work(range)` for runs of `len` of the indices below `count`, the last of which may be shorter, as by [`for_each`]: for work on
/// single indices that is too light to be shared out.
///
/// # Panics
/// When `len` is 0; when `work` does, once all threads are done.
pub fn for_each_run(count: usize, len: usize, work: impl Fn(Range<usize>) + Sync) {
    for_each(count.div_ceil(len), |i| work(run(i, count, len)));
}

/// What `make(range)` gives for runs as of [`for_each_run`], in their order.
///
/// ```
/// let sums = chainner_sdk::parallel::map_runs(5, 2, |range| range.sum::<usize>());
/// assert_eq!(sums, [1, 5, 4]);
/// ```
///
/// # Panics
/// When `len` is 0; when `make` does, as [`map`].
pub fn map_runs<T: Send>(count: usize, len: usize, make: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    map(count.div_ceil(len), |i| make(run(i, count, len)))
}

/// The `i`th of the runs of `len` below `count`.
fn run(i: usize, count: usize, len: usize) -> Range<usize> {
    i * len..count.min((i + 1) * len)
}

/// Calls `work(i, item)` for each item, as by [`for_each`].
///
/// # Panics
/// When `work` does, once all threads are done.
pub fn for_each_item<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    for_each_chunk(items, 1, |i, chunk| work(i, &mut chunk[0]));
}

/// Calls `work(i, chunk)` for each chunk of `len` items, the last of which may be shorter, as by [`for_each`].
///
/// ```
/// let mut squares = vec![0; 10];
/// chainner_sdk::parallel::for_each_chunk(&mut squares, 4, |i, chunk| {
///     chunk.iter_mut().zip(4 * i..).for_each(|(square, n)| *square = n * n);
/// });
/// assert_eq!(squares[8..], [64, 81]);
/// ```
///
/// # Panics
/// When `len` is 0; when `work` does, once all threads are done.
pub fn for_each_chunk<T: Send>(items: &mut [T], len: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let (count, start) = (items.len(), Start(items.as_mut_ptr()));
    for_each_run(count, len, |chunk| {
        // SAFETY: the chunk lies within the items, which are borrowed uniquely, and overlaps no other; each comes once.
        work(chunk.start / len, unsafe { slice::from_raw_parts_mut(start.at(chunk.start), chunk.len()) });
    });
}

/// Where items start that several threads write, each its own.
pub(crate) struct Start<T>(pub(crate) *mut T);

// SAFETY: only an address; who writes through it answers for writing disjoint items, which other threads may do if `T` is `Send`.
unsafe impl<T: Send> Sync for Start<T> {}

impl<T> Start<T> {
    /// The address of an item.
    pub(crate) fn at(&self, index: usize) -> *mut T {
        self.0.wrapping_add(index)
    }
}

#[cfg(test)]
mod tests {
    use rayon::ThreadPoolBuilder;

    use super::*;

    #[test]
    fn each_index_comes_once_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
            for count in [0, 1, 2, 1000] {
                let counts: Vec<_> = (0..count).map(|_| AtomicUsize::new(0)).collect();
                let count_one = |i: usize| {
                    counts[i].fetch_add(1, Ordering::Relaxed);
                };
                for_each(count, count_one);
                pool.install(|| for_each(count, count_one));
                assert!(counts.iter().all(|count| count.load(Ordering::Relaxed) == 2));
                assert_eq!(pool.install(|| map(count, Box::new)), (0..count).map(Box::new).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_calling_thread_from_outside_the_pool_works_too() {
        // Each call waits for the other, so that no thread can do both.
        let both = std::sync::Barrier::new(rayon::current_num_threads().min(2));
        let ids = map(2, |_| {
            both.wait();
            std::thread::current().id()
        });
        assert!(rayon::current_thread_index().is_none() && ids.contains(&std::thread::current().id()));
    }

    #[test]
    fn chunks_are_worked_on_inside_chunks() {
        let mut items = vec![0_usize; 1003];
        for_each_chunk(&mut items, 100, |i, chunk| {
            for_each_chunk(chunk, 10, |j, chunk| chunk.iter_mut().for_each(|item| *item += 100 * i + 10 * j));
        });
        assert!(items.iter().enumerate().all(|(i, &item)| item == i / 10 * 10));
    }

    #[test]
    fn nobody_waits_for_threads_that_are_busy_elsewhere() {
        let pool = Arc::new(ThreadPoolBuilder::new().num_threads(2).build().expect("threads can be had"));
        // One thread of the pool is held up until this test is through with the other.
        let (held, release) = (Arc::new(std::sync::Barrier::new(2)), Arc::new(std::sync::Barrier::new(2)));
        pool.spawn({
            let (held, release) = (Arc::clone(&held), Arc::clone(&release));
            move || {
                held.wait();
                release.wait();
            }
        });
        held.wait();
        assert_eq!(pool.install(|| map(100, |i| i)).len(), 100);
        release.wait();
    }

    #[test]
    fn who_comes_late_leaves_the_work_alone() {
        let calls = AtomicUsize::new(0);
        let work = |_| {
            calls.fetch_add(1, Ordering::Relaxed);
        };
        let job = Job {
            next: AtomicUsize::new(0),
            count: 3,
            work: Work(address(&work)),
            helpers: Mutex::default(),
            left: Condvar::new(),
        };
        assert!(job.close().is_ok());
        job.help();
        assert_eq!(calls.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_panic_reaches_the_caller_when_all_are_done() {
        let running = AtomicUsize::new(0);
        let result = std::panic::catch_unwind(|| {
            for_each(1000, |i| {
                running.fetch_add(1, Ordering::Relaxed);
                std::thread::yield_now();
                running.fetch_sub(1, Ordering::Relaxed);
                assert!(i != 3, "the fourth");
            });
        });
        let message = result.expect_err("one call panics");
        assert_eq!((message.downcast_ref(), running.into_inner()), (Some(&"the fourth"), 0));
    }
}
