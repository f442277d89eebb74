//! Noise without seams: the picture is laid on a circle, a torus or a sphere in a space of more axes.
//!
//! A circle is as long as the picture is wide, in cells.

use std::f64::consts::{PI, TAU};

use multiversion::multiversion;

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

/// Where the pixels of a picture are on what it is laid on.
#[derive(Debug, Clone)]
pub struct Places {
    tiling: Tiling,
    /// Width and height.
    size: [f64; 2],
    /// Sine and cosine of each column of a picture that tiles.
    columns: Vec<[f64; 2]>,
}

fn turn(angle: f64) -> [f64; 2] {
    let (sin, cos) = angle.sin_cos();
    [sin, cos]
}

impl Places {
    /// Of a picture of `size` (width, height).
    pub fn new(tiling: Tiling, size: [usize; 2]) -> Self {
        let columns = if tiling == Tiling::None { 0 } else { size[0] };
        let [width, height] = size.map(|size| size as f64);
        let columns = (0..columns).map(|x| turn(x as f64 / width * TAU)).collect();
        Self { tiling, size: [width, height], columns }
    }

    /// Adds the values of a row, with cells of `scale` pixels, times `weight`.
    pub fn add_row(&self, field: &impl Field, scale: f64, weight: f64, y: usize, to: &mut [f64]) {
        let [_, height] = self.size;
        let y = y as f64;
        let [wide, high] = self.size.map(|size| size / scale / TAU);
        let [down, up] = turn(y / height * TAU).map(|part| part * high);
        match self.tiling {
            Tiling::None => {
                add(to, weight, |x| field.plane([x as f64 / scale, y / scale]));
            }
            Tiling::Horizontal => add(to, weight, |x| {
                let [sin, cos] = self.columns[x];
                field.space([sin * wide, cos * wide, y / scale])
            }),
            Tiling::Vertical => add(to, weight, |x| field.space([down, up, x as f64 / scale])),
            Tiling::Both => add(to, weight, |x| {
                let [right, left] = self.columns[x].map(|part| part * wide);
                field.torus([down, up, right, left])
            }),
            Tiling::Sphere => {
                let [sin_down, cos_down] = turn(y / height * PI);
                add(to, weight, |x| {
                    let [sin, cos] = self.columns[x];
                    field.space([high * sin_down * sin, wide * cos_down, high * sin_down * cos])
                });
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn add<F: Fn(usize) -> f64>(to: &mut [f64], weight: f64, value: F) {
    for (x, to) in to.iter_mut().enumerate() {
        *to += value(x) * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sum;

    impl Field for Sum {
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
        // A column and a row more than the picture has, which are the first ones again.
        let at = |tiling, x: usize, y| {
            let mut places = Places::new(tiling, [8, 6]);
            places.columns.extend(places.columns.first().copied());
            let mut row = [0.0; 9];
            places.add_row(&Sum, 2.0, 1.0, y, &mut row);
            row[x]
        };
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
