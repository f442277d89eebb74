//! Blocks of pixels in place of pixels.

use chainner_sdk::prelude::*;

/// Around a pixel: from one to the left and above, to two to the right and below. What lies beyond the edges of the image is the
/// nearest in it.
pub(super) struct Window<'a, const N: usize> {
    rows: [&'a [[f32; N]; 4]; 4],
}

impl<const N: usize> Window<'_, N> {
    /// The pixel so far (-1..=2) to the right and below.
    #[inline(always)]
    pub(super) fn at(&self, right: isize, below: isize) -> [f32; N] {
        self.rows[(below + 1) as usize][(right + 1) as usize]
    }
}

/// What a filter finds out about all pixels of a row before it makes their blocks.
pub(super) trait Reader<const N: usize>: Default + Send {
    /// About one pixel.
    type Found: Copy;

    /// Replaces what was found by what is found now, of a row and those above and below it, each with one more pixel in front and two
    /// behind. `goes_on` if the row before was read last.
    fn read(&mut self, rows: [&[[f32; N]]; 3], goes_on: bool, found: &mut Vec<Self::Found>);
}

/// Nothing.
#[derive(Default)]
pub(super) struct Unread;

impl<const N: usize> Reader<N> for Unread {
    type Found = ();

    fn read(&mut self, [_, row, _]: [&[[f32; N]]; 3], _: bool, found: &mut Vec<()>) {
        found.resize(row.len(), ());
    }
}

/// An image `S` times as wide and high: `block` makes `S` rows of `S` pixels in place of one. It is called in a loop, and has to be
/// inlined.
pub(super) fn enlarge<const N: usize, const S: usize, R: Reader<N>>(
    image: ImageView<'_>,
    block: impl Fn(&Window<'_, N>, R::Found) -> [[[f32; N]; S]; S] + Copy + Sync,
) -> Image {
    let (width, height) = (image.width(), image.height());
    let source = |y: usize, pixels: &mut Vec<[f32; N]>| {
        let row = image.row(y.min(height - 1)).as_chunks::<N>().0;
        pixels.clear();
        let [Some(&first), Some(&last)] = [row.first(), row.last()] else { return };
        pixels.push(first);
        pixels.extend_from_slice(row);
        pixels.extend([last; 2]);
        // Adding zero makes zeros of either sign the same bits.
        pixels.as_flattened_mut().iter_mut().for_each(|sample| *sample += 0.0);
    };
    let begin = |_| Carried::<N, R> {
        y: None,
        pixels: [const { Vec::new() }; 4],
        reader: R::default(),
        found: Vec::new(),
        rows: vec![0.0; width * S * N * S],
    };
    Image::from_runs(width * S, height * S, N, S, begin, |carried, y, to| {
        let from = y / S;
        if carried.y != Some(from) {
            let goes_on = from > 0 && carried.y == Some(from - 1);
            if goes_on {
                carried.pixels.rotate_left(1);
                source(from + 2, &mut carried.pixels[3]);
            } else {
                for (i, pixels) in carried.pixels.iter_mut().enumerate() {
                    source((from + i).saturating_sub(1), pixels);
                }
            }
            carried.y = Some(from);
            let rows = carried.pixels.each_ref().map(Vec::as_slice);
            carried.reader.read([rows[0], rows[1], rows[2]], goes_on, &mut carried.found);
            blocks(rows, &carried.found, &mut carried.rows, block);
        }
        to.copy_from_slice(&carried.rows[y % S * to.len()..][..to.len()]);
    })
}

/// What a run of rows carries.
struct Carried<const N: usize, R: Reader<N>> {
    /// The row of the source that the rest is of.
    y: Option<usize>,
    /// The row above it, itself, and two below, each with one more pixel in front and two behind.
    pixels: [Vec<[f32; N]>; 4],
    reader: R,
    found: Vec<R::Found>,
    /// What became of it.
    rows: Vec<f32>,
}

fn blocks<const N: usize, const S: usize, F: Copy>(
    pixels: [&[[f32; N]]; 4],
    found: &[F],
    to: &mut [f32],
    block: impl Fn(&Window<'_, N>, F) -> [[[f32; N]; S]; S],
) {
    let (mut rest, _) = to.as_chunks_mut::<N>();
    let width = rest.len() / (S * S);
    let rows: [&mut [[[f32; N]; S]]; S] = std::array::from_fn(|_| {
        let (row, behind) = std::mem::take(&mut rest).split_at_mut(width * S);
        rest = behind;
        &mut row.as_chunks_mut().0[..width]
    });
    let [above, here, below, further] = pixels.map(|row| &row[..width + 3]);
    for (x, &found) in found[..width].iter().enumerate() {
        let rows_around = [around(above, x), around(here, x), around(below, x), around(further, x)];
        let made = block(&Window { rows: rows_around }, found);
        for i in 0..S {
            rows[i][x] = made[i];
        }
    }
}

#[inline(always)]
fn around<const N: usize>(row: &[[f32; N]], x: usize) -> &[[f32; N]; 4] {
    row[x..].first_chunk().expect("a row has three more pixels than the image")
}
