//! A sequence of images: what stands behind it in a chain runs once for each of them.

use chainner_sdk::prelude::*;

use crate::MAKE;

/// Cuts an image into tiles, row by row from the top left.
#[node(id = "{{module}}:make:tiles", group = MAKE, icon = "MdGridOn", length = "$columns * $rows")]
#[output(label = "Tile")]
#[output(label = "Index", docs = "Number of the tile, from 0.")]
pub fn tiles(
    image: ImageView<'_>,
    /// How many tiles lie side by side.
    #[input(default = 2, range = 1..=64)]
    columns: usize,
    /// How many lie one below the other.
    #[input(default = 2, range = 1..=64)]
    rows: usize,
) -> Result<Generator<(Image, u32)>, NodeError> {
    if image.width() < columns || image.height() < rows {
        let message = format!(
            "{}×{} pixels cannot be cut into {columns}×{rows} tiles",
            image.width(),
            image.height()
        );
        return Err(NodeError::new(message));
    }
    // The sequence outlives the call, so it owns its image.
    let image = image.to_image();
    let tile = move |index: usize| {
        let view = image.view();
        let (column, row) = (index % columns, index / columns);
        // Cuts at rounded places, so that the tiles together are the whole image.
        let cut = |part: usize, parts: usize, size: usize| part * size / parts;
        let left = cut(column, columns, view.width());
        let top = cut(row, rows, view.height());
        let width = cut(column + 1, columns, view.width()) - left;
        let height = cut(row + 1, rows, view.height()) - top;
        let channels = view.channels();
        let tile = Image::from_rows(width, height, channels, |y, to| {
            to.copy_from_slice(&view.row(top + y)[left * channels..(left + width) * channels]);
        });
        (tile, index as u32)
    };
    Ok(Generator::from_iter((0..columns * rows).map(tile)))
}
