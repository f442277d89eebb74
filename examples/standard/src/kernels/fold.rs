//! Sums and extremes of rows, place by place.

use multiversion::multiversion;

/// Writes the means.
pub fn means(rows: &[&[f32]], to: &mut [f32]) {
    fold(rows, to, |a, b| a + b, 1.0 / rows.len() as f32);
}

/// Writes the smallest.
pub fn minima(rows: &[&[f32]], to: &mut [f32]) {
    fold(rows, to, f32::min, 1.0);
}

/// Writes the largest.
pub fn maxima(rows: &[&[f32]], to: &mut [f32]) {
    fold(rows, to, f32::max, 1.0);
}

/// Numbers worked on at a time.
const BLOCK: usize = 1024;

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn fold<F: Fn(f32, f32) -> f32 + Copy>(rows: &[&[f32]], to: &mut [f32], f: F, factor: f32) {
    for (block, to) in to.chunks_mut(BLOCK).enumerate() {
        let range = block * BLOCK..block * BLOCK + to.len();
        for (i, row) in rows.iter().enumerate() {
            let row = &row[range.clone()];
            if i == 0 {
                to.copy_from_slice(row);
            } else {
                to.iter_mut().zip(row).for_each(|(to, sample)| *to = f(*to, *sample));
            }
        }
        to.iter_mut().for_each(|to| *to *= factor);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_are_folded_place_by_place() {
        let rows: [Vec<f32>; 3] = [2.0, 7.0, 3.0].map(|base| (0..3000).map(|x| base + x as f32).collect());
        let rows = rows.each_ref().map(Vec::as_slice);
        let of = |f: fn(&[&[f32]], &mut [f32])| {
            let mut to = vec![-1.0; 3000];
            f(&rows, &mut to);
            to
        };
        for x in [0, 1500, 2999] {
            let place = x as f32;
            assert!((of(super::means)[x] - (4.0 + place)).abs() < 1e-3);
            assert_eq!([of(super::minima)[x], of(super::maxima)[x]], [2.0 + place, 7.0 + place]);
        }
    }
}
