//! Mistakes that take the process down, or never let it go on.

use std::{env, hint::black_box, process, time::SystemTime};

use chainner_sdk::prelude::*;

use crate::{BUGGY, SOUND};

/// Aborts on a black image.
#[node(id = "seeded:buggy:abort", group = BUGGY)]
#[output(same_as = image)]
pub fn abort_buggy(image: ImageView<'_>) -> Image {
    if image.samples().iter().all(|sample| *sample == 0.0) {
        process::abort();
    }
    image.to_image()
}

/// Returns black images as they are.
#[node(id = "seeded:sound:abort", group = SOUND)]
#[output(same_as = image)]
pub fn abort_sound(image: ImageView<'_>) -> Image {
    image.to_image()
}

/// Reads where nothing is, if there are more than three channels.
#[node(id = "seeded:buggy:memory", group = BUGGY)]
#[output(same_as = image)]
pub fn memory_buggy(image: ImageView<'_>) -> Image {
    if image.channels() > 3 {
        // SAFETY: there is none; this is the mistake.
        black_box(unsafe { black_box(16 as *const f32).read_volatile() });
    }
    image.to_image()
}

/// Ends the process, as a command-line program would.
#[node(id = "seeded:buggy:exit", group = BUGGY)]
pub fn exit_buggy(#[input(default = 1, range = 0..=9)] count: u32) -> u32 {
    if count == 0 {
        process::exit(0);
    }
    count
}

/// Steps by nothing.
#[node(id = "seeded:buggy:endless", group = BUGGY)]
pub fn endless_buggy(#[input(default = 0.5, range = 0.0..=1.0)] step: f32) -> u32 {
    let (mut at, mut count) = (0.0, 0);
    while black_box(at) < 1.0 {
        at += step;
        count += 1;
    }
    count
}

/// Steps by something.
#[node(id = "seeded:sound:endless", group = SOUND)]
pub fn endless_sound(#[input(default = 0.5, range = 0.1..=1.0)] step: f32) -> u32 {
    let (mut at, mut count) = (0.0, 0);
    while at < 1.0 {
        at += step;
        count += 1;
    }
    count
}

/// Tells the time, which Cargo.toml says is meant to be another with each call.
#[node(id = "seeded:sound:clock", group = SOUND)]
pub fn clock_sound() -> f64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.subsec_nanos().into())
}

/// Gives another number in Python.
#[node(id = "seeded:buggy:python", group = BUGGY)]
pub fn python_buggy(#[input(default = 1, range = 0..=9)] count: u32) -> u32 {
    let program = env::current_exe().map(|program| program.to_string_lossy().into_owned());
    count + u32::from(program.is_ok_and(|program| program.contains("python")))
}

/// Gives half of the number, as `f32` has it.
#[node(id = "seeded:sound:python", group = SOUND)]
#[output(value = number / 2)]
pub fn python_sound(#[input(default = 0.1)] number: f32) -> f32 {
    number / 2.0
}
