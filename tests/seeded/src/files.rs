//! Mistakes with files, and objects of the package's own.

use std::fs;

use chainner_sdk::prelude::*;

use crate::{BUGGY, SOUND};

/// Takes every file for a text.
#[node(id = "seeded:buggy:file", group = BUGGY)]
pub fn file_buggy(#[input(filetypes = [".txt"])] file: FilePath) -> String {
    fs::read_to_string(&file).expect("a text")
}

/// Says what it cannot read.
#[node(id = "seeded:sound:file", group = SOUND)]
pub fn file_sound(#[input(filetypes = [".txt"])] file: FilePath) -> Result<String, NodeError> {
    fs::read_to_string(&file).map_err(|error| NodeError::new(format!("the file cannot be read: {error}")).input("File"))
}

/// Numbers the files it writes.
#[node(id = "seeded:sound:save", group = SOUND, side_effects)]
pub fn save_sound(directory: DirPath, #[input(default = "note")] name: &str) -> Result<u32, NodeError> {
    let stem: String = name.chars().filter(|c| c.is_alphanumeric()).take(40).collect();
    let number = (0..).find(|number| !directory.join(format!("{stem}-{number}")).exists()).unwrap_or(0);
    fs::write(directory.join(format!("{stem}-{number}")), name)?;
    Ok(number)
}

/// A table that only nodes of this package make.
#[derive(NaviType)]
pub struct Table(Vec<f32>);

/// Makes a table.
#[node(id = "seeded:sound:table", group = SOUND)]
pub fn table_sound(#[input(default = 16, range = 2..=256)] size: u32) -> Handle<Table> {
    Handle::new(Table((0..size).map(|i| i as f32 / (size - 1) as f32).collect()))
}

/// Looks up beyond the end of the table.
#[node(id = "seeded:buggy:look_up", group = BUGGY)]
#[output(same_as = image)]
pub fn look_up_buggy(image: ImageView<'_>, table: Handle<Table>) -> Image {
    image.map_colors(|_, _, sample| table.0[(sample * table.0.len() as f32).max(0.0) as usize])
}

/// Stays within the table.
#[node(id = "seeded:sound:look_up", group = SOUND)]
#[output(same_as = image)]
pub fn look_up_sound(image: ImageView<'_>, table: Handle<Table>) -> Image {
    let last = table.0.len() - 1;
    image.map_colors(|_, _, sample| {
        let at = sample.clamp(0.0, 1.0) * last as f32;
        let low = at as usize;
        let (from, to) = (table.0[low], table.0[(low + 1).min(last)]);
        from + (to - from) * at.fract()
    })
}
