//! All images of a directory.

use std::{
    fs, panic,
    path::{Path, PathBuf},
};

use chainner_sdk::prelude::*;

use crate::{
    categories::image::BATCH_PROCESSING,
    kernels::files::{
        ahead,
        decode::{self, DecodeError, Format},
        find::{self, Which},
        glob::Glob,
    },
};

/// An image, the path of its directory, its name and its number.
type Item = (Image, String, String, u32);

/// Reads the images of a directory, one after another, in the order in which people count: `a2` before `a10`.
///
/// Reads PNG, JPEG, WebP, TIFF, BMP, TGA, DDS, ICO, Radiance HDR and portable pixmaps (PBM, PGM, PPM), whatever the ending of the
/// name among those. Files of other formats that the app's own node can read (AVIF, JPEG 2000, PCX, SGI, Sun raster, MSP, XBM, ICNS,
/// and TIFF with palettes, separate luminance or fax compression) are named as errors: with
/// `python -m chainner_sdk link --no-replace` the app's own node reads them.
///
/// As with the app's own node, the orientation of photographs (Exif) is ignored, and of animations the first frame is read. Unlike
/// there, JPEG files for print (CMYK) become ordinary colours, and lightness with opacity in TGA files becomes colour with opacity.
#[node(
    id = "chainner_native:image:load_images",
    group = BATCH_PROCESSING,
    icon = "BsImages",
    side_effects,
    length = "if $use_limit { min(uint, $limit) } else { uint }",
)]
#[output(label = "Image")]
#[output(
    label = "Subdirectory Path",
    docs = "Path of the file's directory below the one read; `.` for that itself.",
    navi = "string"
)]
#[output(label = "Name", docs = "Name of the file without its ending.", navi = "string")]
#[output(label = "Index", docs = "Number of the file, from 0.", navi = "min(uint, max(0, IterOutput0.length - 1))")]
#[output(label = "Directory", navi = "$directory", position = 1)]
pub fn load_images(
    directory: DirPath,
    #[input(label = "Use WCMatch glob expression")] use_glob: bool,
    /// Whether directories below are read, too.
    #[input(default = true, when(use_glob == false))]
    recursive: bool,
    /// Which files are read, by their paths below the directory: `*` stands for any characters of a name, `**` for any directories,
    /// `?` for one character, `[a-f]` for one of these, `{a,b}` for either, `{1..9}` for each of these numbers. `@(a|b)`, `?(a|b)`,
    /// `*(a|b)`, `+(a|b)` and `!(a|b)` stand for one of these, at most one, any number, at least one, and anything else. What follows
    /// a `!` at the start is left out: `!**/draft*` reads all but drafts.
    #[input(label = "WCMatch Glob expression", default = "**/*", when(use_glob == true))]
    glob: String,
    #[input(label = "Use limit")] use_limit: bool,
    /// At most so many files are read: the first ones.
    #[input(default = 10, range = 1.., when(use_limit == true))]
    limit: u32,
    /// Whether the first file that cannot be read ends the sequence. Otherwise it is left out, and all of them are named at the end.
    #[input(label = "Stop on first error", hint)]
    stop_on_first_error: bool,
) -> Result<(Generator<Item>, DirPath), NodeError> {
    let which = if use_glob {
        let glob = Glob::new(&glob)
            .map_err(|error| NodeError::new(format!("'{glob}' {error}")).input("WCMatch Glob expression"))?;
        Which::Glob(glob)
    } else if recursive {
        Which::Below
    } else {
        Which::Here
    };
    let mut paths = find::images(&directory, &which).map_err(|error| {
        NodeError::new(format!("'{}' cannot be listed: {error}", directory.display())).input("Directory")
    })?;
    if paths.is_empty() {
        let where_to_look = match which {
            Which::Glob(_) => format!("there is no image in '{}' that '{glob}' finds", directory.display()),
            Which::Below => format!("there is no image in '{}' or below it", directory.display()),
            Which::Here => format!("there is no image in '{}' itself", directory.display()),
        };
        return Err(NodeError::new(format!(
            "{where_to_look}; a file is taken for an image by its ending, such as .png, .jpg or .webp"
        )));
    }
    if use_limit {
        paths.truncate(limit as usize);
    }
    let (count, root) = (paths.len(), directory.0.clone());
    let images = ahead::ahead(
        count,
        move |index| item(&root, &paths[index], index),
        |item| item.as_ref().map_or(0, |(image, ..)| size_of_val(image.view().samples())),
    );
    Ok((Generator::new(count, images).fail_fast(stop_on_first_error), directory))
}

fn item(root: &Path, path: &Path, index: usize) -> Result<Item, NodeError> {
    let image = read(&root.join(path))?;
    let directory = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let name = path.file_stem().unwrap_or_default();
    Ok((image, directory.to_string_lossy().into_owned(), name.to_string_lossy().into_owned(), index as u32))
}

fn read(path: &PathBuf) -> Result<Image, NodeError> {
    let failed = |reason: String| NodeError::new(format!("'{}': {reason}", path.display()));
    if path.is_dir() {
        return Err(failed(
            "expected an image, but this is a directory with the name of one; rename it, or leave it out".into(),
        ));
    }
    let bytes = fs::read(path).map_err(|error| failed(format!("the file cannot be read: {error}")))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let format = Format::of_name(&name).unwrap_or(Format::Png);
    // A damaged file must not take the other images with it, whatever it does to its decoder.
    let decoded = panic::catch_unwind(|| decode::decode(&bytes, format));
    let decoded =
        decoded.map_err(|_| failed("the decoder broke on this file; it may be damaged, save it anew".into()))?;
    decoded.map_err(|error| {
        let fix = match error {
            DecodeError::Unsupported(_) => {
                "save it as PNG, or use the app's own node (`python -m chainner_sdk link --no-replace`)"
            }
            DecodeError::TooLarge { .. } => "cut it into smaller ones",
            DecodeError::Broken { .. } => {
                "it may be damaged, or need the app's own node (`python -m chainner_sdk link --no-replace`); save it anew, for \
                 example as PNG"
            }
            DecodeError::Unknown(_) | DecodeError::Empty => "save it anew, or take it out of the directory",
        };
        failed(format!("{error}; {fix}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A portable pixmap of one pixel, and its red.
    fn pixel(red: u8) -> Vec<u8> {
        [b"P6\n1 1\n255\n".as_slice(), &[red, 0, 0]].concat()
    }

    fn tree(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().expect("a directory");
        for (path, content) in files {
            let path = directory.path().join(path);
            fs::create_dir_all(path.parent().expect("a directory")).expect("made");
            fs::write(path, content).expect("written");
        }
        directory
    }

    type Loaded = Result<(Generator<Item>, DirPath), NodeError>;

    fn load(directory: &Path) -> Loaded {
        load_images(DirPath(directory.to_owned()), false, true, "**/*".into(), false, 10, false)
    }

    fn told(loaded: Loaded) -> Vec<(String, String, u32)> {
        let (images, _) = loaded.expect("there are images");
        images.map(|item| item.map(|(_, directory, name, index)| (directory, name, index)).expect("an image")).collect()
    }

    #[test]
    fn images_come_in_order_with_their_places() {
        let files = [("a10.ppm", 1), ("a2.ppm", 2), ("sub/deep/b.tar.ppm", 3), ("c.txt", 4)];
        let files = files.map(|(path, red)| (path, pixel(red)));
        let tree = tree(&files.each_ref().map(|(path, content)| (*path, content.as_slice())));
        let deep = Path::new("sub").join("deep").to_string_lossy().into_owned();
        let place = |directory: &str, name: &str, index| (directory.to_owned(), name.to_owned(), index);
        assert_eq!(told(load(tree.path())), [place(".", "a2", 0), place(".", "a10", 1), place(&deep, "b.tar", 2)]);

        let (images, directory) = load(tree.path()).expect("there are images");
        assert_eq!(directory.as_ref(), tree.path());
        assert_eq!(images.expected_length(), Some(3));
        let reds: Vec<f32> = images.map(|item| item.expect("an image").0.view().pixel(0, 0)[2] * 255.0).collect();
        assert_eq!(reds, [2.0, 1.0, 3.0]);

        let limited = |limit| load_images(DirPath(tree.path().into()), false, true, String::new(), true, limit, false);
        assert_eq!(told(limited(1)), [place(".", "a2", 0)]);
        assert_eq!(told(limited(10)).len(), 3);
        let chosen = load_images(DirPath(tree.path().into()), true, false, "**/!(a2).*".into(), false, 1, false);
        assert_eq!(told(chosen).len(), 2);
        let here = load_images(DirPath(tree.path().into()), false, false, "sub/**".into(), false, 1, false);
        assert_eq!(told(here).len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_others_are_read() {
        let (good, avif) = (pixel(7), b"\0\0\0\x20ftypavif".as_slice());
        let tree = tree(&[
            ("1.ppm", &good),
            ("2.png", b"no image"),
            ("3.png", b""),
            ("4.avif", avif),
            ("5.jpg/x.txt", b""),
            ("6.png", b"\x89PNG\r\n\x1a\n"),
            ("7.ppm", &good),
        ]);
        let (images, _) = load(tree.path()).expect("there are images");
        let items: Vec<_> = images.map(|item| item.map(|item| item.3).map_err(|error| error.to_string())).collect();
        assert_eq!(items.len(), 7);
        assert_eq!((&items[0], &items[6]), (&Ok(0), &Ok(6)));
        for (item, (name, part)) in items[1..6].iter().zip([
            ("2.png", "no image of a known format"),
            ("3.png", "is empty"),
            ("4.avif", "AVIF is a format that is not read here; save it as PNG, or use the app's own node"),
            ("5.jpg", "directory"),
            ("6.png", "as PNG"),
        ]) {
            let message = item.as_ref().expect_err("no image");
            assert!(message.contains(name) && message.contains(part), "{message}");
        }
    }

    #[test]
    fn directories_without_images_are_refused() {
        let tree = tree(&[("a.txt", b"")]);
        let message = load(tree.path()).expect_err("no image").to_string();
        assert!(message.contains("no image") && message.contains(".png"), "{message}");
        for (glob, part) in [("/*", "starts with a slash"), ("{1..99999}", "more than"), ("*.gif", "'*.gif' finds")] {
            let refused = load_images(DirPath(tree.path().into()), true, true, glob.into(), false, 1, false);
            let message = refused.expect_err("no image").to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
