//! Names of types: all packages and the app define theirs in one space.

use std::collections::{BTreeMap, BTreeSet};

use chainner_sdk::library::Place;

use crate::codes::Code;

use super::{Findings, Subject, subject::text};

/// Names that the app's type language and the app itself define.
const GLOBAL: &str = "any never number string int uint bool true false null inf nan Error Sequence Seed Audio Video AudioStream \
    PyTorchScript DdsFormat DdsMipMaps RotateInterpolationMode Image Color Directory File SplitFilePath ColorSpace TileSize FpMode \
    TrtPrecision TrtShapeMode ModelTiling PyTorchModel NcnnNetwork OnnxModel OnnxRemBgModel OnnxGenericModel TensorRTEngine error \
    pytorchToOnnx onnxToNcnn convenientUpscale convenientUpscaleOnnx convenientUpscaleTrt formatPattern regexReplace regexFind \
    padStart padEnd padCenter splitFilePath parseColorJson getParentDirectory goIntoDirectory min max abs round floor ceil toString \
    invStrSet notStructs";

/// Names that the app's own nodes define.
const STOCK: &str = "AdaptiveMethod AdaptiveThresholdType AdditionMethod Algorithm AlphaFillMethod Anchor AudioSettings \
    AutoThreshold AvifSubsampling BC7Compression BlendMode BlendOverlayPosition BlurMode BorderMode BorderType CaptionPosition \
    CropMode DDSErrorMetric ErrorDiffusionMap FillColor FractalMethod GradientComponent GradientStyle ImageFormat ImageResizeMode \
    InpaintAlgorithm InpaintArea InpaintingFill JpegSubsampling KernelType LogicOperation MathOperation MorphShape NoiseMethod \
    Operation OrderEnum Orientation OutpaintingMethod OutputMode PaddingAlignment PaddingType PaletteDitherAlgorithm PngColorDepth \
    Precision ReplacementMode ResizeAlgorithm ResizeCondition ResizeFilter ResizeMode RotateSizeChange RotationInterpolationMethod \
    SamplerName SelectMode ShapeMode ShiftCoordMode ShiftFill SideSelection SimpleVideoFormat Simplicity SliceAlignment \
    SliceOperation SplitMode TextAlignment ThresholdMap TiffColorDepth TiffCompression UniformDitherAlgorithm UpscalerMode \
    UpscalerName VideoEncoder VideoFormat VideoPreset WeightFormat";

/// Words of the type language that are no names.
const KEYWORDS: &[&str] =
    &["let", "struct", "enum", "def", "if", "else", "match", "as", "and", "or", "not", "intrinsic"];

/// Names that are taken, malformed, or defined in two ways.
pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let mut texts: BTreeMap<&str, (&str, &Place)> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for node in subject.nodes() {
        for input in node.inputs() {
            let definitions = text(input.schema, "typeDefinitions");
            let place = &input.described.place;
            for name in defined(definitions) {
                let (code, help) =
                    (Code::TypeName, "give the enum another `#[choice(type_name = \"…\")]`, or leave it out");
                if !is_name(name) && told.insert(name) {
                    let message = format!("`{name}` is not a name in the app's type language");
                    findings.error(code, message).at(place).help(help);
                } else if let Some(owner) = owner(name).filter(|_| told.insert(name)) {
                    findings.error(code, format!("the type name `{name}` is taken by {owner}")).at(place).help(help);
                }
                let (first, first_place) = *texts.entry(name).or_insert((definitions, place));
                if first != definitions && told.insert(name) {
                    let message = format!("the type `{name}` is defined in two different ways");
                    findings.error(code, message).at(place).at(first_place).help(
                        "two enums share the name: rename one of them, or give it a `#[choice(type_name = \"…\")]`",
                    );
                }
            }
        }
    }
}

/// Who has defined a name already.
fn owner(name: &str) -> Option<&'static str> {
    let among = |names: &str| names.split(' ').any(|known| !known.is_empty() && known == name);
    if among(GLOBAL) {
        Some("the app's type language")
    } else if among(STOCK) {
        Some("a node of the app")
    } else {
        None
    }
}

/// The names that a text of definitions defines.
fn defined(definitions: &str) -> impl Iterator<Item = &str> {
    definitions.lines().filter_map(|line| {
        let rest = ["let ", "struct ", "enum ", "def "].iter().find_map(|word| line.trim_start().strip_prefix(word))?;
        let end = rest.find([' ', ';', '{', '(', '=']).unwrap_or(rest.len());
        Some(&rest[..end])
    })
}

/// Whether a text is a name: words of letters, digits and `_`, joined by `::`.
fn is_name(text: &str) -> bool {
    text.split("::").all(|word| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !KEYWORDS.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::fixture::{Fixture, SHAPE, errors};

    use super::*;

    fn with(definitions: &str) -> Fixture {
        let mut fixture = Fixture::sound();
        fixture.change_input(SHAPE, json!({"typeDefinitions": definitions}));
        fixture
    }

    #[test]
    fn names_of_the_app_are_taken() {
        for name in ["BlendMode", "Anchor", "BorderType", "Image", "Seed"] {
            let fixture = with(&format!("let {name} = {name}::A;\nstruct {name}::A;"));
            assert_eq!(errors(&fixture), [Code::TypeName], "{name}");
        }
        assert_eq!(errors(&with("let acme::BlendMode = acme::BlendMode::A;\nstruct acme::BlendMode::A;")), []);
    }

    #[test]
    fn one_name_has_one_definition() {
        let mut fixture = Fixture::sound();
        fixture.add_choice("film_lab::Shape", "let film_lab::Shape = film_lab::Shape::Square;");
        assert_eq!(errors(&fixture), [Code::TypeName]);
    }

    #[test]
    fn names_are_well_formed() {
        for name in ["film-lab::Shape", "2d::Shape", "match", "a::"] {
            assert_eq!(errors(&with(&format!("let {name} = 1;"))), [Code::TypeName], "{name}");
        }
    }
}
