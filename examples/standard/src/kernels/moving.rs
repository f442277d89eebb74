//! Pixels at other places.

use chainner_sdk::image::{FreshRow, WrittenRow};

/// Writes the pixels of a row from the last to the first.
pub fn mirror<'a>(row: &[f32], channels: usize, to: FreshRow<'a>) -> WrittenRow<'a> {
    fn mirror<'a, const N: usize>(row: &[f32], to: FreshRow<'a>) -> WrittenRow<'a> {
        to.write_pixels(row.as_chunks::<N>().0.iter().rev().copied())
    }
    match channels {
        1 => mirror::<1>(row, to),
        3 => mirror::<3>(row, to),
        4 => mirror::<4>(row, to),
        _ => to.write(row.chunks_exact(channels).rev().flatten().copied()),
    }
}

#[cfg(test)]
mod tests {
    use chainner_sdk::prelude::*;

    #[test]
    fn pixels_stay_whole() {
        for channels in [1, 2, 3, 4] {
            let row: Vec<f32> = (0..12).map(|i| i as f32 / 12.0).collect();
            let mirrored =
                Image::from_fresh_rows(12 / channels, 1, channels, |_, to| super::mirror(&row, channels, to));
            let to = mirrored.view().samples();
            for x in 0..12 / channels {
                let other = (12 / channels - 1 - x) * channels;
                assert_eq!(to[x * channels..(x + 1) * channels], row[other..other + channels]);
            }
        }
    }
}
