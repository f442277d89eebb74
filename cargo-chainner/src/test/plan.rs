//! The cases of a node, made of its declaration: the same for the same seed.
//!
//! First what mistakes are usually made with, one thing at a time: each shape, pattern, number of channels, choice, end of a range,
//! text, file. Then random combinations of all these.

use chainner_sdk::{
    library::{InputDescription, InputValues, NodeDescription},
    value::Seed,
};
use serde_json::{Value as Json, json};

use super::{
    case::{Case, EMPTY, FOLDER, GARBAGE, MISSING, SAMPLE, choice, given, initial},
    recipe::{Pattern, Recipe},
};

/// Width and height of small images.
const SHAPES: [(usize, usize); 8] = [(1, 1), (1, 7), (7, 1), (2, 2), (13, 9), (9, 13), (1500, 1), (1, 1500)];
/// Large enough that work is shared by threads.
const LARGE: (usize, usize) = (320, 224);
const PATTERNS: [Pattern; 9] = [
    Pattern::Ramp,
    Pattern::Black,
    Pattern::White,
    Pattern::Gray,
    Pattern::Clear,
    Pattern::Opaque,
    Pattern::Beyond,
    Pattern::Nan,
    Pattern::Infinite,
];
/// Choices of more variants are tried at random only, beyond these.
const MOST_CHOICES: usize = 40;

/// The cases of a node: systematic ones, then so many at random.
pub(crate) fn cases(node: &NodeDescription, seed: u64, random: usize) -> Vec<Case> {
    let mut cases = vec![Case::default()];
    let filled = node.inputs.iter().filter(|input| input.optional && !input.iterated);
    let filled = filled.fold(Case::default(), |case, input| case.with(&input.name, given(input)));
    cases.push(filled);
    cases.extend(images(node));
    for input in &node.inputs {
        let specials = specials(input);
        if input.iterated {
            // One unusual item among usual ones.
            cases.extend(
                specials
                    .into_iter()
                    .map(|value| items(node, 3).with(&input.name, json!([initial(input), value, initial(input)]))),
            );
        } else {
            cases.extend(specials.into_iter().map(|value| Case::default().with(&input.name, value)));
        }
    }
    if node.inputs.iter().any(|input| input.iterated) {
        cases.extend([0, 1, 2, 9].map(|length| items(node, length)));
    }
    let mut dice = Dice { seed, thrown: 0 };
    cases.extend((0..random).map(|_| shuffled(node, &mut dice)));
    let mut seen = std::collections::BTreeSet::new();
    cases.retain(|case| seen.insert(case.complete(node)));
    cases
}

/// Usual values for sequences of this length.
fn items(node: &NodeDescription, length: usize) -> Case {
    let iterated = node.inputs.iter().filter(|input| input.iterated);
    iterated.fold(Case::default(), |case, input| case.with(&input.name, Json::Array(vec![initial(input); length])))
}

/// All images of a node vary together, since many nodes need them of the same size; then each by itself.
fn images(node: &NodeDescription) -> Vec<Case> {
    let inputs: Vec<&InputDescription> = node.inputs.iter().filter(|input| is_image(input)).collect();
    let Some(first) = inputs.first() else { return Vec::new() };
    let usual = usual(first);
    let together = |recipe: Recipe| {
        let fitted = |input: &InputDescription| {
            let channels = channels(input);
            let fits = channels.contains(&recipe.channels);
            Recipe { channels: if fits { recipe.channels } else { self::usual(input).channels }, ..recipe }
        };
        inputs.iter().filter(|input| !input.optional).fold(Case::default(), |case, input| {
            let value = json!(fitted(input).to_string());
            let value = if input.iterated { json!([value, value, value]) } else { value };
            case.with(&input.name, value)
        })
    };
    let mut cases = Vec::new();
    for channels in channels(first) {
        cases.push(together(Recipe { width: 13, height: 9, channels, ..usual }));
        if channels == 4 {
            for pattern in [Pattern::Opaque, Pattern::Veil, Pattern::Clear, Pattern::Black] {
                cases.push(together(Recipe { channels, pattern, ..usual }));
            }
        }
    }
    for (width, height) in SHAPES {
        cases.push(together(Recipe { width, height, ..usual }));
    }
    for pattern in PATTERNS {
        cases.push(together(Recipe { pattern, ..usual }));
    }
    let (width, height) = LARGE;
    cases.push(together(Recipe { width, height, ..usual }));
    // An image that no node takes is refused, and nothing worse.
    cases.push(together(usual).with(&first.name, one_or_items(first, json!("13x9x0:noise"))));
    for input in &inputs {
        for (width, height) in [(1, 1), (13, 9), (40, 31)] {
            let recipe = Recipe { width, height, ..self::usual(input) };
            cases.push(Case::default().with(&input.name, one_or_items(input, json!(recipe.to_string()))));
        }
        if let Some(other) = channels(input).into_iter().find(|channels| *channels != self::usual(input).channels) {
            let recipe = Recipe { channels: other, ..self::usual(input) };
            cases.push(Case::default().with(&input.name, one_or_items(input, json!(recipe.to_string()))));
        }
    }
    cases
}

fn one_or_items(input: &InputDescription, value: Json) -> Json {
    if input.iterated { json!([initial(input), value]) } else { value }
}

fn is_image(input: &InputDescription) -> bool {
    matches!(input.kind, InputValues::Image { .. })
}

fn usual(input: &InputDescription) -> Recipe {
    let text = given(input);
    let recipe = text.as_str().and_then(|text| text.parse().ok());
    recipe.unwrap_or(Recipe { width: 24, height: 16, channels: 3, pattern: Pattern::Noise })
}

/// The numbers of channels that are worth trying.
fn channels(input: &InputDescription) -> Vec<usize> {
    match &input.kind {
        InputValues::Image { channels: Some(channels), .. } => {
            channels.iter().map(|&channels| channels as usize).collect()
        }
        _ => vec![1, 2, 3, 4, 5],
    }
}

/// Values of an input that mistakes are usually made with.
fn specials(input: &InputDescription) -> Vec<Json> {
    let mut values = match &input.kind {
        InputValues::Integer { default, min, max, .. } => {
            let near = default.unwrap_or(1);
            let reach = near.saturating_abs().saturating_mul(4).max(100);
            vec![json!(min.unwrap_or(near - reach)), json!(max.unwrap_or(near + reach)), json!(0), json!(1)]
        }
        InputValues::Float { default, min, max, .. } => {
            let near = default.unwrap_or(1.0);
            let reach = (near.abs() * 4.0).max(100.0);
            let (low, high) = (min.unwrap_or(near - reach), max.unwrap_or(near + reach));
            vec![json!(low), json!(high), json!(low + (high - low) * 0.371), json!(0), json!("NaN"), json!("inf")]
        }
        InputValues::Text { min_length, .. } => {
            let mut texts = vec![
                json!("Ä漢字 🙂e\u{301}\u{202e}"),
                json!("../../etc/passwd"),
                json!("  two\nlines\t"),
                json!("x".repeat(300)),
            ];
            if *min_length == 0 {
                texts.push(json!(""));
            }
            texts
        }
        InputValues::RelativePath { .. } => vec![json!("a/b/c"), json!("Ä漢 🙂"), json!("..")],
        InputValues::Bool { .. } => vec![json!(true), json!(false)],
        InputValues::Choice { choices, .. } => {
            choices.iter().take(MOST_CHOICES).map(|variant| choice(&variant.id)).collect()
        }
        InputValues::Image { colors: true, .. } => colors(channels(input)),
        InputValues::Image { .. } => Vec::new(),
        InputValues::Color { channels, .. } => {
            colors(channels.as_ref().map_or(vec![1, 3, 4], |channels| channels.iter().map(|&c| c as usize).collect()))
        }
        InputValues::File { .. } => [SAMPLE, EMPTY, GARBAGE, FOLDER, MISSING].map(Json::from).to_vec(),
        InputValues::Directory { .. } => [FOLDER, SAMPLE, MISSING].map(Json::from).to_vec(),
        InputValues::Seed { .. } => vec![json!(0), json!(1), json!(-1), json!(i64::MAX)],
        InputValues::Clipboard => vec![json!("text"), json!("13x9x3:noise")],
        InputValues::Any => vec![json!(1), json!("text"), json!("13x9x3:noise"), Json::Null, json!([0.5, 0.5, 0.5])],
        InputValues::Handle { .. } => Vec::new(),
        InputValues::ExecutionNumber => vec![json!(0), json!(1_000_000)],
    };
    if input.optional {
        values.push(Json::Null);
    }
    values
}

fn colors(channels: Vec<usize>) -> Vec<Json> {
    let all = [json!([0.0]), json!([1.0]), json!([0.0, 0.0, 0.0]), json!([1.0, 1.0, 1.0]), json!([0.2, 0.4, 0.8, 0.0])];
    all.into_iter().filter(|color| channels.contains(&color.as_array().map_or(0, Vec::len))).collect()
}

/// Values of all inputs at random: unusual ones as often as initial ones.
fn shuffled(node: &NodeDescription, dice: &mut Dice) -> Case {
    let (width, height) = SHAPES[dice.below(SHAPES.len())];
    let same_size = dice.below(4) > 0;
    let length = [0, 1, 2, 3, 5][dice.below(5)];
    let mut case = Case::default();
    for input in &node.inputs {
        let value = |dice: &mut Dice| {
            if is_image(input) && !(matches!(input.kind, InputValues::Image { colors: true, .. }) && dice.below(3) == 0)
            {
                if input.optional && dice.below(2) == 0 {
                    return Json::Null;
                }
                let (width, height) = if same_size { (width, height) } else { SHAPES[dice.below(SHAPES.len())] };
                let channels = channels(input);
                let channels = channels[dice.below(channels.len())];
                let pattern = if dice.below(2) == 0 { Pattern::Noise } else { PATTERNS[dice.below(PATTERNS.len())] };
                return json!(Recipe { width, height, channels, pattern }.to_string());
            }
            let mut specials = specials(input);
            match &input.kind {
                InputValues::Integer { default, min, max, .. } => {
                    let near = default.unwrap_or(1);
                    let (low, high) = (min.unwrap_or(near - 100), max.unwrap_or(near + 100));
                    specials.push(json!(low.saturating_add((high.saturating_sub(low) as f64 * dice.share()) as i64)));
                }
                InputValues::Float { default, min, max, .. } => {
                    let near = default.unwrap_or(1.0);
                    let (low, high) = (min.unwrap_or(near - 100.0), max.unwrap_or(near + 100.0));
                    // Numbers that are none have had their turn.
                    specials.retain(Json::is_number);
                    specials.push(json!(low + (high - low) * dice.share()));
                }
                _ => {}
            }
            if specials.is_empty() || dice.below(2) == 0 {
                initial(input)
            } else {
                specials.swap_remove(dice.below(specials.len()))
            }
        };
        let value = match input.iterated {
            true => Json::Array((0..length).map(|_| value(dice)).collect()),
            false => value(dice),
        };
        if input.iterated || value != initial(input) {
            case = case.with(&input.name, value);
        }
    }
    case
}

/// Random numbers.
struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    fn throw(&mut self) -> u64 {
        self.thrown += 1;
        Seed((self.seed ^ self.thrown.wrapping_mul(0x9E37_79B9_7F4A_7C15)) as i64).mixed()
    }

    fn below(&mut self, end: usize) -> usize {
        // Of a few dozen at most: the bias is far below what anyone could notice.
        (self.throw() % end.max(1) as u64) as usize
    }

    /// 0..1.
    fn share(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
