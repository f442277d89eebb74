//! Thresholds below the size of a pixel.
//!
//! Between the centres of four pixels, samples are interpolated bilinearly; what counts for a pixel is the share of the area of a square
//! around it that lies above the threshold. The square is one pixel wide, or wider for softer edges. The border between above and below is
//! a hyperbola, so the area is found by integration in closed form rather than by trying many points.

use chainner_sdk::prelude::*;

/// Shares (0..1) of the samples' surroundings that lie above a threshold, for squares of `width` pixels (1..2), each given to `f`
/// with the sample.
pub fn threshold(image: ImageView<'_>, threshold: f32, width: f64, f: impl Fn(f32, f32) -> f32 + Sync) -> Image {
    let (columns, rows, channels) = (image.width(), image.height(), image.channels());
    let square = Square::new(width);
    Image::from_rows(columns, rows, channels, |y, to| {
        let above = image.row(y.saturating_sub(1));
        let here = image.row(y);
        let below = image.row((y + 1).min(rows - 1));
        // How many of a sample and those above and below it are over the threshold.
        let over = |sample: f32| u8::from(sample > threshold);
        let columns_over: Vec<u8> =
            above.iter().zip(here).zip(below).map(|((&a, &b), &c)| over(a) + over(b) + over(c)).collect();
        let len = columns * channels;
        for (i, to) in to.iter_mut().enumerate() {
            let left = if i >= channels { i - channels } else { i };
            let right = if i + channels < len { i + channels } else { i };
            // What is bilinear is nowhere greater or less than its corners.
            match columns_over[left] + columns_over[i] + columns_over[right] {
                0 => {
                    *to = f(here[i], 0.0);
                    continue;
                }
                9 => {
                    *to = f(here[i], 1.0);
                    continue;
                }
                _ => {}
            }
            let neighbours = [above, here, below].map(|row| [row[left], row[i], row[right]]);
            *to = f(here[i], square.share(&neighbours, threshold));
        }
    })
}

/// A square around a pixel.
struct Square {
    half: f64,
}

impl Square {
    fn new(width: f64) -> Self {
        Self { half: width / 2.0 }
    }

    /// The share above the threshold, of a pixel with its eight neighbours.
    fn share(&self, neighbours: &[[f32; 3]; 3], threshold: f32) -> f32 {
        let over = |x: usize, y: usize| f64::from(neighbours[y][x]) - f64::from(threshold);
        let middle = over(1, 1);
        let mut area = 0.0;
        for (x, y) in [(0, 0), (2, 0), (0, 2), (2, 2)] {
            let (along, down) = (over(x, 1), over(1, y));
            let slopes = [along - middle, down - middle, over(x, y) - along - down + middle];
            area += area_above(middle, slopes, self.half);
        }
        (area / (4.0 * self.half * self.half)) as f32
    }
}

/// The part of the square 0..size in which a + b x + c y + d x y is above 0.
fn area_above(a: f64, [b, c, d]: [f64; 3], size: f64) -> f64 {
    let corners = [a, a + b * size, a + c * size, a + (b + c) * size + d * size * size];
    if corners.iter().all(|&corner| corner > 0.0) {
        return size * size;
    }
    if corners.iter().all(|&corner| corner <= 0.0) {
        return 0.0;
    }
    // For each y the border is at one x at most. Where it enters or leaves the square, the integral is cut.
    let cut = |start: f64, end: f64| {
        let at = start / (start - end);
        if at > 0.0 && at < 1.0 { at * size } else { 0.0 }
    };
    let [first, second] = [cut(corners[0], corners[2]), cut(corners[1], corners[3])];
    let cuts = [0.0, first.min(second), first.max(second), size];
    let mut area = 0.0;
    for pair in cuts.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        if to <= from {
            continue;
        }
        let middle = 0.5 * (from + to);
        let (start, slope) = (a + c * middle, b + d * middle);
        let ends = (start > 0.0, start + slope * size > 0.0);
        let length = to - from;
        area += match ends {
            (true, true) => length * size,
            (false, false) => 0.0,
            (true, false) => border(a, [b, c, d], [from, to]),
            (false, true) => length * size - border(a, [b, c, d], [from, to]),
        };
    }
    area.clamp(0.0, size * size)
}

/// The integral of the border's x = −(a + c y) / (b + d y) over a range of y in which it lies in the square.
fn border(a: f64, [b, c, d]: [f64; 3], [from, to]: [f64; 2]) -> f64 {
    let (start, end) = (b + d * from, b + d * to);
    let length = to - from;
    // Nearly a straight line: the closed form would lose digits, and takes a logarithm. Around the middle m of the denominator, with
    // u = d (to − from) / 2m, the integral of 1 / (b + d y) is (to − from) / m · artanh u / u, whose series in u² is short.
    let share = (end - start) / (end + start);
    if share.abs() <= 0.2 {
        let z = share * share;
        let rest = [1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0];
        let rest = rest.into_iter().fold(0.0, |sum, term| sum * z + term);
        let by_middle = 2.0 / (start + end);
        let numerator = a + c * 0.5 * (from + to);
        return -length * by_middle * (numerator * (1.0 + z * rest) - c * 0.5 * length * share * rest);
    }
    // ∫ (a + c y) / (b + d y) dy = c y / d + (a − b c / d) / d · ln |b + d y|
    let pole = a - b * c / d;
    let logarithm = if pole == 0.0 { 0.0 } else { pole / d * (end / start).ln() };
    -(c / d * length + logarithm)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts points of a fine grid.
    fn plain(a: f64, [b, c, d]: [f64; 3], size: f64) -> f64 {
        const POINTS: usize = 400;
        let at = |i: usize| (i as f64 + 0.5) / POINTS as f64 * size;
        let above = (0..POINTS * POINTS).filter(|i| {
            let (x, y) = (at(i % POINTS), at(i / POINTS));
            a + b * x + c * y + d * x * y > 0.0
        });
        above.count() as f64 / (POINTS * POINTS) as f64 * size * size
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_closed_form_is_the_area(
            a in -1.0_f64..=1.0, slopes in prop::array::uniform3(-2.0_f64..=2.0), size in 0.5_f64..=1.0,
            straight in prop::bool::weighted(0.3),
        ) {
            let slopes = if straight { [slopes[0], slopes[1], slopes[2] * 1e-9] } else { slopes };
            let (fast, plain) = (area_above(a, slopes, size), plain(a, slopes, size));
            prop_assert!((fast - plain).abs() < 3e-3, "{fast} instead of {plain}");
        }
    }

    #[test]
    fn known_areas() {
        // Where (1 − x) (1 − y) > ½: ½ − ½ ln 2.
        let area = area_above(0.5, [-1.0, -1.0, 1.0], 0.5);
        assert!((area - (0.5 - 0.5 * 2.0_f64.ln())).abs() < 1e-12, "{area}");
        assert!((area_above(0.25, [-1.0, 0.0, 0.0], 0.5) - 0.125).abs() < 1e-12);
        let edge = Image::from_samples(&[0.0, 0.0, 1.0, 1.0], 4, 1, 1).expect("four samples");
        let shares = threshold(edge.view(), 0.4, 1.0, |_, share| share);
        assert!(shares.view().samples().iter().zip([0.0, 0.1, 1.0, 1.0]).all(|(a, b)| (a - b).abs() < 1e-6));
        let soft = threshold(edge.view(), 0.5, 2.0, |_, share| share);
        assert!(soft.view().samples().iter().zip([0.0, 0.25, 0.75, 1.0]).all(|(a, b)| (a - b).abs() < 1e-6));
    }
}
