//! chaiNNer's global names.

use std::sync::LazyLock;

use super::{path, pattern, regex, text};
use crate::builtin::argument;
use crate::error::Result;
use crate::parser::parse_definitions;
use crate::scope::{Intrinsic, Scope};

/// The names every node of every package sees. Fields stand in the order in which they print.
const DEFINITIONS: &str = r#"
struct null;
struct Error { message: string }
struct Sequence { length: uint }
struct Seed;

struct Image { width: int(1..), height: int(1..), channels: int(1..) }
struct Color { channels: int(1..) }
struct ColorSpace { channels: 1 | 3 | 4, supportsAlpha: bool }
struct Audio;
struct AudioStream;
struct Video;

struct Directory { path: string }
struct File { kind: string, path: string }
struct SplitFilePath { dir: Directory, basename: string, ext: string }

struct PyTorchScript;
enum ModelTiling { Supported, Discouraged, Internal }
struct PyTorchModel {
    scale: int(1..), inputChannels: int(1..), outputChannels: int(1..),
    arch: string, size: string, subType: string, tiling: ModelTiling
}
struct NcnnNetwork {
    scale: int(1..), inputChannels: int(1..), outputChannels: int(1..), nf: int(1..), fp: string
}
struct OnnxModel {
    arch: string, subType: string,
    scaleHeight: int(1..), scaleWidth: int(1..), inputChannels: int(1..), outputChannels: int(1..)
}
let OnnxRemBgModel = OnnxModel { subType: "RemBg" };
let OnnxGenericModel = OnnxModel { subType: "Generic" };
struct TensorRTEngine {
    scale: int(1..), inputChannels: int(1..), outputChannels: int(1..), precision: string,
    minHeight: int(1..) | null, minWidth: int(1..) | null,
    optHeight: int(1..) | null, optWidth: int(1..) | null,
    maxHeight: int(1..) | null, maxWidth: int(1..) | null
}
enum TrtPrecision { fp32, fp16 }
enum TrtShapeMode { fixed, dynamic }
enum FpMode { fp32, fp16 }

struct DdsFormat;
struct DdsMipMaps;
struct RotateInterpolationMode;
struct TileSize { value: int }

def error(message: invStrSet("")): Error = Error { message };
def FpMode::toString(mode: FpMode): string = match mode { FpMode::fp32 => "fp32", FpMode::fp16 => "fp16" };

def pytorchToOnnx(model: PyTorchModel): OnnxModel = OnnxModel {
    scaleHeight: model.scale,
    scaleWidth: model.scale,
    inputChannels: model.inputChannels,
    outputChannels: model.outputChannels
};
def onnxToNcnn(model: OnnxModel): NcnnNetwork = NcnnNetwork {
    scale: model.scaleWidth & model.scaleHeight,
    inputChannels: model.inputChannels,
    outputChannels: model.outputChannels
};

def convenientUpscale(model: PyTorchModel | NcnnNetwork, image: Image): Image = Image {
    width: image.width * model.scale,
    height: image.height * model.scale,
    channels: if model.inputChannels == model.outputChannels { image.channels } else { model.outputChannels }
};
def convenientUpscaleOnnx(model: OnnxModel, image: Image): Image = Image {
    width: image.width * model.scaleWidth,
    height: image.height * model.scaleHeight,
    channels: if model.inputChannels == model.outputChannels { image.channels } else { model.outputChannels }
};
def convenientUpscaleTrt(model: TensorRTEngine, image: Image): Image = Image {
    width: image.width * model.scale,
    height: image.height * model.scale,
    channels: if model.inputChannels == model.outputChannels { image.channels } else { model.outputChannels }
};

intrinsic def formatPattern(pattern: string, ...values: string | null): string | Error;
intrinsic def regexReplace(text: string, regex: string, replacement: string, count: uint | inf): string | Error;
intrinsic def regexFind(text: string, regex: string, pattern: string): string | Error;
intrinsic def padStart(text: string, width: uint, padding: string): string;
intrinsic def padEnd(text: string, width: uint, padding: string): string;
intrinsic def padCenter(text: string, width: uint, padding: string): string;
intrinsic def splitFilePath(path: string): SplitFilePath;
intrinsic def getParentDirectory(path: string, times: uint): string;
intrinsic def goIntoDirectory(base: string, path: string): string | Error;
intrinsic def parseColorJson(json: string): Color;
"#;

fn intrinsic(name: &str) -> Option<Intrinsic> {
    Some(match name {
        "formatPattern" => pattern::format,
        "regexReplace" => regex::replace,
        "regexFind" => regex::find,
        "padStart" => |a, _| text::pad(a, text::Side::Start),
        "padEnd" => |a, _| text::pad(a, text::Side::End),
        "padCenter" => |a, _| text::pad(a, text::Side::Center),
        "splitFilePath" => path::split,
        "getParentDirectory" => |a, _| path::parent(argument(a, 0), argument(a, 1)),
        "goIntoDirectory" => path::go_into,
        "parseColorJson" => text::parse_color,
        _ => return None,
    })
}

static SCOPE: LazyLock<Scope> = LazyLock::new(|| {
    let build = || -> Result<Scope> {
        let definitions = parse_definitions(DEFINITIONS)?;
        Ok(Scope::builtin().child().define_with(&definitions, intrinsic)?.build())
    };
    build().unwrap_or_else(|_| Scope::builtin())
});

/// Navi's names and chaiNNer's: what conditions and broadcast types see.
///
/// ```
/// let scope = chainner_navi::host::scope();
/// let half = scope.evaluate_text("Image { width: 100, channels: 3 }.width / 2")?;
/// assert_eq!(half.to_string(), "50");
/// # Ok::<(), chainner_navi::Error>(())
/// ```
pub fn scope() -> Scope {
    SCOPE.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_evaluates() {
        assert!(parse_definitions(DEFINITIONS).is_ok());
        for name in scope().names() {
            if scope().kind_of(name) != Some(crate::scope::NameKind::Function) {
                assert!(scope().evaluate_text(name).is_ok(), "{name}");
            }
        }
        assert!(scope().kind_of("parseColorJson").is_some());
    }
}
