//! Rows of a large image on their way to memory.
//!
//! A processor that writes to memory first reads what is overwritten, unless it is told that whole lines of its cache will be
//! written ("non-temporal" stores). For an image that does not fit into the cache this is a third of all its traffic. So the rows of
//! such an image are written into a row that stays in the cache, and from there go past it. Only processors of the x86-64 family have
//! such stores in Rust; others write rows where they belong.

use std::{cell::Cell, slice};

use crate::parallel::Start;

/// From so many bytes on an image will have left the cache by the time that it is read.
const LARGE: usize = 16 << 20;
/// A longer row would not stay in the cache of the core that works on it.
const LONGEST_ROW: usize = 128 << 10;
/// Samples in a line of the cache.
const LINE: usize = 16;

/// The rows of a buffer that is being written.
pub(super) struct Rows {
    start: Start<f32>,
    row_len: usize,
    streams: bool,
}

impl Rows {
    /// Rows of `row_len` samples of a buffer of `len` samples.
    pub(super) fn new(start: *mut f32, len: usize, row_len: usize) -> Self {
        let streams = cfg!(all(target_arch = "x86_64", not(miri)))
            && len * size_of::<f32>() >= LARGE
            && row_len * size_of::<f32>() <= LONGEST_ROW;
        Self { start: Start(start), row_len, streams }
    }

    /// Writes row `y` by `write`, which is given the memory for it, of any content yet, and where the samples go from there, if they do;
    /// it returns whether it has put them there itself.
    ///
    /// # Safety
    /// The buffer has the row, nobody else reads or writes it meanwhile, and `write` writes all samples of one of the two and nothing else.
    pub(super) unsafe fn write(&self, y: usize, write: impl FnOnce(*mut f32, Option<Destination>) -> bool) {
        let row = self.start.at(y * self.row_len);
        if !self.streams {
            write(row, None);
            return;
        }
        with_scratch(self.row_len, |scratch| {
            if !write(scratch, Some(Destination(row))) {
                // SAFETY: both are of `row_len` samples, the scratch written by now, the row nobody else's by the caller's promise.
                unsafe { stream(slice::from_raw_parts(scratch, self.row_len), row, |samples| samples) };
            }
        });
    }

    /// Copies row `y` from elsewhere.
    ///
    /// # Safety
    /// As [`write`](Self::write); `from` is of `row_len` samples outside of the buffer.
    pub(super) unsafe fn copy(&self, y: usize, from: &[f32]) {
        let row = self.start.at(y * self.row_len);
        // SAFETY: the caller's promise.
        unsafe {
            if self.streams {
                stream(from, row, |samples| samples)
            } else {
                row.copy_from_nonoverlapping(from.as_ptr(), from.len())
            }
        }
    }
}

/// Where the samples of a row go past the cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Destination(*mut f32);

impl Destination {
    /// Puts samples there, from number `at` on, clamped to 0..1.
    ///
    /// # Safety
    /// The row has these samples, and they are not part of `from`.
    pub(super) unsafe fn put(self, at: usize, from: &[f32]) {
        // SAFETY: the caller's promise.
        unsafe { stream(from, self.0.add(at), |samples| samples.map(super::fresh::clamped)) };
    }
}

/// Calls `work` with memory for `len` samples that starts at a line of the cache.
fn with_scratch(len: usize, work: impl FnOnce(*mut f32)) {
    thread_local! {
        static SCRATCH: Cell<Vec<f32>> = const { Cell::new(Vec::new()) };
    }
    // Taken for the time: the work may wait for other threads, and meanwhile write a row of another image.
    let mut scratch = SCRATCH.take();
    if scratch.len() < len + LINE {
        scratch = vec![0.0; len + LINE];
    }
    let start = scratch.as_mut_ptr();
    work(start.wrapping_add(start.align_offset(LINE * size_of::<f32>()).min(LINE)));
    SCRATCH.set(scratch);
}

/// Writes `f` of samples, four by four, past the cache.
///
/// # Safety
/// `to` is valid for writing as many samples, and does not overlap `from`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn stream(from: &[f32], to: *mut f32, f: impl Fn([f32; 4]) -> [f32; 4]) {
    use std::arch::x86_64::{_mm_loadu_ps, _mm_sfence, _mm_stream_ps};

    // Lines are streamed whole; what of the first and the last belongs to the row is written as usual.
    let head = to.align_offset(LINE * size_of::<f32>()).min(from.len());
    let (lines, tail) = from[head..].as_chunks::<LINE>();
    // SAFETY: all addresses are those of samples of `from` and of their places in `to`; from `head` on the latter are aligned. SSE is
    // there on all processors of this family. The fence makes the lines visible to whoever sees what this thread writes next.
    unsafe {
        write_each(&from[..head], to, &f);
        let mut place = to.add(head);
        for line in lines {
            for (i, part) in line.as_chunks::<4>().0.iter().enumerate() {
                _mm_stream_ps(place.add(i * 4), _mm_loadu_ps(f(*part).as_ptr()));
            }
            place = place.add(LINE);
        }
        write_each(tail, place, &f);
        _mm_sfence();
    }
}

/// Writes `f` of samples.
///
/// # Safety
/// `to` is valid for writing as many samples, and does not overlap `from`.
#[cfg(not(target_arch = "x86_64"))]
unsafe fn stream(from: &[f32], to: *mut f32, f: impl Fn([f32; 4]) -> [f32; 4]) {
    // SAFETY: the caller's promise.
    unsafe { write_each(from, to, &f) };
}

/// Writes `f` of samples as usual.
///
/// # Safety
/// `to` is valid for writing as many samples, and does not overlap `from`.
unsafe fn write_each(from: &[f32], to: *mut f32, f: &impl Fn([f32; 4]) -> [f32; 4]) {
    for (i, &sample) in from.iter().enumerate() {
        let [sample, ..] = f([sample; 4]);
        // SAFETY: the caller's promise.
        unsafe { to.add(i).write(sample) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Image;

    #[test]
    #[cfg_attr(miri, ignore = "knows no such stores")]
    fn streamed_samples_arrive_wherever_they_start() {
        let from: Vec<f32> = (0..200).map(|i| i as f32).collect();
        for (start, offset, len) in [(0, 0, 0), (0, 3, 2), (1, 5, 40), (0, 0, 16), (2, 16, 150), (3, 31, 100)] {
            let mut to = vec![-1.0; 200];
            // SAFETY: both ranges lie within their vectors.
            unsafe { stream(&from[start..start + len], to[offset..offset + len].as_mut_ptr(), |samples| samples) };
            assert_eq!(to[offset..offset + len], from[start..start + len]);
            assert!(to[..offset].iter().chain(&to[offset + len..]).all(|&sample| sample == -1.0));
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "slow there")]
    fn large_images_come_out_as_small_ones_do() {
        // 16.8 MB in rows that start off the lines of the cache, one of a few rows too long for the scratch, one of one row.
        for (width, height) in [(2049, 2050), (70_001, 60), (4_200_000, 1)] {
            let sample = |x: usize, y: usize| ((x * 7 + y * 13) % 301) as f32 / 300.0 - 0.1;
            let row = |y| (0..width).map(move |x| sample(x, y).clamp(0.0, 1.0));
            let rows = Image::from_rows(width, height, 1, |y, row| {
                row.iter_mut().enumerate().for_each(|(x, to)| *to = sample(x, y));
            });
            assert!((0..height).all(|y| rows.view().row(y).iter().copied().eq(row(y))));
            assert_eq!(
                Image::from_fresh_rows(width, height, 1, |y, to| to.write((0..width).map(|x| sample(x, y)))),
                rows
            );
            // Of parts that are no whole lines, as they are and not clamped yet.
            let copied = Image::from_fresh_rows(width, height, 1, |y, to| {
                let mut from: Vec<f32> = (0..width).map(|x| sample(x, y)).collect();
                from.iter_mut().filter(|sample| **sample < -0.05).for_each(|sample| *sample = f32::NAN);
                let (first, second) = from.split_at(width / 3);
                to.copy([first, &[], second])
            });
            assert_eq!(copied, rows);
            assert_eq!(Image::copy_of(rows.view()), rows);
            assert_eq!(rows.view().map_rows(|_, _| ()), rows);
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "slow there")]
    fn rows_are_written_while_rows_are_written() {
        let inner = || Image::from_rows(2048, 2048, 1, |_, row| row.fill(0.25));
        let first = Image::from_rows(2048, 2100, 1, |y, row| {
            row.fill(0.5);
            if y == 7 {
                row[3] = inner().view().row(9)[5];
            }
        });
        assert_eq!((first.view().row(7)[3], first.view().row(7)[4]), (0.25, 0.5));
    }
}
