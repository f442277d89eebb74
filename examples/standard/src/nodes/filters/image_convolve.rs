//! Convolve.

use chainner_sdk::prelude::*;

use crate::{
    categories::filters::MISCELLANEOUS,
    kernels::{
        convolve::{self, Matrix},
        frame,
    },
};

/// Convolves an image with a matrix of weights: one row a line, numbers separated by spaces.
///
/// The weights are not scaled to a sum of 1. Padding adds black pixels around the image before.
#[node(
    id = "chainner_native:image:image_convolve",
    group = MISCELLANEOUS,
    name = "Convolve",
    icon = "MdAutoFixHigh",
)]
#[output(navi = r"
        let w = $image.width;
        let h = $image.height;

        let kernel = $kernel_string;

        let padding = $padding;

        Image {
            width: w + padding * 2,
            height: h + padding * 2,
        }
    ")]
pub fn image_convolve(
    image: ImageView<'_>,
    #[input(
        length = 1..,
        placeholder = r"0 0 0
0 1 0
0 0 0",
        multiline,
        handle = false,
    )]
    kernel_string: &str,
    padding: u32,
) -> Result<Image, NodeError> {
    let matrix = parse(kernel_string).map_err(|message| NodeError::new(message).input("Kernel String"))?;
    if padding == 0 {
        return Ok(convolve::convolve(image, &matrix));
    }
    let framed = frame::around(image, padding as usize)
        .ok_or_else(|| NodeError::new("the padded image does not fit into memory").input("Padding"))?;
    Ok(convolve::convolve(framed.view(), &matrix))
}

fn parse(text: &str) -> Result<Matrix, String> {
    let row = |(i, line): (usize, &str)| -> Result<Vec<f64>, String> {
        let number = |word: &str| word.parse().map_err(|_| format!("row {}: expected numbers, got '{word}'", i + 1));
        line.split_whitespace().map(number).collect()
    };
    let rows = text.trim().lines().enumerate().map(row).collect::<Result<Vec<_>, _>>()?;
    Matrix::from_rows(&rows).ok_or_else(|| {
        let lengths: Vec<String> = rows.iter().map(|row| row.len().to_string()).collect();
        format!("expected rows of the same number of weights, got rows of {}", lengths.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_matrix_is_said() {
        assert!(parse("1 2\n3 4\n").is_ok());
        assert_eq!(parse("1 2\n3").unwrap_err(), "expected rows of the same number of weights, got rows of 2, 1");
        assert_eq!(parse("1 2\n3 x").unwrap_err(), "row 2: expected numbers, got 'x'");
    }
}
