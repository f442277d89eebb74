//! Recorded calls: each is made again, and the results compared.

use std::collections::BTreeMap;

use chainner_sdk::{node::Node, value::OutputValue};

use crate::{
    corpus::{Case, Corpus, Recorded},
    exceptions::Ledger,
    one_file, own_id,
    run::{self, Results},
    tolerance,
};

/// Enters each case of a node that we have; returns the others by node, with their number of cases.
pub(crate) fn compare(corpus: &Corpus, nodes: &[Node], ledger: &mut Ledger) -> BTreeMap<String, usize> {
    let mut not_ported = BTreeMap::new();
    for case in &corpus.cases {
        match nodes.iter().find(|node| node.decl().id == own_id(&case.schema_id)) {
            Some(node) => ledger.enter(&case.id, judge(corpus, node, case)),
            None if let Some(node) = one_file::reader(nodes, case) => {
                ledger.enter(&case.id, one_file::judge(corpus, node, case));
            }
            None => *not_ported.entry(case.schema_id.clone()).or_default() += 1,
        }
    }
    not_ported
}

fn judge(corpus: &Corpus, node: &Node, case: &Case) -> Result<(), String> {
    let results = run::case(corpus, node, case)?;
    match (&case.error, results) {
        // Our message may be better; refusing is what counts. A panic is no refusal.
        (Some(_), Err(error)) if error.kind() != chainner_sdk::ErrorKind::Bug => Ok(()),
        (Some(error), Err(ours)) => Err(format!("the app refuses ({error}), but our node breaks: {ours}")),
        (Some(error), Ok(_)) => Err(format!("the app refuses ({error}), our node does not")),
        (None, Err(error)) => Err(format!("refused: {error}")),
        (None, Ok(results)) => judge_results(corpus, node, case, &results),
    }
}

fn judge_results(corpus: &Corpus, node: &Node, case: &Case, results: &Results) -> Result<(), String> {
    for (id, recorded) in &case.outputs {
        let index = output_index(node, *id)?;
        let value = results.values.get(index).ok_or_else(|| format!("no output {id}"))?;
        output(corpus, case, recorded, value).map_err(|why| format!("output {id}: {why}"))?;
    }
    let Some(items) = &case.items else { return Ok(()) };
    if items.len() != results.items.len() {
        return Err(format!("{} items, expected {}", results.items.len(), items.len()));
    }
    for (number, (recorded, values)) in items.iter().zip(&results.items).enumerate() {
        for (recorded, value) in recorded.iter().zip(values) {
            output(corpus, case, recorded, value).map_err(|why| format!("item {number}: {why}"))?;
        }
    }
    Ok(())
}

fn output_index(node: &Node, id: u32) -> Result<usize, String> {
    let ids = node.outputs().iter().enumerate().map(|(index, output)| output.options.id.unwrap_or(index as u32));
    ids.into_iter().position(|own| own == id).ok_or_else(|| format!("no output has the id {id}"))
}

pub(crate) fn output(corpus: &Corpus, case: &Case, recorded: &Recorded, value: &OutputValue) -> Result<(), String> {
    let of_kind =
        |kind: &str, value: &dyn std::fmt::Debug| format!("expected {kind} {}, got {value:?}", recorded.value);
    match (recorded.kind.as_str(), value) {
        ("array", OutputValue::Image(image)) => {
            tolerance::image(&*corpus.output(case, recorded)?, image, case.tolerance.as_ref())
        }
        ("int" | "float" | "bool", value) => {
            let own = run::number(value).ok_or_else(|| of_kind("the number", value))?;
            let given = run::recorded_number(&recorded.value).ok_or_else(|| of_kind("a number", value))?;
            tolerance::number(given, own, case.tolerance.as_ref())
        }
        ("seed", OutputValue::Seed(seed)) if recorded.value.as_i64() == Some(seed.0) => Ok(()),
        ("str", OutputValue::Text(text)) if recorded.value.as_str() == Some(text) => Ok(()),
        ("path", OutputValue::Directory(path)) => {
            let given = recorded.value.as_str().unwrap_or_default();
            let given = given.replace("$GOLDEN", &corpus.golden().to_string_lossy());
            let same = std::path::Path::new(&given) == path.as_path();
            if same { Ok(()) } else { Err(of_kind("the path", value)) }
        }
        ("color", OutputValue::Color(color)) => {
            let given = recorded.value["values"].as_array().map(Vec::as_slice).unwrap_or_default();
            let own = color.components();
            if given.len() != own.len() {
                return Err(of_kind("the colour", value));
            }
            given.iter().zip(own).try_for_each(|(given, own)| {
                let given = given.as_f64().ok_or_else(|| of_kind("a colour", value))?;
                // Colours are float32 here.
                tolerance::component(given, own.into(), case.tolerance.as_ref())
            })
        }
        ("null", OutputValue::Nothing) => Ok(()),
        (kind, value) => Err(of_kind(&format!("the {kind}"), value)),
    }
}
