//! Noise without seams: the picture is laid on a circle, a torus or a sphere in a space of more axes.
//!
//! A circle is as long as the picture is wide, in cells.

use std::f64::consts::{PI, TAU};

/// Where the edges of a picture meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tiling {
    /// Nowhere.
    None,
    /// Left and right.
    Horizontal,
    /// Top and bottom.
    Vertical,
    /// Left and right, top and bottom.
    Both,
    /// As on a globe: left and right, and each of top and bottom is one point.
    Sphere,
}

/// Noise that is asked in as many axes as its tiling needs.
pub trait Field: Sync {
    /// In the plane.
    fn plane(&self, point: [f64; 2]) -> f64;
    /// On a cylinder or a sphere.
    fn space(&self, point: [f64; 3]) -> f64;
    /// On a torus.
    fn torus(&self, point: [f64; 4]) -> f64;
}

/// The value at a pixel of a picture of `size` (width, height), with cells of `scale` pixels.
pub fn sample(field: &impl Field, tiling: Tiling, size: [usize; 2], scale: f64, pixel: [usize; 2]) -> f64 {
    let [width, height] = size.map(|size| size as f64);
    let [x, y] = pixel.map(|place| place as f64);
    let round = |place: f64, size: f64| {
        let (sin, cos) = (place / size * TAU).sin_cos();
        let radius = size / scale / TAU;
        [sin * radius, cos * radius]
    };
    match tiling {
        Tiling::None => field.plane([x / scale, y / scale]),
        Tiling::Horizontal => {
            let [sin, cos] = round(x, width);
            field.space([sin, cos, y / scale])
        }
        Tiling::Vertical => {
            let [sin, cos] = round(y, height);
            field.space([sin, cos, x / scale])
        }
        Tiling::Both => {
            let ([down, up], [right, left]) = (round(y, height), round(x, width));
            field.torus([down, up, right, left])
        }
        Tiling::Sphere => {
            let ((sin, cos), (sin_down, cos_down)) = ((x / width * TAU).sin_cos(), (y / height * PI).sin_cos());
            let [wide, high] = [width, height].map(|size| size / scale / TAU);
            field.space([high * sin_down * sin, wide * cos_down, high * sin_down * cos])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Places;

    impl Field for Places {
        fn plane(&self, [x, y]: [f64; 2]) -> f64 {
            x + 100.0 * y
        }
        fn space(&self, [x, y, z]: [f64; 3]) -> f64 {
            x + 2.0 * y + 3.0 * z
        }
        fn torus(&self, [x, y, z, w]: [f64; 4]) -> f64 {
            x + 2.0 * y + 3.0 * z + 4.0 * w
        }
    }

    #[test]
    fn edges_meet() {
        let at = |tiling, x, y| sample(&Places, tiling, [8, 6], 2.0, [x, y]);
        assert_eq!(at(Tiling::None, 3, 5), 1.5 + 250.0);
        for y in 0..6 {
            for tiling in [Tiling::Horizontal, Tiling::Both, Tiling::Sphere] {
                assert!((at(tiling, 0, y) - at(tiling, 8, y)).abs() < 1e-9);
            }
        }
        for x in 0..8 {
            for tiling in [Tiling::Vertical, Tiling::Both] {
                assert!((at(tiling, x, 0) - at(tiling, x, 6)).abs() < 1e-9);
            }
            assert!((at(Tiling::Sphere, x, 0) - at(Tiling::Sphere, 0, 0)).abs() < 1e-9);
        }
    }
}
