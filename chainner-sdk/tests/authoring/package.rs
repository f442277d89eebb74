//! `package!`.

use chainner_sdk::{declare::PackageDecl, prelude::*, registry, value::Value};
use serde_json::json;

use crate::{LIGHT, Shape, decl, faults::chainner_package_chainner_sdk, node_schema, schema};

pub(crate) const SCANNER: Feature =
    Feature::new("film_lab_scanner", "Scanner", "A film scanner at the USB port.", || {
        FeatureState::disabled("No scanner was found.")
    });

#[derive(Settings)]
#[allow(dead_code, reason = "some are only declared")]
pub(crate) struct LabSettings {
    /// Keeps developed films.
    #[setting(label = "Keep films", default = true)]
    keep: bool,
    #[setting(default = 4, range = 1..=64)]
    threads: u32,
    #[setting(key = "shape_name", default = Shape::Oval, disabled)]
    shape: Shape,
    #[setting(directory = "films")]
    film_cache: Option<CacheDir>,
}

/// Scans.
#[node(id = "film_lab:package:scan", group = LIGHT, features = [SCANNER], limited_to_8bit)]
fn scan() {}

#[node(
    id = "film_lab:package:scan_fast",
    group = LIGHT,
    limited_to_8bit = "Of the upper half only.",
    replaces = "chainner:image:scan"
)]
fn scan_fast() {}

#[test]
fn a_node_tells_which_it_can_run_in_place_of() {
    let package = *registry::packages_of(env!("CARGO_PKG_NAME"))[0];
    let replaced = |package: &PackageDecl, name| package.replaced_by(decl(name)).map(std::borrow::Cow::into_owned);
    assert_eq!(replaced(&package, "scan"), None);
    assert_eq!(replaced(&package, "scan_fast").as_deref(), Some("chainner:image:scan"));
    let port = PackageDecl { replaces: Some("chainner"), ..package };
    assert_eq!(replaced(&port, "scan").as_deref(), Some("chainner:package:scan"));
    assert_eq!(replaced(&port, "scan_fast").as_deref(), Some("chainner:image:scan"), "the node's own word counts");
    assert!(!schema().to_string().contains("replaces"), "the app's schema has no such key");
}

#[test]
fn the_package_is_declared() {
    let package = registry::packages_of(env!("CARGO_PKG_NAME"))[0];
    assert_eq!((package.id, package.name, package.icon), ("film_lab", "Film Lab", "MdCameraRoll"));
    assert_eq!((package.color, package.package), ("#B7791F", "chainner-sdk"));
    assert!(package.place.file.ends_with("main.rs"));
    let pip: Vec<_> = package.dependencies.iter().map(|pip| (pip.pypi, pip.version, pip.size)).collect();
    assert_eq!(pip, [("onnx", "1.17.0", 16 << 20), ("pillow", "11.0.0", 4_000_000)]);
}

#[test]
fn the_schema_names_package_and_groups() {
    let schema = schema();
    assert_eq!(schema["package"]["description"], "Film grain, halation and vignettes.");
    assert_eq!(schema["categories"][0]["groups"][0]["name"], "Light");
    assert_eq!(schema["nodes"][0]["category"], "film lab");
}

#[test]
fn the_library_answers_under_the_packages_name() {
    assert_ne!(chainner_package_chainner_sdk as *const () as usize, 0);
    assert_eq!(chainner_sdk::library::symbol("chainner_sdk"), "chainner_package_chainner_sdk");
}

#[test]
fn dependencies_features_and_settings_reach_the_schema() {
    let package = schema()["package"].take();
    assert_eq!(
        package["dependencies"][1],
        json!({
            "displayName": "Pillow", "pypiName": "pillow", "version": "11.0.0", "sizeEstimate": 4_000_000,
            "autoUpdate": false, "findLink": "https://example.org/whl",
        })
    );
    let scanner =
        json!({"id": "film_lab_scanner", "name": "Scanner", "description": "A film scanner at the USB port."});
    assert_eq!(package["features"], json!([scanner]));
    assert_eq!(
        package["settings"],
        json!([
            {
                "type": "toggle", "key": "keep", "label": "Keep films", "description": "Keeps developed films.",
                "default": true, "disabled": false,
            },
            {
                "type": "number", "key": "threads", "label": "Threads", "description": "", "default": 4, "disabled": false,
                "min": 1, "max": 64,
            },
            {
                "type": "dropdown", "key": "shape_name", "label": "Shape", "description": "", "default": "oval",
                "disabled": true,
                "options": [{"label": "Round", "value": "round"}, {"label": "Oval (fit)", "value": "oval"}],
            },
            {
                "type": "cache", "key": "film_cache", "label": "Film Cache", "description": "", "default": "",
                "disabled": false, "directory": "films",
            },
        ])
    );
    assert_eq!(schema()["categories"][0]["installHint"], "Insert a film.");
    assert_eq!(schema()["categories"][0]["groups"][0]["order"], json!(["film_lab:light:vignette"]));
}

#[test]
fn nodes_name_their_features_and_their_color_depth() {
    let scan = node_schema("scan");
    assert_eq!(scan["features"], json!(["film_lab_scanner"]));
    let help = scan["description"].as_str().expect("help is text");
    assert!(help.starts_with("Scans.\n\n#### Limited color depth\n\nThis node computes with 8 bits"), "{help}");
    let fast = node_schema("scan_fast");
    assert_eq!(fast["description"], "#### Limited color depth\n\nOf the upper half only.");
    assert_eq!(SCANNER.state(), FeatureState { enabled: false, details: Some("No scanner was found.".to_owned()) });
}

#[test]
fn settings_are_read_and_fall_back_to_their_defaults() {
    let given = LabSettings::read(&mut |key| match key {
        "keep" => Some(Value::Bool(false)),
        "threads" => Some(Value::Float(900.0)),
        "shape_name" => Some(Value::Text("round".into())),
        "film_cache" => Some(Value::Text("/cache/films".into())),
        _ => None,
    });
    assert!(!given.keep && given.threads == 64 && matches!(given.shape, Shape::Round));
    assert_eq!(given.film_cache, Some(CacheDir("/cache/films".into())));
    let odd = LabSettings::read(&mut |_| Some(Value::Text("odd".into())));
    assert!(odd.keep && odd.threads == 4 && matches!(odd.shape, Shape::Oval));
    assert_eq!(LabSettings::read(&mut |_| None).film_cache, None);
}
