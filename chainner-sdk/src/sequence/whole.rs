//! A whole run at once: all items in, all items out.

use crate::{
    error::NodeError,
    node::Node,
    parallel,
    value::{OutputValue, Value},
};

use super::{CollectorRun, GeneratorRun, Run, Step, TransformerRun};

type Values = Vec<OutputValue>;

/// What a node of any sort gave, run from its start to its end.
#[derive(Debug)]
pub(crate) struct Whole {
    /// The outputs that are no sequence.
    pub(crate) statics: Result<Values, NodeError>,
    /// The items given.
    pub(crate) items: Vec<Result<Values, NodeError>>,
    /// How many items the node says there are.
    pub(crate) length: Option<usize>,
    /// Whether all items were taken.
    pub(crate) complete: bool,
}

impl Whole {
    /// Runs a node with a value for each input and, for each item, one for each iterated input; takes so many items at most.
    pub(crate) fn of(node: &Node, values: Vec<Value<'_>>, items: Vec<Vec<Value<'_>>>, most_items: usize) -> Self {
        let given = parallel::run_chosen(|| node.start(values)).and_then(|run| match run {
            Run::Values(values) => Ok(Self::single(values)),
            Run::Generator(run) => Ok(Self::generated(run, most_items)),
            Run::Collector(run) => collected(run, items).map(Self::single),
            Run::Transformer(run) => Self::transformed(run, items, most_items),
        });
        given.unwrap_or_else(|error| Self { statics: Err(error), items: Vec::new(), length: None, complete: true })
    }

    fn single(values: Values) -> Self {
        Self { statics: Ok(values), items: Vec::new(), length: None, complete: true }
    }

    fn generated(mut run: GeneratorRun, most_items: usize) -> Self {
        let (length, statics) = (run.expected_length(), run.take_statics());
        let items: Vec<_> = run.by_ref().take(most_items).collect();
        let complete = items.len() < most_items || run.next().is_none();
        Self { statics: Ok(statics), items, length: Some(length), complete }
    }

    fn transformed(mut run: TransformerRun, items: Vec<Vec<Value<'_>>>, most_items: usize) -> Result<Self, NodeError> {
        let mut waiting = items.into_iter();
        let mut feed = |run: &mut TransformerRun| match waiting.next() {
            Some(item) => run.push(item),
            None => {
                run.end();
                Ok(())
            }
        };
        while let Some(Step::Wants) = run.open(None)? {
            feed(&mut run)?;
        }
        let (length, statics) = (run.expected_length(), run.take_statics());
        let mut given = Vec::new();
        while given.len() <= most_items {
            match run.step(None)? {
                Some(Step::Wants) => feed(&mut run)?,
                Some(Step::Item(item)) => given.push(item),
                Some(Step::Over) | None => break,
            }
        }
        let complete = given.len() <= most_items;
        given.truncate(most_items);
        Ok(Self { statics: Ok(statics), items: given, length, complete })
    }
}

fn collected(mut run: CollectorRun, items: Vec<Vec<Value<'_>>>) -> Result<Values, NodeError> {
    for item in items {
        run.push(item)?;
    }
    run.finish()
}
