//! Saving: many formats, each with options of its own, in groups that stand in each other.

#![allow(clippy::upper_case_acronyms, clippy::enum_variant_names, reason = "names of the app's")]

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[derive(Choice)]
#[choice(type_name = "ImageFormat")]
enum ImageFormat {
    #[choice(label = "PNG")]
    Png,
    #[choice(label = "JPG")]
    Jpg,
    #[choice(label = "GIF")]
    Gif,
    #[choice(label = "BMP")]
    Bmp,
    #[choice(label = "TIFF")]
    Tiff,
    #[choice(label = "WEBP")]
    Webp,
    #[choice(label = "TGA")]
    Tga,
    #[choice(label = "DDS")]
    Dds,
    #[choice(label = "AVIF")]
    Avif,
}

#[derive(Choice)]
#[choice(type_name = "PngColorDepth")]
enum PngColorDepth {
    #[choice(label = "8 Bits/Channel", id = "u8")]
    U8,
    #[choice(label = "16 Bits/Channel", id = "u16")]
    U16,
}

#[derive(Choice)]
#[choice(type_name = "JpegSubsampling")]
enum JpegSubsampling {
    #[choice(label = "4:4:4 (Best Quality)", id = 1118481)]
    Factor444,
    #[choice(label = "4:4:0", id = 1184017)]
    Factor440,
    #[choice(label = "4:2:2", id = 2167057)]
    Factor422,
    #[choice(label = "4:2:0 (Best Compression)", id = 2232593)]
    Factor420,
}

#[derive(Choice)]
#[choice(type_name = "TiffColorDepth")]
enum TiffColorDepth {
    #[choice(label = "8 Bits/Channel", id = "u8")]
    U8,
    #[choice(label = "16 Bits/Channel", id = "u16")]
    U16,
    #[choice(label = "32 Bits/Channel (Float)", id = "f32")]
    F32,
}

#[derive(Choice)]
#[choice(type_name = "TiffCompression")]
enum TiffCompression {
    #[choice(id = 1)]
    None,
    #[choice(label = "LZW (lossless)", id = 5)]
    Lzw,
    #[choice(label = "ZIP (lossless)", id = 8)]
    Zip,
}

#[derive(Choice)]
#[choice(host_type = "DdsFormat", headings = ["Compressed", "Uncompressed", "Legacy Compressed"])]
enum DdsFormat {
    #[choice(label = "BC1 (4bpp, sRGB, 1-bit Alpha)", id = "BC1_UNORM_SRGB", heading = "Compressed")]
    Bc1UnormSrgb,
    #[choice(label = "BC1 (4bpp, Linear, 1-bit Alpha)", id = "BC1_UNORM")]
    Bc1Unorm,
    #[choice(label = "BC3 (8bpp, sRGB, 8-bit Alpha)", id = "BC3_UNORM_SRGB")]
    Bc3UnormSrgb,
    #[choice(label = "BC3 (8bpp, Linear, 8-bit Alpha)", id = "BC3_UNORM")]
    Bc3Unorm,
    #[choice(label = "BC4 (4bpp, Grayscale)", id = "BC4_UNORM")]
    Bc4Unorm,
    #[choice(label = "BC5 (8bpp, Unsigned, 2-channel normal)", id = "BC5_UNORM")]
    Bc5Unorm,
    #[choice(label = "BC5 (8bpp, Signed, 2-channel normal)", id = "BC5_SNORM")]
    Bc5Snorm,
    #[choice(label = "BC7 (8bpp, sRGB, 8-bit Alpha)", id = "BC7_UNORM_SRGB")]
    Bc7UnormSrgb,
    #[choice(label = "BC7 (8bpp, Linear, 8-bit Alpha)", id = "BC7_UNORM")]
    Bc7Unorm,
    #[choice(label = "DXT1 (4bpp, Linear, 1-bit Alpha)", id = "DXT1", heading = "Legacy Compressed")]
    Dxt1,
    #[choice(label = "DXT3 (8bpp, Linear, 4-bit Alpha)", id = "DXT3")]
    Dxt3,
    #[choice(label = "DXT5 (8bpp, Linear, 8-bit Alpha)", id = "DXT5")]
    Dxt5,
    #[choice(label = "RGBA (32bpp, sRGB, 8-bit Alpha)", id = "R8G8B8A8_UNORM_SRGB", heading = "Uncompressed")]
    R8g8b8a8UnormSrgb,
    #[choice(label = "RGBA (32bpp, Linear, 8-bit Alpha)", id = "R8G8B8A8_UNORM")]
    R8g8b8a8Unorm,
    #[choice(label = "BGRA (32bpp, sRGB, 8-bit Alpha)", id = "B8G8R8A8_UNORM_SRGB")]
    B8g8r8a8UnormSrgb,
    #[choice(label = "BGRA (32bpp, Linear, 8-bit Alpha)", id = "B8G8R8A8_UNORM")]
    B8g8r8a8Unorm,
    #[choice(label = "BGRA (16bpp, Linear, 1-bit Alpha)", id = "B5G5R5A1_UNORM")]
    B5g5r5a1Unorm,
    #[choice(label = "BGR (16bpp, Linear)", id = "B5G6R5_UNORM")]
    B5g6r5Unorm,
    #[choice(label = "BGRX (32bpp, sRGB)", id = "B8G8R8X8_UNORM_SRGB")]
    B8g8r8x8UnormSrgb,
    #[choice(label = "BGRX (32bpp, Linear)", id = "B8G8R8X8_UNORM")]
    B8g8r8x8Unorm,
    #[choice(label = "RG (16bpp, Linear)", id = "R8G8_UNORM")]
    R8g8Unorm,
    #[choice(label = "R (8bpp, Linear)", id = "R8_UNORM")]
    R8Unorm,
}

#[derive(Choice)]
#[choice(type_name = "BC7Compression")]
enum BC7Compression {
    #[choice(id = 1)]
    BestSpeed,
    #[choice(id = 0)]
    Default,
    #[choice(id = 2)]
    BestQuality,
}

#[derive(Choice)]
#[choice(type_name = "DDSErrorMetric")]
enum DDSErrorMetric {
    #[choice(id = 0)]
    Perceptual,
    #[choice(id = 1)]
    Uniform,
}

#[derive(Choice)]
#[choice(host_type = "DdsMipMaps")]
enum DdsMipMaps {
    #[choice(id = 0)]
    Yes,
    #[choice(id = 1)]
    No,
}

#[derive(Choice)]
#[choice(type_name = "AvifSubsampling")]
enum AvifSubsampling {
    #[choice(label = "4:4:4 (Best Quality)", id = "4:4:4")]
    Factor444,
    #[choice(label = "4:2:2", id = "4:2:2")]
    Factor422,
    #[choice(label = "4:2:0", id = "4:2:0")]
    Factor420,
    #[choice(label = "4:0:0 (Best Compression)", id = "4:0:0")]
    Factor400,
}

#[node(id = "film_lab:host:save_image", group = LIGHT, icon = "MdSave", side_effects, key_info = image_format)]
#[layout(
    image,
    directory,
    subdirectory_path,
    image_name,
    image_format,
    when(image_format == ImageFormat::Png)[color_depth],
    when(image_format == ImageFormat::Webp)[lossless],
    when(
        (image_format == ImageFormat::Jpg || image_format == ImageFormat::Avif)
            || image_format == ImageFormat::Webp && lossless == false
    )[quality],
    when(image_format == ImageFormat::Jpg)[chroma_subsampling, progressive],
    when(image_format == ImageFormat::Tiff)[
        tiff_depth,
        when(matches!(tiff_depth, TiffColorDepth::U8 | TiffColorDepth::U16))[compression],
    ],
    when(image_format == ImageFormat::Dds)[
        dds_format,
        when(matches!(dds_format, DdsFormat::Bc7Unorm | DdsFormat::Bc7UnormSrgb))[bc7_compression],
        when(matches!(
            dds_format,
            DdsFormat::Bc1Unorm | DdsFormat::Bc1UnormSrgb | DdsFormat::Bc3Unorm | DdsFormat::Bc3UnormSrgb
                | DdsFormat::Dxt1 | DdsFormat::Dxt3 | DdsFormat::Dxt5
        ))[error_metric, dithering],
        mip_maps,
        when(
            (matches!(
                dds_format,
                DdsFormat::Bc1Unorm | DdsFormat::Bc1UnormSrgb | DdsFormat::Bc3Unorm | DdsFormat::Bc3UnormSrgb
                    | DdsFormat::Bc7Unorm | DdsFormat::Bc7UnormSrgb | DdsFormat::Dxt1 | DdsFormat::Dxt3
                    | DdsFormat::Dxt5 | DdsFormat::R8g8b8a8Unorm | DdsFormat::R8g8b8a8UnormSrgb
                    | DdsFormat::B8g8r8a8Unorm | DdsFormat::B8g8r8a8UnormSrgb | DdsFormat::B5g5r5a1Unorm
            ) && mip_maps == DdsMipMaps::Yes) && is(image, "Image { channels: 4 }")
        )[separate_alpha],
    ],
    when(image_format == ImageFormat::Avif)[avif_subsampling],
    skip_existing,
)]
fn save_image(
    image: ImageView<'_>,
    directory: DirPath,
    subdirectory_path: Option<RelativePath>,
    image_name: RelativePath,
    image_format: ImageFormat,
    #[input(id = 15)] color_depth: PngColorDepth,
    #[input(id = 14)] lossless: bool,
    #[input(id = 5, range = 0..=100, default = 95, slider)] quality: u8,
    #[input(id = 11, default = JpegSubsampling::Factor422)] chroma_subsampling: JpegSubsampling,
    #[input(id = 12)] progressive: bool,
    #[input(label = "Color Depth", id = 16)] tiff_depth: TiffColorDepth,
    #[input(id = 18, default = TiffCompression::Lzw)] compression: TiffCompression,
    #[input(label = "DDS Format", id = 6)] dds_format: DdsFormat,
    #[input(label = "BC7 Compression", id = 7, default = BC7Compression::Default)] bc7_compression: BC7Compression,
    #[input(id = 9)] error_metric: DDSErrorMetric,
    #[input(id = 8)] dithering: bool,
    #[input(label = "Generate Mip Maps", id = 10, style = checkbox)] mip_maps: DdsMipMaps,
    #[input(label = "Separate Alpha for MipMaps", id = 13)] separate_alpha: bool,
    #[input(label = "Chroma Subsampling", id = 17, default = AvifSubsampling::Factor420)]
    avif_subsampling: AvifSubsampling,
    #[input(label = "Skip existing files", id = 1000)] skip_existing: bool,
) {
}

#[test]
fn saving_is_declared_as_the_app_has_it() {
    assert_mirrors("save_image", "chainner:image:save", &[]);
}
