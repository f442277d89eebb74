//! The library's side: answers the tool's questions.

use std::{ffi::c_void, slice, time::Instant};

use crate::{
    context::{self, Context, Control},
    declare::PackageDecl,
    error::{ErrorKind, NodeError},
    image::{Image, ImageView},
    node::Node,
    panic, registry,
    value::{Color, OutputValue, Seed, Value},
};

use super::{
    ABI_VERSION, Answer, Ask, Attendant, FailureKind, RawImage, Request, Respond, Response, WireFloat, WireValue,
    describe, measure, probe, stream,
};

/// Answers a question about the package, by calling `respond` once.
pub fn answer(package: &'static PackageDecl, request: &Request, respond: Respond, receiver: *mut c_void) {
    panic::report_in_errors_only();
    let mut images = Vec::new();
    let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answered(package, request, &mut images)))
        .unwrap_or_else(|_| failure(FailureKind::Bug, "chainner-sdk panicked; please report this bug"));
    let json = serde_json::to_vec(&answer).unwrap_or_else(|error| {
        format!(r#"{{"failure":{{"kind":"bug","message":{:?}}}}}"#, error.to_string()).into_bytes()
    });
    sending(&json, &images, |response| respond(receiver, response));
}

/// Lays out an answer in memory while it is read.
pub(super) fn sending<T>(json: &[u8], images: &[Image], read: impl FnOnce(&Response) -> T) -> T {
    let raw: Vec<RawImage> = images.iter().map(|image| raw_image(image.view())).collect();
    read(&Response { json: json.as_ptr(), json_len: json.len(), images: raw.as_ptr(), image_count: raw.len() })
}

fn answered(package: &'static PackageDecl, request: &Request, results: &mut Vec<Image>) -> Answer {
    if request.version != ABI_VERSION {
        let side = if request.version > ABI_VERSION { "the package's chainner-sdk" } else { "cargo-chainner" };
        return failure(
            FailureKind::Version,
            &format!(
                "cargo-chainner speaks version {} of the library interface, this package version {ABI_VERSION}: upgrade {side}",
                request.version
            ),
        );
    }
    // SAFETY: the asker promises a valid pointer for the call.
    let json = unsafe { slice::from_raw_parts(request.json, request.json_len) };
    let ask: Ask = match serde_json::from_slice(json) {
        Ok(ask) => ask,
        Err(error) => return failure(FailureKind::Version, &format!("cannot read the question: {error}")),
    };
    let node = |id: &str| {
        let decl = registry::nodes_of(package.package).into_iter().find(|decl| decl.id == id);
        decl.map(Node::new)
            .ok_or_else(|| failure(FailureKind::Input, &format!("there is no node '{id}' in this package")))
    };
    let images = images(request);
    // SAFETY: the asker promises null or a valid pointer for the call.
    let attendant = unsafe { request.attendant.as_ref() };
    let answer = match ask {
        Ask::Describe => return Answer::Description(Box::new(describe::package(package))),
        Ask::Call { node: id, values } => node(&id).map(|node| {
            let values = all_received(&values, images);
            values.map(|values| call(&node, values, attendant, results))
        }),
        Ask::Probe(ask) => node(&ask.node).map(|node| {
            let probed = probe::probe(&node, &ask, images, results);
            probed.map(|probed| Answer::Probed(Box::new(probed)))
        }),
        Ask::Stream { node: id, values } => node(&id).map(|node| {
            // SAFETY: as of the attendant.
            let conveyor = unsafe { request.conveyor.as_ref() }?;
            let values = all_received(&values, images);
            values.map(|values| stream::stream(&node, values, attendant, conveyor, results))
        }),
        Ask::Measure(ask) => node(&ask.node).map(|node| measure::measure(&node, &ask, images)),
    };
    match answer {
        Ok(Some(answer)) => answer,
        Ok(None) => failure(FailureKind::Version, BAD_QUESTION),
        Err(failure) => failure,
    }
}

const BAD_QUESTION: &str = "a part of the question is missing, or an image without a shape";

fn images(request: &Request) -> &[RawImage] {
    match request.image_count {
        0 => &[],
        // SAFETY: the asker promises that many valid images for the call.
        count => unsafe { slice::from_raw_parts(request.images, count) },
    }
}

fn call(node: &Node, values: Vec<Value<'_>>, attendant: Option<&Attendant>, results: &mut Vec<Image>) -> Answer {
    let start = Instant::now();
    let called = in_context(node, attendant, |context| node.call_in(context, values));
    let seconds = start.elapsed().as_secs_f64();
    told(called, seconds, results)
}

/// Does the work of a run, which the attendant is told of if the node takes part in that.
pub(super) fn in_context<T: Send>(
    node: &Node,
    attendant: Option<&Attendant>,
    work: impl FnOnce(&Context) -> T + Send,
) -> T {
    let context = Context::of(Control::of_package(node.decl().package));
    let done = match attendant.filter(|_| node.decl().takes_context) {
        Some(attendant) => attended(attendant, &context, || work(&context)),
        None => work(&context),
    };
    context.control().clean_up();
    done
}

/// The answer of a call.
pub(super) fn told(called: Result<Vec<OutputValue>, NodeError>, seconds: f64, results: &mut Vec<Image>) -> Answer {
    match called {
        Ok(values) => {
            Answer::Results { values: values.into_iter().map(|value| sent(value, results)).collect(), seconds }
        }
        Err(error) => failure(blame(&error), &error.to_string()),
    }
}

pub(super) fn blame(error: &NodeError) -> FailureKind {
    match error.kind() {
        ErrorKind::Input => FailureKind::Input,
        ErrorKind::Node => FailureKind::Node,
        ErrorKind::Bug if error.is_panic() => FailureKind::Bug,
        ErrorKind::Bug => FailureKind::Broken,
        ErrorKind::Aborted => FailureKind::Aborted,
    }
}

fn attended<T: Send>(attendant: &Attendant, context: &Context, work: impl FnOnce() -> T + Send) -> T {
    let mut told = 0.0;
    let mut look = || {
        let fraction = context.fraction();
        let news = if fraction == told { f64::NAN } else { fraction };
        told = fraction;
        if !(attendant.attend)(attendant.attendant, news) {
            context.abort();
        }
    };
    // At once: only now does the attendant know that the node listens.
    look();
    let result = context::attended(work, &mut look);
    look();
    result
}

/// The values; nothing if one names an image that is not there.
pub(super) fn all_received<'a>(values: &[WireValue], images: &'a [RawImage]) -> Option<Vec<Value<'a>>> {
    values.iter().map(|value| received(value, images)).collect()
}

fn received<'a>(value: &WireValue, images: &'a [RawImage]) -> Option<Value<'a>> {
    Some(match value {
        WireValue::Missing => Value::Missing,
        WireValue::Bool(value) => Value::Bool(*value),
        WireValue::Integer(value) => Value::Integer(*value),
        WireValue::Unsigned(value) => i64::try_from(*value).map_or(Value::Float(*value as f64), Value::Integer),
        WireValue::Float(value) => Value::Float(value.into()),
        WireValue::Text(text) => Value::Text(text.clone().into()),
        WireValue::Path(path) => Value::Path(path.into()),
        WireValue::Image(index) => Value::Image(view(images.get(*index)?)?),
        WireValue::Color(components) => Value::Color(Color::from_components(components)?),
        WireValue::Seed(seed) => Value::Seed(Seed(*seed)),
        WireValue::Object(what) => Value::Foreign(what.clone()),
        WireValue::Kept(number) => probe::kept(*number)?,
    })
}

pub(super) fn sent(value: OutputValue, images: &mut Vec<Image>) -> WireValue {
    match value {
        OutputValue::Image(image) => {
            images.push(image);
            WireValue::Image(images.len() - 1)
        }
        OutputValue::Integer(value) => WireValue::Integer(value),
        OutputValue::Unsigned(value) => WireValue::Unsigned(value),
        OutputValue::Float(value) => WireValue::Float(WireFloat::from(value)),
        OutputValue::Text(text) => WireValue::Text(text),
        OutputValue::Bool(value) => WireValue::Bool(value),
        OutputValue::Color(color) => WireValue::Color(color.components()),
        OutputValue::Directory(path) => WireValue::Path(path.to_string_lossy().into_owned()),
        OutputValue::Seed(seed) => WireValue::Seed(seed.0),
        OutputValue::Nothing => WireValue::Missing,
        OutputValue::Object(object) => WireValue::Object(object.what().to_owned()),
    }
}

fn view(raw: &RawImage) -> Option<ImageView<'_>> {
    let len = raw.width.checked_mul(raw.height)?.checked_mul(raw.channels)?;
    if len == 0 {
        return ImageView::new(&[], raw.width, raw.height, raw.channels);
    }
    // SAFETY: the asker promises that many valid samples for the call.
    ImageView::new(unsafe { slice::from_raw_parts(raw.samples, len) }, raw.width, raw.height, raw.channels)
}

fn raw_image(image: ImageView<'_>) -> RawImage {
    RawImage {
        samples: image.samples().as_ptr(),
        width: image.width(),
        height: image.height(),
        channels: image.channels(),
    }
}

pub(super) fn failure(kind: FailureKind, message: &str) -> Answer {
    Answer::Failure { kind, message: message.to_owned() }
}
