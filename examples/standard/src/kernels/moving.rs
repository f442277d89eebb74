//! Pixels at other places.

/// Writes the pixels of a row from the last to the first.
pub fn mirror(row: &[f32], channels: usize, to: &mut [f32]) {
    fn mirror<const N: usize>(row: &[f32], to: &mut [f32]) {
        let from = row.as_chunks::<N>().0.iter().rev();
        to.as_chunks_mut::<N>().0.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    match channels {
        1 => mirror::<1>(row, to),
        3 => mirror::<3>(row, to),
        4 => mirror::<4>(row, to),
        _ => {
            let from = row.chunks_exact(channels).rev();
            to.chunks_exact_mut(channels).zip(from).for_each(|(to, from)| to.copy_from_slice(from));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn pixels_stay_whole() {
        for channels in [1, 2, 3, 4] {
            let row: Vec<f32> = (0..12).map(|i| i as f32).collect();
            let mut to = vec![-1.0; 12];
            super::mirror(&row, channels, &mut to);
            for x in 0..12 / channels {
                let other = (12 / channels - 1 - x) * channels;
                assert_eq!(to[x * channels..(x + 1) * channels], row[other..other + channels]);
            }
        }
    }
}
