//! Moved in its frame.

use chainner_sdk::prelude::*;

use crate::{categories::utilities::MODIFICATION, kernels::channels};

/// What the way is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(style = tabs)]
pub enum ShiftCoordMode {
    /// Shares of the size.
    #[choice(id = 0)]
    Relative,
    /// Pixels.
    #[choice(id = 1, default)]
    Absolute,
}

/// What is seen where the image has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum ShiftFill {
    /// Nothing if the image has opacity, else black.
    #[choice(id = -1)]
    Auto,
    /// Black.
    #[choice(id = 0)]
    Black,
    /// Nothing.
    #[choice(id = 1)]
    Transparent,
    /// What has left at the other side.
    #[choice(label = "Wrap (Tile)", id = 2)]
    Wrap,
}

/// Moves an image to the right and down, or the other way for negative numbers.
#[node(id = "chainner_native:image:shift", group = MODIFICATION, icon = "BsGraphDown")]
#[output(navi = r"
    match $negative_space_fill {
        chainner_native::ShiftFill::Transparent => Image { width: $image.width, height: $image.height, channels: 4 },
        _ => $image
    }
")]
pub fn shift(
    image: ImageView<'_>,
    #[input(id = 4)] shift_coord_mode: ShiftCoordMode,
    #[input(
        label = "X",
        id = 5,
        range = -100..=100,
        unit = "%",
        slider,
        when(shift_coord_mode == ShiftCoordMode::Relative),
    )]
    x_relative: i32,
    #[input(
        label = "Y",
        id = 6,
        range = -100..=100,
        unit = "%",
        slider,
        when(shift_coord_mode == ShiftCoordMode::Relative),
    )]
    y_relative: i32,
    #[input(label = "X", id = 1, unit = "px", when(shift_coord_mode == ShiftCoordMode::Absolute))] x_absolute: i32,
    #[input(label = "Y", id = 2, unit = "px", when(shift_coord_mode == ShiftCoordMode::Absolute))] y_absolute: i32,
    #[input(id = 3)] negative_space_fill: ShiftFill,
) -> Result<Image, NodeError> {
    let (width, height) = (image.width(), image.height());
    let share = |percent: i32, size: usize| (f64::from(percent) / 100.0 * size as f64).round_ties_even() as i64;
    let [right, down] = match shift_coord_mode {
        ShiftCoordMode::Relative => [share(x_relative, width), share(y_relative, height)],
        ShiftCoordMode::Absolute => [i64::from(x_absolute), i64::from(y_absolute)],
    };
    let channels = if negative_space_fill == ShiftFill::Transparent { 4 } else { image.channels() };
    if channels != image.channels() && ![1, 3].contains(&image.channels()) {
        return Err(NodeError::new(format!(
            "an image of 1, 3 or 4 channels can be given opacity, but this is a {image}"
        )));
    }
    if negative_space_fill == ShiftFill::Wrap {
        let split = right.rem_euclid(width as i64) as usize * channels;
        return Ok(Image::from_fresh_rows(width, height, channels, |y, to| {
            let row = image.row((y as i64 - down).rem_euclid(height as i64) as usize);
            let (end, start) = row.split_at(row.len() - split);
            to.copy([start, end])
        }));
    }
    let opaque = negative_space_fill == ShiftFill::Black && channels == 4;
    let right = right.clamp(-(width as i64), width as i64);
    let columns = right.max(0) as usize..(width as i64 + right.min(0)) as usize;
    if channels == image.channels() {
        let mut empty = vec![0.0; width * channels];
        if opaque {
            empty.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 1.0);
        }
        return Ok(Image::from_fresh_rows(width, height, channels, |y, to| {
            let from = y as i64 - down;
            if !(0..height as i64).contains(&from) || columns.is_empty() {
                return to.copy([&empty, &[], &[]]);
            }
            let start = (columns.start as i64 - right) as usize * channels;
            let row = &image.row(from as usize)[start..start + columns.len() * channels];
            to.copy([&empty[..columns.start * channels], row, &empty[columns.end * channels..]])
        }));
    }
    Ok(Image::from_rows(width, height, channels, |y, to| {
        let from = y as i64 - down;
        if (0..height as i64).contains(&from) && !columns.is_empty() {
            let start = (columns.start as i64 - right) as usize * image.channels();
            let row = &image.row(from as usize)[start..start + columns.len() * image.channels()];
            channels::widen(row, image.channels(), &mut to[columns.start * channels..columns.end * channels], channels);
        }
    }))
}
