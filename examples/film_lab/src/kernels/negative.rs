//! Turning scans of colour negatives into positives.
//!
//! A negative is denser where there was more light: by Hurter and Driffield (*Photochemical investigations*, 1890) its density, the
//! logarithm of what it holds back, grows with the logarithm of the light, by a slope called gamma. The light is therefore the
//! density over gamma, taken back out of the logarithm. What the unexposed film holds back, the orange mask of its base, is
//! divided out first.

use chainner_sdk::image::{Bgr, ImageView, Pixels};

use super::srgb::Srgb;

/// Levels of the histograms that find the base and the white point.
const LEVELS: usize = 4096;

/// Share of the pixels that may be lighter than the base or than white: dust and the holes of the perforation.
const OUTLIERS: f32 = 0.005;

/// Transmitted light below which nothing is told apart.
const DARKEST: f32 = 1e-4;

/// The lightest colour of a scan, in samples: that of the film where no light had fallen on it.
pub fn base(scan: ImageView<'_>) -> Bgr {
    let mut histograms = Histograms::default();
    each_color(scan, |color| histograms.count(color));
    histograms.lightest()
}

/// A film, by the base that its density is counted from, and its gamma.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Film {
    base: Bgr,
    gamma: f32,
    /// What white is scaled by, for each colour.
    scale: Bgr,
}

impl Film {
    /// The film of a scan; the lightest parts of the picture become white: with `balance` in each colour, else in the one that got
    /// most light.
    pub fn new(scan: ImageView<'_>, base: Bgr, gamma: f32, balance: bool) -> Self {
        let base = Srgb::tables().decode_color(base).map(|light| light.max(DARKEST));
        let film = Self { base, gamma, scale: Bgr { b: 1.0, g: 1.0, r: 1.0 } };
        // Light is unbounded, but its reciprocal is 0..1 and can be counted: the least of it is white.
        let mut histograms = Histograms::default();
        each_color(scan, |color| histograms.count(film.light(color).map(|light| 1.0 - light.recip())));
        let mut white = histograms.lightest();
        if !balance {
            let lightest = white.b.max(white.g).max(white.r);
            white = Bgr { b: lightest, g: lightest, r: lightest };
        }
        Self { scale: white.map(|v| 1.0 / (1.0 / (1.0 - v).max(DARKEST) - 1.0).max(DARKEST)), ..film }
    }

    /// Density between the base and what becomes white, in the green layer, which the eye sees most of.
    pub fn density_range(&self) -> f32 {
        self.gamma * (1.0 + self.scale.g.recip()).log10()
    }

    /// The positive of a colour of the scan, both in samples.
    pub fn positive(&self, color: Bgr) -> Bgr {
        let light = self.light(color);
        let scaled = Bgr {
            b: (light.b - 1.0) * self.scale.b,
            g: (light.g - 1.0) * self.scale.g,
            r: (light.r - 1.0) * self.scale.r,
        };
        Srgb::tables().encode_color(scaled)
    }

    /// The light that had fallen on the film, 1 for none: `10^(density / gamma)`.
    fn light(&self, color: Bgr) -> Bgr {
        let through = Srgb::tables().decode_color(color);
        let light = |base: f32, through: f32| (base / through.max(DARKEST)).max(1.0).powf(1.0 / self.gamma);
        Bgr { b: light(self.base.b, through.b), g: light(self.base.g, through.g), r: light(self.base.r, through.r) }
    }
}

/// How often each level occurs, for each colour.
struct Histograms {
    counts: [Vec<u32>; 3],
    total: u32,
}

impl Default for Histograms {
    fn default() -> Self {
        Self { counts: std::array::from_fn(|_| vec![0; LEVELS]), total: 0 }
    }
}

impl Histograms {
    fn count(&mut self, Bgr { b, g, r }: Bgr) {
        for (counts, value) in self.counts.iter_mut().zip([b, g, r]) {
            counts[((value * (LEVELS - 1) as f32) as usize).min(LEVELS - 1)] += 1;
        }
        self.total += 1;
    }

    /// For each colour the level with only outliers above it.
    fn lightest(&self) -> Bgr {
        let outliers = (self.total as f32 * OUTLIERS) as u32;
        let [b, g, r] = self.counts.each_ref().map(|counts| {
            let mut above = 0;
            let level = counts.iter().rposition(|&count| {
                above += count;
                above > outliers
            });
            level.unwrap_or(0) as f32 / (LEVELS - 1) as f32
        });
        Bgr { b, g, r }
    }
}

/// Visits at most about a million pixels, evenly spread: enough for a percentile.
fn each_color(scan: ImageView<'_>, mut visit: impl FnMut(Bgr)) {
    let step = (scan.width() * scan.height()).div_ceil(1 << 20).max(1);
    match scan.pixels() {
        Pixels::Bgr(pixels) => pixels.iter().step_by(step).for_each(|&pixel| visit(pixel)),
        Pixels::Bgra(pixels) => pixels.iter().step_by(step).for_each(|pixel| visit(pixel.bgr())),
        Pixels::Gray(pixels) => {
            pixels.iter().step_by(step).for_each(|&pixel| visit(Bgr { b: pixel.value, g: pixel.value, r: pixel.value }))
        }
        Pixels::Other(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chainner_sdk::image::Image;

    const BASE: Bgr = Bgr { b: 0.45, g: 0.62, r: 0.9 };

    /// A grey wedge of linear light from 0 to 1, on film.
    fn wedge(gamma: f32) -> Image {
        let srgb = Srgb::tables();
        let base = srgb.decode_color(BASE);
        Image::from_pixels(256, 8, |x, _| {
            let light = 1.0 + 9.0 * x as f32 / 255.0;
            srgb.encode_color(base.map(|base| base * light.powf(-gamma)))
        })
    }

    #[test]
    fn the_base_is_the_lightest_colour() {
        let found = base(wedge(0.6).view());
        assert!((found.b - BASE.b).abs() < 0.02 && (found.g - BASE.g).abs() < 0.02 && (found.r - BASE.r).abs() < 0.02);
    }

    #[test]
    fn a_grey_wedge_comes_back_grey_and_in_order() {
        let scan = wedge(0.6);
        let film = Film::new(scan.view(), BASE, 0.6, true);
        let pixels = scan.view().as_pixels::<Bgr>().expect("three channels");
        let mut last = -1.0;
        for (x, &pixel) in pixels[..256].iter().enumerate() {
            let positive = film.positive(pixel);
            assert!(positive.g >= last && (positive.b - positive.r).abs() < 0.02, "{x}: {positive:?}");
            last = positive.g;
        }
        assert!((film.density_range() - 0.6).abs() < 0.02, "{}", film.density_range());
        assert!(last > 0.98 && film.positive(pixels[0]).g < 0.02);
    }
}
