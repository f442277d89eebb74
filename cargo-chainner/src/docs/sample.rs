//! The pictures that nodes are shown with: made here, and the same on every machine, as only sums, products, quotients and square roots
//! go into them, which are exact everywhere.

use chainner_sdk::image::{Bgr, Bgra, Gray, Image};

/// Width of the pictures, in pixels.
pub(super) const WIDTH: usize = 336;
/// Height of the pictures, in pixels.
pub(super) const HEIGHT: usize = 224;

/// The pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sample {
    /// A landscape with a balloon, a house and a sign: colour, edges, gradients, small letters.
    Scene,
    /// The same without colour.
    GrayScene,
    /// The balloon alone, with opacity.
    Cutout,
    /// Lights out of focus before a dark wall.
    Lights,
    /// The same without colour.
    GrayLights,
    /// Lights out of focus, each as opaque as it is bright.
    ClearLights,
    /// Bright where the balloon is, dark elsewhere, with a soft edge.
    Mask,
    /// The directions of a surface with bumps.
    Normals,
}

impl Sample {
    /// All of them.
    pub(super) const ALL: [Self; 8] = [
        Self::Scene,
        Self::GrayScene,
        Self::Cutout,
        Self::Lights,
        Self::GrayLights,
        Self::ClearLights,
        Self::Mask,
        Self::Normals,
    ];

    /// The sample of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sample| sample.name() == name)
    }

    /// Name of its file, without extension.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::GrayScene => "scene-gray",
            Self::Cutout => "cutout",
            Self::Lights => "lights",
            Self::GrayLights => "lights-gray",
            Self::ClearLights => "lights-clear",
            Self::Mask => "mask",
            Self::Normals => "normals",
        }
    }

    /// What there is to see.
    pub(super) fn alt(self) -> &'static str {
        match self {
            Self::Scene => "Sample scene: a balloon above hills, a house and a sign with letters",
            Self::GrayScene => "Sample scene without colour: a balloon above hills, a house and a sign with letters",
            Self::Cutout => "Sample with opacity: a striped balloon, cut out",
            Self::Lights => "Sample of coloured lights out of focus",
            Self::GrayLights => "Sample of lights out of focus, without colour",
            Self::ClearLights => "Sample of coloured lights on a transparent ground",
            Self::Mask => "Sample mask: white inside an ellipse, black outside, with a soft edge",
            Self::Normals => "Sample normal map of a surface with bumps",
        }
    }

    /// Makes the picture.
    pub(super) fn image(self) -> Image {
        match self {
            Self::Scene => opaque(scene),
            Self::GrayScene => gray(|x, y| luma(scene(x, y))),
            Self::Lights => opaque(lights),
            Self::GrayLights => gray(|x, y| luma(lights(x, y))),
            Self::Mask => gray(mask),
            Self::Normals => opaque(normals),
            Self::Cutout => clear(|x, y| {
                let (color, cover) = balloon(x, y);
                (color, cover)
            }),
            Self::ClearLights => clear(|x, y| {
                let color = lights(x, y);
                let [r, g, b] = color;
                (color, smooth(0.16, 0.5, r.max(g).max(b)))
            }),
        }
    }
}

/// R, G, B from 0 to 1.
type Color = [f32; 3];

/// Parts of a pixel in each direction that are looked at.
const FINE: usize = 2;

/// The mean over a pixel, of places in heights of the picture.
fn sampled<const N: usize>(x: usize, y: usize, at: impl Fn(f32, f32) -> [f32; N]) -> [f32; N] {
    let mut sum = [0.0; N];
    for step in 0..FINE * FINE {
        let place = |pixel: usize, part: usize| (pixel as f32 + (part as f32 + 0.5) / FINE as f32) / HEIGHT as f32;
        let found = at(place(x, step % FINE), place(y, step / FINE));
        for (sum, found) in sum.iter_mut().zip(found) {
            *sum += found / (FINE * FINE) as f32;
        }
    }
    sum
}

fn opaque(at: impl Fn(f32, f32) -> Color + Sync) -> Image {
    Image::from_pixels(WIDTH, HEIGHT, |x, y| {
        let [r, g, b] = sampled(x, y, &at);
        Bgr { b, g, r }
    })
}

fn gray(at: impl Fn(f32, f32) -> f32 + Sync) -> Image {
    Image::from_pixels(WIDTH, HEIGHT, |x, y| Gray { value: sampled(x, y, |x, y| [at(x, y)])[0] })
}

/// Colours with their opacity, not multiplied by it.
fn clear(at: impl Fn(f32, f32) -> (Color, f32) + Sync) -> Image {
    Image::from_pixels(WIDTH, HEIGHT, |x, y| {
        let [r, g, b, a] = sampled(x, y, |x, y| {
            let ([r, g, b], a) = at(x, y);
            [r * a, g * a, b * a, a]
        });
        if a > 0.0 { Bgra { b: b / a, g: g / a, r: r / a, a } } else { Bgra { b: 0.0, g: 0.0, r: 0.0, a: 0.0 } }
    })
}

fn luma([r, g, b]: Color) -> f32 {
    0.299 * r + 0.587 * g + 0.114 * b
}

fn mix(from: Color, to: Color, share: f32) -> Color {
    let share = share.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share)
}

fn scaled(color: Color, by: f32) -> Color {
    color.map(|component| (component * by).clamp(0.0, 1.0))
}

/// 0 below `low`, 1 above `high`, smooth between them.
fn smooth(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A number from 0 to 1 for each place of a grid, that looks like chance (an integer hash by Thomas Wang).
fn chance(x: i32, y: i32, of: u32) -> f32 {
    let mut n =
        (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77) ^ of.wrapping_mul(0xc2b2_ae3d);
    n = (n ^ 61) ^ (n >> 16);
    n = n.wrapping_mul(9);
    n ^= n >> 4;
    n = n.wrapping_mul(0x27d4_eb2d);
    n ^= n >> 15;
    (n >> 8) as f32 / (1 << 24) as f32
}

/// Value noise from 0 to 1, of which the grid has cells of 1.
fn noise(x: f32, y: f32, of: u32) -> f32 {
    let (column, row) = (x.floor(), y.floor());
    let (dx, dy) = (smooth(0.0, 1.0, x - column), smooth(0.0, 1.0, y - row));
    let at = |i: i32, j: i32| chance(column as i32 + i, row as i32 + j, of);
    let top = at(0, 0) + (at(1, 0) - at(0, 0)) * dx;
    let bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * dx;
    top + (bottom - top) * dy
}

/// Noise of four octaves, from 0 to 1.
fn clouds(x: f32, y: f32, of: u32) -> f32 {
    let octaves = [(1.0, 0.5), (2.0, 0.25), (4.0, 0.15), (8.0, 0.1)];
    octaves.iter().map(|(scale, weight)| noise(x * scale, y * scale, of) * weight).sum()
}

fn scene(x: f32, y: f32) -> Color {
    let mut color = mix([0.16, 0.36, 0.70], [0.97, 0.80, 0.62], smooth(0.0, 0.56, y));
    let veil = smooth(0.46, 0.78, clouds(x * 2.2, y * 5.0, 1)) * (1.0 - smooth(0.35, 0.55, y));
    color = mix(color, [1.0, 0.97, 0.95], veil * 0.75);
    let sun = ((x - 1.18).powi(2) + (y - 0.27).powi(2)).sqrt();
    color = mix(color, [1.0, 0.90, 0.70], 0.75 / (1.0 + (sun / 0.10).powi(2)));
    color = mix(color, [1.0, 0.99, 0.93], 1.0 - smooth(0.052, 0.056, sun));

    let ridge = 0.55 - 0.24 * clouds(x * 1.6 + 3.0, 0.5, 2);
    if y > ridge {
        let snow = smooth(0.10, 0.03, y - ridge) * smooth(0.42, 0.36, ridge + 0.05 * noise(x * 30.0, y * 30.0, 3));
        let rock = mix([0.38, 0.44, 0.56], [0.58, 0.60, 0.66], clouds(x * 9.0, y * 9.0, 4));
        color = mix(mix(rock, [0.80, 0.78, 0.78], smooth(0.35, 0.6, y) * 0.6), [0.96, 0.96, 0.98], snow);
    }
    let hill = 0.60 - 0.10 * noise(x * 2.1 + 5.0, 0.5, 5);
    if y > hill {
        let trees = clouds(x * 22.0, y * 22.0, 6);
        color = mix([0.13, 0.28, 0.16], [0.34, 0.47, 0.22], trees);
    }
    let meadow = 0.70 - 0.05 * noise(x * 1.4 + 1.0, 0.5, 7);
    if y > meadow {
        let blades = noise(x * 150.0, y * 55.0, 8) * 0.5 + clouds(x * 9.0, y * 18.0, 9) * 0.5;
        color = mix([0.27, 0.40, 0.10], [0.66, 0.70, 0.28], blades);
        color = scaled(color, 1.05 - 0.35 * (y - meadow));
        color = flowers(x, y).unwrap_or(color);
    }
    color = house(x, y).unwrap_or(color);
    color = sign(x, y).unwrap_or(color);
    let (painted, cover) = balloon(x, y);
    mix(color, painted, cover)
}

fn flowers(x: f32, y: f32) -> Option<Color> {
    let (column, row) = ((x * 34.0).floor(), (y * 34.0).floor());
    let (i, j) = (column as i32, row as i32);
    if chance(i, j, 10) < 0.72 {
        return None;
    }
    let center = (column + 0.3 + 0.4 * chance(i, j, 11), row + 0.3 + 0.4 * chance(i, j, 12));
    let away = (x * 34.0 - center.0).powi(2) + (y * 34.0 - center.1).powi(2);
    let colors = [[0.93, 0.25, 0.22], [0.98, 0.86, 0.25], [0.94, 0.92, 0.97], [0.56, 0.35, 0.78]];
    let which = (chance(i, j, 13) * 4.0) as usize;
    (away < 0.022).then(|| colors[which.min(3)])
}

fn house(x: f32, y: f32) -> Option<Color> {
    let within = |left: f32, top: f32, right: f32, bottom: f32| x >= left && x < right && y >= top && y < bottom;
    if within(0.33, 0.475, 0.37, 0.56) {
        return Some([0.45, 0.24, 0.20]);
    }
    // The roof: a triangle with rows of tiles.
    let slope = (x - 0.25).abs() * 0.85;
    if y >= 0.475 + slope && y < 0.615 && (0.07..0.43).contains(&x) {
        let tile = if ((y * 64.0).floor() as i32) % 2 == 0 { 1.0 } else { 0.86 };
        return Some(scaled([0.50, 0.20, 0.16], tile));
    }
    if !within(0.11, 0.60, 0.39, 0.80) {
        return None;
    }
    for left in [0.145, 0.295] {
        if within(left, 0.655, left + 0.06, 0.72) {
            let frame = (x - left - 0.03).abs() < 0.003 || (y - 0.6875).abs() < 0.003;
            return Some(if frame {
                [0.95, 0.95, 0.93]
            } else {
                mix([0.98, 0.83, 0.45], [0.55, 0.68, 0.82], (y - 0.655) * 14.0)
            });
        }
    }
    if within(0.223, 0.68, 0.277, 0.80) {
        return Some(if (x - 0.266).powi(2) + (y - 0.745).powi(2) < 0.00002 {
            [0.95, 0.8, 0.3]
        } else {
            [0.12, 0.35, 0.46]
        });
    }
    let boards = if ((y * 80.0).floor() as i32) % 3 == 0 { 0.93 } else { 1.0 };
    Some(scaled([0.86, 0.80, 0.70], boards * (1.02 - 0.25 * (x - 0.11))))
}

/// Letters of five columns and seven rows, a bit for each dot.
const LETTERS: [[u8; 7]; 6] = [
    [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
    [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
    [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001],
    [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000],
    [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111],
    [0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111],
];
/// Colours of the patches, and of the steps of grey beside them.
const PATCHES: [Color; 9] = [
    [0.78, 0.14, 0.16],
    [0.16, 0.58, 0.24],
    [0.16, 0.26, 0.68],
    [0.92, 0.78, 0.12],
    [0.72, 0.22, 0.56],
    [0.10, 0.62, 0.70],
    [0.08, 0.08, 0.08],
    [0.48, 0.48, 0.48],
    [0.86, 0.86, 0.86],
];

fn sign(x: f32, y: f32) -> Option<Color> {
    let (left, top, width, height) = (0.98, 0.635, 0.40, 0.21);
    let (dx, dy) = (x - left, y - top);
    let on_post = [0.07, 0.31].iter().any(|post| dx >= *post && dx < post + 0.02);
    if on_post && dy >= height && y < 0.94 {
        return Some([0.36, 0.25, 0.16]);
    }
    if !(0.0..width).contains(&dx) || !(0.0..height).contains(&dy) {
        return None;
    }
    if dx < 0.008 || dy < 0.008 || dx > width - 0.008 || dy > height - 0.008 {
        return Some([0.30, 0.21, 0.14]);
    }
    let ground = [0.97, 0.96, 0.92];
    // SAMPLE, in dots of a hundredth of the height.
    let (column, row) = (((dx - 0.025) / 0.0098).floor(), ((dy - 0.025) / 0.0098).floor());
    if column >= 0.0 && (0.0..7.0).contains(&row) {
        let (letter, bit) = (column as usize / 6, column as usize % 6);
        if bit < 5 && LETTERS.get(letter).is_some_and(|rows| rows[row as usize] >> (4 - bit) & 1 == 1) {
            return Some([0.10, 0.11, 0.14]);
        }
    }
    // Lines that come closer and closer.
    if (0.108..0.145).contains(&dy) && (0.025..0.375).contains(&dx) {
        let t = (dx - 0.025) / 0.35;
        let phase = t * (6.0 + 16.0 * t);
        return Some(if phase - phase.floor() < 0.5 { [0.12, 0.12, 0.14] } else { ground });
    }
    if (0.155..0.195).contains(&dy) && (0.025..0.375).contains(&dx) {
        return Some(PATCHES[(((dx - 0.025) / 0.35 * 9.0) as usize).min(8)]);
    }
    Some(ground)
}

/// Colour and cover.
fn balloon(x: f32, y: f32) -> (Color, f32) {
    let (cx, cy, radius) = (0.62, 0.255, 0.165);
    let (dx, dy) = ((x - cx) / radius, (y - cy) / radius);
    // Narrower towards the basket.
    let narrow = 1.0 - 0.45 * smooth(0.2, 1.35, dy);
    let away = ((dx / narrow).powi(2) + (dy / 1.12).powi(2)).sqrt();
    let cover = 1.0 - smooth(0.985, 1.015, away);
    let basket = x > cx - 0.024 && x < cx + 0.024 && (0.51..0.55).contains(&y);
    let rope = (y > 0.425 && y < 0.51) && ((x - cx).abs() - 0.019 - (0.51 - y) * 0.35).abs() < 0.0022;
    if basket {
        let weave = if (((x + y) * 130.0).floor() as i32) % 2 == 0 { 1.0 } else { 0.8 };
        return (scaled([0.62, 0.42, 0.22], weave), 1.0);
    }
    if rope && cover < 1.0 {
        return ([0.30, 0.22, 0.16], 1.0);
    }
    let around = dx / narrow / (1.0 - (dy / 1.13).powi(2)).max(0.04).sqrt();
    let colors = [[0.84, 0.16, 0.18], [0.97, 0.93, 0.86], [0.95, 0.62, 0.14], [0.13, 0.36, 0.60]];
    // Gores are narrower towards the sides, as on a ball.
    let gore = ((around * (1.0 + 0.35 * around * around)) * 3.2 + 20.5).floor() as usize % 4;
    let light = 0.62 + 0.5 * (1.0 - ((dx + 0.35).powi(2) + (dy + 0.35).powi(2)) / 2.2).max(0.0);
    (scaled(colors[gore], light), cover)
}

fn mask(x: f32, y: f32) -> f32 {
    let away = (((x - 0.62) / 0.42).powi(2) + ((y - 0.36) / 0.36).powi(2)).sqrt();
    1.0 - smooth(0.62, 1.0, away)
}

fn lights(x: f32, y: f32) -> Color {
    let mut color = mix([0.03, 0.04, 0.09], [0.10, 0.06, 0.12], y + 0.3 * noise(x * 2.0, y * 2.0, 20));
    let colors = [[1.0, 0.62, 0.22], [0.95, 0.26, 0.30], [0.28, 0.62, 1.0], [0.99, 0.90, 0.62], [0.42, 0.86, 0.60]];
    for light in 0..26 {
        let of = |what: u32| chance(light, 0, 30 + what);
        let (cx, cy, radius) = (of(0) * 1.6 - 0.05, of(1) * of(1) * 0.6 + 0.22 + of(4) * 0.25, 0.035 + of(2) * 0.085);
        let away = ((x - cx).powi(2) + (y - cy).powi(2)).sqrt() / radius;
        let glow = (1.0 - smooth(0.93, 1.04, away)) * (0.42 + 0.25 * smooth(0.55, 0.98, away));
        let of = colors[(of(3) * 5.0) as usize % 5];
        color = [0, 1, 2].map(|i| 1.0 - (1.0 - color[i]) * (1.0 - of[i] * glow));
    }
    color
}

/// Height of the surface with bumps.
fn relief(x: f32, y: f32) -> f32 {
    let mut height = 0.03 * clouds(x * 6.0, y * 6.0, 40);
    let (column, row) = ((x * 4.0).floor(), (y * 4.0).floor());
    let (dx, dy) = (x * 4.0 - column - 0.5, y * 4.0 - row - 0.5);
    let away = (dx * dx + dy * dy).sqrt();
    match (column as i32 + row as i32) % 2 {
        0 => height += 0.25 * (0.16 - away * away).max(0.0).sqrt(),
        _ => height += 0.06 * (1.0 - smooth(0.30, 0.36, dx.abs().max(dy.abs()))),
    }
    height
}

/// X to the right in red, Y up in green, Z out of the picture in blue.
fn normals(x: f32, y: f32) -> Color {
    let step = 0.004;
    let slope_x = (relief(x + step, y) - relief(x - step, y)) / (2.0 * step);
    let slope_y = (relief(x, y + step) - relief(x, y - step)) / (2.0 * step);
    let (nx, ny) = (-slope_x, slope_y);
    let length = (nx * nx + ny * ny + 1.0).sqrt();
    [nx / length, ny / length, 1.0 / length].map(|part| part * 0.5 + 0.5)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn samples_are_pictures_and_differ() {
        let mut names = BTreeSet::new();
        for sample in Sample::ALL {
            let image = sample.image();
            let view = image.view();
            assert_eq!((view.width(), view.height()), (WIDTH, HEIGHT));
            assert!(view.samples().iter().all(|value| (0.0..=1.0).contains(value)), "{sample:?}");
            let levels: BTreeSet<u8> = view.samples().iter().map(|value| (value * 255.0) as u8).collect();
            assert!(levels.len() > 100, "{sample:?} has {} levels", levels.len());
            assert!(names.insert(sample.name()) && sample.alt().starts_with("Sample"));
        }
    }

    #[test]
    fn cutouts_have_opaque_clear_and_soft_pixels() {
        for sample in [Sample::Cutout, Sample::ClearLights] {
            let image = sample.image();
            let opacities: Vec<f32> = image.view().samples().chunks_exact(4).map(|pixel| pixel[3]).collect();
            let share =
                |is: fn(f32) -> bool| opacities.iter().filter(|a| is(**a)).count() as f64 / opacities.len() as f64;
            assert!(share(|a| a == 0.0) > 0.2, "{sample:?}");
            assert!(share(|a| a > 0.99) > 0.05, "{sample:?}");
            assert!(share(|a| a > 0.01 && a < 0.99) > 0.002, "{sample:?}");
        }
    }

    #[test]
    fn normals_have_length_one() {
        let image = Sample::Normals.image();
        for pixel in image.view().samples().chunks_exact(3) {
            let length: f32 = pixel.iter().map(|part| (part * 2.0 - 1.0).powi(2)).sum();
            // Means over a pixel at an edge are shorter.
            assert!(length < 1.01 && length > 0.2, "{length}");
        }
    }
}
