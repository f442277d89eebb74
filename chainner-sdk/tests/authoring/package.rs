//! `package!`.

use chainner_sdk::registry;

use crate::schema;

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

unsafe extern "C" {
    fn chainner_package_chainner_sdk();
}

#[test]
fn the_library_answers_under_the_packages_name() {
    assert_ne!(chainner_package_chainner_sdk as *const () as usize, 0);
    assert_eq!(chainner_sdk::library::symbol("chainner_sdk"), "chainner_package_chainner_sdk");
}
