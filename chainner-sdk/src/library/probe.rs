//! Calls as tests make them: of nodes of any sort, with what the node saw and what its results were before they were clamped.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use crate::{
    error::NodeError,
    image::{Image, observe},
    node::{Input, Node},
    sequence::Whole,
    threads,
    value::{Object, OutputValue, Value},
};

use super::{
    Probe, ProbeFailure, Probed, RawImage, WireFloat, WireValue,
    answer::{all_received, blame, sent},
};

/// Objects that are kept for other calls.
static KEPT: Mutex<Vec<Object>> = Mutex::new(Vec::new());

/// The object that was kept under a number.
pub(super) fn kept<'a>(number: usize) -> Option<Value<'a>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(number).cloned().map(Value::Object)
}

/// Calls the node; nothing if the question names an image that it does not bring.
pub(super) fn probe(node: &Node, ask: &Probe, images: &[RawImage], results: &mut Vec<Image>) -> Option<Probed> {
    observe::start();
    let read = |values: &[WireValue]| all_received(values, images);
    let values = read(&ask.values)?;
    let items = ask.items.iter().map(|item| read(item)).collect::<Option<Vec<_>>>()?;

    let single = node.inputs().iter().zip(ask.values.iter().zip(&values));
    let all_taken = single.map(|(input, (wire, value))| taken(input, wire, value)).collect();
    let iterated: Vec<&Input> = node.inputs().iter().filter(|input| input.decl.item.is_some()).collect();
    let taken_items = ask.items.iter().zip(&items).map(|(wires, values)| {
        iterated.iter().zip(wires.iter().zip(values)).map(|(input, (wire, value))| taken(input, wire, value)).collect()
    });
    let taken_items = taken_items.collect();

    let start = Instant::now();
    let given = match ask.threads {
        Some(threads) => threads::with_threads(threads, || Whole::of(node, values, items, ask.most_items)),
        None => Whole::of(node, values, items, ask.most_items),
    };
    let seconds = start.elapsed().as_secs_f64();

    let mut write =
        |values: Vec<OutputValue>| values.into_iter().map(|value| written(value, ask.keep, results)).collect();
    let statics = given.statics.map(&mut write).map_err(|error| told(&error));
    let items = given.items.into_iter().map(|item| item.map(&mut write).map_err(|error| told(&error))).collect();
    let observed = results.iter().map(Image::observed).collect();
    Some(Probed {
        taken: all_taken,
        taken_items,
        statics,
        items,
        length: given.length,
        complete: given.complete,
        observed,
        limited_to_8bit: node.decl().limited_to_8bit.is_some(),
        seconds,
    })
}

fn told(error: &NodeError) -> ProbeFailure {
    ProbeFailure { kind: blame(error), message: error.to_string() }
}

fn written(value: OutputValue, keep: bool, images: &mut Vec<Image>) -> WireValue {
    match value {
        OutputValue::Object(object) if keep => {
            let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(object);
            WireValue::Kept(kept.len() - 1)
        }
        value => sent(value, images),
    }
}

/// The value as its input lets it through; as it was where that refuses it, or where the wire has no word for it.
fn taken(input: &Input, wire: &WireValue, value: &Value<'_>) -> WireValue {
    match input.enforce(value.clone()) {
        Ok(Value::Bool(value)) => WireValue::Bool(value),
        Ok(Value::Integer(value)) => WireValue::Integer(value),
        Ok(Value::Float(value)) => WireValue::Float(WireFloat::from(value)),
        Ok(Value::Text(text)) => WireValue::Text(text.into_owned()),
        Ok(Value::Color(color)) => WireValue::Color(color.components()),
        Ok(Value::Seed(seed)) => WireValue::Seed(seed.0),
        _ => wire.clone(),
    }
}
