//! The context of a run as the first argument.

use std::{thread, time::Duration};

use chainner_sdk::{ErrorKind, node::Node, prelude::*, sequence::Run, value::OutputValue, value::Value};

use crate::{FILM, Shape, decl, node, node_schema};

const CONTEXT: Group = FILM.group("Context");

/// However it is spelled.
type Running<'a> = &'a Context;

#[derive(Debug, PartialEq, Settings)]
struct Lamp {
    #[setting(default = true)]
    on: bool,
    #[setting(default = 60, range = 1..=100)]
    watts: u32,
    shape: Shape,
}

impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Round) { "Round" } else { "Oval" })
    }
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        matches!(self, Self::Round) == matches!(other, Self::Round)
    }
}

macro_rules! projector {
    ($name:ident, $id:literal, $($context:ident: $ty:ty)?) => {
        /// Throws a picture.
        #[node(
            id = $id, group = CONTEXT, key_info = "string & toString($steps)", name = "Projector",
            suggestions = [("project", parse = steps, set(steps = 3))],
        )]
        #[output(width = image.width * steps, height = image.height, channels = 3)]
        #[output(same_as = image)]
        #[output(navi = "$steps & 1..2")]
        fn $name(
            $($context: $ty,)?
            image: ImageView<'_>,
            shape: Shape,
            #[input(when(shape == Shape::Oval && is(image, "Image { channels: 4 }")), default = 2, range = 1..=9)] steps: u32,
            #[input(id = 7, navi = "uint & $steps")] last: u32,
        ) -> (Image, Image, u32) {
            $($context.check().expect("nobody aborts");)?
            let _ = (shape, last);
            (Image::new(image.width() * steps as usize, image.height(), 3), image.to_image(), steps)
        }
    };
}

projector!(projector, "film_lab:context:projector",);
projector!(projector_with, "film_lab:context:projector_with", ctx: &Context);
projector!(projector_by_alias, "film_lab:context:projector_by_alias", running: Running<'_>);

#[test]
fn the_context_is_no_input_however_it_is_spelled() {
    let without = node_schema("projector");
    for name in ["projector_with", "projector_by_alias"] {
        let mut with = node_schema(name);
        assert_eq!(with["schemaId"], format!("film_lab:context:{name}"));
        with["schemaId"] = without["schemaId"].clone();
        assert_eq!(with, without, "{name}");
        assert!(decl(name).takes_context);
    }
    assert!(!decl("projector").takes_context);
    assert_eq!(without["inputs"][2]["id"], 2);
}

#[test]
fn a_node_with_a_context_is_called_with_its_inputs() {
    let pixels = [0.5; 6];
    let image = ImageView::new(&pixels, 2, 1, 3).expect("six samples");
    for name in ["projector", "projector_with", "projector_by_alias"] {
        let called =
            node(name).call([Value::Image(image), Value::Text("oval".into()), Value::Integer(3), Value::Integer(5)]);
        let outputs = called.expect("it runs");
        assert_eq!(outputs[2], OutputValue::Integer(3), "{name}");
    }
}

/// Only the context, in a layout and beside ids of the author's.
#[node(id = "film_lab:context:alone", group = CONTEXT)]
fn alone(ctx: &Context) -> Result<f64, Aborted> {
    ctx.progress(0.5)?;
    Ok(ctx.fraction())
}

/// Where an id that is taken without the context is free with it.
#[node(id = "film_lab:context:laid_out", group = CONTEXT)]
#[layout(when(a)[b], a)]
fn laid_out(_ctx: &Context, a: bool, #[input(id = 2)] b: f32) {
    let _ = (a, b);
}

#[test]
fn ids_and_layouts_do_not_count_the_context() {
    assert!(matches!(node("alone").call([]).as_deref(), Ok([OutputValue::Float(half)]) if *half == 0.5));
    let schema = node_schema("laid_out");
    assert_eq!((&schema["inputs"][0]["id"], &schema["inputs"][1]["id"]), (&0.into(), &2.into()));
    let condition = &schema["groupLayout"][0]["options"]["condition"];
    assert_eq!(condition["enum"], 0, "{schema}");
}

/// Says how it is lit.
#[node(id = "film_lab:context:lit", group = CONTEXT)]
fn lit(ctx: &Context) -> String {
    format!("{:?}", ctx.settings::<Lamp>())
}

#[test]
fn settings_are_typed_and_what_does_not_fit_is_the_default() {
    let lamp = |ctx: Context| ctx.settings::<Lamp>();
    assert_eq!(lamp(Context::new()), Lamp { on: true, watts: 60, shape: Shape::Round });
    let set = Context::new().with_setting("on", false).with_setting("watts", 75).with_setting("shape", "oval");
    assert_eq!(lamp(set), Lamp { on: false, watts: 75, shape: Shape::Oval });
    let odd = Context::new().with_setting("on", "yes").with_setting("watts", 7000).with_setting("shape", "square");
    assert_eq!(lamp(odd), Lamp { on: true, watts: 100, shape: Shape::Round });
    let called = node("lit").call_in(&Context::new().with_setting("watts", 1.0), []);
    assert!(matches!(called.as_deref(), Ok([OutputValue::Text(text)]) if text.contains("watts: 1")));
}

/// Counts until it is stopped.
#[node(id = "film_lab:context:count_until", group = CONTEXT, length = 1000)]
fn count_until(ctx: &Context) -> Generator<u32> {
    let ctx = ctx.clone();
    let wait = move |number| -> Result<u32, Aborted> {
        if number == 0 {
            return Ok(number);
        }
        loop {
            ctx.check()?;
            thread::sleep(Duration::from_millis(1));
        }
    };
    Generator::new(1000, (0..1000).map(wait))
}

/// Waits behind the last item until it is stopped.
#[node(id = "film_lab:context:linger", group = CONTEXT)]
fn linger(ctx: &Context, numbers: Items<u32>) -> Result<u32, Aborted> {
    let sum: u32 = numbers.sum();
    loop {
        ctx.check()?;
        thread::sleep(Duration::from_millis(sum.into()));
    }
}

#[test]
fn an_abort_is_an_error_of_its_own_sort() {
    let ctx = Context::new();
    ctx.abort();
    let error = node("alone").call_in(&ctx, []).expect_err("it is stopped");
    assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Aborted, "Alone: the run was stopped"));
}

#[test]
fn a_sequence_that_nobody_wants_any_more_is_aborted() {
    let started = |name: &str, ctx: &Context| {
        let node: &'static Node = Box::leak(Box::new(node(name)));
        node.start_in(ctx, [])
    };
    let ctx = Context::new();
    let Ok(Run::Generator(mut run)) = started("count_until", &ctx) else { panic!("it is a generator") };
    assert_eq!(run.next().and_then(Result::ok).as_deref(), Some(&[OutputValue::Integer(0)][..]));
    assert!(!ctx.is_aborted());
    drop(run);
    assert!(ctx.is_aborted(), "the second item waits for this");

    let ctx = Context::new();
    let Ok(Run::Collector(run)) = started("linger", &ctx) else { panic!("it is a collector") };
    let stops = ctx.clone();
    thread::spawn(move || stops.abort());
    assert_eq!(run.finish().expect_err("it is stopped").kind(), ErrorKind::Aborted);
}
