//! Checks that expansions make at compile time, each spanned on the author's token that it is about.

use crate::declare::{ChoiceStyle, ChoiceTable, Kind, OutputKind};

/// The keys of `#[input(…)]`, from the one table that also drives the macro: name, and the kinds it is allowed on.
const INPUT_KEYS: &[(&str, &[&str])] = chainner_sdk_macros::__input_keys!();

/// The keys of `#[output(…)]`, likewise.
const OUTPUT_KEYS: &[(&str, &[&str])] = chainner_sdk_macros::__output_keys!();

/// A key is allowed on inputs of this kind: its bit is set in `kinds`, which the macro has from the table. To look the key up there
/// would take the compiler longer than everything else about a key.
///
/// # Panics
/// At compile time, when it is not; the message lists the keys that are.
#[track_caller]
pub const fn key_fits(key: &str, kinds: u32, kind: Kind) {
    if kinds & (1 << kind as u32) == 0 {
        panic!("{}", unfit(INPUT_KEYS, key, "an input", kind.as_str()).as_str());
    }
}

/// A key is allowed on the output at `index`, if there is one: the bit of its kind is set in `kinds`.
///
/// # Panics
/// At compile time, when it is not; the message lists the keys that are.
#[track_caller]
pub const fn output_key_fits(key: &str, kinds: u32, outputs: &[OutputKind], index: usize) {
    if index < outputs.len() {
        let kind = output_kind(outputs[index]);
        if kinds & (1 << kind as u32) == 0 {
            panic!("{}", unfit(OUTPUT_KEYS, key, "an output", kind.as_str()).as_str());
        }
    }
}

/// The context is the first of the arguments.
///
/// # Panics
/// At compile time, when it is another one.
#[track_caller]
pub const fn context_stands_first(is: bool) {
    assert!(is, "the context is the first argument: `fn node(ctx: &Context, …)`");
}

/// Keys are for inputs.
///
/// # Panics
/// At compile time, when they are the context's.
#[track_caller]
pub const fn context_takes_no_keys(is_context: bool) {
    assert!(!is_context, "the context of the run is no input: the artist sees nothing of it, and it takes no keys");
}

/// A default lies within its range.
///
/// # Panics
/// At compile time, when it does not.
#[track_caller]
pub const fn within_range(is: bool) {
    assert!(is, "the default lies outside the range");
}

/// A default text is as long as it has to be.
///
/// # Panics
/// At compile time, when it is not.
#[track_caller]
pub const fn within_length(is: bool) {
    assert!(is, "the default is shorter or longer than `length` allows");
}

/// Characters (code points) of a text.
pub const fn characters(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut count, mut i) = (0, 0);
    while i < bytes.len() {
        // Every byte but those that continue a character.
        if bytes[i] & 0xC0 != 0x80 {
            count += 1;
        }
        i += 1;
    }
    count
}

/// The lower end of a range is not above the upper one.
///
/// # Panics
/// At compile time, when it is.
#[track_caller]
pub const fn range_ascends(does: bool) {
    assert!(does, "the range is empty: its lower end is above its upper end");
}

/// An end of a range is a number.
///
/// # Panics
/// At compile time, when it is infinite or NaN.
#[track_caller]
pub const fn end_is_finite(end: f64) {
    assert!(
        end.is_finite(),
        "an end of a range is a finite number; for an open end leave it away: `0.0..` or `..=8.0`"
    );
}

/// A step moves upwards.
///
/// # Panics
/// At compile time, when it does not.
#[track_caller]
pub const fn step_is_positive(step: f64) {
    assert!(step > 0.0 && step.is_finite(), "a step is a number greater than 0");
}

/// A choice has the variants, or the icons, that a style needs.
///
/// # Panics
/// At compile time, when it has not.
#[track_caller]
pub const fn style_fits(table: ChoiceTable, style: ChoiceStyle) {
    let count = table.variants.len();
    match style {
        ChoiceStyle::Checkbox => {
            assert!(count == 2, "`checkbox` needs a choice of two variants, the first meaning yes")
        }
        ChoiceStyle::Anchor => assert!(count == 9, "`anchor` needs a choice of nine variants, row by row"),
        ChoiceStyle::Icons => {
            let mut i = 0;
            while i < count {
                assert!(table.variants[i].icon.is_some(), "`icons` needs a choice where every variant has an `icon`");
                i += 1;
            }
        }
        ChoiceStyle::Dropdown | ChoiceStyle::Tabs => {}
    }
}

/// The output at `index`, if there is one, can be the same as an input of this kind.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn same_as_fits(outputs: &[OutputKind], index: usize, input: Kind) {
    if index < outputs.len() {
        let output = output_kind(outputs[index]);
        let numbers = matches!(output, Kind::Integer | Kind::Float) && matches!(input, Kind::Integer | Kind::Float);
        if !numbers && !same(output.as_str(), input.as_str()) {
            let mut message = Message::new();
            message.push("an output of kind ");
            message.push(output.as_str());
            message.push(" cannot be the same as an input of kind ");
            message.push(input.as_str());
            panic!("{}", message.as_str());
        }
    }
}

/// An input has a size.
///
/// # Panics
/// At compile time, when it has not.
#[track_caller]
pub const fn size_as_fits(input: Kind) {
    assert!(matches!(input, Kind::Image), "`size_as` needs an image input; this one has no width and height");
}

/// `.width`, `.height` or `.channels` can be asked of an input.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn input_has_pixels(input: Kind) {
    assert!(matches!(input, Kind::Image), "only image inputs have `width`, `height` and `channels`");
}

/// An input can be computed with.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn input_is_number(input: Kind) {
    if !matches!(input, Kind::Integer | Kind::Float) {
        let mut message = Message::new();
        message.push("only numbers can be computed with, and this is an input of kind ");
        message.push(input.as_str());
        if matches!(input, Kind::Image) {
            message.push("; write `.width`, `.height` or `.channels` behind it");
        }
        panic!("{}", message.as_str());
    }
}

/// The header of a collapsed node can show the value of an input.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn key_info_fits(input: Kind) {
    assert!(
        matches!(input, Kind::Integer | Kind::Float | Kind::Choice | Kind::Bool),
        "`key_info` shows a number, choice or `bool`; for anything else compute a text: `key_info = \"toString($amount)\"`"
    );
}

/// A directory and a name can be taken of the path that an input gives.
///
/// # Panics
/// At compile time, when they cannot.
#[track_caller]
pub const fn of_fits(input: Kind) {
    assert!(matches!(input, Kind::File | Kind::Any), "`of` needs a file input; this one has no path");
}

/// An input is one that a group can hold.
///
/// # Panics
/// At compile time, when it is not.
#[track_caller]
pub const fn group_fits(group: &str, input: Kind, optional: bool) {
    let needs = if same(group, "seed") && !matches!(input, Kind::Integer | Kind::Float | Kind::Seed) {
        "numbers and seeds"
    } else if same(group, "linked") && !matches!(input, Kind::Integer | Kind::Float) {
        "numbers"
    } else if same(group, "icon_set") && !matches!(input, Kind::Bool | Kind::Choice) {
        "`bool`s and choices drawn as check boxes"
    } else if same(group, "menu_icons") && !matches!(input, Kind::Choice) {
        "icon sets, and choices drawn as icons"
    } else if same(group, "from_to") && !matches!(input, Kind::Choice) {
        "choices"
    } else if same(group, "ncnn_files") && !matches!(input, Kind::File) {
        "files"
    } else if same(group, "required_when") && !optional {
        "optional inputs (`Option<…>`)"
    } else if same(group, "required_when") && !matches!(input, Kind::Image | Kind::Any | Kind::Handle | Kind::Bool) {
        "inputs without a control of their own, such as images"
    } else if same(group, "optional_list") && !optional {
        "optional inputs (`Option<…>`)"
    } else {
        return;
    };
    let mut message = Message::new();
    message.push("`");
    message.push(group);
    message.push("` holds ");
    message.push(needs);
    if !optional && (same(group, "optional_list") || same(group, "required_when")) {
        message.push("; this one is required");
    } else {
        message.push("; this input is of kind ");
        message.push(input.as_str());
    }
    panic!("{}", message.as_str());
}

/// An output that an input is fused with is there.
///
/// # Panics
/// At compile time, when it is not.
#[track_caller]
pub const fn fused_fits(index: u32, outputs: usize) {
    assert!((index as usize) < outputs, "there is no output at this position; the first one has position 0");
}

/// A sequence can be connected to an input of this kind.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn items_fit(is_sequence: bool, kind: Kind) {
    match kind {
        Kind::Choice if is_sequence => {
            panic!("a sequence comes through a connection, and the app gives a choice none")
        }
        Kind::ExecutionNumber if is_sequence => {
            panic!("a sequence comes through a connection, and the app gives the number of the run none")
        }
        _ => {}
    }
}

/// An input can do without a handle.
///
/// # Panics
/// At compile time, when it cannot.
#[track_caller]
pub const fn handle_fits(is_sequence: bool, handle: bool) {
    assert!(handle || !is_sequence, "a sequence comes through a connection; leave `handle = false` away");
}

/// `length` is that of a sequence that the function returns.
///
/// # Panics
/// At compile time, when it returns none.
#[track_caller]
pub const fn length_fits(iterated: usize) {
    assert!(iterated > 0, "`length` is for functions that return a `Generator`");
}

/// `items` is the length of a sequence that the function takes.
///
/// # Panics
/// At compile time, when it takes one value.
#[track_caller]
pub const fn items_key_fits(is_sequence: bool) {
    assert!(
        is_sequence,
        "`items` is the number of items of a sequence, an argument of type `Items<…>`; this one is a single value"
    );
}

/// A key that is about a control is given to an input that has one: a single value unless told otherwise, a sequence if told so.
///
/// # Panics
/// At compile time, when it is not.
#[track_caller]
pub const fn control_fits(key: &str, is_sequence: bool, control: Option<bool>) {
    let has_control = match control {
        Some(control) => control,
        None => !is_sequence,
    };
    if !has_control {
        let mut message = Message::new();
        message.push("`");
        message.push(key);
        message.push("` is about the control of an input, and ");
        message.push(match control {
            Some(_) => "`control = false` takes that away",
            None => "a sequence has none, since it comes through a connection; add `control` to give it one",
        });
        panic!("{}", message.as_str());
    }
}

/// An output stands where its `position` says: it is no part of the sequence, and the others beside the generator keep their order.
///
/// `positions` are those of the `#[output(…)]`, of which this is the one at `index`.
///
/// # Panics
/// At compile time, when it cannot stand there.
#[track_caller]
pub const fn position_fits(positions: &[Option<u32>], index: usize, iterated: usize) {
    assert!(
        iterated > 0,
        "`position` is for outputs beside a `Generator`; without one, outputs stand in the order of the returned tuple"
    );
    assert!(
        index >= iterated,
        "`position` is for outputs that are no sequence; those of the `Generator` stand in the places left, in their order"
    );
    if let Some(position) = positions[index] {
        assert!(
            position as usize <= index,
            "`position` moves an output up; by itself it stands no further down than in the returned tuple"
        );
        if index > iterated {
            match positions[index - 1] {
                Some(before) => assert!(
                    before < position,
                    "the output before has a `position` that is as great or greater; they ascend as the outputs are returned"
                ),
                None => panic!(
                    "the output before has no `position`, so it stands further down; give it one too, or return it later"
                ),
            }
        }
    }
}

/// A function gives as many outputs as there are `#[output(…)]`, or more.
///
/// # Panics
/// At compile time, when it does not.
#[track_caller]
pub const fn outputs_fit(declared: usize, returned: usize) {
    assert!(declared <= returned, "more `#[output(…)]` attributes than the function returns outputs");
}

/// The kind of input that gives what the output gives.
const fn output_kind(output: OutputKind) -> Kind {
    match output {
        OutputKind::Image => Kind::Image,
        OutputKind::Integer { .. } => Kind::Integer,
        OutputKind::Float => Kind::Float,
        OutputKind::Text => Kind::Text,
        OutputKind::Bool => Kind::Bool,
        OutputKind::Color => Kind::Color,
        OutputKind::Directory => Kind::Directory,
        OutputKind::Seed => Kind::Seed,
        OutputKind::Any => Kind::Any,
        OutputKind::Handle(_) => Kind::Handle,
    }
}

type Keys = [(&'static str, &'static [&'static str])];

const fn unfit(keys: &Keys, key: &str, of: &str, kind: &str) -> Message {
    let mut message = Message::new();
    message.push("`");
    message.push(key);
    message.push("` does not fit ");
    message.push(of);
    message.push(" of kind ");
    message.push(kind);
    message.push("; keys allowed here: ");
    let mut i = 0;
    let mut first = true;
    while i < keys.len() {
        if allowed(keys, keys[i].0, kind) {
            message.push(if first { "`" } else { ", `" });
            message.push(keys[i].0);
            message.push("`");
            first = false;
        }
        i += 1;
    }
    message
}

const fn allowed(keys: &Keys, key: &str, kind: &str) -> bool {
    let mut i = 0;
    while i < keys.len() {
        if same(keys[i].0, key) {
            let kinds = keys[i].1;
            let mut k = 0;
            while k < kinds.len() {
                if same(kinds[k], kind) {
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
    bytes: [u8; 2048],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        Self { bytes: [0; 2048], len: 0 }
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
        for (key, kinds) in INPUT_KEYS.iter().chain(OUTPUT_KEYS) {
            assert!(!kinds.is_empty(), "{key}");
            assert!(kinds.iter().all(|kind| known.contains(kind)), "{key}: {kinds:?}");
        }
    }

    #[test]
    #[should_panic(expected = "`slider` does not fit an input of kind text; keys allowed here: `label`")]
    fn a_key_on_the_wrong_kind_lists_the_right_ones() {
        key_fits("slider", 0b11, Kind::Text);
    }

    #[test]
    fn kinds_have_the_bits_that_the_macros_think_they_have() {
        let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        let (_, all) = INPUT_KEYS.iter().find(|(key, _)| *key == "label").expect("every input has a label");
        assert_eq!(*all, names);
        assert!(Kind::ALL.iter().enumerate().all(|(bit, kind)| *kind as usize == bit));
    }
}
