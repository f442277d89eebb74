//! Agrees with what the real application was recorded to do.
//!
//! The recordings are not part of the repository; where they are missing the tests say so and pass. `NAVI_VECTORS=<dir>`
//! names a directory with further files of the same names and format.

#[path = "vectors/files.rs"]
mod files;
#[path = "vectors/tree.rs"]
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use chainner_navi::host::{self, Assignment, InputValue, Node, NodeFunction, main_scope};
use chainner_navi::{Error, Expression, Scope, Type, parse_definitions, parse_expression};
use files::{Tally, directories, files, read};
use serde_json::{Map, Value, json};
use tree::{plain, plain_definition, same_json};

fn vectors(file: &Value) -> &Vec<Value> {
    file["vectors"].as_array().expect("vectors")
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_else(|| panic!("{key} of {vector}"))
}

/// Equal text; results of exp, log and their like may differ in the last digit.
fn same_type(ours: &str, theirs: &str, inexact: bool) -> bool {
    if ours == theirs {
        return true;
    }
    let (ours, theirs) = (numbers_apart(ours), numbers_apart(theirs));
    inexact
        && ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(a, b)| match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => a == b || (a - b).abs() <= 1e-14 * a.abs().max(b.abs()),
            _ => a == b,
        })
}

fn numbers_apart(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut in_number = false;
    let bytes = text.as_bytes();
    for (index, c) in text.char_indices() {
        let digit_follows = bytes.get(index + 1).is_some_and(u8::is_ascii_digit);
        let number = c.is_ascii_digit()
            || (c == '.' && in_number && digit_follows && bytes.get(index.wrapping_sub(1)) != Some(&b'.'))
            || (c == 'e' && in_number && (digit_follows || matches!(bytes.get(index + 1), Some(b'+' | b'-'))))
            || (matches!(c, '+' | '-') && in_number && bytes.get(index.wrapping_sub(1)) == Some(&b'e'));
        if number != in_number || parts.is_empty() {
            parts.push(String::new());
        }
        in_number = number;
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

fn is_inexact(expression: &str) -> bool {
    ["exp", "log", "pow", "sqrt", "sin", "cos", "tan", "**"].iter().any(|name| expression.contains(name))
}

// Parsing

#[test]
fn texts_parse_print_and_fail_as_recorded() {
    for path in files("parse_") {
        let file = read(&path);
        let mut tally = Tally::default();
        for vector in vectors(&file) {
            let (id, source) = (text(vector, "id"), text(vector, "text"));
            let (printed, tree, error, sources) = match text(vector, "kind") {
                "expression" => match parse_expression(source) {
                    Ok(e) => (json!(e.to_string()), plain(&e), None, vec![e.to_source()]),
                    Err(error) => (Value::Null, Value::Null, Some(error), vec![]),
                },
                _ => match parse_definitions(source) {
                    Ok(all) => (
                        all.iter().map(|d| d.to_string()).collect(),
                        all.iter().map(|d| plain_definition(d)).collect(),
                        None,
                        all.iter().map(|d| d.to_source()).collect(),
                    ),
                    Err(error) => (Value::Null, Value::Null, Some(error), vec![]),
                },
            };
            let ok = vector["ok"] == true;
            tally.count("parse", ok == error.is_none() && (!ok || same_json(&tree, &vector["ast"])), || {
                format!("{id} {source:?}\n  ours {tree} {error:?}\n  real {}", vector["ast"])
            });
            if ok {
                tally.count("print", printed == vector["printed"], || {
                    format!("{id} {source:?}\n  ours {printed}\n  real {}", vector["printed"])
                });
                let again = match text(vector, "kind") {
                    "expression" => parse_expression(&sources[0]).map(|e| vec![e.to_source()]),
                    _ => parse_definitions(&sources.join(" ")).map(|all| all.iter().map(|d| d.to_source()).collect()),
                };
                tally.count("print and parse", again.as_ref() == Ok(&sources), || {
                    format!("{id} {source:?}\n  once  {sources:?}\n  twice {again:?}")
                });
            } else if let Some(error) = error {
                let kind = text(&vector["error"], "kind");
                tally.count("error kind", error.kind().name() == kind, || format!("{id} {source:?}: {error:?} {kind}"));
                let span = error.span().expect("a span").utf16(source);
                let caret = (vector["caret"][0].as_u64(), vector["caret"][1].as_u64());
                let same = (Some(span.0 as u64), Some(span.1 as u64)) == caret;
                // Navi blames the brace of a bad struct, or half of a surrogate pair, where the culprit is known.
                let units: Vec<u16> = source.encode_utf16().collect();
                let blamed = caret.0.and_then(|at| units.get(at as usize)).copied().unwrap_or(0);
                let better = (blamed == u16::from(b'{') && Some(span.0 as u64) > caret.0)
                    || ((0xD800..0xDC00).contains(&blamed) && Some(span.0 as u64) == caret.0);
                tally.count("caret", same || better, || {
                    format!("{id} {source:?}: ours {span:?}, real {caret:?}: {error}")
                });
            }
        }
        tally.report(&path);
    }
}

// Evaluating

fn scope_of(vector: &Value) -> Scope {
    if vector["scope"] == "global" { Scope::builtin() } else { host::scope() }
}

fn evaluate(vector: &Value) -> Result<Type, Error> {
    let mut scope = scope_of(vector).child();
    if let Some(definitions) = vector["defs"].as_str() {
        scope = scope.define(&parse_definitions(definitions)?)?;
    }
    if let Some(parameters) = vector["params"].as_object() {
        for (name, value) in parameters {
            scope = scope.parameter(name.as_str(), scope_of(vector).evaluate_text(value.as_str().expect("text"))?)?;
        }
    }
    let expression = match &vector["expr"] {
        Value::String(text) => parse_expression(text)?,
        json => Expression::from_json(json)?,
    };
    scope.build().evaluate(&expression)
}

fn shown(result: &Result<Type, Error>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(error) => format!("!{}", error.kind().name()),
    }
}

#[test]
fn expressions_evaluate_as_recorded() {
    for path in files("eval_") {
        let file = read(&path);
        let mut tally = Tally::default();
        for vector in vectors(&file) {
            let ours = shown(&evaluate(vector));
            let theirs = match vector["type"].as_str() {
                Some(printed) => printed.to_owned(),
                None => format!("!{}", text(&vector["error"], "kind")),
            };
            let expression = vector["expr"].to_string();
            tally.count("eval", same_type(&ours, &theirs, is_inexact(&expression)), || {
                format!("{} {expression}\n  ours {ours}\n  real {theirs}", text(vector, "id"))
            });
        }
        tally.report(&path);
    }
}

#[test]
fn every_recorded_combination_of_builtins_agrees() {
    for path in files("bulk_eval_") {
        let bytes = fs::read(&path).expect("a readable file");
        let mut lines = String::new();
        if path.extension().is_some_and(|extension| extension == "gz") {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut lines).expect("gzip");
        } else {
            lines = String::from_utf8(bytes).expect("UTF-8");
        }
        let mut tally = Tally::default();
        for line in lines.lines() {
            let Some((expression, theirs)) = line.split_once('\t') else { continue };
            let ours = shown(&host::scope().evaluate_text(expression));
            tally.count("eval", same_type(&ours, theirs, is_inexact(expression)), || {
                format!("{expression}\n  ours {ours}\n  real {theirs}")
            });
        }
        tally.report(&path);
    }
}

#[test]
fn set_operations_agree() {
    for path in files("op_") {
        let file = read(&path);
        let mut tally = Tally::default();
        for vector in vectors(&file) {
            let operand = |key| host::scope().evaluate_text(text(vector, key)).expect("a type");
            let (a, b) = (operand("a"), operand("b"));
            let assigned = host::assign(&a, &b);
            let results = [
                ("union", json!(a.union(&b).to_string())),
                ("intersect", json!(a.intersection(&b).to_string())),
                ("without", json!(a.without(&b).to_string())),
                ("subset", json!(a.is_subset_of(&b))),
                ("disjoint", json!(a.is_disjoint_from(&b))),
                ("assignOk", json!(assigned.is_some())),
                ("assigned", json!(assigned.unwrap_or_else(Type::never).to_string())),
            ];
            for (operation, ours) in results {
                // What is assigned where nothing can be is of no interest.
                if operation == "assigned" && vector["assignOk"] == false {
                    continue;
                }
                tally.count(operation, ours == vector[operation], || {
                    format!(
                        "{} {} {operation} {}\n  ours {ours}\n  real {}",
                        vector["id"], vector["a"], vector["b"], vector[operation]
                    )
                });
            }
        }
        tally.report(&path);
    }
}

// Nodes

/// Schemas of all nodes in files called `nodes*.json`, in and above the directories of the vectors.
fn schemas() -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for directory in directories() {
        for directory in [directory.join(".."), directory] {
            let Ok(entries) = fs::read_dir(&directory) else { continue };
            let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            paths.sort();
            for path in paths {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if !name.starts_with("nodes") || !name.ends_with(".json") {
                    continue;
                }
                for node in read(&path)["nodes"].as_array().into_iter().flatten() {
                    if seen.insert(node["schemaId"].to_string()) {
                        all.push(node.clone());
                    }
                }
            }
        }
    }
    all
}

type Functions = BTreeMap<String, NodeFunction>;

fn load(schemas: &[Value]) -> Functions {
    let nodes: Vec<Node> =
        schemas.iter().map(|json| Node::from_json(json).unwrap_or_else(|e| panic!("{e:?}"))).collect();
    let scope = main_scope(&nodes).unwrap_or_else(|error| panic!("{error:?}"));
    nodes
        .into_iter()
        .map(|node| {
            let id = node.schema_id.clone();
            (id, NodeFunction::load(node, &scope).unwrap_or_else(|error| panic!("{error:?}")))
        })
        .collect()
}

fn assignments(vector: &Value, scope: &Scope) -> BTreeMap<i64, Assignment> {
    let assign = vector["assign"].as_object().expect("assignments");
    let of = |text: &Value| text.as_str().map(|text| scope.evaluate_text(text));
    assign
        .iter()
        .map(|(id, given)| {
            let edge = of(&given["type"]).map(|edge| InputValue::Edge(edge.unwrap_or_else(|e| panic!("{given} {e}"))));
            let sequence = of(&given["sequence"]).map(|sequence| sequence.expect("a sequence"));
            let value = edge.or_else(|| InputValue::from_json(&given["value"]));
            (id.parse().expect("an id"), Assignment { value, sequence })
        })
        .collect()
}

fn by_id(types: &BTreeMap<i64, Type>) -> Value {
    types.iter().map(|(id, value)| (id.to_string(), Value::from(value.to_string()))).collect::<Map<_, _>>().into()
}

fn evaluated(function: &NodeFunction, vector: &Value) -> Result<Value, Error> {
    let out = function.evaluate(&assignments(vector, function.scope()))?;
    let errors = |mut errors: Vec<Value>| {
        errors.sort_by_key(|error| error.to_string());
        Value::from(errors)
    };
    let refused = |id: i64, expected: &Type, assigned: &Type| json!({"inputId": id, "expected": expected.to_string(), "assigned": assigned.to_string()});
    Ok(json!({
        "inputs": by_id(&out.inputs),
        "outputs": by_id(&out.outputs),
        "inputErrors": errors(out.input_errors.iter().map(|e| refused(e.input_id, &e.expected, &e.assigned)).collect()),
        "outputErrors": errors(
            out.output_errors.iter().map(|e| json!({"outputId": e.output_id, "message": e.message})).collect()
        ),
        "sequenceErrors": errors(
            out.sequence_errors.iter().map(|e| refused(e.input_id, &e.expected, &e.assigned)).collect()
        ),
        "inputSequence": by_id(&out.input_sequences),
        "outputSequence": by_id(&out.output_sequences),
    }))
}

fn check_functions(functions: &Functions, vectors: &[Value], tally: &mut Tally) {
    let mut unknown = BTreeSet::new();
    for vector in vectors {
        let schema_id = text(vector, "schemaId");
        let Some(function) = functions.get(schema_id) else {
            unknown.insert(schema_id);
            continue;
        };
        let id = text(vector, "id");
        match (evaluated(function, vector), vector.get("error")) {
            (Ok(ours), None) => {
                for (key, ours) in ours.as_object().expect("an object") {
                    let mut theirs = vector[key].clone();
                    if let Some(errors) = theirs.as_array_mut() {
                        errors.sort_by_key(|error| sorted(error).to_string());
                    }
                    let agrees = same_type(&ours.to_string(), &sorted(&theirs).to_string(), true);
                    tally.count("function", agrees, || {
                        format!("{id} {schema_id} {key} of {}\n  ours {ours}\n  real {theirs}", vector["assign"])
                    });
                }
            }
            (Err(error), Some(real)) => {
                tally.count("refused", error.kind().name() == text(real, "kind"), || format!("{id} {error} {real}"));
            }
            (ours, real) => tally.count("function", false, || format!("{id} {schema_id} ours {ours:?}, real {real:?}")),
        }
    }
    if !unknown.is_empty() {
        println!("skipped: no schema of {unknown:?}");
    }
}

/// The same JSON with sorted keys, whatever map serde_json is built with.
fn sorted(json: &Value) -> Value {
    match json {
        Value::Object(object) => {
            let sorted: BTreeMap<&String, Value> = object.iter().map(|(key, value)| (key, sorted(value))).collect();
            sorted.into_iter().map(|(key, value)| (key.clone(), value)).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn real_nodes_are_the_functions_they_were_recorded_to_be() {
    let paths = files("function_vectors_");
    if paths.is_empty() {
        return;
    }
    let functions = load(&schemas());
    for path in paths {
        let mut tally = Tally::default();
        check_functions(&functions, vectors(&read(&path)), &mut tally);
        tally.report(&path);
    }
}

#[test]
fn real_nodes_have_the_declared_types_they_were_recorded_with() {
    let paths = files("function_defaults_");
    if paths.is_empty() {
        return;
    }
    let functions = load(&schemas());
    for path in paths {
        let mut tally = Tally::default();
        let file = read(&path);
        for (schema_id, theirs) in file.get("nodes").unwrap_or(&file).as_object().expect("nodes") {
            let Some(function) = functions.get(schema_id) else {
                println!("skipped: no schema of {schema_id}");
                continue;
            };
            let types = |ids: Vec<i64>, of: &dyn Fn(i64) -> Option<Type>| {
                by_id(&ids.into_iter().filter_map(|id| Some((id, of(id)?))).collect())
            };
            let inputs = || function.node().inputs.iter().map(|input| input.id).collect();
            let outputs = || function.node().outputs.iter().map(|output| output.id).collect();
            let dependent: BTreeSet<&str> =
                theirs["outputReevaluated"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            for (key, ours) in [
                ("inputs", types(inputs(), &|id| function.input(id).cloned())),
                ("convertible", types(inputs(), &|id| function.convertible(id))),
                ("outputs", types(outputs(), &|id| function.output(id).cloned())),
            ] {
                tally.count(key, same_type(&ours.to_string(), &sorted(&theirs[key]).to_string(), true), || {
                    format!("{schema_id}\n  ours {ours}\n  real {}", theirs[key])
                });
            }
            let ours = function.dependent_outputs();
            tally.count("dependent", ours == dependent, || format!("{schema_id} ours {ours:?}, real {dependent:?}"));
        }
        tally.report(&path);
    }
}

#[test]
fn made_up_nodes_behave_as_recorded() {
    let paths = files("synthetic_vectors_");
    let nodes = files("synthetic_nodes");
    let (Some(nodes), false) = (nodes.first(), paths.is_empty()) else { return };
    let file = read(nodes);
    let functions = load(file["nodes"].as_array().expect("nodes"));
    for path in paths {
        let mut tally = Tally::default();
        check_functions(&functions, vectors(&read(&path)), &mut tally);
        tally.report(&path);
    }

    let mut tally = Tally::default();
    for rejected in file["rejected"].as_array().expect("rejected nodes") {
        let result = Node::from_json(&rejected["schema"]).and_then(|node| {
            let scope = main_scope([&node])?;
            NodeFunction::load(node, &scope)
        });
        tally.count("rejected", result.is_err(), || rejected["name"].to_string());
    }
    tally.report(nodes);
}
