//! The smallest blur.

/// Means of three neighbours in a row of pixels with this many samples each; the ends count twice.
pub fn row(from: &[f32], to: &mut [f32], channels: usize) {
    let last = from.len() / channels;
    for x in 0..last {
        let (left, right) = (x.saturating_sub(1), (x + 1).min(last - 1));
        for channel in 0..channels {
            let at = |x: usize| from[x * channels + channel];
            to[x * channels + channel] = (at(left) + at(x) + at(right)) / 3.0;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn neighbours_are_averaged_channel_by_channel() {
        let mut to = [0.0; 6];
        super::row(&[0.0, 1.0, 3.0, 1.0, 6.0, 1.0], &mut to, 2);
        assert_eq!(to, [1.0, 1.0, 3.0, 1.0, 5.0, 1.0]);
    }
}
