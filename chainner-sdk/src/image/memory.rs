//! Memory of image samples that numpy can own.
//!
//! Samples come from the C allocator, so that numpy frees them with the `free` it uses for its own arrays, and the array may
//! honestly be flagged as owning its data. On Linux, large buffers ask for huge pages: fresh pages are the largest single cost
//! of a light node, and a plain `Vec` pays for each 4 KiB of them. Freed buffers are kept for the next ones: see [`pool`](super::pool).

use std::{
    fmt,
    mem::ManuallyDrop,
    ops::{Deref, DerefMut},
    ptr::NonNull,
    slice,
};

use super::{copies, pool::POOL};

/// Samples in memory of the C allocator.
pub struct SampleBuffer {
    start: NonNull<f32>,
    len: usize,
}

// SAFETY: the buffer is uniquely owned plain memory.
unsafe impl Send for SampleBuffer {}
// SAFETY: shared access only reads.
unsafe impl Sync for SampleBuffer {}

impl SampleBuffer {
    /// `len` samples, all 0.
    ///
    /// # Panics
    /// When the memory cannot be had.
    pub fn zeroed(len: usize) -> Self {
        // SAFETY: `write_bytes` writes all of them; zero bytes are the sample 0.0.
        unsafe { Self::filled_by(len, |start| std::ptr::write_bytes(start, 0, len)) }
    }

    /// `len` samples written by `fill`, which gets the memory as it comes from the allocator.
    ///
    /// # Safety
    /// `fill` writes each of the `len` samples.
    pub(super) unsafe fn filled_by(len: usize, fill: impl FnOnce(*mut f32)) -> Self {
        let buffer = Self::allocate(len);
        fill(buffer.start.as_ptr());
        buffer
    }

    /// A copy of samples.
    pub fn copy_of(samples: &[f32]) -> Self {
        // SAFETY: the copy writes all of them, and the two do not overlap: one is fresh.
        unsafe {
            Self::filled_by(samples.len(), |start| {
                std::ptr::copy_nonoverlapping(samples.as_ptr(), start, samples.len());
            })
        }
    }

    /// Memory for `len` samples, not yet written.
    fn allocate(len: usize) -> Self {
        let bytes = len.checked_mul(size_of::<f32>()).expect("an image fits the address space");
        match POOL.lend(bytes.max(size_of::<f32>()), allocate_bytes) {
            Some(start) => Self { start: start.cast(), len },
            None => panic!("out of memory: an image of {len} samples needs {bytes} bytes"),
        }
    }

    /// Gives the memory away; it is to be freed with C's `free`.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
    pub(crate) fn into_raw(self) -> *mut f32 {
        let start = ManuallyDrop::new(self).start;
        POOL.forget(start.cast());
        start.as_ptr()
    }

    /// Gives the memory away until its new owner calls [`take_back`].
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
    pub(crate) fn into_lent(self) -> *mut f32 {
        ManuallyDrop::new(self).start.as_ptr()
    }

    /// Whether the memory is to be kept for others once it is free.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
    pub(crate) fn is_pooled(&self) -> bool {
        POOL.is_lent(self.start.cast())
    }
}

/// Takes memory back that nobody uses any more, to keep or to free it.
///
/// # Safety
/// It comes from [`SampleBuffer::into_lent`], or is any other memory of the C allocator, and nothing uses it any more.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
pub(crate) unsafe fn take_back(start: NonNull<u8>) {
    // SAFETY: the caller's promise.
    unsafe { POOL.take_back(start) };
}

/// From now on, memory is to be freed with C's `free`, or resized with its `realloc`.
#[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
pub(crate) fn forget(start: NonNull<u8>) {
    POOL.forget(start);
}

impl Drop for SampleBuffer {
    fn drop(&mut self) {
        // SAFETY: the memory came from the pool and has not been given away (`into_raw` and `into_lent` forget the buffer).
        unsafe { POOL.take_back(self.start.cast()) };
    }
}

impl Deref for SampleBuffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        // SAFETY: all constructors hand out the buffer with its `len` samples written.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl DerefMut for SampleBuffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        // SAFETY: as in `deref`, and the buffer is borrowed uniquely.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl Clone for SampleBuffer {
    fn clone(&self) -> Self {
        copies::count(size_of_val(&**self));
        Self::copy_of(self)
    }
}

impl PartialEq for SampleBuffer {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for SampleBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SampleBuffer({} samples)", self.len)
    }
}

#[cfg(target_os = "linux")]
fn allocate_bytes(bytes: usize) -> Option<NonNull<u8>> {
    const PAGE: usize = 4 << 10;
    const HUGE_PAGE: usize = 2 << 20;
    /// From here on huge pages are asked for, as numpy does for its own arrays.
    const LARGE: usize = 4 << 20;
    /// From here on glibc maps each block by itself, whatever came before (`DEFAULT_MMAP_THRESHOLD_MAX`). Below, it learns from
    /// freed blocks to keep such sizes in the heap, where their pages are used again; but not from aligned ones, which it would
    /// map, and so clear, each time.
    const ALWAYS_MAPPED: usize = 32 << 20;

    let start = if bytes < ALWAYS_MAPPED {
        // SAFETY: `malloc` has no requirements; its memory is aligned for any C type, so for `f32`.
        unsafe { libc::malloc(bytes) }
    } else {
        let mut start = std::ptr::null_mut();
        // SAFETY: the alignment is a power of two and a multiple of the pointer size, the size is not 0.
        let failed = unsafe { libc::posix_memalign(&mut start, HUGE_PAGE, bytes) } != 0;
        if failed { std::ptr::null_mut() } else { start }
    };
    let start = NonNull::new(start.cast::<u8>())?;
    if bytes >= LARGE && !cfg!(miri) {
        let first_page = start.as_ptr().align_offset(PAGE);
        // SAFETY: from the first whole page on, the range lies within the allocation. A refusal changes nothing but speed.
        unsafe { libc::madvise(start.as_ptr().add(first_page).cast(), bytes - first_page, libc::MADV_HUGEPAGE) };
    }
    Some(start)
}

#[cfg(not(target_os = "linux"))]
fn allocate_bytes(bytes: usize) -> Option<NonNull<u8>> {
    // SAFETY: `malloc` has no requirements; its memory is aligned for any C type, so for `f32`.
    NonNull::new(unsafe { libc::malloc(bytes) }.cast())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_large_and_empty_buffers_hold_what_was_written() {
        for len in [0, 1, 1000, if cfg!(miri) { 2000 } else { 3 << 20 }] {
            let mut buffer = SampleBuffer::zeroed(len);
            assert_eq!(buffer.len(), len);
            assert!(buffer.iter().all(|&sample| sample == 0.0));
            buffer.iter_mut().enumerate().for_each(|(i, sample)| *sample = i as f32);
            let copy = buffer.clone();
            assert_eq!(copy, buffer);
        }
    }

    #[test]
    fn memory_given_away_is_freed_with_free() {
        let start = SampleBuffer::copy_of(&[1.0, 2.0]).into_raw();
        // SAFETY: the two samples are there until freed, and `free` is what `into_raw` asks for.
        unsafe {
            assert_eq!(slice::from_raw_parts(start, 2), [1.0, 2.0]);
            libc::free(start.cast());
        }
    }
}
