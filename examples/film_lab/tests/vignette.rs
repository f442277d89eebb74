//! Promises of the vignette.

mod support;

use chainner_sdk::{
    node::Node,
    registry,
    value::{OutputValue, Value},
};
use film_lab::{
    kernels::srgb::decode,
    vignette::{Shape, vignette},
};
use support::{assert_filters_everything, assert_identity, flat, gray_of};

#[test]
fn no_stops_change_nothing() {
    assert_identity(|image| vignette(image.view(), 0.0, Shape::Round, 1.0));
}

#[test]
fn every_image_is_taken() {
    assert_filters_everything(|image| vignette(image.view(), 8.0, Shape::Round, 1.0));
    assert_filters_everything(|image| vignette(image.view(), 1.5, Shape::Oval, 10.0));
}

#[test]
fn the_corner_loses_exactly_the_stops_and_the_centre_none() {
    let image = flat(301, 201, gray_of(0.8));
    for (stops, shape, aspect) in [(1.0, Shape::Round, 1.0), (2.5, Shape::Oval, 1.0), (3.0, Shape::Oval, 4.0)] {
        let darkened = vignette(image.view(), stops, shape, aspect);
        for (x, y) in [(0, 0), (300, 0), (0, 200), (300, 200)] {
            let lost = (decode(0.8) / decode(darkened.view().pixel(x, y)[0])).log2();
            assert!((lost - stops).abs() < 0.01, "{lost} of {stops} stops at {x}, {y}");
        }
        assert!((darkened.view().pixel(150, 100)[1] - 0.8).abs() < 1e-4);
    }
}

#[test]
fn it_darkens_all_the_way_to_the_corner() {
    let darkened = vignette(flat(200, 150, gray_of(0.6)).view(), 2.0, Shape::Oval, 2.0);
    let diagonal: Vec<f32> = (0..75).map(|i| darkened.view().pixel(99 - i * 99 / 74, 74 - i)[0]).collect();
    assert!(diagonal.windows(2).all(|pair| pair[1] < pair[0]), "{diagonal:?}");
}

#[test]
fn the_aspect_shares_out_the_loss_between_the_sides() {
    let (image, stops) = (flat(201, 101, gray_of(0.7)), 2.0_f32);
    let tan2 = (stops / 2.0).exp2() - 1.0;
    for aspect in [0.5, 1.0, 3.0_f32] {
        let darkened = vignette(image.view(), stops, Shape::Oval, aspect);
        let lost = |x, y| (decode(0.7) / decode(darkened.view().pixel(x, y)[0])).log2();
        // Squared distances of the middles of the sides, when that of the corner is 1: they add up to it.
        for (lost, distance2) in [
            (lost(200, 50), 1.0 / (1.0 + aspect * aspect)),
            (lost(100, 100), aspect * aspect / (1.0 + aspect * aspect)),
        ] {
            let expected = 2.0 * (1.0 + tan2 * distance2).log2();
            assert!((lost - expected).abs() < 0.01, "aspect {aspect}: {lost}, not {expected}");
        }
    }
}

#[test]
fn a_wide_oval_spares_the_sides() {
    let image = flat(200, 200, gray_of(0.6));
    let wide = vignette(image.view(), 2.0, Shape::Oval, 4.0);
    assert!(wide.view().pixel(0, 100)[0] > wide.view().pixel(100, 0)[0] + 0.05);
}

#[test]
fn the_host_s_values_are_enforced_and_reach_the_function() {
    let node = registry::nodes_of("film-lab")
        .into_iter()
        .find(|node| node.id == "film_lab:light:vignette")
        .expect("registered");
    let node = Node::new(node);
    let image = support::photograph("flower.png");
    // 99 stops are clamped to 8.
    let values = [Value::Image(image.view()), Value::Float(99.0), Value::Text("oval".into()), Value::Float(2.0)];
    let outputs = node.call(values).expect("a vignette");
    assert_eq!(outputs, [OutputValue::Image(vignette(image.view(), 8.0, Shape::Oval, 2.0))]);

    let error = node.call([Value::Image(image.view()), Value::Text("much".into())]).expect_err("no number");
    let message = error.to_string();
    assert!(message.starts_with("Vignette, input 'Amount': expected"), "{message}");
}
