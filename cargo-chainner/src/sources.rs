//! What the author's sources say, read without compiling them: where `#[node]` and `package!` stand, and in which files that
//! are no modules of the crate.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chainner_sdk::library::Place;
use proc_macro2::{LineColumn, TokenStream, TokenTree};
use syn::{Attribute, Item, ItemFn, ItemMod, Meta, spanned::Spanned, visit::Visit};

/// What stands in the sources of a crate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sources {
    /// The functions with `#[node]` that are not under a `#[cfg(…)]`.
    pub nodes: Vec<SourceNode>,
    /// The calls of `package!`.
    pub packages: Vec<SourceMacro>,
    /// Whether a file of the crate is not Rust, so that more may stand in it. The compiler tells of it.
    pub is_broken: bool,
}

/// A function with `#[node]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceNode {
    /// Name of the function, without `r#`.
    pub function: String,
    /// Where it stands.
    pub place: Place,
    /// How to make its file a module of the crate, if it is none.
    pub stray: Option<Stray>,
}

/// A call of `package!`.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceMacro {
    /// Where it stands.
    pub place: Place,
    /// How to make its file a module of the crate, if it is none.
    pub stray: Option<Stray>,
    /// Whether it speaks of pip dependencies.
    pub has_dependencies: bool,
}

/// A file that lies among the sources, but is no module of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The file.
    pub file: String,
    /// What makes it a module.
    pub help: String,
}

impl Sources {
    /// Whether there is a call of `package!`, or may be one.
    pub fn may_be_a_package(&self) -> bool {
        !self.packages.is_empty() || self.is_broken
    }

    /// Reads the sources of the library whose root file is `root`. Places are told from `base`, as the compiler does.
    ///
    /// Files that cannot be read or parsed are left out: the compiler tells of them.
    pub fn read(root: &Path, base: &Path) -> Self {
        let directory = root.parent().unwrap_or(Path::new(""));
        let mut walk = Walk { base, directory, visited: BTreeSet::new(), sources: Self::default() };
        walk.file(root, directory, Reach::Compiled);
        for file in rust_files(directory) {
            if !walk.visited.contains(&file) && !is_other_target(&file, directory) {
                let stray = walk.stray(&file, root);
                let parent = file.parent().unwrap_or(directory).to_owned();
                walk.file(&file, &parent, Reach::Stray(&stray));
            }
        }
        walk.sources
    }
}

/// Whether the compiler gets to a file.
#[derive(Clone, Copy)]
enum Reach<'a> {
    /// It does.
    Compiled,
    /// Only under a `#[cfg(…)]`.
    Conditional,
    /// It does not.
    Stray(&'a Stray),
}

struct Walk<'a> {
    base: &'a Path,
    directory: &'a Path,
    visited: BTreeSet<PathBuf>,
    sources: Sources,
}

impl Walk<'_> {
    /// Reads a file; `modules` is the directory of its child modules.
    fn file(&mut self, file: &Path, modules: &Path, reach: Reach<'_>) {
        if !self.visited.insert(file.to_owned()) {
            return;
        }
        let Some(syntax) = fs::read_to_string(file).ok().and_then(|text| syn::parse_file(&text).ok()) else {
            self.sources.is_broken |= !matches!(reach, Reach::Stray(_));
            return;
        };
        let reach = if has_cfg(&syntax.attrs) { Reach::Conditional } else { reach };
        self.items(&syntax.items, file, modules, reach);
    }

    fn items(&mut self, items: &[Item], file: &Path, modules: &Path, reach: Reach<'_>) {
        for item in items {
            match item {
                Item::Mod(module) => self.module(module, file, modules, reach),
                Item::Fn(function) => self.function(function, file, reach),
                Item::Macro(call) if !has_cfg(&call.attrs) && is_ours(&call.mac.path, "package") => {
                    let Some(stray) = stray_of(reach) else { continue };
                    let place = self.place(file, call.mac.path.span().start());
                    let has_dependencies = names(call.mac.tokens.clone(), "dependencies");
                    self.sources.packages.push(SourceMacro { place, stray, has_dependencies });
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, module: &ItemMod, file: &Path, modules: &Path, reach: Reach<'_>) {
        let reach = if has_cfg(&module.attrs) { Reach::Conditional } else { reach };
        let name = unraw(&module.ident);
        if let Some((_, items)) = &module.content {
            return self.items(items, file, &modules.join(name), reach);
        }
        let file = match path_attribute(&module.attrs) {
            Some(path) => file.parent().unwrap_or(self.directory).join(path),
            None => {
                let flat = modules.join(format!("{name}.rs"));
                if flat.is_file() { flat } else { modules.join(&name).join("mod.rs") }
            }
        };
        let is_mod_rs =
            file.file_name().is_some_and(|file| file == "mod.rs") || path_attribute(&module.attrs).is_some();
        let modules = if is_mod_rs { file.parent().map(Path::to_owned) } else { Some(file.with_extension("")) };
        self.file(&file, &modules.unwrap_or_default(), reach);
    }

    fn function(&mut self, function: &ItemFn, file: &Path, reach: Reach<'_>) {
        if has_cfg(&function.attrs) || !function.attrs.iter().any(|attribute| is_ours(attribute.path(), "node")) {
            return;
        }
        let Some(stray) = stray_of(reach) else { return };
        let place = self.place(file, function.sig.ident.span().start());
        self.sources.nodes.push(SourceNode { function: unraw(&function.sig.ident), place, stray });
    }

    fn place(&self, file: &Path, start: LineColumn) -> Place {
        Place { file: self.shown(file), line: start.line as u32, column: start.column as u32 + 1 }
    }

    fn shown(&self, file: &Path) -> String {
        file.strip_prefix(self.base).unwrap_or(file).to_string_lossy().into_owned()
    }

    /// How to make a file a module of the crate.
    fn stray(&self, file: &Path, root: &Path) -> Stray {
        let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let directory = file.parent().unwrap_or(self.directory);
        // The file `film/mod.rs` is the module `film`.
        let (name, above) = match stem(file).as_str() {
            "mod" => (stem(directory), directory.parent().unwrap_or(self.directory)),
            name => (name.to_owned(), directory),
        };
        let parents = [above.with_extension("rs"), above.join("mod.rs")];
        let help = if above == self.directory {
            format!("add `mod {name};` to `{}`", self.shown(root))
        } else if let Some(parent) = parents.iter().find(|parent| parent.is_file()) {
            format!("add `pub mod {name};` to `{}`", self.shown(parent))
        } else {
            format!("add `pub mod {name};` to `{}`, which has to be made, too", self.shown(&parents[0]))
        };
        Stray { file: self.shown(file), help }
    }
}

/// `None` where a `#[cfg(…)]` may leave the item out.
fn stray_of(reach: Reach<'_>) -> Option<Option<Stray>> {
    match reach {
        Reach::Compiled => Some(None),
        Reach::Conditional => None,
        Reach::Stray(stray) => Some(Some(stray.clone())),
    }
}

/// Whether an identifier stands at the outermost level of what a macro was given.
fn names(tokens: TokenStream, wanted: &str) -> bool {
    tokens.into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == wanted))
}

/// Whether a path is this macro of ours, with or without the crate before it.
fn is_ours(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name) && path.segments.len() <= 3
}

fn has_cfg(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => literal(&pair.value),
        _ => None,
    })
}

fn literal(value: &syn::Expr) -> Option<String> {
    struct Text(Option<String>);
    impl Visit<'_> for Text {
        fn visit_lit_str(&mut self, text: &syn::LitStr) {
            self.0 = Some(text.value());
        }
    }
    let mut text = Text(None);
    text.visit_expr(value);
    text.0
}

fn unraw(ident: &proc_macro2::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}

/// Programs beside the library have sources of their own.
fn is_other_target(file: &Path, directory: &Path) -> bool {
    file == directory.join("main.rs") || file.starts_with(directory.join("bin"))
}

/// All `.rs` files of a directory and those below it, sorted.
pub(crate) fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let Ok(entries) = fs::read_dir(directory) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => directories.push(path),
                Ok(_) if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(files: &[(&str, &str)]) -> Sources {
        let directory = tempfile::tempdir().expect("a temporary directory");
        for (name, text) in files {
            let path = directory.path().join("src").join(name);
            fs::create_dir_all(path.parent().expect("below src")).expect("made");
            fs::write(path, text).expect("written");
        }
        Sources::read(&directory.path().join("src/lib.rs"), directory.path())
    }

    fn functions(sources: &Sources) -> Vec<&str> {
        sources.nodes.iter().map(|node| node.function.as_str()).collect()
    }

    #[test]
    fn nodes_are_found_with_their_places() {
        let sources = read(&[("lib.rs", "package! {}\n\n#[node(id = \"a\")]\npub fn r#match() {}\nfn other() {}")]);
        assert_eq!(functions(&sources), ["match"]);
        assert_eq!(sources.nodes[0].place, Place { file: "src/lib.rs".to_owned(), line: 4, column: 8 });
        assert_eq!((sources.packages.len(), sources.packages[0].place.line), (1, 1));
    }

    #[test]
    fn modules_are_followed_wherever_they_stand() {
        let sources = read(&[
            (
                "lib.rs",
                "mod flat; mod deep; mod inline { mod inner; #[chainner_sdk::node]\nfn d() {} } #[path = \"odd.rs\"] mod x;",
            ),
            ("flat.rs", "#[node] fn a() {}"),
            ("deep/mod.rs", "#[node] fn b() {} mod under;"),
            ("deep/under.rs", "#[node] fn c() {}"),
            ("inline/inner.rs", "#[node] fn e() {}"),
            ("odd.rs", "#[node] fn f() {}"),
        ]);
        let mut found = functions(&sources);
        found.sort_unstable();
        assert_eq!(found, ["a", "b", "c", "d", "e", "f"]);
        assert!(sources.nodes.iter().all(|node| node.stray.is_none()));
    }

    #[test]
    fn what_a_cfg_may_leave_out_is_left_out() {
        let sources = read(&[
            (
                "lib.rs",
                "#[cfg(test)] mod tests { #[node] fn a() {} } #[cfg(unix)] #[node] fn b() {} #[cfg(unix)] mod c;",
            ),
            ("c.rs", "#[node] fn c() {}"),
        ]);
        assert_eq!(sources, Sources::default());
    }

    #[test]
    fn a_file_that_is_no_module_is_told_with_the_fix() {
        let sources = read(&[
            ("lib.rs", "mod film;"),
            ("film.rs", ""),
            ("blur.rs", "#[node] fn blur() {}"),
            ("film/grain.rs", "#[node] fn grain() {}"),
            ("tone/curve.rs", "#[node] fn curve() {}"),
            ("tone/mod.rs", "#[node] fn tone() {}"),
            ("bin/tool.rs", "#[node] fn not_a_node_of_the_library() {}"),
        ]);
        let help = |function: &str| {
            let node = sources.nodes.iter().find(|node| node.function == function).expect("found");
            node.stray.as_ref().expect("stray").help.as_str()
        };
        assert_eq!(help("blur"), "add `mod blur;` to `src/lib.rs`");
        assert_eq!(help("grain"), "add `pub mod grain;` to `src/film.rs`");
        assert_eq!(help("curve"), "add `pub mod curve;` to `src/tone/mod.rs`");
        assert_eq!(help("tone"), "add `mod tone;` to `src/lib.rs`");
        assert_eq!(sources.nodes.len(), 4);
    }

    #[test]
    fn files_that_do_not_parse_are_left_to_the_compiler() {
        assert_eq!(read(&[("lib.rs", "fn {")]), Sources { is_broken: true, ..Sources::default() });
        assert!(read(&[("lib.rs", "mod film;"), ("film.rs", "pub fm grain() {}")]).is_broken);
        assert!(!read(&[("lib.rs", ""), ("notes.rs", "none of it")]).is_broken);
    }
}
