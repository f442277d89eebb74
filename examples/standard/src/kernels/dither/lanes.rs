//! Rows of pixels side by side, and back.

use std::ops::Range;

use multiversion::multiversion;

use super::LANES;

/// The pixels of all lanes at a step, channel by channel.
pub type Step<const N: usize> = [[f32; LANES]; N];

/// Rows that are transposed together, in squares.
const SIDE: usize = 4;

/// A part of a lane's row: the steps that it is of, and its samples.
pub type Part<T> = (Range<usize>, T);

/// Puts parts of rows side by side, a lane each. The parts of no lane and of no step are left as they are.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"), dispatcher = "direct")]
pub fn gather<'a, const N: usize, I: Iterator<Item = Part<&'a [f32]>>>(parts: I, steps: &mut [Step<N>]) {
    let mut parts = parts;
    let len = steps.len();
    for first in (0..LANES).step_by(SIDE) {
        let group: [Option<Part<&[f32]>>; SIDE] = std::array::from_fn(|_| parts.next());
        let flat = steps.as_flattened_mut();
        let whole = group.each_ref().map(|part| part.as_ref().filter(|(of, _)| *of == (0..len)).map(|(_, row)| *row));
        if let [Some(a), Some(b), Some(c), Some(d)] = whole {
            let (squares, rest) = flat.as_chunks_mut::<SIDE>();
            let begin = squares.len() * SIDE;
            let rows = a.as_chunks().0.iter().zip(b.as_chunks().0).zip(c.as_chunks().0.iter().zip(d.as_chunks().0));
            for (to, ((a, b), (c, d))) in squares.iter_mut().zip(rows) {
                let turned: [[f32; SIDE]; SIDE] = transposed([a, b, c, d]);
                for (to, from) in to.iter_mut().zip(turned) {
                    to[first..first + SIDE].copy_from_slice(&from);
                }
            }
            for (i, to) in rest.iter_mut().enumerate() {
                to[first..first + SIDE].copy_from_slice(&[a, b, c, d].map(|row| row[begin + i]));
            }
        } else {
            for (lane, (of, row)) in (first..).zip(group).filter_map(|(lane, part)| Some((lane, part?))) {
                let to = &mut flat[of.start * N..of.end * N];
                to.iter_mut().zip(row).for_each(|(to, from)| to[lane] = *from);
            }
        }
    }
}

/// Puts the pixels of lanes back into parts of rows.
#[multiversion(targets("x86_64+avx2", "x86_64+sse4.1"), dispatcher = "direct")]
pub fn scatter<'a, const N: usize, I: Iterator<Item = Part<&'a mut [f32]>>>(steps: &[Step<N>], parts: I) {
    let mut parts = parts;
    let whole = 0..steps.len();
    for first in (0..LANES).step_by(SIDE) {
        let group: [Option<Part<&mut [f32]>>; SIDE] = std::array::from_fn(|_| parts.next());
        let flat = steps.as_flattened();
        match group {
            [Some((of_a, a)), Some((of_b, b)), Some((of_c, c)), Some((of_d, d))]
                if [&of_a, &of_b, &of_c, &of_d].into_iter().all(|of| *of == whole) =>
            {
                let (squares, rest) = flat.as_chunks::<SIDE>();
                let begin = squares.len() * SIDE;
                let upper = a.as_chunks_mut().0.iter_mut().zip(b.as_chunks_mut().0);
                let lower = c.as_chunks_mut().0.iter_mut().zip(d.as_chunks_mut().0);
                for (from, ((a, b), (c, d))) in squares.iter().zip(upper.zip(lower)) {
                    let square: [[f32; SIDE]; SIDE] =
                        std::array::from_fn(|i| from[i][first..first + SIDE].try_into().expect("a side"));
                    [*a, *b, *c, *d] = transposed(square.each_ref());
                }
                for (i, from) in rest.iter().enumerate() {
                    for (lane, row) in (first..).zip([&mut *a, &mut *b, &mut *c, &mut *d]) {
                        row[begin + i] = from[lane];
                    }
                }
            }
            group => {
                for (lane, (of, row)) in (first..).zip(group).filter_map(|(lane, part)| Some((lane, part?))) {
                    let from = &flat[of.start * N..of.end * N];
                    row.iter_mut().zip(from).for_each(|(to, from)| *to = from[lane]);
                }
            }
        }
    }
}

#[inline(always)]
fn transposed(rows: [&[f32; SIDE]; SIDE]) -> [[f32; SIDE]; SIDE] {
    std::array::from_fn(|i| std::array::from_fn(|j| rows[j][i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        const N: usize = 3;
        for (len, height) in [(8, LANES), (5, LANES), (13, 7), (1, 1)] {
            let rows: Vec<Vec<f32>> =
                (0..height).map(|y| (0..len * N).map(|i| (y * 1000 + i + 1) as f32).collect()).collect();
            // Row 2 begins a step later.
            let of = |lane: usize| usize::from(lane == 2 && len > 1)..len;
            let mut steps = vec![[[0.0; LANES]; N]; len];
            gather(rows.iter().enumerate().map(|(y, row)| (of(y), &row[..of(y).len() * N])), &mut steps);
            for (i, step) in steps.iter().enumerate() {
                for (c, lane) in (0..N).flat_map(|c| (0..LANES).map(move |lane| (c, lane))) {
                    let row = rows.get(lane).filter(|_| of(lane).contains(&i));
                    assert_eq!(step[c][lane], row.map_or(0.0, |row| row[(i - of(lane).start) * N + c]));
                }
            }
            let mut back: Vec<Vec<f32>> = (0..height).map(|y| vec![0.0; of(y).len() * N]).collect();
            scatter(&steps, back.iter_mut().enumerate().map(|(y, row)| (of(y), &mut row[..])));
            assert!(back.iter().enumerate().all(|(y, row)| **row == rows[y][..of(y).len() * N]));
        }
    }
}
