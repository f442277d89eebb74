//! Calls for what they cost.

use std::time::Instant;

use crate::{
    context::Context,
    error::NodeError,
    image::{copies, observe},
    node::Node,
    sequence::Streamed,
    value::{OutputValue, Value},
};

use super::{
    Answer, Measure, Measured, RawImage, WireValue,
    answer::{all_received, blame, failure},
};

/// Calls the node; nothing if the question names an image that it does not bring.
pub(super) fn measure(node: &Node, ask: &Measure, images: &[RawImage]) -> Option<Answer> {
    // A probe of this process may have made an object for this call, and looking at samples takes time.
    observe::stop();
    let read = |values: &[WireValue]| all_received(values, images);
    let values = read(&ask.values)?;
    let items = ask.items.iter().map(|item| read(item)).collect::<Option<Vec<_>>>()?;

    let context = Context::new();
    let before = copies::so_far();
    let start = Instant::now();
    let called = run(node, &context, values, items, ask.most_items);
    let seconds = start.elapsed().as_secs_f64();
    let copied = copies::so_far().since(before);
    Some(match called {
        Ok((results, sizes, items)) => {
            let pixels = sizes.with(&results).most();
            let (copies, copied_bytes) = (copied.count, copied.bytes);
            Answer::Measured(Measured { seconds, copies, copied_bytes, pixels, items })
        }
        Err(error) => failure(blame(&error), &error.to_string()),
    })
}

type Ran = (Vec<OutputValue>, Sizes, usize);

fn run(
    node: &Node,
    context: &Context,
    values: Vec<Value<'_>>,
    items: Vec<Vec<Value<'_>>>,
    most_items: usize,
) -> Result<Ran, NodeError> {
    let (mut sizes, mut count, mut failed) = (Sizes::default(), 0, None);
    let mut take = |item: Result<Vec<OutputValue>, NodeError>| match item {
        Ok(values) => {
            sizes.add(&values);
            count += 1;
            count < most_items
        }
        Err(error) => {
            failed = Some(error);
            false
        }
    };
    let streamed = Streamed::of(node.start_in(context, values)?, &mut items.into_iter().map(Ok), &mut take)?;
    match failed {
        Some(error) => Err(error),
        None => Ok((streamed.statics, sizes, count)),
    }
}

/// Pixels of each iterated output in all its items, and of the output with the most of them.
#[derive(Debug, Default)]
struct Sizes {
    iterated: Vec<u64>,
    most_static: u64,
}

impl Sizes {
    fn add(&mut self, values: &[OutputValue]) {
        self.iterated.resize(self.iterated.len().max(values.len()), 0);
        self.iterated.iter_mut().zip(values).for_each(|(sum, value)| *sum += pixels(value));
    }

    fn with(mut self, statics: &[OutputValue]) -> Self {
        self.most_static = statics.iter().map(pixels).max().unwrap_or(0);
        self
    }

    fn most(&self) -> u64 {
        self.iterated.iter().copied().max().unwrap_or(0).max(self.most_static)
    }
}

fn pixels(value: &OutputValue) -> u64 {
    match value {
        OutputValue::Image(image) => image.width() as u64 * image.height() as u64,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Image;

    #[test]
    fn the_output_with_the_most_pixels_counts() {
        let image = |width| OutputValue::Image(Image::new(width, 2, 1));
        let mut sizes = Sizes::default();
        sizes.add(&[image(3), OutputValue::Bool(true)]);
        sizes.add(&[image(4), OutputValue::Bool(true)]);
        assert_eq!(sizes.most(), 14);
        assert_eq!(sizes.with(&[image(10), OutputValue::Integer(99)]).most(), 20);
    }
}
