//! Formats by the names and the first bytes of files.

use std::fmt;

/// A format that files are named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// AV1 images.
    Avif,
    /// Windows bitmaps.
    Bmp,
    /// Textures of DirectX.
    Dds,
    /// Encapsulated PostScript.
    Eps,
    /// OpenEXR.
    Exr,
    /// GIF; only by its content, the app does not list it.
    Gif,
    /// Radiance.
    Hdr,
    /// Icons of macOS.
    Icns,
    /// Icons of Windows.
    Ico,
    /// JPEG.
    Jpeg,
    /// JPEG 2000.
    Jpeg2000,
    /// Microsoft Paint.
    Msp,
    /// Paintbrush.
    Pcx,
    /// PNG.
    Png,
    /// Portable bitmaps, graymaps and pixmaps.
    Pnm,
    /// Sun raster images.
    Ras,
    /// Silicon Graphics images.
    Sgi,
    /// Targa.
    Tga,
    /// TIFF.
    Tiff,
    /// WebP.
    Webp,
    /// X bitmaps.
    Xbm,
}

/// The endings that the app lists.
const ENDINGS: &[(&str, Format)] = &[
    (".avif", Format::Avif),
    (".bmp", Format::Bmp),
    (".dds", Format::Dds),
    (".dib", Format::Bmp),
    (".eps", Format::Eps),
    (".exr", Format::Exr),
    (".hdr", Format::Hdr),
    (".icns", Format::Icns),
    (".ico", Format::Ico),
    (".jfif", Format::Jpeg),
    (".jp2", Format::Jpeg2000),
    (".jpe", Format::Jpeg),
    (".jpeg", Format::Jpeg),
    (".jpg", Format::Jpeg),
    (".jpx", Format::Jpeg2000),
    (".msp", Format::Msp),
    (".pbm", Format::Pnm),
    (".pcx", Format::Pcx),
    (".pgm", Format::Pnm),
    (".pic", Format::Hdr),
    (".png", Format::Png),
    (".pnm", Format::Pnm),
    (".ppm", Format::Pnm),
    (".pxm", Format::Pnm),
    (".ras", Format::Ras),
    (".sgi", Format::Sgi),
    (".sr", Format::Ras),
    (".tga", Format::Tga),
    (".tif", Format::Tiff),
    (".tiff", Format::Tiff),
    (".webp", Format::Webp),
    (".xbm", Format::Xbm),
];

/// What files start with.
const SIGNATURES: &[(&[u8], Format)] = &[
    (b"\x89PNG\r\n\x1a\n", Format::Png),
    (b"\xff\xd8\xff", Format::Jpeg),
    (b"BM", Format::Bmp),
    (b"II*\0", Format::Tiff),
    (b"MM\0*", Format::Tiff),
    (b"II+\0", Format::Tiff),
    (b"MM\0+", Format::Tiff),
    (b"#?RADIANCE", Format::Hdr),
    (b"#?RGBE", Format::Hdr),
    (b"DDS ", Format::Dds),
    (b"GIF8", Format::Gif),
    (b"\0\0\x01\0", Format::Ico),
    (b"icns", Format::Icns),
    (b"\x76\x2f\x31\x01", Format::Exr),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Format::Jpeg2000),
    (b"\xff\x4f\xff\x51", Format::Jpeg2000),
    (b"%!PS", Format::Eps),
    (b"\xc5\xd0\xd3\xc6", Format::Eps),
    (b"DanM", Format::Msp),
    (b"LinS", Format::Msp),
    (b"\x59\xa6\x6a\x95", Format::Ras),
    (b"\x01\xda", Format::Sgi),
    (b"#define", Format::Xbm),
];

impl Format {
    /// By the end of a file's name, whatever its case; `None` if it is none of an image.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }

    /// By the first bytes; `None` if they say nothing.
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
            return Some(*format);
        }
        match bytes {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Self::Avif),
            // The size of the head of a bitmap without that of a file, in the versions there are.
            [12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => Some(Self::Bmp),
            [b'P', b'1'..=b'6', white, ..] if white.is_ascii_whitespace() => Some(Self::Pnm),
            _ => None,
        }
    }

    /// Whether only the name tells that a file is of this format.
    pub fn has_no_signature(self) -> bool {
        matches!(self, Self::Tga | Self::Pcx)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Avif => "AVIF",
            Self::Bmp => "BMP",
            Self::Dds => "DDS",
            Self::Eps => "EPS",
            Self::Exr => "OpenEXR",
            Self::Gif => "GIF",
            Self::Hdr => "Radiance HDR",
            Self::Icns => "ICNS",
            Self::Ico => "ICO",
            Self::Jpeg => "JPEG",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Msp => "MSP",
            Self::Pcx => "PCX",
            Self::Png => "PNG",
            Self::Pnm => "PNM",
            Self::Ras => "Sun raster",
            Self::Sgi => "SGI",
            Self::Tga => "TGA",
            Self::Tiff => "TIFF",
            Self::Webp => "WebP",
            Self::Xbm => "XBM",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_tell_formats() {
        assert_eq!(Format::of_name("x.tar.PNG"), Some(Format::Png));
        assert_eq!(Format::of_name(".jpeg"), Some(Format::Jpeg));
        for no_image in ["x.txt", "png", "x.png.bak", "x.png ", "x.gif", ""] {
            assert_eq!(Format::of_name(no_image), None, "{no_image}");
        }
        assert_eq!(Format::of_content(b"P6\n3 2\n255\n"), Some(Format::Pnm));
        assert_eq!(Format::of_content(b"P6"), None);
        assert_eq!(Format::of_content(b"RIFF\0\0\0\0WEBPVP8 "), Some(Format::Webp));
        assert_eq!(Format::of_content(b"\0\0\0\x20ftypavif"), Some(Format::Avif));
        assert_eq!(Format::of_content(b""), None);
    }
}
