//! Pictures in files: PNG and JPEG, as images of samples 0..1 in B, G, R(, A) order.

use std::{
    ffi::OsStr,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Result;
use chainner_sdk::image::{Bgr, Bgra, Gray, Image, ImageView};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageReader,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};
use serde::{Deserialize, Serialize};

use crate::{codes::Code, error::Failure};

/// Quality of written JPEG files, of 100.
const JPEG_QUALITY: u8 = 95;

/// Bits of a sample in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Depth {
    /// 8.
    Eight,
    /// 16.
    Sixteen,
}

/// The file formats that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.png`
    Png,
    /// `.jpg` and `.jpeg`
    Jpeg,
}

impl Format {
    /// The format that the extension of a file stands for.
    ///
    /// # Errors
    /// Any other extension.
    pub fn of(file: &Path) -> Result<Self, Failure> {
        let extension = file.extension().map(OsStr::to_ascii_lowercase).unwrap_or_default();
        match extension.to_str() {
            Some("png") => Ok(Self::Png),
            Some("jpg" | "jpeg") => Ok(Self::Jpeg),
            _ => {
                let message = format!("`{}` does not end with .png, .jpg or .jpeg", file.display());
                let name = file.with_extension("png");
                Err(Failure::new(Code::PictureFormat, message).help(format!("write a PNG: `-o {}`", name.display())))
            }
        }
    }
}

/// A picture from a file.
#[derive(Debug)]
pub struct Picture {
    /// Its samples.
    pub image: Image,
    /// Bits that a sample had in the file.
    pub depth: Depth,
}

impl Picture {
    /// Reads a file. The content decides which format it is; a photo is turned the way its camera was held.
    ///
    /// # Errors
    /// There is no such file, or it holds no PNG or JPEG.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let unreadable = |error: &dyn std::fmt::Display| {
            Failure::new(Code::Picture, format!("cannot read `{}`: {error}", file.display()))
        };
        let mut reader = ImageReader::open(file)
            .and_then(ImageReader::with_guessed_format)
            .map_err(|error| unreadable(&error).help("check the path"))?;
        reader.no_limits();
        let mut decoder = reader.into_decoder().map_err(|error| match error {
            ImageError::Unsupported(_) => unreadable(&"it is no PNG and no JPEG").help("convert it to PNG"),
            error => unreadable(&error),
        })?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut decoded = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
        decoded.apply_orientation(orientation);
        Ok(Self { depth: depth(&decoded), image: samples(&decoded) })
    }
}

fn depth(decoded: &DynamicImage) -> Depth {
    if decoded.color().bytes_per_pixel() > decoded.color().channel_count() { Depth::Sixteen } else { Depth::Eight }
}

fn samples(decoded: &DynamicImage) -> Image {
    let (width, height) = (decoded.width() as usize, decoded.height() as usize);
    let unit = |value: u8| f32::from(value) / 255.0;
    let deep = |value: u16| f32::from(value) / 65535.0;
    macro_rules! pixels {
        ($buffer:expr, |$pixel:ident| $made:expr) => {
            Image::from_pixels(width, height, |x, y| {
                let $pixel = $buffer.get_pixel(x as u32, y as u32).0;
                $made
            })
        };
    }
    match decoded {
        DynamicImage::ImageLuma8(buffer) => pixels!(buffer, |p| Gray { value: unit(p[0]) }),
        DynamicImage::ImageLuma16(buffer) => pixels!(buffer, |p| Gray { value: deep(p[0]) }),
        DynamicImage::ImageLumaA8(buffer) => {
            pixels!(buffer, |p| Bgra { b: unit(p[0]), g: unit(p[0]), r: unit(p[0]), a: unit(p[1]) })
        }
        DynamicImage::ImageLumaA16(buffer) => {
            pixels!(buffer, |p| Bgra { b: deep(p[0]), g: deep(p[0]), r: deep(p[0]), a: deep(p[1]) })
        }
        DynamicImage::ImageRgb8(buffer) => {
            pixels!(buffer, |p| Bgr { b: unit(p[2]), g: unit(p[1]), r: unit(p[0]) })
        }
        DynamicImage::ImageRgb16(buffer) => {
            pixels!(buffer, |p| Bgr { b: deep(p[2]), g: deep(p[1]), r: deep(p[0]) })
        }
        DynamicImage::ImageRgba8(buffer) => {
            pixels!(buffer, |p| Bgra { b: unit(p[2]), g: unit(p[1]), r: unit(p[0]), a: unit(p[3]) })
        }
        DynamicImage::ImageRgba16(buffer) => {
            pixels!(buffer, |p| Bgra { b: deep(p[2]), g: deep(p[1]), r: deep(p[0]), a: deep(p[3]) })
        }
        other => {
            let buffer = other.to_rgba32f();
            pixels!(buffer, |p| Bgra { b: p[2], g: p[1], r: p[0], a: p[3] })
        }
    }
}

/// A picture that is complete, but does not have its name yet.
#[derive(Debug)]
pub struct Written {
    temporary: tempfile::NamedTempFile,
    file: PathBuf,
}

impl Written {
    /// Gives the file its name.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn persist(self) -> Result<(), Failure> {
        self.temporary.persist(&self.file).map(drop).map_err(|error| unwritable(&self.file, &error.error))
    }
}

/// Writes a picture beside its place.
///
/// # Errors
/// The format cannot hold the picture, or the file system refuses.
pub fn write_beside(image: &Image, depth: Depth, file: &Path) -> Result<Written, Failure> {
    let format = Format::of(file)?;
    let bytes = encoded(image.view(), depth, format, file)?;
    let refused = |error: io::Error| unwritable(file, &error);
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = temporary_file(directory).map_err(refused)?;
    BufWriter::new(&mut temporary).write_all(&bytes).map_err(refused)?;
    Ok(Written { temporary, file: file.to_owned() })
}

fn unwritable(file: &Path, error: &io::Error) -> Failure {
    Failure::new(Code::Picture, format!("cannot write `{}`: {error}", file.display()))
        .help("check that the directory exists and is writable")
}

fn temporary_file(directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".picture-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `File::create` asks for; the umask takes its share. Temporary files are private by default.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory)
}

fn encoded(image: ImageView<'_>, depth: Depth, format: Format, file: &Path) -> Result<Vec<u8>, Failure> {
    let refused = |message: String| Failure::new(Code::PictureFormat, message);
    let shown = file.display();
    // JPEG has 8 bits; that 16 were asked for in words is refused before the node runs.
    let depth = if format == Format::Jpeg { Depth::Eight } else { depth };
    let color = match (image.channels(), depth) {
        (1, Depth::Eight) => ExtendedColorType::L8,
        (3, Depth::Eight) => ExtendedColorType::Rgb8,
        (4, Depth::Eight) => ExtendedColorType::Rgba8,
        (1, Depth::Sixteen) => ExtendedColorType::L16,
        (3, Depth::Sixteen) => ExtendedColorType::Rgb16,
        (4, Depth::Sixteen) => ExtendedColorType::Rgba16,
        (channels, _) => {
            return Err(refused(format!("an image of {channels} channels cannot be written to `{shown}`"))
                .help("leave this output out: `-o -`"));
        }
    };
    if format == Format::Jpeg && image.channels() == 4 {
        return Err(refused(format!("the image has opacity, which JPEG cannot hold: `{shown}`"))
            .help(format!("write a PNG: `-o {}`", file.with_extension("png").display())));
    }
    if image.width() == 0 || image.height() == 0 {
        return Err(refused(format!("an image without pixels cannot be written to `{shown}`")));
    }
    let samples = match depth {
        Depth::Eight => rgb(image).map(|sample| (sample.clamp(0.0, 1.0) * 255.0).round() as u8).collect(),
        Depth::Sixteen => {
            let deep = rgb(image).map(|sample| (sample.clamp(0.0, 1.0) * 65535.0).round() as u16);
            deep.flat_map(u16::to_ne_bytes).collect::<Vec<u8>>()
        }
    };
    let size = |side: usize| {
        u32::try_from(side).map_err(|_| refused(format!("an image of {side} pixels in a row or column is too large")))
    };
    let (width, height) = (size(image.width())?, size(image.height())?);
    let mut bytes = Vec::new();
    let result = match format {
        Format::Png => PngEncoder::new(&mut bytes).write_image(&samples, width, height, color),
        Format::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).write_image(&samples, width, height, color)
        }
    };
    result.map_err(|error| refused(format!("cannot write `{shown}`: {error}")))?;
    Ok(bytes)
}

/// The samples with R before G before B, as files have them.
fn rgb(image: ImageView<'_>) -> impl Iterator<Item = f32> {
    let channels = image.channels();
    image.samples().chunks_exact(channels).flat_map(move |pixel| {
        (0..channels).map(move |channel| match (channels, channel) {
            (3 | 4, 0) => pixel[2],
            (3 | 4, 2) => pixel[0],
            (_, channel) => pixel[channel],
        })
    })
}

/// A shape in words: `640×480 RGB`.
pub fn shape(image: ImageView<'_>) -> String {
    let kind = match image.channels() {
        1 => "grayscale".to_owned(),
        3 => "RGB".to_owned(),
        4 => "RGBA".to_owned(),
        channels => format!("{channels}-channel"),
    };
    format!("{}×{} {kind}", image.width(), image.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An image whose samples are exact in this many bits.
    fn image(channels: usize, top: f32) -> Image {
        Image::from_rows(3, 2, channels, |y, row| {
            for (index, sample) in row.iter_mut().enumerate() {
                *sample = ((index * 17 + y * 40) as f32 * top / 255.0).floor() / top;
            }
        })
    }

    fn round_trip(image: &Image, depth: Depth, name: &str) -> Picture {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join(name);
        write_beside(image, depth, &file).expect("written").persist().expect("renamed");
        Picture::read(&file).expect("read")
    }

    #[test]
    fn png_keeps_every_sample_of_gray_colour_and_opacity() {
        for channels in [1, 3, 4] {
            for (depth, top) in [(Depth::Eight, 255.0), (Depth::Sixteen, 65535.0)] {
                let image = image(channels, top);
                let read = round_trip(&image, depth, "a.png");
                assert_eq!(read.depth, depth);
                assert_eq!(read.image.view(), image.view(), "{channels} channels, {depth:?}");
            }
        }
    }

    #[test]
    fn red_is_the_third_sample() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("red.png");
        image::RgbImage::from_pixel(1, 1, image::Rgb([255, 0, 51])).save(&file).expect("written");
        assert_eq!(Picture::read(&file).expect("read").image.view().samples(), [0.2, 0.0, 1.0]);
    }

    #[test]
    fn grey_with_opacity_becomes_rgba() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("la.png");
        image::GrayAlphaImage::from_pixel(1, 1, image::LumaA([51, 255])).save(&file).expect("written");
        assert_eq!(Picture::read(&file).expect("read").image.view().samples(), [0.2, 0.2, 0.2, 1.0]);
    }

    #[test]
    fn jpeg_is_close() {
        let flat = Image::from_pixels(16, 16, |_, _| Bgr { b: 0.2, g: 0.4, r: 0.6 });
        let read = round_trip(&flat, Depth::Sixteen, "a.JPG");
        assert_eq!(read.depth, Depth::Eight);
        let worst = read.image.view().samples().iter().zip(flat.view().samples()).map(|(a, b)| (a - b).abs());
        assert!(worst.fold(0.0, f32::max) < 0.02);
    }

    #[test]
    fn jpeg_refuses_opacity_and_names_the_fix() {
        let failure = write_beside(&image(4, 255.0), Depth::Eight, Path::new("out.jpg")).expect_err("refused");
        assert_eq!(failure.code, Code::PictureFormat);
        assert_eq!(failure.help.as_deref(), Some("write a PNG: `-o out.png`"));
    }

    #[test]
    fn what_no_file_holds_is_refused() {
        for image in [Image::new(2, 2, 2), Image::new(0, 2, 3)] {
            assert!(write_beside(&image, Depth::Eight, Path::new("out.png")).is_err(), "{image}");
        }
        assert!(Format::of(Path::new("out.webp")).is_err());
        assert!(Format::of(Path::new("out")).is_err());
    }

    #[test]
    fn files_that_are_no_pictures_are_told_apart() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("a.png");
        let said = |file: &Path| Picture::read(file).expect_err("refused").message;
        assert!(said(&file).contains("No such file"), "{}", said(&file));
        std::fs::write(&file, "text").expect("written");
        assert!(said(&file).contains("a.png"), "{}", said(&file));
    }

    #[test]
    fn not_a_number_is_black() {
        let nan = Image::from_samples(&[f32::NAN], 1, 1, 1).expect("one sample");
        assert_eq!(round_trip(&nan, Depth::Eight, "a.png").image.view().samples(), [0.0]);
    }
}
