//! Freed memory of images, kept for the next ones.
//!
//! Fresh memory has no pages yet: the system makes and clears each at its first use, which from a few MiB on takes longer than a
//! light node's work. So a block that an image (or the numpy array around one) no longer needs is kept, and the next image of like
//! size is written into it. What is kept is bounded ([`VARIABLE`], by default [`DEFAULT_BOUND`]; the newest blocks stay), and is
//! freed when it was not asked for in [`IDLE`], so that a process which is done with images has its memory back.
//!
//! A block is either lent, to one owner, or kept: nobody has it then. Blocks that numpy owns come back through the memory handler
//! of their array (`python::array`), never while a view of it lives.

use std::{
    collections::BTreeMap,
    env, mem,
    ptr::NonNull,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::threads;

/// Environment variable: how many MiB of freed memory each package keeps at most; `0` turns keeping off.
pub(crate) const VARIABLE: &str = "CHAINNER_SDK_POOL_MIB";
/// Bytes kept at most, unless [`VARIABLE`] says otherwise: two RGB images of 3840 × 2160 pixels, and something for planes.
const DEFAULT_BOUND: usize = 256 << 20;
/// Blocks kept at most.
const MOST_BLOCKS: usize = 32;
/// Smaller blocks are the C allocator's business, which keeps them well.
const LEAST: usize = 1 << 20;
/// How long a block is kept without being asked for.
const IDLE: Duration = Duration::from_secs(5);

/// The pool of this library.
pub(super) static POOL: Pool = Pool::new();

/// Blocks of memory from the C allocator, lent and kept.
pub(super) struct Pool {
    blocks: Mutex<Blocks>,
}

struct Blocks {
    /// Freed blocks, the newest last.
    kept: Vec<Kept>,
    /// Bytes of those.
    kept_bytes: usize,
    /// Address and capacity of the blocks that come back when their owner is done.
    lent: BTreeMap<usize, usize>,
    /// Whether a thread watches over the age of what is kept.
    is_watched: bool,
}

struct Kept {
    start: NonNull<u8>,
    capacity: usize,
    since: Instant,
}

// SAFETY: memory nobody else has.
unsafe impl Send for Kept {}

/// How many bytes may be kept.
fn bound() -> usize {
    static BOUND: OnceLock<usize> = OnceLock::new();
    *BOUND.get_or_init(|| match env::var_os(VARIABLE) {
        None => DEFAULT_BOUND,
        Some(value) => bound_from(&value.to_string_lossy()).unwrap_or_else(|| {
            eprintln!(
                "{VARIABLE} is {value:?}, but a whole number of MiB is expected (0 turns the pool off); {} it is",
                DEFAULT_BOUND >> 20
            );
            DEFAULT_BOUND
        }),
    })
}

/// The bound that the variable's value means.
fn bound_from(value: &str) -> Option<usize> {
    match value.trim() {
        "" => Some(DEFAULT_BOUND),
        mib => mib.parse::<usize>().ok().map(|mib| mib.saturating_mul(1 << 20)),
    }
}

/// Whether there is a pool for such sizes. Not in a forked process: another thread may have had the lock at the fork.
fn serves(bytes: usize) -> bool {
    bytes >= LEAST && bytes <= bound() && !threads::is_forked()
}

impl Pool {
    const fn new() -> Self {
        let blocks = Blocks { kept: Vec::new(), kept_bytes: 0, lent: BTreeMap::new(), is_watched: false };
        Self { blocks: Mutex::new(blocks) }
    }

    fn lock(&self) -> MutexGuard<'_, Blocks> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Memory for `bytes` bytes, which may hold anything: a kept block, or one that `allocate` makes. To be returned by
    /// [`take_back`](Self::take_back). `None` when there is none to be had.
    pub(super) fn lend(&self, bytes: usize, allocate: impl Fn(usize) -> Option<NonNull<u8>>) -> Option<NonNull<u8>> {
        if !serves(bytes) {
            return allocate(bytes);
        }
        let mut blocks = self.lock();
        if let Some(kept) = blocks.pick(bytes) {
            let (start, capacity) = kept.into_parts();
            blocks.lent.insert(start.as_ptr().addr(), capacity);
            return Some(start);
        }
        drop(blocks);
        let start = allocate(bytes).or_else(|| {
            // What is kept may be what is missing.
            self.clear();
            allocate(bytes)
        })?;
        self.lock().lent.insert(start.as_ptr().addr(), bytes);
        Some(start)
    }

    /// Takes memory back that [`lend`](Self::lend) gave, to keep or to free it.
    ///
    /// # Safety
    /// `start` comes from `lend` (or is any other memory of the C allocator), and nothing uses it any more.
    pub(super) unsafe fn take_back(&'static self, start: NonNull<u8>) {
        // SAFETY: the caller's promise.
        let free = |start: NonNull<u8>| unsafe { libc::free(start.as_ptr().cast()) };
        if threads::is_forked() {
            return free(start);
        }
        let mut blocks = self.lock();
        let Some(capacity) = blocks.lent.remove(&start.as_ptr().addr()) else {
            drop(blocks);
            return free(start);
        };
        blocks.kept.push(Kept { start, capacity, since: Instant::now() });
        blocks.kept_bytes += capacity;
        let is_watched = mem::replace(&mut blocks.is_watched, true);
        let surplus = blocks.surplus();
        drop(blocks);
        drop(surplus);
        if !is_watched && !self.watch() {
            // Without a thread that watches over it, nothing is kept.
            self.clear();
        }
    }

    /// A block that does not come back after all: its owner frees it with C's `free`.
    pub(super) fn forget(&self, start: NonNull<u8>) {
        if !threads::is_forked() {
            self.lock().lent.remove(&start.as_ptr().addr());
        }
    }

    /// Whether a block comes back.
    pub(super) fn is_lent(&self, start: NonNull<u8>) -> bool {
        !threads::is_forked() && self.lock().lent.contains_key(&start.as_ptr().addr())
    }

    /// Frees all that is kept.
    fn clear(&self) {
        let mut blocks = self.lock();
        blocks.kept_bytes = 0;
        let kept = mem::take(&mut blocks.kept);
        drop(blocks);
        drop(kept);
    }

    /// Starts the thread that frees what was kept too long; it ends when nothing is kept. `false` when no thread is to be had.
    fn watch(&'static self) -> bool {
        let watch = move || {
            while let Some(oldest) = self.free_idle(Instant::now()) {
                thread::sleep((oldest + IDLE).saturating_duration_since(Instant::now()).max(Duration::from_millis(50)));
            }
        };
        // Under Miri threads must end before the process does.
        let started = !cfg!(miri) && thread::Builder::new().name("image memory".to_owned()).spawn(watch).is_ok();
        if !started {
            self.lock().is_watched = false;
        }
        started
    }

    /// Frees what was kept for [`IDLE`] at `now`. Since when the oldest that is left is kept; `None` when nothing is, and then
    /// nobody watches.
    fn free_idle(&self, now: Instant) -> Option<Instant> {
        let mut blocks = self.lock();
        let idle = blocks.kept.partition_point(|kept| now.saturating_duration_since(kept.since) >= IDLE);
        let freed: Vec<Kept> = blocks.kept.drain(..idle).collect();
        blocks.kept_bytes -= freed.iter().map(|kept| kept.capacity).sum::<usize>();
        let oldest = blocks.kept.first().map(|kept| kept.since);
        blocks.is_watched = oldest.is_some();
        drop(blocks);
        drop(freed);
        oldest
    }
}

impl Blocks {
    /// The kept block of the least capacity that is enough, unless more than an eighth would be wasted; of equals the newest, whose
    /// pages are most likely still in a cache.
    fn pick(&mut self, bytes: usize) -> Option<Kept> {
        let fits = |kept: &Kept| kept.capacity >= bytes && kept.capacity - bytes <= bytes / 8;
        let like = self.kept.iter().enumerate().rev().filter(|(_, kept)| fits(kept));
        let (index, _) = like.min_by_key(|(_, kept)| kept.capacity)?;
        let kept = self.kept.remove(index);
        self.kept_bytes -= kept.capacity;
        Some(kept)
    }

    /// The oldest blocks, as many as are too many.
    fn surplus(&mut self) -> Vec<Kept> {
        let (mut count, mut bytes) = (0, self.kept_bytes);
        while bytes > bound() || self.kept.len() - count > MOST_BLOCKS {
            bytes -= self.kept[count].capacity;
            count += 1;
        }
        self.kept_bytes = bytes;
        self.kept.drain(..count).collect()
    }
}

impl Kept {
    /// The memory and its capacity, not to be freed any more.
    fn into_parts(self) -> (NonNull<u8>, usize) {
        let kept = mem::ManuallyDrop::new(self);
        (kept.start, kept.capacity)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // SAFETY: kept blocks come from the C allocator, and nobody has them.
        unsafe { libc::free(self.start.as_ptr().cast()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pool of its own for a test, so that others do not take its blocks.
    fn pool() -> &'static Pool {
        Box::leak(Box::new(Pool::new()))
    }

    fn allocate(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: `malloc` has no requirements.
        NonNull::new(unsafe { libc::malloc(bytes) }.cast())
    }

    fn lend(pool: &'static Pool, bytes: usize) -> NonNull<u8> {
        pool.lend(bytes, allocate).expect("memory")
    }

    fn give_back(pool: &'static Pool, start: NonNull<u8>) {
        // SAFETY: the tests use what they lend up to here only.
        unsafe { pool.take_back(start) };
    }

    fn kept(pool: &Pool) -> (usize, usize) {
        let blocks = pool.lock();
        assert_eq!(blocks.kept_bytes, blocks.kept.iter().map(|kept| kept.capacity).sum::<usize>());
        (blocks.kept.len(), blocks.kept_bytes)
    }

    #[test]
    #[cfg_attr(miri, ignore = "keeps nothing under Miri, where threads must end")]
    fn freed_blocks_are_lent_again_for_like_sizes_only() {
        let pool = pool();
        let (first, second) = (lend(pool, 8 * LEAST), lend(pool, 8 * LEAST));
        assert_ne!(first, second, "what is lent has one owner");
        give_back(pool, first);
        assert_eq!(kept(pool), (1, 8 * LEAST));
        let small = lend(pool, 4 * LEAST);
        let large = lend(pool, 8 * LEAST + 1);
        assert!(small != first && large != first, "half the size, or more than there is, is another block");
        assert_eq!(lend(pool, 8 * LEAST - 100), first, "a little less is written into the same");
        assert_eq!(kept(pool), (0, 0));
        give_back(pool, first);
        assert_eq!(kept(pool), (1, 8 * LEAST), "and its whole capacity comes back");
        [second, small, large].into_iter().for_each(|block| give_back(pool, block));
        pool.clear();
        assert_eq!(kept(pool), (0, 0));
    }

    #[test]
    #[cfg_attr(miri, ignore = "keeps nothing under Miri, where threads must end")]
    fn the_newest_of_equals_is_lent_first() {
        let pool = pool();
        let blocks = [(); 3].map(|()| lend(pool, LEAST));
        blocks.into_iter().for_each(|block| give_back(pool, block));
        assert_eq!(lend(pool, LEAST), blocks[2]);
        give_back(pool, blocks[2]);
        pool.clear();
    }

    #[test]
    #[cfg_attr(miri, ignore = "keeps nothing under Miri, where threads must end")]
    fn neither_bytes_nor_blocks_exceed_their_bounds() {
        let pool = pool();
        let many: Vec<_> = (0..MOST_BLOCKS + 5).map(|_| lend(pool, LEAST)).collect();
        let oldest = many[0];
        many.into_iter().for_each(|block| give_back(pool, block));
        assert_eq!(kept(pool), (MOST_BLOCKS, MOST_BLOCKS * LEAST));
        assert!(pool.lock().kept.iter().all(|kept| kept.start != oldest), "the oldest made way");
        let large: Vec<_> = (0..5).map(|_| lend(pool, bound() / 4 + 1)).collect();
        large.into_iter().for_each(|block| give_back(pool, block));
        assert_eq!(kept(pool).0, 3);
        let beyond = lend(pool, bound() + 1);
        assert!(!pool.is_lent(beyond), "larger than all that may be kept: left to the allocator");
        give_back(pool, beyond);
        assert_eq!(kept(pool).0, 3);
        pool.clear();
    }

    #[test]
    #[cfg_attr(miri, ignore = "keeps nothing under Miri, where threads must end")]
    fn idle_blocks_are_freed() {
        let pool = pool();
        // As if it were watched already, so that the test's clock is the only one.
        pool.lock().is_watched = true;
        let blocks = [lend(pool, LEAST), lend(pool, LEAST)];
        give_back(pool, blocks[0]);
        let first = Instant::now();
        while Instant::now() == first {}
        give_back(pool, blocks[1]);
        let since: Vec<Instant> = pool.lock().kept.iter().map(|kept| kept.since).collect();
        assert_eq!(pool.free_idle(since[0] + IDLE / 2), Some(since[0]));
        assert_eq!(kept(pool).0, 2);
        assert_eq!(pool.free_idle(since[0] + IDLE), Some(since[1]), "the newer one has not been kept as long");
        assert_eq!(pool.free_idle(since[1] + IDLE), None);
        assert_eq!(kept(pool), (0, 0));
        assert!(!pool.lock().is_watched);
    }

    #[test]
    fn small_and_forgotten_blocks_are_not_kept() {
        let pool = pool();
        give_back(pool, lend(pool, LEAST - 1));
        let given_away = lend(pool, LEAST);
        pool.forget(given_away);
        give_back(pool, given_away);
        assert_eq!(kept(pool), (0, 0));
    }

    #[test]
    fn the_variable_is_in_mib_and_0_is_off() {
        assert_eq!(bound_from("0"), Some(0));
        assert_eq!(bound_from(" 64 "), Some(64 << 20));
        assert_eq!(bound_from(""), Some(DEFAULT_BOUND));
        for wrong in ["off", "-1", "1.5", "64M"] {
            assert_eq!(bound_from(wrong), None, "{wrong}");
        }
    }
}
