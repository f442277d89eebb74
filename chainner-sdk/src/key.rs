//! Checks that expansions make at compile time, each spanned on the author's token that it is about.

use crate::declare::Kind;

/// The keys of `#[input(…)]`, from the one table that also drives the macro: name, and the kinds it is allowed on.
const INPUT_KEYS: &[(&str, &[&str])] = chainner_sdk_macros::__input_keys!();

/// A key is allowed on inputs of this kind.
///
/// # Panics
/// At compile time, when it is not; the message lists the keys that are.
#[track_caller]
pub const fn key_fits(key: &str, kind: Kind) {
    if !allowed(key, kind) {
        let mut message = Message::new();
        message.push("`");
        message.push(key);
        message.push("` does not fit an input of kind ");
        message.push(kind.as_str());
        message.push("; keys allowed here: ");
        let mut i = 0;
        let mut first = true;
        while i < INPUT_KEYS.len() {
            if allowed(INPUT_KEYS[i].0, kind) {
                message.push(if first { "`" } else { ", `" });
                message.push(INPUT_KEYS[i].0);
                message.push("`");
                first = false;
            }
            i += 1;
        }
        panic!("{}", message.as_str());
    }
}

/// A default lies within its range.
///
/// # Panics
/// At compile time, when it does not.
#[track_caller]
pub const fn within_range(is: bool) {
    assert!(is, "the default lies outside the range");
}

/// A function gives as many outputs as there are `#[output(…)]`, or more.
///
/// # Panics
/// At compile time, when it does not.
#[track_caller]
pub const fn outputs_fit(declared: usize, returned: usize) {
    assert!(declared <= returned, "more `#[output(…)]` attributes than the function returns outputs");
}

const fn allowed(key: &str, kind: Kind) -> bool {
    let mut i = 0;
    while i < INPUT_KEYS.len() {
        if same(INPUT_KEYS[i].0, key) {
            let kinds = INPUT_KEYS[i].1;
            let mut k = 0;
            while k < kinds.len() {
                if same(kinds[k], kind.as_str()) {
                    return true;
                }
                k += 1;
            }
        }
        i += 1;
    }
    false
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Text put together at compile time.
struct Message {
    bytes: [u8; 1024],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        Self { bytes: [0; 1024], len: 0 }
    }

    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
    }

    const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "a key does not fit this input",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_kind_by_its_own_name() {
        let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        for (key, kinds) in INPUT_KEYS {
            assert!(!kinds.is_empty(), "{key}");
            assert!(kinds.iter().all(|kind| known.contains(kind)), "{key}: {kinds:?}");
        }
    }

    #[test]
    #[should_panic(expected = "`slider` does not fit an input of kind text; keys allowed here: `label`")]
    fn a_key_on_the_wrong_kind_lists_the_right_ones() {
        key_fits("slider", Kind::Text);
    }
}
