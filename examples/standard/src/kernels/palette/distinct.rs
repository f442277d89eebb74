//! The different colours of an image.

use std::{cmp::Ordering, collections::HashSet};

use super::Sample;

/// All colours there are, sorted by their first sample, then the second …; `None` if there are more than `most`.
pub fn colors<const N: usize>(pixels: &[Sample<N>], most: usize) -> Option<Vec<Sample<N>>> {
    let mut seen = HashSet::with_capacity(most.min(pixels.len()) + 1);
    let mut last = None;
    for pixel in pixels {
        // −0 is 0; the bits of other numbers are the same only if they are.
        let bits = pixel.map(|sample| (sample + 0.0).to_bits());
        if last == Some(bits) {
            continue;
        }
        last = Some(bits);
        if seen.insert(bits) && seen.len() > most {
            return None;
        }
    }
    let mut colors: Vec<Sample<N>> = seen.into_iter().map(|bits| bits.map(f32::from_bits)).collect();
    // Also where a sample is no number, there is one order.
    colors.sort_unstable_by(|a, b| {
        a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    Some(colors)
}

#[cfg(test)]
mod tests {
    #[test]
    fn colours_are_counted_once() {
        let pixels = [[0.5, 0.1], [0.0, 0.9], [0.5, 0.1], [-0.0, 0.9], [0.5, 0.0]];
        assert_eq!(super::colors(&pixels, 3).expect("three"), [[0.0, 0.9], [0.5, 0.0], [0.5, 0.1]]);
        assert_eq!(super::colors(&pixels, 2), None);
    }

    #[test]
    fn what_is_no_number_has_its_place() {
        let pixels: Vec<[f32; 2]> = (0..20).map(|i| [if i % 3 == 0 { f32::NAN } else { 0.5 }, i as f32]).collect();
        let ordered = |pixels| {
            super::colors::<2>(pixels, 30).map(|colors| colors.as_flattened().iter().map(|v| v.to_bits()).collect())
        };
        let first: Option<Vec<u32>> = ordered(&pixels);
        assert!((0..20).all(|_| ordered(&pixels) == first));
    }
}
