//! Which pixels look alike: as bright, of a near hue, and as opaque.

use multiversion::multiversion;

use crate::kernels::pixel_art::blocks::Reader;

/// Which pixels around one are not like it, and which of those beside it are not like each other: a bit for each neighbour, then for
/// each corner, from the top left on in the direction of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern(u16);

impl Pattern {
    /// No two of them are alike.
    pub(super) const ALONE: Self = Self(0xfff);

    #[inline(always)]
    pub(super) fn index(self) -> usize {
        usize::from(self.0 & 0xfff)
    }
}

/// How far pixels may be apart in brightness, blueness, redness and opacity: 3, 7, 6 and 1 of 255 steps.
const LIMITS: [f32; 4] = [3.0 / 255.0, 7.0 / 255.0, 6.0 / 255.0, 1.0 / 255.0];

/// How a pixel looks: its brightness, blueness, redness and opacity; of grey pixels, brightness alone.
///
/// Whether pixels of images of 255 steps are just within the limits depends on the last bits, so on the order of the sums, and on the
/// middle that is added. As in the app, what is weighted as red is the first sample, which is blue.
#[inline(always)]
fn look<const N: usize>(samples: &[f32; N]) -> [f32; N] {
    let mut look = *samples;
    if N >= 3 {
        let [r, g, b] = [samples[0], samples[1], samples[2]];
        look[0] = 0.299 * r + 0.587 * g + 0.114 * b;
        look[1] = -0.169 * r - 0.331 * g + 0.5 * b + 0.5;
        look[2] = 0.5 * r - 0.419 * g - 0.081 * b + 0.5;
    }
    look
}

/// Looks of a row, channel by channel.
type Looks<const N: usize> = [Vec<f32>; N];

/// Finds the patterns of all pixels of a row.
pub(super) struct Alike<const N: usize> {
    /// Of the row above, this, and the one below.
    looks: [Looks<N>; 3],
    /// Between the row above and this, and between this and the one below.
    apart: [Apart; 2],
}

impl<const N: usize> Default for Alike<N> {
    fn default() -> Self {
        let looks = || std::array::from_fn(|_| Vec::new());
        Self { looks: [looks(), looks(), looks()], apart: Default::default() }
    }
}

impl<const N: usize> Reader<N> for Alike<N> {
    type Found = Pattern;

    fn read(&mut self, rows: [&[[f32; N]]; 3], goes_on: bool, found: &mut Vec<Pattern>) {
        if goes_on {
            self.looks.rotate_left(1);
            look_at(rows[2], &mut self.looks[2]);
            self.apart.swap(0, 1);
        } else {
            rows.iter().zip(&mut self.looks).for_each(|(row, looks)| look_at(row, looks));
            self.apart[0].compare(&self.looks[0], &self.looks[1]);
        }
        self.apart[1].compare(&self.looks[1], &self.looks[2]);
        let width = rows[1].len() - 3;
        found.resize(width, Pattern::ALONE);
        patterns(&self.apart[0], &self.apart[1], found);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn look_at<const N: usize>(row: &[[f32; N]], looks: &mut Looks<N>) {
    looks.iter_mut().for_each(|plane| plane.resize(row.len(), 0.0));
    let mut planes = looks.each_mut().map(|plane| &mut plane[..row.len()]);
    for (x, pixel) in row.iter().enumerate() {
        let look = look(pixel);
        (0..N).for_each(|c| planes[c][x] = look[c]);
    }
}

/// Which pixels of two rows, one below the other, are not alike: 1 for those, else 0.
#[derive(Default)]
struct Apart {
    /// Each pixel of the upper row and the next.
    right: Vec<u8>,
    /// Each pixel of the upper row and the one below.
    below: Vec<u8>,
    /// Each pixel of the upper row and the one below the next.
    falling: Vec<u8>,
    /// Each pixel of the lower row and the one above the next.
    rising: Vec<u8>,
}

impl Apart {
    fn compare<const N: usize>(&mut self, upper: &Looks<N>, lower: &Looks<N>) {
        let [uppers, lowers] = [upper, lower].map(|looks| looks.each_ref().map(Vec::as_slice));
        let [next_uppers, next_lowers] = [uppers, lowers].map(|looks| looks.map(|plane| &plane[1..]));
        apart(uppers, next_uppers, &mut self.right);
        apart(uppers, lowers, &mut self.below);
        apart(uppers, next_lowers, &mut self.falling);
        apart(next_uppers, lowers, &mut self.rising);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn apart<const N: usize>(a: [&[f32]; N], b: [&[f32]; N], to: &mut Vec<u8>) {
    let len = a[0].len().min(b[0].len());
    to.resize(len, 0);
    let [a, b] = [a, b].map(|planes| planes.map(|plane| &plane[..len]));
    for (x, to) in to.iter_mut().enumerate() {
        let alike = (0..N).fold(true, |alike, c| alike & ((a[c][x] - b[c][x]).abs() <= LIMITS[c]));
        *to = u8::from(!alike);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn patterns(above: &Apart, below: &Apart, to: &mut [Pattern]) {
    let width = to.len();
    // What a pixel shares with those to its left stands one place before what it shares with those to its right.
    let (left, right) = (0..width, 1..width + 1);
    let around = [
        &above.falling[left.clone()],
        &above.below[right.clone()],
        &above.rising[right.clone()],
        &below.right[right.clone()],
        &below.falling[right.clone()],
        &below.below[right.clone()],
        &below.rising[left.clone()],
        &below.right[left.clone()],
        &above.rising[left.clone()],
        &above.falling[right.clone()],
        &below.rising[right],
        &below.falling[left],
    ];
    for (x, to) in to.iter_mut().enumerate() {
        *to = Pattern((0..12).fold(0, |pattern, i| pattern | u16::from(around[i][x]) << i));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pixel by pixel, each against each.
    fn plain<const N: usize>(rows: [&[[f32; N]]; 3], x: usize) -> Pattern {
        let apart = |a: (usize, usize), b: (usize, usize)| {
            let [a, b] = [a, b].map(|(x, y)| look(&rows[y][x]));
            u16::from((0..N).any(|c| (a[c] - b[c]).abs() > LIMITS[c]))
        };
        let ring = [(x, 0), (x + 1, 0), (x + 2, 0), (x + 2, 1), (x + 2, 2), (x + 1, 2), (x, 2), (x, 1)];
        let differs = ring.iter().rev().fold(0, |bits, &other| bits << 1 | apart((x + 1, 1), other));
        let corners = (0..4).rev().fold(0, |bits, i| bits << 1 | apart(ring[(2 * i + 7) % 8], ring[2 * i + 1]));
        Pattern(corners << 8 | differs)
    }

    fn fast_and_plain_agree<const N: usize>() {
        let mut state = 1_u32;
        let mut step = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % 12
        };
        let rows: Vec<Vec<[f32; N]>> =
            (0..9).map(|_| (0..50).map(|_| std::array::from_fn(|_| (100 + step()) as f32 / 255.0)).collect()).collect();
        let (mut reader, mut found) = (Alike::<N>::default(), Vec::new());
        for (y, rows) in rows.windows(3).enumerate() {
            let rows = [&rows[0][..], &rows[1], &rows[2]];
            // The fourth as if it were the first of a run.
            reader.read(rows, y != 0 && y != 3, &mut found);
            let expected: Vec<Pattern> = (0..47).map(|x| plain(rows, x)).collect();
            assert_eq!(found, expected, "{N} channels, row {y}");
        }
    }

    #[test]
    fn fast_and_plain_patterns_agree() {
        fast_and_plain_agree::<1>();
        fast_and_plain_agree::<3>();
        fast_and_plain_agree::<4>();
    }

    #[test]
    fn grey_is_alike_within_three_steps_and_opacity_within_one() {
        let pattern = |other: [f32; 4]| {
            let row = [[0.5; 4], [0.5; 4], other, [0.5; 4], [0.5; 4]];
            let mut found = Vec::new();
            Alike::<4>::default().read([&row, &row, &row], false, &mut found);
            found[0].0 >> 3 & 1
        };
        let near = |steps: f32| 0.5 + steps / 255.0;
        assert_eq!(pattern([near(2.9), near(2.9), near(2.9), 0.5]), 0);
        assert_eq!(pattern([near(3.1), near(3.1), near(3.1), 0.5]), 1);
        assert_eq!(pattern([0.5, 0.5, 0.5, near(0.9)]), 0);
        assert_eq!(pattern([0.5, 0.5, 0.5, near(-1.1)]), 1);
    }
}
