//! Halation: light that went through the film, was thrown back by its base, and exposes it once more from behind.
//!
//! It is described in Mees and James, *The Theory of the Photographic Process* (3rd edition, 1966). The base spreads the light, here
//! as a Gaussian, and the layer nearest to it, the red-sensitive one, takes most of it. Only strong light has enough left to
//! show.

/// What of some linear light is strong enough to be thrown back: none up to the threshold, all of it at 1.
///
/// Between them it sets in smoothly, by the cubic `3t² − 2t³`.
pub fn thrown_back(light: f32, threshold: f32) -> f32 {
    let t = ((light - threshold) / (1.0 - threshold).max(1e-6)).clamp(0.0, 1.0);
    light * t * t * (3.0 - 2.0 * t)
}

/// Exposes once more: light adds up, but the film never gets lighter than white.
pub fn expose(light: f32, more: f32) -> f32 {
    1.0 - (1.0 - light) * (-more).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_below_the_threshold_is_not_thrown_back() {
        assert_eq!(thrown_back(0.5, 0.6), 0.0);
        assert_eq!(thrown_back(1.0, 0.6), 1.0);
        assert!(thrown_back(0.7, 0.6) < thrown_back(0.9, 0.6));
        assert!(thrown_back(1.0, 1.0).is_finite());
    }

    #[test]
    fn exposing_brightens_and_keeps_white() {
        assert_eq!(expose(0.3, 0.0), 0.3);
        assert_eq!(expose(1.0, 5.0), 1.0);
        assert!(expose(0.3, 0.5) > 0.3 && expose(0.3, 100.0) <= 1.0);
    }
}
