//! What passes between the host, which steps, and the body, which runs on a thread of its own.

use std::{
    collections::VecDeque,
    fmt, mem, panic,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{error::NodeError, value::OutputValue};

use super::{Item, ItemType};

/// Items kept ready, on their way in as on their way out.
pub const AHEAD: usize = 2;

/// The items of a step, or why there are none.
pub(super) type StepResult = Result<Vec<OutputValue>, NodeError>;

/// What the function returned, but for the items of its generator.
#[derive(Debug)]
pub(super) struct Opened {
    /// Number of items, if known.
    pub(super) length: Option<usize>,
    /// Whether the first failed item is the last.
    pub(super) fail_fast: bool,
    /// What is known of all items, for each iterated output.
    pub(super) types: Vec<ItemType>,
    /// The outputs that are no sequence.
    pub(super) statics: Vec<OutputValue>,
}

/// Bounded both ways. Nothing of the author's runs while the lock is held, not even a `drop`.
pub(crate) struct Exchange {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// For each iterated input what the body has not taken yet; `None` once it has dropped its `Items`.
    inputs: Vec<Option<VecDeque<Item>>>,
    /// The host has given all items.
    ended: bool,
    outputs: VecDeque<StepResult>,
    opened: Option<Result<Opened, NodeError>>,
    /// The function has returned.
    returned: bool,
    /// The body is through; what it gave may still lie here.
    done: bool,
    /// The host has gone.
    abandoned: bool,
}

/// Unwinds a body whose host has gone.
struct Abandoned;

/// What the host can do without waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ready {
    /// Give an item.
    Room,
    /// Take an item.
    Item,
    /// Nothing, but the body wants no further items.
    Closed,
    /// Nothing more: the body is through.
    Over,
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").finish_non_exhaustive()
    }
}

impl Exchange {
    pub(super) fn new(inputs: usize) -> Self {
        Self {
            state: Mutex::new(State {
                inputs: (0..inputs).map(|_| Some(VecDeque::new())).collect(),
                ended: inputs == 0,
                outputs: VecDeque::new(),
                opened: None,
                returned: false,
                done: false,
                abandoned: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body's side.
impl Exchange {
    /// The next item of an input; `None` at the end. Unwinds the body when the host has gone: it must not take a broken off
    /// sequence for a whole one.
    pub(super) fn take(&self, input: usize) -> Option<Item> {
        let mut state = self.lock();
        loop {
            if state.abandoned {
                drop(state);
                // Unwinding already, a second panic would end the process.
                if thread::panicking() {
                    return None;
                }
                panic::resume_unwind(Box::new(Abandoned));
            }
            if let Some(item) = state.inputs[input].as_mut().and_then(VecDeque::pop_front) {
                self.changed.notify_all();
                return Some(item);
            }
            if state.ended {
                return None;
            }
            state = self.wait(state);
        }
    }

    /// The body wants no more items of an input.
    pub(super) fn close(&self, input: usize) {
        let rest = self.lock().inputs[input].take();
        self.changed.notify_all();
        drop(rest);
    }

    /// The function has returned.
    pub(super) fn open(&self, opened: Result<Opened, NodeError>) {
        let mut state = self.lock();
        state.returned = true;
        state.opened = Some(opened);
        drop(state);
        self.changed.notify_all();
    }

    /// Hands out an item as soon as there is room; whether there is still someone to hand it to.
    pub(super) fn give(&self, item: StepResult) -> bool {
        let mut state = self.lock();
        while state.outputs.len() >= AHEAD && !state.abandoned {
            state = self.wait(state);
        }
        let wanted = !state.abandoned;
        let refused = if wanted {
            state.outputs.push_back(item);
            None
        } else {
            Some(item)
        };
        drop(state);
        self.changed.notify_all();
        drop(refused);
        wanted
    }

    /// The body is through.
    pub(super) fn finish(&self) {
        self.lock().done = true;
        self.changed.notify_all();
    }
}

/// The host's side.
impl Exchange {
    /// Waits until the host can do something, for no longer than `timeout`.
    pub(super) fn ready(&self, timeout: Option<Duration>) -> Option<Ready> {
        self.wait_for(timeout, State::ready)
    }

    /// Waits until a collector takes an item, wants no more, or, if there are no more, is through.
    pub(super) fn collected(&self, timeout: Option<Duration>) -> Option<Ready> {
        let closed = |state: &State| !state.ended && state.inputs.iter().all(Option::is_none);
        self.wait_for(timeout, |state| state.ready().or_else(|| closed(state).then_some(Ready::Closed)))
    }

    /// Waits until the function has returned, or an item is wanted before it can.
    pub(super) fn opened(&self, timeout: Option<Duration>) -> Option<Ready> {
        self.wait_for(timeout, |state| if state.returned { Some(Ready::Item) } else { state.ready() })
    }

    fn wait_for(&self, timeout: Option<Duration>, ready: impl Fn(&State) -> Option<Ready>) -> Option<Ready> {
        let deadline = timeout.map(|timeout| Instant::now() + timeout);
        let mut state = self.lock();
        loop {
            if let Some(ready) = ready(&state) {
                return Some(ready);
            }
            state = match deadline {
                None => self.wait(state),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return None;
                    }
                    self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Gives an item to each iterated input. Inputs that the body has closed ignore it.
    pub(super) fn push(&self, items: Vec<Item>) {
        let mut ignored = Vec::new();
        let mut state = self.lock();
        for (queue, item) in state.inputs.iter_mut().zip(items) {
            match queue {
                Some(queue) => queue.push_back(item),
                None => ignored.push(item),
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// There are no further items.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// The next item given out, if one lies ready.
    pub(super) fn pop(&self) -> Option<StepResult> {
        let item = self.lock().outputs.pop_front();
        self.changed.notify_all();
        item
    }

    /// What the function returned, once, as soon as it has.
    pub(super) fn take_opened(&self) -> Option<Result<Opened, NodeError>> {
        self.lock().opened.take()
    }

    /// The host goes: the body ends with its next item.
    pub(super) fn abandon(&self) {
        let mut state = self.lock();
        state.abandoned = true;
        let outputs = mem::take(&mut state.outputs);
        let inputs: Vec<_> = state.inputs.iter_mut().map(Option::take).collect();
        drop(state);
        self.changed.notify_all();
        drop((inputs, outputs));
    }
}

impl State {
    fn ready(&self) -> Option<Ready> {
        if self.has_room() {
            Some(Ready::Room)
        } else if !self.outputs.is_empty() {
            Some(Ready::Item)
        } else {
            self.done.then_some(Ready::Over)
        }
    }

    /// Whether the host should give an item. The emptiest input decides: a body that reads one input ahead of another is given
    /// what it waits for.
    fn has_room(&self) -> bool {
        let open = self.inputs.iter().flatten().map(VecDeque::len).min();
        !self.ended && !self.done && open.is_some_and(|fewest| fewest < AHEAD)
    }
}
