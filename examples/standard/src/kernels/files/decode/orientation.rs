//! Upright images out of those that lie on a side, or are seen in a mirror.
//!
//! Source: the tag Orientation of TIFF 6.0, which Exif has taken over.

use super::{Pixels, Samples};

/// Where the first row and column of the stored image belong, by the number of TIFF: 1 is upright, from 5 on rows are columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(pub(super) u16);

impl Orientation {
    fn swaps(self) -> bool {
        (5..=8).contains(&self.0)
    }

    /// Where in the stored image the pixel of the upright one lies.
    fn stored(self, x: usize, y: usize, width: usize, height: usize) -> [usize; 2] {
        match self.0 {
            2 => [width - 1 - x, y],
            3 => [width - 1 - x, height - 1 - y],
            4 => [x, height - 1 - y],
            5 => [y, x],
            6 => [y, height - 1 - x],
            7 => [width - 1 - y, height - 1 - x],
            8 => [width - 1 - y, x],
            _ => [x, y],
        }
    }
}

impl Pixels {
    /// As the image is meant to be seen.
    pub(super) fn upright(self, orientation: Orientation) -> Self {
        if !(2..=8).contains(&orientation.0) {
            return self;
        }
        let Self { width, height, layout, samples } = self;
        let turned = if orientation.swaps() { [height, width] } else { [width, height] };
        let place = |x, y| {
            let [x, y] = orientation.stored(x, y, width, height);
            (y * width + x) * layout.samples()
        };
        let samples = match samples {
            Samples::U8(samples) => Samples::U8(picked(&samples, turned, layout.samples(), place)),
            Samples::U16(samples) => Samples::U16(picked(&samples, turned, layout.samples(), place)),
            Samples::F32(samples) => Samples::F32(picked(&samples, turned, layout.samples(), place)),
        };
        Self { width: turned[0], height: turned[1], layout, samples }
    }
}

fn picked<S: Copy>(
    from: &[S],
    [width, height]: [usize; 2],
    samples: usize,
    place: impl Fn(usize, usize) -> usize,
) -> Vec<S> {
    let mut to = Vec::with_capacity(width * height * samples);
    for y in 0..height {
        for x in 0..width {
            let start = place(x, y);
            to.extend_from_slice(&from[start..start + samples]);
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::{super::Layout, *};

    #[test]
    fn each_orientation_is_turned_back() {
        // Stored: 1 2 3 / 4 5 6
        for (orientation, width, upright) in [
            (0, 3, [1, 2, 3, 4, 5, 6]),
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ] {
            let samples = Samples::U8(vec![1, 2, 3, 4, 5, 6]);
            let stored = Pixels { width: 3, height: 2, layout: Layout::Gray, samples };
            let turned = stored.upright(Orientation(orientation));
            assert_eq!((turned.width, turned.samples), (width, Samples::U8(upright.to_vec())), "{orientation}");
        }
    }
}
