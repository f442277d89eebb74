//! A. Levin, D. Lischinski, Y. Weiss, *A Closed-Form Solution to Natural Image Matting* (PAMI 30, 2008).
//!
//! In each window of 3×3 pixels, opacity is taken to be a linear function of colour. What is least at odds with that, and with what is
//! known, is the solution of a sparse system of equations, one for each unknown pixel and those around it.

use chainner_sdk::{NodeError, prelude::*};

use super::sparse::{LOWER, Stencil};

/// How much colours of a window may vary without being taken for a direction.
const EPSILON: f64 = 1e-7;
/// Weight of what is known.
const TRUST: f64 = 100.0;
/// Pixels of a window.
const COUNT: usize = 9;

/// The opacity of each pixel of an image of three channels. Of the trimap, which is of the same size, 0 is known to be background, and
/// 1 to be foreground.
///
/// # Errors
/// When the equations are not solved in many rounds.
///
/// # Panics
/// When the image does not have three channels.
pub fn alpha(image: ImageView<'_>, trimap: &[f32]) -> Result<Vec<f32>, NodeError> {
    let (width, height) = (image.width(), image.height());
    assert_eq!(image.channels(), 3, "the caller asks for the channels first");
    let is_known = |i: usize| trimap[i] <= 0.0 || trimap[i] >= 1.0;
    let known = |i: usize| if trimap[i] >= 1.0 { 1.0 } else { 0.0 };
    // A window counts when it has a pixel that is not known.
    let mut in_window = vec![false; width * height];
    let mut windows = Vec::new();
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            if !places(width, x, y).into_iter().all(is_known) {
                windows.push((x, y));
                places(width, x, y).into_iter().for_each(|i| in_window[i] = true);
            }
        }
    }
    let mut system = Stencil::new(&in_window, width);
    for &(x, y) in &windows {
        let places = places(width, x, y);
        let weights = window(&places.map(|i| pixel(image, i)));
        let rows = places.map(|i| system.row_of(i));
        for (a, &row) in rows.iter().enumerate() {
            system.add_diagonal(row, weights[a][a]);
            for b in 0..a {
                system.add_lower(row, LOWER[a][b], weights[a][b]);
            }
        }
    }
    let mut right = vec![0.0; system.len()];
    for i in (0..trimap.len()).filter(|&i| in_window[i] && is_known(i)) {
        let row = system.row_of(i);
        system.add_diagonal(row, TRUST);
        right[row] = TRUST * known(i);
    }
    // Pixels that are unknown and in no window, as in an image of two rows, have no equation at all.
    let solution = system.solve(&right).ok_or_else(|| {
        NodeError::new(
            "the opacity cannot be told: make the trimap tell more of foreground and background, or output it instead",
        )
    })?;
    let value = |i: usize| match in_window[i] {
        true => super::super::unit(solution[system.row_of(i)] as f32),
        false => known(i) as f32,
    };
    Ok((0..trimap.len()).map(value).collect())
}

/// The pixels of the window around a pixel, in rows.
fn places(width: usize, x: usize, y: usize) -> [usize; COUNT] {
    std::array::from_fn(|i| (y + i / 3 - 1) * width + x + i % 3 - 1)
}

/// Red, green and blue.
fn pixel(image: ImageView<'_>, i: usize) -> [f64; 3] {
    let pixel = &image.samples()[i * 3..];
    [pixel[2], pixel[1], pixel[0]].map(f64::from)
}

/// What a window adds to the matting Laplacian: how far each pair of its pixels belongs together.
fn window(colors: &[[f64; 3]; COUNT]) -> [[f64; COUNT]; COUNT] {
    let count = COUNT as f64;
    let mean: [f64; 3] = std::array::from_fn(|c| colors.iter().map(|color| color[c]).sum::<f64>() / count);
    let offsets = colors.map(|color| -> [f64; 3] { std::array::from_fn(|c| color[c] - mean[c]) });
    let mut spread = [[0.0; 3]; 3];
    for (a, row) in spread.iter_mut().enumerate() {
        for (b, sum) in row.iter_mut().enumerate() {
            *sum = offsets.iter().map(|offset| offset[a] * offset[b]).sum::<f64>() / count;
        }
        row[a] += EPSILON / count;
    }
    let inverse = inverse(spread);
    let towards = offsets.map(|offset| inverse.map(|row| row[0] * offset[0] + row[1] * offset[1] + row[2] * offset[2]));
    let mut weights = [[0.0; COUNT]; COUNT];
    for (a, row) in weights.iter_mut().enumerate() {
        for (b, weight) in row.iter_mut().enumerate() {
            let alike = offsets[a].iter().zip(towards[b]).map(|(a, b)| a * b).sum::<f64>();
            *weight = f64::from(u8::from(a == b)) - (1.0 + alike) / count;
        }
    }
    weights
}

/// Of a symmetric matrix.
fn inverse([[a, b, c], [_, d, e], [_, _, f]]: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let (aa, bb, cc) = (d * f - e * e, c * e - b * f, b * e - c * d);
    let scale = 1.0 / (a * aa + b * bb + c * cc);
    let (dd, ee, ff) = (a * f - c * c, b * c - a * e, a * d - b * b);
    [[aa, bb, cc], [bb, dd, ee], [cc, ee, ff]].map(|row| row.map(|value| value * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opacity_follows_colour_between_what_is_known() {
        let alpha_at = |x: usize| ((x as f32 - 8.0) / 12.0).clamp(0.0, 1.0);
        let image = Image::from_rows(30, 12, 3, |_, row| {
            for (x, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let alpha = alpha_at(x);
                *pixel = [0.1 + 0.7 * alpha, 0.8 - 0.5 * alpha, 0.2 + 0.1 * alpha];
            }
        });
        let trimap: Vec<f32> = (0..30 * 12)
            .map(|i| match i % 30 {
                0..7 => 0.0,
                7..22 => 0.5,
                _ => 1.0,
            })
            .collect();
        let found = alpha(image.view(), &trimap).expect("solved");
        for (i, found) in found.iter().enumerate() {
            assert!((found - alpha_at(i % 30)).abs() < 1e-3, "{i}: {found}");
        }
    }

    #[test]
    fn what_is_all_known_stays_as_it_is() {
        let image = Image::new(5, 4, 3);
        let trimap: Vec<f32> = (0..20).map(|i| f32::from(u8::from(i % 3 == 0))).collect();
        assert_eq!(alpha(image.view(), &trimap).expect("nothing to solve"), trimap);
    }

    #[test]
    fn weights_of_a_window_cancel_out() {
        let colors = std::array::from_fn(|i| [0.1 * i as f64, (0.3 * i as f64).sin(), 0.5]);
        for row in window(&colors) {
            assert!(row.iter().sum::<f64>().abs() < 1e-9);
        }
    }
}
