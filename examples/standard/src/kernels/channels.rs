//! The same colours with more channels.

/// Writes pixels of `channels` samples as pixels of `to_channels`: grey becomes a colour, what had no opacity is opaque.
///
/// # Panics
/// When there is no such way: to fewer channels, or between numbers of channels that are not 1, 3 or 4.
pub fn widen(pixels: &[f32], channels: usize, to: &mut [f32], to_channels: usize) {
    match (channels, to_channels) {
        (1, 3) => to.as_chunks_mut::<3>().0.iter_mut().zip(pixels).for_each(|(to, &gray)| *to = [gray; 3]),
        (1, 4) => {
            to.as_chunks_mut::<4>().0.iter_mut().zip(pixels).for_each(|(to, &gray)| *to = [gray, gray, gray, 1.0]);
        }
        (3, 4) => {
            let pixels = pixels.as_chunks::<3>().0;
            to.as_chunks_mut::<4>().0.iter_mut().zip(pixels).for_each(|(to, &[b, g, r])| *to = [b, g, r, 1.0]);
        }
        _ if channels == to_channels => to.copy_from_slice(pixels),
        _ => panic!("there is no way from {channels} channels to {to_channels}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn gray_becomes_a_colour_and_colours_become_opaque() {
        let widen = |pixels: &[f32], channels, to_channels| {
            let mut to = vec![9.0; pixels.len() / channels * to_channels];
            super::widen(pixels, channels, &mut to, to_channels);
            to
        };
        assert_eq!(widen(&[0.25, 0.5], 1, 3), [0.25, 0.25, 0.25, 0.5, 0.5, 0.5]);
        assert_eq!(widen(&[0.25], 1, 4), [0.25, 0.25, 0.25, 1.0]);
        assert_eq!(widen(&[0.25, 0.5, 0.75], 3, 4), [0.25, 0.5, 0.75, 1.0]);
        assert_eq!(widen(&[0.25, 0.5], 2, 2), [0.25, 0.5]);
    }
}
