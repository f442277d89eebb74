//! A directory for one call: the files that a case speaks of, and all that the node writes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use chainner_sdk::library::{InputDescription, InputValues};
use image::{DynamicImage, ImageFormat};

use super::{
    case::{EMPTY, FOLDER, GARBAGE, MISSING, SAMPLE},
    recipe::{Pattern, Recipe},
};

/// A directory that is made anew for each call, always with the same path.
#[derive(Debug)]
pub(crate) struct Sandbox {
    directory: PathBuf,
}

impl Sandbox {
    /// An empty directory, in place of what there was.
    pub(crate) fn fresh(directory: &Path) -> Result<Self> {
        match fs::remove_dir_all(directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot empty `{}`", directory.display()));
            }
            _ => {}
        }
        fs::create_dir_all(directory).with_context(|| format!("cannot make `{}`", directory.display()))?;
        Ok(Self { directory: directory.to_owned() })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.directory
    }

    /// The path that a word of a case stands for, with what is to be there.
    pub(crate) fn file(&self, input: &InputDescription, what: &str) -> Result<PathBuf> {
        let extension = match &input.kind {
            InputValues::File { extensions } => sampled(extensions),
            _ => "",
        };
        let path = self.directory.join(format!("{}-{what}{extension}", input.name));
        match what {
            FOLDER => fs::create_dir_all(&path)?,
            EMPTY => fs::write(&path, b"")?,
            GARBAGE => fs::write(&path, garbage())?,
            SAMPLE if matches!(input.kind, InputValues::Directory { .. }) => fs::write(&path, b"a file")?,
            SAMPLE => sample(&path, extension)?,
            MISSING => {}
            // A path of the person's own.
            other => return Ok(PathBuf::from(other)),
        }
        Ok(path)
    }
}

/// The extension of which there is a sound sample, or else the first.
fn sampled(extensions: &[String]) -> &str {
    let known = |extension: &&String| matches!(extension.as_str(), ".png" | ".jpg" | ".jpeg" | ".cube" | ".json");
    extensions.iter().find(known).or(extensions.first()).map_or(".txt", String::as_str)
}

fn sample(path: &Path, extension: &str) -> Result<()> {
    match extension {
        ".png" => picture()
            .save_with_format(path, ImageFormat::Png)
            .with_context(|| format!("cannot write `{}`", path.display())),
        ".jpg" | ".jpeg" => DynamicImage::ImageRgb8(picture().to_rgb8())
            .save_with_format(path, ImageFormat::Jpeg)
            .with_context(|| format!("cannot write `{}`", path.display())),
        ".cube" => Ok(fs::write(
            path,
            "TITLE \"Sample\"\nLUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n",
        )?),
        ".json" => Ok(fs::write(path, "{\"sample\": [1, 2, 3]}\n")?),
        _ => Ok(fs::write(path, "sample\n1 2 3\n")?),
    }
}

/// 16 bits a sample, so that what comes of it is not taken for the work of a node that computes with 8.
fn picture() -> DynamicImage {
    let recipe = Recipe { width: 24, height: 16, channels: 3, pattern: Pattern::Noise };
    let image = recipe.image();
    let samples = image.view().samples().iter().map(|sample| (sample * 65535.0).round() as u16).collect();
    image::ImageBuffer::from_raw(24, 16, samples).map(DynamicImage::ImageRgb16).unwrap_or_default()
}

/// Bytes that are the beginning of nothing.
fn garbage() -> Vec<u8> {
    (0..997_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}
