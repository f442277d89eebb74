//! The median of the square around each pixel.
//!
//! Squares of 3 and 5 pixels are sorted in their own precision, many pixels at once, by networks that compare fixed pairs (Batcher,
//! *Sorting networks and their applications*, 1968; columns are sorted once for all squares they belong to). Larger squares are
//! counted in 8 bits by histograms that are kept up to date, at a cost that does not depend on their size (Perreault, Hébert, *Median
//! Filtering in Constant Time*, IEEE Transactions on Image Processing 16, 2007).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

use crate::kernels::{
    border::Border,
    unit,
    window::{self, Reach},
};

/// What the image is beyond its edges.
const BORDER: Border = Border::Replicate;

/// The median within `radius` pixels, of every channel by itself. From a radius of 3 on, in 8 bits.
pub fn blur(image: ImageView<'_>, radius: usize) -> Image {
    match radius {
        _ if image.samples().is_empty() => image.to_image(),
        0 => image.to_image(),
        1 => Image::from_rows(image.width(), image.height(), image.channels(), |y, to| {
            window::over_row(image, y, Reach::square(1), BORDER, to, |rows, to| of_3(rows, image.channels(), to));
        }),
        2 => Image::from_rows(image.width(), image.height(), image.channels(), |y, to| {
            window::over_row(image, y, Reach::square(2), BORDER, to, |rows, to| of_5(rows, image.channels(), to));
        }),
        _ => histograms(image, radius),
    }
}

/// Orders pairs of values: the less of each to the first.
macro_rules! order {
    ($v:ident; $($i:literal $j:literal),*) => {$(
        for k in 0..BLOCK {
            let (a, b) = ($v[$i][k], $v[$j][k]);
            $v[$i][k] = if a < b { a } else { b };
            $v[$j][k] = if a < b { b } else { a };
        }
    )*};
}

/// Values that are ordered at once: so many that the compiler keeps the loops over them and vectorises them, which it does not do to
/// loops that it unrolls.
const BLOCK: usize = 64;

/// The middle of nine by sorted columns: of the greatest of the least, the middle of the middle and the least of the greatest.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_3(rows: &[&[f32]], channels: usize, to: &mut [f32]) {
    let low = |a: f32, b: f32| if a < b { a } else { b };
    let high = |a: f32, b: f32| if a < b { b } else { a };
    let middle = |a: f32, b: f32, c: f32| high(low(a, b), low(high(a, b), c));
    let [above, row, below] = rows else { unreachable!("three rows") };
    let (len, padded) = (to.len(), to.len() + 2 * channels);
    let (above, row, below) = (&above[..padded], &row[..padded], &below[..padded]);
    let mut columns = vec![0.0; 3 * padded];
    let (least, rest) = columns.split_at_mut(padded);
    let (mid, most) = rest.split_at_mut(padded);
    for i in 0..padded {
        let (a, b, c) = (above[i], row[i], below[i]);
        least[i] = low(low(a, b), c);
        mid[i] = middle(a, b, c);
        most[i] = high(high(a, b), c);
    }
    let at = |i: usize| i * channels..i * channels + len;
    let (l0, l1, l2) = (&least[at(0)], &least[at(1)], &least[at(2)]);
    let (m0, m1, m2) = (&mid[at(0)], &mid[at(1)], &mid[at(2)]);
    let (h0, h1, h2) = (&most[at(0)], &most[at(1)], &most[at(2)]);
    for i in 0..len {
        let least = high(high(l0[i], l1[i]), l2[i]);
        let most = low(low(h0[i], h1[i]), h2[i]);
        to[i] = middle(least, middle(m0[i], m1[i], m2[i]), most);
    }
}

/// The middle of 25: when columns and then rows are sorted, six are certainly less and six certainly greater than it; of the thirteen
/// others it is the seventh.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn of_5(rows: &[&[f32]], channels: usize, to: &mut [f32]) {
    let (len, padded) = (to.len(), to.len() + 4 * channels);
    // Room for whole blocks at the end.
    let stride = padded + BLOCK;
    let mut columns = vec![0.0; 5 * stride];
    let mut start = 0;
    while start < padded {
        let count = BLOCK.min(padded - start);
        let mut v = [[0.0; BLOCK]; 5];
        for r in 0..5 {
            match rows[r].get(start..start + BLOCK) {
                Some(block) => v[r].copy_from_slice(block),
                None => v[r][..count].copy_from_slice(&rows[r][start..start + count]),
            }
        }
        order!(v; 0 3, 1 4, 0 2, 1 3, 0 1, 2 4, 1 2, 3 4, 2 3);
        for r in 0..5 {
            columns[r * stride + start..][..BLOCK].copy_from_slice(&v[r]);
        }
        start += BLOCK;
    }
    let mut start = 0;
    while start < len {
        let row = |r: usize| -> [[f32; BLOCK]; 5] {
            let mut v = [[0.0; BLOCK]; 5];
            for c in 0..5 {
                v[c].copy_from_slice(&columns[r * stride + start + c * channels..][..BLOCK]);
            }
            order!(v; 0 3, 1 4, 0 2, 1 3, 0 1, 2 4, 1 2, 3 4, 2 3);
            v
        };
        let (a, b, c, d, e) = (row(0), row(1), row(2), row(3), row(4));
        let mut v = [a[3], a[4], b[2], b[3], b[4], c[1], c[2], c[3], d[0], d[1], d[2], e[0], e[1]];
        order!(v; 0 1, 2 3, 4 5, 6 7, 8 9, 10 11, 0 2, 1 3, 4 6, 5 7, 8 10, 9 11, 1 2, 5 6, 9 10, 0 4, 1 5, 2 6, 3 7, 8 12, 2 4, 3 5,
            10 12, 1 2, 3 4, 5 6, 9 10, 11 12, 0 8, 1 9, 2 10, 3 11, 4 12, 4 8, 5 9, 6 10, 3 5, 6 8, 5 6);
        let count = BLOCK.min(len - start);
        to[start..start + count].copy_from_slice(&v[6][..count]);
        start += BLOCK;
    }
}

/// A number of samples.
trait Count: Copy + Send + Sync + Default + std::ops::AddAssign + std::ops::SubAssign + Into<u32> {
    const MAX: usize;

    fn of(count: usize) -> Self;
}

impl Count for u16 {
    const MAX: usize = u16::MAX as usize;

    fn of(count: usize) -> Self {
        count as Self
    }
}

impl Count for u32 {
    const MAX: usize = u32::MAX as usize;

    fn of(count: usize) -> Self {
        count as Self
    }
}

fn histograms(image: ImageView<'_>, radius: usize) -> Image {
    let samples = (2 * radius + 1) * (2 * radius + 1);
    if samples <= <u16 as Count>::MAX { counted::<u16>(image, radius) } else { counted::<u32>(image, radius) }
}

/// Levels of 8 bits.
const LEVELS: usize = 256;
/// Levels that are counted together, to find the right ones faster.
const SEGMENT: usize = 16;
const SEGMENTS: usize = LEVELS / SEGMENT;

fn counted<C: Count>(image: ImageView<'_>, radius: usize) -> Image {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    Image::from_runs(
        width,
        height,
        channels,
        2 * radius + 1,
        |rows| Columns::<C>::new(image, radius, rows.start),
        |columns, y, to| {
            for channel in 0..channels {
                columns.medians(channel, &mut to[channel..], channels);
            }
            let row = |y: isize| image.row(BORDER.index(y, height));
            columns.step(row(y as isize - radius as isize), row((y + radius + 1) as isize));
        },
    )
}

/// Histograms of the columns around a row, of every channel.
struct Columns<C> {
    radius: usize,
    width: usize,
    channels: usize,
    fine: Vec<[C; LEVELS]>,
    coarse: Vec<[C; SEGMENTS]>,
}

fn level(sample: f32) -> usize {
    (unit(sample) * 255.0).round_ties_even() as usize
}

impl<C: Count> Columns<C> {
    fn new(image: ImageView<'_>, radius: usize, y: usize) -> Self {
        let (width, channels) = (image.width(), image.channels());
        let mut columns = Self {
            radius,
            width,
            channels,
            fine: vec![[C::default(); LEVELS]; width * channels],
            coarse: vec![[C::default(); SEGMENTS]; width * channels],
        };
        let (first, last) = (y as isize - radius as isize, (y + radius) as isize);
        let end = image.height() as isize - 1;
        for row in first.max(0)..=last.min(end) {
            // The first and the last row stand for those beyond the edges.
            let mut times = 1;
            times += if row == 0 { (-first).max(0) } else { 0 };
            times += if row == end { (last - end).max(0) } else { 0 };
            columns.add(image.row(row as usize), C::of(times as usize));
        }
        columns
    }

    fn add(&mut self, row: &[f32], times: C) {
        for ((sample, fine), coarse) in row.iter().zip(&mut self.fine).zip(&mut self.coarse) {
            let level = level(*sample);
            fine[level] += times;
            coarse[level / SEGMENT] += times;
        }
    }

    /// Takes a row away and adds another.
    fn step(&mut self, gone: &[f32], new: &[f32]) {
        let histograms = self.fine.iter_mut().zip(&mut self.coarse);
        for ((gone, new), (fine, coarse)) in gone.iter().zip(new).zip(histograms) {
            let (gone, new) = (level(*gone), level(*new));
            fine[gone] -= C::of(1);
            coarse[gone / SEGMENT] -= C::of(1);
            fine[new] += C::of(1);
            coarse[new / SEGMENT] += C::of(1);
        }
    }

    fn column(&self, x: isize, channel: usize) -> usize {
        BORDER.index(x, self.width) * self.channels + channel
    }

    fn medians(&self, channel: usize, to: &mut [f32], step: usize) {
        let radius = self.radius as isize;
        let half = ((2 * self.radius + 1) * (2 * self.radius + 1) / 2) as u32;
        let mut coarse = [C::default(); SEGMENTS];
        (-radius..=radius).for_each(|x| add(&mut coarse, &self.coarse[self.column(x, channel)]));
        // Segments of the fine histogram, brought up to date when they are asked for; and up to which pixel they are.
        let mut fine = [C::default(); LEVELS];
        let mut known = [isize::MIN; SEGMENTS];
        for x in 0..self.width as isize {
            let (mut below, mut segment) = (0, 0);
            loop {
                let count: u32 = coarse[segment].into();
                if below + count > half || segment == SEGMENTS - 1 {
                    break;
                }
                below += count;
                segment += 1;
            }
            let levels = segment * SEGMENT..(segment + 1) * SEGMENT;
            let counts: &mut [C; SEGMENT] = (&mut fine[levels.clone()]).try_into().expect("a segment");
            let of = |x: isize| -> &[C; SEGMENT] {
                (&self.fine[self.column(x, channel)][levels.clone()]).try_into().expect("a segment")
            };
            if known[segment] < x - radius {
                *counts = [C::default(); SEGMENT];
                (x - radius..=x + radius).for_each(|x| add(counts, of(x)));
            } else {
                for x in known[segment] + 1..=x {
                    exchange(counts, of(x - radius - 1), of(x + radius));
                }
            }
            known[segment] = x;
            let mut level = segment * SEGMENT;
            for count in counts {
                below += (*count).into();
                if below > half {
                    break;
                }
                level += 1;
            }
            to[x as usize * step] = level.min(LEVELS - 1) as f32 / 255.0;
            let (gone, new) = (self.column(x - radius, channel), self.column(x + radius + 1, channel));
            exchange(&mut coarse, &self.coarse[gone], &self.coarse[new]);
        }
    }
}

fn add<C: Count>(to: &mut [C; SEGMENT], more: &[C; SEGMENT]) {
    for i in 0..SEGMENT {
        to[i] += more[i];
    }
}

fn exchange<C: Count>(to: &mut [C; SEGMENT], gone: &[C; SEGMENT], new: &[C; SEGMENT]) {
    for i in 0..SEGMENT {
        to[i] += new[i];
        to[i] -= gone[i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::blur::separable::noise;

    fn plain(image: ImageView<'_>, radius: isize, x: usize, y: usize, c: usize) -> f32 {
        let mut around: Vec<f32> = (-radius..=radius)
            .flat_map(|dy| (-radius..=radius).map(move |dx| (dx, dy)))
            .map(|(dx, dy)| {
                let (x, y) =
                    (BORDER.index(x as isize + dx, image.width()), BORDER.index(y as isize + dy, image.height()));
                let sample = image.pixel(x, y)[c];
                if radius > 2 { level(sample) as f32 / 255.0 } else { sample }
            })
            .collect();
        around.sort_by(f32::total_cmp);
        around[around.len() / 2]
    }

    #[test]
    fn fast_and_plain_medians_are_the_same() {
        for (width, height, channels) in [(1, 1, 3), (2, 7, 1), (60, 9, 3), (23, 30, 4), (15, 5, 2)] {
            let image = noise(width, height, channels);
            for radius in [1, 2, 3, 7, 130] {
                let fast = blur(image.view(), radius);
                let step = if radius == 130 { 11 } else { 1 };
                for i in (0..width * height).step_by(step) {
                    let (x, y) = (i % width, i / width);
                    for c in 0..channels {
                        let plain = plain(image.view(), radius as isize, x, y, c);
                        assert_eq!(fast.view().pixel(x, y)[c], plain, "{image} {radius}");
                    }
                }
            }
        }
    }
}
