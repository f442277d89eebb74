//! Colours that grow into what is transparent, pixel by pixel: each is the mean of those of its four neighbours that have one. A flood in
//! layers (breadth first: E. F. Moore, *The Shortest Path Through a Maze*, 1959), so that each pixel is looked at once.

use chainner_sdk::{image::for_each_row, parallel, prelude::*};

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
    /// Beyond the edges there is nothing to fill and nothing to fill from.
    Outside,
}

/// A pixel to be filled: its place among the states, which have a frame around, and among the colours.
#[derive(Debug, Clone, Copy)]
struct Place {
    state: usize,
    color: usize,
}

/// Fills what is not known of an image of three channels.
pub(super) fn grow(image: &mut Image, known: &[bool]) {
    let (width, stride) = (image.width(), image.width() + 2);
    if known.is_empty() {
        return;
    }
    let colors = image.samples_mut().as_chunks_mut::<3>().0;
    let mut states = vec![Color::Outside; stride * (known.len() / width + 2)];
    for_each_row(&mut states[stride..], stride, |y, to| {
        let known = known[y * width..].iter().take(width);
        for (to, known) in to[1..].iter_mut().zip(known) {
            *to = if *known { Color::Known } else { Color::None };
        }
    });
    // Up, left, right and down.
    let neighbors = |Place { state, color }: Place| {
        [
            (state - stride, color.wrapping_sub(width)),
            (state - 1, color.wrapping_sub(1)),
            (state + 1, color + 1),
            (state + stride, color + width),
        ]
        .map(|(state, color)| Place { state, color })
    };
    let mut layer: Vec<Place> = edge(&states, width, neighbors);
    layer.iter().for_each(|place| states[place.state] = Color::Next);
    let mut next = Vec::new();
    while !layer.is_empty() {
        for &place in &layer {
            let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
            for place in neighbors(place) {
                if states[place.state] == Color::Known {
                    sum.iter_mut().zip(colors[place.color]).for_each(|(sum, sample)| *sum += sample);
                    count += 1.0;
                }
            }
            colors[place.color] = sum.map(|sum| sum / count);
        }
        next.clear();
        for &place in &layer {
            states[place.state] = Color::Known;
            for place in neighbors(place) {
                if states[place.state] == Color::None {
                    states[place.state] = Color::Next;
                    next.push(place);
                }
            }
        }
        std::mem::swap(&mut layer, &mut next);
    }
}

/// Pixels that are not known and have a neighbour that is.
fn edge(states: &[Color], width: usize, neighbors: impl Fn(Place) -> [Place; 4] + Sync) -> Vec<Place> {
    let stride = width + 2;
    let rows = states.len() / stride - 2;
    let of_row = |y: usize| {
        let pixels = (0..width).map(|x| Place { state: (y + 1) * stride + x + 1, color: y * width + x });
        let is_known = |place: Place| states[place.state] == Color::Known;
        let pixels = pixels.filter(|place| states[place.state] == Color::None);
        pixels.filter(|place| neighbors(*place).into_iter().any(is_known)).collect::<Vec<_>>()
    };
    parallel::map(rows, of_row).concat()
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
