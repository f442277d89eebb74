//! Colours that grow into what is transparent, pixel by pixel: each is the mean of those of its four neighbours that have one. A flood in
//! layers (breadth first: E. F. Moore, *The Shortest Path Through a Maze*, 1959), so that each pixel is looked at once.

use chainner_sdk::prelude::*;

/// The colours of an image of four channels, filled; all black if there are none.
///
/// # Panics
/// When the image does not have four channels.
pub fn fill(image: ImageView<'_>) -> Image {
    let (mut colors, known) = super::opaque_colors(image);
    grow(&mut colors, &known);
    colors
}

/// What is known of a pixel's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Color {
    None,
    /// It is made in this layer, from those before.
    Next,
    Known,
}

/// Fills what is not known of an image of three channels.
pub(super) fn grow(image: &mut Image, known: &[bool]) {
    let (width, height) = (image.width(), image.height());
    let colors = image.samples_mut().as_chunks_mut::<3>().0;
    let mut states: Vec<Color> = known.iter().map(|known| if *known { Color::Known } else { Color::None }).collect();
    let neighbors = |i: usize| {
        let (x, y) = (i % width, i / width);
        let there = [(y > 0, i.wrapping_sub(width)), (x > 0, i.wrapping_sub(1)), (x + 1 < width, i + 1)];
        there.into_iter().chain([(y + 1 < height, i + width)]).filter(|(there, _)| *there).map(|(_, i)| i)
    };
    let mut layer: Vec<usize> = Vec::new();
    for i in 0..states.len() {
        if states[i] == Color::None && neighbors(i).any(|i| states[i] == Color::Known) {
            states[i] = Color::Next;
            layer.push(i);
        }
    }
    let mut next = Vec::new();
    while !layer.is_empty() {
        for &i in &layer {
            let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
            for i in neighbors(i).filter(|&i| states[i] == Color::Known) {
                sum.iter_mut().zip(colors[i]).for_each(|(sum, sample)| *sum += sample);
                count += 1.0;
            }
            colors[i] = sum.map(|sum| sum / count);
        }
        layer.iter().for_each(|&i| states[i] = Color::Known);
        next.clear();
        for i in layer.iter().flat_map(|&i| neighbors(i)) {
            if states[i] == Color::None {
                states[i] = Color::Next;
                next.push(i);
            }
        }
        std::mem::swap(&mut layer, &mut next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::fill::{opaque_colors, tests::holes};

    /// Every layer looked for in the whole image.
    fn plain(image: ImageView<'_>) -> Image {
        let (mut colors, mut known) = opaque_colors(image);
        let (width, height) = (image.width() as isize, image.height() as isize);
        while known.iter().any(|known| !known) {
            let (before, there) = (colors.clone(), known.clone());
            for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
                let i = (y * width + x) as usize;
                let around = [(y - 1, x), (y, x - 1), (y, x + 1), (y + 1, x)];
                let around = around.into_iter().filter(|&(y, x)| (0..height).contains(&y) && (0..width).contains(&x));
                let around: Vec<usize> = around.map(|(y, x)| (y * width + x) as usize).filter(|&i| there[i]).collect();
                if !there[i] && !around.is_empty() {
                    known[i] = true;
                    for c in 0..3 {
                        let sum: f32 = around.iter().map(|i| before.view().samples()[i * 3 + c]).sum();
                        colors.samples_mut()[i * 3 + c] = sum / around.len() as f32;
                    }
                }
            }
        }
        colors
    }

    #[test]
    fn each_layer_is_made_of_those_before() {
        for (width, height, one_in) in [(20, 15, 5), (33, 21, 97), (1, 9, 4)] {
            let image = holes(width, height, one_in);
            assert_eq!(fill(image.view()), plain(image.view()));
        }
    }
}
