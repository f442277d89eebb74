//! Pixels at other places.

use multiversion::multiversion;

/// Writes the pixels of a row from the last to the first. The row is read in order, which processors see coming, and may be far; what is
/// written is taken to be near.
pub fn mirror(row: &[f32], channels: usize, to: &mut [f32]) {
    fn mirror<const N: usize>(row: &[f32], to: &mut [f32]) {
        let to = to.as_chunks_mut::<N>().0.iter_mut().rev();
        to.zip(row.as_chunks::<N>().0).for_each(|(to, pixel)| *to = *pixel);
    }
    match channels {
        1 => mirror::<1>(row, to),
        3 => mirror_colors(row, to),
        4 => mirror::<4>(row, to),
        _ => {
            let to = to.chunks_exact_mut(channels).rev();
            to.zip(row.chunks_exact(channels)).for_each(|(to, pixel)| to.copy_from_slice(pixel));
        }
    }
}

/// As [`mirror`], of three samples a pixel: four pixels at once, which are three vectors.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn mirror_colors(row: &[f32], to: &mut [f32]) {
    let (fours, rest) = row.as_chunks::<12>();
    let (rest_of_to, fours_of_to) = to.as_rchunks_mut::<12>();
    for (to, from) in fours_of_to.iter_mut().rev().zip(fours) {
        *to = std::array::from_fn(|i| from[(3 - i / 3) * 3 + i % 3]);
    }
    let to = rest_of_to.as_chunks_mut::<3>().0.iter_mut().rev();
    to.zip(rest.as_chunks::<3>().0).for_each(|(to, pixel)| *to = *pixel);
}

#[cfg(test)]
mod tests {
    #[test]
    fn pixels_stay_whole() {
        for (channels, len) in [(1, 12), (2, 12), (3, 12), (4, 12), (3, 9), (3, 15), (3, 36), (3, 57)] {
            let row: Vec<f32> = (0..len).map(|i| i as f32).collect();
            let mut to = vec![0.0; len];
            super::mirror(&row, channels, &mut to);
            for x in 0..len / channels {
                let other = (len / channels - 1 - x) * channels;
                assert_eq!(to[x * channels..(x + 1) * channels], row[other..other + channels]);
            }
        }
    }
}
