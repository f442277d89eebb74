//! Models: files of several sorts, tags, types of the app's own.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[node(
    id = "film_lab:host:load_model",
    group = LIGHT,
    icon = "PyTorch",
    see_also = ["chainner:pytorch:load_models"],
    side_effects,
)]
#[output(label = "Model", kind = tagged, suggest, navi = "PyTorchModel")]
#[output(id = 2, of = model)]
#[output(label = "Name", id = 1, of = model)]
fn load_model(
    #[input(filetypes = [".pt", ".pth", ".ckpt", ".safetensors"], file_kind = "pth", primary)] model: FilePath,
) -> Result<(Any<'static>, DirPath, String), NodeError> {
    Err(NodeError::new("only declared"))
}

#[node(
    id = "film_lab:host:load_ncnn",
    group = LIGHT,
    name = "Load Model",
    icon = "NCNN",
    see_also = ["chainner:ncnn:load_models"],
    side_effects,
)]
#[output(label = "Model", kind = tagged, suggest, navi = "NcnnNetwork")]
#[output(id = 2, of = param)]
#[output(label = "Name", id = 1, of = param)]
#[layout(ncnn_files[param, bin])]
fn load_ncnn(
    #[input(label = "NCNN Param File", filetypes = [".param"], file_kind = "param", primary)] param: FilePath,
    #[input(label = "NCNN Bin File", filetypes = [".bin"], file_kind = "bin", primary)] bin: FilePath,
) -> Result<(Any<'static>, DirPath, String), NodeError> {
    Err(NodeError::new("only declared"))
}

#[derive(Choice)]
#[choice(host_type = "FpMode")]
enum FpMode {
    #[choice(label = "fp32", id = 0, navi = "FpMode::fp32")]
    Fp32,
    #[choice(label = "fp16", id = 1, navi = "FpMode::fp16")]
    Fp16,
}

#[node(id = "film_lab:host:convert_to_ncnn", group = LIGHT, name = "Convert To NCNN", icon = "NCNN")]
#[output(label = "NCNN Model", navi = "NcnnNetwork & onnxToNcnn(pytorchToOnnx($model))")]
#[output(label = "FP Mode", navi = "FpMode::toString($data_type)")]
fn convert_to_ncnn<'a>(
    #[input(label = "PyTorch Model", navi = "PyTorchModel" & r#"PyTorchModel { subType: "Restoration" | "SR" }"#)]
    model: Any<'a>,
    data_type: FpMode,
) -> (Any<'a>, String) {
    (model, String::new())
}

#[test]
fn models_are_declared_as_the_app_has_them() {
    assert_mirrors("load_model", "chainner:pytorch:load_model", &[]);
    assert_mirrors("load_ncnn", "chainner:ncnn:load_model", &[]);
    assert_mirrors("convert_to_ncnn", "chainner:pytorch:convert_to_ncnn", &[]);
}
