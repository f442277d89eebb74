//! One layer over another.
//!
//! Layers are composed as in *Compositing and Blending Level 1* (W3C), source-over with blending, of colours that are not multiplied by
//! their opacity. Most formulas are of that recommendation too; soft light is Photoshop's, reflect, glow and negation are J. Gruschel's
//! *Blend Modes* (2006).

use chainner_sdk::prelude::*;
use multiversion::multiversion;

/// How the colours of two layers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the formulas are in `Mode::apply`")]
pub enum Mode {
    Normal,
    Multiply,
    Darken,
    Lighten,
    Add,
    ColorBurn,
    ColorDodge,
    Reflect,
    Glow,
    Overlay,
    Difference,
    Negation,
    Screen,
    Xor,
    Subtract,
    Divide,
    Exclusion,
    SoftLight,
    HardLight,
    VividLight,
    LinearLight,
    PinLight,
    LinearBurn,
}

/// Divisors are not below this.
const SMALLEST_DIVISOR: f32 = 1e-4;

/// What two samples give, `base` below and `over` above. Some results lie outside 0..1, and are composed so.
#[inline(always)]
fn normal(_base: f32, over: f32) -> f32 {
    over
}

#[inline(always)]
fn color_burn(base: f32, over: f32) -> f32 {
    if over == 0.0 { 0.0 } else { (1.0 - (1.0 - base) / over).max(0.0) }
}

#[inline(always)]
fn color_dodge(base: f32, over: f32) -> f32 {
    if over == 1.0 { 1.0 } else { (base / (1.0 - over)).min(1.0) }
}

#[inline(always)]
fn reflect(base: f32, over: f32) -> f32 {
    if over == 1.0 { 1.0 } else { (base * base / (1.0 - over)).min(1.0) }
}

#[inline(always)]
fn overlay(base: f32, over: f32) -> f32 {
    if base < 0.5 { 2.0 * base * over } else { 1.0 - 2.0 * (1.0 - base) * (1.0 - over) }
}

#[inline(always)]
fn soft_light(base: f32, over: f32) -> f32 {
    let lean = 2.0 * over - 1.0;
    base + lean * if over <= 0.5 { base - base * base } else { base.sqrt() - base }
}

#[inline(always)]
fn vivid_light(base: f32, over: f32) -> f32 {
    if over < 0.5 { color_burn(base, 2.0 * over) } else { color_dodge(base, 2.0 * over - 1.0) }
}

#[inline(always)]
fn pin_light(base: f32, over: f32) -> f32 {
    if over < 0.5 { base.min(2.0 * over) } else { base.max(2.0 * over - 1.0) }
}

#[inline(always)]
fn xor(base: f32, over: f32) -> f32 {
    /// Adding it rounds to whole numbers, halves to even ones, which stand in the lowest bits.
    const WHOLE: f32 = (1 << 23) as f32;
    let byte = |sample: f32| (sample * 255.0 + WHOLE).to_bits() & 255;
    (byte(base) ^ byte(over)) as f32 / 255.0
}

/// Calls `$run!(formula)` with the formula of `$mode`.
macro_rules! with_formula {
    ($mode:expr, $run:expr) => {
        match $mode {
            Mode::Normal => $run(normal),
            Mode::Multiply => $run(|base: f32, over: f32| base * over),
            Mode::Darken => $run(|base: f32, over: f32| base.min(over)),
            Mode::Lighten => $run(|base: f32, over: f32| base.max(over)),
            Mode::Add => $run(|base: f32, over: f32| base + over),
            Mode::ColorBurn => $run(color_burn),
            Mode::ColorDodge => $run(color_dodge),
            Mode::Reflect => $run(reflect),
            Mode::Glow => $run(|base: f32, over: f32| reflect(over, base)),
            Mode::Overlay => $run(overlay),
            Mode::Difference => $run(|base: f32, over: f32| (base - over).abs()),
            Mode::Negation => $run(|base: f32, over: f32| 1.0 - (1.0 - base - over).abs()),
            Mode::Screen => $run(|base: f32, over: f32| base + over - base * over),
            Mode::Xor => $run(xor),
            Mode::Subtract => $run(|base: f32, over: f32| base - over),
            Mode::Divide => $run(|base: f32, over: f32| base / over.max(SMALLEST_DIVISOR)),
            Mode::Exclusion => $run(|base: f32, over: f32| base + over - 2.0 * base * over),
            Mode::SoftLight => $run(soft_light),
            Mode::HardLight => $run(|base: f32, over: f32| overlay(over, base)),
            Mode::VividLight => $run(vivid_light),
            Mode::LinearLight => $run(|base: f32, over: f32| base + 2.0 * over - 1.0),
            Mode::PinLight => $run(pin_light),
            Mode::LinearBurn => $run(|base: f32, over: f32| base + over - 1.0),
        }
    };
}

/// Lays `over` on `base`, samples of the same pixels without opacity, into `to`.
pub fn opaque(mode: Mode, base: &[f32], over: &[f32], to: &mut [f32]) {
    with_formula!(mode, |formula| opaque_by(formula, base, over, to))
}

/// Lays `over` on `base`, both pixels of four samples, into `to`.
pub fn with_opacity(mode: Mode, base: &[f32], over: &[f32], to: &mut [f32]) {
    with_formula!(mode, |formula| with_opacity_by(formula, base, over, to))
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn opaque_by<F: Fn(f32, f32) -> f32 + Copy>(f: F, base: &[f32], over: &[f32], to: &mut [f32]) {
    for ((to, base), over) in to.iter_mut().zip(base).zip(over) {
        *to = f(*base, *over);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
fn with_opacity_by<F: Fn(f32, f32) -> f32 + Copy>(f: F, base: &[f32], over: &[f32], to: &mut [f32]) {
    let layers = base.as_chunks::<4>().0.iter().zip(over.as_chunks::<4>().0);
    for (to, (base, over)) in to.as_chunks_mut::<4>().0.iter_mut().zip(layers) {
        let both = base[3] * over[3];
        let opacity = base[3] + over[3] - both;
        let share = if opacity == 0.0 { 0.0 } else { 1.0 / opacity };
        let (base_share, over_share) = (base[3] - both, over[3] - both);
        for i in 0..3 {
            to[i] = (base_share * base[i] + over_share * over[i] + both * f(base[i], over[i])) * share;
        }
        to[3] = opacity;
    }
}

/// Something to be laid on or under something else.
#[derive(Debug, Clone, Copy)]
pub enum Layer<'a> {
    /// One colour everywhere.
    Color(Bgra, usize),
    /// A picture, and where its left upper corner is.
    Picture(ImageView<'a>, [isize; 2]),
}

impl Layer<'_> {
    /// 1, 3 or 4.
    pub fn channels(&self) -> usize {
        match self {
            Self::Color(_, channels) => *channels,
            Self::Picture(image, _) => image.channels(),
        }
    }

    /// The columns of 0..`width` that the layer covers in a row.
    fn columns(&self, y: usize, width: usize) -> std::ops::Range<usize> {
        match self {
            Self::Color(..) => 0..width,
            Self::Picture(image, [left, top]) => {
                let row = y as isize - top;
                if row < 0 || row >= image.height() as isize {
                    return 0..0;
                }
                let [start, end] = [*left, left + image.width() as isize].map(|x| x.clamp(0, width as isize) as usize);
                start..end.max(start)
            }
        }
    }

    /// The pixels of columns that the layer covers, with `channels` samples each, of which there may not be fewer than the layer has.
    fn pixels<'b>(
        &'b self,
        y: usize,
        columns: std::ops::Range<usize>,
        channels: usize,
        memory: &'b mut Vec<f32>,
    ) -> &'b [f32] {
        memory.clear();
        if columns.is_empty() {
            return memory;
        }
        match self {
            Self::Color(color, own) => {
                let pixel = [color.b, color.g, color.r, color.a];
                let gray = [color.g];
                let pixel = if *own == 1 && channels == 1 { &gray[..] } else { &pixel[..channels] };
                columns.for_each(|_| memory.extend(pixel));
            }
            Self::Picture(image, [left, top]) => {
                let own = image.channels();
                let row = image.row((y as isize - top) as usize);
                let [start, end] = [columns.start, columns.end].map(|x| (x as isize - left) as usize * own);
                let row = &row[start..end];
                if own == channels {
                    return row;
                }
                memory.resize(columns.len() * channels, 0.0);
                super::channels::widen(row, own, memory, channels);
            }
        }
        memory
    }
}

/// Composes two layers on a canvas of `size` (width, height).
///
/// The result has as many channels as the layer with more of them, and opacity where the base leaves some of the canvas free.
pub fn compose(mode: Mode, base: Layer<'_>, over: Layer<'_>, [width, height]: [usize; 2]) -> Image {
    let covered = |y: usize| base.columns(y, width) == (0..width);
    let fits = covered(0) && covered(height - 1);
    let channels = if fits { base.channels().max(over.channels()) } else { 4 };
    Image::from_rows(width, height, channels, |y, to| {
        let (below, above) = (base.columns(y, width), over.columns(y, width));
        let (mut base_memory, mut over_memory) = (Vec::new(), Vec::new());
        let at = |columns: &std::ops::Range<usize>| columns.start * channels..columns.end * channels;
        if below.len() < width {
            to.fill(0.0);
        }
        if below.start < above.start || above.end < below.end || above.is_empty() {
            to[at(&below)].copy_from_slice(base.pixels(y, below.clone(), channels, &mut base_memory));
        }
        let both = below.start.max(above.start)..below.end.min(above.end);
        if both.len() < above.len() {
            // Laid on nothing, what cannot be seen has no colour either.
            let to = &mut to[at(&above)];
            to.copy_from_slice(over.pixels(y, above.clone(), channels, &mut over_memory));
            to.as_chunks_mut::<4>().0.iter_mut().filter(|pixel| pixel[3] == 0.0).for_each(|pixel| *pixel = [0.0; 4]);
        }
        if both.is_empty() {
            return;
        }
        let base = base.pixels(y, both.clone(), channels, &mut base_memory);
        let over = over.pixels(y, both.clone(), channels, &mut over_memory);
        let blend = if channels == 4 { with_opacity } else { opaque };
        blend(mode, base, over, &mut to[at(&both)]);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MODES: [Mode; 23] = [
        Mode::Normal,
        Mode::Multiply,
        Mode::Darken,
        Mode::Lighten,
        Mode::Add,
        Mode::ColorBurn,
        Mode::ColorDodge,
        Mode::Reflect,
        Mode::Glow,
        Mode::Overlay,
        Mode::Difference,
        Mode::Negation,
        Mode::Screen,
        Mode::Xor,
        Mode::Subtract,
        Mode::Divide,
        Mode::Exclusion,
        Mode::SoftLight,
        Mode::HardLight,
        Mode::VividLight,
        Mode::LinearLight,
        Mode::PinLight,
        Mode::LinearBurn,
    ];

    /// What one pixel gives, after the recommendation, in double precision.
    fn plain(mode: Mode, base: [f32; 4], over: [f32; 4]) -> [f64; 4] {
        let [b, o] = [base, over].map(|pixel| pixel.map(f64::from));
        let opacity = o[3] + b[3] * (1.0 - o[3]);
        let color = |i: usize| {
            let blended = f64::from(with_formula!(mode, |f| call(f, base[i], over[i])));
            let mixed = (1.0 - b[3]) * o[i] + b[3] * blended;
            (o[3] * mixed + (1.0 - o[3]) * b[3] * b[i]) / opacity
        };
        if opacity == 0.0 { [0.0; 4] } else { [color(0), color(1), color(2), opacity] }
    }

    fn call(f: impl Fn(f32, f32) -> f32, base: f32, over: f32) -> f32 {
        f(base, over)
    }

    proptest! {
        #[test]
        fn pixels_follow_the_recommendation(mode in 0..MODES.len(), samples in prop::collection::vec(0..=20_u8, 8)) {
            let samples: Vec<f32> = samples.into_iter().map(|sample| f32::from(sample) / 20.0).collect();
            let [base, over] = [&samples[..4], &samples[4..]].map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]);
            let mut to = [9.0; 4];
            with_opacity(MODES[mode], &base, &over, &mut to);
            for (to, plain) in to.into_iter().zip(plain(MODES[mode], base, over)) {
                // Quotients by the smallest divisor are large.
                prop_assert!((f64::from(to) - plain).abs() <= 2e-6 * plain.abs().max(1.0), "{to} {plain}");
            }
            let mut opaque_to = [9.0; 3];
            opaque(MODES[mode], &base[..3], &over[..3], &mut opaque_to);
            let both = [base, over].map(|[b, g, r, _]: [f32; 4]| [b, g, r, 1.0]);
            for (to, plain) in opaque_to.into_iter().zip(plain(MODES[mode], both[0], both[1])) {
                prop_assert!((f64::from(to) - plain).abs() <= 2e-6 * plain.abs().max(1.0));
            }
        }

        #[test]
        fn layers_lie_where_they_were_put(
            (left, top) in (-6..9_isize, -6..9_isize), (wide, high) in (1..8_usize, 1..8_usize), over_channels in 0..3_usize, base_channels in 0..3_usize,
        ) {
            let channels = |i: usize| [1, 3, 4][i];
            let base = Image::from_rows(5, 4, channels(base_channels), |_, row| row.fill(0.25));
            let over = Image::from_rows(wide, high, channels(over_channels), |_, row| row.fill(0.75));
            let corner = [left.min(0).unsigned_abs(), top.min(0).unsigned_abs()];
            let base_at = corner.map(|place| place as isize);
            let over_at = [left + base_at[0], top + base_at[1]];
            let size = [
                (corner[0] + 5).max((over_at[0] + wide as isize) as usize),
                (corner[1] + 4).max((over_at[1] + high as isize) as usize),
            ];
            let to = compose(
                Mode::Normal, Layer::Picture(base.view(), base_at), Layer::Picture(over.view(), over_at), size,
            );
            let expected = if size == [5, 4] { base.channels().max(over.channels()) } else { 4 };
            prop_assert_eq!(to.channels(), expected);
            for y in 0..size[1] {
                for x in 0..size[0] {
                    let inside = |[at_x, at_y]: [isize; 2], wide: usize, high: usize| {
                        (at_x..at_x + wide as isize).contains(&(x as isize)) && (at_y..at_y + high as isize).contains(&(y as isize))
                    };
                    let alone = |channels: usize, sample: f32| if channels == 4 { [sample; 4] } else { [sample, sample, sample, 1.0] };
                    let below = if inside(base_at, 5, 4) { alone(base.channels(), 0.25) } else { [0.0; 4] };
                    let above = if inside(over_at, wide, high) { alone(over.channels(), 0.75) } else { [0.0; 4] };
                    let all = plain(Mode::Normal, below, above);
                    for (to, plain) in to.view().pixel(x, y).iter().zip(all) {
                        prop_assert!((f64::from(*to) - plain).abs() < 1e-6);
                    }
                }
            }
        }
    }
}
