//! The darkest, the lightest and the sum.

use multiversion::multiversion;

/// What samples lie between, and what they amount to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The smallest; infinite for no samples.
    pub least: f32,
    /// The largest; minus infinite for no samples.
    pub most: f32,
    /// The sum.
    pub sum: f64,
}

impl Default for Extent {
    fn default() -> Self {
        Self { least: f32::INFINITY, most: f32::NEG_INFINITY, sum: 0.0 }
    }
}

impl Extent {
    /// That of both together.
    pub fn and(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most), sum: self.sum + other.sum }
    }
}

/// The extent of samples.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn of(samples: &[f32]) -> Extent {
    const LANES: usize = 16;
    let (blocks, rest) = samples.as_chunks::<LANES>();
    let (mut least, mut most, mut sums) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES], [0.0_f64; LANES]);
    for block in blocks {
        for i in 0..LANES {
            least[i] = least[i].min(block[i]);
            most[i] = most[i].max(block[i]);
            sums[i] += f64::from(block[i]);
        }
    }
    let rest = rest.iter().map(|&sample| Extent { least: sample, most: sample, sum: sample.into() });
    let lanes = (0..LANES).map(|i| Extent { least: least[i], most: most[i], sum: sums[i] });
    lanes.chain(rest).fold(Extent::default(), Extent::and)
}

#[cfg(test)]
mod tests {
    #[test]
    fn extents_are_those_of_all_samples() {
        for len in [1, 15, 16, 33, 100] {
            let samples: Vec<f32> = (0..len).map(|i| ((i * 37) % 101) as f32).collect();
            let extent = super::of(&samples);
            assert_eq!(extent.least, samples.iter().copied().fold(f32::INFINITY, f32::min));
            assert_eq!(extent.most, samples.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            assert_eq!(extent.sum, samples.iter().map(|&sample| f64::from(sample)).sum::<f64>());
        }
    }
}
