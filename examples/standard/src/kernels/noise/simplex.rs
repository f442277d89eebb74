//! Simplex noise of two to four axes.
//!
//! K. Perlin, *Noise Hardware* (SIGGRAPH 2001 course notes); S. Gustavson, *Simplex Noise Demystified* (2005). Space is cut into
//! simplices; each corner adds a slope that fades out, (½ − d²)⁴, before the next corner is reached.

use super::{lattice::Lattice, tiling::Field};

/// Noise of `N` axes, about 0..1 around ½.
#[derive(Debug, Clone)]
pub struct SimplexNoise<const N: usize> {
    lattice: Lattice,
    slopes: Vec<[f64; N]>,
    /// From places in space to places in a grid of cubes, and back.
    skew: f64,
    unskew: f64,
}

impl<const N: usize> SimplexNoise<N> {
    /// The noise of a seed.
    pub fn new(seed: u64) -> Self {
        let slopes = slopes::<N>();
        let root = ((N + 1) as f64).sqrt();
        Self {
            lattice: Lattice::new(slopes.len() as u32, seed),
            slopes,
            skew: (root - 1.0) / N as f64,
            unskew: (1.0 - 1.0 / root) / N as f64,
        }
    }

    /// The value of a point, in cells.
    #[inline(always)]
    pub fn at(&self, point: [f64; N]) -> f64 {
        let skew = point.iter().sum::<f64>() * self.skew;
        let mut corner = point.map(|place| (place + skew).floor());
        let unskew = corner.iter().sum::<f64>() * self.unskew;
        let mut away = [0.0; N];
        for axis in 0..N {
            away[axis] = point[axis] - corner[axis] + unskew;
        }
        // The corners of a simplex lie on the way through its cube along the axes, the one furthest in first.
        let within = away;
        let mut left = [true; N];
        let mut value = self.corner(corner, away);
        for _ in 0..N {
            let mut axis = N;
            for candidate in 0..N {
                if left[candidate] && (axis == N || within[candidate] > within[axis]) {
                    axis = candidate;
                }
            }
            left[axis] = false;
            corner[axis] += 1.0;
            away[axis] -= 1.0;
            away.iter_mut().for_each(|away| *away += self.unskew);
            value += self.corner(corner, away);
        }
        value + 0.5
    }

    #[inline(always)]
    fn corner(&self, corner: [f64; N], away: [f64; N]) -> f64 {
        let fade = 0.5 - away.iter().map(|away| away * away).sum::<f64>();
        if fade <= 0.0 {
            return 0.0;
        }
        let slope = self.slopes[self.lattice.at(corner.map(|place| place as i32))];
        fade.powi(4) * slope.iter().zip(away).map(|(slope, away)| slope * away).sum::<f64>()
    }
}

/// In the space of as many axes only.
impl<const N: usize> Field for SimplexNoise<N> {
    #[inline(always)]
    fn plane(&self, point: [f64; 2]) -> f64 {
        self.at(own(point))
    }
    #[inline(always)]
    fn space(&self, point: [f64; 3]) -> f64 {
        self.at(own(point))
    }
    #[inline(always)]
    fn torus(&self, point: [f64; 4]) -> f64 {
        self.at(own(point))
    }
}

/// The same point, where the number of axes is the same.
#[inline(always)]
fn own<const N: usize, const M: usize>(point: [f64; M]) -> [f64; N] {
    assert_eq!(N, M, "a picture is laid into the space of its noise");
    std::array::from_fn(|axis| point[axis])
}

/// The slopes that corners have, scaled so that the noise fills 0..1: sixteen directions of the plane; towards the middles of the edges of
/// a cube in higher spaces.
fn slopes<const N: usize>() -> Vec<[f64; N]> {
    let mut slopes = Vec::new();
    if N == 2 {
        for turn in 0..16 {
            let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 16.0).sin_cos();
            let mut slope = [0.0; N];
            (slope[0], slope[1]) = (50.0 * sin, 50.0 * cos);
            slopes.push(slope);
        }
        return slopes;
    }
    let length = if N == 3 { 39.0 } else { 32.0 };
    for flat in (0..N).rev() {
        for signs in 0..1_usize << (N - 1) {
            let mut slope = [0.0; N];
            for (bit, axis) in (0..N).filter(|&axis| axis != flat).enumerate() {
                slope[axis] = if signs >> bit & 1 == 1 { length } else { -length };
            }
            slopes.push(slope);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The noise after its definition: every corner of the lattice that is near enough, whatever simplex it belongs to.
    fn plain<const N: usize>(noise: &SimplexNoise<N>, point: [f64; N]) -> f64 {
        let skew = point.iter().sum::<f64>() * noise.skew;
        let cube = point.map(|place| (place + skew).floor());
        let mut value = 0.5;
        for far in 0..4_usize.pow(N as u32) {
            let mut corner = cube;
            for (axis, place) in corner.iter_mut().enumerate() {
                *place += (far / 4_usize.pow(axis as u32) % 4) as f64 - 1.0;
            }
            let unskew = corner.iter().sum::<f64>() * noise.unskew;
            let mut away = [0.0; N];
            for axis in 0..N {
                away[axis] = point[axis] - corner[axis] + unskew;
            }
            value += noise.corner(corner, away);
        }
        value
    }

    fn agree<const N: usize>() {
        let noise = SimplexNoise::<N>::new(7);
        let mut differs = 0.0_f64;
        for i in 0..400 {
            let mut point = [0.0; N];
            for (axis, place) in point.iter_mut().enumerate() {
                *place = (f64::from(i) * (0.37 + 0.61 * axis as f64)).sin() * 9.0;
            }
            differs = differs.max((noise.at(point) - plain(&noise, point)).abs());
        }
        assert!(differs < 1e-9, "{N} axes: {differs}");
    }

    #[test]
    fn the_corners_of_the_simplex_are_all_that_matter() {
        agree::<2>();
        agree::<3>();
        agree::<4>();
    }

    #[test]
    fn corners_are_middle_grey() {
        assert_eq!(SimplexNoise::<2>::new(3).at([0.0, 0.0]), 0.5);
    }
}
