//! Started nodes, as the host steps them.

use std::{fmt, mem, sync::Arc, thread, time::Duration};

use crate::{
    context::Context,
    declare::NodeDecl,
    enforce::OutputSpec,
    error::NodeError,
    node::{Arguments, Input},
    output::Returned,
    panic, threads,
    value::{OutputValue, Value},
};

use super::{
    Exchange, ItemType, Kept, Sequence,
    exchange::{Opened, Ready, StepResult},
};

/// A started node.
#[derive(Debug)]
pub enum Run {
    /// It has given its outputs already.
    Values(Vec<OutputValue>),
    /// It makes a sequence.
    Generator(GeneratorRun),
    /// It folds a sequence.
    Collector(CollectorRun),
    /// It turns one sequence into another.
    Transformer(TransformerRun),
}

/// A sequence in the making: an iterator over the items, each with a value for each iterated output.
///
/// After the last item, or the first error of a generator that fails fast, there is none. Nothing is made before the first item is
/// asked for; dropping it ends the making.
#[derive(Debug)]
pub struct GeneratorRun {
    body: Body,
    length: usize,
    fail_fast: bool,
    types: Vec<ItemType>,
    statics: Vec<OutputValue>,
}

/// A fold: takes items, and gives the outputs when it is finished.
///
/// The function starts with the first item, or the end. Dropping the fold ends it without a result.
#[derive(Debug)]
pub struct CollectorRun {
    body: Body,
    takes: Takes,
}

/// A sequence made of another: wants items, and gives items.
///
/// The function starts with the first step. Dropping it ends the making.
#[derive(Debug)]
pub struct TransformerRun {
    body: Body,
    takes: Takes,
    opened: Option<Opened>,
}

/// What comes next in a [`TransformerRun`].
#[derive(Debug)]
pub enum Step {
    /// The function wants an item: [`TransformerRun::push`] one, or [`TransformerRun::end`] the sequence.
    Wants,
    /// An item, with a value for each iterated output.
    Item(Result<Vec<OutputValue>, NodeError>),
    /// There are no more items.
    Over,
}

/// A function on a thread of its own.
struct Body {
    node: &'static NodeDecl,
    context: Context,
    exchange: Arc<Exchange>,
    /// Until the thread has started.
    work: Option<Work>,
}

type Work = Box<dyn FnOnce(&Arc<Exchange>) + Send>;

/// The iterated inputs.
#[derive(Debug)]
struct Takes {
    inputs: Vec<Input>,
}

impl Body {
    fn new(
        node: &'static NodeDecl,
        context: &Context,
        exchange: Exchange,
        work: impl FnOnce(&Arc<Exchange>) + Send + 'static,
    ) -> Self {
        Self { node, context: context.clone(), exchange: Arc::new(exchange), work: Some(Box::new(work)) }
    }

    fn start(&mut self) -> Result<(), NodeError> {
        let Some(work) = self.work.take() else { return Ok(()) };
        let exchange = Arc::clone(&self.exchange);
        let thread = thread::Builder::new().name(self.node.function.to_owned());
        let started = thread.spawn(move || {
            threads::run_apart(|| work(&exchange));
            exchange.finish();
        });
        started.map(drop).map_err(|error| {
            self.exchange.finish();
            self.named(NodeError::new(format!("no thread can be started: {error}")))
        })
    }

    fn named(&self, error: NodeError) -> NodeError {
        error.at_node(self.node.name)
    }

    fn item(&self, item: StepResult) -> StepResult {
        item.map_err(|error| self.named(error))
    }
}

/// The thread is not waited for: it may be busy for as long as an item takes. It ends with that item, or earlier if the node looks
/// at its context.
impl Drop for Body {
    fn drop(&mut self) {
        self.context.abort();
        self.exchange.abandon();
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("node", &self.node.id).finish_non_exhaustive()
    }
}

impl GeneratorRun {
    /// How many items the generator says there are.
    pub fn expected_length(&self) -> usize {
        self.length
    }

    /// Whether the first error is the end.
    pub fn fail_fast(&self) -> bool {
        self.fail_fast
    }

    /// What is known of all items, for each iterated output.
    pub fn item_types(&self) -> &[ItemType] {
        &self.types
    }

    /// The outputs that are no sequence. They are given once.
    pub fn take_statics(&mut self) -> Vec<OutputValue> {
        mem::take(&mut self.statics)
    }

    /// Waits until `next` need not wait, for no longer than `timeout`; whether it is so.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        // That no thread can be started is told by `next`.
        self.body.start().is_err() || self.body.exchange.ready(Some(timeout)).is_some()
    }
}

impl Iterator for GeneratorRun {
    type Item = Result<Vec<OutputValue>, NodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.body.start() {
            return Some(Err(error));
        }
        self.body.exchange.ready(None);
        let item = self.body.exchange.pop()?;
        Some(self.body.item(item))
    }
}

impl CollectorRun {
    /// Waits until `push` need not wait, or after [`end`](Self::end) `finish` need not, for no longer than `timeout`; whether it
    /// is so.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn wait(&mut self, timeout: Duration) -> Result<bool, NodeError> {
        self.body.start()?;
        Ok(self.body.exchange.collected(Some(timeout)).is_some())
    }

    /// Whether the function wants no more items. Further ones are ignored.
    pub fn is_over(&self) -> bool {
        matches!(self.body.exchange.collected(Some(Duration::ZERO)), Some(Ready::Closed | Ready::Over))
    }

    /// Gives one item: a value for each iterated input, in order. Waits while the function is more than a few items behind.
    ///
    /// # Errors
    /// A value that its input does not take; or the error with which the function has ended, which is told once.
    pub fn push<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> Result<(), NodeError> {
        let items = self.takes.items(values).map_err(|error| self.body.named(error))?;
        self.body.start()?;
        match self.body.exchange.collected(None) {
            Some(Ready::Room) => self.body.exchange.push(items),
            Some(Ready::Over) => match self.body.exchange.take_opened() {
                // The result stays for `finish`.
                Some(Ok(opened)) => self.body.exchange.open(Ok(opened)),
                Some(Err(error)) => return Err(self.body.named(error)),
                None => return Err(self.told()),
            },
            _ => {}
        }
        Ok(())
    }

    /// There are no further items. The function goes on to its end.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn end(&mut self) -> Result<(), NodeError> {
        self.body.exchange.end();
        self.body.start()
    }

    /// Ends the sequence and waits for the outputs.
    ///
    /// # Errors
    /// That of the function.
    pub fn finish(mut self) -> Result<Vec<OutputValue>, NodeError> {
        self.end()?;
        self.body.exchange.ready(None);
        let opened = self.body.exchange.take_opened().unwrap_or_else(|| Err(self.told()));
        opened.map(|opened| opened.statics).map_err(|error| self.body.named(error))
    }

    fn told(&self) -> NodeError {
        self.body.named(NodeError::new("it has ended with an error before"))
    }
}

impl TransformerRun {
    /// The next thing to do; `None` if nothing can be done within `timeout`.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn step(&mut self, timeout: Option<Duration>) -> Result<Option<Step>, NodeError> {
        self.body.start()?;
        Ok(match self.body.exchange.ready(timeout) {
            None => None,
            Some(Ready::Room) => Some(Step::Wants),
            Some(Ready::Item) => self.body.exchange.pop().map(|item| Step::Item(self.body.item(item))),
            Some(Ready::Over | Ready::Closed) => Some(self.over()),
        })
    }

    /// The end, or once the error with which the function has ended instead of returning a generator.
    fn over(&mut self) -> Step {
        match self.body.exchange.take_opened() {
            Some(Err(error)) => Step::Item(Err(self.body.named(error))),
            Some(Ok(opened)) => {
                self.opened.get_or_insert(opened);
                Step::Over
            }
            None => Step::Over,
        }
    }

    /// Works until the function has returned its generator: [`Step::Wants`] if an item is wanted for that, [`Step::Over`] when it
    /// has. Only then are length and static outputs known.
    ///
    /// # Errors
    /// That of the function.
    pub fn open(&mut self, timeout: Option<Duration>) -> Result<Option<Step>, NodeError> {
        if self.opened.is_some() {
            return Ok(Some(Step::Over));
        }
        self.body.start()?;
        Ok(match self.body.exchange.opened(timeout) {
            None => None,
            Some(Ready::Room) => Some(Step::Wants),
            Some(_) => {
                if let Some(opened) = self.body.exchange.take_opened() {
                    self.opened = Some(opened.map_err(|error| self.body.named(error))?);
                }
                Some(Step::Over)
            }
        })
    }

    /// How many items the generator says there are, if it is [open](Self::open) and knows.
    pub fn expected_length(&self) -> Option<usize> {
        self.opened.as_ref()?.length
    }

    /// Whether the first error is the end, if the generator is [open](Self::open).
    pub fn fail_fast(&self) -> Option<bool> {
        self.opened.as_ref().map(|opened| opened.fail_fast)
    }

    /// What is known of all items, for each iterated output, if the generator is [open](Self::open).
    pub fn item_types(&self) -> &[ItemType] {
        self.opened.as_ref().map(|opened| opened.types.as_slice()).unwrap_or_default()
    }

    /// The outputs that are no sequence, if the generator is [open](Self::open). They are given once.
    pub fn take_statics(&mut self) -> Vec<OutputValue> {
        self.opened.as_mut().map(|opened| mem::take(&mut opened.statics)).unwrap_or_default()
    }

    /// Gives one item: a value for each iterated input, in order. To be called when one is [wanted](Step::Wants).
    ///
    /// # Errors
    /// A value that its input does not take.
    pub fn push<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> Result<(), NodeError> {
        let items = self.takes.items(values).map_err(|error| self.body.named(error))?;
        self.body.exchange.push(items);
        Ok(())
    }

    /// There are no further items.
    pub fn end(&mut self) {
        self.body.exchange.end();
    }
}

impl Takes {
    fn new(inputs: &[Input]) -> Self {
        Self { inputs: inputs.iter().filter(|input| input.decl.item.is_some()).cloned().collect() }
    }

    fn items<'a>(&self, values: impl IntoIterator<Item = Value<'a>>) -> Result<Vec<super::Item>, NodeError> {
        let mut values = values.into_iter();
        let mut items = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let value = input.enforce(values.next().unwrap_or(Value::Missing))?;
            let take = input.decl.item.expect("iterated inputs are those that take items");
            items.push(take(&value).map_err(|mismatch| NodeError::mismatch(input.decl.label, mismatch))?);
        }
        let surplus = values.count();
        if surplus > 0 {
            let takes = self.inputs.len();
            return Err(NodeError::new(format!("expected at most {takes} values an item, got {}", takes + surplus)));
        }
        Ok(items)
    }
}

/// What a generator function has returned, ready to be stepped.
pub(crate) fn generator(
    node: &'static NodeDecl,
    context: &Context,
    returned: Returned,
    outputs: &[OutputSpec],
) -> Result<GeneratorRun, NodeError> {
    let (iterated, fixed) = parted(outputs);
    let Returned { sequence, values: mut statics } = returned;
    let sequence = sequence.expect("a function with iterated outputs returns a generator");
    let length = sequence
        .length
        .ok_or_else(|| NodeError::broken("a generator tells how many items it gives: `Generator::new(length, …)`"))?;
    enforce(&fixed, &mut statics)?;
    let (fail_fast, types) = (sequence.fail_fast, sequence.types.clone());
    let body = Body::new(node, context, Exchange::new(0), move |exchange| make(exchange, sequence, &iterated));
    Ok(GeneratorRun { body, length, fail_fast, types, statics })
}

/// A collector that waits for its first item.
pub(crate) fn collector(
    node: &'static NodeDecl,
    context: &Context,
    inputs: &[Input],
    kept: Kept,
    outputs: &[OutputSpec],
) -> CollectorRun {
    let takes = Takes::new(inputs);
    let (specs, within) = (outputs.to_vec(), context.clone());
    let body = Body::new(node, context, Exchange::new(takes.inputs.len()), move |exchange| {
        let result = panic::caught(|| called(node, &within, &kept, exchange)).and_then(|mut returned| {
            enforce(&specs, &mut returned.values)?;
            Ok(Opened { length: None, fail_fast: true, types: Vec::new(), statics: returned.values })
        });
        exchange.open(result);
    });
    CollectorRun { body, takes }
}

/// A transformer that waits for its first step.
pub(crate) fn transformer(
    node: &'static NodeDecl,
    context: &Context,
    inputs: &[Input],
    kept: Kept,
    outputs: &[OutputSpec],
) -> TransformerRun {
    let takes = Takes::new(inputs);
    let (iterated, fixed) = parted(outputs);
    let within = context.clone();
    let body = Body::new(node, context, Exchange::new(takes.inputs.len()), move |exchange| {
        let result = panic::caught(|| called(node, &within, &kept, exchange)).and_then(|mut returned| {
            enforce(&fixed, &mut returned.values)?;
            Ok(returned)
        });
        match result {
            Err(error) => exchange.open(Err(error)),
            Ok(Returned { sequence, values: statics }) => {
                let sequence = sequence.expect("a function with iterated outputs returns a generator");
                let Sequence { length, fail_fast, ref types, .. } = sequence;
                exchange.open(Ok(Opened { length, fail_fast, types: types.clone(), statics }));
                make(exchange, sequence, &iterated);
            }
        }
    });
    TransformerRun { body, takes, opened: None }
}

/// The outputs that are given item by item, and the others, each in the order returned, which is also that of the places shown.
fn parted(outputs: &[OutputSpec]) -> (Vec<OutputSpec>, Vec<OutputSpec>) {
    outputs.iter().cloned().partition(|output| output.iterated)
}

fn called(node: &NodeDecl, context: &Context, kept: &Kept, exchange: &Arc<Exchange>) -> Result<Returned, NodeError> {
    let values = kept.values();
    (node.run)(Arguments::new(node, context, &values, Some(exchange)))
}

/// Makes the items of a sequence, until there are no more or no one wants them.
fn make(exchange: &Exchange, sequence: Sequence, specs: &[OutputSpec]) {
    let Sequence { items, fail_fast, .. } = sequence;
    let made = panic::caught(|| {
        for item in items {
            let item = item.and_then(|mut values| enforce(specs, &mut values).map(|()| values));
            let is_last = fail_fast && item.is_err();
            if !exchange.give(item) || is_last {
                break;
            }
        }
        Ok(())
    });
    if let Err(error) = made {
        exchange.give(Err(error));
    }
}

fn enforce(specs: &[OutputSpec], values: &mut [OutputValue]) -> Result<(), NodeError> {
    specs.iter().zip(values).try_for_each(|(spec, value)| spec.enforce(value))
}
