//! A whole run at once: all items in, all items out.

use crate::{
    error::NodeError,
    node::Node,
    threads,
    value::{OutputValue, Value},
};

use super::{Run, Step, TransformerRun};

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

/// A run without its items, which went to whoever takes them.
#[derive(Debug)]
pub(crate) struct Streamed {
    /// The outputs that are no sequence.
    pub(crate) statics: Values,
    /// How many items the node says there are.
    pub(crate) length: Option<usize>,
}

/// Takes an item; whether it wants another one.
type Take<'a> = dyn FnMut(ItemResult) -> bool + 'a;
type ItemResult = Result<Values, NodeError>;

impl Whole {
    /// Runs a node with a value for each input and, for each item, one for each iterated input; takes so many items at most.
    pub(crate) fn of(node: &Node, values: Vec<Value<'_>>, items: Vec<Vec<Value<'_>>>, most_items: usize) -> Self {
        let mut given = Vec::new();
        let mut complete = true;
        let mut take = |item| {
            complete = given.len() < most_items;
            if complete {
                given.push(item);
            }
            complete
        };
        let run = threads::run_chosen(|| node.start(values));
        let streamed = run.and_then(|run| Streamed::of(run, &mut items.into_iter().map(Ok), &mut take));
        let (statics, length) = match streamed {
            Ok(Streamed { statics, length, .. }) => (Ok(statics), length),
            Err(error) => (Err(error), None),
        };
        // A node that fails midway has given nothing.
        let (items, complete) = if statics.is_ok() { (given, complete) } else { (Vec::new(), true) };
        Self { statics, items, length, complete }
    }
}

impl Streamed {
    /// Steps a started node: gives it items as it wants them, and hands on what it gives as it comes.
    pub(crate) fn of<'a>(
        run: Run,
        items: &mut dyn Iterator<Item = Result<Vec<Value<'a>>, NodeError>>,
        take: &mut Take<'_>,
    ) -> Result<Self, NodeError> {
        match run {
            Run::Values(statics) => Ok(Self { statics, length: None }),
            Run::Generator(mut run) => {
                let (length, statics) = (run.expected_length(), run.take_statics());
                run.all(take);
                Ok(Self { statics, length: Some(length) })
            }
            Run::Collector(mut run) => {
                for item in items {
                    run.push(item?)?;
                    if run.is_over() {
                        break;
                    }
                }
                Ok(Self { statics: run.finish()?, length: None })
            }
            Run::Transformer(run) => Self::transformed(run, items, take),
        }
    }

    fn transformed<'a>(
        mut run: TransformerRun,
        items: &mut dyn Iterator<Item = Result<Vec<Value<'a>>, NodeError>>,
        take: &mut Take<'_>,
    ) -> Result<Self, NodeError> {
        let mut feed = |run: &mut TransformerRun| match items.next() {
            Some(item) => run.push(item?),
            None => {
                run.end();
                Ok(())
            }
        };
        while let Some(Step::Wants) = run.open(None)? {
            feed(&mut run)?;
        }
        let (length, statics) = (run.expected_length(), run.take_statics());
        loop {
            match run.step(None)? {
                Some(Step::Wants) => feed(&mut run)?,
                Some(Step::Item(item)) => {
                    if !take(item) {
                        break;
                    }
                }
                Some(Step::Over) | None => break,
            }
        }
        Ok(Self { statics, length })
    }
}
