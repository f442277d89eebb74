//! Fewer colours, and how to hide it.

pub mod curve;
pub mod diffusion;
pub mod lanes;
pub mod ordered;
pub mod palette;
pub mod riemersma;

/// Pixels that are worked on side by side.
pub const LANES: usize = 32;

/// The nearest of few colours.
pub trait Nearest<const N: usize>: Sync {
    /// The colour that is nearest to a pixel, whose samples may be anything.
    fn nearest(&self, pixel: [f32; N]) -> [f32; N];

    /// What a pixel with the errors it takes over is taken for.
    #[inline(always)]
    fn wanted(&self, pixel: [f32; N]) -> [f32; N] {
        pixel
    }

    /// As [`wanted`](Self::wanted), of many pixels, given channel by channel.
    ///
    /// Here and elsewhere the loop over lanes is the outer one: of the other order, compilers make vectors of channels.
    #[inline(always)]
    fn wanted_lanes(&self, pixels: &[[f32; LANES]; N]) -> [[f32; LANES]; N] {
        let mut wanted = [[0.0; LANES]; N];
        for lane in 0..LANES {
            let pixel = self.wanted(std::array::from_fn(|c| pixels[c][lane]));
            (0..N).for_each(|c| wanted[c][lane] = pixel[c]);
        }
        wanted
    }

    /// As [`nearest`](Self::nearest), of many pixels, given channel by channel.
    #[inline(always)]
    fn nearest_lanes(&self, pixels: &[[f32; LANES]; N]) -> [[f32; LANES]; N] {
        let mut nearest = [[0.0; LANES]; N];
        for lane in 0..LANES {
            let pixel = self.nearest(std::array::from_fn(|c| pixels[c][lane]));
            (0..N).for_each(|c| nearest[c][lane] = pixel[c]);
        }
        nearest
    }
}

/// Evenly spaced levels for each channel by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    last: f32,
    step: f32,
}

impl Levels {
    /// As many levels, at least 2.
    pub fn new(count: u32) -> Self {
        let last = (count.max(2) - 1) as f32;
        Self { last, step: 1.0 / last }
    }

    /// The level nearest to a sample; of two the higher. As measured in the app, a level is here so many steps, and not so many parts of
    /// the last as in [`floor`](Self::floor): they differ in the last bit.
    #[inline(always)]
    pub fn round(self, sample: f32) -> f32 {
        super::unit((sample * self.last + 0.5).floor() * self.step)
    }

    /// The level below a sample after a share of the distance between two levels is added.
    #[inline(always)]
    pub fn floor(self, sample: f32, share: f32) -> f32 {
        super::unit((sample * self.last + share).floor() / self.last)
    }
}

impl<const N: usize> Nearest<N> for Levels {
    #[inline(always)]
    fn nearest(&self, pixel: [f32; N]) -> [f32; N] {
        pixel.map(|sample| self.round(sample))
    }

    #[inline(always)]
    fn nearest_lanes(&self, pixels: &[[f32; LANES]; N]) -> [[f32; LANES]; N] {
        let mut nearest = [[0.0; LANES]; N];
        for lane in 0..LANES {
            for c in 0..N {
                nearest[c][lane] = self.round(pixels[c][lane]);
            }
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_become_the_nearest_level() {
        let levels = Levels::new(3);
        let rounded = [-9.0, 0.0, 0.24, 0.25, 0.5, 0.74, 0.75, 3.0].map(|sample| levels.round(sample));
        assert_eq!(rounded, [0.0, 0.0, 0.0, 0.5, 0.5, 0.5, 1.0, 1.0]);
        assert_eq!((levels.floor(0.3, 0.3), levels.floor(0.3, 0.41)), (0.0, 0.5));
    }
}
