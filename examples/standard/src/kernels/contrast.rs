//! Brightness and contrast as one straight line.
//!
//! The slope for a contrast c of −1..1 is 259 (255 c + 255) / (255 (259 − 255 c)), as in F. Loch, *Image Processing Algorithms Part 5:
//! Contrast Adjustment* (2015): 0 for −1, 1 for 0, and nearly a step for 1. The line turns around middle grey, which brightness moves.

/// A straight line over samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    slope: f32,
    offset: f32,
}

impl Contrast {
    /// Brightness and contrast, −1..1 each.
    pub fn new(brightness: f64, contrast: f64) -> Self {
        let contrast = contrast * 255.0;
        let slope = 259.0 * (contrast + 255.0) / (255.0 * (259.0 - contrast));
        Self { slope: slope as f32, offset: (slope * (brightness - 0.5) + 0.5) as f32 }
    }

    /// The new value of a sample, not clamped.
    pub fn apply(self, sample: f32) -> f32 {
        sample * self.slope + self.offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_turns_around_middle_grey() {
        for contrast in [-1.0, -0.3, 0.0, 0.6, 1.0] {
            assert!((Contrast::new(0.0, contrast).apply(0.5) - 0.5).abs() < 1e-6);
        }
        assert_eq!(Contrast::new(0.0, -1.0).apply(0.9), 0.5);
        assert_eq!(Contrast::new(0.0, 0.0).apply(0.3), 0.3);
        assert!((Contrast::new(0.25, 0.0).apply(0.3) - 0.55).abs() < 1e-6);
        assert!(Contrast::new(0.0, 1.0).apply(0.51) > 1.0);
    }
}
