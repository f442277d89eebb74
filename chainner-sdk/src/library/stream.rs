//! Calls whose sequences come and go item by item.

use std::{iter, slice, time::Instant};

use crate::{
    error::NodeError,
    image::Image,
    node::Node,
    sequence::Streamed,
    value::{OutputValue, Value},
};

use super::{
    Answer, Attendant, Conveyor, RawImage, Response, WireValue,
    answer::{all_received, blame, failure, in_context, sending, sent, told},
};

/// The asker's side of the sequence, handed to the thread that works.
#[derive(Clone, Copy)]
struct Belt<'a>(&'a Conveyor);

// SAFETY: the asker promises that the conveyor may be asked on another thread, one at a time.
unsafe impl Send for Belt<'_> {}
// SAFETY: as above: the thread that works is the only one that asks.
unsafe impl Sync for Belt<'_> {}

/// Calls the node.
pub(super) fn stream(
    node: &Node,
    values: Vec<Value<'_>>,
    attendant: Option<&Attendant>,
    conveyor: &Conveyor,
    results: &mut Vec<Image>,
) -> Answer {
    let belt = Belt(conveyor);
    let start = Instant::now();
    let called = in_context(node, attendant, |context| {
        let run = node.start_in(context, values)?;
        let mut items = iter::from_fn(|| belt.next().map(|item| item.map_err(|error| error.at_node(node.decl().name))));
        Streamed::of(run, &mut items, &mut |item| belt.take(item)).map(|streamed| streamed.statics)
    });
    told(called, start.elapsed().as_secs_f64(), results)
}

impl<'a> Belt<'a> {
    fn next(self) -> Option<Result<Vec<Value<'a>>, NodeError>> {
        let parcel = (self.0.next)(self.0.conveyor);
        // SAFETY: the asker promises null or a pointer that is valid until the next call; until then the values are used up: a
        // sequence keeps its own copies of what is pushed into it.
        let parcel: &'a Response = unsafe { parcel.as_ref() }?;
        Some(read(parcel).ok_or_else(|| NodeError::new("the next item cannot be had")))
    }

    fn take(self, item: Result<Vec<OutputValue>, NodeError>) -> bool {
        let mut images = Vec::new();
        let answer = match item {
            Ok(values) => Answer::Item { values: values.into_iter().map(|value| sent(value, &mut images)).collect() },
            Err(error) => failure(blame(&error), &error.to_string()),
        };
        match serde_json::to_vec(&answer) {
            Ok(json) => sending(&json, &images, |response| (self.0.take)(self.0.conveyor, response)),
            Err(_) => false,
        }
    }
}

fn read(parcel: &Response) -> Option<Vec<Value<'_>>> {
    // SAFETY: the asker promises that many bytes.
    let json = unsafe { slice::from_raw_parts(parcel.json, parcel.json_len) };
    let values: Option<Vec<WireValue>> = serde_json::from_slice(json).ok()?;
    let images: &[RawImage] = match parcel.image_count {
        0 => &[],
        // SAFETY: as above.
        count => unsafe { slice::from_raw_parts(parcel.images, count) },
    };
    all_received(&values?, images)
}
