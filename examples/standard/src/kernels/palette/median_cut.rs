//! P. Heckbert, *Color Image Quantization for Frame Buffer Display* (SIGGRAPH 1982): the box of colours that is longest is cut at the median
//! of its longest side, until there are enough.

use super::{Sample, mean};

/// The mean colours of `count` boxes, or of fewer if no box can be cut any more. The order of the pixels changes.
pub fn palette<const N: usize>(pixels: &mut [Sample<N>], count: usize) -> Vec<Sample<N>> {
    let mut boxes = vec![Box::new(pixels)];
    while boxes.len() < count {
        let longest = (0..boxes.len()).rev().max_by(|&a, &b| boxes[a].length.total_cmp(&boxes[b].length));
        let Some(longest) = longest.filter(|&i| boxes[i].length > 0.0) else { break };
        let (low, high) = boxes.remove(longest).cut();
        boxes.extend([high, low]);
    }
    boxes.iter().map(|colors| mean(colors.pixels)).collect()
}

struct Box<'a, const N: usize> {
    pixels: &'a mut [Sample<N>],
    /// The longest side, and how long it is.
    side: usize,
    length: f32,
}

impl<'a, const N: usize> Box<'a, N> {
    fn new(pixels: &'a mut [Sample<N>]) -> Self {
        let (mut least, mut most) = ([f32::INFINITY; N], [f32::NEG_INFINITY; N]);
        for pixel in pixels.iter() {
            for i in 0..N {
                least[i] = least[i].min(pixel[i]);
                most[i] = most[i].max(pixel[i]);
            }
        }
        let length = |side: usize| most[side] - least[side];
        let side = (0..N).rev().max_by(|&a, &b| length(a).total_cmp(&length(b))).unwrap_or(0);
        Self { pixels, side, length: length(side) }
    }

    /// What is up to the median, and what is above; neither is empty.
    fn cut(self) -> (Self, Self) {
        let side = self.side;
        let by_side = |a: &Sample<N>, b: &Sample<N>| a[side].total_cmp(&b[side]);
        let middle = (self.pixels.len() - 1) / 2;
        let median = self.pixels.select_nth_unstable_by(middle, by_side).1[side];
        let mut end = partition(self.pixels, |pixel| pixel[side] <= median);
        if end == self.pixels.len() {
            end = partition(self.pixels, |pixel| pixel[side] < median);
        }
        let (low, high) = self.pixels.split_at_mut(end);
        (Self::new(low), Self::new(high))
    }
}

/// Puts what is wanted first; returns how many those are.
fn partition<T>(items: &mut [T], wanted: impl Fn(&T) -> bool) -> usize {
    let mut end = 0;
    for i in 0..items.len() {
        if wanted(&items[i]) {
            items.swap(i, end);
            end += 1;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clusters_become_their_means() {
        let mut pixels = vec![[0.1, 0.1], [0.9, 0.1], [0.1, 0.12], [0.92, 0.1], [0.1, 0.11]];
        let mut colors = palette(&mut pixels, 2);
        colors.sort_by(|a, b| a[0].total_cmp(&b[0]));
        assert!((colors[0][1] - 0.11).abs() < 1e-6 && (colors[1][0] - 0.91).abs() < 1e-6, "{colors:?}");
    }

    proptest! {
        #[test]
        fn there_are_as_many_as_can_be(pixels in prop::collection::vec(prop::array::uniform3(0..6_u8), 1..60), count in 1..20_usize) {
            let mut pixels: Vec<Sample<3>> = pixels.into_iter().map(|pixel| pixel.map(|sample| f32::from(sample) / 5.0)).collect();
            let different = crate::kernels::palette::distinct::colors(&pixels, 1000).expect("few").len();
            prop_assert_eq!(palette(&mut pixels, count).len(), count.min(different));
        }
    }
}
