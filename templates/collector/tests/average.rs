//! A collector is a function of an iterator. `testing` gives it items as the app does.

use chainner_sdk::{prelude::*, testing};

use {{module}}::average;

fn flat(value: f32) -> Image {
    Image::from_pixels(4, 3, |_, _| Gray { value })
}

#[test]
fn the_average_lies_between() {
    let images: Items<Image> = [0.25, 0.5, 0.75].map(flat).into_iter().collect();
    let (image, count) = average(images).expect("the images fit");
    assert_eq!(count, 3);
    assert!(
        image
            .view()
            .samples()
            .iter()
            .all(|sample| (sample - 0.5).abs() < 1e-6)
    );
}

#[test]
fn images_of_other_sizes_are_refused() {
    let images: Items<Image> = [flat(0.5), Image::new(5, 3, 1)].into_iter().collect();
    assert!(
        average(images)
            .expect_err("the sizes differ")
            .to_string()
            .contains("image 2 is 5×3×1")
    );
}

#[test]
fn nothing_has_no_average() {
    let images: Items<Image> = std::iter::empty::<Image>().collect();
    assert!(average(images).is_err());
}

#[test]
fn images_come_one_by_one() {
    let (dark, light) = (flat(0.25), flat(0.75));
    let node = testing::node("average")
        .item(|item| item.set("images", &dark))
        .item(|item| item.set("images", &light));
    assert_eq!(node.call().number("Count"), 2.0);
}
