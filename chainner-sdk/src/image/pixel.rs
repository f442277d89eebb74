//! Typed pixels: components have names, so B, G, R and R, G, B cannot be mixed up.

/// A pixel as it lies in memory.
///
/// # Safety
/// The type is `repr(C)` and consists of exactly [`CHANNELS`](Pixel::CHANNELS) `f32` fields and nothing else.
pub unsafe trait Pixel: Copy + Send + Sync + 'static {
    /// Number of samples of one pixel.
    const CHANNELS: usize;
}

/// A pixel of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[repr(C)]
pub struct Gray {
    /// Brightness, 0..1.
    pub value: f32,
}

/// A pixel of three channels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[repr(C)]
#[allow(missing_docs, reason = "blue, green and red, 0..1")]
pub struct Bgr {
    pub b: f32,
    pub g: f32,
    pub r: f32,
}

/// A pixel of three channels and opacity; the colour is not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[repr(C)]
#[allow(missing_docs, reason = "blue, green, red and opacity, 0..1")]
pub struct Bgra {
    pub b: f32,
    pub g: f32,
    pub r: f32,
    pub a: f32,
}

// SAFETY: `repr(C)` structs of 1, 3 and 4 `f32`.
unsafe impl Pixel for Gray {
    const CHANNELS: usize = 1;
}
// SAFETY: as above.
unsafe impl Pixel for Bgr {
    const CHANNELS: usize = 3;
}
// SAFETY: as above.
unsafe impl Pixel for Bgra {
    const CHANNELS: usize = 4;
}

impl Bgr {
    /// Brightness after ITU-R BT.709 (weights of linear light, applied to the samples as they are).
    pub fn luma(self) -> f32 {
        0.2126 * self.r + 0.7152 * self.g + 0.0722 * self.b
    }

    /// Applies a function to each component.
    pub fn map(self, mut f: impl FnMut(f32) -> f32) -> Self {
        Self { b: f(self.b), g: f(self.g), r: f(self.r) }
    }

    /// With opacity.
    pub fn with_alpha(self, a: f32) -> Bgra {
        let Self { b, g, r } = self;
        Bgra { b, g, r, a }
    }
}

impl Bgra {
    /// The colour without its opacity.
    pub fn bgr(self) -> Bgr {
        let Self { b, g, r, .. } = self;
        Bgr { b, g, r }
    }
}

/// Samples as pixels; `None` if their number of channels differs.
pub(super) fn cast<P: Pixel>(samples: &[f32], channels: usize) -> Option<&[P]> {
    const { assert!(size_of::<P>() == P::CHANNELS * size_of::<f32>() && align_of::<P>() == align_of::<f32>()) };
    // SAFETY: `Pixel` promises the layout of `CHANNELS` consecutive `f32`, checked above; the length is in whole pixels.
    (channels == P::CHANNELS)
        .then(|| unsafe { std::slice::from_raw_parts(samples.as_ptr().cast(), samples.len() / P::CHANNELS) })
}

/// As [`cast`], for writing.
pub(super) fn cast_mut<P: Pixel>(samples: &mut [f32], channels: usize) -> Option<&mut [P]> {
    const { assert!(size_of::<P>() == P::CHANNELS * size_of::<f32>() && align_of::<P>() == align_of::<f32>()) };
    // SAFETY: as in `cast`; every bit pattern of the pixel's `f32` fields is a valid sample.
    (channels == P::CHANNELS)
        .then(|| unsafe { std::slice::from_raw_parts_mut(samples.as_mut_ptr().cast(), samples.len() / P::CHANNELS) })
}
