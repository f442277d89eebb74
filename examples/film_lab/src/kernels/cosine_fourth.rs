//! The cos⁴ law: how the light of a lens falls off from the centre of the picture.
//!
//! Source: Reiss, *The cos⁴ law of illumination*, Journal of the Optical Society of America 35 (1945). Light that reaches the film
//! at an angle θ to the axis is weaker by cos⁴ θ; at a distance `r` from the centre, tan θ is `r` over the focal length.

/// A lens, by what it takes from the corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CosineFourth {
    /// tan² θ of the corner.
    tan2: f32,
}

impl CosineFourth {
    /// The lens whose corner, at distance 1 from the centre, loses so many stops (halvings of the light).
    pub fn losing(stops: f32) -> Self {
        // cos² θ = 1 / (1 + tan² θ), and cos⁴ θ shall be 2^−stops.
        Self { tan2: (stops / 2.0).exp2() - 1.0 }
    }

    /// The share of the light that is left at the given squared distance.
    pub fn light_at(self, distance2: f32) -> f32 {
        let cos2 = 1.0 / (1.0 + self.tan2 * distance2);
        cos2 * cos2
    }
}

#[cfg(test)]
mod tests {
    use super::CosineFourth;

    #[test]
    fn the_corner_loses_the_stops_asked_for() {
        for stops in [0.0, 0.5, 1.0, 3.0, 8.0] {
            let lens = CosineFourth::losing(stops);
            assert_eq!(lens.light_at(0.0), 1.0);
            assert!((lens.light_at(1.0).log2() + stops).abs() < 1e-5, "{stops}");
        }
    }

    #[test]
    fn light_is_the_fourth_power_of_the_cosine() {
        let (lens, distance) = (CosineFourth::losing(2.0), 0.7_f32);
        let angle = (lens.tan2.sqrt() * distance).atan();
        assert!((lens.light_at(distance * distance) - angle.cos().powi(4)).abs() < 1e-6);
    }
}
