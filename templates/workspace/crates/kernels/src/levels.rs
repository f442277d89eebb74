//! Black and white point, and gamma.

/// A curve over a sample from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    /// What becomes 0.
    pub black: f32,
    /// What becomes 1; above `black`.
    pub white: f32,
    /// Above 1 lightens the middle tones.
    pub gamma: f32,
}

impl Levels {
    /// The new value of a sample.
    pub fn apply(&self, sample: f32) -> f32 {
        ((sample - self.black) / (self.white - self.black))
            .clamp(0.0, 1.0)
            .powf(1.0 / self.gamma)
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;

    #[test]
    fn black_and_white_point_become_0_and_1() {
        let levels = Levels {
            black: 0.25,
            white: 0.75,
            gamma: 2.0,
        };
        assert_eq!(
            [0.0, 0.25, 0.75, 1.0].map(|sample| levels.apply(sample)),
            [0.0, 0.0, 1.0, 1.0]
        );
        assert_eq!(levels.apply(0.375), 0.5);
    }
}
