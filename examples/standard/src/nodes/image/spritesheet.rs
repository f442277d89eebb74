//! Sheets of images of the same size.

use chainner_sdk::prelude::*;

use crate::{
    categories::image::BATCH_PROCESSING,
    kernels::sheet::{self, Order},
    nodes::require_same_shape,
};

/// The order of the images of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum OrderEnum {
    /// Row after row.
    #[choice(id = 0)]
    RowMajor,
    /// Column after column.
    #[choice(id = 1)]
    ColumnMajor,
}

impl OrderEnum {
    fn order(self) -> Order {
        match self {
            Self::RowMajor => Order::Rows,
            Self::ColumnMajor => Order::Columns,
        }
    }
}

/// Cuts a sheet into the images that it holds, one after another.
#[node(
    id = "chainner_native:image:split_spritesheet",
    group = BATCH_PROCESSING,
    icon = "BsFillGrid3X3GapFill",
    length = "$number_of_rows * $number_of_columns",
)]
#[output(navi = r"
    Image {
        width: max(1, floor($spritesheet.width / $number_of_columns)),
        height: max(1, floor($spritesheet.height / $number_of_rows)),
        channels: $spritesheet.channels
    }
")]
#[output(
    label = "Index",
    docs = "Number of the image, from 0.",
    navi = "min(uint, $number_of_rows * $number_of_columns - 1)"
)]
pub fn split_spritesheet(
    spritesheet: ImageView<'_>,
    /// How many images lie one below another. The height of the sheet is a multiple of it.
    #[input(label = "Number of rows (height)", range = 1..)]
    number_of_rows: u32,
    /// How many images lie side by side. The width of the sheet is a multiple of it.
    #[input(label = "Number of columns (width)", range = 1..)]
    number_of_columns: u32,
    /// Which image comes next: that at the right, or that below.
    #[input(hint)]
    order: OrderEnum,
) -> Result<Generator<(Image, u32)>, NodeError> {
    let (rows, columns) = (number_of_rows as usize, number_of_columns as usize);
    for (what, size, parts, name) in
        [("high", spritesheet.height(), rows, "rows"), ("wide", spritesheet.width(), columns, "columns")]
    {
        if size % parts != 0 {
            return Err(NodeError::new(format!(
                "the sheet is {size} pixels {what}, which is no multiple of {parts} {name}"
            )));
        }
    }
    let (width, height) = (spritesheet.width() / columns, spritesheet.height() / rows);
    // The sequence outlives the call, so it owns its image.
    let sheet = spritesheet.to_image();
    Ok(Generator::from_iter((0..rows * columns).map(move |index| {
        let view = sheet.view();
        let [row, column] = sheet::place(index, rows, columns, order.order());
        let columns = column * width * view.channels()..(column + 1) * width * view.channels();
        let image = Image::from_rows(width, height, view.channels(), |y, to| {
            to.copy_from_slice(&view.row(row * height + y)[columns.clone()]);
        });
        (image, index as u32)
    })))
}

/// Puts the images of a sequence into one sheet.
#[node(id = "chainner_native:image:merge_spritesheet", group = BATCH_PROCESSING, icon = "BsGrid3X3")]
#[output(navi = r"
    Image {
        width: max(1, $image_sequence.width * $number_of_columns),
        height: max(1, $image_sequence.height * $number_of_rows),
        channels: $image_sequence.channels
    }
")]
pub fn merge_spritesheet(
    #[input(items = "$number_of_rows * $number_of_columns")] image_sequence: Items<Image>,
    /// How many images lie one below another.
    #[input(label = "Number of rows (height)", range = 1..)]
    number_of_rows: u32,
    /// How many images lie side by side.
    #[input(label = "Number of columns (width)", range = 1..)]
    number_of_columns: u32,
    /// Where the next image goes: to the right, or below.
    #[input(hint)]
    order: OrderEnum,
) -> Result<Image, NodeError> {
    let (rows, columns) = (number_of_rows as usize, number_of_columns as usize);
    let images: Vec<Image> = image_sequence.collect();
    if images.len() != rows * columns {
        return Err(NodeError::new(format!(
            "a sheet of {rows} rows and {columns} columns holds {} images, but there are {}",
            rows * columns,
            images.len()
        )));
    }
    require_same_shape(images.iter().map(Image::view))?;
    let (width, height, channels) = (images[0].width(), images[0].height(), images[0].channels());
    Ok(Image::from_rows(width * columns, height * rows, channels, |y, to| {
        for (column, to) in to.chunks_exact_mut(width * channels).enumerate() {
            let image = &images[sheet::index([y / height, column], rows, columns, order.order())];
            to.copy_from_slice(image.view().row(y % height));
        }
    }))
}
