//! The different colours of an image.

use std::collections::HashSet;

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
    colors.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
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
}
