//! Owned images.

use std::{
    fmt,
    mem::MaybeUninit,
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    FreshRow, ImageView, Observed, Pixel, SampleBuffer, WrittenRow, copies, describe, observe, observe::Watch, pixel,
    rows, stream,
};

/// An image of the node's own: the return type of image outputs.
///
/// Its memory becomes that of the numpy array without a copy. What a node returns is clamped to 0..1 and free of NaN: images
/// made row by row ([`from_rows`](Self::from_rows), [`from_pixels`](Self::from_pixels), [`ImageView::map_colors`]) are clamped as
/// they are written, all others in one pass when they are returned.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// let ramp = Image::from_pixels(4, 2, |x, _y| Gray { value: x as f32 / 3.0 });
/// assert_eq!((ramp.width(), ramp.height(), ramp.channels()), (4, 2, 1));
/// assert_eq!(ramp.view().pixel(3, 1), [1.0]);
/// ```
#[derive(Clone)]
pub struct Image {
    samples: SampleBuffer,
    width: usize,
    height: usize,
    channels: usize,
    clamped: bool,
    /// What the samples were before they were clamped, while a test watches.
    seen: Option<Box<[Observed]>>,
}

impl Image {
    /// A black image (with four channels: a fully transparent one).
    ///
    /// # Panics
    /// When `channels` is 0, or the memory cannot be had.
    pub fn new(width: usize, height: usize, channels: usize) -> Self {
        let samples = SampleBuffer::zeroed(len(width, height, channels));
        Self { samples, width, height, channels, clamped: true, seen: None }
    }

    /// A copy of a view.
    pub fn copy_of(view: ImageView<'_>) -> Self {
        let source = view.samples();
        let row_len = view.width() * view.channels();
        let clamped = AtomicBool::new(true);
        copies::count(size_of_val(source));
        let write = |start: *mut f32| {
            let rows = stream::Rows::new(start, source.len(), row_len);
            rows::for_each_index(source.len(), row_len, |y| {
                let from = &source[y * row_len..(y + 1) * row_len];
                // SAFETY: each row is copied once, into fresh memory.
                unsafe { rows.copy(y, from) };
                // Looked at while it is in the cache: a copy that is returned as it is needs no pass of its own.
                if !rows::are_clamped(from) {
                    clamped.store(false, Ordering::Relaxed);
                }
            });
        };
        // SAFETY: the source covers whole rows, and each row is copied, hence all samples.
        let samples = unsafe { SampleBuffer::filled_by(source.len(), write) };
        let clamped = clamped.into_inner();
        Self { samples, width: view.width(), height: view.height(), channels: view.channels(), clamped, seen: None }
    }

    /// An image from samples, row after row; `None` unless there are `width * height * channels` of them.
    pub fn from_samples(samples: &[f32], width: usize, height: usize, channels: usize) -> Option<Self> {
        ImageView::new(samples, width, height, channels).map(Self::copy_of)
    }

    /// An image whose rows are written by `f(y, row)`. Rows start black. Large images are worked on by several threads; each
    /// row is clamped to 0..1 while it is still in the cache.
    ///
    /// # Panics
    /// When `channels` is 0, or the memory cannot be had.
    pub fn from_rows(width: usize, height: usize, channels: usize, f: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        let row_len = width * channels;
        let watch = Watch::new(channels);
        // SAFETY: each row is zeroed before anything else.
        let samples = unsafe {
            fill(len(width, height, channels), row_len, |y, row, _| {
                // `row` is valid for `row_len` samples, which zero bytes make 0.0.
                std::ptr::write_bytes(row, 0, row_len);
                change(row, row_len, &watch, |row| f(y, row));
                false
            })
        };
        Self { samples, width, height, channels, clamped: true, seen: watch.map(|watch| watch.finish().into()) }
    }

    /// As [`from_rows`](Self::from_rows), for filters that carry something from row to row: running sums, a ring of rows worked
    /// on before. The rows are shared out in runs of at least `least` rows (but for the last); `begin(rows)` makes what a run
    /// carries, and `f(&mut carried, y, row)` is called for its rows in order.
    ///
    /// ```
    /// use chainner_sdk::prelude::*;
    ///
    /// // A running count of rows, which starts anew with each run.
    /// let counted = Image::from_runs(1, 4, 1, 2, |rows| rows.start, |next, y, row| {
    ///     assert_eq!(*next, y);
    ///     *next += 1;
    ///     row[0] = y as f32 / 4.0;
    /// });
    /// assert_eq!(counted.view().samples(), [0.0, 0.25, 0.5, 0.75]);
    /// ```
    ///
    /// # Panics
    /// When `channels` is 0, or the memory cannot be had.
    pub fn from_runs<C>(
        width: usize,
        height: usize,
        channels: usize,
        least: usize,
        begin: impl Fn(Range<usize>) -> C + Sync,
        f: impl Fn(&mut C, usize, &mut [f32]) + Sync,
    ) -> Self {
        let row_len = width * channels;
        let watch = Watch::new(channels);
        // SAFETY: each row is zeroed before anything else.
        let samples = unsafe {
            fill_runs(len(width, height, channels), row_len, least, begin, |carried, y, row, _| {
                // `row` is valid for `row_len` samples, which zero bytes make 0.0.
                std::ptr::write_bytes(row, 0, row_len);
                change(row, row_len, &watch, |row| f(carried, y, row));
                false
            })
        };
        Self { samples, width, height, channels, clamped: true, seen: watch.map(|watch| watch.finish().into()) }
    }

    /// An image whose rows are written by `f(y, row)` in one go, each sample clamped to 0..1 as it is written. For light work this is
    /// faster than [`from_rows`](Self::from_rows), which goes over each row three times.
    ///
    /// ```
    /// use chainner_sdk::prelude::*;
    ///
    /// fn negative(image: ImageView<'_>) -> Image {
    ///     Image::from_fresh_rows(image.width(), image.height(), image.channels(), |y, row| {
    ///         row.write(image.row(y).iter().map(|sample| 1.0 - sample))
    ///     })
    /// }
    /// assert_eq!(negative(Image::new(2, 1, 1).view()).view().samples(), [1.0, 1.0]);
    /// ```
    ///
    /// # Panics
    /// When `channels` is 0, a row is given too few samples, or the memory cannot be had.
    pub fn from_fresh_rows(
        width: usize,
        height: usize,
        channels: usize,
        f: impl for<'a> Fn(usize, FreshRow<'a>) -> WrittenRow<'a> + Sync,
    ) -> Self {
        let row_len = width * channels;
        let watch = Watch::new(channels);
        // SAFETY: `f` returns the proof that the row it was given is written, which only writing all of it makes.
        let samples = unsafe {
            fill(len(width, height, channels), row_len, |y, row, destination| {
                write_fresh(row, row_len, destination, &watch, |row| f(y, row))
            })
        };
        Self { samples, width, height, channels, clamped: true, seen: watch.map(|watch| watch.finish().into()) }
    }

    /// Rows that are written in one go, as by [`from_fresh_rows`](Self::from_fresh_rows), by filters that carry something from row to
    /// row, as [`from_runs`](Self::from_runs) has it.
    ///
    /// ```
    /// use chainner_sdk::prelude::*;
    ///
    /// // A running count of rows, which starts anew with each run.
    /// let counted = Image::from_fresh_runs(1, 4, 1, 2, |rows| rows.start, |next, y, row| {
    ///     *next += 1;
    ///     row.write([y as f32 / 4.0])
    /// });
    /// assert_eq!(counted.view().samples(), [0.0, 0.25, 0.5, 0.75]);
    /// ```
    ///
    /// # Panics
    /// When `channels` is 0, a row is given too few samples, or the memory cannot be had.
    pub fn from_fresh_runs<C>(
        width: usize,
        height: usize,
        channels: usize,
        least: usize,
        begin: impl Fn(Range<usize>) -> C + Sync,
        f: impl for<'a> Fn(&mut C, usize, FreshRow<'a>) -> WrittenRow<'a> + Sync,
    ) -> Self {
        let row_len = width * channels;
        let watch = Watch::new(channels);
        // SAFETY: `f` returns the proof that the row it was given is written, which only writing all of it makes.
        let samples = unsafe {
            fill_runs(len(width, height, channels), row_len, least, begin, |carried, y, row, destination| {
                write_fresh(row, row_len, destination, &watch, |row| f(carried, y, row))
            })
        };
        Self { samples, width, height, channels, clamped: true, seen: watch.map(|watch| watch.finish().into()) }
    }

    /// A copy of a view whose rows are changed by `f(y, row)`; as [`from_rows`](Self::from_rows).
    pub(super) fn from_changed_rows(view: ImageView<'_>, f: impl Fn(usize, &mut [f32]) + Sync) -> Self {
        let (width, height, channels) = (view.width(), view.height(), view.channels());
        let row_len = width * channels;
        let watch = Watch::new(channels);
        // SAFETY: each row is copied from the view before anything else.
        let samples = unsafe {
            fill(len(width, height, channels), row_len, |y, row, _| {
                // `row` is valid for the `row_len` samples of a row of the view, and is fresh memory, so they do not overlap.
                std::ptr::copy_nonoverlapping(view.row(y).as_ptr(), row, row_len);
                change(row, row_len, &watch, |row| f(y, row));
                false
            })
        };
        Self { samples, width, height, channels, clamped: true, seen: watch.map(|watch| watch.finish().into()) }
    }

    /// An image whose pixels are `f(x, y)`; as [`from_rows`](Self::from_rows).
    pub fn from_pixels<P: Pixel>(width: usize, height: usize, f: impl Fn(usize, usize) -> P + Sync) -> Self {
        Self::from_rows(width, height, P::CHANNELS, |y, row| {
            let pixels = pixel::cast_mut::<P>(row, P::CHANNELS).into_iter().flatten();
            pixels.enumerate().for_each(|(x, pixel)| *pixel = f(x, y));
        })
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Samples of a pixel.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// The image, borrowed.
    pub fn view(&self) -> ImageView<'_> {
        ImageView::new(&self.samples, self.width, self.height, self.channels)
            .expect("the buffer has the image's length")
    }

    /// All samples, row after row, to be changed.
    pub fn samples_mut(&mut self) -> &mut [f32] {
        self.clamped = false;
        self.seen = None;
        &mut self.samples
    }

    /// The pixels as `P`, to be changed; `None` if the number of channels differs.
    pub fn pixels_mut<P: Pixel>(&mut self) -> Option<&mut [P]> {
        let channels = self.channels;
        pixel::cast_mut(self.samples_mut(), channels)
    }

    /// Changes the rows by `f(y, row)`, large images on several threads; clamps them to 0..1 as it goes.
    pub fn for_each_row(&mut self, f: impl Fn(usize, &mut [f32]) + Sync) {
        let row_len = self.width * self.channels;
        let watch = Watch::new(self.channels);
        rows::for_each(&mut self.samples, row_len, |y, row| {
            f(y, row);
            watch.iter().for_each(|watch| watch.look(row));
            rows::clamp(row);
        });
        self.clamped = true;
        self.seen = watch.map(|watch| watch.finish().into());
    }

    /// Clamps to 0..1 without NaN, unless that is known already.
    pub(crate) fn clamp(&mut self) {
        if observe::is_watching() && self.seen.is_none() {
            self.seen = Some(observe::of(&self.samples, self.channels).into());
        }
        if !self.clamped {
            rows::clamp_all(&mut self.samples);
            self.clamped = true;
        }
    }

    /// What each channel was before it was clamped; nothing unless a test watches.
    pub(crate) fn observed(&self) -> Vec<Observed> {
        observe::sayable(self.seen.as_deref().unwrap_or_default().to_vec())
    }

    /// Gives the samples away.
    #[cfg_attr(not(feature = "python"), allow(dead_code, reason = "only numpy takes memory over"))]
    pub(crate) fn into_buffer(self) -> SampleBuffer {
        self.samples
    }
}

/// Samples of a shape.
fn len(width: usize, height: usize, channels: usize) -> usize {
    assert!(channels > 0, "an image has at least one channel");
    width.checked_mul(height).and_then(|len| len.checked_mul(channels)).expect("an image fits the address space")
}

/// Has a row changed by `f` and clamped, and looked at in between if anyone watches.
///
/// # Safety
/// `row` is valid for `row_len` samples, which are written, and nobody else's meanwhile.
#[inline(always)]
unsafe fn change(row: *mut f32, row_len: usize, watch: &Option<Watch>, f: impl FnOnce(&mut [f32])) {
    // SAFETY: the caller's promise.
    let row = unsafe { std::slice::from_raw_parts_mut(row, row_len) };
    f(row);
    watch.iter().for_each(|watch| watch.look(row));
    rows::clamp(row);
}

/// Has a row written by `f`, which clamps it unless it is to be looked at first. Returns whether it is at its destination already.
///
/// # Safety
/// `row` and the destination are valid for `row_len` samples, which may be anything yet, and nobody else's meanwhile.
#[inline(always)]
unsafe fn write_fresh(
    row: *mut f32,
    row_len: usize,
    destination: Option<stream::Destination>,
    watch: &Option<Watch>,
    f: impl for<'a> FnOnce(FreshRow<'a>) -> WrittenRow<'a>,
) -> bool {
    // SAFETY: the caller's promise.
    let fresh = unsafe { std::slice::from_raw_parts_mut(row.cast::<MaybeUninit<f32>>(), row_len) };
    if watch.is_none() {
        // SAFETY: the caller's promise.
        return f(unsafe { FreshRow::clamping(fresh, destination) }).is_at_destination();
    }
    f(FreshRow::watched(fresh));
    // SAFETY: written by now, as `f` has proved, and here, as there was no destination.
    unsafe { change(row, row_len, watch, |_| ()) };
    false
}

/// A buffer of whole rows, each written by `write(y, memory for the row, where it goes from there)`, large ones by several threads.
///
/// # Safety
/// `row_len` divides `len` (or `len` is 0), and `write` is as [`stream::Rows::write`] wants it.
unsafe fn fill(
    len: usize,
    row_len: usize,
    write: impl Fn(usize, *mut f32, Option<stream::Destination>) -> bool + Sync,
) -> SampleBuffer {
    // SAFETY: each row is written once, by the caller's promise wholly, and the rows cover the buffer.
    unsafe {
        SampleBuffer::filled_by(len, |start| {
            let rows = stream::Rows::new(start, len, row_len);
            rows::for_each_index(len, row_len, |y| rows.write(y, |row, destination| write(y, row, destination)));
        })
    }
}

/// As [`fill`], in runs of at least `least` rows, for each of which `begin` makes what is carried from row to row.
///
/// # Safety
/// As [`fill`].
unsafe fn fill_runs<C>(
    len: usize,
    row_len: usize,
    least: usize,
    begin: impl Fn(Range<usize>) -> C + Sync,
    write: impl Fn(&mut C, usize, *mut f32, Option<stream::Destination>) -> bool + Sync,
) -> SampleBuffer {
    // SAFETY: each row belongs to one run and is written once, by the caller's promise wholly, and the rows cover the buffer.
    unsafe {
        SampleBuffer::filled_by(len, |start| {
            let rows = stream::Rows::new(start, len, row_len);
            rows::for_each_run(len, row_len, least, |run| {
                let mut carried = begin(run.clone());
                for y in run {
                    rows.write(y, |row, destination| write(&mut carried, y, row, destination));
                }
            });
        })
    }
}

impl PartialEq for Image {
    /// Same shape, same samples.
    fn eq(&self, other: &Self) -> bool {
        self.view() == other.view()
    }
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&describe(self.width, self.height, self.channels))
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Bgr, Bgra, Pixels};

    #[test]
    fn rows_and_pixels_agree_on_small_and_large_images() {
        for (width, height) in [(3, 2), (300, 200), (0, 5), (5, 0)] {
            let image =
                Image::from_pixels(width, height, |x, y| Bgr { b: x as f32 / 300.0, g: y as f32 / 200.0, r: 0.5 });
            let rows = Image::from_rows(width, height, 3, |y, row| {
                for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
                    pixel.copy_from_slice(&[x as f32 / 300.0, y as f32 / 200.0, 0.5]);
                }
            });
            assert_eq!(image, rows);
            assert_eq!(image.view().to_image().view(), image.view());
        }
    }

    #[test]
    fn rows_are_clamped_as_they_are_written() {
        let image = Image::from_rows(2, 1, 1, |_, row| row.copy_from_slice(&[f32::NAN, 7.0]));
        assert_eq!(image.view().samples(), [0.0, 1.0]);
        assert!(image.clamped);
    }

    #[test]
    fn runs_cover_all_rows_in_order_each_with_a_state_of_its_own() {
        for (width, height, least) in [(3, 2, 1), (300, 700, 1), (300, 700, 64), (300, 7, 900), (0, 5, 1), (5, 0, 1)] {
            let image = Image::from_runs(
                width,
                height,
                1,
                least,
                |rows| {
                    assert!(rows.len() >= least.min(height) || rows.end == height);
                    (rows.start, rows)
                },
                |(next, rows), y, row| {
                    assert!(rows.contains(&y) && *next == y);
                    *next += 1;
                    row.fill(y as f32 / 512.0);
                },
            );
            let fresh = Image::from_fresh_runs(
                width,
                height,
                1,
                least,
                |rows| rows.start,
                |next, y, row| {
                    assert_eq!(*next, y);
                    *next += 1;
                    row.write(std::iter::repeat(y as f32 / 512.0))
                },
            );
            assert_eq!(fresh, image);
            assert_eq!(image, Image::from_rows(width, height, 1, |y, row| row.fill(y as f32 / 512.0)));
            assert!(image.clamped && image.view().samples().iter().all(|&sample| sample <= 1.0));
        }
    }

    #[test]
    fn images_are_equal_by_what_they_show() {
        let written = Image::from_rows(2, 1, 1, |_, row| row.fill(0.5));
        assert_eq!(written, Image::from_samples(&[0.5, 0.5], 2, 1, 1).expect("two samples"));
        assert_ne!(written, Image::from_samples(&[0.5, 0.5], 1, 2, 1).expect("two samples"));
    }

    #[test]
    fn changed_samples_are_clamped_when_returned() {
        let mut image = Image::new(1, 1, 3);
        image.samples_mut()[1] = -3.0;
        image.pixels_mut::<Bgr>().expect("three channels")[0].r = 2.0;
        assert!(image.pixels_mut::<Bgra>().is_none());
        image.clamp();
        assert_eq!(image.view().pixels(), Pixels::Bgr(&[Bgr { b: 0.0, g: 0.0, r: 1.0 }]));
    }

    #[test]
    fn mapped_colours_leave_opacity_alone() {
        let image = Image::from_samples(&[0.1, 0.2, 0.3, 0.4], 1, 1, 4).expect("one pixel");
        let brighter = image.view().map_colors(|_, _, sample| sample + 0.5);
        assert_eq!(brighter.view().samples(), [0.6, 0.7, 0.8, 0.4]);
    }

    #[test]
    fn mapped_pixels_keep_opacity_and_take_grey_as_a_colour() {
        let swapped = |_: usize, _: usize, Bgr { b, g, r }: Bgr| Bgr { b: r, g, r: b };
        let color = Image::from_samples(&[0.1, 0.2, 0.3, 0.4], 1, 1, 4).expect("one pixel");
        assert_eq!(color.view().map_bgr(swapped).view().samples(), [0.3, 0.2, 0.1, 0.4]);
        let gray = Image::from_samples(&[0.5], 1, 1, 1).expect("one pixel");
        let halved = gray.view().map_bgr(|_, _, color| color.map(|sample| sample / 2.0));
        assert!((halved.view().samples()[0] - 0.25).abs() < 1e-6);
    }

    #[test]
    fn mapped_rows_start_as_copies_and_end_clamped() {
        let image = Image::from_samples(&[0.25, 0.75, -1.0], 1, 3, 1).expect("three rows");
        let mapped = image.view().map_rows(|y, row| row[0] += y as f32 * 0.5);
        assert_eq!(mapped.view().samples(), [0.25, 1.0, 0.0]);
    }

    #[test]
    fn a_panic_while_rows_are_written_leaves_no_half_written_image() {
        let result = std::panic::catch_unwind(|| Image::from_rows(4, 4, 1, |y, _| assert!(y < 2, "row {y}")));
        assert!(result.is_err());
    }
}
