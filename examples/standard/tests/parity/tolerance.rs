//! How near results have to be, by the class of the recording.

use chainner_sdk::image::Image;

use crate::{arrays::Array, corpus::Tolerance};

/// Whether an image is near enough.
pub(crate) fn image(given: &Array, own: &Image, tolerance: Option<&Tolerance>) -> Result<(), String> {
    let [width, height, channels] = given.size()?;
    let size = [own.width(), own.height(), own.channels()];
    if size != [width, height, channels] {
        return Err(format!("expected {width}×{height} with {channels} channels, got {own}"));
    }
    let (given, own) = (given.samples.as_slice(), own.view().samples());
    match tolerance.map(|tolerance| (tolerance, tolerance.class.as_str())) {
        Some((_, "rng")) => statistics(given, own, channels),
        Some((_, "font")) => coverage(given, own),
        Some((tolerance, class)) => {
            samples(given, own, tolerance)?;
            let mean = mean(given.iter().zip(own).map(|(a, b)| (a - b).abs()));
            // What the class says besides.
            if class == "loose" && mean > 2e-3 { Err(format!("mean difference {mean:e}")) } else { Ok(()) }
        }
        None => Err("the recording gives no tolerance".into()),
    }
}

fn samples(given: &[f32], own: &[f32], tolerance: &Tolerance) -> Result<(), String> {
    let is_bad = |given: f32, own: f32| !near(given.into(), own.into(), tolerance);
    let bad = given.iter().zip(own).filter(|(given, own)| is_bad(**given, **own)).count();
    if bad as f64 <= tolerance.max_bad_frac * given.len() as f64 {
        return Ok(());
    }
    let differences = given.iter().zip(own).map(|(a, b)| (a - b).abs()).enumerate();
    let worst = differences.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index);
    Err(format!(
        "{bad} of {} samples are outside of {} (atol {:e}, {} allowed); the worst, sample {worst}, is {} instead of {}",
        given.len(),
        tolerance.class,
        tolerance.atol,
        (tolerance.max_bad_frac * given.len() as f64) as usize,
        own[worst],
        given[worst]
    ))
}

fn near(given: f64, own: f64, tolerance: &Tolerance) -> bool {
    given == own
        || (given.is_nan() && own.is_nan())
        || (given - own).abs() <= tolerance.atol + tolerance.rtol * given.abs()
}

/// Whether a number is near enough; exactly equal without a tolerance.
pub(crate) fn number(given: f64, own: f64, tolerance: Option<&Tolerance>) -> Result<(), String> {
    let near = match tolerance {
        Some(tolerance) => near(given, own, tolerance),
        None => given == own,
    };
    if near { Ok(()) } else { Err(format!("expected {given}, got {own}")) }
}

/// Whether a component of a colour is; colours are float32 here, and may be one unit in the last place off.
pub(crate) fn component(given: f64, own: f64, tolerance: Option<&Tolerance>) -> Result<(), String> {
    if (given - own).abs() <= f64::from(f32::EPSILON) { Ok(()) } else { number(given, own, tolerance) }
}

/// Random numbers of another generator: mean, spread and deciles of each channel.
fn statistics(given: &[f32], own: &[f32], channels: usize) -> Result<(), String> {
    for channel in 0..channels {
        let of = |samples: &[f32]| samples.iter().skip(channel).step_by(channels).copied().collect::<Vec<f32>>();
        let [mut given, mut own] = [of(given), of(own)];
        let [a, b] = [&given, &own].map(|samples| mean(samples.iter().copied()));
        let spread = |samples: &[f32], mean: f64| {
            (samples.iter().map(|&sample| (f64::from(sample) - mean).powi(2)).sum::<f64>() / samples.len() as f64)
                .sqrt()
        };
        let [spread_a, spread_b] = [spread(&given, a), spread(&own, b)];
        // Of n drawn samples the mean is off by spread / √n; four of these, for either side.
        let noise = 8.0 * spread_a / (given.len() as f64).sqrt() + 1e-4;
        if (a - b).abs() > noise || (spread_a - spread_b).abs() > noise {
            return Err(format!("channel {channel}: mean {b} and spread {spread_b}, expected {a} and {spread_a}"));
        }
        given.sort_by(f32::total_cmp);
        own.sort_by(f32::total_cmp);
        for decile in 1..10 {
            let at = given.len() * decile / 10;
            if f64::from((given[at] - own[at]).abs()) > 3.0 * noise {
                return Err(format!("channel {channel}: decile {decile} is {}, expected {}", own[at], given[at]));
            }
        }
    }
    Ok(())
}

/// Letters of another rasteriser: how much they cover.
fn coverage(given: &[f32], own: &[f32]) -> Result<(), String> {
    let [a, b] = [given, own].map(|samples| mean(samples.iter().copied()));
    if (a - b).abs() <= 0.05 * a.abs() { Ok(()) } else { Err(format!("mean {b}, expected {a} within 5 %")) }
}

fn mean(samples: impl ExactSizeIterator<Item = f32>) -> f64 {
    let count = samples.len().max(1) as f64;
    samples.map(f64::from).sum::<f64>() / count
}
