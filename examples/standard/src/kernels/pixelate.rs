//! Large pixels: every cell of a grid becomes the mean of its pixels.

use chainner_sdk::prelude::*;

use super::{
    border::Border,
    taps::{self, Tap},
};

/// Makes cells of `cell_width` × `cell_height` pixels, from the top left on. What a cell has beyond the edge is mirrored at the
/// middle of the last pixels.
///
/// # Panics
/// When a side of the cells is 0.
pub fn pixelate(image: ImageView<'_>, cell_width: usize, cell_height: usize) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    Image::from_runs(
        width,
        height,
        channels,
        cell_height,
        |_| (None, vec![0.0; width * channels]),
        |(cell, means), y, to| {
            if *cell != Some(y / cell_height) {
                *cell = Some(y / cell_height);
                let top = y / cell_height * cell_height;
                let weight = 1.0 / (cell_height * cell_width) as f32;
                let rows: Vec<Tap<'_>> = (top..top + cell_height)
                    .map(|y| (image.row(Border::Mirror.index(y as isize, height)), weight))
                    .collect();
                taps::sum(&rows, means);
                match channels {
                    1 => spread::<1>(means, cell_width),
                    3 => spread::<3>(means, cell_width),
                    4 => spread::<4>(means, cell_width),
                    _ => (0..channels).for_each(|channel| {
                        let mut one: Vec<f32> = means.iter().skip(channel).step_by(channels).copied().collect();
                        spread::<1>(&mut one, cell_width);
                        means[channel..].iter_mut().step_by(channels).zip(one).for_each(|(to, from)| *to = from);
                    }),
                }
            }
            to.copy_from_slice(means);
        },
    )
}

/// Every `cell` pixels become their sum, the last ones as if mirrored.
fn spread<const N: usize>(row: &mut [f32], cell: usize) {
    let (pixels, _) = row.as_chunks_mut::<N>();
    let width = pixels.len();
    for start in (0..width).step_by(cell).rev() {
        let mut sum = [0.0; N];
        // From right to left, so that what the last cell is mirrored from has not been replaced yet.
        for x in start..start + cell {
            let pixel = pixels[Border::Mirror.index(x as isize, width)];
            (0..N).for_each(|c| sum[c] += pixel[c]);
        }
        pixels[start..width.min(start + cell)].fill(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    #[test]
    fn cells_are_the_means_of_their_pixels() {
        for (width, height, cell_width, cell_height) in
            [(20, 12, 5, 4), (23, 9, 5, 4), (3, 2, 7, 9), (1, 1, 3, 3), (300, 300, 64, 1)]
        {
            for channels in [1, 2, 3, 4] {
                let image = noise(width, height, channels);
                let pixelated = pixelate(image.view(), cell_width, cell_height);
                for (x, y) in [(0, 0), (width - 1, height - 1), (width / 2, height / 2)] {
                    let (left, top) = (x / cell_width * cell_width, y / cell_height * cell_height);
                    for c in 0..channels {
                        let mut sum = 0.0;
                        for j in top..top + cell_height {
                            for i in left..left + cell_width {
                                let at = |i: usize, len| Border::Mirror.index(i as isize, len);
                                sum += f64::from(image.view().pixel(at(i, width), at(j, height))[c]);
                            }
                        }
                        let mean = sum / (cell_width * cell_height) as f64;
                        assert!((f64::from(pixelated.view().pixel(x, y)[c]) - mean).abs() < 1e-5);
                    }
                }
            }
        }
    }
}
