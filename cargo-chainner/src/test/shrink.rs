//! The smallest case that shows a mistake.

use std::time::{Duration, Instant};

use anyhow::Result;
use chainner_sdk::library::{InputDescription, InputValues, NodeDescription};
use serde_json::{Value as Json, json};

use crate::{codes::Code, shell::Shell};

use super::{
    case::{Case, initial},
    judge::{Judge, Verdict},
    process::Caller,
    recipe::{Pattern, Recipe},
    worker::Task,
};

/// Time for one mistake.
const PATIENCE: Duration = Duration::from_secs(20);
const ROUNDS: usize = 12;

/// Looks for a smaller case with the same verdict.
pub(crate) fn smallest(
    caller: &Caller<'_>,
    judge: &Judge<'_>,
    node: &NodeDescription,
    found: (Case, Verdict),
    shell: &Shell,
) -> Result<(Case, Verdict)> {
    let (mut smallest, mut verdict) = found;
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        let mut smaller = candidates(node, &smallest);
        if verdict.code == Code::TestHang {
            // Each costs the whole limit.
            smaller.truncate(4);
        }
        let mut better = None;
        caller.run(node, &smaller, &Task::default(), shell, |number, end| {
            let same = judge.verdicts(&smaller[number], &end).into_iter();
            let mut same = same.filter(|other| (other.code, &other.subject) == (verdict.code, &verdict.subject));
            better = same.next().map(|verdict| (number, verdict));
            better.is_none() && begun.elapsed() < PATIENCE
        })?;
        let Some((number, same)) = better else { break };
        (smallest, verdict) = (smaller.swap_remove(number), same);
        if begun.elapsed() > PATIENCE || verdict.code == Code::TestHang {
            break;
        }
    }
    Ok((smallest, verdict))
}

/// Cases that are smaller, the smallest first.
fn candidates(node: &NodeDescription, case: &Case) -> Vec<Case> {
    let size = size(node, case);
    let mut all = Vec::new();
    for input in &node.inputs {
        if case.0.contains_key(&input.name) {
            let mut without = case.clone();
            without.0.remove(&input.name);
            all.push(without);
        }
        if input.iterated {
            let items = case.items(input);
            for length in [0, 1, 2, items.len() / 2] {
                let iterated = node.inputs.iter().filter(|input| input.iterated);
                let shorter = iterated.fold(case.clone(), |shorter, input| {
                    let items: Vec<Json> = case.items(input).into_iter().take(length).collect();
                    shorter.with(&input.name, json!(items))
                });
                all.push(shorter);
            }
            for (index, item) in items.iter().enumerate() {
                all.extend(simpler(input, item).into_iter().map(|value| {
                    let mut items = items.clone();
                    items[index] = value;
                    case.clone().with(&input.name, json!(items))
                }));
            }
        } else {
            let simpler = simpler(input, &case.value(input));
            all.extend(simpler.into_iter().map(|value| case.clone().with(&input.name, value)));
        }
    }
    // Images of several inputs are often bound to one size.
    for shape in SHAPES {
        let images = node.inputs.iter().filter(|input| matches!(input.kind, InputValues::Image { .. }));
        all.push(images.fold(case.clone(), |smaller, input| {
            let shrunk = |value: &Json| match value.as_str().and_then(|text| text.parse::<Recipe>().ok()) {
                Some(recipe) => json!(Recipe { width: shape.0, height: shape.1, ..recipe }.to_string()),
                None => value.clone(),
            };
            let value = match input.iterated {
                true => case.items(input).iter().map(shrunk).collect(),
                false => shrunk(&case.value(input)),
            };
            smaller.with(&input.name, value)
        }));
    }
    all.retain(|other| self::size(node, other) < size);
    all.sort_by_key(|other| self::size(node, other));
    all.dedup();
    all
}

const SHAPES: [(usize, usize); 9] = [(1, 1), (2, 1), (1, 2), (2, 2), (3, 2), (2, 3), (5, 4), (9, 8), (13, 9)];
const SIMPLE: [Pattern; 5] = [Pattern::Black, Pattern::Clear, Pattern::Gray, Pattern::White, Pattern::Ramp];

fn simpler(input: &InputDescription, value: &Json) -> Vec<Json> {
    if let Some(recipe) = value.as_str().and_then(|text| text.parse::<Recipe>().ok()) {
        let shapes = SHAPES.map(|(width, height)| Recipe { width, height, ..recipe });
        let patterns = SIMPLE.map(|pattern| Recipe { pattern, ..recipe });
        let channels = [1, 3].map(|channels| Recipe { channels, ..recipe });
        let fits = |recipe: &Recipe| match &input.kind {
            InputValues::Image { channels: Some(channels), .. } => channels.contains(&(recipe.channels as u32)),
            _ => true,
        };
        let all = shapes.into_iter().chain(patterns).chain(channels).filter(fits);
        return all.map(|recipe| json!(recipe.to_string())).collect();
    }
    match value {
        Json::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let whole = matches!(input.kind, InputValues::Integer { .. } | InputValues::Seed { .. });
            let to_json = |number: f64| if whole { json!(number as i64) } else { json!(number) };
            [0.0, 1.0, (number / 2.0).trunc(), number.trunc(), (number * 10.0).round() / 10.0].map(to_json).to_vec()
        }
        Json::String(text) if matches!(input.kind, InputValues::Text { .. }) => {
            let length = text.chars().count();
            [0, 1, length / 2].map(|length| json!(text.chars().take(length).collect::<String>())).to_vec()
        }
        _ => Vec::new(),
    }
}

/// How much there is to look at in a case.
fn size(node: &NodeDescription, case: &Case) -> usize {
    let of_value = |input: &InputDescription, value: &Json| {
        if let Some(recipe) = value.as_str().and_then(|text| text.parse::<Recipe>().ok()) {
            let pattern = SIMPLE.iter().position(|pattern| *pattern == recipe.pattern).unwrap_or(SIMPLE.len());
            return recipe.width * recipe.height * recipe.channels * 8 + pattern;
        }
        let text = value.to_string();
        if *value == initial(input) { 0 } else { 4 + text.len() }
    };
    let of_input = |input: &InputDescription| match input.iterated {
        true => case.items(input).iter().map(|item| 8 + of_value(input, item)).sum(),
        false => of_value(input, &case.value(input)),
    };
    node.inputs.iter().map(of_input).sum()
}
