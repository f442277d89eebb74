//! How much colour there is.

use multiversion::multiversion;

/// The largest difference between two of blue, green and red in a row of pixels of 3 or more samples.
pub fn farthest(row: &[f32], channels: usize) -> f32 {
    match channels {
        3 => farthest_of::<3>(row),
        4 => farthest_of::<4>(row),
        _ => row.chunks_exact(channels).map(|pixel| spread([pixel[0], pixel[1], pixel[2]])).fold(0.0, f32::max),
    }
}

#[inline(always)]
fn spread([b, g, r]: [f32; 3]) -> f32 {
    b.max(g).max(r) - b.min(g).min(r)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn farthest_of<const N: usize>(row: &[f32]) -> f32 {
    const LANES: usize = 16;
    let (blocks, rest) = row.as_chunks::<N>().0.as_chunks::<LANES>();
    let mut most = [0.0_f32; LANES];
    for block in blocks {
        for (most, pixel) in most.iter_mut().zip(block) {
            *most = most.max(spread([pixel[0], pixel[1], pixel[2]]));
        }
    }
    let rest = rest.iter().map(|pixel| spread([pixel[0], pixel[1], pixel[2]]));
    most.into_iter().chain(rest).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_largest_difference_is_found_wherever_it_is() {
        for channels in [3, 4, 5] {
            for x in [0, 17, 39] {
                let mut row = vec![0.5; 40 * channels];
                assert_eq!(super::farthest(&row, channels), 0.0);
                row[x * channels + 1] = 0.25;
                assert_eq!(super::farthest(&row, channels), 0.25);
                row[x * channels + 2] = 1.0;
                assert_eq!(super::farthest(&row, channels), 0.75);
            }
        }
        // Opacity is no colour.
        assert_eq!(super::farthest(&[0.5, 0.5, 0.5, 1.0], 4), 0.0);
    }
}
