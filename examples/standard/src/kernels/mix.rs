//! Between two colours.

use multiversion::multiversion;

/// Writes, for each share, the colour that is so far on the way `from` one `to` the other. Shares below 0 and above 1 go on in the same
/// direction. Both colours have as many samples as a pixel of the row: 1, 3 or 4.
pub fn row(shares: &[f32], from: &[f32], to: &[f32], row: &mut [f32]) {
    match (from, to) {
        (&[a], &[b]) => mix(shares, [a], [b], row),
        (&[a, b, c], &[d, e, f]) => mix(shares, [a, b, c], [d, e, f], row),
        (&[a, b, c, d], &[e, f, g, h]) => mix(shares, [a, b, c, d], [e, f, g, h], row),
        _ => unreachable!("colours have 1, 3 or 4 samples"),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn mix<const N: usize>(shares: &[f32], from: [f32; N], to: [f32; N], row: &mut [f32]) {
    for (pixel, share) in row.as_chunks_mut::<N>().0.iter_mut().zip(shares) {
        for i in 0..N {
            pixel[i] = to[i] * share + from[i] * (1.0 - share);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn colours_are_mixed_sample_by_sample() {
        let mut pixels = [9.0; 6];
        super::row(&[0.25, 1.0], &[0.0, 1.0, 0.5], &[1.0, 0.0, 0.5], &mut pixels);
        assert_eq!(pixels, [0.25, 0.75, 0.5, 1.0, 0.0, 0.5]);
    }
}
