//! Few colours for many.

pub mod distinct;
pub mod k_means;
pub mod median_cut;

/// A colour of `N` samples.
pub type Sample<const N: usize> = [f32; N];

/// The mean of colours; 0 for none.
fn mean<const N: usize>(colors: &[Sample<N>]) -> Sample<N> {
    let mut sums = [0.0_f64; N];
    for color in colors {
        sums.iter_mut().zip(color).for_each(|(sum, sample)| *sum += f64::from(*sample));
    }
    sums.map(|sum| (sum / colors.len().max(1) as f64) as f32)
}
