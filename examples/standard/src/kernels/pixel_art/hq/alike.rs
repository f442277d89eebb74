//! Which pixels look alike: as bright, of a near hue, and as opaque.

/// A pixel's brightness, its blueness, its redness, and its opacity. Of grey pixels, brightness alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look([f32; 4]);

/// How far pixels may be apart in each: 3, 7, 6 and 1 of 255 steps.
const LIMITS: [f32; 4] = [3.0 / 255.0, 7.0 / 255.0, 6.0 / 255.0, 1.0 / 255.0];

impl Look {
    /// Of 1, 3 or 4 samples. Whether images of 255 steps are just within the limits depends on the last bits, so on the order of the
    /// sums, and on the middle that is added. As in the app, what is weighted as red is the first sample, which is blue.
    #[inline(always)]
    pub(super) fn of<const N: usize>(samples: &[f32; N]) -> Self {
        let [Some(&r), Some(&g), Some(&b)] = [samples.first(), samples.get(1), samples.get(2)] else {
            return Self([samples[0], 0.0, 0.0, 0.0]);
        };
        Self([
            0.299 * r + 0.587 * g + 0.114 * b,
            -0.169 * r - 0.331 * g + 0.5 * b + 0.5,
            0.5 * r - 0.419 * g - 0.081 * b + 0.5,
            samples.get(3).copied().unwrap_or(1.0),
        ])
    }
}

/// Whether pixels look alike.
#[inline(always)]
pub(super) fn alike(Look(a): Look, Look(b): Look) -> bool {
    (0..4).fold(true, |alike, i| alike & ((a[i] - b[i]).abs() <= LIMITS[i]))
}
