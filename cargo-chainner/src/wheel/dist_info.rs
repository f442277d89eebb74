//! The small files of `.dist-info`: `WHEEL` (PEP 427) and `entry_points.txt` (entry points specification).

use super::PackageName;
use super::platform::Tags;

/// Group of entry points under which the loader finds packages.
const ENTRY_POINT_GROUP: &str = "chainner.packages";

/// The program that wrote the wheel. Its version is part of what makes the bytes.
pub(super) const GENERATOR: &str = concat!("cargo-chainner ", env!("CARGO_PKG_VERSION"));

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
