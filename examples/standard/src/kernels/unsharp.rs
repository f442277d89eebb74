//! What differs from a blurred copy, made stronger or shown by itself.
//!
//! Unsharp masking in the darkroom: J. A. C. Yule, *Unsharp masks and a new method of increasing definition in prints*, Photographic
//! Journal 84 (1944).

use multiversion::multiversion;

/// Replaces a blurred row by the sharpened one: the row plus `amount` times the difference, off which `threshold` is taken.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn sharpen(row: &[f32], blurred: &mut [f32], amount: f32, threshold: f32) {
    for (blurred, &sample) in blurred.iter_mut().zip(row) {
        let difference = sample - *blurred;
        let beyond = (difference.abs() - threshold).max(0.0).copysign(difference);
        *blurred = sample + amount * beyond;
    }
}

/// Replaces a blurred row by its difference from the row, times `contrast`, around middle grey.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn high_pass(row: &[f32], blurred: &mut [f32], contrast: f32) {
    for (blurred, &sample) in blurred.iter_mut().zip(row) {
        *blurred = contrast * (sample - *blurred) + 0.5;
    }
}

/// Replaces a narrowly blurred row by what it has more than a widely blurred one, times `amount`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub fn difference(wide: &[f32], narrow: &mut [f32], amount: f32) {
    for (narrow, &wide) in narrow.iter_mut().zip(wide) {
        *narrow = (*narrow - wide) * amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_up_to_the_threshold_do_not_count() {
        let row: Vec<f32> = (0..100).map(|i| i as f32 / 100.0).collect();
        let mut sharpened = vec![0.5; 100];
        sharpen(&row, &mut sharpened, 2.0, 0.1);
        for (to, from) in sharpened.iter().zip(&row) {
            let difference = from - 0.5;
            let expected = from + 2.0 * (difference - difference.clamp(-0.1, 0.1));
            assert!((to - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn what_is_not_blurred_away_is_shown_around_grey() {
        let row: Vec<f32> = (0..100).map(|i| i as f32 / 100.0).collect();
        let mut shown = row.iter().map(|sample| sample - 0.1).collect::<Vec<_>>();
        let mut more = shown.clone();
        high_pass(&row, &mut shown, 3.0);
        assert!(shown.iter().all(|sample| (sample - 0.8).abs() < 1e-6));
        difference(&row, &mut more, -2.0);
        assert!(more.iter().all(|sample| (sample - 0.2).abs() < 1e-6));
    }
}
