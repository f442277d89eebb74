package! {
    name: "Film Lab",
    description: "Film grain.",
    categories: [FILM],
    dependencies: [{ name: "ONNX", pypi: "onnx", version: "1.17.0", size: 16_000_000 }],
}
