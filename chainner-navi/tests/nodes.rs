//! Nodes as functions of types.

use std::collections::BTreeMap;

use chainner_navi::host::{Assignment, Evaluated, InputError, InputValue, Node, NodeFunction, OutputError, main_scope};
use chainner_navi::{Error, ErrorKind, Type, host};
use serde_json::{Value, json};

fn input(id: i64, kind: &str, declared: Value) -> Value {
    json!({"id": id, "label": format!("In {id}"), "kind": kind, "type": declared, "conversions": []})
}

fn with(mut json: Value, key: &str, value: Value) -> Value {
    json[key] = value;
    json
}

fn output(id: i64, declared: Value) -> Value {
    json!({"id": id, "label": format!("Out {id}"), "type": declared})
}

fn node(inputs: Value, outputs: Value) -> Value {
    json!({
        "schemaId": "test:node", "kind": "regularNode", "inputs": inputs, "outputs": outputs,
        "iteratorInputs": [], "iteratorOutputs": []
    })
}

fn load(json: &Value) -> Result<NodeFunction, Error> {
    let node = Node::from_json(json)?;
    let scope = main_scope([&node])?;
    NodeFunction::load(node, &scope)
}

fn evaluate(json: &Value, values: &[(i64, InputValue)]) -> Result<Evaluated, Error> {
    let assignment = |value: &InputValue| Assignment { value: Some(value.clone()), sequence: None };
    load(json)?.evaluate(&values.iter().map(|(id, value)| (*id, assignment(value))).collect())
}

fn edge(text: &str) -> InputValue {
    InputValue::Edge(host::scope().evaluate_text(text).expect(text))
}

fn printed(types: &BTreeMap<i64, Type>) -> Vec<String> {
    types.values().map(Type::to_string).collect()
}

#[test]
fn types_that_never_hold_are_refused() {
    for (inputs, outputs) in [
        (json!([input(0, "number", json!("1 & 2"))]), json!([])),
        (json!([]), json!([output(0, json!("error(\"x\")"))])),
        (json!([]), json!([output(0, json!("Input0"))])),
        (json!([input(0, "number", json!("Input0 | 1"))]), json!([])),
        (json!([input(0, "number", json!("Input1")), input(1, "number", json!("Input0"))]), json!([])),
        (json!([input(0, "number", json!("1")), input(0, "number", json!("2"))]), json!([])),
        (json!([with(input(0, "text", json!("string")), "adapt", json!("match Input { string => 1 }"))]), json!([])),
        (
            json!([with(input(0, "text", json!("any")), "conversions", json!([{"type": "never", "convert": "1"}]))]),
            json!([]),
        ),
        (json!([with(input(0, "dropdown", json!("any")), "options", json!([{"value": 0, "type": null}]))]), json!([])),
    ] {
        assert!(load(&node(inputs.clone(), outputs.clone())).is_err(), "{inputs} {outputs}");
    }
}

#[test]
fn errors_name_the_node_and_the_output() {
    let json = node(json!([input(0, "generic", json!("Image"))]), json!([output(0, json!("Input0.widht"))]));
    let error = load(&json).expect_err("no such field");
    assert_eq!(error.kind(), ErrorKind::InvalidFieldAccess);
    assert_eq!(
        error.caret(""),
        "node `test:node`: output `Out 0` (id 0): `Image` has no field `widht`\n\
         Input0.widht\n\
         \u{20}      ^^^^^\n\
         did you mean `width`?"
    );
}

#[test]
fn definitions_are_shared_by_text_and_clash_by_name() {
    let defining = |text: &str| {
        let input = with(input(0, "dropdown", json!("Mode")), "typeDefinitions", json!(text));
        Node::from_json(&node(json!([input]), json!([]))).expect("a node")
    };
    let (a, b) = (defining("enum Mode { A }"), defining("enum Mode { A, B }"));
    assert!(main_scope([&a, &a.clone()]).is_ok());
    assert_eq!(main_scope([&a, &b]).map(|_| ()).map_err(|error| error.kind()), Err(ErrorKind::Value));
    for bad in ["struct Image;", "let int = 1;", "intrinsic def f();", "enum {"] {
        assert!(main_scope([&defining(bad)]).is_err(), "{bad}");
    }
}

#[test]
fn typed_values_are_adapted_or_chosen_and_edges_converted() {
    let json = node(
        json!([
            with(
                input(0, "directory", json!("Directory")),
                "adapt",
                json!("match Input { string as path => Directory { path }, _ => never }")
            ),
            with(
                input(1, "dropdown", json!("bool")),
                "options",
                json!([{"value": 1, "type": "true"}, {"value": 0, "type": "false"}, {"value": 2}])
            ),
            with(
                input(2, "number", json!("int(1..8)")),
                "conversions",
                json!([{"type": "number", "convert": "round(Input)"}])
            ),
            with(input(3, "generic", json!(["Image", "null"])), "optional", json!(true)),
        ]),
        json!([]),
    );
    let inputs = |values: &[(i64, InputValue)]| printed(&evaluate(&json, values).expect("types").inputs);
    assert_eq!(inputs(&[]), ["Directory { path: string }", "false | true", "int(1..8)", "null"]);
    assert_eq!(
        inputs(&[(0, "/a".into()), (1, 0.0.into()), (2, edge("2.6")), (3, edge("Image { width: 5 }"))]),
        ["Directory { path: \"/a\" }", "false", "3", "Image { width: 5, height: int(1..inf), channels: int(1..inf) }"]
    );
    assert_eq!(inputs(&[(0, 1.0.into()), (1, 2.0.into())])[..2], ["Directory { path: string }", "false | true"]);
}

#[test]
fn what_cannot_be_connected_is_an_error_and_changes_nothing() {
    let json = node(json!([input(0, "generic", json!("Image"))]), json!([output(0, json!("Input0.width"))]));
    let evaluated = evaluate(&json, &[(0, edge("Image { width: 5 } | null"))]).expect("types");
    assert_eq!(printed(&evaluated.outputs), ["int(1..inf)"]);
    let [InputError { input_id: 0, assigned, .. }] = &evaluated.input_errors[..] else { panic!("{evaluated:?}") };
    assert_eq!(assigned.to_string(), "null | Image { width: 5, height: int(1..inf), channels: int(1..inf) }");
}

#[test]
fn error_values_and_never_become_messages() {
    let json = node(
        json!([input(0, "number", json!("int(0..10)"))]),
        json!([
            output(0, json!("if Input0 < 5 { Input0 } else { error(\"Too large.\") }")),
            with(output(1, json!("match Input0 { 7 => never, _ => 1 }")), "neverReason", json!("It was seven.")),
            output(2, json!("match Input0 { 7 => Error, _ => 1 }")),
        ]),
    );
    let evaluated = evaluate(&json, &[(0, 7.0.into())]).expect("types");
    let error = |output_id, message: &str| OutputError { output_id, message: Some(message.into()) };
    assert_eq!(evaluated.output_errors, [error(0, "Too large."), error(1, "It was seven."), error(2, "Unknown error")]);
    assert_eq!(printed(&evaluated.outputs), ["int(0..10)", "1", "1"]);
}

#[test]
fn a_wider_type_than_declared_is_what_the_host_does_not_survive() {
    let json = node(
        json!([input(0, "text", json!("string"))]),
        json!([output(0, json!("match string { Input0 => \"only\", _ as r => r }"))]),
    );
    let error = evaluate(&json, &[(0, "a".into())]).expect_err("wider");
    assert_eq!(error.kind(), ErrorKind::ParameterAssignment);
    assert!(!error.kind().is_evaluation());
}

#[test]
fn sequences_go_through_regular_nodes_and_into_iterators() {
    let sequence = |length: f64| host::scope().instance("Sequence", [("length", Type::number(length))]).expect("one");
    let item = |length| Assignment { value: Some(edge("Image")), sequence: Some(sequence(length)) };
    let inputs = json!([input(0, "generic", json!("Image")), input(1, "generic", json!("Image"))]);
    let json = node(inputs, json!([output(0, json!("Input0"))]));
    let regular = load(&json).expect("a node");

    let same = regular.evaluate(&[(0, item(5.0)), (1, item(5.0))].into()).expect("types");
    assert_eq!(printed(&same.output_sequences), ["Sequence { length: 5 }"]);
    let different = regular.evaluate(&[(0, item(5.0)), (1, item(6.0))].into()).expect("types");
    assert_eq!(different.sequence_errors[0].input_id, 1);
    assert!(different.output_sequences.is_empty());

    let group = json!([{"id": 0, "inputs": [0, 1], "sequenceType": "Sequence { length: int(2..) }"}]);
    let collector = with(with(json, "iteratorInputs", group), "kind", json!("collector"));
    let collector = with(collector, "outputs", json!([output(0, json!("IterInput0.length"))]));
    let collected = load(&collector).expect("a node").evaluate(&[(0, item(5.0))].into()).expect("types");
    assert_eq!(printed(&collected.outputs), ["5"]);
    assert_eq!(printed(&collected.input_sequences), ["Sequence { length: 5 }"; 2]);
}

#[test]
fn types_at_run_time_narrow_outputs() {
    let json = node(json!([]), json!([output(0, json!("Image"))]));
    let function = load(&json).expect("a node");
    let ran = host::scope().evaluate_text("Image { width: 3 }").expect("an image");
    let evaluated = function.evaluate_with(&BTreeMap::new(), &[(0, ran.clone())].into()).expect("types");
    assert_eq!(evaluated.outputs[&0], ran);
}
