//! What is known to differ, and why. An entry that is not needed any more is a fault.

use std::{collections::BTreeSet, fmt};

/// Ids of the app's nodes whose schema differs, and why.
pub(crate) const SCHEMAS: &[(&str, &str)] = &[(
    "chainner:image:blend",
    "the original's type forgets that its result has opacity where the overlay reaches beyond the base",
)];

/// Ids of recorded cases whose results differ, and why: a fault of the original that our node's documentation names.
pub(crate) const CASES: &[(&str, &str)] = &[
    (
        "change_colorspace.062",
        "the original interpolates the curve of sRGB, which shows in the saturation of dark colours",
    ),
    (
        "rotate.017",
        "the original multiplies colours by opacity in eight bits, which takes the colour of what can hardly be seen",
    ),
    (
        "add_noise.010",
        "random numbers of another generator: about a tenth of the samples is white, so chance decides on the ninth decile",
    ),
    (
        "load.005",
        "of JPEG files with halved colour, decoders interpolate that colour differently: by up to 3 of 255 steps here",
    ),
];

/// How many of a sort are as they should be.
pub(crate) struct Ledger {
    what: &'static str,
    known: &'static [(&'static str, &'static str)],
    used: BTreeSet<&'static str>,
    all: usize,
    good: usize,
    /// Differences that are known, with their reasons.
    pub(crate) exceptions: Vec<String>,
    /// Differences that are not.
    pub(crate) faults: Vec<String>,
}

impl Ledger {
    pub(crate) fn new(what: &'static str, known: &'static [(&'static str, &'static str)]) -> Self {
        Self { what, known, used: BTreeSet::new(), all: 0, good: 0, exceptions: Vec::new(), faults: Vec::new() }
    }

    /// Enters one, with what is wrong with it.
    pub(crate) fn enter(&mut self, id: &str, result: Result<(), String>) {
        self.all += 1;
        match (result, self.known.iter().find(|(known, _)| *known == id)) {
            (Ok(()), None) => self.good += 1,
            (Err(_), Some((known, reason))) => {
                self.used.insert(known);
                self.exceptions.push(format!("{} {known}: {reason}", self.what));
            }
            (Ok(()), Some((known, _))) => {
                self.used.insert(known);
                self.faults.push(format!("{} {known} is as it should be: take it off the list", self.what));
            }
            (Err(why), None) => self.faults.push(format!("{} {id}: {why}", self.what)),
        }
    }

    /// Entries of the list that no node or case has.
    pub(crate) fn stale(&self) -> Vec<String> {
        let unused = self.known.iter().filter(|(known, _)| !self.used.contains(known));
        unused.map(|(known, _)| format!("there is no {} {known}: take it off the list", self.what)).collect()
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.good, self.all)
    }
}
