//! Traces that mistakes leave in images.

use chainner_sdk::image::ImageView;

use super::outcome::Stretch;

/// Fewer different values are what posterising, masks and flat colours give.
const MANY_VALUES: usize = 33;
/// Fewer samples say nothing about a line through them.
const ENOUGH: usize = 16;

/// Whether many different values are all multiples of 1/255.
pub(super) fn is_eight_bit(image: ImageView<'_>) -> bool {
    let level = |sample: f32| (sample * 255.0).round();
    let mut seen = [false; 256];
    for &sample in image.samples() {
        if (sample * 255.0 - level(sample)).abs() >= 1e-3 {
            return false;
        }
        seen[level(sample).clamp(0.0, 255.0) as usize] = true;
    }
    seen.iter().filter(|seen| **seen).count() >= MANY_VALUES
}

/// The line by which the opacity of an image follows that of another of the same size, if it does and the other's varies.
pub(super) fn stretch(input: ImageView<'_>, output: ImageView<'_>) -> Option<Stretch> {
    let same_size = (input.width(), input.height()) == (output.width(), output.height());
    if !same_size || input.channels() != 4 || output.channels() != 4 {
        return None;
    }
    let alpha =
        |image: ImageView<'_>| image.samples().chunks_exact(4).map(|pixel| f64::from(pixel[3])).collect::<Vec<_>>();
    let pairs: Vec<(f64, f64)> =
        alpha(input).into_iter().zip(alpha(output)).filter(|(_, out)| (0.001..0.999).contains(out)).collect();
    if pairs.len() < ENOUGH {
        return None;
    }
    // Least squares.
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (mean_in, mean_out) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let variance: f64 = pairs.iter().map(|(x, _)| (x - mean_in).powi(2)).sum();
    if variance < 1e-3 {
        return None;
    }
    let gain = pairs.iter().map(|(x, y)| (x - mean_in) * (y - mean_out)).sum::<f64>() / variance;
    let offset = mean_out - gain * mean_in;
    let is_line = pairs.iter().all(|(x, y)| (gain * x + offset - y).abs() < 1e-3);
    is_line.then_some(Stretch { gain: gain as f32, offset: offset as f32 })
}

#[cfg(test)]
mod tests {
    use super::{
        super::recipe::{Pattern, Recipe},
        *,
    };

    #[test]
    fn eight_bits_are_seen_and_fine_values_are_not() {
        let fine = Recipe { width: 24, height: 16, channels: 3, pattern: Pattern::Noise }.image();
        assert!(!is_eight_bit(fine.view()));
        let coarse = fine.view().map_colors(|_, _, sample| (sample * 255.0).floor() / 255.0);
        assert!(is_eight_bit(coarse.view()));
        let posterised = fine.view().map_colors(|_, _, sample| (sample * 5.0).floor() / 5.0);
        assert!(!is_eight_bit(posterised.view()));
    }

    #[test]
    fn a_stretched_opacity_is_a_line_with_its_gain() {
        let veil = Recipe { width: 24, height: 16, channels: 4, pattern: Pattern::Veil }.image();
        let changed = |f: fn(f32) -> f32| {
            let mut image = veil.clone();
            image.samples_mut().chunks_exact_mut(4).for_each(|pixel| pixel[3] = f(pixel[3]));
            stretch(veil.view(), image.view())
        };
        let gain = changed(|alpha| ((alpha - 0.25) * 2.0).clamp(0.0, 1.0)).expect("a line").gain;
        assert!((gain - 2.0).abs() < 1e-3, "{gain}");
        assert!((changed(|alpha| alpha).expect("a line").gain - 1.0).abs() < 1e-3);
        assert_eq!(changed(|alpha| alpha * alpha), None);
        assert_eq!(changed(|_| 1.0), None);
    }
}
