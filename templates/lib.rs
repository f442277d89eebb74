//! What `cargo chainner new` writes: the files of this directory, embedded.

/// A file of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateFile {
    /// Path in the new package, `/`-separated.
    pub path: &'static str,
    /// Its text, with placeholders such as `{{name}}`.
    pub text: &'static str,
}

/// Something to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// The functions that are nodes.
    pub nodes: &'static [&'static str],
    /// What `cargo chainner run` takes to try it, with placeholders; `None` if all nodes take what no command line can give.
    pub run: Option<&'static str>,
    /// Whether it is several packages.
    pub is_workspace: bool,
    /// Its files.
    pub files: &'static [TemplateFile],
}

/// What lets `pip`, `uv` and `build` build a package: beside the Cargo.toml of each that calls `package!`.
pub const PYPROJECT: &str = include_str!("pyproject.toml.template");

macro_rules! files {
    ($directory:literal: $($path:literal $(= $file:literal)?,)*) => {
        &[
            TemplateFile { path: ".gitignore", text: include_str!("shared/gitignore") },
            TemplateFile { path: "LICENSE", text: include_str!("shared/LICENSE") },
            $(TemplateFile { path: $path, text: include_str!(concat!($directory, "/", files!(@ $path $($file)?))) }),*
        ]
    };
    (@ $path:literal) => { $path };
    (@ $path:literal $file:literal) => { $file };
}

/// All templates, the usual one first.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "filter",
        about: "An image filter with a slider, a choice, a conditional input and a seed",
        nodes: &["grain"],
        run: Some("grain photo.png -o out.png"),
        is_workspace: false,
        files: files! {
            "filter":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/grain.rs",
            "tests/grain.rs",
        },
    },
    MINIMAL,
    Template {
        name: "blend",
        about: "Two images into one, the second of which may be a colour",
        nodes: &["blend"],
        run: Some("blend photo.png texture.png -o out.png"),
        is_workspace: false,
        files: files! {
            "blend":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/blend.rs",
            "tests/blend.rs",
        },
    },
    Template {
        name: "generator",
        about: "An image from nothing, and a sequence of images from one",
        nodes: &["checkerboard", "tiles"],
        run: Some("checkerboard -o out.png"),
        is_workspace: false,
        files: files! {
            "generator":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/checkerboard.rs",
            "src/tiles.rs",
            "tests/checkerboard.rs",
            "tests/tiles.rs",
        },
    },
    Template {
        name: "collector",
        about: "One image of a whole batch",
        nodes: &["average"],
        run: Some("average photos/ -o out.png"),
        is_workspace: false,
        files: files! {
            "collector":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/average.rs",
            "tests/average.rs",
        },
    },
    Template {
        name: "file-output",
        about: "Saves an image in a file format",
        nodes: &["save_pfm"],
        run: Some("save_pfm photo.png --directory . --name photo"),
        is_workspace: false,
        files: files! {
            "file-output":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/save_pfm.rs",
            "tests/save_pfm.rs",
        },
    },
    Template {
        name: "analysis",
        about: "Numbers and a text about an image",
        nodes: &["statistics"],
        run: Some("statistics photo.png"),
        is_workspace: false,
        files: files! {
            "analysis":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/statistics.rs",
            "tests/statistics.rs",
        },
    },
    Template {
        name: "custom-type",
        about: "A type of its own that travels from node to node",
        nodes: &["extract_palette", "apply_palette"],
        run: None,
        is_workspace: false,
        files: files! {
            "custom-type":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "src/lib.rs",
            "src/palette.rs",
            "tests/palette.rs",
        },
    },
    Template {
        name: "workspace",
        about: "Several packages that share code",
        nodes: &["levels", "sharpen"],
        run: Some("-p {{name}}-tone levels photo.png -o out.png"),
        is_workspace: true,
        files: files! {
            "workspace":
            "Cargo.toml" = "Cargo.toml.template",
            "README.md",
            "crates/kernels/Cargo.toml" = "crates/kernels/Cargo.toml.template",
            "crates/kernels/src/lib.rs",
            "crates/kernels/src/blur.rs",
            "crates/kernels/src/levels.rs",
            "crates/tone/Cargo.toml" = "crates/tone/Cargo.toml.template",
            "crates/tone/src/lib.rs",
            "crates/tone/tests/levels.rs",
            "crates/detail/Cargo.toml" = "crates/detail/Cargo.toml.template",
            "crates/detail/src/lib.rs",
            "crates/detail/tests/sharpen.rs",
        },
    },
];

/// One tiny node.
pub const MINIMAL: Template = Template {
    name: "minimal",
    about: "One tiny node",
    nodes: &["invert"],
    run: Some("invert photo.png -o out.png"),
    is_workspace: false,
    files: files! {
        "minimal":
        "Cargo.toml" = "Cargo.toml.template",
        "README.md",
        "src/lib.rs",
        "tests/invert.rs",
    },
};

/// The template of this name.
pub fn named(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn count(directory: &Path) -> usize {
        let entries = fs::read_dir(directory).expect("the template is there");
        entries
            .map(|entry| entry.expect("readable").path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }

    #[test]
    fn every_file_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let shared = count(&root.join("shared"));
        for template in TEMPLATES {
            assert_eq!(template.files.len() - shared, count(&root.join(template.name)), "{}", template.name);
        }
        let directories = fs::read_dir(root).expect("there").flatten().filter(|entry| entry.path().is_dir()).count();
        assert_eq!(directories, TEMPLATES.len() + 1, "a directory is no template");
    }

    #[test]
    fn the_list_of_the_readme_is_complete() {
        let readme = include_str!("README.md");
        for template in TEMPLATES {
            let row = format!("| `{}/` | {} |", template.name, template.about);
            assert!(readme.contains(&row), "README.md needs the row\n{row}");
        }
    }

    #[test]
    fn every_node_stands_in_the_sources_and_the_readme() {
        for template in TEMPLATES {
            let all: String = template.files.iter().map(|file| file.text).collect();
            for node in template.nodes {
                assert!(all.contains(&format!("pub fn {node}(")), "{}: {node}", template.name);
            }
            assert_eq!(all.matches("#[node(").count(), template.nodes.len(), "{}", template.name);
        }
    }
}
