//! Noise that is a function of place: the same for one seed however the work is divided, and without an edge.
//!
//! Sources: counters instead of state after Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3* (SC 2011);
//! the mixing function is the finaliser of SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*,
//! OOPSLA 2014).

use chainner_sdk::image::for_each_row;

/// White noise over the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noise {
    key: u64,
}

impl Noise {
    /// The noise of a well-mixed key.
    pub fn new(key: u64) -> Self {
        Self { key }
    }

    /// Another noise of the same family, unrelated to this one.
    pub fn layer(self, number: u64) -> Self {
        Self { key: mix(self.key ^ mix(number.wrapping_add(1))) }
    }

    /// A normally distributed number of mean 0 and variance 1.
    ///
    /// It is the sum of four uniform ones (the distribution of Irwin and Hall), so it stays within ±2√3.
    pub fn at(self, x: u32, y: u32) -> f32 {
        let bits = mix(self.key.wrapping_add((u64::from(y) << 32 | u64::from(x)).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let sum: u32 = (0..4).map(|part| (bits >> (16 * part)) as u32 & 0xFFFF).sum();
        // Mean 4 · 65535 / 2, variance 4 / 12 of 65536².
        (sum as f32 - 131_070.0) * (3.0_f32.sqrt() / 65_536.0)
    }

    /// A plane of noise in clumps of the given diameter in pixels, row after row; still of mean 0 and variance 1.
    ///
    /// White noise is convolved with a Gaussian whose width at half height is the diameter.
    pub fn clumps(self, width: usize, height: usize, diameter: f32) -> Vec<f32> {
        let kernel = unit_energy_gaussian(diameter / 2.355);
        let margin = kernel.len() / 2;
        let (rows, columns) = (height + 2 * margin, width + 2 * margin);
        let mut across = vec![0.0; width * rows];
        for_each_row(&mut across, width, |y, row| {
            let white: Vec<f32> = (0..columns).map(|x| self.at(x as u32, y as u32)).collect();
            for (offset, &weight) in kernel.iter().enumerate() {
                accumulate(row, &white[offset..offset + width], weight);
            }
        });
        if margin == 0 {
            return across;
        }
        let mut plane = vec![0.0; width * height];
        for_each_row(&mut plane, width, |y, row| {
            for (source, &weight) in across[y * width..].chunks_exact(width).zip(&kernel) {
                accumulate(row, source, weight);
            }
        });
        plane
    }
}

fn accumulate(target: &mut [f32], source: &[f32], weight: f32) {
    target.iter_mut().zip(source).for_each(|(target, source)| *target += weight * source);
}

/// A Gaussian of the given standard deviation, scaled so that it keeps the variance of white noise.
fn unit_energy_gaussian(sigma: f32) -> Vec<f32> {
    let reach = (3.0 * sigma).round() as i32;
    let mut kernel: Vec<f32> = (-reach..=reach).map(|x| (-0.5 * (x as f32 / sigma.max(1e-3)).powi(2)).exp()).collect();
    let norm = kernel.iter().map(|weight| weight * weight).sum::<f32>().sqrt();
    kernel.iter_mut().for_each(|weight| *weight /= norm);
    kernel
}

/// The finaliser of SplitMix64.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(plane: &[f32]) -> (f64, f64) {
        let count = plane.len() as f64;
        let mean = plane.iter().map(|&v| f64::from(v)).sum::<f64>() / count;
        (mean, plane.iter().map(|&v| (f64::from(v) - mean).powi(2)).sum::<f64>() / count)
    }

    /// Correlation of neighbours `distance` apart in a row.
    fn correlation(plane: &[f32], distance: usize) -> f64 {
        let products = plane.iter().zip(&plane[distance..]).map(|(a, b)| f64::from(a * b));
        products.sum::<f64>() / (plane.len() - distance) as f64
    }

    #[test]
    fn clumps_of_every_size_have_mean_0_and_variance_1() {
        for diameter in [0.0, 0.5, 1.0, 2.0, 5.0] {
            let (mean, variance) = moments(&Noise::new(7).clumps(512, 512, diameter));
            assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.1, "{diameter}: {mean} {variance}");
        }
    }

    #[test]
    fn clumps_reach_as_far_as_their_diameter() {
        let fine = Noise::new(7).clumps(512, 512, 0.5);
        let coarse = Noise::new(7).clumps(512, 512, 6.0);
        assert!(correlation(&fine, 1).abs() < 0.05);
        assert!(correlation(&coarse, 3) > 0.4 && correlation(&coarse, 18).abs() < 0.1);
    }

    #[test]
    fn layers_are_unrelated() {
        let [a, b] = [0, 1].map(|layer| Noise::new(7).layer(layer).clumps(256, 256, 1.0));
        let products = a.iter().zip(&b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
        assert!((products / a.len() as f64).abs() < 0.03);
    }
}
