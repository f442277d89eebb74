//! Mistakes with texts and choices.

use chainner_sdk::prelude::*;

use crate::{BUGGY, SOUND};

/// Takes the first letter of a text that may have none.
#[node(id = "seeded:buggy:empty", group = BUGGY)]
pub fn empty_buggy(#[input(allow_empty, length = 0..)] text: &str) -> String {
    text.chars().next().expect("a letter").to_string()
}

/// Takes the first letter, if there is one.
#[node(id = "seeded:sound:empty", group = SOUND)]
pub fn empty_sound(#[input(allow_empty, length = 0..)] text: &str) -> String {
    text.chars().take(1).collect()
}

/// Cuts a letter in two.
#[node(id = "seeded:buggy:unicode", group = BUGGY)]
pub fn unicode_buggy(text: &str) -> String {
    text[..1].to_uppercase()
}

/// Leaves letters whole.
#[node(id = "seeded:sound:unicode", group = SOUND)]
pub fn unicode_sound(text: &str) -> String {
    text.to_uppercase()
}

/// What is done.
#[derive(Choice)]
pub enum Mode {
    Add,
    Multiply,
    Divide,
}

/// Has forgotten a choice.
#[node(id = "seeded:buggy:choice", group = BUGGY)]
pub fn choice_buggy(#[input(default = 2)] number: i32, mode: Mode) -> i32 {
    match mode {
        Mode::Add => number.saturating_add(2),
        Mode::Multiply => number.saturating_mul(2),
        Mode::Divide => unimplemented!("division"),
    }
}

/// Has forgotten none.
#[node(id = "seeded:sound:choice", group = SOUND)]
pub fn choice_sound(#[input(default = 2)] number: i32, mode: Mode) -> Result<i32, NodeError> {
    match mode {
        Mode::Add => Ok(number.saturating_add(2)),
        Mode::Multiply => Ok(number.saturating_mul(2)),
        Mode::Divide => 2_i32.checked_div(number).ok_or_else(|| NodeError::new("0 divides nothing")),
    }
}
