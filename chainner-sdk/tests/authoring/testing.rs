//! The test kit: what comes out is compared with the declared types.

use chainner_sdk::{
    prelude::*,
    testing::{self, TestFailure},
};

use crate::{LIGHT, Shape};

/// Resizes, one column too wide if asked to.
#[node(id = "film_lab:kit:resize", group = LIGHT)]
#[output(width = width, height = image.height)]
#[output(label = "Ratio", value = width / image.width)]
fn resize(image: ImageView<'_>, #[input(default = 8, range = 1..=4096)] width: u32, surplus: bool) -> (Image, f32) {
    let real = width as usize + usize::from(surplus);
    (Image::new(real, image.height(), image.channels()), width as f32 / image.width() as f32)
}

/// Makes items, with one that is not as the others.
#[node(id = "film_lab:kit:strip", group = LIGHT, length = "$count")]
#[output(same_as = image)]
fn strip(image: Image, #[input(default = 3, range = 0..=9)] count: u32, odd: Option<u32>) -> (Generator<Image>, u32) {
    let made = move |number: u32| {
        let surplus = usize::from(Some(number) == odd);
        Image::new(image.width() + surplus, image.height(), image.channels())
    };
    let missing = u32::from(odd == Some(99));
    (Generator::new(count as usize, (0..count - missing.min(count)).map(made)), count)
}

/// Turns each image around.
#[node(id = "film_lab:kit:turn", group = LIGHT)]
fn turn(images: Items<Image>, #[input(default = 1, range = 0..=3)] quarters: u32) -> Generator<Image> {
    Generator::new(
        None,
        images.map(move |image| {
            let (width, height) = if quarters.is_multiple_of(2) {
                (image.width(), image.height())
            } else {
                (image.height(), image.width())
            };
            Image::new(width, height, image.channels())
        }),
    )
}

/// Says which shape it got.
#[node(id = "film_lab:kit:which", group = LIGHT)]
fn which(shape: Shape, #[input(default = 0.5, range = 0.0..=1.0, step = 0.1)] share: f32) -> Result<String, NodeError> {
    match shape {
        Shape::Round => Ok(format!("round, {share}")),
        Shape::Oval => Err(NodeError::new("not today")),
    }
}

#[test]
fn an_output_of_another_size_is_a_failure_with_both_sides_shown() {
    let image = Image::new(4, 3, 3);
    let resized = testing::node("resize").set("image", &image).set("width", 800).call();
    assert_eq!(resized.image("Image").width(), 800);
    assert_eq!(resized.number("Ratio"), 200.0);
    let failure = testing::node("resize").set("image", &image).set("width", 800).set("surplus", true).try_call();
    let failure = failure.expect_err("801 is not 800");
    assert_eq!(
        failure.to_string(),
        "Resize breaks its declaration:\n\
         output 'Image' is declared as Image { width: 800, height: 3, channels: int(1..inf) }, \
         but the node returned Image { width: 801, height: 3, channels: 3 }"
    );
    assert!(matches!(failure, TestFailure::Broken { ref breaches, .. } if breaches.len() == 1), "{failure:?}");
}

#[test]
fn numbers_are_compared_with_the_precision_they_are_computed_with() {
    // 8 / 3 is another number in `f32` than in the type language.
    testing::node("resize").set("image", &Image::new(3, 3, 1)).call();
}

#[test]
fn each_item_and_their_number_are_compared() {
    let image = Image::new(5, 4, 1);
    let strip = || testing::node("strip").set("image", &image);
    let results = strip().call();
    assert_eq!((results.items().len(), results.number("Number")), (3, 3.0));
    assert_eq!(results.items()[2].image("Image").height(), 4);
    let message = strip().set("odd", 1).try_call().expect_err("one item is too wide").to_string();
    assert!(
        message.contains("output 'Image', item 1, is declared as Image { width: 5, height: 4, channels: 1 }"),
        "{message}"
    );
    let message = strip().set("odd", 99).try_call().expect_err("one item is missing").to_string();
    assert!(message.contains("Sequence { length: 3 }, but the node returned Sequence { length: 2 }"), "{message}");
}

#[test]
fn items_are_given_one_by_one() {
    let images = [Image::new(5, 4, 1), Image::new(2, 3, 3)];
    let turned =
        images.iter().fold(testing::node("turn"), |turn, image| turn.item(|item| item.set("images", image))).call();
    assert_eq!(turned.items().iter().map(|item| item.image("Image").width()).collect::<Vec<_>>(), [4, 3]);
    assert_eq!(testing::node("turn").call().items().len(), 0);
}

#[test]
fn unset_inputs_have_initial_values_and_set_ones_are_enforced() {
    assert_eq!(testing::node("which").call().text("Text"), "round, 0.5");
    assert_eq!(
        testing::node("film_lab:kit:which").set("share", 7).set("Shape", Shape::Round).call().text("Text"),
        "round, 1"
    );
    assert_eq!(testing::node("which").set("share", 0.74).call().text("Text"), "round, 0.7");
    let failure = testing::node("which").set("shape", Shape::Oval).try_call().expect_err("not today");
    assert!(matches!(failure, TestFailure::Node(_)) && failure.to_string().ends_with("not today"), "{failure}");
    let failure = testing::node("which").set("share", "much").try_call().expect_err("no number");
    assert!(failure.to_string().contains("expected a number, got text 'much'"), "{failure}");
}

#[test]
#[should_panic(expected = "node `which` has no input `form`, only [\"shape\", \"share\"]")]
fn unknown_inputs_are_told_with_the_known_ones() {
    let _ = testing::node("which").set("form", 1);
}

#[test]
#[should_panic(expected = "there is no single node `wich`")]
fn unknown_nodes_are_told_with_the_known_ones() {
    let _ = testing::node("wich");
}

#[test]
#[should_panic(expected = "there is no output 'Picture', only 'Text'")]
fn unknown_outputs_are_told_with_the_known_ones() {
    let _ = testing::node("which").call().get("Picture");
}
