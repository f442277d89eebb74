//! A generator is an iterator of results. `testing` takes its items as the app does, and
//! compares them with the declaration.

use chainner_sdk::{prelude::*, testing};

use {{module}}::tiles;

#[test]
fn tiles_together_are_the_whole_image() {
    let image = Image::from_pixels(7, 5, |x, y| Gray {
        value: (x + 10 * y) as f32 / 100.0,
    });
    let tiles: Vec<(Image, u32)> = tiles(image.view(), 3, 2)
        .expect("large enough")
        .collect::<Result<_, _>>()
        .expect("no tile fails");
    let sizes: Vec<_> = tiles
        .iter()
        .map(|(tile, _)| (tile.width(), tile.height()))
        .collect();
    assert_eq!(sizes, [(2, 2), (2, 2), (3, 2), (2, 3), (2, 3), (3, 3)]);
    assert_eq!(tiles[5].0.view().pixel(2, 2), image.view().pixel(6, 4));
    assert!(tiles.iter().map(|(_, index)| *index).eq(0..6));
}

#[test]
fn an_image_smaller_than_its_tiles_is_refused() {
    assert!(tiles(Image::new(2, 2, 3).view(), 3, 1).is_err());
}

#[test]
fn there_are_as_many_tiles_as_the_declaration_says() {
    let image = Image::new(9, 9, 3);
    let cut = testing::node("tiles").set("image", &image).set("rows", 3);
    assert_eq!(cut.call().items().len(), 6);
}
