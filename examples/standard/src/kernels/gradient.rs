//! Ramps from 0 to 1.

use std::f64::consts::TAU;

use multiversion::multiversion;

use super::angle;

/// A shape that a value rises along. Places are pixels from the left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ramp {
    /// From the left column to the right one.
    Horizontal,
    /// From the top row to the bottom one.
    Vertical,
    /// Across a line through the centre, 0 before it and 1 behind it.
    Diagonal {
        /// Where the value rises to, in degrees: 0 is down, 90 is right.
        angle: f64,
        /// Length of the rise in pixels; a step for 0.
        width: f64,
    },
    /// Around the centre, in shares of half the width. Below 0 and above 1 outside of the two; a step if they are the same.
    Radial {
        /// Where the rise begins.
        inner: f64,
        /// Where it ends.
        outer: f64,
    },
    /// Around the centre, clockwise from the right.
    Conic {
        /// What is ahead of the right, in degrees.
        rotation: f64,
    },
}

impl Ramp {
    /// The values of a row of a picture of `size` (width, height).
    pub fn row(self, [width, height]: [usize; 2], y: usize, to: &mut [f32]) {
        let share = |place: usize, size: usize| if size > 1 { place as f64 / (size - 1) as f64 } else { 0.0 };
        let (wide, high) = (width as f64, height as f64);
        match self {
            Self::Horizontal => to.iter_mut().enumerate().for_each(|(x, to)| *to = share(x, width) as f32),
            Self::Vertical => to.fill(share(y, height) as f32),
            Self::Diagonal { angle, width } => {
                let (sin, cos) = (angle / 360.0 * TAU).sin_cos();
                let from = (y as f64 - high / 2.0) * cos - wide / 2.0 * sin;
                if width == 0.0 {
                    to.iter_mut()
                        .enumerate()
                        .for_each(|(x, to)| *to = f32::from(u8::from(from + x as f64 * sin > 1e-9)));
                } else {
                    line(from / width + 0.5, sin / width, to);
                }
            }
            Self::Radial { inner, outer } => {
                let (down, unit) = (y as f64 - high / 2.0, wide / 2.0);
                if inner == outer {
                    let inside = |x: usize| (x as f64 - wide / 2.0).hypot(down) / unit < inner;
                    to.iter_mut().enumerate().for_each(|(x, to)| *to = f32::from(u8::from(!inside(x))));
                } else {
                    let slope = 1.0 / (outer - inner);
                    rings(wide / 2.0, down * down, slope / unit, -inner * slope, to);
                }
            }
            Self::Conic { rotation } => {
                let [right, down] = [(wide - 1.0) / 2.0, y as f64 - (high - 1.0) / 2.0];
                around(right as f32, down as f32, (rotation / 360.0) as f32, to);
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn line(from: f64, step: f64, to: &mut [f32]) {
    for (x, to) in to.iter_mut().enumerate() {
        *to = (from + x as u32 as f64 * step).clamp(0.0, 1.0) as f32;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn rings(center: f64, down_squared: f64, slope: f64, offset: f64, to: &mut [f32]) {
    for (x, to) in to.iter_mut().enumerate() {
        let right = x as u32 as f64 - center;
        *to = ((right * right + down_squared).sqrt() * slope + offset) as f32;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn around(center: f32, down: f32, rotation: f32, to: &mut [f32]) {
    for (x, to) in to.iter_mut().enumerate() {
        let turns = angle::turns(down, x as u32 as f32 - center) + rotation;
        *to = turns - turns.floor();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ramp: Ramp, size: [usize; 2], y: usize) -> Vec<f32> {
        let mut to = vec![9.0; size[0]];
        ramp.row(size, y, &mut to);
        to
    }

    fn close(values: Vec<f32>, expected: &[f64]) {
        assert_eq!(values.len(), expected.len());
        assert!(values.iter().zip(expected).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-6), "{values:?} {expected:?}");
    }

    #[test]
    fn straight_ramps_reach_both_ends() {
        close(row(Ramp::Horizontal, [5, 3], 1), &[0.0, 0.25, 0.5, 0.75, 1.0]);
        close(row(Ramp::Vertical, [2, 3], 1), &[0.5, 0.5]);
        close(row(Ramp::Horizontal, [1, 3], 1), &[0.0]);
    }

    #[test]
    fn diagonals_rise_at_their_angle() {
        let third = 0.5 / 3.0;
        close(
            row(Ramp::Diagonal { angle: 30.0, width: 3.0 }, [5, 4], 2),
            &[0.5 - 2.5 * third, 0.5 - 1.5 * third, 0.5 - 0.5 * third, 0.5 + 0.5 * third, 0.5 + 1.5 * third],
        );
        close(row(Ramp::Diagonal { angle: 90.0, width: 0.0 }, [4, 1], 0), &[0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn rings_are_measured_in_half_widths() {
        close(row(Ramp::Radial { inner: 0.0, outer: 1.0 }, [5, 4], 2), &[1.0, 0.6, 0.2, 0.2, 0.6]);
        close(row(Ramp::Radial { inner: 0.2, outer: 0.6 }, [5, 4], 2), &[2.0, 1.0, 0.0, 0.0, 1.0]);
        close(row(Ramp::Radial { inner: 0.6, outer: 0.6 }, [5, 4], 2), &[1.0, 1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn cones_turn_clockwise() {
        close(row(Ramp::Conic { rotation: 0.0 }, [3, 3], 2), &[0.375, 0.25, 0.125]);
        close(row(Ramp::Conic { rotation: 90.0 }, [3, 3], 1), &[0.75, 0.25, 0.25]);
    }
}
