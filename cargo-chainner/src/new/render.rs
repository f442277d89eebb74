//! The files of a new package: a template with its placeholders filled in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use chainner_templates::{PYPROJECT, Template};

use crate::{codes::Code, error::Failure};

use super::{directory::workspace_around, name::title};

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Path in the package, `/`-separated.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// What is behind the placeholders.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blanks<'a> {
    /// Name of the package.
    pub(crate) name: &'a str,
    /// What Cargo.toml says of chainner-sdk, as keys of a table.
    pub(crate) sdk: &'a str,
}

impl Blanks<'_> {
    /// A text with its placeholders filled in.
    pub(crate) fn fill(&self, text: &str) -> String {
        let text = text.replace("{{name}}", self.name).replace("{{module}}", &self.name.replace('-', "_"));
        let text = text.replace("{{title}}", &title(self.name));
        // A version alone needs no table.
        let sdk = match self.sdk.strip_prefix("version = ") {
            Some(version) => format!("chainner-sdk = {version}"),
            None => format!("chainner-sdk = {{ {} }}", self.sdk),
        };
        let testing = format!("chainner-sdk = {{ {}, features = [\"testing\"] }}", self.sdk);
        text.replace("{{sdk}}", &sdk).replace("{{sdk_testing}}", &testing)
    }
}

/// The files of a package.
pub(crate) fn rendered(template: &Template, blanks: Blanks<'_>) -> Vec<File> {
    let file =
        |file: &chainner_templates::TemplateFile| File { path: file.path.to_owned(), text: blanks.fill(file.text) };
    let mut files: Vec<File> = template.files.iter().map(file).collect();
    files.extend(pyprojects(&files));
    files
}

/// What lets `pip`, `uv` and `build` build a package, for each that has nodes.
fn pyprojects(files: &[File]) -> Vec<File> {
    let directory = |file: &File| {
        let directory = file.path.strip_suffix("src/lib.rs")?;
        file.text.contains("package! {").then(|| format!("{directory}pyproject.toml"))
    };
    files.iter().filter_map(directory).map(|path| File { path, text: PYPROJECT.to_owned() }).collect()
}

/// What Cargo.toml says of chainner-sdk: the published crate, or a checkout.
pub(crate) fn sdk_dependency(path: Option<&Path>) -> Result<String> {
    let Some(path) = path else { return Ok("version = \"0.1\"".to_owned()) };
    let path = sdk_directory(path)?;
    let path = path.to_str().ok_or_else(|| {
        Failure::new(Code::SdkPath, format!("the path `{}` is not Unicode, which Cargo.toml is", path.display()))
            .help("move the checkout")
    })?;
    // JSON strings without control characters are TOML strings.
    Ok(format!("path = {}", serde_json::to_string(path)?))
}

/// Makes the package a workspace of its own if the directory lies inside another, and returns that.
pub(crate) fn alone(directory: &Path, files: &mut [File]) -> Result<Option<PathBuf>> {
    let workspace = workspace_around(directory);
    if workspace.is_some() {
        let manifest = files.iter_mut().find(|file| file.path == "Cargo.toml");
        let manifest = manifest.context("the template has no Cargo.toml")?;
        if !manifest.text.starts_with("[workspace]") {
            manifest.text.push_str(
                "\n# The directory lies inside another workspace, and this package is none of its members.\n[workspace]\n",
            );
        }
    }
    Ok(workspace)
}

/// The directory of the crate `chainner-sdk`, from that or from the checkout around it.
fn sdk_directory(given: &Path) -> Result<PathBuf, Failure> {
    let is_sdk = |directory: &Path| {
        fs::read_to_string(directory.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.replace(' ', "") == "name=\"chainner-sdk\""))
    };
    let found = [given.to_owned(), given.join("chainner-sdk")].into_iter().find(|directory| is_sdk(directory));
    found.and_then(|directory| directory.canonicalize().ok()).ok_or_else(|| {
        Failure::new(Code::SdkPath, format!("there is no crate chainner-sdk in `{}`", given.display()))
            .help("give the directory of a checkout, which holds `chainner-sdk/Cargo.toml`")
    })
}

#[cfg(test)]
mod tests {
    use chainner_templates::TEMPLATES;

    use super::*;

    fn files(template: &Template) -> Vec<File> {
        rendered(template, Blanks { name: "film-lab", sdk: "version = \"0.1\"" })
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for template in TEMPLATES {
            for File { path, text } in files(template) {
                assert!(!text.contains("{{") || path.ends_with(".rs") && !text.contains("{{name"), "{path}");
                for blank in ["{{name}}", "{{module}}", "{{title}}", "{{sdk}}", "{{sdk_testing}}"] {
                    assert!(!text.contains(blank), "{path}");
                }
            }
        }
    }

    #[test]
    fn the_sdk_is_a_dependency_and_with_its_test_kit_one_of_the_tests() {
        for (sdk, plain, testing) in [
            ("version = \"0.1\"", "\"0.1\"", "{ version = \"0.1\", features = [\"testing\"] }"),
            ("path = \"/sdk\"", "{ path = \"/sdk\" }", "{ path = \"/sdk\", features = [\"testing\"] }"),
        ] {
            let files = rendered(&chainner_templates::MINIMAL, Blanks { name: "film-lab", sdk });
            let manifest = &files.iter().find(|file| file.path == "Cargo.toml").expect("there").text;
            let expected =
                format!("[dependencies]\nchainner-sdk = {plain}\n\n[dev-dependencies]\nchainner-sdk = {testing}\n");
            assert!(manifest.ends_with(&expected), "{manifest}");
        }
    }

    #[test]
    fn every_package_with_nodes_can_be_built_by_pip() {
        for template in TEMPLATES {
            let files = files(template);
            let paths: Vec<&str> =
                files.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with("pyproject.toml")).collect();
            let expected: &[&str] = match template.is_workspace {
                true => &["crates/tone/pyproject.toml", "crates/detail/pyproject.toml"],
                false => &["pyproject.toml"],
            };
            assert_eq!(paths, expected, "{}", template.name);
        }
    }

    #[test]
    fn the_library_of_a_new_package_is_short() {
        for template in TEMPLATES {
            for File { path, text } in files(template) {
                if path == "src/lib.rs" {
                    assert!(text.lines().count() < 40, "{}: {path}", template.name);
                }
            }
        }
    }

    #[test]
    fn the_sdk_is_found_from_its_checkout() {
        let crate_directory =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../chainner-sdk").canonicalize().expect("there");
        assert_eq!(sdk_directory(&crate_directory).as_ref(), Ok(&crate_directory));
        assert_eq!(sdk_directory(&crate_directory.join("..")).as_ref(), Ok(&crate_directory));
        assert_eq!(sdk_directory(Path::new("src")).expect_err("none").code, Code::SdkPath);
    }
}
