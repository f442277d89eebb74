//! Pixels, compared and mixed.

/// Whether two pixels are the same colour, of the same opacity. Compared as bits, all at once: [blocks](super::blocks) see to it that
/// zeros have one sign only.
#[inline(always)]
pub(super) fn same<const N: usize>(a: [f32; N], b: [f32; N]) -> bool {
    a.map(f32::to_bits) == b.map(f32::to_bits)
}

/// So far on the way from one pixel to another.
#[inline(always)]
pub(super) fn toward<const N: usize>(from: [f32; N], to: [f32; N], share: f32) -> [f32; N] {
    std::array::from_fn(|c| from[c] + (to[c] - from[c]) * share)
}

/// The mean of two pixels.
#[inline(always)]
pub(super) fn mean<const N: usize>(a: [f32; N], b: [f32; N]) -> [f32; N] {
    toward(a, b, 0.5)
}
