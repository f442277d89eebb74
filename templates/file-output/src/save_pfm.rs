//! A node with a side effect: it writes a file.

use std::{
    fs,
    io::{self, BufWriter, Write as _},
    path::Path,
};

use chainner_sdk::prelude::*;

use crate::SAVE;

/// Saves an image as a Portable FloatMap, which keeps every bit of it.
///
/// A file of that name is replaced.
#[node(id = "{{module}}:save:save_pfm", name = "Save PFM", group = SAVE, side_effects)]
pub fn save_pfm(
    #[input(channels = [1, 3])] image: ImageView<'_>,
    /// Where the file goes.
    directory: DirPath,
    /// Name of the file, without extension.
    #[input(length = 1..=200, placeholder = "image", invalid_pattern = r#"[<>:"/\\|?*]"#)]
    name: &str,
) -> Result<(), NodeError> {
    let path = directory.join(format!("{name}.pfm"));
    // Written beside its place and then renamed: whoever looks finds the old file or the new one, never half of one.
    let unfinished = path.with_extension("pfm.part");
    let written = write(&unfinished, &image).and_then(|()| fs::rename(&unfinished, &path));
    written.map_err(|error| {
        // What is left of it is of no use; the error that counts is the first.
        let _ = fs::remove_file(&unfinished);
        NodeError::new(format!("'{}' cannot be written: {error}", path.display()))
    })
}

/// After <https://www.pauldebevec.com/Research/HDR/PFM/>: a header of three lines, then rows from the bottom up, RGB.
fn write(path: &Path, image: &ImageView<'_>) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    let kind = if image.channels() == 1 { "Pf" } else { "PF" };
    // A negative scale says that the bytes are little-endian.
    write!(file, "{kind}\n{} {}\n-1.0\n", image.width(), image.height())?;
    for y in (0..image.height()).rev() {
        for x in 0..image.width() {
            // Images are BGR here.
            for sample in image.pixel(x, y).iter().rev() {
                file.write_all(&sample.to_le_bytes())?;
            }
        }
    }
    file.flush()
}
