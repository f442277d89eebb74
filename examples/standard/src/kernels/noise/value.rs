//! Value noise: random values at the corners of a grid, interpolated in between.
//!
//! K. Perlin and E. M. Hoffert, *Hypertexture* (SIGGRAPH 1989), with cells of any number of axes.

use super::{lattice::Lattice, tiling::Field};

/// How values change between two corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fade {
    /// In a straight line.
    Linear,
    /// Flat at the corners: 3 t² − 2 t³.
    Smooth,
}

/// Random values, 0..=1.
#[derive(Debug, Clone)]
pub struct ValueNoise {
    lattice: Lattice,
    fade: Fade,
}

impl ValueNoise {
    /// Different values there are.
    const KINDS: u32 = 16;

    /// The noise of a seed.
    pub fn new(fade: Fade, seed: u64) -> Self {
        Self { lattice: Lattice::new(Self::KINDS, seed), fade }
    }

    /// The value of a point, in cells.
    #[inline(always)]
    pub fn at<const N: usize>(&self, point: [f64; N]) -> f64 {
        let cell = point.map(f64::floor);
        let mut share = [0.0; N];
        for axis in 0..N {
            let t = point[axis] - cell[axis];
            share[axis] = match self.fade {
                Fade::Linear => t,
                Fade::Smooth => t * t * (3.0 - 2.0 * t),
            };
        }
        let cell = cell.map(|place| place as i32);
        // A bit of `far` for each axis: on which side of the cell a corner is.
        let corner = |far: usize| {
            let mut weight = 1.0;
            let mut corner = cell;
            for axis in 0..N {
                if far >> axis & 1 == 1 {
                    weight *= share[axis];
                    corner[axis] = corner[axis].wrapping_add(1);
                } else {
                    weight *= 1.0 - share[axis];
                }
            }
            weight * self.lattice.at(corner) as f64
        };
        (0..1_usize << N).map(corner).sum::<f64>() / f64::from(Self::KINDS - 1)
    }
}

impl Field for ValueNoise {
    #[inline(always)]
    fn plane(&self, point: [f64; 2]) -> f64 {
        self.at(point)
    }
    #[inline(always)]
    fn space(&self, point: [f64; 3]) -> f64 {
        self.at(point)
    }
    #[inline(always)]
    fn torus(&self, point: [f64; 4]) -> f64 {
        self.at(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_keep_their_values_and_cells_go_from_one_to_the_next() {
        let [linear, smooth] = [Fade::Linear, Fade::Smooth].map(|fade| ValueNoise::new(fade, 5));
        for (x, expected) in [12.0, 11.0, 0.0, 12.0].into_iter().enumerate() {
            for noise in [&linear, &smooth] {
                assert!((noise.at([x as f64, 0.0]) - expected / 15.0).abs() < 1e-12);
            }
        }
        assert!((linear.at([0.25, 0.0]) - 11.75 / 15.0).abs() < 1e-12);
        assert!((smooth.at([0.25, 0.0]) - (12.0 - 0.15625) / 15.0).abs() < 1e-12);
        assert!(
            (0..500).map(|i| linear.at([f64::from(i) * 0.37, -1.3, 0.7])).all(|value| (0.0..=1.0).contains(&value))
        );
    }
}
