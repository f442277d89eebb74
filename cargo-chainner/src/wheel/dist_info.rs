//! The files of `.dist-info` but `RECORD`: `WHEEL` (PEP 427), `entry_points.txt` (entry points specification), and with them
//! `METADATA` and the licences.

use super::platform::Tags;
use super::{Metadata, PackageName, WheelError};
use crate::verify;

/// Group of entry points under which the loader finds packages.
const ENTRY_POINT_GROUP: &str = "chainner.packages";

/// The program that wrote the wheel. Its version is part of what makes the bytes.
pub(super) const GENERATOR: &str = concat!("cargo-chainner ", env!("CARGO_PKG_VERSION"));

/// What no built library is needed for, sorted: paths below `.dist-info`, and contents.
///
/// # Errors
///
/// Those of [`Metadata::render`]; [`WheelError::FilePath`] for a licence that not every system can store.
pub(crate) fn known_before_the_build(metadata: &Metadata) -> Result<Vec<(String, Vec<u8>)>, WheelError> {
    let mut files = vec![
        ("METADATA".to_owned(), metadata.render()?.into_bytes()),
        ("entry_points.txt".to_owned(), entry_points(&metadata.name).into_bytes()),
    ];
    for license in &metadata.license_files {
        if !verify::is_portable_path(&license.path) {
            return Err(WheelError::FilePath { file: license.path.clone() });
        }
        files.push((format!("licenses/{}", license.path), license.contents.clone()));
    }
    files.sort();
    Ok(files)
}

/// The text of `WHEEL`.
pub(super) fn wheel(tags: Tags) -> String {
    let is_pure = tags.is_pure();
    let mut text = format!("Wheel-Version: 1.0\nGenerator: {GENERATOR}\nRoot-Is-Purelib: {is_pure}\n");
    for tag in tags.expanded() {
        text.push_str(&format!("Tag: {tag}\n"));
    }
    text
}

/// The text of `entry_points.txt`.
pub(super) fn entry_points(name: &PackageName) -> String {
    let module = name.module();
    format!("[{ENTRY_POINT_GROUP}]\n{module} = {module}\n")
}

#[cfg(test)]
mod tests {
    use super::super::{Architecture, Platform, System};
    use super::*;

    #[test]
    fn wheel_has_one_tag_line_for_each_platform_tag() {
        let platform = Platform { architecture: Architecture::X86_64, system: System::Glibc { major: 2, minor: 17 } };
        let expected = format!(
            "Wheel-Version: 1.0\nGenerator: cargo-chainner {}\nRoot-Is-Purelib: false\n\
             Tag: cp310-abi3-manylinux2014_x86_64\nTag: cp310-abi3-manylinux_2_17_x86_64\n",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(wheel(Tags(Some(platform))), expected);
        assert!(wheel(Tags(None)).ends_with("Root-Is-Purelib: true\nTag: py3-none-any\n"));
    }

    #[test]
    fn the_entry_point_is_the_module() {
        let name = PackageName::from_crate("film-lab").unwrap();
        assert_eq!(entry_points(&name), "[chainner.packages]\nfilm_lab = film_lab\n");
    }
}
