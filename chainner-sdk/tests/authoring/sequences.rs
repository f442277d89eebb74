//! Generators, collectors and transformers.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use chainner_sdk::{
    declare::NodeKind,
    node::Node,
    prelude::*,
    sequence::{AHEAD, CollectorRun, GeneratorRun, Run, Step, TransformerRun},
    value::{Object, OutputValue, Value},
};
use proptest::prelude::{any, prop, prop_assert_eq, proptest};
use serde_json::{Value as Json, json};

use crate::{LIGHT, Shape, decl, node, node_schema, objects::Lut};

/// Long enough for a machine under load, and never waited for when all is well.
const SOON: Duration = Duration::from_secs(20);

#[node(id = "film_lab:sequences:count", group = LIGHT, length = "$to")]
#[output(label = "Number")]
fn count(#[input(range = 0..)] to: u32) -> Generator<u32> {
    Generator::from_iter((0..to as usize).map(|number| number as u32))
}

type Numbered = Generator<(i32, String)>;

#[node(id = "film_lab:sequences:checked", group = LIGHT)]
fn checked(to: i32, failing: i32, skip: bool) -> Result<(Numbered, String, f32), NodeError> {
    if to < 0 {
        return Err(NodeError::new("a negative number of items"));
    }
    let item = move |number| match number {
        _ if number == failing => Err(NodeError::new(format!("{number} is bad"))),
        -1 => panic!("never made"),
        _ => Ok((number, format!("#{number}"))),
    };
    let generator = Generator::new(to as usize, (0..to).map(item)).fail_fast(!skip);
    Ok((generator, "static".to_owned(), 0.5))
}

#[node(id = "film_lab:sequences:panicking", group = LIGHT)]
fn panicking(at: u32) -> Generator<u32> {
    Generator::from_iter([0_u32, 1, 2, 3].into_iter().inspect(move |&number| assert!(number != at, "stumbled at {at}")))
        .skip_errors()
}

#[node(id = "film_lab:sequences:bright", group = LIGHT)]
#[output(channels = 3)]
fn bright(channels: u8) -> Generator<Image> {
    let image = move |sample| Image::from_samples(&[sample; 4][..channels.into()], 1, 1, channels.into());
    Generator::new(2, [0.5, 7.0].into_iter().filter_map(image))
}

#[node(id = "film_lab:sequences:endless", group = LIGHT)]
fn endless() -> Generator<u32> {
    Generator::new(None, 0..)
}

#[node(id = "film_lab:sequences:sum", group = LIGHT)]
fn sum(
    /// What is added.
    #[input(label = "Addend", range = 0.0..=100.0, precision = 0, id = 7)]
    numbers: Items<f64>,
    factor: f64,
    tint: Option<ImageView<'_>>,
    name: &str,
) -> (f64, String) {
    (numbers.map(|number| number * factor).sum(), format!("{name}{}", tint.map_or(0, |tint| tint.width())))
}

#[node(id = "film_lab:sequences:pairs", group = LIGHT)]
fn pairs(first: Items<String>, by: u8, second: Items<Image>, third: Items<Option<f32>>) -> Result<String, NodeError> {
    let mut text = String::new();
    for ((first, second), third) in first.zip(second).zip(third) {
        match first.as_str() {
            "err" => return Err(NodeError::new("told to fail")),
            "panic" => panic!("told to panic"),
            "stop" => break,
            _ => text += &format!("{first}{}{third:?} ", second.width() * usize::from(by)),
        }
    }
    Ok(text)
}

#[node(id = "film_lab:sequences:one_then_other", group = LIGHT)]
fn one_then_other(first: Items<u32>, second: Items<bool>) -> (u32, u32) {
    (first.sum(), second.map(u32::from).sum())
}

#[node(id = "film_lab:sequences:evens", group = LIGHT, length = "min(uint, $most)")]
fn evens(numbers: Items<u32>, most: u32) -> (Generator<(u32, u32)>, String) {
    let even = numbers.filter(|number| number % 2 == 0).map(|number| {
        assert!(number != 1_000_000, "told to panic");
        (number, number / 2)
    });
    (Generator::new(None, even.take(most as usize)), "halves".to_owned())
}

#[node(id = "film_lab:sequences:reversed", group = LIGHT)]
fn reversed(numbers: Items<u32>) -> Result<(Generator<u32>, u32), NodeError> {
    let numbers: Vec<u32> = numbers.collect();
    let least = *numbers.iter().min().ok_or_else(|| NodeError::new("there is nothing to reverse"))?;
    Ok((Generator::from_iter(numbers.into_iter().rev()), least))
}

#[node(id = "film_lab:sequences:luts", group = LIGHT, length = [count, 3])]
#[output(id = 4)]
#[output(id = 2)]
fn luts(count: u32) -> (Generator<Handle<Lut>>, u32) {
    (Generator::from_iter((0..count as usize).map(|size| Handle::new(Lut { size: size as u32 }))), count)
}

#[node(id = "film_lab:sequences:sizes", group = LIGHT)]
fn sizes(luts: Items<Handle<Lut>>, kept: Any, run: ExecutionNumber) -> (u32, Any) {
    (luts.map(|lut| lut.size).sum::<u32>() + run.0 as u32, kept)
}

/// Its second output is no sequence, and stands between those that are.
#[node(id = "film_lab:sequences:listed", group = LIGHT, length = "$to")]
#[output(navi = "min(uint, IterOutput0.length)")]
#[output(label = "Name")]
#[output(label = "Folder", position = 1)]
#[output(label = "Last", position = 2)]
#[output(label = "Behind")]
fn listed(#[input(fused = 2)] to: u32) -> (Generator<(u32, String)>, DirPath, u32, f32) {
    (Generator::from_iter((0..to).map(|number| (number, format!("#{number}")))), DirPath("here".into()), to, 0.5)
}

#[node(id = "film_lab:sequences:sheet", group = LIGHT)]
fn sheet(#[input(items = "$rows * $columns")] tiles: Items<Image>, rows: u32, columns: u32) -> u32 {
    assert!(rows * columns > 0);
    tiles.count() as u32
}

#[node(id = "film_lab:sequences:numbered", group = LIGHT)]
#[output(navi = "$values")]
fn numbered(values: Items<Any>, #[input(control = false)] start: u32) -> Generator<(Any, u32)> {
    Generator::new(None, values.zip(start..))
}

#[node(id = "film_lab:sequences:joined", group = LIGHT)]
fn joined(
    #[input(control, placeholder = "text")] texts: Items<String>,
    sizes: Items<i32>,
    gains: Items<f32>,
) -> String {
    texts.zip(sizes).zip(gains).map(|((text, size), gain)| format!("{text}{size}{gain}")).collect()
}

fn generator(name: &str, values: &[Value<'_>]) -> GeneratorRun {
    match node(name).start(values.iter().cloned()) {
        Ok(Run::Generator(run)) => run,
        other => panic!("{other:?}"),
    }
}

fn collector(name: &str, values: &[Value<'_>]) -> CollectorRun {
    match node(name).start(values.iter().cloned()) {
        Ok(Run::Collector(run)) => run,
        other => panic!("{other:?}"),
    }
}

fn transformer(name: &str, values: &[Value<'_>]) -> TransformerRun {
    match node(name).start(values.iter().cloned()) {
        Ok(Run::Transformer(run)) => run,
        other => panic!("{other:?}"),
    }
}

/// What comes out if these go in.
fn transformed(run: &mut TransformerRun, numbers: impl IntoIterator<Item = u32>) -> Vec<Result<Vec<i64>, String>> {
    let mut numbers = numbers.into_iter();
    let mut items = Vec::new();
    loop {
        match run.step(None).expect("threads can be had").expect("there is no timeout") {
            Step::Wants => match numbers.next() {
                Some(number) => run.push([whole(number)]).expect("a number is taken"),
                None => run.end(),
            },
            Step::Item(item) => items.push(item.map(|values| values.iter().map(integer).collect()).map_err(text_of)),
            Step::Over => return items,
        }
    }
}

fn text_of(error: NodeError) -> String {
    error.to_string()
}

fn whole(number: u32) -> Value<'static> {
    Value::Integer(number.into())
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

fn integer(value: &OutputValue) -> i64 {
    match value {
        OutputValue::Integer(number) => *number,
        other => panic!("{other:?}"),
    }
}

fn integers(run: GeneratorRun) -> Vec<i64> {
    run.map(|item| integer(&item.expect("it works")[0])).collect()
}

#[track_caller]
fn becomes(is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < SOON);
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_types_say_what_sort_of_node_it_is() {
    for (name, kind) in [
        ("vignette", NodeKind::Regular),
        ("count", NodeKind::Generator),
        ("checked", NodeKind::Generator),
        ("sum", NodeKind::Collector),
        ("evens", NodeKind::Transformer),
        ("reversed", NodeKind::Transformer),
    ] {
        assert_eq!(decl(name).kind(), kind, "{name}");
    }
}

#[test]
fn the_schema_of_a_generator() {
    let schema = node_schema("count");
    let sequence = |length: &str| json!({"type": "named", "name": "Sequence", "fields": {"length": length}});
    assert_eq!(schema["kind"], "generator");
    assert_eq!(schema["iteratorInputs"], json!([]));
    assert_eq!(schema["iteratorOutputs"], json!([{"id": 0, "outputs": [0], "sequenceType": sequence("Input0")}]));
    let schema = node_schema("checked");
    assert_eq!(schema["iteratorOutputs"], json!([{"id": 0, "outputs": [0, 1], "sequenceType": sequence("uint")}]));
    let labels: Vec<_> = schema["outputs"].as_array().into_iter().flatten().map(|output| &output["label"]).collect();
    assert_eq!(labels, ["Number", "Text", "Text", "Number"]);
}

#[test]
fn the_schema_of_collectors_and_transformers() {
    let sequence = |length: &str| json!({"type": "named", "name": "Sequence", "fields": {"length": length}});
    let schema = node_schema("sum");
    assert_eq!(schema["kind"], "collector");
    assert_eq!(schema["iteratorInputs"], json!([{"id": 0, "inputs": [7], "sequenceType": sequence("uint")}]));
    assert_eq!(schema["iteratorOutputs"], json!([]));
    let addend = &schema["inputs"][0];
    assert_eq!((&addend["label"], &addend["kind"]), (&json!("Addend"), &json!("generic")));
    assert_eq!(addend["type"], json!({"type": "int-interval", "min": 0, "max": 100}));
    assert_eq!(addend.get("max"), None, "there is no control to hold it");
    assert_eq!((&addend["description"], &addend["hasHandle"]), (&json!("What is added."), &json!(true)));
    let inputs = node_schema("pairs");
    assert_eq!(inputs["iteratorInputs"][0]["inputs"], json!([0, 2, 3]));
    let handles: Vec<&Json> =
        inputs["inputs"].as_array().into_iter().flatten().map(|input| &input["hasHandle"]).collect();
    assert_eq!(handles, [&json!(true); 4]);
    assert_eq!(node_schema("one_then_other")["inputs"][1]["hasHandle"], true, "a switch is plugged in, too");
    let schema = node_schema("evens");
    assert_eq!(schema["kind"], "transformer");
    assert_eq!(schema["iteratorInputs"], json!([{"id": 0, "inputs": [0], "sequenceType": sequence("uint")}]));
    let length = sequence("min(uint, Input1)");
    assert_eq!(schema["iteratorOutputs"], json!([{"id": 0, "outputs": [0, 1], "sequenceType": length}]));
    assert_eq!(node_schema("vignette")["kind"], "regularNode");
}

#[test]
fn the_schema_names_outputs_by_their_ids() {
    let schema = node_schema("luts");
    let length = json!({"type": "named", "name": "Sequence", "fields": {"length": ["Input0", 3]}});
    assert_eq!(schema["iteratorOutputs"], json!([{"id": 0, "outputs": [4], "sequenceType": length}]));
}

#[test]
fn an_output_that_is_no_sequence_stands_where_it_says() {
    let schema = node_schema("listed");
    let outputs = schema["outputs"].as_array().expect("outputs are a list");
    let labels: Vec<&Json> = outputs.iter().map(|output| &output["label"]).collect();
    assert_eq!(labels, ["Number", "Folder", "Last", "Name", "Behind"]);
    assert_eq!(outputs.iter().map(|output| &output["id"]).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    assert_eq!(schema["iteratorOutputs"][0]["outputs"], json!([0, 3]));
    assert_eq!(schema["inputs"][0]["fused"], json!({"outputId": 1}), "what is fused is told by its place in the tuple");
    assert!(outputs[0]["type"].to_string().contains("IterOutput0.length"), "{}", outputs[0]["type"]);
    let mut run = generator("listed", &[whole(2)]);
    let statics = [OutputValue::Directory("here".into()), OutputValue::Integer(2), OutputValue::Float(0.5)];
    assert_eq!(run.take_statics(), statics);
    let item = run.next().expect("there are two").expect("it works");
    assert_eq!(item, [OutputValue::Integer(0), OutputValue::Text("#0".to_owned())]);
    let outputs = node("listed").outputs().iter().map(|output| (output.returned, output.iterated)).collect::<Vec<_>>();
    assert_eq!(outputs, [(0, true), (2, false), (3, false), (1, true), (4, false)]);
}

#[test]
fn a_function_tells_how_many_items_it_takes() {
    let schema = node_schema("sheet");
    assert_eq!(schema["iteratorInputs"][0]["sequenceType"]["fields"]["length"], "Input1 * Input2");
}

#[test]
fn items_have_no_control_unless_they_are_given_one() {
    let of = |name: &str, index: usize| node_schema(name)["inputs"][index].take();
    let facts = |input: &Json| (input["kind"].clone(), input["type"].clone(), input["hasHandle"].clone());
    let generic = |ty: &str| (json!("generic"), json!(ty), json!(true));
    assert_eq!(facts(&of("numbered", 0)), generic("any"));
    assert_eq!(facts(&of("numbered", 1)), generic("uint"));
    assert_eq!(of("numbered", 1)["conversions"], json!([{"type": "number", "convert": "round(Input)"}]));
    assert_eq!(facts(&of("joined", 0)), (json!("text"), json!("string"), json!(true)));
    assert_eq!(of("joined", 0)["placeholder"], "text");
    assert_eq!(facts(&of("joined", 1)), generic("int"));
    assert_eq!(facts(&of("joined", 2)), generic("number"));
}

#[test]
fn anything_can_be_an_item() {
    let mut run = transformer("numbered", &[Value::Missing, whole(5)]);
    let object = Object::new(Arc::new("of the host"), "an object of the host's");
    let pixels = ImageView::new(&[0.25; 2], 2, 1, 1).expect("two samples");
    let given = [Value::Object(object.clone()), Value::Image(pixels), Value::Missing];
    let mut given = given.into_iter();
    let mut made = Vec::new();
    loop {
        match run.step(Some(SOON)).expect("a thread starts").expect("it does not hang") {
            Step::Wants => match given.next() {
                Some(value) => run.push([value]).expect("anything is taken"),
                None => run.end(),
            },
            Step::Item(item) => made.push(item.expect("it works")),
            Step::Over => break,
        }
    }
    let image = OutputValue::Image(pixels.to_image());
    let expected = [OutputValue::Object(object), image, OutputValue::Nothing];
    let numbered = |(value, number)| vec![value, OutputValue::Integer(number)];
    assert_eq!(made, expected.into_iter().zip(5..).map(numbered).collect::<Vec<_>>());
}

#[test]
fn values_that_only_their_makers_understand_are_items_and_outlive_the_call() {
    let kept = Handle::new(Lut { size: 9 }).into_object();
    let mut run = collector("sizes", &[Value::Missing, Value::Object(kept.clone()), Value::Integer(100)]);
    for item in generator("luts", &[whole(4)]) {
        match item.expect("it works").remove(0) {
            OutputValue::Object(lut) => run.push([Value::Object(lut)]).expect("it is taken"),
            other => panic!("{other:?}"),
        }
    }
    let refused = run.push([text("a lut")]).expect_err("text is none");
    assert!(refused.to_string().contains("expected a chainner_sdk::Lut, got text 'a lut'"), "{refused}");
    assert_eq!(run.finish().expect("it works"), [OutputValue::Integer(106), OutputValue::Object(kept)]);
}

#[test]
fn the_functions_stay_ordinary_functions() {
    assert_eq!(count(3).filter_map(Result::ok).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(count(3).expected_length(), Some(3));
    let (sum, name) = sum([1.0, 2.0].into_iter().collect(), 2.0, None, "a");
    assert_eq!((sum, name.as_str()), (6.0, "a0"));
    let (generator, _) = evens((0..5).collect(), 9);
    assert_eq!(generator.filter_map(Result::ok).collect::<Vec<_>>(), [(0, 0), (2, 1), (4, 2)]);
}

#[test]
fn ten_thousand_items_come_in_order() {
    let run = generator("count", &[whole(10_000)]);
    assert_eq!(run.expected_length(), 10_000);
    assert!(run.fail_fast());
    assert!(integers(run).into_iter().eq(0..10_000));
    let mut run = collector("sum", &[Value::Missing, Value::Float(1.0), Value::Missing, text("")]);
    for number in 0..10_000_u32 {
        run.push([whole(number % 10)]).expect("it is taken");
    }
    assert_eq!(run.finish().expect("it works")[0], OutputValue::Float(45_000.0));
    let items = transformed(&mut transformer("evens", &[Value::Missing, whole(u32::MAX)]), 0..10_000);
    assert!(items.into_iter().eq((0..5_000).map(|half| Ok(vec![2 * half, half]))));
}

#[test]
fn static_outputs_are_there_before_the_items() {
    let mut run = generator("checked", &[whole(2), Value::Integer(-1), Value::Bool(false)]);
    assert_eq!(run.take_statics(), [OutputValue::Text("static".to_owned()), OutputValue::Float(0.5)]);
    let items: Vec<_> = run.map(|item| item.expect("it works")).collect();
    assert_eq!(items[1], [OutputValue::Integer(1), OutputValue::Text("#1".to_owned())]);
    assert_eq!(items.len(), 2);
}

#[test]
fn an_error_ends_the_sequence_unless_errors_are_skipped() {
    let outcomes = |skip| {
        let run = generator("checked", &[whole(4), whole(1), Value::Bool(skip)]);
        assert_eq!(run.fail_fast(), !skip);
        run.map(|item| item.map_or_else(text_of, |values| integer(&values[0]).to_string())).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(false), ["0", "Checked: 1 is bad"]);
    assert_eq!(outcomes(true), ["0", "Checked: 1 is bad", "2", "3"]);
}

#[test]
fn errors_before_the_first_item_are_those_of_a_call() {
    let message = |node: Node, values: &[Value<'static>]| match node.start(values.iter().cloned()) {
        Err(error) => error.to_string(),
        Ok(run) => panic!("{run:?}"),
    };
    let bad = [Value::Integer(-1), Value::Integer(0), Value::Bool(false)];
    assert_eq!(message(node("checked"), &bad), "Checked: a negative number of items");
    assert!(message(node("checked"), &[]).starts_with("Checked, input 'To': expected a whole number"));
    assert!(message(node("sum"), &[Value::Missing, text("x")]).starts_with("Sum, input 'Factor': expected a number"));
    assert!(message(node("endless"), &[]).starts_with("Endless: a generator tells how many items it gives"));
}

#[test]
fn a_call_refuses_sequences() {
    let message = |name: &str| node(name).call([]).expect_err("it is refused").to_string();
    assert_eq!(message("count"), "Count: a generator works on a sequence, step by step");
    assert_eq!(message("sum"), "Sum: a collector works on a sequence, step by step");
}

#[test]
fn a_panic_on_the_thread_is_an_error_with_its_place_and_the_end() {
    let mut run = generator("panicking", &[whole(2)]);
    assert_eq!(run.by_ref().take(2).filter_map(Result::ok).count(), 2);
    let message = run.next().expect("the panic is told").expect_err("as an error").to_string();
    assert!(message.starts_with("Panicking: the node panicked at "), "{message}");
    assert!(message.contains("sequences.rs:") && message.contains("stumbled at 2"), "{message}");
    assert!(run.next().is_none() && run.next().is_none());
}

#[test]
fn items_leave_enforced() {
    let images: Vec<_> = generator("bright", &[whole(3)]).map(|item| item.expect("it works")).collect();
    let [OutputValue::Image(image)] = &images[1][..] else { panic!("an image") };
    assert_eq!(image.view().samples(), [1.0; 3]);
    let outcomes: Vec<_> = generator("bright", &[whole(1)]).collect();
    let [Err(error)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(error.to_string().contains("declared as an image with 3 channels"), "{error}");
}

#[test]
fn items_arrive_enforced() {
    let tint = Image::new(5, 1, 1);
    let name = "name".to_owned();
    let mut run =
        collector("sum", &[Value::Missing, Value::Float(2.0), Value::Image(tint.view()), Value::Text((&name).into())]);
    // The function runs when what was passed has long gone.
    drop((tint, name));
    for number in [Value::Float(1.6), Value::Integer(1000), Value::Integer(-5)] {
        run.push([number]).expect("it is taken");
    }
    let message = run.push([text("many")]).expect_err("it is no number").to_string();
    assert!(message.starts_with("Sum, input 'Addend': expected a number"), "{message}");
    let message = run.push([whole(1), whole(2)]).expect_err("there is one input").to_string();
    assert_eq!(message, "Sum: expected at most 1 values an item, got 2");
    let outputs = run.finish().expect("a refused item changes nothing");
    assert_eq!(outputs, [OutputValue::Float(204.0), OutputValue::Text("name5".to_owned())]);
}

#[test]
fn iterated_inputs_are_stepped_together() {
    let run = || collector("pairs", &[Value::Missing, Value::Integer(2)]);
    let image = Image::new(3, 1, 1);
    let item = |name| [text(name), Value::Image(image.view()), Value::Missing];
    let mut all = run();
    for name in ["a", "b"] {
        all.push(item(name)).expect("it is taken");
    }
    assert_eq!(all.finish().expect("it works"), [OutputValue::Text("a6None b6None ".to_owned())]);

    let mut early = run();
    early.push(item("a")).expect("it is taken");
    early.push(item("stop")).expect("it is taken");
    becomes(|| early.is_over());
    for _ in 0..3 * AHEAD {
        early.push(item("ignored")).expect("it is ignored");
    }
    assert_eq!(early.finish().expect("it works"), [OutputValue::Text("a6None ".to_owned())]);
}

#[test]
fn a_collector_that_fails_says_so_at_the_next_step() {
    let image = Image::new(3, 1, 1);
    let item = |name| [text(name), Value::Image(image.view()), Value::Float(0.5)];
    for (name, said) in [("err", "Pairs: told to fail"), ("panic", "Pairs: the node panicked at ")] {
        let mut run = collector("pairs", &[Value::Missing, Value::Integer(1)]);
        run.push(item(name)).expect("it is taken");
        let start = Instant::now();
        let error = loop {
            assert!(start.elapsed() < SOON);
            if let Err(error) = run.push(item("b")) {
                break error.to_string();
            }
        };
        assert!(error.starts_with(said), "{error}");
        assert_eq!(run.push(item("b")).map_err(text_of), Err("Pairs: it has ended with an error before".to_owned()));
        let finished = run.finish().map_err(text_of);
        assert_eq!(finished, Err("Pairs: it has ended with an error before".to_owned()));
        let mut run = collector("pairs", &[Value::Missing, Value::Integer(1)]);
        run.push(item(name)).expect("it is taken");
        assert!(run.finish().expect_err("the end tells it, too").to_string().starts_with(said));
    }
}

#[test]
fn a_collector_may_read_one_input_before_another() {
    let mut run = collector("one_then_other", &[]);
    for number in 0..100 {
        run.push([whole(number), Value::Bool(number % 2 == 0)]).expect("it is taken");
    }
    assert_eq!(run.finish().expect("it works"), [OutputValue::Integer(4950), OutputValue::Integer(50)]);
}

#[test]
fn a_sequence_without_items_is_one() {
    assert_eq!(integers(generator("count", &[whole(0)])), [0_i64; 0]);
    let run = collector("sum", &[Value::Missing, Value::Float(1.0), Value::Missing, text("a")]);
    assert_eq!(run.finish().expect("it works"), [OutputValue::Float(0.0), OutputValue::Text("a0".to_owned())]);
    assert_eq!(transformed(&mut transformer("evens", &[Value::Missing, whole(3)]), []), []);
}

#[test]
fn a_transformer_takes_what_it_needs() {
    let mut run = transformer("evens", &[Value::Missing, whole(2)]);
    let mut taken = 0;
    let items = transformed(&mut run, (0..).inspect(|_| taken += 1));
    assert_eq!(items, [Ok(vec![0, 0]), Ok(vec![2, 1])]);
    assert!(taken <= 3 + 2 * AHEAD, "{taken}");
    assert_eq!(run.take_statics(), [OutputValue::Text("halves".to_owned())]);
}

#[test]
fn a_transformer_may_see_all_before_it_gives_any() {
    let mut run = transformer("reversed", &[]);
    let mut numbers = 4..8;
    loop {
        match run.open(None).expect("it works").expect("there is no timeout") {
            Step::Wants => match numbers.next() {
                Some(number) => run.push([whole(number)]).expect("it is taken"),
                None => run.end(),
            },
            Step::Item(item) => panic!("{item:?}"),
            Step::Over => break,
        }
    }
    assert_eq!((run.expected_length(), run.fail_fast()), (Some(4), Some(true)));
    assert_eq!(run.take_statics(), [OutputValue::Integer(4)]);
    assert_eq!(transformed(&mut run, []), [Ok(vec![7]), Ok(vec![6]), Ok(vec![5]), Ok(vec![4])]);
}

#[test]
fn a_transformer_that_fails_says_so_once() {
    let items = transformed(&mut transformer("reversed", &[]), []);
    assert_eq!(items, [Err("Reversed: there is nothing to reverse".to_owned())]);
    let mut run = transformer("reversed", &[]);
    run.end();
    let error = run.open(None).expect_err("there is nothing").to_string();
    assert_eq!(error, "Reversed: there is nothing to reverse");
    let items = transformed(&mut transformer("evens", &[Value::Missing, whole(9)]), [0, 1_000_000, 2]);
    let [Ok(_), Err(error)] = &items[..] else { panic!("{items:?}") };
    assert!(error.starts_with("Evens: the node panicked at ") && error.contains("told to panic"), "{error}");
}

#[test]
fn waiting_has_an_end() {
    let mut run = collector("sum", &[Value::Missing, Value::Float(1.0), Value::Missing, text("")]);
    assert!(run.wait(SOON).expect("threads can be had"), "there is room for the first item");
    run.end().expect("threads can be had");
    assert!(run.wait(SOON).expect("threads can be had"), "the result is there");
    let mut run = transformer("evens", &[Value::Missing, whole(1)]);
    for _ in 0..AHEAD {
        run.push([whole(1)]).expect("it is taken");
    }
    assert!(generator("count", &[whole(1)]).wait(SOON));
}

/// Items that are counted while they live.
mod counted {
    use super::*;

    static LIVE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    /// The tests share the counters.
    static ALONE: Mutex<()> = Mutex::new(());

    #[derive(Debug)]
    struct Counted;

    impl Counted {
        fn new() -> Self {
            MOST.fetch_max(LIVE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            Self
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            LIVE.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn live() -> usize {
        LIVE.load(Ordering::SeqCst)
    }

    /// Frees what it holds at the end of the sequence, and counts the items made.
    #[node(id = "film_lab:sequences:holding", group = LIGHT)]
    fn holding() -> Generator<u32> {
        let held = Counted::new();
        let made = (0..1_000_u32).inspect(move |&number| {
            let _ = &held;
            MADE.store(number as usize + 1, Ordering::SeqCst);
        });
        Generator::new(1_000, made)
    }

    static MADE: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn a_generator_is_only_a_few_items_ahead() {
        let _alone = ALONE.lock();
        MADE.store(0, Ordering::SeqCst);
        let mut run = generator("holding", &[]);
        thread::sleep(Duration::from_millis(20));
        assert_eq!(MADE.load(Ordering::SeqCst), 0, "nothing is made before it is asked for");
        for taken in 1..=20 {
            run.next().expect("there are more").expect("it works");
            thread::sleep(Duration::from_millis(2));
            let made = MADE.load(Ordering::SeqCst);
            // One more waits in the hands of the generator.
            assert!((taken..=taken + AHEAD + 1).contains(&made), "{made} made, {taken} taken");
        }
        drop(run);
        becomes(|| live() == 0);
        assert!(MADE.load(Ordering::SeqCst) <= 21 + AHEAD, "nothing is made any more");
    }

    #[test]
    fn a_generator_that_is_never_stepped_leaves_nothing_behind() {
        let _alone = ALONE.lock();
        let run = generator("holding", &[]);
        assert_eq!(live(), 1);
        drop(run);
        assert_eq!(live(), 0, "there is no thread to wait for");
    }

    /// Holds something while it reads, and never ends by itself.
    #[node(id = "film_lab:sequences:reading", group = LIGHT)]
    fn reading(mut numbers: Items<u32>) -> u32 {
        let _held = Counted::new();
        let first = numbers.next();
        for number in numbers.by_ref() {
            READ.store(number as usize, Ordering::SeqCst);
        }
        ENDED.fetch_add(1, Ordering::SeqCst);
        first.unwrap_or_default()
    }

    static READ: AtomicUsize = AtomicUsize::new(0);
    static ENDED: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn a_dropped_collector_unwinds_its_function() {
        let _alone = ALONE.lock();
        let mut run = collector("reading", &[]);
        for number in 1..=9 {
            run.push([whole(number)]).expect("it is taken");
        }
        becomes(|| READ.load(Ordering::SeqCst) == 9);
        assert_eq!(live(), 1);
        drop(run);
        becomes(|| live() == 0);
        assert_eq!(ENDED.load(Ordering::SeqCst), 0, "half a sequence is not taken for a whole one");
    }

    /// Reads one item, then waits for leave to go on.
    #[node(id = "film_lab:sequences:slow", group = LIGHT)]
    fn slow(items: Items<Image>) -> u32 {
        let mut count = 0;
        for _ in items {
            count += 1;
            while GATE.load(Ordering::SeqCst) < count {
                thread::sleep(Duration::from_millis(1));
            }
        }
        count as u32
    }

    static GATE: AtomicUsize = AtomicUsize::new(0);

    /// Takes one item and no more, then waits for leave to go on.
    #[node(id = "film_lab:sequences:sated", group = LIGHT)]
    fn sated(mut numbers: Items<u32>) -> u32 {
        let first = numbers.next();
        drop(numbers);
        while !LEAVE.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
        first.unwrap_or_default()
    }

    static LEAVE: AtomicBool = AtomicBool::new(false);

    #[test]
    fn items_that_no_one_wants_do_not_wait() {
        let mut run = collector("sated", &[]);
        run.push([whole(7)]).expect("it is taken");
        becomes(|| run.is_over());
        for _ in 0..100 {
            run.push([whole(8)]).expect("it is ignored");
        }
        LEAVE.store(true, Ordering::SeqCst);
        assert_eq!(run.finish().expect("it works"), [OutputValue::Integer(7)]);
    }

    #[test]
    fn a_collector_holds_only_a_few_items() {
        let mut run = collector("slow", &[]);
        let image = Image::new(1, 1, 1);
        let mut pushed = 0;
        while run.wait(Duration::from_millis(100)).expect("threads can be had") {
            run.push([Value::Image(image.view())]).expect("it is taken");
            pushed += 1;
        }
        assert_eq!(pushed, AHEAD + 1, "those that wait, and the one in the hands of the function");
        GATE.store(usize::MAX, Ordering::SeqCst);
        assert_eq!(run.finish().expect("it works"), [OutputValue::Integer(pushed as i64)]);
    }
}

#[test]
fn a_choice_cannot_come_as_a_sequence_but_go_beside_one() {
    /// Uses both.
    #[node(id = "film_lab:sequences:beside", group = LIGHT)]
    fn beside(numbers: Items<u8>, shape: Shape) -> u32 {
        numbers.map(u32::from).sum::<u32>() * if matches!(shape, Shape::Oval) { 2 } else { 1 }
    }
    let mut run = collector("beside", &[Value::Missing, text("oval")]);
    run.push([whole(3)]).expect("it is taken");
    let message = run.push([whole(300)]).expect_err("it does not fit").to_string();
    assert_eq!(message, "Beside, input 'Numbers': expected a whole number from 0 to 255, got 300");
    assert_eq!(run.finish().expect("it works"), [OutputValue::Integer(6)]);
}

proptest! {
    #[test]
    fn collecting_what_is_generated_is_a_fold(to in 0_u32..200, factor in any::<i8>()) {
        let factor = f64::from(factor);
        let mut sum = collector("sum", &[Value::Missing, Value::Float(factor), Value::Missing, text("")]);
        for item in generator("count", &[whole(to)]) {
            let number = integer(&item.expect("it works")[0]);
            sum.push([Value::Integer(number)]).expect("it is taken");
        }
        let fold = (0..to).map(|number| f64::from(number.min(100)) * factor).fold(0.0, |sum, number| sum + number);
        prop_assert_eq!(sum.finish().expect("it works")[0].clone(), OutputValue::Float(fold));
    }

    #[test]
    fn what_a_transformer_gives_is_what_its_iterator_gives(numbers in prop::collection::vec(0..600_u32, 0..60)) {
        let items = transformed(&mut transformer("evens", &[Value::Missing, whole(1000)]), numbers.iter().copied());
        let even = numbers.iter().filter(|number| *number % 2 == 0).map(|&number| Ok(vec![number.into(), (number / 2).into()]));
        prop_assert_eq!(items, even.collect::<Vec<_>>());
    }
}
