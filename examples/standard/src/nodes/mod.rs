//! The nodes, in the groups of the app: one file a node, or a family of them.

pub mod adjustments;
pub mod channels;
pub mod dimensions;
pub mod filters;
pub mod image;
pub mod textures;
pub mod utilities;
pub mod utility;

use chainner_sdk::prelude::*;

/// Refuses images that are not all of one size, with as many channels each.
fn require_same_shape<'a>(images: impl IntoIterator<Item = ImageView<'a>>) -> Result<(), NodeError> {
    let shape = |image: ImageView<'_>| (image.width(), image.height(), image.channels());
    let mut images = images.into_iter();
    let Some(first) = images.next() else { return Ok(()) };
    match images.find(|image| shape(*image) != shape(first)) {
        None => Ok(()),
        Some(other) => Err(NodeError::new(format!(
            "the images must have the same size and channels, but the first is a {first} and another is a {other}: resize or convert one of them"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_other_shapes_are_refused() {
        let images = [Image::new(3, 2, 1), Image::new(3, 2, 1), Image::new(2, 3, 1), Image::new(3, 2, 3)];
        let [a, b, turned, colored] = images.each_ref().map(Image::view);
        assert!(
            require_same_shape([]).is_ok() && require_same_shape([a]).is_ok() && require_same_shape([a, b]).is_ok()
        );
        for other in [turned, colored] {
            let error = require_same_shape([a, b, other]).unwrap_err().to_string();
            assert!(error.contains(&a.to_string()) && error.contains(&other.to_string()), "{error}");
        }
    }
}
