//! The pyo3 half: translates between Python's values and [`Value`](crate::value::Value), nothing more.
//!
//! It makes the module `_native` of the wheel, with `call(node_id, *values)` and the facts the Python side needs. Enforcement,
//! panics and messages are those of the one pipeline.
//!
//! What `call` returns depends on the kind of the node:
//!
//! | kind | values for iterated inputs | returned |
//! |---|---|---|
//! | regular | | `None`, the output, or a tuple of outputs |
//! | generator | | a `Generator` |
//! | collector | ignored, `None` say | a `Collector` |
//! | collector, with `call(…, collect=True)` | iterables | the outputs, as of a regular node |
//! | transformer | iterables | a `Generator` |
//!
//! A `Generator` is an iterator: `__next__()` returns the value of the iterated output, or a tuple of several. It raises the
//! exception of an item that fails; the next call goes on with the item behind it, or raises `StopIteration` if `fail_fast`.
//! `expected_length` (`None` only where a transformer does not know), `fail_fast`, and `statics`, a tuple of the outputs that are no
//! sequence, and `item_types`, a list of Navi expressions as JSON, or `None`s, are attributes; a transformer is worked until it knows them. `close()` ends the work, and so does dropping it.
//!
//! A `Collector` has `push(*values)`, with a value for each iterated input in their order, and `finish()`, which returns the
//! outputs. Either raises what the node fails with. `is_over` tells that further items would be ignored; `close()` ends the work
//! without a result, and so does dropping it.
//!
//! `call(…, context=…)` tells of the run that the call is part of: see `context`. A node that stops because the run does raises `Aborted`.
//! `about(node_id)` tells what the schema does not: whether the node takes a `context`, the places of its inputs that
//! may be `lazy`, objects whose attribute `value` works them out, and the id of the node that it `replaces`, or `None`.
//!
//! Nothing is worked on before the first step: neither of a generator (but for its function, which `call` runs), nor of the others.
//! All of them wait without Python's lock.

mod arguments;
mod array;
mod context;
mod memory;
mod module;
mod object;
mod results;
mod sequences;

pub use module::init;
