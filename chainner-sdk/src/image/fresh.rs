//! Rows of a new image before anything is in them.

use std::{marker::PhantomData, mem::MaybeUninit};

use super::stream::Destination;

/// A row of a new image, to be written in one go: see [`Image::from_fresh_rows`](super::Image::from_fresh_rows).
#[derive(Debug)]
pub struct FreshRow<'a> {
    samples: &'a mut [MaybeUninit<f32>],
    /// Whether samples are clamped as they are written; else they are looked at first.
    clamps: bool,
    /// Where they go from there, past the cache.
    destination: Option<Destination>,
    row: Row<'a>,
}

/// Proof that the row of this lifetime was written.
#[derive(Debug)]
pub struct WrittenRow<'a> {
    is_at_destination: bool,
    _row: Row<'a>,
}

/// Ties the proof to its row: the lifetime can neither grow nor shrink.
type Row<'a> = PhantomData<fn(&'a ()) -> &'a ()>;

impl<'a> FreshRow<'a> {
    /// One that is clamped, and then goes elsewhere, or straight there.
    ///
    /// # Safety
    /// The destination has room for as many samples, which are nobody else's meanwhile.
    pub(super) unsafe fn clamping(samples: &'a mut [MaybeUninit<f32>], destination: Option<Destination>) -> Self {
        Self { samples, clamps: true, destination, row: PhantomData }
    }

    /// One that is to be looked at before it is clamped.
    pub(super) fn watched(samples: &'a mut [MaybeUninit<f32>]) -> Self {
        Self { samples, clamps: false, destination: None, row: PhantomData }
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// Writes samples, each clamped to 0..1; NaN becomes 0.
    ///
    /// Always inlined, so that inside a function that is compiled for wider vectors the whole loop is.
    ///
    /// # Panics
    /// When there are too few.
    #[inline(always)]
    pub fn write(self, samples: impl IntoIterator<Item = f32>) -> WrittenRow<'a> {
        let mut written = 0;
        let clamps = self.clamps;
        for (slot, sample) in self.samples.iter_mut().zip(samples) {
            // Asked here, and not once around two loops: the samples are made in one place, which keeps that inlined.
            slot.write(if clamps { clamped(sample) } else { sample });
            written += 1;
        }
        if written != self.samples.len() {
            short("samples", self.samples.len(), written);
        }
        WrittenRow { is_at_destination: false, _row: self.row }
    }

    /// Writes pixels of `N` samples, as [`write`](Self::write).
    ///
    /// # Panics
    /// When there are too few, or the row is not of whole pixels.
    #[inline(always)]
    pub fn write_pixels<const N: usize>(self, pixels: impl IntoIterator<Item = [f32; N]>) -> WrittenRow<'a> {
        let (slots, rest) = self.samples.as_chunks_mut::<N>();
        assert!(rest.is_empty(), "the row is of pixels of {N} samples");
        let count = slots.len();
        let mut written = 0;
        let clamps = self.clamps;
        for (slot, pixel) in slots.iter_mut().zip(pixels) {
            for (slot, sample) in slot.iter_mut().zip(pixel) {
                slot.write(if clamps { clamped(sample) } else { sample });
            }
            written += 1;
        }
        if written != count {
            short("pixels", count, written);
        }
        WrittenRow { is_at_destination: false, _row: self.row }
    }

    /// Writes slices one behind the other, as [`write`](Self::write).
    ///
    /// # Panics
    /// When they are not as many samples as the row.
    pub fn copy<const N: usize>(self, parts: [&[f32]; N]) -> WrittenRow<'a> {
        let (len, clamps) = (self.samples.len(), self.clamps);
        let given: usize = parts.iter().map(|part| part.len()).sum();
        assert!(given == len, "a row of {len} samples was given {given}");
        if let Some(destination) = self.destination {
            let mut at = 0;
            for part in parts {
                // SAFETY: the parts are as long as the row, which is nobody else's; what can be borrowed meanwhile is no part of it.
                unsafe { destination.put(at, part) };
                at += part.len();
            }
            return WrittenRow { is_at_destination: true, _row: self.row };
        }
        let mut rest = self.samples;
        for part in parts {
            let (slots, behind) = rest.split_at_mut(part.len());
            slots.iter_mut().zip(part).for_each(|(slot, &sample)| {
                slot.write(if clamps { clamped(sample) } else { sample });
            });
            rest = behind;
        }
        WrittenRow { is_at_destination: false, _row: self.row }
    }
}

/// By value: a count whose address is taken stays in memory, and loops that update it there work on half as wide vectors.
#[cold]
#[inline(never)]
fn short(what: &str, len: usize, given: usize) -> ! {
    panic!("a row of {len} {what} was given {given}")
}

impl WrittenRow<'_> {
    /// Whether the samples are where they go, and not in the memory that was given for them.
    pub(super) fn is_at_destination(&self) -> bool {
        self.is_at_destination
    }
}

#[inline(always)]
#[allow(clippy::manual_clamp, reason = "`clamp` keeps NaN; `max` gives the other operand")]
pub(super) fn clamped(sample: f32) -> f32 {
    sample.max(0.0).min(1.0)
}

#[cfg(test)]
mod tests {
    use crate::image::Image;

    #[test]
    fn written_rows_are_clamped_and_whole() {
        for (width, height) in [(3, 2), (300, 200), (0, 3), (3, 0)] {
            let image = Image::from_fresh_rows(width, height, 2, |y, row| {
                row.write_pixels((0..).map(|x| [x as f32 * 0.5 - 0.25, if y == 0 { f32::NAN } else { 7.0 }]))
            });
            let rows = Image::from_rows(width, height, 2, |y, row| {
                for (x, pixel) in row.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                    *pixel = [x as f32 * 0.5 - 0.25, if y == 0 { 0.0 } else { 1.0 }];
                }
            });
            assert_eq!(image, rows);
            assert_eq!(
                Image::from_fresh_rows(width, height, 2, |y, row| row.write(rows.view().row(y).iter().copied())),
                rows
            );
        }
    }

    #[test]
    fn copied_slices_stand_behind_one_another_clamped() {
        let image =
            Image::from_fresh_rows(5, 2, 1, |y, row| row.copy([&[0.25], &[y as f32 * 3.0, f32::NAN], &[], &[0.5; 2]]));
        assert_eq!(image.view().samples(), [0.25, 0.0, 0.0, 0.5, 0.5, 0.25, 1.0, 0.0, 0.5, 0.5]);
    }

    #[test]
    fn rows_left_short_are_no_image() {
        for short in [
            std::panic::catch_unwind(|| Image::from_fresh_rows(4, 4, 1, |_, row| row.write([0.5; 3]))),
            std::panic::catch_unwind(|| Image::from_fresh_rows(4, 4, 3, |_, row| row.write_pixels([[0.5; 3]; 3]))),
            std::panic::catch_unwind(|| Image::from_fresh_rows(4, 4, 1, |_, row| row.copy([&[0.5; 2], &[0.5]]))),
            std::panic::catch_unwind(|| Image::from_fresh_rows(4, 4, 1, |_, row| row.write_pixels([[0.5; 3]; 9]))),
        ] {
            assert!(short.is_err());
        }
    }
}
