//! Pixels, compared and mixed.

/// Samples of a pixel, with zeros behind those that it does not have: four at any rate, so that one comparison is one of 16 bytes, and
/// one step of a mix is one over a vector.
pub(super) type Pixel = [f32; 4];

/// A pixel out of the samples of an image.
pub(super) fn pixel<const N: usize>(samples: &[f32; N]) -> Pixel {
    // Adding zero makes zeros of either sign the same bits.
    std::array::from_fn(|c| if c < N { samples[c] + 0.0 } else { 0.0 })
}

/// Whether two pixels are the same colour, of the same opacity.
pub(super) fn same(a: Pixel, b: Pixel) -> bool {
    a.map(f32::to_bits) == b.map(f32::to_bits)
}

/// So far on the way from one pixel to another.
pub(super) fn toward(from: Pixel, to: Pixel, share: f32) -> Pixel {
    std::array::from_fn(|c| from[c] + (to[c] - from[c]) * share)
}

/// The mean of two pixels.
pub(super) fn mean(a: Pixel, b: Pixel) -> Pixel {
    toward(a, b, 0.5)
}
