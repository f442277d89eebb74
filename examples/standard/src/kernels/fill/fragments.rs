//! Textures that go on into what is transparent, made of fragments of the image, as in a fragment blur (S. Upstill's name for several
//! copies of an image laid on one another): copies moved by 1, 2, 4 … 32 pixels, five around at each distance, the nearer over the
//! farther. What they do not reach is filled by `spread`.
//!
//! Distances, their number and how they turn were measured from the app's answers.

use std::f64::consts::TAU;

use chainner_sdk::{parallel, prelude::*};

use super::spread;

/// Copies at each distance.
const COPIES: usize = 5;
/// Distances, each twice the one before.
const DISTANCES: usize = 6;

/// Where the copies come from, down and to the right. At each distance they are turned by one radian more.
fn places() -> [[[isize; 2]; COPIES]; DISTANCES] {
    std::array::from_fn(|step| {
        std::array::from_fn(|copy| {
            let angle = step as f64 + TAU * copy as f64 / COPIES as f64;
            let distance = f64::from(1 << step);
            [angle.cos(), angle.sin()].map(|part| (distance * part).round() as isize)
        })
    })
}

/// The colours of an image of four channels, filled; all black if there are none.
///
/// # Panics
/// When the image does not have four channels.
pub fn fill(image: ImageView<'_>) -> Image {
    let (from, known) = super::opaque_colors(image);
    let (width, height) = (image.width(), image.height());
    let mut to = from.clone();
    let mut reached = known.clone();
    let places = places();
    let from = from.view();
    let rows = to.samples_mut().chunks_mut(width.max(1) * 3).zip(reached.chunks_mut(width.max(1)));
    parallel::for_each_item(&mut rows.collect::<Vec<_>>(), |y, (to, reached)| {
        for ((x, to), reached) in to.as_chunks_mut::<3>().0.iter_mut().enumerate().zip(reached.iter_mut()) {
            if *reached {
                continue;
            }
            let (mut sum, mut rest) = ([0.0_f32; 3], 1.0_f32);
            for copies in &places {
                let (mut color, mut inside, mut hits) = ([0.0_f32; 3], 0.0_f32, 0.0_f32);
                for [dy, dx] in copies {
                    let (x, y) = (x.wrapping_add_signed(*dx), y.wrapping_add_signed(*dy));
                    if x < width && y < height {
                        inside += 1.0;
                        if known[y * width + x] {
                            hits += 1.0;
                            color.iter_mut().zip(from.pixel(x, y)).for_each(|(color, sample)| *color += sample);
                        }
                    }
                }
                if hits > 0.0 {
                    // Each distance is laid on twice.
                    let through = 1.0 - hits / inside;
                    let share = rest * (1.0 - through * through) / hits;
                    sum.iter_mut().zip(color).for_each(|(sum, color)| *sum += share * color);
                    rest *= through * through;
                    if rest == 0.0 {
                        break;
                    }
                }
            }
            if rest < 1.0 {
                *to = sum.map(|sum| sum / (1.0 - rest));
                *reached = true;
            }
        }
    });
    spread::grow(&mut to, &reached);
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_lie_around_at_each_distance() {
        for (step, copies) in places().iter().enumerate() {
            let distance = f64::from(1 << step);
            for [dy, dx] in copies {
                assert!(((dy * dy + dx * dx) as f64).sqrt() - distance < 0.75);
            }
        }
        assert_eq!(places()[5], [[9, -31], [32, -1], [11, 30], [-25, 19], [-26, -18]]);
    }

    #[test]
    fn nearer_copies_cover_farther_ones() {
        // Left half opaque. A pixel at the edge sees two of the five nearest copies, which cover 1 − (3/5)² of it.
        let image = Image::from_pixels(96, 96, |x, y| {
            let a = if x < 48 { 1.0 } else { 0.0 };
            let b = if [(47, 47), (48, 47)].contains(&(y, x)) { 1.0 } else { 0.0 };
            Bgra { b, g: 1.0, r: 0.0, a }
        });
        let filled = fill(image.view());
        let pixel = filled.view().pixel(48, 48);
        assert!((pixel[0] - 0.6402).abs() < 1e-4, "{pixel:?}");
        assert!((pixel[1] - 1.0).abs() < 1e-6 && pixel[2] == 0.0);
    }
}
