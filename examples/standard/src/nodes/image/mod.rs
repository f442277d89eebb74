//! Images made and taken apart.

pub mod create_checkerboard;
pub mod create_color;
pub mod create_colorwheel;
pub mod create_gradient;
pub mod create_noise;
pub mod load_images;
pub mod spritesheet;

use chainner_sdk::prelude::*;

/// The samples of colours, all of as many channels as that with the most: 1, 3 or 4.
fn pixels<const N: usize>(colors: [&Color; N]) -> [Vec<f32>; N] {
    let channels = colors.iter().map(|color| color.channels()).max();
    colors.map(|color| {
        let Bgra { b, g, r, a } = color.bgra();
        match channels {
            Some(1) => vec![g],
            Some(3) => vec![b, g, r],
            _ => vec![b, g, r, a],
        }
    })
}
