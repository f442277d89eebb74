//! Whether the results of two calls are the same, as far as anyone can see.

use chainner_sdk::{
    image::Image,
    library::{NodeDescription, ProbeFailure, Probed, WireValue},
};

/// Samples that differ by less are the same even with 16 bits. Sums that threads share differ in their last digits.
const INVISIBLE: f32 = 1e-5;

/// What a call gave.
#[derive(Clone, Copy)]
pub(super) struct Results<'a> {
    pub(super) probed: &'a Probed,
    pub(super) images: &'a [Image],
}

/// What differs, in words.
pub(super) fn difference(node: &NodeDescription, one: Results<'_>, other: Results<'_>) -> Option<String> {
    let iterated = node.outputs.iter().filter(|output| output.iterated).count();
    let (of_items, of_node) = node.outputs.split_at(iterated.min(node.outputs.len()));
    let labels = |outputs: &[chainner_sdk::library::OutputDescription]| -> Vec<String> {
        outputs.iter().map(|output| format!("output '{}'", output.label)).collect()
    };
    let found = values(&labels(of_node), &one.probed.statics, &other.probed.statics, one, other);
    found.or_else(|| {
        let (items, others) = (&one.probed.items, &other.probed.items);
        if items.len() != others.len() {
            return Some(format!("{} items, then {}", items.len(), others.len()));
        }
        let labels = labels(of_items);
        items.iter().zip(others).enumerate().find_map(|(number, (item, another))| {
            values(&labels, item, another, one, other).map(|what| format!("item {number}, {what}"))
        })
    })
}

type Values = Result<Vec<WireValue>, ProbeFailure>;

fn values(labels: &[String], a: &Values, b: &Values, one: Results<'_>, other: Results<'_>) -> Option<String> {
    match (a, b) {
        (Ok(a), Ok(b)) => labels
            .iter()
            .zip(a.iter().zip(b))
            .find_map(|(label, (a, b))| value(a, b, one, other).map(|what| format!("{label}: {what}"))),
        (Err(a), Err(b)) if a.kind == b.kind => None,
        (Ok(_), Err(failure)) => Some(format!("a result, then an error: {}", failure.message)),
        (Err(failure), Ok(_)) => Some(format!("an error, then a result: {}", failure.message)),
        (Err(a), Err(b)) => Some(format!("{}, then {}", a.message, b.message)),
    }
}

fn value(a: &WireValue, b: &WireValue, one: Results<'_>, other: Results<'_>) -> Option<String> {
    match (a, b) {
        (WireValue::Image(a), WireValue::Image(b)) => pixels(one.images.get(*a)?, other.images.get(*b)?),
        (WireValue::Float(a), WireValue::Float(b)) => {
            let (a, b) = (f64::from(a), f64::from(b));
            let same =
                a == b || a.is_nan() && b.is_nan() || (a - b).abs() <= a.abs().max(b.abs()) * f64::from(INVISIBLE);
            (!same).then(|| format!("{a}, then {b}"))
        }
        (WireValue::Color(a), WireValue::Color(b)) if a.len() == b.len() => {
            let same = a.iter().zip(b).all(|(a, b)| (a - b).abs() <= INVISIBLE || a.to_bits() == b.to_bits());
            (!same).then(|| format!("{a:?}, then {b:?}"))
        }
        (WireValue::Kept(_) | WireValue::Object(_), WireValue::Kept(_) | WireValue::Object(_)) => None,
        (a, b) if a == b => None,
        (a, b) => Some(format!("{}, then {}", plain(a), plain(b))),
    }
}

fn plain(value: &WireValue) -> String {
    match value {
        WireValue::Missing => "nothing".to_owned(),
        WireValue::Bool(value) => value.to_string(),
        WireValue::Integer(value) | WireValue::Seed(value) => value.to_string(),
        WireValue::Unsigned(value) => value.to_string(),
        WireValue::Text(text) | WireValue::Path(text) => format!("`{text}`"),
        other => format!("{other:?}"),
    }
}

fn pixels(a: &Image, b: &Image) -> Option<String> {
    let (a, b) = (a.view(), b.view());
    if (a.width(), a.height(), a.channels()) != (b.width(), b.height(), b.channels()) {
        return Some(format!("{a}, then {b}"));
    }
    let different = |(a, b): (&f32, &f32)| (a - b).abs() > INVISIBLE;
    let index = a.samples().iter().zip(b.samples()).position(different)?;
    let count = a.samples().iter().zip(b.samples()).filter(|pair| different(*pair)).count();
    let pixel = index / a.channels();
    let (x, y, channel) = (pixel % a.width(), pixel / a.width(), index % a.channels());
    Some(format!(
        "pixel ({x}, {y}), channel {channel} is {}, then {} ({count} of {} samples differ)",
        a.samples()[index],
        b.samples()[index],
        a.samples().len()
    ))
}
