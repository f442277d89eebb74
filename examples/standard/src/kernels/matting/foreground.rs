//! The colour of what is in front, where what is behind shines through: T. Germer, T. Uelwer, S. Conrad, S. Harmeling, *Fast Multi-Level
//! Foreground Estimation* (ICPR 2020).
//!
//! Foreground and background are such that they mix to the image, and change as little as possible where opacity does not. The equation
//! is solved pixel after pixel, from small images to the large one.

use chainner_sdk::prelude::*;

/// Weight of smoothness where opacity is the same.
const REGULARIZATION: f32 = 1e-5;
/// Up to this side an image is small.
const SMALL: usize = 32;
/// Rounds over a small and a large image.
const ROUNDS: [usize; 2] = [10, 2];

/// Foreground and background of a pixel; the fourth number is nothing, so that a colour is a vector.
type Layers = [[f32; 4]; 2];

/// The foreground colours of an image of three channels with the given opacity, which is of the same size.
///
/// # Panics
/// When the image does not have three channels, or opacity has another size.
pub fn estimate(image: ImageView<'_>, alpha: &[f32]) -> Image {
    let (width, height) = (image.width(), image.height());
    assert_eq!(image.channels(), 3, "the caller asks for the channels first");
    assert_eq!(alpha.len(), width * height, "an opacity for each pixel");
    if alpha.is_empty() {
        return image.to_image();
    }
    let levels = (width.max(height) as f64).log2().ceil() as u32;
    let colors = image.samples().as_chunks::<3>().0;
    let mean = |of: &dyn Fn(f32) -> bool| {
        let (mut sum, mut count) = ([0.0_f64; 3], 0.0);
        for (color, _) in colors.iter().zip(alpha).filter(|(_, alpha)| of(**alpha)) {
            sum.iter_mut().zip(color).for_each(|(sum, sample)| *sum += f64::from(*sample));
            count += 1.0;
        }
        let [b, g, r] = sum.map(|sum| if count > 0.0 { (sum / count) as f32 } else { 0.0 });
        [b, g, r, 0.0]
    };
    let mut layers = vec![[mean(&|alpha| alpha > 0.9), mean(&|alpha| alpha < 0.1)]];
    let mut size = [1, 1];
    for level in 0..=levels {
        let share = if levels == 0 { 1.0 } else { f64::from(level) / f64::from(levels) };
        let next = [width, height].map(|side| (side as f64).powf(share).round_ties_even() as usize);
        let places = |from: [usize; 2]| {
            let [columns, rows] = [0, 1].map(|axis| nearest(from[axis], next[axis]));
            rows.into_iter().flat_map(move |y| columns.clone().into_iter().map(move |x| y * from[0] + x))
        };
        let from = places([width, height]);
        let pixels: Vec<[f32; 4]> = from.map(|i| [colors[i][0], colors[i][1], colors[i][2], alpha[i]]).collect();
        layers = places(size).map(|i| layers[i]).collect();
        size = next;
        let rounds = ROUNDS[usize::from(size[0] > SMALL || size[1] > SMALL)];
        (0..rounds).for_each(|_| relax(&pixels, &mut layers, size));
    }
    Image::from_rows(width, height, 3, |y, to| {
        for (to, [front, _]) in to.as_chunks_mut::<3>().0.iter_mut().zip(&layers[y * width..]) {
            *to = [front[0], front[1], front[2]];
        }
    })
}

/// For each of `to` places the nearest of `from`.
fn nearest(from: usize, to: usize) -> Vec<usize> {
    (0..to).map(|i| i * from / to).collect()
}

/// One round over all pixels (colour and opacity), in order: each sees what those before it have become.
fn relax(pixels: &[[f32; 4]], layers: &mut [Layers], [width, height]: [usize; 2]) {
    for y in 0..height {
        let rows = [y.saturating_sub(1), (y + 1).min(height - 1)];
        for x in 0..width {
            let at = y * width + x;
            let around = [
                y * width + x.saturating_sub(1),
                y * width + (x + 1).min(width - 1),
                rows[0] * width + x,
                rows[1] * width + x,
            ];
            let [b, g, r, alpha] = pixels[at];
            let shares = [alpha, 1.0 - alpha];
            let mut diagonal = [shares[0] * shares[0], shares[1] * shares[1]];
            let mixed = shares[0] * shares[1];
            let [mut front, mut back] = shares.map(|share| [b * share, g * share, r * share, 0.0]);
            for i in around {
                let weight = REGULARIZATION + (alpha - pixels[i][3]).abs();
                diagonal[0] += weight;
                diagonal[1] += weight;
                let [front_there, back_there] = &layers[i];
                for c in 0..4 {
                    front[c] += weight * front_there[c];
                    back[c] += weight * back_there[c];
                }
            }
            let scale = 1.0 / (diagonal[0] * diagonal[1] - mixed * mixed);
            let [to_front, to_back] = &mut layers[at];
            for c in 0..4 {
                to_front[c] = super::super::unit(scale * (diagonal[1] * front[c] - mixed * back[c]));
                to_back[c] = super::super::unit(scale * (diagonal[0] * back[c] - mixed * front[c]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soft_edge_takes_the_colour_of_what_is_in_front() {
        let [front, back] = [[0.9, 0.2, 0.1], [0.1, 0.8, 0.2]];
        let alpha_at = |x: usize| ((x as f32 - 20.0) / 8.0).clamp(0.0, 1.0);
        let image = Image::from_rows(48, 40, 3, |_, row| {
            for (x, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let alpha = alpha_at(x);
                *pixel = std::array::from_fn(|c| front[c] * alpha + back[c] * (1.0 - alpha));
            }
        });
        let alpha: Vec<f32> = (0..48 * 40).map(|i| alpha_at(i % 48)).collect();
        let found = estimate(image.view(), &alpha);
        for x in 22..48 {
            for (found, front) in found.view().pixel(x, 20).iter().zip(front) {
                assert!((found - front).abs() < 0.02, "{x}: {:?}", found);
            }
        }
    }

    #[test]
    fn images_of_any_size_have_a_foreground() {
        for (width, height) in [(1, 1), (1, 5), (33, 2), (0, 3)] {
            let image = Image::from_rows(width, height, 3, |_, row| row.fill(0.25));
            let found = estimate(image.view(), &vec![1.0; width * height]);
            assert!(found.view().samples().iter().all(|sample| (sample - 0.25).abs() < 1e-4));
        }
    }
}
