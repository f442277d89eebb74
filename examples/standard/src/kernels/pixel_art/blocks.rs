//! Blocks of pixels in place of pixels.

use chainner_sdk::prelude::*;

use super::pixel::Pixel;

/// Around a pixel: from one to the left and above, to two to the right and below. What lies beyond the edges of the image is the
/// nearest in it.
pub(super) struct Window<'a, T> {
    rows: [&'a [T; 4]; 4],
}

impl<T: Copy> Window<'_, T> {
    /// What is so far (-1..=2) to the right and below.
    #[inline(always)]
    pub(super) fn at(&self, right: isize, below: isize) -> T {
        self.rows[(below + 1) as usize][(right + 1) as usize]
    }
}

/// An image `S` times as wide and high. `cell` is what is looked at of a pixel, made once for each; `block` makes `S` rows of `S`
/// pixels in place of one.
pub(super) fn enlarge<const N: usize, const S: usize, T: Copy + Send>(
    image: ImageView<'_>,
    cell: impl Fn(&[f32; N]) -> T + Sync,
    block: impl Fn(&Window<'_, T>) -> [[Pixel; S]; S] + Sync,
) -> Image {
    let (width, height) = (image.width(), image.height());
    let source = |y: usize, cells: &mut Vec<T>| {
        let (pixels, _) = image.row(y.min(height - 1)).as_chunks::<N>();
        cells.clear();
        let [Some(first), Some(last)] = [pixels.first(), pixels.last()] else { return };
        cells.push(cell(first));
        cells.extend(pixels.iter().map(&cell));
        cells.extend([cell(last); 2]);
    };
    let begin = |_| Carried { y: None, cells: [const { Vec::new() }; 4], rows: vec![0.0; width * S * N * S] };
    Image::from_runs(width * S, height * S, N, S, begin, |carried, y, to| {
        let from = y / S;
        if carried.y != Some(from) {
            if from > 0 && carried.y == Some(from - 1) {
                carried.cells.rotate_left(1);
                source(from + 2, &mut carried.cells[3]);
            } else {
                for (i, cells) in carried.cells.iter_mut().enumerate() {
                    source((from + i).saturating_sub(1), cells);
                }
            }
            carried.y = Some(from);
            blocks::<N, S, T>(&carried.cells, &mut carried.rows, &block);
        }
        to.copy_from_slice(&carried.rows[y % S * to.len()..][..to.len()]);
    })
}

/// What a run of rows carries.
struct Carried<T> {
    /// The row of the source that the rest is of.
    y: Option<usize>,
    /// The row above it, itself, and two below, each with one more pixel in front and two behind.
    cells: [Vec<T>; 4],
    /// What became of it.
    rows: Vec<f32>,
}

fn blocks<const N: usize, const S: usize, T: Copy>(
    cells: &[Vec<T>; 4],
    to: &mut [f32],
    block: impl Fn(&Window<'_, T>) -> [[Pixel; S]; S],
) {
    let (pixels, _) = to.as_chunks_mut::<N>();
    let width = pixels.len() / (S * S);
    let mut rest = pixels;
    let mut rows: [&mut [[f32; N]]; S] = std::array::from_fn(|_| {
        let (row, behind) = std::mem::take(&mut rest).split_at_mut(width * S);
        rest = behind;
        row
    });
    for x in 0..width {
        let window = Window { rows: cells.each_ref().map(|cells| window(cells, x)) };
        let made = block(&window);
        for (row, made) in rows.iter_mut().zip(&made) {
            for (to, made) in row[x * S..][..S].iter_mut().zip(made) {
                *to = std::array::from_fn(|c| made[c]);
            }
        }
    }
}

#[inline(always)]
fn window<T>(cells: &[T], x: usize) -> &[T; 4] {
    cells[x..].first_chunk().expect("a row has three more cells than pixels")
}
