//! The types of a node with values: those a new node starts with, and samples of what may come.

use std::collections::{BTreeMap, BTreeSet};

use chainner_navi::{
    Type,
    host::{self, Assignment, Evaluated, InputValue, NodeFunction},
};
use serde_json::Value;

use crate::codes::Code;

use super::super::{
    Findings,
    subject::{Input, Node, list},
};

/// Width, height and channels of the images that are tried.
const IMAGES: &[(f64, f64, f64)] = &[(1.0, 1.0, 1.0), (640.0, 480.0, 3.0), (641.0, 479.0, 4.0)];
/// Samples of one node, so that a choice of hundreds does not take hundreds of evaluations.
const MOST: usize = 64;

type Assignments = BTreeMap<i64, Assignment>;

/// Types that become `never`, or that the app does not survive.
pub(super) fn check(node: &Node<'_>, function: &NodeFunction, findings: &mut Findings) {
    let defaults = defaults(node);
    let Some(evaluated) = evaluate(node, function, &defaults, "with the values a new node starts with", findings)
    else {
        return;
    };
    let mut told = BTreeSet::new();
    refused_defaults(node, &evaluated, findings);
    for error in &evaluated.output_errors {
        told.insert(error.output_id);
        let Some(output) = u64::try_from(error.output_id).ok().and_then(|id| node.output(id)) else { continue };
        let reason = error.message.as_ref().map(|reason| format!(" (\"{reason}\")")).unwrap_or_default();
        let message = format!("{} cannot be, with the values a new node starts with{reason}", output.called());
        let help = "change a default, or the type: the node shows an error as soon as it is made";
        findings.warning(Code::SampleOutput, message).at(output.place()).help(help);
    }
    if function.dependent_outputs().is_empty() {
        return;
    }
    for (what, sample) in samples(node, function, &defaults).into_iter().take(MOST) {
        let Some(evaluated) = evaluate(node, function, &sample, &what, findings) else { return };
        if !evaluated.input_errors.is_empty() {
            continue;
        }
        for error in evaluated.output_errors.iter().filter(|error| error.message.is_none()) {
            let output = u64::try_from(error.output_id).ok().and_then(|id| node.output(id));
            let Some(output) = output.filter(|_| told.insert(error.output_id)) else { continue };
            let message = format!("{} becomes `never` {what}, and nothing says why", output.called());
            let help = "correct its type, or write `never_reason = \"…\"`, which the app then shows";
            findings.warning(Code::SampleOutput, message).at(output.place()).help(help);
        }
    }
}

fn evaluate(
    node: &Node<'_>,
    function: &NodeFunction,
    assignments: &Assignments,
    what: &str,
    findings: &mut Findings,
) -> Option<Evaluated> {
    let refused = |error: chainner_navi::Error| {
        let message = format!("{what}, the app's type checking would end: {error}");
        let help = "let the declared type hold everything that the expression can become";
        findings.error(Code::TypeMistake, message).at(node.place()).help(help);
    };
    function.evaluate(assignments).map_err(refused).ok()
}

/// What the inputs of a new node hold.
fn defaults(node: &Node<'_>) -> Assignments {
    let default = |input: Input<'_>| Some((input.id()?.try_into().ok()?, value(&input.schema["def"])?));
    node.inputs().filter_map(default).collect()
}

fn value(json: &Value) -> Option<Assignment> {
    Some(Assignment { value: Some(InputValue::from_json(json)?), sequence: None })
}

fn refused_defaults(node: &Node<'_>, evaluated: &Evaluated, findings: &mut Findings) {
    for error in &evaluated.input_errors {
        let Some(input) = u64::try_from(error.input_id).ok().and_then(|id| node.input(id)) else { continue };
        // A default outside of its range or list is told by the rules about numbers and choices.
        let place = input.place();
        let is_told = |told: &&super::super::Finding| told.code == Code::Default && told.places.contains(&place);
        if findings.0.iter().any(|told| is_told(&told)) {
            continue;
        }
        let message = format!(
            "the default {} of {} is `{}`, which is not within its type `{}`",
            input.schema["def"],
            input.called(),
            error.assigned,
            error.expected
        );
        findings.error(Code::DefaultType, message).at(&place).help("change the default, or the type");
    }
}

/// Assignments to try, each with words for it.
fn samples(node: &Node<'_>, function: &NodeFunction, defaults: &Assignments) -> Vec<(String, Assignments)> {
    let mut samples = Vec::new();
    let image = |(width, height, channels): (f64, f64, f64)| {
        let fields = [("width", width), ("height", height), ("channels", channels)];
        host::scope().instance("Image", fields.map(|(name, value)| (name, Type::number(value)))).ok()
    };
    let with_images = |image: &Type| {
        let mut sample = defaults.clone();
        for input in node.inputs().filter(|input| input.kind() == "generic") {
            let Some(id) = input.id().and_then(|id| i64::try_from(id).ok()) else { continue };
            if function.input(id).is_some_and(|declared| host::assign(image, declared).is_some()) {
                let edge = Assignment { value: Some(InputValue::Edge(image.clone())), sequence: None };
                sample.insert(id, edge);
            }
        }
        sample
    };
    for size in IMAGES {
        if let Some(image) = image(*size) {
            let (width, height, channels) = size;
            samples.push((format!("for images of {width}×{height} with {channels} channels"), with_images(&image)));
        }
    }
    // Inputs that an option makes mandatory have something then.
    let plain = image(IMAGES[1]).map_or_else(|| defaults.clone(), |image| with_images(&image));
    let named = named(function);
    for input in node.inputs() {
        let Some(id) = input.id().and_then(|id| i64::try_from(id).ok()) else { continue };
        if !named.contains(format!("Input{id}").as_str()) {
            continue;
        }
        let values: Vec<&Value> = match input.kind() {
            "dropdown" => list(input.schema, "options").iter().map(|option| &option["value"]).collect(),
            "number" | "slider" => ["min", "max"].iter().map(|key| &input.schema[*key]).collect(),
            _ => continue,
        };
        for json in values {
            let Some(assignment) = value(json) else { continue };
            let mut sample = plain.clone();
            sample.insert(id, assignment);
            samples.push((format!("when input \"{}\" is {json}", input.label()), sample));
        }
    }
    samples
}

/// Names that the types of outputs depend on, through others if need be.
fn named(function: &NodeFunction) -> BTreeSet<&str> {
    let node = function.node();
    let outputs = node.outputs.iter().map(|output| &output.declared);
    let mut named: BTreeSet<&str> =
        outputs.chain(node.iterator_outputs.iter().map(|group| &group.sequence)).flat_map(host::references).collect();
    loop {
        let before = named.len();
        for input in &node.inputs {
            if named.contains(format!("Input{}", input.id).as_str()) {
                named.extend(host::references(&input.declared));
            }
        }
        if named.len() == before {
            return named;
        }
    }
}
